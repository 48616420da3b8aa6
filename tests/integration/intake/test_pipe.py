"""`concilia intake`: what a mail server's pipe and a person with files can rely on."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace

import pytest
from tests.world.builders import an_entity
from tests.world.mails import a_mail

from concilia.intake.models import Arrival
from concilia.interfaces.cli import intake, main

pytestmark = pytest.mark.django_db


def pipe(monkeypatch: pytest.MonkeyPatch, content: bytes, *arguments: str) -> int:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    return main(["intake", *arguments])


class TestPipe:
    def test_a_mail_is_kept_and_said(self, monkeypatch, capsys):
        an_entity()

        assert pipe(monkeypatch, a_mail(message_id="<1@x.example>")) == 0

        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.filename) == ("pipe", "mail.eml")
        answer = json.loads(capsys.readouterr().out)
        assert answer == {"source": "mail.eml", "arrival": arrival.pk, "known": False}

    def test_delivered_twice_it_is_kept_once(self, monkeypatch, capsys):
        an_entity()
        mail = a_mail(message_id="<1@x.example>")

        assert [pipe(monkeypatch, mail), pipe(monkeypatch, b"Received: again\n" + mail)] == [0, 0]

        assert Arrival.objects.get().seen == 2
        assert json.loads(capsys.readouterr().out.splitlines()[1])["known"] is True

    def test_among_several_entities_one_is_named(self, monkeypatch, capsys):
        an_entity()
        brenta = an_entity("brenta")

        assert pipe(monkeypatch, a_mail(), "--entity", "brenta") == 0
        assert Arrival.objects.get().entity == brenta

        assert pipe(monkeypatch, a_mail(), "--entity", "nobody") == intake.TRY_LATER
        assert "aurora, brenta" in capsys.readouterr().err

    def test_nothing_at_all_goes_back_to_its_sender(self, monkeypatch):
        an_entity()

        assert pipe(monkeypatch, b"") == intake.DATA_WRONG


class TestFiles:
    def test_files_are_taken_and_one_that_is_missing_does_not_stop_them(self, tmp_path, capsys):
        an_entity()
        (tmp_path / "a.csv").write_text("a;b\n1;2\n")
        (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4")
        names = [str(tmp_path / name) for name in ("a.csv", "none.pdf", "b.pdf")]

        assert main(["intake", *names]) == 1

        assert sorted(Arrival.objects.values_list("filename", flat=True)) == ["a.csv", "b.pdf"]
        assert "none.pdf: No such file" in capsys.readouterr().err


class TestNoDatabase:
    def test_a_mail_server_is_told_to_keep_the_mail(self, monkeypatch, capsys):
        def away() -> None:
            raise ConnectionError("the database is away")

        monkeypatch.setattr(intake, "_prepare", away)

        assert pipe(monkeypatch, a_mail()) == intake.TRY_LATER == 75
        assert "nothing can be kept now: the database is away" in capsys.readouterr().err

"""What the person on the other side of the folder relies on."""

from __future__ import annotations

import csv
import io
import json
import random
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.world.postings import a_credit_request, let_go, poster

from concilia.ledger.ports import (
    AmountsDiffer,
    ConfigurationInvalid,
    PostingFailed,
    PostingStatus,
    Totals,
)
from concilia.plugins.erps.folder import FolderErp


@pytest.fixture
def erp(tmp_path) -> FolderErp:
    return FolderErp.configured({"folder": str(tmp_path)})


def answer(tmp_path, request, **values) -> None:
    path = tmp_path / "ack" / f"{request.external_ref}.ack.json"
    path.write_text(json.dumps({"status": "posted", "number": "NC-7"} | values))


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestHandOver:
    def test_is_three_files_named_by_the_reference(self, erp, tmp_path):
        request = a_credit_request(invoice="2026/118")

        result = erp.post(request)

        ref = request.external_ref
        assert names(tmp_path / "out") == [f"{ref}.csv", f"{ref}.json", f"{ref}.txt"]
        assert result.status is PostingStatus.ACCEPTED

    def test_states_amounts_as_decimals_that_add_up(self, erp, tmp_path):
        request = a_credit_request(12203)
        erp.post(request)
        document = json.loads((tmp_path / "out" / f"{request.external_ref}.json").read_bytes())
        assert (document["net"], document["vat"], document["gross"]) == (
            "100.02",
            "22.01",
            "122.03",
        )
        assert [(line["debit"], line["credit"]) for line in document["lines"]] == [
            ("100.02", "0.00"),
            ("22.01", "0.00"),
            ("0.00", "122.03"),
        ]

    @pytest.mark.parametrize("text", ["=1+1", "+39 051", "-5 colli", "@SUM(A1)", "\t=1+1"])
    def test_a_stranger_s_formula_is_only_text(self, erp, tmp_path, text):
        request = a_credit_request(text=text)
        erp.post(request)
        raw = (tmp_path / "out" / f"{request.external_ref}.csv").read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
        assert {row["text"] for row in rows} == {"'" + text}
        assert [row["role"] for row in rows] == ["PRICE_ALLOWANCE", "VAT_OUT", "AR_DEDUCTION"]

    @pytest.mark.parametrize(
        ("language", "word"),
        [("en", "Customer"), ("it", "Cliente"), ("fr", "Crédit"), ("es", "Haber"), ("de", "Soll")],
    )
    def test_a_person_can_read_it(self, tmp_path, language, word):
        erp = FolderErp.configured({"folder": str(tmp_path), "language": language})
        request = a_credit_request(text="due\nrighe")
        erp.post(request)
        page = (tmp_path / "out" / f"{request.external_ref}.txt").read_text()
        assert word in page
        assert "100.00" in page
        assert "due righe" in page

    def test_what_was_taken_away_does_not_come_back(self, erp, tmp_path):
        request = a_credit_request()
        erp.post(request)
        for path in (tmp_path / "out").iterdir():
            path.unlink()

        assert erp.post(request).status is PostingStatus.ACCEPTED
        assert names(tmp_path / "out") == []

    def test_a_reference_is_used_for_one_decision(self, erp):
        request = a_credit_request()
        erp.post(request)
        other = replace(a_credit_request(), external_ref=request.external_ref)
        with pytest.raises(PostingFailed, match="another decision") as failure:
            erp.post(other)
        assert failure.value.permanent

    @pytest.mark.parametrize("ref", ["../../etc/passwd", "a/b", "", ".hidden", "a" * 65, "CN 1"])
    def test_a_reference_cannot_leave_the_folder(self, erp, ref):
        with pytest.raises(PostingFailed):
            erp.post(replace(a_credit_request(), external_ref=ref))
        with pytest.raises(PostingFailed):
            erp.find(ref)


class TestKilled:
    def test_while_writing_what_nobody_sees_yet(self, erp, tmp_path):
        request = a_credit_request()
        erp.check()
        half = tmp_path / "sent" / f".{request.external_ref}.json.waiting"
        half.write_bytes(b'{"half')

        assert erp.find(request.external_ref) is None
        erp.post(request)
        assert json.loads((tmp_path / "out" / f"{request.external_ref}.json").read_bytes())

    def test_just_before_handing_over(self, erp, tmp_path):
        request = a_credit_request()
        erp.post(request)
        name = f"{request.external_ref}.json"
        # The state on disk between remembering a file and renaming it into sight.
        (tmp_path / "out" / name).rename(tmp_path / "sent" / f".{name}.waiting")

        assert erp.find(request.external_ref) is None
        erp.post(request)
        assert name in names(tmp_path / "out")
        assert names(tmp_path / "sent") == sorted(
            f"{request.external_ref}.{suffix}" for suffix in ("csv", "json", "txt")
        )

    def test_at_random_moments_while_the_other_side_collects(self, tmp_path):
        """Whatever the other side finds it takes away; it must find each file exactly once."""
        request = a_credit_request()
        chance = random.Random(20261119)
        found: list[str] = []

        def collect() -> None:
            out = tmp_path / "out"
            for path in out.iterdir() if out.exists() else ():
                found.append(path.name)
                assert path.suffix != ".json" or json.loads(path.read_bytes())
                path.unlink()

        for _ in range(8):
            with poster("folder", {"folder": str(tmp_path)}, request) as process:
                let_go(process)
                time.sleep(chance.uniform(0.0, 0.02))
                process.kill()
                process.wait()
            collect()
        FolderErp.configured({"folder": str(tmp_path)}).post(request)
        collect()
        ref = request.external_ref
        assert sorted(found) == [f"{ref}.csv", f"{ref}.json", f"{ref}.txt"]


class TestAnswer:
    def test_brings_the_number_back(self, erp, tmp_path):
        request = a_credit_request()
        erp.post(request)
        answer(tmp_path, request, period="2026-11", net="100.00", vat="22.00", currency="EUR")

        found = erp.find(request.external_ref)

        assert (found.status, found.erp_number) == (PostingStatus.POSTED, "NC-7")
        assert found.totals == Totals(currency="EUR", net_minor=10000, vat_minor=2200)
        assert erp.post(request) == found

    def test_may_be_no(self, erp, tmp_path):
        request = a_credit_request()
        erp.post(request)
        answer(tmp_path, request, status="rejected", number=None, reason="period closed")
        found = erp.find(request.external_ref)
        assert (found.status, found.error) == (PostingStatus.REJECTED, "period closed")

    def test_with_other_amounts_waits_for_a_person(self, erp, tmp_path):
        request = a_credit_request()
        erp.post(request)
        answer(tmp_path, request, net="100.00", vat="22.01", currency="EUR")
        with pytest.raises(AmountsDiffer):
            erp.post(request)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b'{"status": "pos',
            b"[]",
            b"\xff\xfe",
            b"[" * 60_000,
            b'{"status": "posted"}',
            b'{"status": "done", "number": "1"}',
            b'{"status": "posted", "number": "1", "net": "1,5", "vat": "0", "currency": "EUR"}',
            b'{"status": "posted", "number": "1", "net": "1", "vat": "0", "currency": "XXX"}',
            b" " * 70_000,
        ],
        ids=lambda content: repr(content[:30]),
    )
    def test_that_makes_no_sense_is_asked_for_again(self, erp, tmp_path, content):
        request = a_credit_request()
        erp.post(request)
        (tmp_path / "ack" / f"{request.external_ref}.ack.json").write_bytes(content)
        with pytest.raises(PostingFailed, match="cannot be understood") as failure:
            erp.find(request.external_ref)
        assert (failure.value.permanent, failure.value.lost) == (False, True)

    def test_to_something_never_sent_is_not_believed(self, erp, tmp_path):
        request = a_credit_request()
        erp.check()
        answer(tmp_path, request)
        assert erp.find(request.external_ref) is None


class TestConfigured:
    @pytest.mark.parametrize(
        "values", [{}, {"folder": ""}, {"folder": "here"}, {"folder": "/tmp", "language": "la"}]
    )
    def test_refuses_what_cannot_be_right(self, values):
        with pytest.raises(ConfigurationInvalid):
            FolderErp.configured(values)


class TestCheck:
    def test_leaves_nothing_behind(self, erp, tmp_path):
        assert erp.check().ready
        assert [names(tmp_path / part) for part in ("out", "sent")] == [[], []]

    def test_a_folder_that_is_not_there_is_not_made(self, tmp_path):
        """A share that is not mounted must not turn into a folder of this machine."""
        erp = FolderErp.configured({"folder": str(tmp_path / "share")})
        assert not erp.check().reachable
        with pytest.raises(PostingFailed) as failure:
            erp.post(a_credit_request())
        assert (failure.value.permanent, failure.value.lost) == (False, False)

    def test_a_folder_that_cannot_be_written_is_said(self, erp, tmp_path):
        (tmp_path / "out").write_text("somebody made a file of this name")
        health = erp.check()
        assert not health.reachable
        assert str(tmp_path) in health.problems[0]


class TestReadOpenItems:
    def test_is_what_the_import_is_for(self, erp):
        with pytest.raises(PostingFailed, match="import") as failure:
            erp.read_open_items(datetime(2026, 11, 19, tzinfo=UTC))
        assert failure.value.permanent

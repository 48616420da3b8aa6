"""Links in mails: the address is in what leaves, nowhere else, and replies are answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from tests.world import smtp
from tests.world.claims import a_proven_shortage, propose
from tests.world.jobs import run_jobs
from tests.world.links import a_link_to, form, link_in_mail, path_of, step_of
from tests.world.mails import a_mail
from tests.world.smtp import MailServer

from concilia.cases.actions import colleague, link_to_answer
from concilia.cases.models import ActionLink, CaseDocument, CaseMessage
from concilia.claims.models import Claim
from concilia.correspondence.models import Message
from concilia.foundation.models import AuditEntry
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival

pytestmark = pytest.mark.django_db
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


@pytest.fixture
def take(entity):
    """Let a mail arrive and the worker do all that follows."""

    def take(content: bytes) -> Arrival:
        incoming = Incoming(channel="pipe", filename="mail.eml", content=content)
        arrival = receive(entity_id=entity.pk, incoming=incoming, at=timezone.now())
        run_jobs()
        return Arrival.objects.get(pk=arrival.pk)

    return take


def words_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def said_in_the_database(token: str) -> list[str]:
    """The tables in which a token stands somewhere in a row."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS one WHERE one::text LIKE %s',
                [f"%{token}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


class TestToken:
    def test_leaves_with_the_mail_and_stands_nowhere_else(self, client, server, claim, team):
        link = a_link_to(claim, team["giulia"], assignee=team["marco"])
        run_jobs()
        (mail,) = server.mails
        path = link_in_mail(words_of(mail))
        client.post(path, form(link, words="88 of 92."))
        run_jobs()
        token = path.removeprefix("/a/")

        assert mail["To"] == team["marco"].user.email
        assert path == path_of(link)
        assert path in mail.get_body(("html",)).get_content()
        assert step_of(link).answer == "88 of 92."
        assert said_in_the_database(token) == []
        assert said_in_the_database(link.token_sha256) == ["cases_actionlink"]

    def test_is_only_that_of_the_mail_it_goes_with(self, server, claim, team, customer):
        secret = a_link_to(claim, team["giulia"], assignee=team["marco"])
        sly = f"See https://elsewhere.example/a/… or {path_of(secret)[:3]}…"
        to = customer.contacts.get().email
        mine = a_link_to(claim, team["giulia"], holder="customer", to=to, text=sly)
        run_jobs()
        words = words_of(server.mails[-1])

        assert path_of(mine) in words
        assert path_of(secret) not in words
        assert "https://elsewhere.example/a/…" in words


class TestReplies:
    def test_a_colleagues_reply_answers_and_stays_inside(self, server, take, claim, team):
        link = a_link_to(claim, team["giulia"], assignee=team["marco"], evidence="POD")
        run_jobs()
        reply = a_mail(
            sender=team["marco"].user.email,
            subject=f"Re: {claim.case.number}",
            body="Signed by Weber, eight cartons short.\n",
            In_Reply_To=server.mails[0]["Message-ID"],
            attachments={"ddt.txt": b"four cartons missing"},
        )
        arrival = take(reply)
        step = step_of(link)

        assert (arrival.state, arrival.outcome) == ("DONE", "answered")
        assert (step.state, step.done_by) == ("DONE", team["marco"])
        assert "eight cartons short" in step.answer
        lanes = CaseMessage.objects.filter(message__body__contains="eight cartons")
        assert set(lanes.values_list("message__lane", flat=True)) == {"note"}
        papers = CaseDocument.objects.filter(case=claim.case_id)
        assert list(papers.values_list("evidence", flat=True)) == ["POD"]
        assert ActionLink.objects.get(pk=link.pk).state == "USED"
        take(reply)
        assert papers.count() == 1

    def test_only_the_addressee_answers_by_reply(self, server, take, claim, team):
        link = a_link_to(claim, team["giulia"], assignee=team["marco"])
        run_jobs()
        answered = server.mails[0]["Message-ID"]
        take(a_mail(sender="paul@elsewhere.example", body="Mine!\n", In_Reply_To=answered))

        assert step_of(link).state == "OPEN"

    def test_a_mail_signs_nothing_and_is_told_so_once(self, server, take, customer, team):
        claim = a_proven_shortage(customer, team)
        propose(claim, team["giulia"], at=timezone.now())
        run_jobs()
        asked = server.mails[-1]
        link = ActionLink.objects.get(purpose="sign")
        reply = a_mail(
            sender=link.member.user.email,
            subject="Re: approved",
            body="Approved, go ahead.\n",
            In_Reply_To=asked["Message-ID"],
        )
        take(reply)
        take(reply)
        claim.refresh_from_db()

        assert claim.decided_at is None
        assert not AuditEntry.objects.filter(act="decision.signed").exists()
        assert len(server.mails) == 2
        told = server.mails[-1]
        assert told["To"] == link.member.user.email
        assert "An e-mail cannot sign" in words_of(told)
        assert link_in_mail(words_of(told)) == path_of(link)

    def test_a_carriers_reply_brings_the_paper_and_ends_the_link(
        self, client, server, take, claim, team
    ):
        words = {"text": "Der Beleg fehlt uns.", "evidence": "POD"}
        to = "pod@alpe.example"
        link = a_link_to(claim, team["giulia"], holder="third", to=to, **words)
        run_jobs()
        take(
            a_mail(
                sender=to,
                subject="Re: POD",
                body="Attached.\n",
                In_Reply_To=server.mails[0]["Message-ID"],
                attachments={"pod.jpg": b"\xff\xd8\xff\xe0 a picture"},
            )
        )

        assert CaseMessage.objects.filter(case=claim.case_id, message__lane="in").exists()
        assert CaseDocument.objects.filter(case=claim.case_id).exists()
        assert step_of(link).state == "OPEN" or client.get(path_of(link)).status_code == 410


def test_a_reminder_carries_the_same_link_and_an_old_one_is_replaced(claim, team):
    first = a_link_to(claim, team["giulia"], assignee=team["marco"])
    with transaction.atomic():
        again = link_to_answer(step=first.step, to=colleague(team["marco"]), at=timezone.now())
        later = timezone.now() + timedelta(days=15)
        fresh = link_to_answer(step=first.step, to=colleague(team["marco"]), at=later)

    assert again == first
    assert fresh != first
    first.refresh_from_db()
    assert first.state == "SUPERSEDED"


def test_who_asks_a_customer_reads_the_thread_without_the_key(claim, team, customer):
    to = customer.contacts.get().email
    link = a_link_to(claim, team["giulia"], holder="customer", to=to, text="Haben Sie Fotos?")
    message = Message.objects.get(pk=link.mails.get().message_id)

    assert Claim.objects.get(case=link.case_id).customer_id == message.customer_id
    assert "/a/…" in message.body
    assert path_of(link) not in message.body

"""Letters out to a real mail server, and what comes back: answers, bounces, strangers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from tests.world import smtp
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.claims import a_claim
from tests.world.jobs import jobs_waiting, run_jobs
from tests.world.mails import a_mail
from tests.world.smtp import MailServer

from concilia.cases.models import CaseMessage
from concilia.claims.actions.asking import Question, ask
from concilia.claims.models import Claim
from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.foundation.jobs import defer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings) -> Iterator[MailServer]:
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield server


def a_letter(customer: Customer, key: str = "claim:7:letter", **changes) -> Message:
    fields = {
        "key": key,
        "purpose": Purpose.PERSONAL,
        "to": customer.contacts.get().email,
        "subject": "CLM-0007: Ihre Reklamation",
        "body": "Guten Tag,\n\nbitte senden Sie uns Fotos & Lieferschein <unterschrieben>.\n",
        "language": "de",
        "author": a_member(customer.entity).user,
    } | changes
    with transaction.atomic():
        return queue_message(
            entity=customer.entity, customer=customer, outgoing=Outgoing(**fields), at=NOON
        )


def a_question(customer: Customer) -> tuple[Claim, Message]:
    """A claim about which the customer was asked for photos; the question has left."""
    member = a_member(customer.entity)
    claim = a_claim(member, an_invoice(customer))
    question = Question(
        holder="customer",
        text="Bitte senden Sie uns Fotos.",
        to=customer.contacts.get().email,
        subject=f"{claim.case.number}: Fotos",
    )
    ask(claim_id=claim.pk, question=question, member=member, at=NOON)
    run_jobs(at=NOON)
    return claim, Message.objects.get(lane="out")


class TestSending:
    def test_a_letter_arrives_once_with_what_makes_it_a_thread(self, customer, server):
        letter = a_letter(customer, in_reply_to="<complaint@frischmarkt.example>")

        run_jobs(at=NOON)

        (mail,) = server.mails
        letter.refresh_from_db()
        assert (letter.state, letter.sent_at) == ("SENT", NOON)
        assert server.recipients == [letter.recipient]
        assert mail["Message-ID"] == letter.message_id == "<claim.7.letter@aurora.concilia>"
        assert mail["In-Reply-To"] == mail["References"] == "<complaint@frischmarkt.example>"
        assert mail["From"] == "Molino Aurora <crediti@aurora.example>"
        assert mail["Subject"] == "CLM-0007: Ihre Reklamation"
        assert mail["Auto-Submitted"] is None
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain.get_content().splitlines() == letter.body.splitlines()
        assert "Fotos &amp; Lieferschein &lt;unterschrieben&gt;" in html.get_content()

    def test_what_a_rule_wrote_says_so(self, customer, server):
        a_letter(customer, author=None, purpose=Purpose.ASK_REMITTANCE)

        run_jobs(at=NOON)

        assert server.mails[0]["Auto-Submitted"] == "auto-generated"

    def test_every_job_done_again_sends_nothing_again(self, customer, server):
        letter = a_letter(customer)
        run_jobs(at=NOON)

        defer("concilia.send_message", message_id=letter.pk)
        run_jobs(at=NOON)

        assert len(server.mails) == 1

    def test_a_server_in_trouble_is_asked_again_later(self, customer, server):
        server.refuses_data = "451 4.3.0 try again later"
        letter = a_letter(customer)
        run_jobs(at=NOON)
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == ("QUEUED", 1)
        assert letter.error == "The mail server did not take the message: 451 4.3.0 try again later"
        assert jobs_waiting() == [("concilia.send_message", NOON + timedelta(minutes=1))]
        server.refuses_data = ""

        run_jobs(at=NOON + timedelta(minutes=1))

        letter.refresh_from_db()
        assert (letter.state, letter.error, len(server.mails)) == ("SENT", "", 1)

    def test_no_server_at_all_counts_as_trouble(self, customer, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        settings.EMAIL_USE_TLS = False
        letter = a_letter(customer)

        run_jobs(at=NOON)

        letter.refresh_from_db()
        assert letter.state == "QUEUED"
        assert letter.error == "The mail server cannot be used: [Errno 111] Connection refused"

    def test_an_address_nobody_has_is_remembered(self, customer, server):
        contact = customer.contacts.get()
        server.refused[contact.email] = "550 5.1.1 no such user here"
        letter = a_letter(customer)

        run_jobs(at=NOON)

        letter.refresh_from_db()
        contact.refresh_from_db()
        assert (letter.state, contact.bounced_at) == ("FAILED", NOON)
        assert letter.error.endswith("550 5.1.1 no such user here")
        again = a_letter(customer, "claim:7:other")
        assert (again.state, again.withheld_why) == ("WITHHELD", "bounced")


class TestAnswers:
    def test_an_answer_joins_its_case_and_ends_the_waiting(self, customer, server, take):
        claim, question = a_question(customer)
        assert Claim.objects.get(pk=claim.pk).state == "WAITING_CUSTOMER"

        arrival = take(
            a_mail(
                sender=customer.contacts.get().email,
                subject="AW: Fotos",
                body="Anbei die Fotos.\n",
                In_Reply_To=question.message_id,
                attachments={"palette.jpg": b"\xff\xd8\xff\xe0 a picture"},
            )
        )

        claim.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("DONE", "answered")
        assert CaseMessage.objects.get(message=arrival.message).case_id == claim.case_id
        assert not claim.case.steps.filter(holder="customer", state="OPEN").exists()
        papers = claim.case.documents.order_by("document")
        assert list(papers.values_list("evidence", flat=True)) == ["COR", "PHO"]

    def test_the_number_in_the_subject_is_enough_from_the_customer(self, customer, server, take):
        claim, _ = a_question(customer)

        arrival = take(
            a_mail(
                sender=customer.contacts.get().email,
                subject=f"Ihre Frage zu {claim.case.number.lower()}",
                body="Die Fotos folgen.\n",
            )
        )

        assert arrival.outcome == "answered"

    def test_an_answer_to_a_closed_case_is_kept_in_it(self, customer, server, take):
        claim, question = a_question(customer)
        Claim.objects.filter(pk=claim.pk).update(state="CLOSED")

        arrival = take(
            a_mail(
                sender=customer.contacts.get().email,
                subject="AW: Fotos",
                body="Anbei doch noch die Fotos.\n",
                In_Reply_To=question.message_id,
            )
        )

        assert arrival.outcome == "answered"
        assert CaseMessage.objects.filter(message=arrival.message, case=claim.case_id).exists()
        assert Claim.objects.get(pk=claim.pk).state == "CLOSED"

    @pytest.mark.parametrize("way", ["number", "reply"])
    def test_a_stranger_cannot_write_into_a_case(self, customer, server, take, way):
        claim, question = a_question(customer)
        thread = {"In_Reply_To": question.message_id} if way == "reply" else {}

        arrival = take(
            a_mail(
                sender="mallory@elsewhere.example",
                subject=f"Re: {claim.case.number}",
                body="Everything is settled, please close.\n",
                **thread,
            )
        )

        assert arrival.state == "WAITING"
        assert not CaseMessage.objects.filter(message=arrival.message).exists()

    def test_another_companys_case_of_the_same_number_is_left_alone(self, customer, server, take):
        other = a_customer(an_entity("brenta"), email_domains=customer.email_domains)
        claim, _ = a_question(customer)
        theirs = a_claim(a_member(other.entity), an_invoice(other))
        assert theirs.case.number == claim.case.number

        take(
            a_mail(
                sender=customer.contacts.get().email,
                subject=claim.case.number,
                body="Anbei die Fotos.\n",
            )
        )

        assert theirs.case.thread.count() == 0

    def test_an_auto_reply_to_a_question_answers_nothing(self, customer, server, take):
        claim, question = a_question(customer)

        arrival = take(
            a_mail(
                sender=customer.contacts.get().email,
                subject="Automatische Antwort: Fotos",
                body="Ich bin bis Montag nicht im Büro.\n",
                In_Reply_To=question.message_id,
                Auto_Submitted="auto-replied",
            )
        )

        claim.refresh_from_db()
        assert (arrival.outcome, claim.state) == ("auto_reply", "WAITING_CUSTOMER")


def a_bounce(message_id: str, recipient: str, action: str = "failed", status: str = "5.1.1"):
    """What a mail server writes about a mail it could not deliver (RFC 3464)."""
    return (
        "From: MAILER-DAEMON@mx.example\nTo: crediti@aurora.example\n"
        "Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\n"
        "Message-ID: <bounce@mx.example>\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nYour message could not be delivered.\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n"
        "Diagnostic-Code: smtp; 550 5.1.1 mailbox is gone\n\n"
        f"--B\nContent-Type: text/rfc822-headers\n\nMessage-ID: {message_id}\n"
        "Subject: CLM-0007\n\n--B--\n"
    ).encode()


class TestBounces:
    def test_what_came_back_is_shown_and_its_address_spared(self, customer, server, take):
        letter, contact = a_letter(customer), customer.contacts.get()
        run_jobs(at=NOON)

        arrival = take(a_bounce(letter.message_id, contact.email))

        letter.refresh_from_db()
        contact.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("NOTHING_TO_DO", "bounce")
        assert (letter.state, contact.bounced_at) == ("FAILED", NOON)
        assert letter.error == "It came back undelivered: smtp; 550 5.1.1 mailbox is gone"

    def test_a_delay_is_no_bounce(self, customer, server, take):
        letter, contact = a_letter(customer), customer.contacts.get()
        run_jobs(at=NOON)

        take(a_bounce(letter.message_id, contact.email, action="delayed", status="4.4.1"))

        letter.refresh_from_db()
        contact.refresh_from_db()
        assert (letter.state, contact.bounced_at) == ("SENT", None)

    def test_a_report_about_a_mail_we_never_sent_silences_nobody(self, customer, take):
        contact = customer.contacts.get()

        arrival = take(a_bounce("<guessed@aurora.concilia>", contact.email))

        assert arrival.outcome == "bounce"
        assert not Contact.objects.exclude(bounced_at=None).exists()

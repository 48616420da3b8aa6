"""A mail that contests two things opens two claims, each with its own words and amount."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.builders import NOON, a_member, an_invoice
from tests.world.jobs import run_jobs
from tests.world.mails import a_mail
from tests.world.program import Program

from concilia.cases.models import CaseDocument
from concilia.claims.actions import ClaimRefused
from concilia.claims.actions.further import open_further_claim
from concilia.claims.actions.papers import PersonsWord, open_claim_from_document
from concilia.claims.models import Claim, FurtherClaim
from concilia.foundation import events
from concilia.intake.actions import Incoming, MailFacts, ReadResult, receive, record_reading
from concilia.intake.events import DocumentRead
from concilia.intake.models import Arrival
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def invoices(customer):
    return an_invoice(customer), an_invoice(customer)


@pytest.fixture
def arrival(customer, invoices, take) -> Arrival:
    """Read by the real reader: 12 cartons short on one invoice, a wrong price on another."""
    short, dear = invoices
    return take(
        a_mail(
            sender=customer.contacts.get().email,
            subject="Reklamation",
            body=(
                f"Guten Tag,\n\nzur Rechnung {short.number} fehlten bei der Anlieferung zwölf "
                "Kartons PEN-500, bitte schreiben Sie uns 259,20 EUR gut.\n\n"
                f"Bei Rechnung {dear.number} wurde ein falscher Preis berechnet, 27,00 statt der "
                "vereinbarten 25,00; wir bitten um eine Gutschrift über 100,00 EUR.\n\n"
                "Mit freundlichen Grüßen\nJens Albers\n"
            ),
            message_id="<two@frischmarkt.example>",
        )
    )


@pytest.fixture
def giulia(customer):
    return a_member(customer.entity)


def confirmed(arrival, giulia) -> Claim:
    word = PersonsWord(member=giulia)
    return open_claim_from_document(arrival_id=arrival.pk, at=NOON, word=word)


class TestByPeople:
    def test_the_first_opens_and_the_other_waits_for_its_word(self, arrival, invoices, giulia):
        claim = confirmed(arrival, giulia)

        arrival.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("WAITING", "further_claims")
        further = open_further_claim(arrival_id=arrival.pk, n=1, member=giulia, at=NOON)
        arrival.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("DONE", "claim_opened")
        opened = {row.reason: (row.invoice, row.claimed_minor) for row in (claim, further)}
        assert opened == {"NC-01": (invoices[0], 25_920), "NC-08": (invoices[1], 10_000)}

    def test_each_disputes_its_own_money_and_no_cent_twice(self, arrival, invoices, giulia):
        confirmed(arrival, giulia)
        open_further_claim(arrival_id=arrival.pk, n=1, member=giulia, at=NOON)

        disputed = [OpenItem.objects.get(invoice=one).disputed_minor for one in invoices]
        assert disputed == [25_920, 10_000]

    def test_the_mail_lies_beside_both(self, arrival, giulia):
        claim = confirmed(arrival, giulia)
        further = open_further_claim(arrival_id=arrival.pk, n=1, member=giulia, at=NOON)

        rows = CaseDocument.objects.filter(document=arrival.document)
        assert set(rows.values_list("case", flat=True)) == {claim.case_id, further.case_id}

    def test_asked_twice_it_opens_once(self, arrival, giulia):
        first = open_further_claim(arrival_id=arrival.pk, n=1, member=giulia, at=NOON)
        second = open_further_claim(arrival_id=arrival.pk, n=1, member=giulia, at=NOON)

        assert first == second
        assert FurtherClaim.objects.count() == 1

    @pytest.mark.parametrize("n", [0, 2, -1])
    def test_there_is_no_other(self, arrival, giulia, n):
        with pytest.raises(ClaimRefused, match="no such claim"):
            open_further_claim(arrival_id=arrival.pk, n=n, member=giulia, at=NOON)

    def test_in_the_inbox_it_is_the_next_act(self, arrival, giulia, client):
        client.force_login(giulia.user, backend=BACKEND)
        here = reverse("desk:arrival", args=[arrival.pk])
        act = reverse("desk:arrival-act", args=[arrival.pk])
        assert "It contests something else, too." in client.get(here).text

        client.post(act, {"act": "open"})
        assert 'value="further:1" data-key="a"' in client.get(here).text
        client.post(act, {"act": "further:1"})

        assert Claim.objects.count() == 2

    def test_by_rest(self, arrival, giulia):
        program = Program(giulia)
        (told,) = program.get(f"/inbox/{arrival.pk}").json()["further_claims"]
        assert told["claim"] is None
        assert program.post(f"/inbox/{arrival.pk}/confirm", {}).status_code == 200

        opened = program.post(f"/inbox/{arrival.pk}/further", {"n": 1}).json()

        (told,) = program.get(f"/inbox/{arrival.pk}").json()["further_claims"]
        assert told["claim"] == opened["claim"]


def test_a_table_of_two_events_opens_two_claims_with_their_lines(customer, invoices, giulia, take):
    short, dear = invoices
    table = (
        "Invoice;Reason;Quantity;Claimed amount\n"
        f"{short.number};Short delivery, 12 cartons missing;12;259.20\n"
        f"{dear.number};Wrong price charged;50;100.00\n"
    )
    arrival = take(table.encode(), "claims.csv", "upload")
    arrival.document.customer = customer
    values = arrival.document.values | {"corrected": ["customer"]}
    arrival.document.values, arrival.document.currency = values, "EUR"
    arrival.document.save()

    claim = confirmed(arrival, giulia)
    further = open_further_claim(arrival_id=arrival.pk, n=1, member=giulia, at=NOON)

    assert (claim.reason, claim.invoice, claim.claimed_minor) == ("NC-01", short, 25_920)
    assert (further.reason, further.invoice, further.claimed_minor) == ("NC-08", dear, 10_000)


class TestByThemselves:
    def sure(self, customer, invoices, confidence=0.97) -> Arrival:
        short, dear = invoices
        further = {
            "reason": "NC-08",
            "reason_confidence": confidence,
            "references": {"invoice": [dear.number]},
            "claimed_amount": "100.00",
            "currency": "EUR",
        }
        values = {
            "format": "eml",
            "kind": "claim",
            "kind_confidence": 0.97,
            "reason": "NC-01",
            "reason_confidence": 0.97,
            "references": {"invoice": [short.number]},
            "claimed_amount": "259.20",
            "currency": "EUR",
            "needs_review": False,
            "further_claims": [further],
        }
        incoming = Incoming(channel="pipe", filename="mail.eml", content=b"two claims")
        arrival = receive(entity_id=customer.entity_id, incoming=incoming, at=NOON)
        mail = MailFacts(sender=customer.contacts.get().email, subject="Reklamation")
        record_reading(arrival_id=arrival.pk, result=ReadResult(reading=values, mail=mail), at=NOON)
        run_jobs(at=NOON)
        arrival.refresh_from_db()
        return arrival

    def test_what_is_sure_opens_both(self, customer, invoices):
        arrival = self.sure(customer, invoices)

        assert (arrival.state, arrival.outcome) == ("DONE", "claim_opened")
        assert set(Claim.objects.values_list("reason", flat=True)) == {"NC-01", "NC-08"}

    def test_an_unsure_one_waits_beside_the_sure_one(self, customer, invoices):
        arrival = self.sure(customer, invoices, confidence=0.6)

        assert (arrival.state, arrival.outcome) == ("WAITING", "further_claims")
        assert Claim.objects.get().reason == "NC-01"

    def test_every_job_done_again_changes_nothing(self, customer, invoices):
        arrival = self.sure(customer, invoices, confidence=0.6)

        events.record(DocumentRead(arrival.pk, arrival.document_id))
        run_jobs(at=NOON)

        assert Claim.objects.count() == 1
        arrival.refresh_from_db()
        assert arrival.outcome == "further_claims"

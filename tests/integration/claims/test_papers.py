"""Claims that open by themselves, wait for a person, or join the money they are about."""

from __future__ import annotations

import pytest
from tests.integration.cash.test_payments import IBAN, a_statement, paid
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_iban, an_invoice

from concilia.cases.models import CaseDocument, CaseMessage
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.papers import (
    PersonsWord,
    open_claim_for_deduction,
    open_claim_from_document,
)
from concilia.claims.actions.verdicts import compute_verdict
from concilia.claims.models import Claim, ClaimDeduction, MergeProposal
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.intake.actions import (
    Incoming,
    MailFacts,
    PartFile,
    ReadResult,
    receive,
    record_reading,
)
from concilia.intake.models import Arrival
from concilia.receivables.models import BankEntry, Delivery, Invoice, OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def customer() -> Customer:
    customer = a_customer(an_entity())
    an_iban(customer, IBAN)
    return customer


def a_mail(customer: Customer, invoice: Invoice | None, n: int = 1, **changes) -> Arrival:
    values = {
        "format": "eml",
        "language": "de",
        "kind": "claim",
        "kind_confidence": 0.97,
        "reason": "NC-01",
        "reason_confidence": 0.95,
        "references": {"invoice": [invoice.number] if invoice else [], "claim": [f"BA-{n}"]},
        "claimed_amount": "259.20",
        "currency": "EUR",
        "lines": [],
        "needs_review": False,
    } | changes
    incoming = Incoming(channel="pipe", filename=f"mail-{n}.eml", content=f"mail {n}".encode())
    arrival = receive(entity_id=customer.entity_id, incoming=incoming, at=NOON)
    contact = customer.contacts.get()
    result = ReadResult(
        reading=values,
        mail=MailFacts(sender=contact.email, sender_name=contact.name, body="12 Kartons fehlen"),
        parts=[
            PartFile(filename="ba.pdf", content=f"pdf {n}".encode(), reading={"kind": "debit_note"})
        ],
    )
    record_reading(arrival_id=arrival.pk, result=result, at=NOON)
    arrival.refresh_from_db()
    return arrival


class TestOpenClaimFromDocument:
    def test_a_sure_paper_opens_its_claim_with_everything_beside_it(self, customer):
        invoice = an_invoice(customer)
        arrival = a_mail(customer, invoice)

        claim = open_claim_from_document(arrival_id=arrival.pk, at=NOON)

        assert (claim.customer, claim.invoice, claim.reason) == (customer, invoice, "NC-01")
        assert (claim.state, claim.claimed_minor) == ("INVESTIGATING", 25_920)
        assert claim.lines.get().sku == "PEN-500"
        assert claim.lines.get().quantity == 12
        assert OpenItem.objects.get(invoice=invoice).disputed_minor == 25_920
        papers = CaseDocument.objects.filter(case=claim.case)
        assert set(papers.values_list("evidence", flat=True)) == {"COR", "DN"}
        assert CaseMessage.objects.get(case=claim.case).message.lane == "in"
        arrival.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("DONE", "claim_opened")

    @pytest.mark.parametrize(
        ("total", "claimed"), [("259.20", [21_600, 4320]), ("285.12", [23_760, 4752])]
    )
    def test_its_rows_become_lines_also_where_vat_stands_below_them(self, customer, total, claimed):
        """On an invoice with 10 % of VAT; a row of no article is taxed as the others."""
        invoice = an_invoice(customer)
        invoice.lines.update(vat_bp=1000)
        rows = [
            {"sku": "PEN-500", "quantity": "10", "amount": "216.00", "reason": "NC-01"},
            {"description": "Gebühr", "amount": "43.20", "reason": "NC-23"},
        ]
        arrival = a_mail(customer, invoice, claimed_amount=total, articles=rows)

        claim = open_claim_from_document(arrival_id=arrival.pk, at=NOON)

        lines = claim.lines.order_by("n")
        assert [line.claimed_minor for line in lines] == claimed
        assert [(line.sku, line.reason) for line in lines] == [("PEN-500", "NC-01"), ("", "NC-23")]

    def test_rows_that_do_not_add_up_say_nothing(self, customer):
        rows = [{"sku": "PEN-500", "quantity": "10", "amount": "216.00", "reason": "NC-01"}]
        arrival = a_mail(customer, an_invoice(customer), articles=rows)

        claim = open_claim_from_document(arrival_id=arrival.pk, at=NOON)

        assert claim.lines.get().claimed_minor == 25_920

    def test_asked_twice_it_opens_one_claim(self, customer):
        arrival = a_mail(customer, an_invoice(customer))

        first = open_claim_from_document(arrival_id=arrival.pk, at=NOON)
        second = open_claim_from_document(arrival_id=arrival.pk, at=NOON)

        assert first == second
        assert Claim.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "outcome"),
        [
            ({"needs_review": True}, "unsure"),
            ({"reason": None}, "no_reason"),
            ({"claimed_amount": None}, "no_amount"),
            ({"kind": "other"}, "not_a_claim"),
            ({"references": {"invoice": ["FT-1999/9"]}}, "unknown_record"),
        ],
    )
    def test_what_is_not_sure_waits_and_says_why(self, customer, changes, outcome):
        arrival = a_mail(customer, an_invoice(customer), **changes)

        assert open_claim_from_document(arrival_id=arrival.pk, at=NOON) is None
        arrival.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("WAITING", outcome)

    def test_a_delivery_named_without_its_letters_is_found(self, customer):
        invoice = an_invoice(customer)
        Delivery.objects.update(number="DDT 5187", number_key="DDT5187")
        arrival = a_mail(customer, None, references={"delivery": ["5187"], "claim": ["BA-1"]})

        claim = open_claim_from_document(arrival_id=arrival.pk, at=NOON)

        assert (claim.delivery, claim.invoice) == (invoice.delivery, invoice)

    def test_another_customers_invoice_waits_for_a_person(self, customer):
        stranger = a_customer(customer.entity, "Maison Dorval SAS", country="FR", language="fr")
        arrival = a_mail(customer, an_invoice(stranger))

        assert open_claim_from_document(arrival_id=arrival.pk, at=NOON) is None
        arrival.refresh_from_db()
        assert arrival.outcome == "foreign_number"

    def test_a_person_confirms_what_was_unsure(self, customer):
        invoice = an_invoice(customer)
        arrival = a_mail(customer, None, needs_review=True)
        member = a_member(customer.entity)

        claim = open_claim_from_document(
            arrival_id=arrival.pk, at=NOON, word=PersonsWord(member=member, invoice_id=invoice.pk)
        )

        assert claim.reason_is_confirmed
        assert claim.case.owner == member

    def test_a_person_cannot_confirm_a_claim_without_an_amount(self, customer):
        arrival = a_mail(customer, an_invoice(customer), claimed_amount=None)
        word = PersonsWord(member=a_member(customer.entity))

        with pytest.raises(ClaimRefused, match="how much"):
            open_claim_from_document(arrival_id=arrival.pk, at=NOON, word=word)


class TestShortPayment:
    def short_paid(
        self, customer: Customer, missing: int, text: str = ""
    ) -> tuple[Invoice, OpenItem]:
        invoice = an_invoice(customer)
        a_statement(
            customer.entity, paid(invoice.gross_minor - missing, f"{invoice.number} {text}")
        )
        return invoice, OpenItem.objects.get(kind="deduction")

    def open(self, item: OpenItem, reason: str = "FI-16") -> Claim:
        entry = BankEntry.objects.get()
        return open_claim_for_deduction(
            item_id=item.pk, bank_entry_id=entry.pk, reason=reason, text="", at=NOON
        )

    def test_opens_a_claim_with_its_deduction_once(self, customer):
        _, item = self.short_paid(customer, 12_200, "manca 1 collo")

        claim = self.open(item, "NC-01")

        assert self.open(item, "NC-01") == claim
        assert (claim.origin, claim.claimed_minor, claim.reason) == (
            "short_payment",
            12_200,
            "NC-01",
        )
        assert ClaimDeduction.objects.get().item == item

    def test_without_a_reason_the_customer_is_asked(self, customer):
        _, item = self.short_paid(customer, 12_345)

        claim = self.open(item)

        message = Message.objects.get(lane="out")
        assert claim.state == "QUALIFYING"
        assert (message.state, message.language) == ("QUEUED", "de")
        assert claim.case.number in message.subject

    def test_a_paper_about_the_same_money_joins_it(self, customer):
        invoice, item = self.short_paid(customer, 25_920)
        claim = self.open(item)

        joined = open_claim_from_document(arrival_id=a_mail(customer, invoice).pk, at=NOON)

        assert joined == claim
        joined.refresh_from_db()
        assert (joined.reason, joined.state) == ("NC-01", "INVESTIGATING")
        assert Arrival.objects.get().outcome == "joined"

    def test_the_money_joins_a_claim_that_came_before_it(self, customer):
        invoice = an_invoice(customer)
        claim = open_claim_from_document(arrival_id=a_mail(customer, invoice).pk, at=NOON)
        a_statement(customer.entity, paid(invoice.gross_minor - 25_920, invoice.number))

        item = OpenItem.objects.get(invoice=invoice)
        assert (item.open_minor, item.disputed_minor) == (25_920, 25_920)
        assert Claim.objects.get() == claim

    def test_the_same_claim_in_two_mails_is_proposed_for_merging(self, customer):
        invoice = an_invoice(customer)
        first = open_claim_from_document(arrival_id=a_mail(customer, invoice, 1).pk, at=NOON)
        second = open_claim_from_document(arrival_id=a_mail(customer, invoice, 2).pk, at=NOON)

        proposal = MergeProposal.objects.get()
        assert {proposal.claim, proposal.twin} == {first, second}


class TestComputeVerdict:
    def test_asks_logistics_for_the_missing_proof(self, customer):
        claim = open_claim_from_document(
            arrival_id=a_mail(customer, an_invoice(customer)).pk, at=NOON
        )

        compute_verdict(claim_id=claim.pk, at=NOON)

        claim.refresh_from_db()
        step = claim.case.steps.get(evidence="POD")
        assert (claim.state, step.department) == ("WAITING_INTERNAL", "LOG")

    def test_asks_nobody_of_ours_for_the_goods_receipt_of_the_customer(self, customer):
        """Signed for without a reserve: only their own count could show that something lacked."""
        invoice = an_invoice(customer)
        invoice.delivery.pod_date = invoice.issue_date
        invoice.delivery.save()
        claim = open_claim_from_document(arrival_id=a_mail(customer, invoice).pk, at=NOON)

        stored = compute_verdict(claim_id=claim.pk, at=NOON)

        assert "GRN" in stored.result["lines"][0]["missing"]
        assert not claim.case.steps.filter(evidence="GRN").exists()

    def test_proposes_when_the_proof_is_there(self, customer):
        invoice = an_invoice(customer)
        delivery = invoice.delivery
        delivery.pod_date = invoice.issue_date
        delivery.save()
        delivery.lines.filter(sku="PEN-500").update(pod_quantity=92, pod_damaged=0)
        delivery.lines.exclude(sku="PEN-500").update(pod_quantity=50, pod_damaged=0)
        claim = open_claim_from_document(arrival_id=a_mail(customer, invoice).pk, at=NOON)

        verdict = compute_verdict(claim_id=claim.pk, at=NOON)

        claim.refresh_from_db()
        assert (verdict.outcome, verdict.valid_minor) == ("PARTLY_VALID", 17_280)
        assert claim.state == "DECISION_PROPOSED"

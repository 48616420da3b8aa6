"""From a bank statement to closed items, deductions and cash on account, through the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Sum
from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
)

from concilia.cash.actions import (
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    StatementDraft,
    StatementEntry,
    load_statement,
    match_statement,
    post_match,
    post_split,
    reverse_match,
)
from concilia.cash.models import Match
from concilia.foundation.blobs import store_blob
from concilia.ledger.models import JournalEntry, JournalLine
from concilia.receivables.models import BankEntry, OpenItem

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"


@pytest.fixture
def world():
    entity = an_entity()
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    return entity, customer, a_member(entity)


def a_statement(entity, *entries: StatementEntry, name: str = "ST-1"):
    draft = StatementDraft(
        iban="IT60X0542811101000000123456",
        currency="EUR",
        identification=name,
        statement_date=TODAY,
        entries=entries,
    )
    blob = store_blob(content=name.encode(), at=NOON)
    statement = load_statement(entity_id=entity.pk, sha256=blob.sha256, draft=draft, at=NOON)
    match_statement(statement_id=statement.pk, at=NOON)
    return statement


def paid(amount: int, text: str = "", key: str = "", **changes) -> StatementEntry:
    fields = {
        "amount_minor": amount,
        "currency": "EUR",
        "booking_date": TODAY,
        "value_date": TODAY,
        "payer_name": "FRISCHMARKT NORD EG",
        "payer_iban": IBAN,
        "text": text,
        "key": key,
    }
    return StatementEntry(**fields | changes)


def balance(account: str) -> int:
    sums = JournalLine.objects.filter(account=account).aggregate(
        d=Sum("debit_minor"), c=Sum("credit_minor")
    )
    return (sums["d"] or 0) - (sums["c"] or 0)


class TestMatchStatement:
    def test_applies_a_payment_that_names_its_invoice(self, world):
        entity, customer, _ = world
        invoice = an_invoice(customer)

        a_statement(entity, paid(invoice.gross_minor, f"RE {invoice.number}"))

        match = Match.objects.get()
        assert (match.state, match.rule) == ("POSTED", "M4")
        assert OpenItem.objects.get(invoice=invoice).open_minor == 0
        assert balance("SUSPENSE") == 0
        assert balance("BANK") == invoice.gross_minor

    def test_what_is_missing_becomes_a_deduction(self, world):
        entity, customer, _ = world
        invoice = an_invoice(customer)

        a_statement(
            entity, paid(invoice.gross_minor - 12_200, f"{invoice.number} - 122,00 manca 1 collo")
        )

        deduction = OpenItem.objects.get(kind="deduction")
        assert deduction.open_minor == 12_200
        assert deduction.origin_item.invoice == invoice
        assert deduction.due_date == invoice.due_date
        assert balance("AR_DEDUCTION") == 12_200
        assert Match.objects.get().allocations.get().deduction_reason == "NC-01"

    def test_an_earned_discount_is_booked_with_its_vat(self, world):
        entity, _, _ = world
        customer = a_customer(
            entity, "Supermercados La Ribera S.A.", discount_bp=200, discount_days=10
        )
        an_iban(customer, "ES9121000418450200051332")
        invoice = an_invoice(
            customer, [("PEN-500", "100", "20.00", 2100)], issue_date=TODAY - timedelta(days=9)
        )
        item = OpenItem.objects.get(invoice=invoice)
        OpenItem.objects.filter(pk=item.pk).update(
            discount_bp=200, discount_until_date=TODAY + timedelta(days=1)
        )

        a_statement(
            entity,
            paid(237_160, f"FACTURA {invoice.number}", payer_iban="ES9121000418450200051332"),
        )

        assert Match.objects.get().state == "POSTED"
        assert (balance("CASH_DISCOUNT"), balance("VAT_OUT")) == (4_000, 840)

    def test_an_unknown_payer_waits_and_the_money_is_in_suspense(self, world):
        entity, _, _ = world

        a_statement(entity, paid(64_000, "NESSUNA CAUSALE", payer_iban="", payer_name="X"))

        assert Match.objects.get().state == "OPEN"
        assert balance("SUSPENSE") == -64_000

    def test_two_equal_answers_are_proposed_and_never_posted(self, world):
        entity, customer, _ = world
        an_invoice(customer, [("A", "1", "100.00", 0)])
        an_invoice(customer, [("A", "1", "100.00", 0)])

        a_statement(entity, paid(10_000, "BONIFICO"))

        assert Match.objects.get().state == "PROPOSED"
        assert balance("AR") == 20_000


class TestLoadStatement:
    def test_the_same_statement_twice_changes_nothing(self, world):
        entity, customer, _ = world
        invoice = an_invoice(customer)
        entry = paid(invoice.gross_minor, invoice.number, key="B-1")

        a_statement(entity, entry)
        a_statement(entity, entry)
        a_statement(entity, entry, name="ST-2 overlaps")

        assert BankEntry.objects.count() == 1
        assert JournalEntry.objects.filter(kind="CASH_RECEIVED").count() == 1

    def test_two_equal_transfers_of_one_day_stay_two(self, world):
        entity, _, _ = world

        a_statement(entity, paid(5_000, "X"), paid(5_000, "X"))

        assert BankEntry.objects.count() == 2


class TestPeople:
    def test_a_person_confirms_a_proposal(self, world):
        entity, customer, member = world
        an_invoice(customer, [("A", "1", "100.00", 0)])
        an_invoice(customer, [("A", "1", "100.00", 0)])
        a_statement(entity, paid(10_000, "BONIFICO"))

        match = post_match(match_id=Match.objects.get().pk, member=member, at=NOON)

        assert match.state == "POSTED"
        assert match.decided_by == member.user
        assert balance("AR") == 10_000

    def test_a_person_splits_and_puts_the_rest_on_account(self, world):
        entity, customer, member = world
        invoice = an_invoice(customer, [("A", "1", "100.00", 0)])
        a_statement(entity, paid(15_000, "???", payer_iban="", payer_name="UNKNOWN LTD"))
        item = OpenItem.objects.get(invoice=invoice)

        post_split(
            bank_entry_id=BankEntry.objects.get().pk,
            split=PersonsSplit(
                customer_id=customer.pk,
                lines=[
                    PersonsLine(
                        item_id=item.pk,
                        applied_minor=9_000,
                        deduction_minor=1_000,
                        deduction_reason="NC-08",
                    )
                ],
            ),
            member=member,
            at=NOON,
        )

        item.refresh_from_db()
        assert item.open_minor == 0
        assert OpenItem.objects.get(kind="on_account").open_minor == -6_000
        assert OpenItem.objects.get(kind="deduction").open_minor == 1_000

    def test_nobody_applies_more_than_was_paid(self, world):
        entity, customer, member = world
        invoice = an_invoice(customer)
        a_statement(entity, paid(100, "?", payer_iban="", payer_name="?"))
        item = OpenItem.objects.get(invoice=invoice)

        with pytest.raises(PostingRefused, match="more than was paid"):
            post_split(
                bank_entry_id=BankEntry.objects.get().pk,
                split=PersonsSplit(
                    customer_id=customer.pk,
                    lines=[PersonsLine(item_id=item.pk, applied_minor=101)],
                ),
                member=member,
                at=NOON,
            )

    def test_a_reversal_restores_every_balance(self, world):
        entity, customer, member = world
        invoice = an_invoice(customer)
        before = balance("AR")
        a_statement(entity, paid(invoice.gross_minor - 12_200, f"{invoice.number} manca 1 collo"))

        reverse_match(
            match_id=Match.objects.get().pk, reason="wrong customer", member=member, at=NOON
        )

        assert balance("AR") == before
        assert balance("AR_DEDUCTION") == 0
        assert balance("SUSPENSE") == -(invoice.gross_minor - 12_200)
        assert OpenItem.objects.get(kind="deduction").open_minor == 0
        assert sorted(Match.objects.values_list("state", flat=True)) == ["OPEN", "REVERSED"]

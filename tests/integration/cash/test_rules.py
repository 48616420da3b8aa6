"""Every rule of the cascade, from the bank's words to the ledger (domain.md §6.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.bank_day import a_loaded_statement, offer_discount, paid
from tests.world.builders import (
    TODAY,
    a_customer,
    an_entity,
    an_iban,
    an_invoice,
    an_open_item,
)

from concilia.cash.models import Match
from concilia.customers.models import PayerGroup
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"
AT_HOME = "IT28W8000000292100645211"


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def customer(entity):
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    return customer


def an_invoice_over(customer, price: str, days: int = 20, **changes):
    return an_invoice(
        customer,
        [("PEN-500", "1", price, 0)],
        issue_date=TODAY - timedelta(days=days),
        **changes,
    )


def answer(entity, amount: int, text: str = "", **changes) -> Match:
    """Load one payment and return what became of it; the invariants hold."""
    fields = {"payer_name": "FRISCHMARKT NORD EG", "payer_iban": IBAN}
    a_loaded_statement(entity, paid(amount, text, **fields | changes))
    broken = [name for name, finding in check_invariants().items() if not finding.holds]
    assert broken == []
    return Match.objects.get()


def open_of(invoice) -> int:
    return OpenItem.objects.get(invoice=invoice, kind="invoice").open_minor


class TestPostedWithoutAPerson:
    @pytest.mark.parametrize("where", ["structured_reference", "text"])
    def test_m1_our_payment_reference(self, entity, customer, where):
        invoice = an_invoice_over(customer, "122.00")
        an_invoice_over(customer, "122.00")
        OpenItem.objects.filter(invoice=invoice).update(structured_reference="RF18539007547034")
        said = {where: "RF18 5390 0754 7034"}

        match = answer(entity, 12_200, **said, payer_iban="", payer_name="WHOEVER")

        assert (match.state, match.rule) == ("POSTED", "M1")
        assert open_of(invoice) == 0

    def test_m1_is_not_fooled_by_a_wrong_check_digit(self, entity, customer):
        invoice = an_invoice_over(customer, "122.00")
        OpenItem.objects.filter(invoice=invoice).update(structured_reference="RF19539007547034")

        match = answer(
            entity, 12_200, structured_reference="RF19539007547034", payer_iban="", payer_name="?"
        )

        assert match.rule != "M1"
        assert match.state != "POSTED"

    def test_m2_our_end_to_end_reference(self, entity, customer):
        invoice = an_invoice_over(customer, "122.00")
        an_invoice_over(customer, "122.00")

        match = answer(entity, 12_200, end_to_end_id=invoice.number)

        assert (match.state, match.rule) == ("POSTED", "M2")
        assert open_of(invoice) == 0

    def test_a_payers_own_end_to_end_number_is_never_the_key_of_an_item(self, entity, customer):
        an_invoice_over(customer, "122.00")
        item = OpenItem.objects.get()

        match = answer(entity, 12_200, end_to_end_id=str(item.pk), payer_iban="", payer_name="?")

        assert match.state != "POSTED"

    def test_m3_the_banks_structured_remittance(self, entity, customer):
        first, second = an_invoice_over(customer, "1220.00"), an_invoice_over(customer, "500.00")
        lines = [
            {
                "number": first.number,
                "gross": "1220.00",
                "deduction": "122.00",
                "reason_text": "manca 1 collo",
                "net": "1098.00",
            },
            {"number": second.number, "gross": "500.00", "net": "500.00"},
        ]

        match = answer(entity, 159_800, remittance=lines)

        assert (match.state, match.rule) == ("POSTED", "M3")
        assert (open_of(first), open_of(second)) == (0, 0)
        assert OpenItem.objects.get(kind="deduction").open_minor == 12_200

    def test_m4_a_number_in_the_text(self, entity, customer):
        invoice = an_invoice_over(customer, "122.00")
        an_invoice_over(customer, "122.00")

        match = answer(entity, 12_200, f"RE {invoice.number.replace('/', ' ')} danke")

        assert (match.state, match.rule) == ("POSTED", "M4")
        assert open_of(invoice) == 0

    @pytest.mark.parametrize("number", ["order", "delivery"])
    def test_m5_an_order_or_delivery_in_the_text(self, entity, customer, number):
        invoice = an_invoice_over(customer, "122.00")
        an_invoice_over(customer, "122.00")
        said = {
            "order": f"ORDINE {invoice.order.customer_order_number}",
            "delivery": f"BOLLA {invoice.delivery.number}",
        }
        OpenItem.objects.filter(invoice=invoice).update(
            order_number=invoice.order.customer_order_number,
            delivery_number=invoice.delivery.number,
        )

        match = answer(entity, 12_200, said[number])

        assert (match.state, match.rule) == ("POSTED", "M5")
        assert open_of(invoice) == 0

    def test_m5_finds_the_customer_by_the_order_alone(self, entity, customer):
        invoice = an_invoice_over(customer, "122.00")
        order = invoice.order.customer_order_number
        OpenItem.objects.filter(invoice=invoice).update(order_number=order)

        match = answer(entity, 12_200, f"PO {order}", payer_iban="", payer_name="PAYMENTS HUB")

        assert match.rule == "M5"
        assert match.customer == customer

    def test_m6_one_item_has_the_amount(self, entity, customer):
        invoice = an_invoice_over(customer, "122.00")
        an_invoice_over(customer, "99.00")

        match = answer(entity, 12_200, "BONIFICO")

        assert (match.state, match.rule) == ("POSTED", "M6")
        assert open_of(invoice) == 0

    def test_m7_one_item_less_its_discount(self, entity, customer):
        invoice = an_invoice_over(customer, "1000.00")
        offer_discount(invoice, 200, 1)

        match = answer(entity, 98_000, "DANKE")

        assert (match.state, match.rule) == ("POSTED", "M7")
        assert match.allocations.get().discount_minor == 2_000

    def test_m8_one_combination(self, entity, customer):
        for price in ("1200.00", "875.50", "450.25", "330.10", "120.00"):
            an_invoice_over(customer, price)

        match = answer(entity, 132_575, "SALDO")

        assert (match.state, match.rule) == ("POSTED", "M8")
        assert sorted(match.allocations.values_list("applied_minor", flat=True)) == [45_025, 87_550]

    def test_m9_the_whole_balance(self, entity, customer):
        for price in ("100.10", "200.20", "300.30"):
            an_invoice_over(customer, price, 40)

        match = answer(entity, 60_060, "SALDO TUTTO")

        assert match.state == "POSTED"
        assert match.rule in {"M8", "M9"}
        assert not OpenItem.objects.exclude(open_minor=0).exists()

    def test_a_central_payer_pays_for_its_group_and_for_nobody_else(self, entity):
        group = PayerGroup.objects.create(entity=entity, code="G", name="Gruppe")
        one = a_customer(entity, "Markt Eins", payer_group=group)
        two = a_customer(entity, "Markt Zwei", payer_group=group)
        stranger = a_customer(entity, "Fremder Laden")
        an_iban(one, IBAN)
        first, second = an_invoice_over(one, "100.00"), an_invoice_over(two, "250.00")
        other = an_invoice_over(stranger, "350.00")

        match = answer(entity, 35_000, f"{first.number} {second.number}")

        assert match.state == "POSTED"
        assert (open_of(first), open_of(second), open_of(other)) == (0, 0, 35_000)


class TestNeverPostedWithoutAPerson:
    def test_two_equal_answers(self, entity, customer):
        an_invoice_over(customer, "100.00")
        an_invoice_over(customer, "100.00")

        match = answer(entity, 10_000, "BONIFICO")

        assert match.state == "PROPOSED"
        assert len(match.alternatives) == 1
        assert match.alternatives[0]["allocations"][0]["item_id"].isdecimal()

    def test_another_currency(self, entity, customer):
        customer.currency = "GBP"
        invoice = an_invoice_over(customer, "100.00")

        match = answer(entity, 10_000, invoice.number)

        assert not match.allocations.exists()
        assert open_of(invoice) == 10_000

    def test_a_disputed_item_that_only_has_the_amount(self, entity, customer):
        invoice = an_invoice_over(customer, "100.00")
        OpenItem.objects.filter(invoice=invoice).update(disputed_minor=10_000)

        match = answer(entity, 10_000, "BONIFICO")

        assert match.state != "POSTED"

    def test_an_item_of_another_entity(self, entity, customer):
        stranger = an_entity("other")
        theirs = a_customer(stranger)
        invoice = an_invoice_over(theirs, "100.00", number="FT-2026/77777", number_key="202677777")

        match = answer(entity, 10_000, invoice.number)

        assert match.state != "POSTED" or not match.allocations.exists()
        assert open_of(invoice) == 10_000

    def test_more_than_was_owed_by_far(self, entity, customer):
        invoice = an_invoice_over(customer, "100.00")

        match = answer(entity, 100_000, invoice.number)

        assert match.state == "PROPOSED"
        assert open_of(invoice) == 10_000


class TestDifferences:
    def test_credit_notes_are_netted(self, entity, customer):
        invoice = an_invoice_over(customer, "1220.00")
        credit = an_open_item(customer, -22_000)

        match = answer(entity, 100_000, f"{invoice.number} - {credit.document_number}")

        credit.refresh_from_db()
        assert match.state == "POSTED"
        assert (open_of(invoice), credit.open_minor) == (0, 0)
        assert match.applied_minor == 100_000

    def test_an_earned_discount_takes_its_vat_along_rate_by_rate(self, entity, customer):
        invoice = an_invoice(
            customer,
            [("A", "10", "100.00", 2200), ("B", "10", "50.00", 1000), ("C", "5", "20.00", 400)],
            issue_date=TODAY - timedelta(days=5),
        )
        offer_discount(invoice, 200, 3)
        discount = round(invoice.gross_minor * 0.02)

        match = answer(entity, invoice.gross_minor - discount, invoice.number)

        lines = match.entry.lines.filter(account__in=["CASH_DISCOUNT", "VAT_OUT"])
        vat = {row.vat_bp: row.debit_minor for row in lines if row.account == "VAT_OUT"}
        assert sum(row.debit_minor for row in lines) == discount
        assert sorted(vat) == [400, 1000, 2200]
        assert vat[2200] == 440

    def test_a_discount_taken_too_late_is_a_deduction(self, entity, customer):
        invoice = an_invoice_over(customer, "2420.00")
        offer_discount(invoice, 200, -10)

        match = answer(entity, 237_160, invoice.number)

        row = match.allocations.get()
        assert (row.deduction_minor, row.deduction_reason) == (4_840, "FI-02")

    def test_a_few_cents_are_tolerated(self, entity, customer):
        an_iban(customer, AT_HOME)
        invoice = an_invoice_over(customer, "1220.00")

        match = answer(entity, 121_950, invoice.number, payer_iban=AT_HOME)

        row = match.allocations.get()
        assert (row.writeoff_minor, row.writeoff_reason) == (50, "FI-05")
        assert match.entry.lines.get(account="SMALL_DIFF").debit_minor == 50

    def test_small_differences_are_small_in_a_month_too(self, entity, customer):
        an_iban(customer, AT_HOME)
        entries = []
        for _ in range(14):
            invoice = an_invoice_over(customer, "1220.00")
            entries.append(paid(121_910, invoice.number, payer_iban=AT_HOME))
        for n in range(0, 14, 2):
            a_loaded_statement(entity, *entries[n : n + 2], name=f"ST-{n}")

        posted = Match.objects.filter(state="POSTED")

        assert sum(m.allocations.get().writeoff_minor for m in posted) <= 1_000
        assert Match.objects.filter(state="PROPOSED").count() == 14 - posted.count() > 0

    def test_banks_between_us_keep_their_charges(self, entity, customer):
        invoice = an_invoice_over(customer, "1000.00")

        match = answer(entity, 98_800, f"{invoice.number} BANK CHARGES", payer_iban=IBAN)

        assert match.state == "POSTED"
        assert match.allocations.get().writeoff_reason == "FI-03"
        assert match.entry.lines.get(account="BANK_CHARGES").debit_minor == 1_200

    def test_too_much_waits_on_account(self, entity, customer):
        invoice = an_invoice_over(customer, "1220.00")

        match = answer(entity, 130_000, invoice.number)

        assert open_of(invoice) == 0
        assert match.on_account_item.open_minor == -8_000

    def test_two_payments_keep_something_of_the_same_invoice(self, entity, customer):
        invoice = an_invoice_over(customer, "1000.00")
        a_loaded_statement(
            entity,
            paid(40_000, f"{invoice.number} ACCONTO", payer_iban=IBAN),
            paid(50_000, f"{invoice.number} MANCA 1 COLLO", payer_iban=IBAN),
        )

        assert open_of(invoice) in {0, 10_000}
        assert all(finding.holds for finding in check_invariants().values())

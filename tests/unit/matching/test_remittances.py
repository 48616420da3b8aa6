from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.world.small_ledgers import DAY, IBAN, customer, item, payment

from concilia.matching.engine import match_payments
from concilia.matching.records import Match, Payment, Remittance, RemittanceLine, Status

ITEMS = [item("A", 122_000, "FT2026/001234"), item("B", 50_000, "FT2026/001235")]
LINES = (
    RemittanceLine("FT2026/001234", 122_000, 0, 12_200, "merce danneggiata", 109_800),
    RemittanceLine("2026/1235", 50_000, 0, 0, "", 50_000),
)


def advice(total: int = 159_800, lines=LINES, **changes) -> Remittance:
    facts = {
        "remittance_id": "RA-77",
        "payer_name": "Rossi Alimentari",
        "payer_iban": IBAN,
        "dated_on": DAY - timedelta(days=2),
        "currency": "EUR",
        "total_minor": total,
        "lines": lines,
    }
    return Remittance(**{**facts, **changes})


def match(one: Payment, *remittances: Remittance, items=ITEMS) -> Match:
    return match_payments([one], items, [customer()], remittances)[0]


class TestByRemittance:
    def test_its_lines_are_settled_with_their_deductions(self):
        found = match(payment(159_800), advice())

        assert (found.rule, found.status, found.remittance_id) == ("M3", Status.POSTED, "RA-77")
        assert {a.item_id: a.applied_minor for a in found.allocations} == {
            "A": 109_800,
            "B": 50_000,
        }
        assert [(d.item_id, d.amount_minor, d.reason) for d in found.deductions] == [
            ("A", 12_200, "NC-05")
        ]

    def test_it_is_found_by_its_number_in_the_text(self):
        found = match(payment(159_800, "RA-77"), advice(dated_on=date(2026, 1, 1)))

        assert found.rule == "M3"

    @pytest.mark.parametrize(
        "changes",
        [{"dated_on": DAY - timedelta(days=8)}, {"currency": "USD"}, {"total_minor": 159_801}],
    )
    def test_another_day_currency_or_total_is_another_payment(self, changes):
        assert match(payment(159_800), advice(**changes)).rule != "M3"

    def test_lines_that_do_not_add_up_are_for_a_person(self):
        found = match(payment(160_000, "RA-77"), advice())

        assert found.status is Status.PROPOSED
        assert sum(a.applied_minor for a in found.allocations) + found.on_account_minor == 160_000

    def test_a_line_of_nothing_of_ours_is_for_a_person(self):
        lost = (*LINES, RemittanceLine("ZZ-1", 100, 0, 0, "", 100))

        assert match(payment(159_900), advice(159_900, lost)).status is not Status.POSTED

    def test_a_discount_taken_late_is_a_deduction(self):
        lines = (RemittanceLine("FT2026/001235", 50_000, 1_000, 0, "", 49_000),)
        late = ITEMS[1]._replace(discount_bp=200, discount_until=DAY - timedelta(days=1))

        found = match(payment(49_000), advice(49_000, lines), items=[late])

        assert [(d.amount_minor, d.reason) for d in found.deductions] == [(1_000, "FI-02")]

    def test_a_debit_note_without_invoice_falls_on_the_only_one(self):
        lines = (
            RemittanceLine("FT2026/001234", 122_000, 0, 0, "", 122_000),
            RemittanceLine("DN 4711", None, 0, 0, "WKZ Q1", -2_000),
        )

        found = match(payment(120_000), advice(120_000, lines), items=ITEMS[:1])

        assert found.status is Status.POSTED
        assert [(d.item_id, d.amount_minor, d.reason) for d in found.deductions] == [
            ("A", 2_000, "CO-03")
        ]

    def test_two_advices_for_one_payment(self):
        first = advice(109_800, LINES[:1], remittance_id="RA-1")
        second = advice(50_000, LINES[1:], remittance_id="RA-2")

        found = match(payment(159_800), first, second)

        assert (found.rule, found.status) == ("M3", Status.POSTED)
        assert len(found.allocations) == 2

    def test_one_advice_for_two_payments(self):
        payments = [payment(109_800), payment(50_000, payment_id="P2")]

        found = match_payments(payments, ITEMS, [customer()], [advice()])

        assert [(one.rule, one.status) for one in found] == [("M3", Status.POSTED)] * 2
        assert [[a.item_id for a in one.allocations] for one in found] == [["A"], ["B"]]
        assert [d.reason for d in found[0].deductions] == ["NC-05"]

    def test_a_payment_that_names_other_documents_is_not_meant(self):
        twins = [*ITEMS, item("C", 159_800, "FT2026/001250")]

        found = match(payment(159_800, "FT2026/001250"), advice(), items=twins)

        assert [a.item_id for a in found.allocations] == ["C"]

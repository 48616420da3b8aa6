"""Many payments at once: nobody takes what another names, and nothing is settled twice."""

from __future__ import annotations

from datetime import timedelta

from tests.world.small_ledgers import DAY, customer, item, payment

from concilia.matching.engine import match_payments
from concilia.matching.explanations import render
from concilia.matching.records import Status

LATER = DAY + timedelta(days=10)
TWINS = [item("A", 10_000, "FT2026/001234"), item("B", 10_000, "FT2026/001235")]


def match(payments, items=TWINS):
    return match_payments(payments, items, [customer()])


class TestSettleGroup:
    def test_a_later_payment_that_names_an_item_gets_it(self):
        early = payment(10_000)
        late = payment(10_000, "FT2026/001234", payment_id="P2", booked_on=LATER)

        first, second = match([early, late])

        assert [a.item_id for a in second.allocations] == ["A"]
        assert second.status is Status.POSTED
        assert first.status is Status.PROPOSED
        assert [a.item_id for a in first.allocations] == ["B"]

    def test_the_same_invoice_paid_twice(self):
        first = payment(10_000, "FT2026/001234")
        again = payment(10_000, "FT2026/001234", payment_id="P2", booked_on=LATER)

        answers = match([again, first])

        assert answers[0].duplicate_of == "P1"
        assert (answers[0].status, answers[0].on_account_minor) == (Status.UNMATCHED, 10_000)
        assert answers[1].status is Status.POSTED

    def test_two_equal_payments_and_one_item(self):
        answers = match([payment(10_000), payment(10_000, payment_id="P2")], TWINS[:1])

        assert [one.status for one in answers] == [Status.POSTED, Status.UNMATCHED]

    def test_arithmetic_leaves_alone_what_another_payment_names(self):
        named = payment(3_000_00, "FT2026/001234 FT2026/001235", payment_id="P2")

        answers = match([payment(10_000), named], [TWINS[0], item("B", 50_000, "FT2026/001235")])

        assert answers[0].status is not Status.POSTED

    def test_money_taken_back_names_the_payment_it_belongs_to(self):
        answers = match(
            [payment(10_000, "FT2026/001234"), payment(-10_000, payment_id="R", booked_on=LATER)]
        )

        assert (answers[1].status, answers[1].on_account_minor) == (Status.UNMATCHED, -10_000)
        assert "P1" in render(answers[1].explanation)

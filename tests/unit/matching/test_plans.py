"""A row of an agreed plan is a part of its items: nothing is missing, whatever share it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.matching.test_engine import applied
from tests.world.small_ledgers import DAY, customer, item, payment

from concilia.matching.engine import match_payments
from concilia.matching.explanations import LANGUAGES, render
from concilia.matching.records import AgreedPlan, AgreedRow, Asked, Status

MONTH = timedelta(days=30)
REFERENCE = "RF27INV2025001234"


def rows(*amounts, first=DAY, interest=()):
    charged = [*interest, *([0] * len(amounts))]
    return tuple(
        AgreedRow(n + 1, first + n * MONTH, minor, charged[n], minor + charged[n])
        for n, minor in enumerate(amounts)
    )


def plan(parts, *amounts, plan_id="7", customer_id="C1", is_settlement=False, documents=(), **more):
    return AgreedPlan(
        plan_id=plan_id,
        customer_id=customer_id,
        currency="EUR",
        principal_minor=sum(parts.values()),
        rows=rows(*amounts, **more),
        parts=tuple(Asked(name, minor) for name, minor in parts.items()),
        documents=documents,
        is_settlement=is_settlement,
    )


def answers(payments, items, *plans):
    return match_payments(payments, items, [customer()], lessons=plans)


def answer(one, items, *plans):
    return answers([one], items, *plans)[0]


OLD, NEW = item("A", 60_000, "FT2026/001230"), item("B", 30_000, "FT2026/001231")
THREE = plan({"A": 60_000, "B": 30_000}, 30_000, 30_000, 30_000)


class TestWhatIsARow:
    def test_a_row_is_a_part_even_when_it_is_most_of_an_invoice(self):
        thirds = plan({"A": 60_000}, 45_000, 15_000)
        found = answer(payment(45_000), [OLD], thirds)
        assert (found.status, found.rule, applied(found)) == (Status.POSTED, "M6", {"A": 45_000})
        assert (found.deductions, found.on_account_minor) == ((), 0)

    @pytest.mark.parametrize(
        ("amount", "parts"),
        [
            (30_000, {"A": 30_000}),
            (60_000, {"A": 60_000}),
            (90_000, {"A": 60_000, "B": 30_000}),
        ],
    )
    def test_several_rows_go_to_the_items_in_the_order_of_the_plan(self, amount, parts):
        found = answer(payment(amount), [OLD, NEW], THREE)
        assert (found.status, applied(found)) == (Status.POSTED, parts)

    def test_it_is_told_in_the_language_of_the_clerk(self):
        found = answer(payment(30_000), [OLD, NEW], THREE)
        told = {language: render(found.explanation, language) for language in LANGUAGES}
        assert told["de"].startswith("Sie zahlt Rate 1 des Plans 7 über")
        assert all("7" in one and "2026-03-31" in one for one in told.values())
        assert len(set(told.values())) == len(LANGUAGES)

    def test_who_owes_the_rest_of_a_row_may_pay_a_whole_one(self):
        begun = THREE._replace(
            rows=(THREE.rows[0]._replace(principal_minor=10_000), *THREE.rows[1:]),
            parts=(Asked("A", 40_000), Asked("B", 30_000)),
        )
        found = answer(payment(30_000), [OLD._replace(open_minor=40_000), NEW], begun)
        assert (found.status, applied(found)) == (Status.POSTED, {"A": 30_000})

    def test_interest_of_the_rows_waits_on_account(self):
        charged = plan({"A": 60_000}, 30_000, 30_000, interest=(776, 467))
        found = answer(payment(30_776), [OLD], charged)
        assert (found.status, applied(found)) == (Status.POSTED, {"A": 30_000})
        assert found.on_account_minor == 776

    def test_two_rows_of_one_day_pay_two_rows(self):
        two = [payment(30_000, payment_id=name) for name in ("P1", "P2")]
        found = answers(two, [OLD, NEW], THREE)
        assert [one.status for one in found] == [Status.POSTED] * 2
        assert ["instalment 1" in render(one.explanation) for one in found] == [True, False]
        assert [applied(one) for one in found] == [{"A": 30_000}, {"A": 30_000}]

    def test_the_sum_of_a_settlement_gives_nothing_up_by_itself(self):
        settled = plan({"A": 60_000, "B": 10_000}, 70_000, is_settlement=True)
        found = answer(payment(70_000), [OLD, NEW], settled)
        assert (found.status, applied(found)) == (Status.POSTED, {"A": 60_000, "B": 10_000})
        assert "settlement 7" in render(found.explanation)


class TestBesideThePlan:
    def test_a_row_and_the_one_invoice_that_makes_the_rest(self):
        other = item("C", 12_345)
        found = answer(payment(42_345), [OLD, NEW, other], THREE)
        assert (found.status, found.rule) == (Status.POSTED, "M8")
        assert applied(found) == {"C": 12_345, "A": 30_000}

    def test_a_row_and_all_that_is_due(self):
        others = [item("C", 12_345), item("D", 6_789)]
        found = answer(payment(49_134), [OLD, NEW, *others], THREE)
        assert (found.status, applied(found)) == (
            Status.POSTED,
            {"C": 12_345, "D": 6_789, "A": 30_000},
        )

    def test_two_that_may_be_paid_along_are_shown(self):
        twins = [item("C", 12_345), item("D", 12_345)]
        found = answer(payment(42_345), [OLD, NEW, *twins], THREE)
        assert (found.status, len(found.alternatives)) == (Status.PROPOSED, 1)

    def test_an_invoice_of_the_amount_of_a_row_is_shown_too(self):
        other = item("C", 30_000)
        found = answer(payment(30_000), [OLD, NEW, other], THREE)
        assert (found.status, found.deductions) == (Status.PROPOSED, ())
        shown = {one.allocations[0].item_id for one in found.alternatives}
        assert shown == {"C"}

    @pytest.mark.parametrize("text", ["rata marzo", "Rate 1", "échéance", "cuota", "instalment"])
    def test_the_word_for_an_instalment_decides(self, text):
        other = item("C", 30_000)
        found = answer(payment(30_000, text), [OLD, NEW, other], THREE)
        assert (found.status, applied(found)) == (Status.POSTED, {"A": 30_000})

    def test_an_invoice_that_is_named_to_the_cent_is_no_row(self):
        other = item("C", 30_000, "FT2026/001240")
        found = answer(payment(30_000, "FT2026/001240"), [OLD, NEW, other], THREE)
        assert (found.status, found.rule, applied(found)) == (Status.POSTED, "M4", {"C": 30_000})

    def test_an_invoice_of_the_plan_may_be_paid_as_a_whole(self):
        found = answer(payment(30_000, "saldo FT2026/001231"), [OLD, NEW], THREE)
        assert (found.status, found.rule, applied(found)) == (Status.POSTED, "M4", {"B": 30_000})

    def test_another_invoice_short_by_the_amount_of_a_row_is_asked_about(self):
        other = item("C", 40_000, "FT2026/001240")
        found = answer(payment(30_000, "FT2026/001240"), [OLD, NEW, other], THREE)
        assert (found.status, found.deductions) == (Status.PROPOSED, ())

    def test_two_plans_of_the_same_row_are_shown(self):
        second = plan({"B": 30_000}, 15_000, 15_000, plan_id="8")
        first = plan({"A": 60_000}, 15_000, 45_000)
        found = answer(payment(15_000), [OLD, NEW], first, second)
        assert (found.status, len(found.alternatives)) == (Status.PROPOSED, 1)


class TestWhatMakesItCertain:
    @pytest.mark.parametrize("amount", [12_000, 30_000, 45_000])
    def test_the_reference_of_a_row_pays_the_plan_whatever_the_amount(self, amount):
        paid = payment(
            amount, structured_reference=REFERENCE, asked=(Asked("A", 30_000),), plan_id="7"
        )
        found = answer(paid, [OLD, NEW], THREE)
        assert (found.status, found.rule, applied(found)) == (Status.POSTED, "M1", {"A": amount})
        assert (found.deductions, found.on_account_minor) == ((), 0)

    @pytest.mark.parametrize(
        "text", ["Ratenplan 7", "piano di rientro n. 7", "PLAN DE PAGOS 7", "échéancier n° 7"]
    )
    def test_so_does_its_number(self, text):
        found = answer(payment(12_000, text), [OLD, NEW], THREE)
        assert (found.status, found.rule, applied(found)) == (Status.POSTED, "M4", {"A": 12_000})

    def test_the_number_of_its_invoice_with_another_amount_is_a_part(self):
        found = answer(payment(55_000, "FT2026/001230"), [OLD, NEW], THREE)
        assert (found.status, applied(found)) == (Status.POSTED, {"A": 55_000})
        assert found.deductions == ()

    def test_an_invoice_of_the_plan_that_is_paid_already_names_it_too(self):
        rest = plan({"B": 30_000}, 15_000, 15_000, documents=(OLD.number, NEW.number))
        found = answer(payment(15_000, f"FT {OLD.number} Rate"), [NEW], rest)
        assert (found.status, applied(found)) == (Status.POSTED, {"B": 15_000})
        found = answer(payment(10_000, f"FT {OLD.number}"), [NEW, item("C", 10_000)], rest)
        assert (found.status, applied(found)) == (Status.POSTED, {"B": 10_000})

    def test_a_reason_for_paying_less_is_looked_at(self):
        found = answer(payment(25_000, "FT2026/001230 manca 1 collo"), [OLD, NEW], THREE)
        assert (found.status, found.deductions) == (Status.PROPOSED, ())

    def test_far_too_much_is_asked_about(self):
        found = answer(payment(200_000, "Ratenplan 7"), [OLD, NEW], THREE)
        assert (found.status, found.on_account_minor) == (Status.PROPOSED, 110_000)

    def test_a_plan_that_is_over_leaves_the_request_as_it_was(self):
        paid = payment(
            30_000, structured_reference=REFERENCE, asked=(Asked("A", 30_000),), plan_id="7"
        )
        found = answer(paid, [OLD, NEW])
        assert (found.status, found.rule, applied(found)) == (Status.POSTED, "M1", {"A": 30_000})

    def test_a_payer_who_is_only_alike_is_confirmed(self):
        paid = payment(30_000, payer_iban="", payer_name="ROSSI ALIMENTARE")
        assert answer(paid, [OLD, NEW], THREE).status is not Status.POSTED


def test_an_amount_that_is_neither_is_no_guess():
    found = answer(payment(12_000), [OLD, NEW], THREE)
    assert (found.status, found.allocations, found.deductions) == (Status.UNMATCHED, (), ())


def test_what_is_in_a_plan_is_not_settled_by_its_amount():
    uneven = plan({"A": 60_000, "B": 30_000}, 45_000, 45_000)
    found = answer(payment(30_000), [OLD, NEW], uneven)
    assert found.status is not Status.POSTED


@st.composite
def worlds(draw):
    """Items, some of them in a plan with or without interest, and payments that may be rows."""
    amounts = draw(st.lists(st.integers(100, 90_000), min_size=1, max_size=5))
    items = [item(f"I{n}", minor, f"FT2026/00123{n}") for n, minor in enumerate(amounts)]
    inside = draw(st.integers(1, len(items)))
    parts = {one.item_id: draw(st.integers(1, one.open_minor)) for one in items[:inside]}
    total, count = sum(parts.values()), draw(st.integers(1, 4))
    shares = [total // count + (n < total % count) for n in range(count)]
    interest = draw(st.sampled_from([(), tuple(range(9, 9 + count))]))
    agreed = plan(parts, *[one for one in shares if one], interest=interest, first=draw(FIRSTS))
    sums = [sum(row.minor for row in agreed.rows[: n + 1]) for n in range(len(agreed.rows))]
    paid = []
    for n in range(draw(st.integers(1, 4))):
        minor = draw(st.one_of(st.sampled_from(sums), st.sampled_from(amounts),
                               st.integers(1, 120_000)))  # fmt: skip
        named = draw(st.sampled_from(["", "", items[0].number, items[-1].number, "rata", "plan 7"]))
        plan_id = draw(st.sampled_from(["", "", "7"]))
        asked = (Asked("I0", parts["I0"]),) if plan_id else ()
        paid.append(payment(minor, named, payment_id=f"P{n}", plan_id=plan_id, asked=asked))
    return items, agreed, paid


FIRSTS = st.sampled_from([DAY - 2 * MONTH, DAY - timedelta(days=1), DAY + timedelta(days=3)])


@settings(max_examples=150, deadline=None)
@given(worlds(), st.randoms())
def test_no_cent_is_lost_and_order_means_nothing(world, shuffle):
    items, agreed, paid = world
    found = answers(paid, items, agreed)
    settled = dict.fromkeys((one.item_id for one in items), 0)
    for one, match in zip(paid, found, strict=True):
        assert sum(applied(match).values()) + match.on_account_minor == one.amount_minor
        for line in match.allocations:
            assert line.applied_minor > 0
            settled[line.item_id] += line.applied_minor + line.discount_minor + line.writeoff_minor
        for kept in match.deductions:
            settled[kept.item_id] += kept.amount_minor
    assert all(settled[one.item_id] <= one.open_minor for one in items)
    mixed, others = list(paid), list(items)
    shuffle.shuffle(mixed)
    shuffle.shuffle(others)
    again = {match.payment_id: match for match in answers(mixed, others, agreed)}
    assert [again[one.payment_id] for one in paid] == found


@settings(max_examples=150, deadline=None)
@given(worlds(), st.integers(0, 3), st.sampled_from(["", "FT2026/001230", "Rechnung 1230", "rata"]))
def test_a_payment_equal_to_a_row_opens_no_deduction(world, place, text):
    items, agreed, _paid = world
    row = agreed.rows[place % len(agreed.rows)]
    first = agreed._replace(rows=agreed.rows[agreed.rows.index(row) :])
    found = answer(payment(row.minor, text), items, first)
    assert found.deductions == ()


def test_customers_without_a_plan_are_answered_as_before():
    elsewhere = plan({"A": 60_000}, 30_000, 30_000, customer_id="C9")
    paid = [payment(60_000), payment(25_000, "FT2026/001231", payment_id="P2")]
    assert answers(paid, [OLD, NEW], elsewhere) == answers(paid, [OLD, NEW])

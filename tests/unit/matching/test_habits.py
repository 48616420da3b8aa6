"""Habits: how sure they are, what they would answer, and what they may never do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.matching.test_properties import CUSTOMERS, money_of, worlds
from tests.world.small_ledgers import DAY, customer, item, payment

from concilia.matching.engine import match_payments
from concilia.matching.habits import HABITS, digest_of, probability_bp
from concilia.matching.records import PayerAlias, PayerHabit, Status
from concilia.matching.rules import TextRule

TWINS = [item(n, 10_000, due_on=date(2026, 1, d)) for d, n in enumerate("ABCDEFG", 1)]


def answer(amount, items, *lessons, **changes):
    return match_payments([payment(amount, **changes)], items, [customer()], lessons=lessons)[0]


def habit(kind, confirmations=60, contradictions=0):
    share = probability_bp(confirmations, contradictions)
    return PayerHabit("C1", kind, confirmations, share, contradictions)


class TestProbability:
    @pytest.mark.parametrize(
        ("confirmations", "contradictions", "expected"),
        [(0, 0, 0), (3, 0, 7_500), (49, 0, 9_800), (50, 0, 9_803), (50, 1, 9_498), (129, 1, 9_800)],
    )
    def test_is_a_lower_bound(self, confirmations, contradictions, expected):
        assert probability_bp(confirmations, contradictions) == expected

    @given(st.integers(0, 500), st.integers(0, 500))
    def test_never_more_than_what_was_seen_and_never_less_for_one_more(self, yes, no):
        share = probability_bp(yes, no)

        assert 0 <= share <= 10_000 * yes // max(yes + no, 1)
        assert share <= probability_bp(yes + 1, no)
        assert share >= probability_bp(yes, no + 1)


class TestWhatAHabitAnswers:
    def test_all_credits_with_one_item(self):
        items = [item("A", 50_000), item("B", 80_000), item("K", -3_000), item("L", -2_000)]
        items += [item("C", 45_001), item("D", 44_999, issued_on=date(2026, 2, 2))]

        found = answer(75_000, items, habit("credits"))

        assert {a.item_id for a in found.allocations} == {"B", "K", "L"}

    @pytest.mark.parametrize(
        ("kind", "open_minor", "paid", "reason"),
        [("rounds", 122_050, 122_000, "FI-05"), ("charges", 122_000, 120_800, "FI-03")],
    )
    def test_what_is_left_out_is_written_off(self, kind, open_minor, paid, reason):
        found = answer(paid, [item("A", open_minor)], habit(kind))

        assert (found.rule, found.status) == ("M12", Status.POSTED)
        assert found.allocations[0].writeoff_reason == reason

    def test_tens_beyond_what_is_tolerated_become_a_deduction(self):
        found = answer(122_000, [item("A", 122_750)], habit("rounds_tens"))

        assert (found.rule, found.status) == ("M12", Status.POSTED)
        assert [(one.amount_minor, one.reason) for one in found.deductions] == [(750, "FI-16")]

    @pytest.mark.parametrize(("late", "is_found"), [(30, True), (31, False)])
    def test_a_discount_taken_too_late(self, late, is_found):
        until = DAY - timedelta(days=late)
        items = [item("A", 100_000, discount_bp=200, discount_until=until), item("B", 1)]

        found = answer(98_000, items, habit("late_discount"))

        assert bool(found.deductions) is is_found
        if is_found:
            assert found.deductions[0].reason == "FI-02"


class TestRanking:
    def test_a_habit_chooses_between_equal_answers_and_shows_the_others(self):
        found = answer(30_000, TWINS, habit("oldest", 4, 1))

        assert (found.rule, found.status) == ("M12", Status.PROPOSED)
        assert {a.item_id for a in found.allocations} == {"A", "B", "C"}
        assert found.alternatives
        told = found.explanation.parts[0]
        assert (told.arguments["times"], told.arguments["of"]) == ("4", "5")

    @pytest.mark.parametrize(("yes", "no"), [(2, 0), (5, 5)])
    def test_what_was_seen_too_rarely_is_no_habit(self, yes, no):
        assert answer(30_000, TWINS, habit("oldest", yes, no)).rule != "M12"

    def test_two_habits_that_disagree_do_not_post(self):
        # The oldest three make it, and so does one item less its cents.
        items = [*TWINS, item("X", 30_050, due_on=date(2026, 3, 1))]
        lessons = [habit("oldest"), habit("rounds")]

        assert answer(30_000, items, lessons[0]).status is Status.POSTED
        assert answer(30_000, items, *lessons).status is Status.PROPOSED


class TestNotes:
    def test_what_each_habit_would_have_answered_is_noted_for_whoever_decides(self):
        found = answer(30_000, TWINS)

        lines = [(n, 10_000, 0, 0, "", 0, "") for n in "CAB"]
        assert found.habits["oldest"] == digest_of(lines)

    def test_nothing_where_the_payment_says_itself_what_it_is_for(self):
        named = [item("A", 30_000, "FT2026/001234"), item("B", 30_000, "FT2026/001235")]

        assert answer(30_000, named, text="FT2026/001234").habits == {}

    def test_one_equal_amount_confirms_no_habit(self):
        items = [item("A", 10_000, disputed_minor=1), item("B", 10_000, issued_on=DAY)]

        assert "oldest" not in answer(10_000, items, payer_name="?").habits


habits_seen = st.lists(
    st.builds(
        lambda who, kind, yes, no: PayerHabit(who, kind, yes, probability_bp(yes, no), no),
        st.sampled_from(["C1", "C3"]),
        st.sampled_from(sorted(HABITS)),
        st.integers(0, 200),
        st.integers(0, 20),
    ),
    max_size=6,
    unique_by=lambda one: (one.customer_id, one.kind),
)
names_taught = st.lists(
    st.builds(
        PayerAlias,
        st.sampled_from(["C1", "C2", "C3"]),
        iban=st.sampled_from(["", "FR1420041010050500013M02606"]),
        name=st.sampled_from(["", "?", "MERCATO CENTRALE"]),
    ),
    max_size=4,
)
rules_written = st.lists(
    st.builds(
        TextRule,
        st.sampled_from(["1", "2", "3", "4"]),
        st.sampled_from(["customer", "elsewhere", "reason"]),
        st.sampled_from([("ACCONTO",), ("MANCA", "1"), ("ORD",), ("SKONTO",)]),
        customer_id=st.sampled_from(["C1", "C2", "C3"]),
        reason=st.just("NC-05"),
        label=st.just("x"),
    ),
    max_size=4,
    unique_by=lambda one: one.rule_id,
)
lessons = st.tuples(habits_seen, names_taught, rules_written).map(lambda t: [*t[0], *t[1], *t[2]])


class TestInvariants:
    @settings(max_examples=200, deadline=None)
    @given(worlds(), lessons)
    def test_whatever_was_learned_every_cent_has_its_place(self, world, learned):
        ledger, paid, advices = world
        left = {one.item_id: one.open_minor for one in ledger}

        found = match_payments(paid, ledger, CUSTOMERS, advices, lessons=learned)

        for one, match in zip(paid, found, strict=True):
            assert money_of(match) == one.amount_minor
            assert match.on_account_minor >= 0
            kept = {d.item_id: d.amount_minor for d in match.deductions}
            for a in match.allocations:
                total = a.applied_minor + a.discount_minor + a.writeoff_minor
                left[a.item_id] -= total + kept.get(a.item_id, 0)
        for one in ledger:
            assert min(0, one.open_minor) <= left[one.item_id] <= max(0, one.open_minor)

    @settings(max_examples=200, deadline=None)
    @given(worlds(), habits_seen)
    def test_below_the_thresholds_a_habit_posts_nothing(self, world, learned):
        ledger, paid, advices = world
        below = [one for one in learned if one.confirmations < 50 or one.probability_bp < 9_800]

        plain = match_payments(paid, ledger, CUSTOMERS, advices)
        found = match_payments(paid, ledger, CUSTOMERS, advices, lessons=below)

        assert [one for one in found if one.status is Status.POSTED] == [
            one for one in plain if one.status is Status.POSTED
        ]

    @settings(max_examples=200, deadline=None)
    @given(worlds(), lessons)
    def test_what_has_two_answers_is_never_posted(self, world, learned):
        ledger, paid, advices = world
        for match in match_payments(paid, ledger, CUSTOMERS, advices, lessons=learned):
            assert not (match.status is Status.POSTED and match.alternatives)

    @settings(max_examples=100, deadline=None)
    @given(worlds(), lessons, st.randoms(use_true_random=False))
    def test_the_order_in_which_it_was_learned_means_nothing(self, world, learned, random):
        ledger, paid, advices = world
        straight = match_payments(paid, ledger, CUSTOMERS, advices, lessons=learned)
        mixed = random.sample(learned, len(learned))

        assert match_payments(paid, ledger, CUSTOMERS, advices, lessons=mixed) == straight

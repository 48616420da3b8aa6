from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.worth import (
    Weights,
    Work,
    chance_of,
    in_order,
    odds_of,
    worth_of,
)

DUE = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
works = st.builds(
    Work,
    reference=st.text(min_size=1, max_size=5),
    amount_minor=st.integers(0, 10**9),
    chance_bp=st.integers(0, 10_000),
    cost_minor=st.integers(0, 10**6),
    used_percent=st.integers(0, 400),
    due_at=st.just(DUE),
)


def work(amount, **more):
    terms = {"chance_bp": 5_000, "cost_minor": 2_000, "used_percent": 0, "due_at": DUE} | more
    return Work(terms.pop("reference", "CLM-1"), amount, **terms)


class TestWorth:
    def test_explains_itself_term_by_term(self):
        worth = worth_of(work(71_640, chance_bp=7_500, used_percent=80))

        assert (worth.expected_minor, worth.cost_minor, worth.net_minor) == (53_730, 2_000, 51_730)
        assert (worth.urgency_percent, worth.score_minor) == (180, 93_114)

    def test_being_late_weighs_three_times_at_most(self):
        assert worth_of(work(100_000, used_percent=500)).urgency_percent == 300

    def test_what_costs_more_than_it_brings_does_not_become_worth_more_by_waiting(self):
        early, late = work(1_000), work(1_000, used_percent=300)

        assert worth_of(early).score_minor == worth_of(late).score_minor == -1_500

    @pytest.mark.parametrize(
        "wrong", [{"chance_bp": 10_001}, {"chance_bp": -1}, {"cost_minor": -1}]
    )
    def test_impossible_terms_are_refused(self, wrong):
        with pytest.raises(ValueError, match="CLM-1"):
            work(100, **wrong)

    @given(works, st.integers(0, 10**6), st.integers(0, 100))
    def test_more_money_and_less_time_never_move_a_case_down(self, one, more, hours):
        richer = Work(
            one.reference,
            one.amount_minor + more,
            one.chance_bp,
            one.cost_minor,
            one.used_percent + hours,
            one.due_at,
        )

        assert worth_of(richer).score_minor >= worth_of(one).score_minor

    def test_what_rests_brings_nothing_today(self):
        assert worth_of(work(100_000, is_resting=True)).score_minor == 0

    def test_amounts_beyond_ten_billion_count_as_ten_billion(self):
        assert worth_of(work(10**15)) == worth_of(work(10**12))


class TestChance:
    def test_what_is_owed_counts_by_its_weight_and_what_is_not_by_its_own(self):
        # A quarter rightly asked at 60 %, three quarters got back at 100 %, 60 % of it ready.
        assert chance_of(2_500, 60) == (2_500 * 60 + 7_500 * 100) * 60 // 10_000 == 5_400

    def test_history_moves_the_odds_the_more_the_more_of_it_there_is(self):
        few, many = odds_of(0, 1, 6_000), odds_of(0, 100, 6_000)

        assert (few, many) == (5_454, 545)

    @given(st.integers(0, 10_000), st.integers(0, 500), st.integers(0, 10_000), st.data())
    def test_odds_stay_between_what_was_seen_and_what_was_expected(self, before, n, share, data):
        shares = data.draw(st.integers(0, n * 10_000)) if n else 0
        seen = shares // n if n else before

        assert min(seen, before) - 1 <= odds_of(shares, n, before) <= max(seen, before) + 1

    @given(st.integers(0, 10_000), st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
    def test_a_chance_is_never_more_than_all_of_it(self, valid, ready, recovered, granted):
        weights = Weights(recovered_percent=recovered, granted_percent=granted)

        assert 0 <= chance_of(valid, ready, weights) <= 10_000

    @pytest.mark.parametrize(
        "wrong",
        [
            {"granted_percent": 101},
            {"prior_cases": 0},
            {"deadline_percent": 400},
            {"touch_minor": -1},
        ],
    )
    def test_weights_that_make_no_order_are_refused(self, wrong):
        with pytest.raises(ValueError, match=r".+"):
            Weights(**wrong)


class TestOrder:
    @given(st.lists(works, max_size=6, unique_by=lambda one: one.reference), st.randoms())
    def test_the_same_cases_come_in_the_same_order_however_they_are_given(self, cases, random):
        mixed = list(cases)
        random.shuffle(mixed)

        assert in_order(mixed) == in_order(cases)

    def test_worth_first_then_deadline_then_reference(self):
        cases = [
            work(10_000, reference="B"),
            work(10_000, reference="A"),
            work(10_000, reference="C", due_at=DUE - timedelta(days=1)),
            work(90_000, reference="D", due_at=DUE + timedelta(days=9)),
        ]

        assert [worth.reference for worth in in_order(cases)] == ["D", "C", "A", "B"]

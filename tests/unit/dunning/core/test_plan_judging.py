from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.instalments import Model, PlanTerms, plan
from concilia.dunning.core.plan_judging import OnItem, Received, money_of_rows, state_by_money
from concilia.dunning.core.plans import JUDGED, PLAN_MACHINE, PlanState, after_judging
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money

START = date(2026, 11, 19)
ITALY = BusinessCalendar("IT")
EARLIER = st.integers(0, 400).map(lambda days: START + timedelta(days=days))
RECEIVED = st.lists(st.builds(Received, EARLIER, st.integers(0, 40_000)), max_size=8)


def a_plan(minor=90_000, count=3, rate=0):
    return plan(
        PlanTerms(
            principal=Money(minor, "EUR"),
            count=count,
            first_due=START + timedelta(days=5),
            model=Model.LINEAR if rate else Model.EQUAL,
            rate=Decimal(rate),
            start=START,
        )
    )


@given(RECEIVED, st.integers(0, 90_000), st.integers(0, 12), st.randoms())
def test_no_cent_is_lost_or_counted_twice(received, otherwise, rate, shuffle):
    made = a_plan(rate=rate)
    state = money_of_rows(made, received, otherwise)

    came = sum(one.minor for one in received) + otherwise
    assert state.paid.minor <= came
    assert all(row.open.minor >= 0 and row.paid.minor >= 0 for row in state.rows)
    # What is not used is what came when nothing was left to pay.
    if state.paid.minor < came:
        assert state.principal_open.minor == 0
    shuffled = list(received)
    shuffle.shuffle(shuffled)
    assert money_of_rows(made, shuffled, otherwise).paid == state.paid


@given(RECEIVED, st.dates(START, date(2028, 1, 1)))
def test_more_money_never_makes_it_worse(received, as_of):
    made = a_plan()
    order = [PlanState.DEFAULTED, PlanState.AT_RISK, PlanState.ACTIVE, PlanState.COMPLETED]

    def rank(money):
        return order.index(state_by_money(money_of_rows(made, money, 0), as_of, ITALY))

    assert rank([*received, Received(START, 30_000)]) >= rank(received)


@pytest.mark.parametrize(
    ("item", "paid"),
    [
        (OnItem(600, 600, 0), 0),
        (OnItem(600, 500, 100), 100),
        (OnItem(600, 0, 900), 600),  # more came than its part
        (OnItem(600, 900, 100), 100),  # 400 of it are disputed, and in no plan
        (OnItem(600, 450, 100), 150),  # 50 of it were credited
        (OnItem(600, -20, 0), 600),
    ],
)
def test_what_is_gone_of_an_item(item, paid):
    assert item.paid == paid


def test_a_credit_shortens_the_plan_and_pays_no_instalment():
    state = money_of_rows(a_plan(), [], 40_000)
    assert [row.open.minor for row in state.rows] == [30_000, 20_000, 0]
    late = START + timedelta(days=20)
    assert state_by_money(state, late, ITALY) is PlanState.AT_RISK
    assert state_by_money(state, late, ITALY, is_new_date=True) is PlanState.DEFAULTED


def test_who_pays_a_row_before_its_day_has_paid_that_row_with_its_interest():
    made = a_plan(rate=10)
    first = made.rows[0].payment.minor
    state = money_of_rows(made, [Received(START + timedelta(days=2), first)], 0)
    assert [row.open.minor == 0 for row in state.rows] == [True, False, False]
    late = made.rows[0].due + timedelta(days=20)
    assert state_by_money(state, late, ITALY) is PlanState.ACTIVE


def test_a_settlement_gives_up_only_what_is_paid_in_time():
    made, due = a_plan(count=1), START + timedelta(days=5)
    for days, wanted in ((5, PlanState.COMPLETED), (30, PlanState.DEFAULTED)):
        state = money_of_rows(made, [Received(due + timedelta(days=days), 90_000)], 0)
        found = state_by_money(
            state, due + timedelta(days=60), ITALY, is_new_date=True, is_settlement=True
        )
        assert found is wanted


@given(st.sampled_from(PlanState), st.sampled_from([PlanState(name) for name in JUDGED]))
def test_money_moves_what_runs_and_nothing_people_ended(state, wanted):
    after = after_judging(state, wanted)
    assert after is (wanted if state.value in JUDGED else state)


def test_what_people_end_is_over():
    assert PLAN_MACHINE.terminal == {PlanState.CANCELLED, PlanState.ACCELERATED}

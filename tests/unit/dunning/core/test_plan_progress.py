from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.instalments import Model, PlanTerms, plan
from concilia.dunning.core.plan_progress import (
    Excess,
    PlanHealth,
    PlanState,
    accelerated_amount,
    health,
    pay,
    pay_off_amount,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total

ITALY = BusinessCalendar("IT")


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def a_plan(amount: str = "400.00", count: int = 4, **more) -> PlanState:
    fields = {"principal": euros(amount), "count": count, "first_due": date(2026, 1, 15)}
    return PlanState.unpaid(plan(PlanTerms(**fields | more)))


def paid(state: PlanState, *payments: tuple[str, str], excess: Excess = Excess.LAST) -> PlanState:
    for amount, on in payments:
        state, _ = pay(state, euros(amount), date.fromisoformat(on), excess)
    return state


def opens(state: PlanState) -> list[str]:
    return [row.open.to_decimal_string() for row in state.rows]


class TestPay:
    def test_settles_the_oldest_due_row_first(self):
        state = paid(a_plan(), ("150.00", "2026-02-20"))

        assert opens(state) == ["0.00", "50.00", "100.00", "100.00"]
        assert state.rows[0].settled_on == date(2026, 2, 20)
        assert state.rows[1].settled_on is None

    @pytest.mark.parametrize(
        ("excess", "left"),
        [
            (Excess.LAST, ["0.00", "100.00", "50.00", "0.00"]),
            (Excess.NEXT, ["0.00", "0.00", "50.00", "100.00"]),
        ],
    )
    def test_prepays_the_last_or_the_next_row(self, excess, left):
        assert opens(paid(a_plan(), ("250.00", "2026-01-15"), excess=excess)) == left

    def test_pays_interest_before_principal(self):
        state = a_plan("1200.00", 12, model=Model.ANNUITY, rate=Decimal(6))

        first = paid(state, ("10.00", "2026-01-15")).rows[0]

        assert (first.interest_paid, first.principal_paid) == (euros("6.00"), euros("4.00"))

    def test_what_is_prepaid_saves_the_interest_of_later_rows(self):
        state = a_plan("1200.00", 3, model=Model.LINEAR, rate=Decimal(12))

        prepaid = paid(state, ("412.23", "2026-01-15"), ("400.00", "2026-01-15"))

        assert [row.row.interest.to_decimal_string() for row in state.rows] == [
            "12.23",
            "8.15",
            "3.68",
        ]
        assert [row.row.interest.to_decimal_string() for row in prepaid.rows] == [
            "12.23",
            "8.15",
            "0.00",
        ]

    def test_gives_back_what_the_plan_has_no_use_for(self):
        state, unused = pay(a_plan(), euros("500.00"), date(2026, 1, 15))

        assert unused == euros("100.00")
        assert health(state, date(2026, 1, 15), ITALY) is PlanHealth.COMPLETED

    def test_refuses_a_payment_of_nothing(self):
        with pytest.raises(ValueError, match="pays nothing"):
            pay(a_plan(), euros("0.00"), date(2026, 1, 15))

    @given(
        payments=st.lists(
            st.tuples(st.integers(1, 60_000), st.integers(0, 40)), min_size=1, max_size=12
        ),
        model=st.sampled_from(Model),
        excess=st.sampled_from(Excess),
    )
    def test_every_cent_is_in_a_row_or_given_back(self, payments, model, excess):  # INV-15
        rate = Decimal(0) if model is Model.EQUAL else Decimal("9.50")
        state = a_plan("1234.56", 7, model=model, rate=rate)
        on, received, returned = date(2026, 1, 1), euros("0.00"), euros("0.00")
        for minor, wait in payments:
            on += timedelta(days=wait)
            state, unused = pay(state, Money(minor, "EUR"), on, excess)
            received += Money(minor, "EUR")
            returned += unused

        assert state.paid + returned == received
        assert total((row.row.principal for row in state.rows), "EUR") == euros("1234.56")
        assert all(row.principal_open.minor >= 0 <= row.interest_open.minor for row in state.rows)
        assert not returned or not state.principal_open


class TestEndingEarly:
    def test_accelerates_principal_and_accrued_interest(self):  # TV-3.7
        state = a_plan("1200.00", 12, model=Model.ANNUITY, rate=Decimal(6))
        for row in state.plan.rows[:4]:
            state, _ = pay(state, row.payment, row.due)
        on = state.plan.rows[3].due + timedelta(days=75)

        assert state.principal_open == euros("807.94")
        assert accelerated_amount(state, on) == euros("817.90")
        assert accelerated_amount(state, on, late_interest=euros("1.10")) == euros("819.00")

    def test_never_asks_for_future_interest(self):
        state = a_plan("1200.00", 12, model=Model.ANNUITY, rate=Decimal(6))

        assert pay_off_amount(state, state.plan.terms.interest_start) == euros("1200.00")
        # 14 days of 6 % on 1,200.00
        assert pay_off_amount(state, date(2025, 12, 29)) == euros("1202.76")

    def test_asks_for_the_interest_of_due_rows(self):
        state = a_plan("1200.00", 12, model=Model.ANNUITY, rate=Decimal(6))

        assert pay_off_amount(state, date(2026, 1, 15)) == euros("1206.00")


class TestHealth:
    @pytest.mark.parametrize(
        ("payments", "as_of", "expected"),
        [
            ([], "2026-01-22", PlanHealth.ON_TRACK),
            ([], "2026-01-23", PlanHealth.AT_RISK),
            ([("100.00", "2026-01-22")], "2026-02-01", PlanHealth.ON_TRACK),
            ([("100.00", "2026-01-23")], "2026-02-01", PlanHealth.AT_RISK),
            ([], "2026-02-15", PlanHealth.DEFAULTED),
            (
                [("100.00", "2026-02-10"), ("100.00", "2026-02-25")],
                "2026-02-25",
                PlanHealth.DEFAULTED,
            ),
            ([("400.00", "2026-01-10")], "2026-01-10", PlanHealth.COMPLETED),
        ],
    )
    def test_follows_from_late_rows(self, payments, as_of, expected):
        assert health(paid(a_plan(), *payments), date.fromisoformat(as_of), ITALY) is expected

    def test_defaults_at_three_late_rows_that_do_not_follow_each_other(self):
        state = a_plan("1200.00", 12)
        for index, row in enumerate(state.plan.rows[:5]):
            late = timedelta(days=12 if index % 2 == 0 else 0)
            state, _ = pay(state, row.payment, row.due + late)

        assert health(state, date(2026, 5, 27), ITALY) is PlanHealth.DEFAULTED

    def test_rows_of_nothing_are_never_late(self):
        state = a_plan("0.02", 4)
        state = paid(state, ("0.01", "2026-01-15"), ("0.01", "2026-02-15"))

        assert health(state, date(2026, 12, 1), ITALY) is PlanHealth.COMPLETED

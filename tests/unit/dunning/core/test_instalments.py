from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.instalments import (
    Model,
    PlanRefused,
    PlanTerms,
    down_payment,
    plan,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total

SIX = Decimal("6.00")


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def terms(amount: str, count: int, **more) -> PlanTerms:
    return PlanTerms(
        principal=euros(amount), count=count, **{"first_due": date(2026, 1, 31)} | more
    )


def column(made, name: str) -> list[str]:
    return [getattr(row, name).to_decimal_string() for row in made.rows]


@st.composite
def any_terms(draw) -> PlanTerms:
    principal = draw(st.integers(2, 10**9))
    model = draw(st.sampled_from(Model))
    rate = Decimal(0) if model is Model.EQUAL else draw(st.decimals(0, 100, places=2))
    down = draw(st.none() | st.integers(1, principal - 1))
    return PlanTerms(
        principal=Money(principal, "EUR"),
        count=draw(st.integers(1, 120)),
        first_due=draw(st.dates(date(2020, 1, 1), date(2035, 1, 1))),
        model=model,
        rate=rate,
        down_payment=Money(down, "EUR") if down else None,
        calendar=draw(st.none() | st.just(BusinessCalendar("IT"))),
    )


class TestEqualPlan:
    def test_gives_the_odd_cents_to_the_first_rows(self):
        assert column(plan(terms("1000.00", 3)), "payment") == ["333.34", "333.33", "333.33"]

    def test_opens_with_the_down_payment(self):  # TV-3.2
        made = plan(terms("1000.00", 7, down_payment=euros("200.00")))

        assert column(made, "payment") == ["200.00", *["114.29"] * 4, *["114.28"] * 3]
        assert [row.n for row in made.rows] == list(range(1, 9))
        assert made.interest_total == euros("0.00")

    def test_takes_the_down_payment_as_a_percentage(self):
        assert down_payment(euros("999.99"), 10) == euros("100.00")


class TestAnnuityPlan:
    def test_is_level_and_the_last_row_absorbs_the_rounding(self):  # TV-3.4
        made = plan(terms("1200.00", 12, model=Model.ANNUITY, rate=SIX))

        assert column(made, "payment") == [*["103.28"] * 11, "103.24"]
        assert column(made, "interest") == [
            "6.00", "5.51", "5.02", "4.53", "4.04", "3.54",
            "3.04", "2.54", "2.04", "1.53", "1.02", "0.51",
        ]  # fmt: skip
        assert column(made, "balance") == [
            "1102.72", "1004.95", "906.69", "807.94", "708.70", "608.96",
            "508.72", "407.98", "306.74", "204.99", "102.73", "0.00",
        ]  # fmt: skip
        assert (made.payment_total, made.interest_total) == (euros("1239.32"), euros("39.32"))

    def test_at_another_rate(self):  # TV-3.5
        made = plan(terms("5000.00", 6, model=Model.ANNUITY, rate=Decimal("10.15")))

        assert column(made, "payment") == [*["858.18"] * 5, "858.16"]
        assert made.interest_total == euros("149.06")

    def test_without_interest_is_the_equal_split(self):
        made = plan(terms("1000.00", 3, model=Model.ANNUITY))

        assert column(made, "payment") == ["333.34", "333.33", "333.33"]


class TestLinearPlan:
    def test_counts_days_on_what_is_left(self):  # TV-3.6
        made = plan(
            terms(
                "900.00",
                3,
                model=Model.LINEAR,
                rate=Decimal("10.15"),
                start=date(2026, 1, 15),
                first_due=date(2026, 2, 15),
            )
        )

        assert [row.days for row in made.rows] == [31, 28, 31]
        assert column(made, "interest") == ["7.76", "4.67", "2.59"]
        assert column(made, "payment") == ["307.76", "304.67", "302.59"]
        assert made.interest_total == euros("15.02")

    def test_starts_one_month_before_the_first_row_unless_told(self):
        made = plan(terms("900.00", 3, model=Model.LINEAR, rate=SIX, first_due=date(2026, 2, 15)))

        assert made.rows[0].days == 31

    def test_charges_nothing_on_a_down_payment_made_at_once(self):
        made = plan(terms("900.00", 2, model=Model.LINEAR, rate=SIX, down_payment=euros("300.00")))

        assert column(made, "interest") == ["0.00", "2.76", "1.53"]


class TestDates:
    def test_keep_the_day_of_the_month_and_collect_on_business_days(self):
        made = plan(terms("400.00", 4, calendar=BusinessCalendar("IT")))

        assert [row.due.isoformat() for row in made.rows] == [
            "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30",
        ]  # fmt: skip
        assert [row.collect_on.isoformat() for row in made.rows] == [
            "2026-02-02", "2026-03-02", "2026-03-31", "2026-04-30",
        ]  # fmt: skip


class TestEveryPlan:
    @given(any_terms())
    def test_pays_the_debt_back_row_by_row(self, agreed):  # INV-15
        made = plan(agreed)
        balances = [agreed.principal, *(row.balance for row in made.rows)]

        assert total((row.principal for row in made.rows), "EUR") == agreed.principal
        assert all(row.principal.minor >= 0 and row.interest.minor >= 0 for row in made.rows)
        assert all(one >= other for one, other in pairwise(balances))
        assert all(one.due < other.due for one, other in pairwise(made.rows))
        assert all(row.due <= row.collect_on for row in made.rows)
        assert made.rows[-1].balance.is_zero
        assert made.payment_total == agreed.principal + made.interest_total


class TestRefusals:
    @pytest.mark.parametrize(
        ("amount", "count", "more", "why"),
        [
            ("0.00", 3, {}, "no debt to pay"),
            ("-1.00", 3, {}, "no debt to pay"),
            ("1.00", 0, {}, "1 to 600 instalments, not 0"),
            ("1.00", 601, {}, "not 601"),
            ("1.00", 3, {"rate": SIX}, "equal model bears no interest"),
            ("1.00", 3, {"rate": Decimal(-1), "model": Model.LINEAR}, "not between 0 and 100"),
            ("1.00", 3, {"down_payment": euros("1.00")}, "must lie between"),
            ("1.00", 3, {"down_payment": euros("0.00")}, "must lie between"),
            ("1.00", 3, {"start": date(2026, 2, 1)}, "interest cannot start after"),
            ("1.00", 600, {"first_due": date(2190, 1, 1)}, "leaves the years"),
        ],
    )
    def test_say_what_is_wrong(self, amount, count, more, why):
        with pytest.raises(PlanRefused, match=why):
            terms(amount, count, **more)

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from concilia.kernel.money import CurrencyMismatch, Money
from concilia.reporting.core.kpi_cases import (
    SHARES,
    AppliedPayment,
    MaturedPromise,
    ResolvedCase,
    cost_per_claim,
    cycle_time_by_amount,
    cycle_times,
    deduction_days_outstanding,
    match_rates,
    net_promoter_score,
    promises_kept,
    resolved_in_sla,
    resolved_in_sla_by_amount,
    roll_rates,
    satisfaction,
    share,
)

CYCLES = [3, 5, 5, 7, 8, 12, 14, 21, 30, 45]


def euros(amount: float | Decimal | str) -> Money:
    return Money(int(Decimal(str(amount)) * 100), "EUR")


class TestShares:
    @pytest.mark.parametrize(
        ("name", "part", "whole", "value"),
        [
            ("invalid_deduction_recovery", euros(21_000), euros(30_000), "70.00"),  # TV-5.14
            ("first_contact_resolution", 156, 240, "65.00"),
            ("right_party_contact_rate", 180, 1_500, "12.00"),
            ("contact_to_promise", 48, 180, "26.67"),
            ("recovery_rate", euros(61_500), euros(250_000), "24.60"),
            ("recovery_rate_net", euros(61_500 - 9_225), euros(250_000), "20.91"),
        ],
    )
    def test_are_parts_of_a_whole_in_percent(self, name, part, whole, value):
        made = share(name, part, whole)

        assert (made.value, made.unit, made.formula_id) == (Decimal(value), "percent", f"{name}@1")

    @pytest.mark.parametrize("name", SHARES)
    def test_of_nothing_are_undefined(self, name):
        assert share(name, 0, 0).value is None

    def test_compare_like_with_like(self):
        with pytest.raises(TypeError, match="amounts with amounts"):
            share("leakage", euros(1), 2)
        with pytest.raises(CurrencyMismatch):
            share("leakage", euros(1), Money(1, "USD"))
        with pytest.raises(KeyError):
            share("beauty", 1, 2)


class TestResolvedInSla:
    CASES = tuple(ResolvedCase(days, 14, euros(100)) for days in CYCLES)

    def test_shows_the_overdue_ones_next_to_it(self):  # TV-5.11
        made = resolved_in_sla(self.CASES, overdue_open=4)

        assert made.value == Decimal("70.00")
        assert made.rows[-1].value == "4"

    def test_by_amount(self):
        cases = [ResolvedCase(3, 14, euros(900)), ResolvedCase(30, 14, euros(100))]

        assert resolved_in_sla_by_amount(cases).value == Decimal("90.00")

    def test_is_undefined_when_nothing_was_resolved(self):
        assert resolved_in_sla([], overdue_open=3).value is None
        assert resolved_in_sla_by_amount([]).value is None


class TestCycleTimes:
    def test_are_mean_median_and_nearest_rank(self):  # TV-5.12
        made = cycle_times(CYCLES)

        assert (made.mean.value, made.median.value, made.p90.value) == (
            Decimal("15.00"),
            Decimal("10.00"),
            Decimal("30.00"),
        )

    @pytest.mark.parametrize("days", [[7], [7, 7, 7]])
    def test_of_equal_cases_are_equal(self, days):
        made = cycle_times(days)

        assert {made.mean.value, made.median.value, made.p90.value} == {Decimal("7.00")}

    def test_of_no_cases_are_undefined(self):
        made = cycle_times([])

        assert {made.mean.value, made.median.value, made.p90.value} == {None}

    def test_can_be_weighted_by_amount(self):
        cases = [(euros(1_000), 3), (euros(500), 30), (euros(250), 10)]

        assert cycle_time_by_amount(cases).value == Decimal("11.71")


class TestDeductionDaysOutstanding:
    def test_is_open_over_taken_in_a_day(self):  # TV-5.13
        made = deduction_days_outstanding(euros(84_000), euros(126_000), 92)

        assert made.value == Decimal("61.33")

    def test_is_undefined_when_none_was_taken(self):
        assert deduction_days_outstanding(euros(1), euros(0), 92).value is None


class TestCostPerClaim:
    def test_is_in_currency_units(self):  # TV-5.15
        made = cost_per_claim(euros(48_000), 240)

        assert (made.value, made.unit) == (Decimal("200.00"), "EUR")
        assert cost_per_claim(euros(1), 0).value is None


class TestPromisesKept:
    def test_by_count_and_amount(self):  # TV-5.16
        kept = [MaturedPromise(euros(1_000), euros(1_200), kept=True)] * 36
        broken = [MaturedPromise(euros(2_000), euros("458.333333"), kept=False)] * 12

        count, amount = promises_kept([*kept, *broken], "EUR")

        assert count.value == Decimal("75.00")
        assert amount.value == Decimal("69.17")


class TestRollRates:
    def test_chain_into_the_share_that_is_lost(self):  # TV-5.17
        rates, chain = roll_rates(
            [
                (euros(90), euros(600)),
                (euros(36), euros(90)),
                (euros("21.6"), euros(36)),
                (euros("16.2"), euros("21.6")),
            ]
        )

        assert [str(rate.value) for rate in rates] == ["15.00", "40.00", "60.00", "75.00"]
        assert chain == Fraction(27, 1000)

    def test_have_no_chain_over_an_empty_bucket(self):
        assert roll_rates([(euros(0), euros(0))])[1] is None


class TestMatchRates:
    def test_are_three(self):
        payments = [
            AppliedPayment(euros(900), euros(900), 9, 9, touched=False),
            AppliedPayment(euros(100), euros(50), 1, 0, touched=True),
        ]

        rates = match_rates(payments, "EUR")

        assert [str(rate.value) for rate in rates] == ["50.00", "90.00", "95.00"]
        assert len({rate.formula_id for rate in rates}) == 3


class TestSatisfaction:
    def test_is_the_share_of_the_satisfied(self):
        assert satisfaction([5] * 40 + [4] * 44 + [3] * 20 + [1] * 16).value == Decimal("70.00")

    def test_promoters_less_detractors(self):
        made = net_promoter_score([9] * 30 + [10] * 25 + [7] * 40 + [6] * 25)

        assert (made.value, made.unit) == (Decimal("25.00"), "points")
        assert net_promoter_score([]).value is None

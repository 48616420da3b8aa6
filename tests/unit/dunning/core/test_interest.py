from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.imputation import (
    COSTS_FIRST,
    INTEREST_FIRST,
    PRINCIPAL_FIRST,
    Debt,
    Part,
    impute,
)
from concilia.dunning.core.interest import InterestRefused, LateItem, late_interest
from concilia.dunning.core.interest_rates import RATES, RateMissing, RateRow, Series
from concilia.dunning.core.interest_regimes import (
    REGIMES,
    Basis,
    Kind,
    RegimeUnknown,
    regime_for,
)
from concilia.kernel.money import Money, total
from concilia.kernel.numbers import to_places
from concilia.kernel.periods import Period


def day(text: str) -> date:
    return date.fromisoformat(text)


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def an_item(**changes) -> LateItem:
    fields = {
        "principal": euros("10000.00"),
        "due": day("2025-05-31"),
        "until": day("2025-08-15"),
    }
    return LateItem(**fields | changes)


def of(country: str, kind: Kind = Kind.B2B, **changes):
    return late_interest(an_item(**changes), regime_for(country, kind))


def raws(result) -> list[str]:
    return [str(to_places(segment.raw / 100, 6)) for segment in result.segments]


class TestLateInterest:
    @pytest.mark.parametrize(
        ("country", "kind", "parts", "interest", "compensation"),
        [
            ("IT", Kind.B2B, ["91.643836", "127.917808"], "219.56", "40.00"),  # TV-4.1
            ("ES", Kind.B2B, ["91.643836", "127.917808"], "219.56", "40.00"),  # TV-4.1
            ("FR", Kind.B2B, ["108.082192", "153.123288"], "261.21", "40.00"),  # TV-4.2
            ("DE", Kind.B2B, ["92.630137", "129.430137"], "222.06", "40.00"),  # TV-4.3
            ("DE", Kind.B2C, ["59.753425", "79.019178"], "138.77", "0.00"),  # TV-4.4
        ],
    )
    def test_changes_rate_with_the_half_year(self, country, kind, parts, interest, compensation):
        result = of(country, kind)

        assert raws(result) == parts
        assert (result.interest, result.compensation) == (euros(interest), euros(compensation))
        assert (result.days, result.provisional) == (76, False)

    def test_keeps_the_rate_of_the_start_in_the_united_kingdom(self):  # TV-4.5
        result = of("UK", principal=Money(1_000_000, "GBP"))

        assert [(segment.days, segment.rate) for segment in result.segments] == [
            (76, Decimal("12.75"))
        ]
        assert result.interest == Money(265_48, "GBP")
        assert result.compensation == Money(100_00, "GBP")

    @pytest.mark.parametrize(
        ("basis", "interest"),
        [(Basis.FIXED_365, "146.16"), (Basis.ACTUAL, "145.84")],  # TV-4.6, TV-4.7
    )
    def test_counts_a_leap_year_as_agreed(self, basis, interest):
        item = an_item(principal=euros("5000.00"), due=day("2023-12-15"), until=day("2024-03-10"))

        result = late_interest(item, regime_for("IT", Kind.B2B), basis=basis)

        assert result.interest == euros(interest)

    def test_falls_with_the_principal(self):  # TV-4.8
        result = of(
            "IT",
            due=day("2025-01-31"),
            until=day("2025-07-10"),
            reductions=((day("2025-03-02"), euros("4000.00")),),
        )

        assert [segment.days for segment in result.segments] == [30, 120, 10]
        assert raws(result) == ["91.643836", "219.945205", "16.684932"]
        assert result.interest == euros("328.27")

    def test_joins_half_years_of_one_rate(self):
        result = of("IT", due=day("2025-09-30"), until=day("2026-02-28"))

        assert [(str(segment.period), segment.rate) for segment in result.segments] == [
            ("2025-10-01 to 2026-02-28", Decimal("10.15"))
        ]

    def test_takes_the_rate_of_the_payment_in_ireland(self):
        assert [segment.rate for segment in of("IE").segments] == [Decimal("10.15")]

    @pytest.mark.parametrize("until", ["2025-05-31", "2025-05-01"])
    def test_is_nothing_when_paid_in_time(self, until):
        result = of("IT", until=day(until))

        assert (result.interest, result.compensation) == (euros("0.00"), euros("0.00"))
        assert (result.days, result.segments) == (0, ())

    def test_names_its_sources(self):
        assert of("IT", until=day("2026-01-31")).sources == (
            "D.Lgs. 231/2002 arts. 3-6",
            "European Central Bank, main refinancing rate at the fixing date",
            "Gazzetta Ufficiale n. 15 of 20-Jan-2026; BOE-A-2025-27201",
        )

    @given(
        minor=st.integers(1, 10**9),
        more=st.integers(0, 10**6),
        due=st.dates(day("2014-01-01"), day("2025-12-31")),
        length=st.integers(0, 400),
        longer=st.integers(0, 200),
        country=st.sampled_from(["IT", "FR", "DE", "ES"]),
    )
    def test_grows_with_days_and_principal(
        self, minor, more, due, length, longer, country
    ):  # INV-20
        def interest(minor: int, days: int) -> Money:
            until = min(due + timedelta(days=days), day("2026-06-30"))
            return of(country, principal=Money(minor, "EUR"), due=due, until=until).interest

        assert interest(minor, length) <= interest(minor, length + longer)
        assert interest(minor, length) <= interest(minor + more, length)

    @given(
        due=st.dates(day("2014-01-01"), day("2025-12-31")),
        first=st.integers(0, 300),
        second=st.integers(0, 300),
        basis=st.sampled_from(Basis),
    )
    def test_of_a_delay_is_that_of_its_parts_before_rounding(self, due, first, second, basis):
        # INV-20
        regime = regime_for("IT", Kind.B2B)
        middle = min(due + timedelta(days=first), day("2026-06-30"))
        end = min(middle + timedelta(days=second), day("2026-06-30"))

        def raw(from_: date, to: date):
            return late_interest(an_item(due=from_, until=to), regime, basis=basis).raw

        assert raw(due, end) == raw(due, middle) + raw(middle, end)


class TestBySegment:
    @given(minor=st.integers(1, 10**6), length=st.integers(0, 1000))
    def test_adds_up_to_the_rounded_interest(self, minor, length):
        until = day("2022-12-31") + timedelta(days=length)
        result = of("IT", principal=Money(minor, "EUR"), due=day("2022-12-01"), until=until)

        parts = result.by_segment()

        assert total(parts, "EUR") == result.interest
        assert len(parts) == len(result.segments)

    def test_of_no_interest_is_nothing(self):
        result = of("US", agreed_rate=Decimal(0))

        assert result.by_segment() == [euros("0.00")]


class TestUnknownRates:
    def test_are_an_error_that_names_the_half_year(self):
        with pytest.raises(
            RateMissing,
            match=r"half-year 2026 H2 \(2026-07-01 to 2026-12-31\) is unknown",
        ) as caught:
            of("IT", until=day("2026-07-01"))
        assert (caught.value.series, caught.value.half_year) == (Series.ECB, "2026 H2")

    def test_can_be_estimated_but_not_demanded(self):
        item = an_item(due=day("2026-05-31"), until=day("2026-08-15"))

        result = late_interest(item, regime_for("IT", Kind.B2B), provisional=True)

        assert result.provisional
        assert result.interest == euros("211.34")

    def test_have_no_estimate_before_the_first_known_one(self):
        item = an_item(due=day("2010-01-01"), until=day("2010-02-01"))

        with pytest.raises(RateMissing, match="2010 H1"):
            late_interest(item, regime_for("IT", Kind.B2B), provisional=True)

    def test_can_be_loaded(self):
        row = RateRow(
            Series.ECB, Period(day("2026-07-01"), day("2027-01-01")), Decimal("2.00"), "GU 1/2027"
        )
        item = an_item(due=day("2026-06-30"), until=day("2026-07-31"))

        result = late_interest(item, regime_for("IT", Kind.B2B), rates=RATES.with_rows([row]))

        assert (result.segments[0].rate, result.provisional) == (Decimal("10.00"), False)


class TestRates:
    def test_german_base_rate_is_the_ecb_rate_less_088_in_every_row(self):
        rows = {
            series: [row for row in RATES.rows if row.series is series]
            for series in (Series.ECB, Series.BASISZINS)
        }

        assert [(row.period, row.percent - Decimal("0.88")) for row in rows[Series.ECB]] == [
            (row.period, row.percent) for row in rows[Series.BASISZINS]
        ]

    @pytest.mark.parametrize("series", Series)
    def test_rows_of_a_series_follow_each_other_without_gap(self, series):
        periods = [row.period for row in RATES.rows if row.series is series]

        assert all(one.end == other.start for one, other in pairwise(periods))
        assert all(row.source for row in RATES.rows)

    @pytest.mark.parametrize(
        ("half_year", "italy", "france", "germany", "consumer"),
        [
            ("2015-12-01", "8.05", "10.05", "8.17", "4.17"),
            ("2022-07-27", "8.00", "10.00", "8.12", "4.12"),
            ("2024-01-02", "12.50", "14.50", "12.62", "8.62"),
            ("2026-03-02", "10.15", "12.15", "10.27", "6.27"),
        ],
    )
    def test_add_up_to_the_published_ones(self, half_year, italy, france, germany, consumer):
        delay = {"due": day(half_year), "until": day(half_year) + timedelta(days=1)}

        rates = [
            of(country, kind, **delay).segments[0].rate
            for country, kind in [
                ("IT", Kind.B2B),
                ("FR", Kind.B2B),
                ("DE", Kind.B2B),
                ("DE", Kind.B2C),
            ]
        ]

        assert rates == [Decimal(italy), Decimal(france), Decimal(germany), Decimal(consumer)]


class TestRegimes:
    def test_old_german_contracts_have_a_smaller_margin(self):
        delay = {"due": day("2014-01-31"), "until": day("2014-02-28")}
        regime = regime_for("DE", Kind.B2B, contract_date=day("2014-07-28"))

        assert late_interest(an_item(**delay), regime).segments[0].rate == Decimal("7.37")
        assert of("DE", **delay).segments[0].rate == Decimal("8.37")

    @pytest.mark.parametrize(
        ("amount", "fixed"),
        [("999.99", 40), ("1000.00", 70), ("9999.99", 70), ("10000.00", 100)],
    )
    def test_british_compensation_goes_by_the_size_of_the_debt(self, amount, fixed):
        result = of("GB", principal=Money.parse(amount, "GBP"))

        assert result.compensation == Money(fixed * 100, "GBP")

    def test_tiers_in_another_currency_are_left_open(self):
        assert of("UK").compensation is None

    def test_a_flat_sum_stays_in_its_own_currency(self):
        assert of("IT", principal=Money(100_00, "USD")).compensation == euros("40.00")

    def test_consumers_owe_from_the_notice(self):
        result = of("IT", Kind.B2C, notice=day("2025-07-31"))

        assert (result.days, result.interest) == (15, euros("8.22"))
        with pytest.raises(InterestRefused, match="formal notice"):
            of("IT", Kind.B2C)

    def test_an_agreed_rate_replaces_the_law(self):
        assert of("US", agreed_rate=Decimal(12)).interest == euros("249.86")
        with pytest.raises(InterestRefused, match="needs a rate agreed"):
            of("US")

    def test_a_french_agreed_rate_is_at_least_three_times_the_legal_one(self):
        assert of("FR", agreed_rate=Decimal("11.13")).segments[0].rate == Decimal("11.13")
        with pytest.raises(InterestRefused, match=r"three times the legal rate, 11\.13 %"):
            of("FR", agreed_rate=Decimal("11.12"))

    @pytest.mark.parametrize("rate", ["-1", "101"])
    def test_an_agreed_rate_must_make_sense(self, rate):
        with pytest.raises(InterestRefused, match="not between 0 and 100"):
            of("IT", agreed_rate=Decimal(rate))

    def test_agriculture_cannot_agree_on_another_rate(self):
        assert of("IT", Kind.AGRI).segments[0].rate == Decimal("15.15")
        with pytest.raises(InterestRefused, match="no other rate"):
            of("IT", Kind.AGRI, agreed_rate=Decimal(5))

    @pytest.mark.parametrize(
        ("country", "kind", "why"),
        [("XX", Kind.B2B, "'XX'; known: IT, FR"), ("DE", Kind.AGRI, "known there: b2b, b2c")],
    )
    def test_unknown_law_is_refused_with_what_is_known(self, country, kind, why):
        with pytest.raises(RegimeUnknown, match=why):
            regime_for(country, kind)

    def test_every_one_has_a_legal_base(self):
        assert all(regime.legal_base for regime in REGIMES)


class TestRefusals:
    @pytest.mark.parametrize(
        "changes",
        [
            {"principal": Money(0, "EUR")},
            {"reductions": ((day("2025-06-01"), Money(10**7, "EUR")),)},
            {"reductions": ((day("2025-06-01"), Money(-1, "EUR")),)},
            {"due": day("1900-01-01")},
        ],
    )
    def test_a_debt_must_make_sense(self, changes):
        with pytest.raises(InterestRefused):
            an_item(**changes)


class TestImpute:
    DEBT = Debt(
        costs=Money(40_00, "EUR"), interest=Money(91_64, "EUR"), principal=Money(10**6, "EUR")
    )

    @pytest.mark.parametrize(
        ("order", "costs", "interest", "principal"),
        [
            (COSTS_FIRST, "0.00", "0.00", "6131.64"),  # TV-4.9
            (INTEREST_FIRST, "40.00", "0.00", "6091.64"),
            (PRINCIPAL_FIRST, "40.00", "91.64", "6000.00"),
        ],
    )
    def test_follows_the_order_of_the_law(self, order, costs, interest, principal):
        _, left, unused = impute(euros("4000.00"), self.DEBT, order)

        assert left == Debt(euros(costs), euros(interest), euros(principal))
        assert unused.is_zero

    @given(payment=st.integers(0, 2 * 10**6), order=st.permutations(list(Part)))
    def test_loses_nothing(self, payment, order):
        paid, left, unused = impute(Money(payment, "EUR"), self.DEBT, tuple(order))

        assert paid.total + unused == Money(payment, "EUR")
        assert total((paid.total, left.total), "EUR") == self.DEBT.total

    def test_refuses_a_negative_payment(self):
        with pytest.raises(ValueError, match="pays nothing"):
            impute(Money(-1, "EUR"), self.DEBT)

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.money import Money
from concilia.reporting.core.cofees import (
    Band,
    FeeMode,
    FeeModel,
    Quality,
    Result,
    fee,
    quality_factor,
)


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def bands(*pairs: tuple[str, str]) -> tuple[Band, ...]:
    return tuple(Band(Decimal(start), Decimal(rate)) for start, rate in pairs)


STEPS = bands(("0", "4"), ("80", "7"), ("100", "11"), ("120", "13"))
CLIFFS = bands(("0", "4"), ("80", "5.5"), ("100", "7.5"), ("120", "8.5"))


def a_model(**changes) -> FeeModel:
    fields = {
        "fixed_per_account": euros("1.50"),
        "target": euros("1000000.00"),
        "bands": STEPS,
    }
    return FeeModel(**fields | changes)


def a_result(recovered: str, **changes) -> Result:
    fields = {"accounts": 20_000, "recovered": euros(recovered), "returned": euros("0.00")}
    return Result(**fields | changes)


class TestMarginalFee:
    @pytest.mark.parametrize(
        ("recovered", "achieved", "success", "total", "share"),
        [
            ("700000.00", "70.00", "28000.00", "58000.00", "8.29"),  # TV-9.1
            ("1000000.00", "100.00", "46000.00", "76000.00", "7.60"),  # TV-9.2
            ("1250000.00", "125.00", "74500.00", "104500.00", "8.36"),  # TV-9.3
        ],
    )
    def test_pays_each_slice_at_its_rate(self, recovered, achieved, success, total, share):
        earned = fee(a_model(), a_result(recovered))

        assert (earned.fixed, earned.success) == (euros("30000.00"), euros(success))
        assert earned.total == euros(total)
        assert earned.achieved_percent == Decimal(achieved)
        assert earned.share_of_recovered == Decimal(share)
        assert not earned.warnings

    def test_pays_less_for_pressure(self):  # TV-9.4
        earned = fee(a_model(), a_result("1000000.00", quality=Decimal("0.90")))

        assert (earned.success, earned.total) == (euros("41400.00"), euros("71400.00"))

    def test_takes_back_what_the_bank_took_back(self):  # TV-9.5
        earned = fee(a_model(), a_result("1000000.00", returned=euros("12000.00")))

        assert earned.achieved_percent == Decimal("98.80")
        assert (earned.success, earned.clawback) == (euros("45160.00"), euros("840.00"))
        assert earned.total == euros("75160.00")

    def test_shows_the_slices_behind_the_fee(self):
        earned = fee(a_model(), a_result("1250000.00"))

        assert [(int(each.amount), each.rate, int(each.earned)) for each in earned.slices] == [
            (80_000_000, Decimal(4), 3_200_000),
            (20_000_000, Decimal(7), 1_400_000),
            (20_000_000, Decimal(11), 2_200_000),
            (5_000_000, Decimal(13), 650_000),
        ]

    @pytest.mark.parametrize(
        ("recovered", "total"), [("0.00", "40000.00"), ("1250000.00", "90000.00")]
    )
    def test_stays_within_floor_and_cap(self, recovered, total):
        model = a_model(floor=euros("40000.00"), cap=euros("90000.00"))

        assert fee(model, a_result(recovered)).total == euros(total)

    def test_has_no_share_of_nothing(self):
        assert fee(a_model(), a_result("0.00")).share_of_recovered is None

    @given(
        recovered=st.integers(0, 2 * 10**8),
        more=st.integers(0, 10**7),
        quality=st.decimals(0, Decimal("1.1"), places=2),
    )
    def test_never_falls_when_more_is_recovered(self, recovered, more, quality):  # INV-26
        def owed(minor: int) -> Money:
            result = Result(
                accounts=10,
                recovered=Money(minor, "EUR"),
                returned=euros("0.00"),
                quality=quality,
            )
            return fee(a_model(), result).total

        assert owed(recovered) <= owed(recovered + more)


class TestCliffFee:
    @pytest.mark.parametrize(
        ("recovered", "success"),
        [
            ("799999.00", "31999.96"),
            ("800000.00", "44000.00"),
            ("999999.00", "54999.95"),
            ("1000000.00", "75000.00"),
            ("1250000.00", "106250.00"),
        ],
    )
    def test_jumps_at_each_band(self, recovered, success):  # TV-9.6
        model = a_model(bands=CLIFFS, mode=FeeMode.CLIFF)

        assert fee(model, a_result(recovered)).success == euros(success)

    def test_warns_of_the_jumps(self):
        model = a_model(bands=CLIFFS, mode=FeeMode.CLIFF)

        assert fee(model, a_result("1.00")).warnings[:2] == (
            "at 80 % of the target (800000.00 EUR) the fee jumps by 12000.00 EUR",
            "at 100 % of the target (1000000.00 EUR) the fee jumps by 20000.00 EUR",
        )


class TestUpliftFee:
    def test_pays_only_what_exceeds_the_control_group(self):
        model = a_model(mode=FeeMode.UPLIFT)
        result = a_result("300000.00", baseline=euros("200000.00"))

        assert fee(model, result).success == euros("4000.00")

    def test_needs_a_control_group(self):
        with pytest.raises(ValueError, match="control group"):
            fee(a_model(mode=FeeMode.UPLIFT), a_result("1.00"))


class TestQualityFactor:
    @pytest.mark.parametrize(
        ("quality", "factor"),
        [
            (Quality(), "1.00"),
            (Quality(complaints_per_1000=Decimal(2)), "0.95"),
            (Quality(breaches=1), "0.90"),
            (Quality(breaches=2, satisfaction=Decimal(5)), "0.00"),
            (Quality(satisfaction=Decimal("4.3"), promises_kept=Decimal(70)), "1.05"),
        ],
    )
    def test_makes_pressure_not_pay(self, quality, factor):
        assert quality_factor(quality) == Decimal(factor)


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "why"),
        [
            ({"target": euros("0.00")}, "a target of 0.00 EUR"),
            ({"bands": ()}, "rise from 0 %"),
            ({"bands": bands(("10", "4"))}, "rise from 0 %"),
            ({"bands": bands(("0", "4"), ("0", "5"))}, "rise from 0 %"),
            ({"bands": bands(("0", "-4"))}, "less than nothing"),
            ({"floor": euros("2.00"), "cap": euros("1.00")}, "below the floor"),
        ],
    )
    def test_a_model_must_make_sense(self, changes, why):
        with pytest.raises(ValueError, match=why):
            a_model(**changes)

    @pytest.mark.parametrize(
        "changes", [{"returned": euros("2.00")}, {"quality": Decimal(-1)}, {"accounts": -1}]
    )
    def test_a_result_must_make_sense(self, changes):
        with pytest.raises(ValueError, match="not a result"):
            fee(a_model(), a_result("1.00", **changes))

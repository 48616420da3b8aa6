from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.numbers import percent, quotient, round_half_up, to_places


class TestRoundHalfUp:
    @pytest.mark.parametrize(
        ("value", "rounded"),
        [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("2.4999999", 2), ("-2.5", -3)],
    )
    def test_sends_halves_away_from_zero(self, value, rounded):
        assert round_half_up(Decimal(value)) == rounded

    @given(st.decimals(-(10**9), 10**9, places=6))
    def test_agrees_with_the_decimal_module(self, value):
        assert round_half_up(value) == int(value.quantize(Decimal(1), ROUND_HALF_UP))

    def test_takes_exact_fractions(self):
        assert round_half_up(Fraction(1, 3)) == 0


class TestToPlaces:
    def test_keeps_every_decimal_it_promises(self):
        assert str(to_places(Fraction(200, 3), 2)) == "66.67"
        assert str(to_places(5, 2)) == "5.00"


class TestQuotient:
    def test_has_no_answer_for_a_division_by_zero(self):
        assert quotient(5, 0) is None

    def test_is_exact(self):
        assert quotient(Decimal("0.1"), 3) == Fraction(1, 30)


class TestPercent:
    def test_is_an_exact_factor(self):
        assert percent(Decimal("10.15")) == Fraction(1015, 10000)

"""Exact numbers: one way to round, one way to divide."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

Exact = int | Decimal | Fraction

PERCENT: Final = 100
BASIS_POINTS: Final = 10_000


def round_half_up(value: Exact) -> int:
    """
    Round to the nearest integer, halves away from zero (domain.md N-2).

    The value is taken as an exact fraction, so nothing is rounded on the way here: a decimal
    context of 28 digits would round long products a first time and spoil the second.
    """
    numerator, denominator = value.as_integer_ratio()
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def to_places(value: Exact, places: int) -> Decimal:
    """Return the value as a decimal with exactly `places` decimals, rounded half up, once."""
    scaled = round_half_up(Fraction(value) * 10**places)
    return Decimal(scaled).scaleb(-places)


def quotient(numerator: Exact, denominator: Exact) -> Fraction | None:
    """Divide exactly; a division by zero has no answer and gives None (domain.md N-7)."""
    if denominator == 0:
        return None
    return Fraction(numerator) / Fraction(denominator)


def percent(rate: Exact) -> Fraction:
    """Turn a rate in percent (`Decimal("22")` is 22 %) into an exact factor."""
    return Fraction(rate) / PERCENT

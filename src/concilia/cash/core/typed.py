"""Amounts as people type them into a field."""

from __future__ import annotations

from typing import Final

from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import DIGITS_MAX

IGNORED: Final = str.maketrans("", "", "\u202f\u00a0' ")


def amount_typed(text: str, currency: str) -> int | None:
    """
    Read `1.284,00`, `1,284.00` or `1284` in minor units; None if it is no amount.

    The last point or comma is the decimal sign if no more digits follow than the currency has.
    """
    bare = text.strip().translate(IGNORED).replace("\u2212", "-")
    sign, digits = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    exponent = exponent_of(currency)
    place = max(digits.rfind("."), digits.rfind(","))
    whole, decimals = digits, ""
    if place >= 0 and len(digits) - place - 1 <= exponent:
        whole, decimals = digits[:place], digits[place + 1 :]
    whole = whole.replace(".", "").replace(",", "")
    number = whole + decimals.ljust(exponent, "0")
    if not (number.isascii() and number.isdecimal() and (whole or decimals)):
        return None
    return sign * int(number) if len(number) <= DIGITS_MAX else None

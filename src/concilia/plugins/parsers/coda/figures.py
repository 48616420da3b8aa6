"""Amounts of a CODA file: fifteen figures, three of them decimals."""

from __future__ import annotations

from decimal import Decimal

from concilia.plugins.parsers.banklines import digits


def amount_of(text: str) -> Decimal:
    """
    Return an amount; the third decimal is left out where it is zero, as for all but a few.

    :raises ValueError: if there is anything but figures
    """
    return digits(text[:-1], 2) if text[-1:] == "0" else digits(text, 3)

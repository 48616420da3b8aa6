"""Numbers and days as EDI files write them, and as people read them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Final

DIGITS_MAX: Final = 15
IMPLIED: Final = 2
CENTURY_PIVOT: Final = 70
_PLAIN: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_NUMBER: Final = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(-?)")
_DAY: Final = re.compile(r"(\d{4}|\d{2})(\d{2})(\d{2})(\d{4,})?(?:\D.*)?")
_SHORT_DAY: Final = 6


def number(text: str) -> Decimal | None:
    """
    Return a number with a decimal point or comma and a sign on either side; None if it is none.

    Of two different marks the last one is the decimal mark.
    """
    if _PLAIN.fullmatch(text):  # nearly always
        return Decimal(text)
    text = text.replace(" ", "").replace("−", "-")
    marks = [mark for mark in ".," if mark in text]
    if marks:
        decimal = max(marks, key=text.rfind)
        other = "," if decimal == "." else "."
        text = text.replace(other, "").replace(decimal, ".")
    found = _NUMBER.fullmatch(text)
    if not found or not (found[2] or found[3]) or not text.isascii():
        return None
    whole, fraction = found[2].lstrip("0"), (found[3] or "")[:DIGITS_MAX]
    if len(whole) > DIGITS_MAX:
        return None
    value = Decimal(f"{whole or '0'}.{fraction}" if fraction else whole or "0")
    return -value if "-" in (found[1], found[4]) else value


def implied(text: str) -> Decimal | None:
    """Return an X12 N2 amount: two decimals that are not written, unless somebody wrote them."""
    value = number(text)
    if value is None or "." in text or "," in text:
        return value
    return value.scaleb(-IMPLIED)


def shown(value: Decimal) -> str:
    """Return an amount as people read it: `1,100.00`."""
    places = -int(value.normalize().as_tuple().exponent)
    return f"{value:,.{max(IMPLIED, places)}f}".replace("-", "−")


def quantity(value: Decimal) -> str:
    """Return a quantity as people read it: `1,000`, `0.5`."""
    places = -int(value.normalize().as_tuple().exponent)
    return f"{value:,.{max(0, places)}f}".replace("-", "−")


def day(text: str) -> str | None:
    """Return the ISO date in `20260331`, `260331` or `202603311405`; None if it is no day."""
    found = _DAY.fullmatch(text.strip())
    if not found or not text.isascii():
        return None
    year = int(found[1])
    if len(found[1]) < len("2026"):
        if len(text.strip()) > _SHORT_DAY and found[4]:
            return None
        year += 2000 if year < CENTURY_PIVOT else 1900
    try:
        return dt.date(year, int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None

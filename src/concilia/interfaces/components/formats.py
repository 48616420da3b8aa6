"""
How amounts, numbers, dates and deadlines are written in each of the five languages.

Everything here returns plain text; the template tags put the markup around it. Language codes are
those of the interface (`en it fr es de`); an unknown one is written as English.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_time

from concilia.kernel.currencies import exponent_of

MINUS: Final = "\u2212"
NARROW_SPACE: Final = "\u202f"
NO_BREAK_SPACE: Final = "\u00a0"
UNKNOWN: Final = "\u2013"
GROUP_DIGITS: Final = 3

# Grouping sign and decimal sign. Spanish groups from four digits on: amounts in a column align.
SEPARATORS: Final = {
    "en": (",", "."),
    "it": (".", ","),
    "fr": (NARROW_SPACE, ","),
    "es": (".", ","),
    "de": (".", ","),
}
DAY: Final = {"de": "d. MMM"}
WEEKDAY: Final = {"de": "EEE d. MMM"}
FULL: Final = {"de": "EEEE, d. MMMM y", "es": "EEEE, d 'de' MMMM 'de' y"}


def weekday_letter(day: date, language: str) -> str:
    """The day of the week in one letter, as the head of a calendar has it."""
    return str(format_date(day, "EEEEE", locale=language))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in the parts that are styled apart: sign and units, decimal sign and cents."""

    units: str
    cents: str
    is_zero: bool

    def __str__(self) -> str:
        return self.units + self.cents


def base_language(language: str | None) -> str:
    """The one of the five languages that `language` (for example `de-at`) is written in."""
    code = (language or "en").replace("_", "-").split("-")[0].lower()
    return code if code in SEPARATORS else "en"


def group_thousands(units: int, language: str) -> str:
    """`units` (not negative) with the grouping sign: 1284 → `1,284`, `1.284`, `1 284`."""
    sign = SEPARATORS[base_language(language)][0]
    return f"{units:,}".replace(",", sign)


def format_amount(minor: int, currency: str, language: str) -> Amount:
    """`minor` units of `currency` in the language's way; negative with U+2212."""
    exponent = exponent_of(currency)
    units, cents = divmod(abs(minor), 10**exponent)
    sign = MINUS if minor < 0 else ""
    decimal_sign = SEPARATORS[base_language(language)][1]
    return Amount(
        units=sign + group_thousands(units, language),
        cents=f"{decimal_sign}{cents:0{exponent}d}" if exponent else "",
        is_zero=minor == 0,
    )


def money_text(minor: int, currency: str, language: str) -> str:
    """An amount as one piece of text with its code: `1,284.00 EUR`, never broken over a line."""
    return f"{format_amount(minor, currency, language)}{NO_BREAK_SPACE}{currency}"


def shared_currency(codes: Iterable[str]) -> str:
    """The currency of a column, to stand in its header; empty where it has several, or none."""
    found = set(codes)
    return found.pop() if len(found) == 1 else ""


def format_number(value: Decimal | int, language: str, *, places: int | None = None) -> str:
    """
    A quantity, factor or count: `12`, `1,204`, `21.60`.

    `places` fixes the number of decimals (half up); without it a Decimal keeps its own.
    """
    number = Decimal(value)
    if places is not None:
        number = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    units, _, decimals = f"{abs(number):f}".partition(".")
    sign = MINUS if number < 0 else ""
    decimal_sign = SEPARATORS[base_language(language)][1]
    tail = decimal_sign + decimals if decimals else ""
    return sign + group_thousands(int(units), language) + tail


def format_percent(share: Decimal | float | int, language: str, *, places: int = 0) -> str:
    """
    A share of one (0.97) as `97 %`.

    Rounded down, so that what is below a threshold never reads as if it had reached it.
    """
    percent = (Decimal(str(share)) * 100).quantize(Decimal(1).scaleb(-places), rounding=ROUND_DOWN)
    return f"{format_number(percent, language)}{NO_BREAK_SPACE}%"


@lru_cache(maxsize=4096)  # a list writes the same few days a hundred times
def _written(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=base_language(language))


def format_day(day: date, today: date, language: str) -> str:
    """`23 Nov`; the year only when it is not this one: `23 Nov 2025`."""
    code = base_language(language)
    pattern = DAY.get(code, "d MMM") + ("" if day.year == today.year else " y")
    return _written(day, pattern, code)


def format_weekday(day: date, today: date, language: str) -> str:
    """`Mon 23 Nov`; the year only when it is not this one."""
    code = base_language(language)
    pattern = WEEKDAY.get(code, "EEE d MMM") + ("" if day.year == today.year else " y")
    return _written(day, pattern, code)


def format_full_date(day: date, language: str) -> str:
    """`Monday 23 November 2026`, for titles and letters."""
    code = base_language(language)
    return _written(day, FULL.get(code, "EEEE d MMMM y"), code)


def format_long_day(day: date, today: date, language: str) -> str:
    """`Thursday 26 November`, for titles; the year only when it is not this one."""
    code = base_language(language)
    if day.year != today.year:
        return format_full_date(day, code)
    pattern = FULL.get(code, "EEEE d MMMM y").removesuffix(" y").removesuffix(" 'de'")
    return _written(day, pattern, code)


def format_clock(moment: datetime, language: str) -> str:
    """`17:00`, in all five languages on the 24-hour clock."""
    return format_time(moment, "HH:mm", tzinfo=moment.tzinfo, locale=base_language(language))

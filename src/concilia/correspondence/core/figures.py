"""
Amounts, quantities, rates and dates as people of five countries write them.

Written out here rather than taken from a locale database: a letter of last year, replayed, must not
change because a library's data did.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from concilia.kernel.currencies import exponent_of

THREE_DIGITS: Final = 3


class Language(StrEnum):
    """The five languages everything a person reads exists in (ISO 639-1)."""

    EN = "en"
    IT = "it"
    FR = "fr"
    ES = "es"
    DE = "de"


MINUS: Final = "−"
# Decimal mark and thousands mark (French: a narrow no-break space).
MARKS: Final[dict[Language, tuple[str, str]]] = {
    Language.EN: (".", ","),
    Language.IT: (",", "."),
    Language.FR: (",", "\u202f"),
    Language.ES: (",", "."),
    Language.DE: (",", "."),
}
MONTHS: Final[dict[Language, tuple[str, ...]]] = {
    Language.EN: (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    Language.IT: (
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ),
    Language.FR: (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
    Language.ES: (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    Language.DE: (
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
}
DATES: Final[dict[Language, str]] = {
    Language.EN: "{day} {month} {year}",
    Language.IT: "{day} {month} {year}",
    Language.FR: "{day} {month} {year}",
    Language.ES: "{day} de {month} de {year}",
    Language.DE: "{day}. {month} {year}",
}
_ITALIAN_JOINTS: Final = {
    "il": "l’",
    "al": "all’",
    "dal": "dall’",
    "del": "dell’",
    "nel": "nell’",
    "sul": "sull’",
}
_BEFORE_A_VOWEL: Final = re.compile(
    rf"\b({'|'.join(_ITALIAN_JOINTS)}) (8|11)(?= (?:{'|'.join(MONTHS[Language.IT])})\b)"
)
FIRST_DAY: Final[dict[Language, str]] = {Language.IT: "1º", Language.FR: "1er"}


def money(minor: int, currency: str, language: Language) -> str:
    """Write an amount with its code behind: `1,284.00 EUR`, `1.284,00 EUR`."""
    return f"{amount(minor, language, exponent=exponent_of(currency))}\u00a0{currency}"


def amount(minor: int, language: Language, *, exponent: int = 2) -> str:
    """Write minor units as a figure without its currency."""
    return _figure(Decimal(minor).scaleb(-exponent), exponent, language)


def unit_price(price: Decimal, language: Language, *, exponent: int = 2) -> str:
    """Write a price per unit: the currency's decimals, and more only if it has them."""
    return _figure(price, max(exponent, _places(price)), language)


def quantity(value: Decimal, language: Language) -> str:
    """Write a quantity without trailing zeros: `8`, `2.5`."""
    return _figure(value, _places(value), language)


def percent(basis_points: int, language: Language) -> str:
    """Write basis points as a rate: `22 %`, `2.5 %`."""
    rate = Decimal(basis_points).scaleb(-2)
    return f"{_figure(rate, _places(rate), language)}\u00a0%"


def day(value: date, language: Language) -> str:
    """Write a date in words with its year: `14 October 2026`."""
    number = FIRST_DAY.get(language, "1") if value.day == 1 else str(value.day)
    return DATES[language].format(
        day=number, month=MONTHS[language][value.month - 1], year=value.year
    )


def smooth(text: str, language: Language) -> str:
    """Put right what a language joins: Italian says `l'8 ottobre`, not `il 8 ottobre`."""
    if language is not Language.IT:
        return text
    return _BEFORE_A_VOWEL.sub(lambda found: _ITALIAN_JOINTS[found[1]] + found[2], text)


def _places(value: Decimal) -> int:
    """Count decimals that matter, without the rounding that Decimal.normalize would do."""
    _, _, fraction = f"{value:f}".partition(".")
    return len(fraction.rstrip("0"))


def _figure(value: Decimal, places: int, language: Language) -> str:
    mark, group = MARKS[language]
    whole, _, fraction = f"{abs(value):f}".partition(".")
    whole = whole.lstrip("0") or "0"
    fraction = fraction[:places].ljust(places, "0")
    whole = _grouped(whole, group)
    written = f"{whole}{mark}{fraction}" if places else whole
    return f"{MINUS}{written}" if value < 0 else written


def _grouped(whole: str, mark: str) -> str:
    head = len(whole) % THREE_DIGITS
    parts = [whole[:head]] if head else []
    parts += [whole[i : i + THREE_DIGITS] for i in range(head, len(whole), THREE_DIGITS)]
    return mark.join(parts)

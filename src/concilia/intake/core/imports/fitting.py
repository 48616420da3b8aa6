"""Whether a column's values can be what a field holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

from concilia.intake.core.imports.cells import DATE, NUMBER, clean
from concilia.intake.core.imports.datasets import Field, Kind
from concilia.intake.core.imports.values import Reading, Unreadable, number, reader_of
from concilia.intake.core.imports.words import country_of

SAMPLE_MAX: Final = 60
_DATELIKE: Final = re.compile(
    r"\d{1,4}[./\- ]+(?:\d{1,2}|[^\W\d_]{3,12}\.?)[./\- ]+\d{1,4}(?:[T ].*)?"
    r"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_SERIAL: Final = re.compile(r"[34]\d{4}")
_DIGIT: Final = re.compile(r"\d")
Test = Callable[[str], bool]


def fit(field: Field, cells: Sequence[str]) -> Fraction:
    """Return the share of the values that could stand in this field; 1 where there are none."""
    values = _first(cells)
    if not values:
        return Fraction(1)
    test = _TESTS.get(field.kind, _is_text)
    return Fraction(sum(test(value) for value in values), len(values))


def looks_like_days(cells: Sequence[str]) -> bool:
    """Whether these are numbers of days rather than dates."""
    values = [clean(cell) for cell in _first(cells)]
    return bool(values) and all(value.isdigit() and int(value) <= 365 for value in values)  # noqa: PLR2004


def are_fractions(cells: Sequence[str], decimal: str) -> bool:
    """Whether a column of percentages says 0.22 for 22."""
    rates = []
    for cell in cells:
        if not cell.strip():
            continue
        if "%" in cell:
            return False
        try:
            _, whole, rest = number(cell, decimal)
        except Unreadable:
            continue
        rates.append(Fraction(int(whole + rest), 10 ** len(rest)))
    return any(rates) and max(rates) < Fraction(1, 2)


def _first(cells: Sequence[str]) -> list[str]:
    return list(islice((cell for cell in cells if cell and not cell.isspace()), SAMPLE_MAX))


def _is_number(cell: str) -> bool:
    if cell.startswith(NUMBER):
        return True
    for decimal in ".,":
        try:
            number(cell.replace("%", ""), decimal)
        except Unreadable:
            continue
        return True
    return False


def _is_date(cell: str) -> bool:
    text = clean(cell)
    return cell.startswith(DATE) or bool(_DATELIKE.fullmatch(text) or _SERIAL.fullmatch(text))


def _is_text(cell: str) -> bool:
    return not cell.startswith(DATE) and not ("," in cell and _is_number(cell))


def _is_document(cell: str) -> bool:
    """Eight digits may be a day or a number; what has marks between, or is marked, is a day."""
    text = clean(cell)
    return bool(_DIGIT.search(text)) and (text.isdigit() or not _is_date(cell))


def _is_whole(cell: str) -> bool:
    text = clean(cell).partition(".")[0]
    return text.isdigit() and len(text) <= 6  # noqa: PLR2004 - positions and days


def _by_reading(kind: Kind) -> Test:
    read = reader_of(Field("", kind, "", "", length=200), Reading())

    def test(cell: str) -> bool:
        try:
            read(cell)
        except Unreadable:
            return False
        return True

    return test


_TESTS: Final[Mapping[Kind, Test]] = {
    Kind.NUMBER: _is_document,
    Kind.COUNT: _is_whole,
    Kind.PERCENT: _is_number,
    Kind.MONEY: _is_number,
    Kind.QUANTITY: _is_number,
    Kind.PRICE: _is_number,
    Kind.DATE: _is_date,
    Kind.COUNTRY: lambda cell: bool(country_of(clean(cell))),
    Kind.LANGUAGE: _by_reading(Kind.LANGUAGE),
    Kind.CURRENCY: _by_reading(Kind.CURRENCY),
    Kind.EMAIL: lambda cell: "@" in cell,
    Kind.DOMAINS: lambda cell: "." in cell and " " not in cell.strip(),
    Kind.IBANS: _by_reading(Kind.IBANS),
    Kind.DOCUMENT_KIND: _by_reading(Kind.DOCUMENT_KIND),
}

"""A model's one sentence about a document: kept only if every figure in it stands in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import decimal_sign, parse_number
from concilia.documents.core.dates import find_dates
from concilia.intake.core.proposals.question import Source

SUMMARY_CHARS_MAX: Final = 300
LINK: Final = re.compile(
    r"://|\bwww\.|@|\b[\w-]+\.(?:com|net|org|info|io|eu|it|fr|es|de|uk)\b", re.I
)
FIGURE: Final = re.compile(r"\d(?:[\d.,'\u2019\u00a0\u202f\u2009 ]*\d)?")
DIGITS: Final = re.compile(r"\d+")
SIGNS: Final = re.compile(r"[.,'\u2019]")
HIDDEN: Final = frozenset({"Cc", "Cf", "Co", "Cs"})


def summary_problem(summary: str, sources: Sequence[Source], received: date) -> str:
    """
    Return why a summary is not shown, in a word of `checking.WHYS`; empty if it is.

    A link or an address in it could lead a clerk somewhere; a figure that the text does not have is
    invented.
    """
    if len(summary) > SUMMARY_CHARS_MAX or LINK.search(summary) or _hides_something(summary):
        return "summary"
    text = "\n".join(source.text for source in sources)
    known = _Figures(text, received)
    days = find_dates(summary, received)
    if any(day.date not in known.days for day in days):
        return "not_quoted"
    for match in FIGURE.finditer(summary):
        is_day = any(day.start < match.end() and day.end > match.start() for day in days)
        if not is_day and not known.has(match[0]):
            return "not_quoted"
    return ""


class _Figures:
    """The figures of a text: its runs of digits, its numbers by their value, its days."""

    def __init__(self, text: str, received: date) -> None:
        self.point = decimal_sign(text)
        self.runs = set(DIGITS.findall(text))
        self.values = {
            value for match in FIGURE.finditer(text) for value in self._values_of(match[0])
        }
        self.days = {day.date for day in find_dates(text, received)}

    def has(self, figure: str) -> bool:
        """Whether the text has a figure: its digits as they are, or a number of the same value."""
        if figure.isdigit():
            return figure in self.runs or Decimal(figure) in self.values
        pieces = figure.split()
        if len(pieces) > 1 and not SIGNS.search(figure):
            return self._value(figure) in self.values or all(map(self.has, pieces))
        return self._value(figure) in self.values

    def _values_of(self, figure: str) -> set[Decimal]:
        """`12 1.284,50` may be one number or two."""
        return {
            value for each in (figure, *figure.split()) if (value := self._value(each)) is not None
        }

    def _value(self, figure: str) -> Decimal | None:
        return parse_number(figure, point=self.point)


def _hides_something(text: str) -> bool:
    return any(unicodedata.category(sign) in HIDDEN for sign in text)

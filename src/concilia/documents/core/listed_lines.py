"""
Rows of an advice that no table holds: `Factura 7718/26 ....... 1.512,50`, one paper a line.

They are believed only where they add up to another sum of the text: then they are what was paid.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.columns import CREDIT_WORDS, TOTALS
from concilia.documents.core.parsed import Cell
from concilia.documents.core.references import find_references, looks_like_a_date
from concilia.documents.core.table_rows import Line
from concilia.documents.core.unlabelled import NUMBER
from concilia.documents.core.words import fold

ROWS_MIN: Final = 2
ROWS_MAX: Final = 400
LINE_CHARS_MAX: Final = 160
DIGITS_MIN: Final = 2
AFTER: Final = re.compile(
    r"[\s.)]*(?:EUR|GBP|USD|CHF|euros?|[\u20ac\u00a3$])?[\s.]*$", re.IGNORECASE
)
CREDIT: Final = re.compile(CREDIT_WORDS)
TOTAL: Final = re.compile(rf"\W*(?:{TOTALS})")


def listed_lines(context: Context) -> list[Line]:
    """Return the papers a text lists with what was paid of each; none unless they add up."""
    rows = [*_rows(context)][: ROWS_MAX + 1]
    if not ROWS_MIN <= len(rows) <= ROWS_MAX:
        return []
    placed = {amount.start for amount, _ in rows}
    others = {each.value for each in context.amounts if each.start not in placed}
    plain = [_line(amount, cell, amount.value) for amount, cell in rows]
    taken = [
        _line(amount, cell, -abs(amount.value) if _is_credit(context, amount) else amount.value)
        for amount, cell in rows
    ]
    for lines in (plain, taken):
        whole = sum((each.paid or Decimal(0) for each in lines), Decimal(0))
        if whole in others:
            return lines
    return []


def _rows(context: Context) -> Iterator[tuple[Amount, Cell]]:
    """Yield the amounts that end a line which names one paper before them."""
    for amount in context.amounts:
        begin = context.live.rfind("\n", 0, amount.start) + 1
        end = context.live.find("\n", amount.end)
        after = context.live[amount.end : end if end >= 0 else None]
        before = context.live[begin : amount.start]
        if len(before) > LINE_CHARS_MAX or not AFTER.fullmatch(after):
            continue
        if TOTAL.match(fold(before)) or any(
            begin <= each.start < amount.start for each in context.amounts
        ):
            continue
        found = _paper(before)
        if found is not None:
            yield amount, Cell(found[0], begin + found[1], begin + found[1] + len(found[0]))


def _paper(words: str) -> tuple[str, int] | None:
    """Return the first number of a paper in the words before an amount, and its place."""
    named = find_references(words)
    if named:
        return named[0].value, named[0].start
    for match in NUMBER.finditer(words):
        value = match[0].rstrip(".-/_")
        if sum(map(str.isdigit, value)) >= DIGITS_MIN and not looks_like_a_date(value):
            return value, match.start()
    return None


def _is_credit(context: Context, amount: Amount) -> bool:
    begin = context.live.rfind("\n", 0, amount.start) + 1
    return CREDIT.search(fold(context.live[begin : amount.start])) is not None


def _line(amount: Amount, cell: Cell, paid: Decimal) -> Line:
    place = Cell("", amount.start, amount.end)
    return Line(document=cell.text, paid=paid, cells={"document": cell, "paid": place})

"""
Sums that forms and sheets give as bare numbers: `Credit requested | 153`, `Avoir demandé | 40.6`.

Sheets keep numbers without their cents. A number alone beside a cell that asks for money, or is a
total, is money all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from concilia.documents.core.amounts import Amount, find_currency, parse_cell
from concilia.documents.core.lexicon.amount_words import ASKED_CELL, NO_SUM_CELL
from concilia.documents.core.parsed import Cell, Table
from concilia.documents.core.words import fold

BARE: Final = re.compile(r"-?\d{1,7}(?:[.,]\d)?")
LABEL_CHARS_MAX: Final = 80
ROWS_MAX: Final = 400  # a longer list is no form
PAIR: Final = 2


def labelled_amounts(tables: Sequence[Table]) -> Iterator[Amount]:
    """Yield the bare numbers of rows that are a label and a number, where the label says a sum."""
    for table in tables:
        for row in table.rows[:ROWS_MAX]:
            filled = [cell for cell in row if cell.text.strip()]
            if len(filled) == PAIR and (amount := _amount(*filled)):
                yield amount


def _amount(label: Cell, number: Cell) -> Amount | None:
    said, printed = fold(label.text), number.text.strip()
    if len(said) > LABEL_CHARS_MAX or not BARE.fullmatch(printed):
        return None
    if not ASKED_CELL.search(said) or NO_SUM_CELL.search(said):
        return None
    value = parse_cell(printed)
    if value is None:
        return None
    return Amount(value, find_currency(label.text), number.start, number.end, has_cents=False)

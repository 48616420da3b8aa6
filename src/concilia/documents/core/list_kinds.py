"""
Lists that say what they are by their title or their first column.

Statements of a ledger and price lists settle nothing, whatever their columns look like; lists of
charges are debits.
"""

from __future__ import annotations

import re
from typing import Final

from concilia.documents.core.bank_lists import lists_of_account
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.list_names import (
    BALANCES,
    BANKS,
    CHARGED,
    INVOICES,
    LEDGERS,
    ORDERED,
    PAID,
    PAID_COLUMN,
    PRICE_LISTS,
    PRICES,
    QUANTITIES,
    REQUESTS,
    SETTLEMENTS,
    STATEMENTS,
)
from concilia.documents.core.words import fold

TOP_CHARS: Final = 700
TOP_LINES: Final = 6
TITLE_LINES: Final = 3
TITLE_WORDS_MAX: Final = 9
FEW_WORDS_MAX: Final = 5
COLUMNS_MIN: Final = 4
COLUMNS_APART: Final = re.compile(r"\t| {3,}")
SETTLES: Final = frozenset({"remittance_advice", "debit_note", "credit_request", "claim"})


def kind_of_list(context: Context) -> str | None:
    """Return what a layout or a text without a salutation says it lists; None if it does not."""
    if context.is_mail or context.has_salutation:
        return None
    top = _top(context)
    settles = SETTLES & set(context.titles)
    if not settles and any(_lists_prices(line) for line in top[:2]):
        return "other"
    if not settles and (of_account := lists_of_account(context)):
        return of_account
    if not settles and _is_of_a_ledger(context, fold("\n".join(top))):
        return "other"
    return next((kind for line in top if (kind := _kind_of_header(line))), None)


def is_titled_as_request(context: Context) -> bool:
    """Whether a form or list without a salutation is one that is handed in to get a credit."""
    if context.is_mail or context.has_salutation:
        return False
    return bool(REQUESTS.search(fold("\n".join(_top(context)[:TITLE_LINES]))))


def settles_a_bonus(context: Context) -> bool:
    """Whether a layout is a numbered settlement, not of single papers."""
    listed = any("document" in table.roles.values() for table in context.tables)
    return not listed and bool(SETTLEMENTS.search(fold("\n".join(_top(context)))))


def _top(context: Context) -> list[str]:
    lines = context.live[:TOP_CHARS].split("\n")
    return [line for line in lines if line.strip()][:TOP_LINES]


def _lists_prices(line: str) -> bool:
    """Whether a line is hardly more than the title of a price list."""
    said = fold(COLUMNS_APART.split(line.strip())[0])
    words = len(said.split())
    title = PRICE_LISTS.search(said)
    return title is not None and words <= (FEW_WORDS_MAX if title.start() else TITLE_WORDS_MAX)


def _is_of_a_ledger(context: Context, top: str) -> bool:
    if LEDGERS.search(top):
        return True
    folded = context.folded
    if not STATEMENTS.search(top) or BANKS.search(folded):
        return False
    return bool(BALANCES.search(folded) and INVOICES.search(folded))


def _kind_of_header(line: str) -> str | None:
    """Return what a row of columns begins with, charges or orders; None for another line."""
    columns = [fold(cell.strip()) for cell in COLUMNS_APART.split(line.strip("\ufeff"))]
    if len([cell for cell in columns if cell]) < COLUMNS_MIN or any(map(_has_digit, columns)):
        return None
    if CHARGED.fullmatch(columns[0]) and not any(map(PAID_COLUMN.search, columns)):
        return "debit_note"
    words = " ".join(columns)
    ordered = ORDERED.fullmatch(columns[0]) and not PAID.search(words)
    return "order" if ordered and QUANTITIES.search(words) and PRICES.search(words) else None


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))

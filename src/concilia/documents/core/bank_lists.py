"""
Lists of what moved on an account, as tables, files with separators or printed pages.

Those of banks have no column of papers, a day on which each row was booked, and what only banks
say: the day of value, the two sides of an account, accounts of others, *transfer received* and
*direct debit*. What customers have in their books about us looks alike, but books invoices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.bank_words import (
    ACCOUNT_TITLES,
    ACCOUNTS,
    AMOUNT,
    BILLED,
    BOOKED,
    BOOKED_BY_BANKS,
    ENDS,
    HOLDING,
    IN,
    LEFT,
    MOVED,
    OUT,
    PAPERS,
    SAID,
    VALUED,
    VALUED_OR_WORTH,
)
from concilia.documents.core.lexicon.calendar import MONTH
from concilia.documents.core.words import fold

BANK: Final = "bank_statement"
LEDGER: Final = "other"
COLUMNS_APART: Final = re.compile(r"\t| {2,}")
COLUMNS_MIN: Final = 3
HEADER_AMONG: Final = 25  # lines above are letterheads
READ_LINES: Final = 200
TOP_LINES: Final = 25
TABLES_MAX: Final = 4
MOVED_SHARE_MIN: Final = 0.3
BILLED_SHARE_MIN: Final = 0.25
MOST: Final = 0.5
DAY: Final = re.compile(
    r"\W{0,2}(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])(?!\d)|\d{4}-\d\d-\d\d|"
    rf"\d{{1,2}}[. -]{{1,2}}(?:{MONTH})|(?:{MONTH})\.? \d{{1,2}}\b)"
)
NAME: Final = re.compile(r"[\"'()\[\]*:_]|\b(?:eur|euro|gbp|usd|chf)\b|[\u20ac\u00a3$]")
ROLES: Final = (
    ("booked", BOOKED),
    ("valued", VALUED),
    ("left", LEFT),
    ("in", IN),
    ("out", OUT),
    ("amount", AMOUNT),
    ("account", ACCOUNTS),
    ("said", SAID),
)


def lists_of_account(context: Context) -> str | None:
    """Return whose movements a document lists, a bank's or a ledger's; None where it does not."""
    lines = [COLUMNS_APART.split(line) for line in context.live.split("\n")[:READ_LINES]]
    printed = _filled(lines)
    tables = [
        _filled([[cell.text for cell in row] for row in table.rows[:READ_LINES]])
        for table in context.parsed.tables[:TABLES_MAX]
    ]
    for rows in (*tables, printed):
        for at, row in enumerate(rows[:HEADER_AMONG]):
            if kind := _kind_of_header(row, rows[at + 1 :]):
                return kind
    return BANK if _is_printed(printed) else None


def _filled(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows as folded cells, those that hold something."""
    folded = ([fold(cell).strip("\ufeff ") for cell in row] for row in rows)
    return [cells for row in folded if (cells := [cell for cell in row if cell])]


def _kind_of_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> str | None:
    """Return whose account a row names the columns of, where the rows below move something."""
    if len(row) < COLUMNS_MIN or any(PAPERS.search(name) for name in row):
        return None
    roles = {role for name in row if (role := _role(name))}
    days = {"booked", "valued"} & roles
    sums = "amount" in roles or {"in", "out"} <= roles
    if not days or not sums or not {"said", "account"} & roles:
        return None
    dated = [row for row in below if any(map(DAY.match, row))]
    if "valued" in roles and any(map(VALUED_OR_WORTH.fullmatch, map(_plain, row))):
        twice = sum(sum(map(bool, map(DAY.match, each))) > 1 for each in dated)
        roles -= set() if twice > MOST * len(dated) else {"valued"}
    banks = {"valued", "left"} & roles or any(map(BOOKED_BY_BANKS.fullmatch, map(_plain, row)))
    if {"booked", "valued"} <= roles or ("account" in roles and banks):
        return BANK
    if _share(BILLED.match, dated) >= BILLED_SHARE_MIN:
        return LEDGER if "left" in roles else None
    sure = banks or "account" in roles
    return BANK if _share(MOVED.search, dated) >= (MOVED_SHARE_MIN if sure else MOST) else None


def _role(name: str) -> str | None:
    said = _plain(name)
    return next((role for role, pattern in ROLES if pattern.fullmatch(said)), None)


def _plain(name: str) -> str:
    return " ".join(NAME.sub(" ", name).split())


def _share(speaks: Callable[[str], object], rows: Sequence[Sequence[str]]) -> float:
    """Return which share of rows has a cell that speaks for something."""
    return sum(any(map(speaks, row)) for row in rows) / max(1, len(rows))


def _is_printed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a page is titled as an account that a bank keeps, and names its balances."""
    lines = [" ".join(row) for row in rows]
    top = "\n".join(lines[:TOP_LINES])
    if not ACCOUNT_TITLES.search(top) or not HOLDING.search(top):
        return False
    if any(PAPERS.search(name) for row in rows[:HEADER_AMONG] if _names(row) for name in row):
        return False
    dated = [row for row in rows if any(map(DAY.match, row))]
    if not any(map(ENDS.search, lines)) or _share(BILLED.match, dated) >= BILLED_SHARE_MIN:
        return False
    return _share(MOVED.search, dated) >= MOVED_SHARE_MIN


def _names(row: Sequence[str]) -> bool:
    """Whether a row names columns."""
    return len(row) >= COLUMNS_MIN and not any(map(str.isdigit, "".join(row)))

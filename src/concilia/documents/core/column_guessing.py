"""
What columns mean whose names say nothing to us, judged by what stands in them.

Amounts add up: what was billed less what was cut is what was paid. Numbers of papers differ from
row to row and are no amounts; explanations are words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import permutations
from typing import Final

from concilia.documents.core.amounts import parse_cell
from concilia.documents.core.dates import parse_date
from concilia.documents.core.parsed import Cell

ROWS_MAX: Final = 40
SHARE_MIN: Final = 0.5
FEW_ROWS: Final = 2
COLUMNS_MAX: Final = 5
RATE_MAX: Final = Decimal("0.05")
RATE_STEP: Final = Decimal("0.001")
NO_RATE: Final = Decimal("0.001")
HALF: Final = Decimal("0.005")  # cash discounts are whole or half percents
AMOUNT: Final = re.compile(r"[\s\d.,'()€£$+-]*[.,]\d{2}[\s()€£$+-]*(?:EUR|GBP|USD|CHF)?-?\s*$")
WHOLE: Final = re.compile(r"-?\d{1,7}")
PAPER: Final = re.compile(r"(?=(?:.*\d){2})[A-Za-z]{0,8}[ -/_.]?[\w/.-]+(?: [\w/.-]+)?$")
EAN: Final = re.compile(r"\d{12,14}")
PAPER_CODE: Final = re.compile(r"(?=(?:.*\d){2})[A-Z]{1,5}[-/_.]?[\w/.-]+")
WORDS: Final = re.compile(r"[^\W\d_]{3,}")
SUMS: Final = ("invoiced", "deducted", "paid")
GOODS: Final = frozenset({"quantity", "price", "item"})
Rows = Sequence[Sequence[Cell]]


def guess_columns(roles: dict[int, str], rows: Rows, point: str | None) -> dict[int, str]:
    """
    Return the roles with those of further columns.

    :param roles: what the names of the columns say, by column
    :param rows: what stands below the names
    """
    width = max((len(row) for row in rows), default=0)
    columns = {
        index: [row[index].text.strip() if index < len(row) else "" for row in rows[:ROWS_MAX]]
        for index in range(width)
    }
    roles = _with_rest(_with_amounts(dict(roles), columns, point), columns, point)
    if not set(roles.values()) & {*SUMS, "amount"}:
        return roles
    roles = _with_document(roles, columns)
    return _with_words(roles, columns)


def _with_document(roles: dict[int, str], columns: dict[int, list[str]]) -> dict[int, str]:
    """Take the first column of numbers for that of papers if no name says it is."""
    taken = set(roles.values())
    if {"document", "own", "order", "delivery", "quantity", "price"} & taken:
        return roles
    for index, cells in columns.items():
        free = roles.get(index) in {None, "item", "kind"}
        if free and _share(cells, _is_paper) > SHARE_MIN and len(set(cells)) > len(cells) / 2:
            return {**roles, index: "document"}
    return roles


def _with_words(roles: dict[int, str], columns: dict[int, list[str]]) -> dict[int, str]:
    """Take the last column of words for the explanations, if not every row has some as a name."""
    if "reason" in roles.values() or GOODS & set(roles.values()):
        return roles
    for index in reversed(columns):
        cells = columns[index]
        named = all(cells) and len(cells) > FEW_ROWS
        named = named or (len(cells) > 1 and len(set(cells)) == 1)
        if index not in roles and not named and _share(cells, _is_words) > SHARE_MIN:
            return {**roles, index: "reason"}
    return roles


def _with_amounts(
    roles: dict[int, str], columns: dict[int, list[str]], point: str | None
) -> dict[int, str]:
    """
    Find the columns that make billed less cut what was paid.

    Names that say otherwise give way where every row adds up; of several ways the one that agrees
    with most of the names is taken.
    """
    # Workbooks leave cents away where there are none.
    holds = _is_amount if any(_is_amount(each) for c in columns.values() for each in c) else _is_sum
    values = {
        index: [parse_cell(cell, point=point) or Decimal(0) for cell in cells]
        for index, cells in columns.items()
        if roles.get(index) in {None, "amount", *SUMS}
        and (roles.get(index) is not None or _share(cells, holds) > SHARE_MIN)
    }
    if not len(SUMS) - 1 < len(values) <= COLUMNS_MAX:
        return roles
    discount = next((index for index, role in roles.items() if role == "discount"), None)
    taken = [
        abs(parse_cell(cell, point=point) or Decimal(0))
        for cell in (columns[discount] if discount is not None else [])
    ]
    ways = []
    for chosen in permutations(values, len(SUMS)):
        named = [roles.get(i) for i in chosen]
        agreeing = sum(one == role for one, role in zip(named, SUMS, strict=True))
        open_to = all(one in {None, "amount", role} for one, role in zip(named, SUMS, strict=True))
        ways.append((not open_to, -agreeing, -sum(values[chosen[2]], Decimal(0)), chosen))
    for *_, chosen in sorted(ways):
        if _add_up([values[index] for index in chosen], taken):
            return _recast(roles, chosen, [values[index] for index in chosen])
    return roles


def _with_rest(
    roles: dict[int, str], columns: dict[int, list[str]], point: str | None
) -> dict[int, str]:
    """Take for billed what payment, discount and cut come to, for discount what is left of it."""
    known = {role: index for index, role in roles.items()}
    if "paid" not in known or ("deducted" not in known and "discount" not in known):
        return roles
    wanted = "invoiced" if "invoiced" not in known else "discount"
    if wanted in known:
        return roles
    parts = {
        role: [abs(parse_cell(cell, point=point) or Decimal(0)) for cell in columns[index]]
        for role, index in known.items()
        if role in {"invoiced", "paid", "discount", "deducted"} and index in columns
    }
    signs = {"invoiced": -1} if wanted == "discount" else {}
    whole = [
        abs(sum((signs.get(role, 1) * value for role, value in row), Decimal(0)))
        for row in zip(*([(role, value) for value in parts[role]] for role in parts), strict=True)
    ]
    for index, cells in columns.items():
        if roles.get(index) not in {None, "amount"} or _share(cells, _is_amount) <= SHARE_MIN:
            continue
        values = [abs(parse_cell(cell, point=point) or Decimal(0)) for cell in cells]
        rows = [(one, two) for one, two in zip(values, whole, strict=True) if one]
        if rows and all(one == two for one, two in rows):
            return {**roles, index: wanted}
    return roles


def _recast(
    roles: dict[int, str], chosen: Sequence[int], columns: Sequence[Sequence[Decimal]]
) -> dict[int, str]:
    """Give three columns their roles; what is the same share of every row is a cash discount."""
    given = dict(zip(chosen, SUMS, strict=True))
    if all(roles.get(column) == role for column, role in given.items()):
        return roles
    cut = chosen[1]
    if roles.get(cut) in {None, "amount"} and "discount" not in roles.values():
        given[cut] = "discount" if _is_rate(columns[0], columns[1]) else "deducted"
    kept = {column: role for column, role in roles.items() if role not in given.values()}
    return {**kept, **given}


def _is_rate(billed: Sequence[Decimal], cut: Sequence[Decimal]) -> bool:
    """Whether several rows were cut by one small percentage each: nobody loses goods like that."""
    rows = [(one, abs(two)) for one, two in zip(billed, cut, strict=True) if one > 0]
    rates = {(two / one).quantize(RATE_STEP) for one, two in rows}
    rate = min(rates, default=Decimal(0))
    return len(rows) > 1 and len(rates) == 1 and NO_RATE < rate <= RATE_MAX and not rate % HALF


def _add_up(columns: Sequence[Sequence[Decimal]], discounts: Sequence[Decimal]) -> bool:
    """Whether the first less the second, and the discount, is the third in every row."""
    billed, cut, paid = columns
    rows = list(zip(billed, cut, paid, strict=True))
    taken = discounts or [Decimal(0)] * len(rows)
    matching = [
        one - abs(two) - less == three
        for (one, two, three), less in zip(rows, taken, strict=True)
        if (one != 0) + (two != 0) + (three != 0) > 1  # one alone is a total's
    ]
    return any(cut) and any(paid) and len(matching) > 0 and all(matching)


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    """Return the share of the filled cells of which something holds."""
    filled = [cell for cell in cells if cell and cell not in {"-", "\u2013"}]
    return sum(holds(cell) for cell in filled) / len(filled) if filled else 0.0


def _is_amount(cell: str) -> bool:
    return AMOUNT.match(cell) is not None


def _is_sum(cell: str) -> bool:
    return WHOLE.fullmatch(cell) is not None


def _is_paper(cell: str) -> bool:
    if EAN.fullmatch(cell) or _is_amount(cell):
        return False
    return PAPER.match(cell) is not None and parse_date(cell) is None


def _is_words(cell: str) -> bool:
    return (
        WORDS.search(cell) is not None
        and not PAPER_CODE.fullmatch(cell)
        and parse_date(cell) is None
    )

"""
The articles a debit note or a form lists: what, how many, at which price, for how much.

They are read from the text, where a row is a line and its cells stand apart by tabs: the columns of
a drawn table are often guessed worse than its words are placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import decimal_sign, money, parse_cell
from concilia.documents.core.context import Context
from concilia.documents.core.kinds import CLAIMING
from concilia.documents.core.lexicon.columns import DESCRIPTION_NAMES, MISSING_NAMES, TOTALS
from concilia.documents.core.line_reading import reason_of_words
from concilia.documents.core.tables import column_roles
from concilia.documents.core.words import fold

ARTICLES_MAX: Final = 2_000
COLUMNS_MIN: Final = 3
NAMED_MIN: Final = 2  # a row: what it is, and how much
CENT: Final = Decimal("0.01")
CODE: Final = re.compile(r"(?=\S*\d)[\w./-]{4,}")
COUNT: Final = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*[^\W\d]{0,10}\.?")
DESCRIPTION: Final = re.compile(DESCRIPTION_NAMES)
MISSING: Final = re.compile(MISSING_NAMES)
TOTAL: Final = re.compile(TOTALS)


@dataclass(frozen=True, slots=True)
class Article:
    """One row as printed: an article and what is wanted for it; `reason` where the row says it."""

    sku: str | None
    description: str | None
    quantity: str | None
    unit_price: str | None
    amount: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which cell of a full row is what."""

    width: int
    roles: dict[str, int]

    def pick(self, cells: Sequence[str]) -> dict[str, str]:
        """The cells of a row by role; of a row with gaps, by what they look like."""
        if len(cells) == self.width:
            return {role: cells[column] for role, column in self.roles.items()}
        found = {"amount": cells[-1]}
        named = list(cells[:-1])
        numbers: list[str] = []
        while named and COUNT.fullmatch(named[-1]):
            numbers.insert(0, named.pop())
        if len(numbers) > 1 and {"quantity", "price"} <= set(self.roles):
            found |= {"quantity": numbers[-2], "price": numbers[-1]}
        if named and CODE.fullmatch(named[0]):
            found["item"] = named.pop(0)
        return found | {"description": " ".join(named)}


def articles_of(context: Context, kind: str) -> tuple[Article, ...]:
    """Return the rows below a header of articles and amounts; none where nothing is claimed."""
    if kind not in CLAIMING:
        return ()
    text = context.live
    point = decimal_sign(text)
    found = [
        article
        for cells, columns in _rows(text)
        if (article := _article(columns.pick(cells), point, context)) is not None
    ]
    return tuple(found[:ARTICLES_MAX])


def _rows(text: str) -> Iterator[tuple[Sequence[str], _Columns]]:
    """Rows of several cells, with the columns of the header above them; a total ends them."""
    columns: _Columns | None = None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if len(cells) < NAMED_MIN:
            columns = columns if cells else None
            continue
        header = _header(cells)
        if header is not None:
            columns = header
        elif TOTAL.match(fold(cells[0])):
            columns = None
        elif columns is not None:
            yield cells, columns


def _header(cells: Sequence[str]) -> _Columns | None:
    if len(cells) < COLUMNS_MIN or any(parse_cell(cell) is not None for cell in cells):
        return None
    roles = {role: column for column, role in column_roles(cells).items()}
    for column, cell in enumerate(cells):
        name = fold(cell)
        if DESCRIPTION.fullmatch(name):
            roles["description"] = column
        elif MISSING.fullmatch(name):
            roles["quantity"] = column
    if roles.get("reason") == roles.get("description"):
        roles.pop("reason", None)
    roles.setdefault("amount", roles.get("deducted", -1))
    is_list = roles["amount"] >= 0 and {"item", "description"} & set(roles) and "quantity" in roles
    return _Columns(len(cells), roles) if is_list and "document" not in roles else None


def _article(cells: dict[str, str], point: str | None, context: Context) -> Article | None:
    amount = parse_cell(cells["amount"], point=point)
    if not amount:
        return None
    item, words = cells.get("item", ""), cells.get("description", "")
    sku = item if CODE.fullmatch(item) else ""
    description = " ".join(filter(None, ("" if sku else item, words)))
    quantity = _count(cells.get("quantity", ""), point)
    price = parse_cell(cells.get("price", ""), point=point)
    if quantity is None or price is None or abs(quantity * price - amount) > CENT * quantity:
        price = None  # net beside gross, a discount between: what is claimed is the amount
    told = cells.get("reason") or ("" if sku or quantity else description)
    reason = reason_of_words(told, context.language) if told else None
    return Article(
        sku=sku or None,
        description=description or None,
        quantity=format(quantity.normalize(), "f") if quantity else None,
        unit_price=format(price, "f") if price is not None else None,
        amount=money(abs(amount), context.currency),
        reason=reason.label if reason else None,
    )


def _count(text: str, point: str | None) -> Decimal | None:
    found = COUNT.fullmatch(text)
    return parse_cell(found[1], point=point) if found else None

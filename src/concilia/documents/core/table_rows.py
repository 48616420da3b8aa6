"""Rows of a table as lines: a paper and its sums, a total, a sum carried over a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from concilia.documents.core.amounts import CODES, parse_cell
from concilia.documents.core.dates import parse_date
from concilia.documents.core.lexicon.column_words import CARRIED
from concilia.documents.core.lexicon.columns import CREDIT_WORDS, DEBIT_WORDS, TAXED, TOTALS
from concilia.documents.core.parsed import Cell
from concilia.documents.core.references import find_references
from concilia.documents.core.words import fold

MONEY_ROLES: Final = ("invoiced", "paid", "discount", "deducted", "amount")
SIDES: Final = ("debit", "credit")
SUMMED_ROLES: Final = (*MONEY_ROLES, *SIDES)
CASH_DISCOUNT_MAX: Final = Decimal("0.06")
TOTAL: Final = re.compile(TOTALS)
TOLD_WORDS: Final = 4
TAXED_ROW: Final = re.compile(TAXED)
# A mark behind a sum leads to its explanation: `118.40 (A)`, `382.00- WGT`, `144,00 2)`.
MARKED: Final = re.compile(
    r"(?P<sum>.*[.,]\d{2}-?)\s*(?:[(\[]\s?(?P<closed>\w{1,3}|\*{1,3})\s?[)\]]|\s(?P<open>[A-Z]{1,4}|\*{1,3}|\d{1,2}\)?))"
)
CARRIED_ROW: Final = re.compile(CARRIED)
COUNTED: Final = re.compile(r"\d{1,4} [^\W\d_]{3,}.*")
CREDIT: Final = re.compile(CREDIT_WORDS)
DEBIT: Final = re.compile(DEBIT_WORDS)
NUMBERED: Final = re.compile(r"\d")
# What stands behind a number in its cell: the day of the paper, a word on it in brackets.
BEHIND_NUMBER: Final = re.compile(r"(?<=\w)\s+(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\([^()]*\))$")


@dataclass(frozen=True, slots=True)
class Line:
    """
    One row: a document and its amounts as printed. `amount` is money in a column of no clear role.

    `own` is the number of the sender's own paper, `debit` and `credit` the sides of an account;
    `cells` are the cells each value was read from, by role.
    """

    document: str | None
    invoiced: Decimal | None = None
    paid: Decimal | None = None
    discount: Decimal | None = None
    deducted: Decimal | None = None
    amount: Decimal | None = None
    reason_code: str | None = None
    reason_text: str | None = None
    kind_text: str = ""
    order: str | None = None
    delivery: str | None = None
    own: str | None = None
    debit: Decimal | None = None
    credit: Decimal | None = None
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def paper(self) -> str | None:
        """The invoice it is about, else the number of the sender's own, a delivery or an order."""
        return self.document or self.own or self.delivery or self.order

    @property
    def is_credit_note(self) -> bool:
        """Whether the row is a credit note of ours."""
        words = fold(f"{self.kind_text} {_letters(self.document)} {self.reason_text or ''}")
        return bool(CREDIT.search(words)) and not DEBIT.search(words)

    @property
    def is_debit(self) -> bool:
        """Whether the row is a deduction or debit note of the payer."""
        words = fold(f"{self.kind_text} {_letters(self.paper)} {self.reason_text or ''}")
        return bool(DEBIT.search(words))


def row_line(row: Sequence[Cell], roles: dict[int, str], point: str | None) -> Line:
    """Return a row as a line, each cell by the role of its column."""
    values: dict[str, Decimal] = {}
    words: dict[str, str] = {}
    cells: dict[str, Cell] = {}
    marks: list[str] = []
    for column, role in roles.items():
        if column >= len(row) or not row[column].text.strip():
            continue
        text = row[column].text.strip()
        if role in SUMMED_ROLES:
            value = parse_cell(text, point=point)
            if value is None and (marked := MARKED.fullmatch(text)):
                value = parse_cell(marked["sum"], point=point)
                mark = (marked["closed"] or marked["open"]).strip("()")
                marks += [mark] if mark not in CODES else []
            if value is None:
                continue
            values[role] = value
        else:
            words[role] = text
        cells[role] = row[column]
    document = BEHIND_NUMBER.sub("", words.get("document", ""))
    if len(document.split()) >= TOLD_WORDS and (named := find_references(document)):
        words.setdefault("reason", document)  # `DTO. FRA 5589 PORTES NO ACORDADOS`
        document = named[0].value
    return Line(
        document=document if NUMBERED.search(document) else None,
        invoiced=values.get("invoiced"),
        paid=values.get("paid"),
        discount=values.get("discount"),
        deducted=values.get("deducted"),
        amount=values.get("amount"),
        reason_code=words.get("reason_code") or next(iter(marks), None),
        reason_text=words.get("reason"),
        kind_text=words.get("kind", ""),
        order=_numbered(words.get("order")),
        delivery=_numbered(words.get("delivery")),
        own=_numbered(words.get("own")),
        debit=values.get("debit"),
        credit=values.get("credit"),
        cells=cells,
    )


def _numbered(words: str | None) -> str | None:
    return words if words and NUMBERED.search(words) else None


def on_side(line: Line, plus: str, minus: str) -> Line:
    """Make a line's debit and credit one sum."""
    more, less = getattr(line, plus), getattr(line, minus)
    if more is None and less is None:
        return line
    cell = line.cells.get(plus) or line.cells.get(minus)
    cells = {**line.cells, **({"amount": cell} if cell else {})}
    return replace(line, amount=(more or Decimal(0)) - (less or Decimal(0)), cells=cells)


def with_role(line: Line, role: str, new: str) -> Line:
    """Move a line's value to another role."""
    cells = {new if name == role else name: cell for name, cell in line.cells.items()}
    values: dict[str, Any] = {new: getattr(line, role), role: None}
    return replace(line, **values, cells=cells)


def is_no_cash_discount(line: Line) -> bool:
    """Whether a discount takes more than any cash discount does."""
    if not line.discount or not line.invoiced:
        return False
    return abs(line.discount) > CASH_DISCOUNT_MAX * abs(line.invoiced)


def has_money(line: Line) -> bool:
    """Whether a line has a sum in any column of money."""
    return any(getattr(line, role) is not None for role in SUMMED_ROLES)


def is_total(row: Sequence[Cell], roles: dict[int, str]) -> bool:
    """Whether a row is a total, a tax, or a bare sum below the lines."""
    first = next((text for cell in row if (text := fold(cell.text.strip()))), "")
    if TAXED_ROW.match(first):
        return True
    for column, cell in enumerate(row):
        text = fold(cell.text.strip())
        if roles.get(column) == "document" and _names_paper(text) and not TOTAL.match(text):
            return False
        if text and parse_cell(text) is None and roles.get(column) != "reason_code":
            return bool(TOTAL.match(text))
    return _is_bare_sum(row, roles)


def lone_words(row: Sequence[Cell]) -> str | None:
    """Return the words of a row that has nothing else: they explain the row above."""
    filled = [cell.text.strip() for cell in row if cell.text.strip()]
    return filled[0] if len(filled) == 1 and len(filled[0].split()) > 1 else None


def takes_off(line: Line) -> bool:
    """Whether a line takes money off."""
    return min(line.paid or 0, line.amount or 0, line.invoiced or 0) < 0


def is_carried(row: Sequence[Cell]) -> bool:
    """Whether a row only carries a sum to the next page, or from the one before."""
    words = next((text for cell in row if (text := cell.text.strip())), "")
    return CARRIED_ROW.match(fold(words)) is not None


def is_paper(document: str | None) -> bool:
    """Whether the cell of a document holds a number rather than `3 items`."""
    return document is not None and COUNTED.fullmatch(document.strip()) is None


def _names_paper(text: str) -> bool:
    """Whether the cell of a document says one: a number, no day, no count of them."""
    return bool(NUMBERED.search(text)) and is_paper(text) and parse_date(text) is None


def _is_bare_sum(row: Sequence[Cell], roles: dict[int, str]) -> bool:
    """Money below a column of documents, and nothing else: a total without its word."""
    filled = {column for column, cell in enumerate(row) if cell.text.strip()}
    money = {column for column, role in roles.items() if role in MONEY_ROLES}
    return "document" in roles.values() and bool(filled) and filled <= money


def _letters(document: str | None) -> str:
    found = re.match(r"[A-Za-z]+", document or "")
    return found[0] if found else ""

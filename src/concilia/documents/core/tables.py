"""
What the columns of a table mean, and its lines: documents with what was billed, paid and cut.

The header row is the one whose cells are best known as column names; titles may stand above it,
totals below it, long reasons may run over several rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final

from concilia.documents.core.amounts import decimal_sign, find_currency, parse_cell
from concilia.documents.core.column_contents import fitted, says_why
from concilia.documents.core.column_guessing import guess_columns
from concilia.documents.core.column_names import role_weights, says_paid
from concilia.documents.core.dates import parse_date
from concilia.documents.core.parsed import Cell, Table
from concilia.documents.core.table_rows import (
    MARKED,
    MONEY_ROLES,
    SIDES,
    SUMMED_ROLES,
    Line,
    has_money,
    is_carried,
    is_no_cash_discount,
    is_paper,
    is_total,
    lone_words,
    on_side,
    row_line,
    takes_off,
    with_role,
)
from concilia.documents.core.told import signature_of

HEADER_ROWS_MAX: Final = 60
HEADER_HEIGHT_MAX: Final = 3
HEADER_CELL_CHARS_MAX: Final = 60
ROLES_MIN: Final = 2
BETTER: Final = 0.5  # a taller header must say clearly more
SUMMED_MIN: Final = 2
ROWS_TRIED: Final = 12
RATE: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,2})? ?%")
NUMBERED: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class LineTable:
    """
    The lines of a table, the roles of its columns, its totals and its currency.

    `header` is the place of its column names, which are nobody's statement; `names` are these.
    """

    lines: tuple[Line, ...]
    roles: dict[int, str]
    totals: dict[str, Decimal]
    total_cells: dict[str, Cell]
    currency: str | None
    page: int | None
    name: str
    header: tuple[int, int]
    names: tuple[str, ...] = ()

    def name_of(self, role: str) -> str:
        """The name of the column of a role; empty if there is none."""
        return next(
            (
                self.names[at]
                for at, each in self.roles.items()
                if each == role and at < len(self.names)
            ),
            "",
        )


@dataclass(slots=True)
class _Reading:
    """A table as far as it has been read."""

    roles: dict[int, str]
    header: tuple[int, int]
    names: tuple[str, ...]
    point: str | None
    lines: list[Line] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=dict)
    total_cells: dict[str, Cell] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    said_paid: bool = False

    def take(self, row: Sequence[Cell]) -> None:
        """Take the next row for a line, a total, or the rest of the line before."""
        line = row_line(row, self.roles, self.point)
        if is_carried(row):
            return
        if is_total(row, self.roles) or self._is_sum(row, line):
            self._take_total(row, line)
        elif has_money(line):
            self.lines.append(line)
            for role in SUMMED_ROLES:
                self.sums[role] = self.sums.get(role, Decimal(0)) + (getattr(line, role) or 0)
        elif self.lines and (words := lone_words(row)) and takes_off(self.lines[-1]):
            said = self.lines[-1].reason_text
            self.lines[-1] = replace(
                self.lines[-1], reason_text=f"{said} {words}" if said else words
            )
        elif self.lines and line.reason_text and not line.document:
            joined = " ".join(filter(None, (self.lines[-1].reason_text, line.reason_text)))
            self.lines[-1] = replace(self.lines[-1], reason_text=joined)

    def settle(self) -> None:
        """Decide what only the whole table can tell: a last row of sums, cuts as discounts."""
        self._rename_paid()
        self._join_sides()
        if "discount" in self.roles.values() and "deducted" not in self.roles.values():
            self._rename_discount()

    def _is_sum(self, row: Sequence[Cell], line: Line) -> bool:
        """
        Whether a row without a paper says what the rows above it come to, whatever it is called.

        Its sums are looked for in any column: people put them where there is room. What stands
        where papers do may say how many rows there were.
        """
        count = str(len(self.lines))
        counted = (line.document or "").strip() == count
        if len(self.lines) < SUMMED_MIN or (is_paper(line.document) and not counted):
            return False
        cells = [cell for cell in row if not counted or cell.text.strip() != count]
        printed = [value for cell in cells if (value := parse_cell(cell.text, point=self.point))]
        sums = {abs(value) for value in self.sums.values() if value}
        return bool(printed) and all(abs(value) in sums for value in printed)

    def _rename_paid(self) -> None:
        """The only money of a table was paid if its total says so: `total du virement`."""
        money = {role for role in self.roles.values() if role in MONEY_ROLES}
        if len(money) != 1 or not money <= {"invoiced", "amount"} or not self.said_paid:
            return
        (role,) = money
        self.roles = {at: "paid" if each == role else each for at, each in self.roles.items()}
        self.lines = [with_role(each, role, "paid") for each in self.lines]
        if role in self.totals:
            self.totals["paid"] = self.totals.pop(role)
            self.total_cells["paid"] = self.total_cells.pop(role)

    def _join_sides(self) -> None:
        """
        The sides of an account without a balance are one sum: what is on the bigger side is
        meant, what is on the other is taken off.
        """
        others = {"balance", "deducted", "invoiced", "paid", "amount"} & set(self.roles.values())
        if not set(SIDES) <= set(self.roles.values()) or others:
            return
        plus, minus = sorted(SIDES, key=lambda side: -self.sums.get(side, Decimal(0)))
        self.lines = [on_side(each, plus, minus) for each in self.lines]
        self.roles = {at: "amount" if role == plus else role for at, role in self.roles.items()}
        whole = sum((each.amount or Decimal(0) for each in self.lines), Decimal(0))
        printed = next((each for each in self.totals.values() if each == whole), None)
        if printed is None:
            self.totals, self.total_cells = {}, {}

    def _rename_discount(self) -> None:
        """A column called a discount that takes more than any cash discount does is of cuts."""
        if not any(is_no_cash_discount(line) for line in self.lines):
            return
        self.roles = {
            column: "deducted" if role == "discount" else role
            for column, role in self.roles.items()
        }
        self.lines = [replace(each, deducted=each.discount, discount=None) for each in self.lines]
        if "discount" in self.totals:
            self.totals["deducted"] = self.totals.pop("discount")
            self.total_cells["deducted"] = self.total_cells.pop("discount")

    def _take_total(self, row: Sequence[Cell], line: Line) -> None:
        label = " ".join(cell.text for cell in row if parse_cell(cell.text) is None)
        self.said_paid = self.said_paid or says_paid(label)
        known = [role for role in SUMMED_ROLES if getattr(line, role) is not None]
        for role in known:
            self.totals[role] = getattr(line, role)
            self.total_cells[role] = line.cells[role]
        if known:
            return
        for cell in reversed(row):
            value = parse_cell(cell.text, point=self.point)
            if value is not None:  # it may stand in any column, under no name
                role = next((role for role, added in self.sums.items() if added == value), "amount")
                self.totals.setdefault(role, value)
                self.total_cells.setdefault(role, cell)
                return


@dataclass(frozen=True, slots=True)
class Head:
    """A table's header: what names its layout, the columns' names, the roles they were given."""

    signature: str
    names: tuple[str, ...]
    roles: Mapping[int, str]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        names = [name[:HEADER_CELL_CHARS_MAX] for name in self.names]
        return {"signature": self.signature, "names": names, "roles": dict(self.roles)}


# What people said columns of a layout mean: roles by column, by the header's signature.
Layouts = Mapping[str, Mapping[int, str]]


def heads_of(tables: Sequence[Table], told: Layouts) -> list[Head]:
    """Return each layout's header once; where none is understood, the first row of words."""
    found: dict[str, Head] = {}
    for table in tables:
        header = _header(table.rows, told)
        names = header[2] if header else next(filter(None, _first_names(table.rows)), None)
        if names:
            signature = signature_of(names)
            found.setdefault(signature, Head(signature, tuple(names), header[1] if header else {}))
    return list(found.values())


def _first_names(rows: Sequence[Sequence[Cell]]) -> list[list[str] | None]:
    return [
        _names(rows, index, 1)
        for index in range(min(len(rows), HEADER_ROWS_MAX))
        if _is_wordy(rows[index])
    ]


def read_tables(tables: Sequence[Table], told: Layouts | None = None) -> list[LineTable]:
    """
    Return the tables with a header of documents or money, with their lines.

    A table without a header goes on with the one before it if it is as wide: a new page began.

    :param told: what people said columns mean, which stands over their names
    """
    found: list[tuple[Table, _Reading, list[Table]]] = []
    for table in tables:
        header = _header(table.rows, told or {})
        before = found[-1] if found else None
        if header is not None:
            first, roles, names = header
            cells = [cell for row in table.rows[: first + 1] for cell in row]
            place = (min(cell.start for cell in table.rows[first]), max(cell.end for cell in cells))
            point = _point(table)
            below = [row for row in table.rows[first + 1 :] if not is_total(row, roles)]
            named = fitted(roles, names, below, point)
            known = says_why(below, guess_columns(named, below, point))
            reading = _Reading(known, place, tuple(names), point)
            found.append((table, reading, [table]))
        elif before is not None and _width(table) == _width(before[0]):
            first, reading = -1, before[1]
            before[2].append(table)
        else:
            continue
        for row in table.rows[first + 1 :]:
            reading.take(row)
        reading.settle()
    return [
        LineTable(
            lines=tuple(reading.lines),
            roles=reading.roles,
            totals=reading.totals,
            total_cells=reading.total_cells,
            currency=next(filter(None, map(_currency, pages)), None),
            page=table.page,
            name=table.name,
            header=reading.header,
            names=reading.names,
        )
        for table, reading, pages in found
        if reading.lines or reading.totals
    ]


def _width(table: Table) -> int:
    return max((len(row) for row in table.rows), default=0)


def _point(table: Table) -> str | None:
    return decimal_sign("\n".join(cell.text for row in table.rows for cell in row))


def _header(
    rows: Sequence[Sequence[Cell]], told: Layouts
) -> tuple[int, dict[int, str], list[str]] | None:
    """Return the last row of the header, the roles of its columns and their names."""
    best: tuple[float, int, dict[int, str], list[str]] | None = None
    wordy = [_is_wordy(row) for row in rows[: HEADER_ROWS_MAX + HEADER_HEIGHT_MAX]]
    for index in range(min(len(rows), HEADER_ROWS_MAX)):
        for height in range(1, HEADER_HEIGHT_MAX + 1):
            names = _names(rows, index, height) if all(wordy[index : index + height]) else None
            if names is None:
                continue
            roles, weight = _roles(names)
            known = told.get(signature_of(names)) if told else None
            if known:
                return index + height - 1, _with_told(roles, known), names
            useful = set(roles.values()) & {"document", *MONEY_ROLES, "item", "order", "own"}
            if len(roles) >= ROLES_MIN and useful and (best is None or weight > best[0] + BETTER):
                best = (weight, index + height - 1, roles, names)
    if best is None:
        return None
    _, last, roles, names = best
    barred = _without_sums(rows[last + 1 : last + 1 + ROWS_TRIED])
    if any(roles.get(column) in MONEY_ROLES for column in barred):
        roles = _roles(names, barred)[0]
    return last, roles, names


def _without_sums(rows: Sequence[Sequence[Cell]]) -> frozenset[int]:
    """Return the columns that hold something, and no amount in any row."""
    filled: set[int] = set()
    summed: set[int] = set()
    for row in rows:
        for column, cell in enumerate(row):
            if cell.text.strip():
                filled.add(column)
                marked = MARKED.fullmatch(cell.text.strip())
                value = parse_cell(marked["sum"] if marked else cell.text)
                if value is not None and parse_date(cell.text) is None:
                    summed.add(column)
    return frozenset(filled - summed)


def _with_told(roles: Mapping[int, str], told: Mapping[int, str]) -> dict[int, str]:
    """A person's word stands over a column's name; a role moves, and none is a role too."""
    given = set(told.values())
    kept = {column: role for column, role in roles.items() if role not in given}
    return {column: role for column, role in {**kept, **told}.items() if role}


def _is_wordy(row: Sequence[Cell]) -> bool:
    """Whether a row can be part of a header: no numbers, no dates, a rate at most."""
    return not any(
        (NUMBERED.match(cell.text) and not RATE.fullmatch(cell.text.strip()))
        or parse_cell(cell.text) is not None
        for cell in row
    )


def _names(rows: Sequence[Sequence[Cell]], index: int, height: int) -> list[str] | None:
    """Return the column names if the rows can be a header: words, no numbers."""
    if index + height > len(rows):
        return None
    chosen = rows[index : index + height]
    if height > 1 and sum(bool(cell.text.strip()) for cell in chosen[0]) < ROLES_MIN:
        return None  # a title
    width = max(len(row) for row in chosen)
    names = [
        " ".join(row[column].text for row in chosen if column < len(row)).strip()
        for column in range(width)
    ]
    filled = [name for name in names if name]
    return names if len(filled) >= ROLES_MIN else None


def column_roles(names: Sequence[str]) -> dict[int, str]:
    """Return the role each name of a header speaks for, by column."""
    return _roles(names)[0]


def _roles(
    names: Sequence[str], barred: frozenset[int] = frozenset()
) -> tuple[dict[int, str], float]:
    """
    Give each column the role its name speaks for; two columns never share one.

    :param barred: columns that hold no sums, whatever they are called
    """
    wishes = []
    for column, name in enumerate(names):
        if name and len(name) <= HEADER_CELL_CHARS_MAX:
            wishes += [
                (weight, column, role)
                for role, weight in role_weights(name).items()
                if role not in MONEY_ROLES or column not in barred
            ]
    roles: dict[int, str] = {}
    total = 0.0
    for weight, column, role in sorted(wishes, key=lambda wish: (-wish[0], wish[1])):
        if column not in roles and role not in roles.values():
            roles[column] = role
            total += weight
    return roles, total


def _currency(table: Table) -> str | None:
    return find_currency("\n".join(cell.text for row in table.rows[:80] for cell in row))

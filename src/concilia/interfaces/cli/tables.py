"""CSV files as tables of text: a header line by name, rows by line number, nothing trusted."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import AmountUnreadable, Money

if TYPE_CHECKING:
    from _csv import Reader

CHUNK_ROWS = 1_000  # their cells stay in the processor's cache
FIELD_CHARACTERS_MAX = 1_000_000
TOLD_MAX = 20
DELIMITERS = ",;\t|"


class TableUnreadable(Exception):
    """The whole file cannot be read; the message is one sentence for a person."""


class CellUnreadable(ValueError):
    """One cell of a row cannot be read; the message says which column and why."""


@dataclass
class Problems:
    """What could not be read: every sentence is told once, the first twenty of a file in full."""

    tell: Callable[[str], None]
    count: int = 0
    by_file: dict[str, int] = field(default_factory=dict)

    def add(self, path: Path, line: int, sentence: str, *, unit: str = "line") -> None:
        """This will tell one problem of one row, or of one entry of a bank file."""
        self.count += 1
        told = self.by_file.get(path.name, 0) + 1
        self.by_file[path.name] = told
        if told <= TOLD_MAX:
            self.tell(f"{path.name}, {unit} {line}: {sentence}")

    def sum_up(self) -> None:
        """This will tell how many more there are."""
        for name, told in self.by_file.items():
            if told > TOLD_MAX:
                self.tell(f"{name}: {told - TOLD_MAX} more rows could not be read.")


@dataclass(frozen=True)
class Chunk:
    """A thousand rows; the first ends on `first_line`."""

    rows: list[list[str]]
    first_line: int

    def numbered(self) -> Iterator[tuple[list[str], int]]:
        """Yield the rows that are not empty, each with the line it ends on."""
        line = self.first_line
        for place, row in enumerate(self.rows):
            if place:
                line += 1 + sum(cell.count("\n") for cell in row)
            if row:
                yield row, line


class Table:
    """One CSV file. Columns are found by name, in any order; unknown columns are left alone."""

    def __init__(self, path: Path, columns: Sequence[str], optional: Sequence[str] = ()) -> None:
        self.path = path
        self.columns = columns
        self._optional = frozenset(optional)

    def chunks(self) -> Iterator[Chunk]:
        """
        Yield rows whose cells stand in the order of `columns`; an empty line is an empty row.

        A row with too few cells keeps its length: who reads it says what is missing.

        :raises TableUnreadable: if there is no such file, no header, or a column is missing
        """
        csv.field_size_limit(FIELD_CHARACTERS_MAX)
        try:
            with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                first = file.readline()
                file.seek(0)
                yield from self._read(csv.reader(file, delimiter=_delimiter(first)))
        except OSError as error:
            raise TableUnreadable(f"{self.path}: {error.strerror}.") from error
        except csv.Error as error:
            raise TableUnreadable(f"{self.path}: is not a CSV file ({error}).") from error

    def _read(self, reader: Reader) -> Iterator[Chunk]:
        header = [name.strip().lower() for name in next(reader, [])]
        missing = [c for c in self.columns if c not in header and c not in self._optional]
        if missing:
            names = ", ".join(missing)
            raise TableUnreadable(f"{self.path}: the header has no column {names}.")
        places = [header.index(c) if c in header else -1 for c in self.columns]
        straight = places == list(range(len(header)))
        while True:
            first = next(reader, None)
            if first is None:
                return
            line = reader.line_num
            rows = [first, *islice(reader, CHUNK_ROWS - 1)]
            yield Chunk(rows if straight else [_arranged(row, places) for row in rows], line)


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def _arranged(row: list[str], places: Sequence[int]) -> list[str]:
    if not row:
        return row
    if len(row) <= max(places):
        return row[: min(len(row), len(places) - 1)]
    return [row[place] if place >= 0 else "" for place in places]


def require_cells(row: Sequence[str], columns: Sequence[str]) -> None:
    """:raises CellUnreadable: if the row is too short or too long"""
    if len(row) != len(columns):
        raise CellUnreadable(f"has {len(row)} cells, {len(columns)} are needed")


@lru_cache(maxsize=65_536)
def read_date(text: str) -> date:
    """:raises ValueError: if it is not an ISO date"""
    return date.fromisoformat(text)


def cell_date(text: str, column: str) -> date:
    """:raises CellUnreadable: if it is not a date such as 2026-03-31"""
    try:
        return read_date(text.strip()[:10])
    except ValueError:
        raise CellUnreadable(f"{column}: “{text[:40]}” is not a date like 2026-03-31") from None


def cell_date_or_none(text: str, column: str) -> date | None:
    """The date, or None where there is none."""
    return cell_date(text, column) if text.strip() else None


def cell_amount(text: str, currency: str, column: str) -> int:
    """
    The amount in minor units of the currency.

    :raises CellUnreadable: if it is not an amount such as 1234.50
    """
    try:
        return Money.parse(text.strip(), currency).minor
    except AmountUnreadable as error:
        raise CellUnreadable(f"{column}: {error}") from None


def cell_amount_or_zero(text: str, currency: str, column: str) -> int:
    """The amount in minor units, 0 where there is none."""
    return cell_amount(text, currency, column) if text.strip() else 0


def cell_currency(text: str) -> str:
    """:raises CellUnreadable: if it is not a currency of ISO 4217"""
    code = text.strip().upper()
    try:
        exponent_of(code)
    except ValueError as error:
        raise CellUnreadable(f"currency: {error}") from None
    return code


def cell_text(text: str, column: str) -> str:
    """:raises CellUnreadable: if there is none"""
    tidy = text.strip()
    if not tidy:
        raise CellUnreadable(f"{column} is empty")
    return tidy


def cell_list(text: str) -> tuple[str, ...]:
    """The parts of a list that is separated by `|`."""
    return tuple(part for one in text.split("|") if (part := one.strip()))

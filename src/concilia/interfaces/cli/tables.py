"""CSV files as tables of text: a header line by name, rows by line number, nothing trusted."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from io import SEEK_CUR, StringIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import AmountUnreadable, Money

if TYPE_CHECKING:
    from _csv import Reader

CHUNK_ROWS = 1_000  # their cells stay in the processor's cache
BLOCK_BYTES = 1 << 16  # as many
FIELD_CHARACTERS_MAX = 1_000_000
TOLD_MAX = 20
CENTS = re.compile(r"-?[0-9]{1,15}\.[0-9]{2}")
DECIMALS = 2
DELIMITERS = ",;\t|"
_CELLS = {mark: bytes(set(range(256)) - {ord(mark), ord("\n")}) for mark in DELIMITERS}


class TableUnreadable(Exception):
    """The whole file cannot be read; the message is one sentence for a person."""


class CellUnreadable(ValueError):
    """One cell of a row cannot be read; the message says which column and why."""


@dataclass(frozen=True)
class Bad:
    """A payment that could not be read: its id where there is one, and why."""

    payment_id: str | None
    problem: str


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

    def take_over(self, other: Problems) -> None:
        """This will count what was told elsewhere."""
        self.count += other.count
        self.by_file |= other.by_file

    def sum_up(self) -> None:
        """This will tell how many more there are."""
        for name, told in self.by_file.items():
            if told > TOLD_MAX:
                self.tell(f"{name}: {told - TOLD_MAX} more rows could not be read.")


@dataclass(frozen=True)
class Chunk:
    """
    Some rows; the first ends on `first_line`.

    They are columns already where no cell is quoted and no row is too short or too long.
    """

    first_line: int
    rows_read: Sequence[Sequence[str]] = ()
    columns: Sequence[Sequence[str]] | None = None

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows, the empty ones too."""
        return self.rows_read if self.columns is None else list(zip(*self.columns, strict=True))

    def numbered(self) -> Iterator[tuple[Sequence[str], int]]:
        """Yield the rows that are not empty, each with the line it ends on."""
        line = self.first_line
        for place, row in enumerate(self.rows):
            if place:
                line += 1 + ("".join(row).count("\n") if self.columns is None else 0)
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
            with self.path.open("rb") as file:
                yield from self._read(file)
        except OSError as error:
            raise TableUnreadable(f"{self.path}: {error.strerror}.") from error
        except csv.Error as error:
            raise TableUnreadable(f"{self.path}: is not a CSV file ({error}).") from error

    def _read(self, file: BinaryIO) -> Iterator[Chunk]:
        """
        Most of most files has no quotes: there what stands between separators are the cells. From
        the first quote on the rest is for the slower reader that knows them.
        """
        head = file.readline()
        header = head.decode("utf-8-sig", "replace")
        delimiter = _delimiter(re.split("[\r\n]", header)[0])
        if '"' in header or "\r" in header.rstrip("\r\n"):
            file.seek(0)
            with TextIOWrapper(file, "utf-8-sig", errors="replace", newline="") as text:
                reader = csv.reader(text, delimiter=delimiter)
                yield from self._chunks(self._layout(next(reader, [])), reader, 0)
            return
        layout = self._layout(next(csv.reader([header], delimiter=delimiter), []))
        line = 1
        while block := file.read(BLOCK_BYTES) + file.readline():
            cells = _cells(block, delimiter, layout.width)
            if cells is not None:
                columns = layout.columns(cells)
                yield Chunk(line + 1, columns=columns)
                line += len(columns[0])
                continue
            rest: IO[str] = StringIO(block.decode("utf-8", "replace"), newline="")
            if b'"' in block:
                file.seek(-len(block), SEEK_CUR)
                rest = TextIOWrapper(file, "utf-8", errors="replace", newline="")
            with rest:
                reader = csv.reader(rest, delimiter=delimiter)
                yield from self._chunks(layout, reader, line)
                line += reader.line_num
            if file.closed:
                return

    def _layout(self, header: Sequence[str]) -> _Layout:
        names = [name.strip().lower() for name in header]
        missing = [c for c in self.columns if c not in names and c not in self._optional]
        if missing:
            told = ", ".join(missing)
            raise TableUnreadable(f"{self.path}: the header has no column {told}.")
        return _Layout([names.index(c) if c in names else -1 for c in self.columns], len(names))

    def _chunks(self, layout: _Layout, reader: Reader, before: int) -> Iterator[Chunk]:
        """:param before: the lines before what is read"""
        while True:
            first = next(reader, None)
            if first is None:
                return
            line = before + reader.line_num
            rows = [first, *islice(reader, CHUNK_ROWS - 1)]
            yield Chunk(line, layout.arranged(rows))


@dataclass(frozen=True)
class _Layout:
    """Where the columns that are wanted stand among `width`; -1 where the file has none."""

    places: Sequence[int]
    width: int

    def columns(self, cells: Sequence[str]) -> list[Sequence[str]]:
        """Cut cells that stand one after the other into columns."""
        none = [""] * (len(cells) // self.width)
        return [cells[place :: self.width] if place >= 0 else none for place in self.places]

    def arranged(self, rows: list[list[str]]) -> list[list[str]]:
        """Put the cells of each row in the order that is wanted."""
        if self.places == list(range(self.width)):
            return rows
        return [_arranged(row, self.places) for row in rows]


def _cells(block: bytes, delimiter: str, width: int) -> list[str] | None:
    """The cells of whole lines, row after row; None if not every row has just so many."""
    if b"\r" in block:
        block = block.replace(b"\r\n", b"\n")
    if not block.endswith(b"\n"):
        block += b"\n"
    mark = delimiter.encode()
    row = mark * (width - 1) + b"\n"
    separators = block.translate(None, _CELLS[delimiter])
    is_regular = separators == row * block.count(b"\n") and b"\r" not in block
    if not is_regular or b'"' in block or len(block) > FIELD_CHARACTERS_MAX:
        return None
    cells = block.decode("utf-8", "replace").replace(delimiter, "\n").split("\n")
    cells.pop()
    return cells


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
    if CENTS.fullmatch(text) and exponent_of(currency) == DECIMALS:  # most of most files
        return int(text.replace(".", ""))
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

"""Delimited text of any origin as rows of cells, in a stream: memory does not grow with it."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Final

HEAD_BYTES: Final = 1 << 18
SAMPLE_LINES: Final = 200
DELIMITERS: Final = ";\t|,"
CELL_CHARACTERS_MAX: Final = 20_000
COLUMNS_MAX: Final = 300
COMMA_HANDICAP: Final = 1.3
BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

Row = tuple[int, list[str]]


class TableUnreadable(Exception):
    """The file is no table: `key` and `args` of a sentence."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(key)
        self.key = key
        self.args_of_key = args


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written."""

    encoding: str
    delimiter: str
    skip_first_line: bool = False


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 is read as Windows-1252, which programs mix in without saying."""
    assert isinstance(error, UnicodeDecodeError)
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("concilia-windows", _as_windows)


def dialect_of(head: bytes) -> Dialect:
    """
    Tell encoding and delimiter from the first bytes of a file.

    Semicolon, tab and bar come before the comma, which is a decimal mark in four of five languages.
    """
    encoding = _encoding_of(head)
    text = head.decode(encoding, "replace").lstrip("\ufeff")
    first = text.partition("\n")[0].rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return Dialect(encoding, first[-1], skip_first_line=True)
    return Dialect(encoding, _delimiter_of(text))


def read_rows(stream: BinaryIO, dialect: Dialect) -> Iterator[Row]:
    """
    Yield every row that is not empty with its number as a spreadsheet counts: the first is 1.

    :raises TableUnreadable: if a quote never closes, a cell or a row has no end
    """
    errors = "concilia-windows" if dialect.encoding.startswith("utf-8") else "replace"
    text = io.TextIOWrapper(stream, encoding=dialect.encoding, errors=errors, newline="")
    csv.field_size_limit(CELL_CHARACTERS_MAX)
    reader = csv.reader(_without_nul(text), delimiter=dialect.delimiter, skipinitialspace=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number == 1 and dialect.skip_first_line:
                continue
            if len(row) > COLUMNS_MAX:
                raise TableUnreadable("too_many_columns", most=COLUMNS_MAX)
            if any(row):
                yield number, row
    except csv.Error:
        raise TableUnreadable("broken_row", row=number + 1) from None


def _without_nul(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line.replace("\0", "") if "\0" in line else line


def _encoding_of(head: bytes) -> str:
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    sample = head[:400]
    if sample.count(b"\0") > len(sample) // 3:
        return "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter_of(text: str) -> str:
    lines = [line for line in text.splitlines()[:SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        counts = Counter(width for line in lines if (width := _width(line, delimiter)) > 1)
        if not counts:
            continue
        width, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        score = float(times * min(width, 8))
        if score > best_score * (COMMA_HANDICAP if delimiter == "," else 1):
            best, best_score = delimiter, score
    return best


def _width(line: str, delimiter: str) -> int:
    if '"' not in line:
        return line.count(delimiter) + 1
    try:
        return len(next(csv.reader([line], delimiter=delimiter)))
    except csv.Error:
        return 0


def widest(rows: Sequence[Row]) -> int:
    """Return the number of cells most of the rows have; the wider of two that are as frequent."""
    counts = Counter(len(row) for _, row in rows)
    return max(counts, key=lambda width: (counts[width], width)) if counts else 0

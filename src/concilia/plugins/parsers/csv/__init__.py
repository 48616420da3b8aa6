"""Delimited text, however it was exported."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import ClassVar, Final

from concilia.documents.core.decoding import decode
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed

DELIMITERS: Final = ";\t|,"
SAMPLE_LINES: Final = 60
FIELD_CHARS_MAX: Final = 100_000
ROWS_MAX: Final = 200_000


class CsvParser:
    """Any delimiter, quoting, encoding, Excel's `sep=` line; titles above the header stay rows."""

    formats: ClassVar[tuple[str, ...]] = ("csv",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the file as one table, every row as it stands."""
        text = decode(source.content)
        first, _, rest = text.partition("\n")
        delimiter = ""
        if first.lower().startswith("sep=") and len(first) == len("sep=;"):
            delimiter, text = first[-1], rest
        delimiter = delimiter or _delimiter(text)
        csv.field_size_limit(FIELD_CHARS_MAX)
        out = TextWriter()
        rows = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
        try:
            table = out.table(_values(rows))
        except csv.Error as error:
            raise ParserFailed(f"line {rows.line_num}: {error}") from error
        warnings: tuple[str, ...] = ()
        if len(table.rows) >= ROWS_MAX:
            warnings = (f"more than {ROWS_MAX} lines, the rest is not read",)
        return ParsedDocument("csv", out.text(), tables=(table,), warnings=warnings)


def _values(rows: csv._reader) -> list[list[str]]:  # type: ignore[name-defined]
    kept = []
    for row in rows:
        kept.append([" ".join(value.split()) for value in row])
        if len(kept) >= ROWS_MAX:
            break
    return kept


def _widths(lines: list[str], delimiter: str) -> Counter[int]:
    """How often each number of fields comes; none where a field is endless."""
    try:
        return Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return Counter()


def _delimiter(text: str) -> str:
    """
    Choose the delimiter that cuts most lines into the same number of fields.

    Semicolon, tab and bar come before the comma, which is a decimal sign in four of five languages.
    """
    lines = [line for line in text.split("\n")[:SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0
    for delimiter in DELIMITERS:
        counts = _widths(lines, delimiter)
        if not counts:
            continue
        width, times = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        score = times * min(width, 8)
        if score > best_score * (1.3 if delimiter == "," else 1):
            best, best_score = delimiter, score
    return best

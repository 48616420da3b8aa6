"""
Tables that people type or paste into plain text: columns apart by bars, tabs, semicolons, spaces.

Lines that stand together and have several cells each are taken for one; whether it means anything
is for its header to say (`tables.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from concilia.documents.core.parsed import Cell, Table

SEPARATORS: Final = (
    re.compile(r"[ ]*\|[ ]*"),
    re.compile(r"[ ]*\t[ \t]*"),
    re.compile(r"[ ]*;[ ]*"),
    re.compile(r"[ ]{2,}"),
)
SPACES: Final = SEPARATORS[-1]
ALIGNED_MIN: Final = 3
ALIGNED_MAX: Final = 40
RULE: Final = frozenset(" \t|+:=_-")
LINE_CHARS_MAX: Final = 1000  # longer ones are prose, or there to keep us busy
STROKE: Final = re.compile(r"[-=]{2,}")
STROKES_MIN: Final = 3
ROWS_MIN: Final = 2
CELLS_MIN: Final = 2
CELL_CHARS_MAX: Final = 120
GAP_LINES_MAX: Final = 1  # an empty line may stand between the header and the rows


def find_text_tables(text: str, start: int = 0) -> list[Table]:
    """
    Return what looks like tables in a text, cells with their places.

    :param start: where to begin, behind the subject of a mail
    """
    lines, position = [], start
    for line in text[start:].split("\n"):
        lines.append((position, line))
        position += len(line) + 1
    tables: list[Table] = []
    rows: list[tuple[Cell, ...]] = []
    places: list[int] = []
    separator: re.Pattern[str] | None = None
    ruled: list[tuple[int, int]] = []
    gap = 0
    for place, line in [*lines, (position, "\0")]:
        if (rows and _is_rule(line)) or (rows and not line.strip() and gap < GAP_LINES_MAX):
            gap += not line.strip()
            ruled = max(ruled, _strokes(line), key=len)
            continue
        used = separator if separator is not None and _parts(separator, line) else None
        used = used or _separator(line)
        if used is not separator or used is None:
            if separator is SPACES and len(ruled) >= max(map(len, rows), default=0) > 0:
                rows = [
                    _between(text, row, at, ruled) for row, at in zip(rows, places, strict=True)
                ]
                places = []
            tables += _table(rows, places if separator is SPACES else [])
            rows, places, separator, ruled = [], [], used, []
        gap = 0
        if used is not None:
            rows.append(_cells(place, line, used))
            places.append(place)
    return tables


def _parts(separator: re.Pattern[str], line: str) -> bool:
    """Whether what parted the cells of the line before parts this one."""
    return len(line) <= LINE_CHARS_MAX and separator.search(line.strip()) is not None


def _is_rule(line: str) -> bool:
    """Whether a line is drawn: `|---|---|`."""
    return bool(line.strip()) and set(line) <= RULE and len(set(line) & {"-", "=", "_"}) > 0


def _strokes(line: str) -> list[tuple[int, int]]:
    """Return the columns that strokes draw: `---------- -------- ----`; none if there are few."""
    found = [each.span() for each in STROKE.finditer(line)]
    return found if STROKES_MIN <= len(found) <= ALIGNED_MAX else []


def _between(
    text: str, row: tuple[Cell, ...], place: int, ruled: Sequence[tuple[int, int]]
) -> tuple[Cell, ...]:
    """Cut a line where the strokes below its header end; as it was if a word is cut in two."""
    end = text.find("\n", place)
    line = text[place : end if end >= 0 else None]
    bounds = [0, *(following for (_, _), (following, _) in pairwise(ruled)), len(line) + 1]
    if any(0 < at < len(line) and not line[at - 1].isspace() for at in bounds[1:-1]):
        return row
    cells = []
    for begin, stop in pairwise(bounds):
        inside = line[begin:stop]
        start = place + min(begin, len(line)) + len(inside) - len(inside.lstrip())
        words = inside.strip()
        start = start if words else place + min(begin, len(line))
        cells.append(Cell(words, start, start + len(words)))
    return tuple(cells)


def _separator(line: str) -> re.Pattern[str] | None:
    """Return what stands between the cells of a line; None if it is one of prose."""
    if len(line) > LINE_CHARS_MAX:
        return None
    inside = line.strip(" |")
    for separator in SEPARATORS:
        parts = separator.split(inside)
        if len(parts) >= CELLS_MIN and all(len(part) <= CELL_CHARS_MAX for part in parts):
            return separator
    return None


def _cells(place: int, line: str, separator: re.Pattern[str]) -> tuple[Cell, ...]:
    lead = len(line) - len(line.lstrip(" |" if "|" in separator.pattern else " "))
    inside = line[lead:].rstrip()
    if "|" in separator.pattern and inside.endswith("|") and line.lstrip().startswith("|"):
        inside = inside[:-1].rstrip()
    bounds = [(0, 0), *(found.span() for found in separator.finditer(inside))]
    bounds.append((len(inside), len(inside)))
    return tuple(
        Cell(inside[begin:end], place + lead + begin, place + lead + end)
        for (_, begin), (end, _) in pairwise(bounds)
    )


def _table(rows: Sequence[tuple[Cell, ...]], places: Sequence[int]) -> list[Table]:
    """Return the rows as a table; `places` are where its lines begin if spaces part its columns."""
    if len(rows) < ROWS_MIN:
        return []
    return [Table(tuple(_aligned(rows, places) if places else rows))]


def _aligned(rows: Sequence[tuple[Cell, ...]], places: Sequence[int]) -> list[tuple[Cell, ...]]:
    """Put the cells of rows that leave some empty under those of the rows that fill them all."""
    wide = max(map(len, rows))
    full = [(row, at) for row, at in zip(rows, places, strict=True) if len(row) == wide]
    if not ALIGNED_MIN <= wide <= ALIGNED_MAX or len(full) == len(rows):
        return list(rows)
    spans = [
        (min(row[n].start - at for row, at in full), max(row[n].end - at for row, at in full))
        for n in range(wide)
    ]
    return [_under(row, at, spans) for row, at in zip(rows, places, strict=True)]


def _under(row: tuple[Cell, ...], at: int, spans: Sequence[tuple[int, int]]) -> tuple[Cell, ...]:
    """Return a row with empty cells where it has none; as it is where its cells fit no columns."""
    if len(row) == len(spans):
        return row
    columns = [
        min(range(len(spans)), key=lambda n: _apart(spans[n], cell.start - at, cell.end - at))
        for cell in row
    ]
    if any(left >= right for left, right in pairwise(columns)):
        return row
    filled = dict(zip(columns, row, strict=True))
    made: list[Cell] = []
    end = row[0].start
    for column in range(len(spans)):
        cell = filled.get(column) or Cell("", end, end)
        made.append(cell)
        end = cell.end
    return tuple(made)


def _apart(span: tuple[int, int], start: int, end: int) -> tuple[int, int]:
    """How far two stretches are apart; of those that touch, the one with more in common."""
    common = min(span[1], end) - max(span[0], start)
    return (max(-common, 0), -common)

"""
From words on a page to lines, cells and tables.

Lines are words at one height. A gap wider than a letter's height parts two cells. Where several
lines in a row have cells, the white rivers that run down between them part the columns.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter, sub
from typing import Final, NamedTuple

from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import Cell, Page, Table, Word

SAME_LINE: Final = 0.5  # of the height: how far apart the middles of one line's words may be
CELL_GAP: Final = 0.75  # of the height: a wider gap parts cells
PAGE_POINTS_MAX: Final = 14_400  # the widest page PDF allows; what is wider is damaged
RIVER_WIDTH: Final = 0.38  # of the height: a narrower one is the space between two words
RIVER_LEAKS: Final = 0.04  # share of the lines that may run across a river
TABLE_LINES_MIN: Final = 2
TABLE_COLUMNS_MIN: Final = 2
TABLE_BREAK: Final = 3.2  # of the height: a wider vertical gap ends a table
PLAIN_LINES_MAX: Final = 2  # full lines inside a table: a heading between its rows
WRAPPED_WIDTH: Final = 0.45  # of the table: narrower lone lines are a cell's wrapped text
WRAPPED_LINES_MAX: Final = 12
HEADER_CELLS_MIN: Final = 3
HEADS_MAX: Final = 12
NUMBER: Final = re.compile(r"\d{3}|\d[.,/-]\d")
FILLED_MIN: Final = 0.3  # of the lines: a column of fewer is of one line's words
TELLING: Final = 0.61  # of the most cells a line has
SPACE_FACTOR: Final = 1.35  # a river is wider than the usual space between words
SPACED_LINES_MIN: Final = 4


HEIGHT_MIN: Final = 1.0  # of a word, whatever its box


class PageWord(NamedTuple):
    """A word and its box in points from the top left corner."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


LEFT: Final = attrgetter("x0")


class _Line:
    """Words at one height, left to right; `starts` are their offsets in the text once written."""

    def __init__(self, words: list[PageWord]) -> None:
        self.words = sorted(words, key=LEFT)
        self.starts: list[int] = []
        _, _, tops, rights, bottoms = zip(*self.words, strict=True)
        self.top, self.bottom = min(tops), max(bottoms)
        heights: list[float] = sorted(map(sub, bottoms, tops))
        self.height: float = max(heights[len(heights) // 2], HEIGHT_MIN)
        # Whether a cell begins with each word but the first.
        gap = CELL_GAP * self.height
        self.gaps = [
            word.x0 - right > gap for right, word in zip(rights, self.words[1:], strict=False)
        ]
        self.cells = 1 + sum(self.gaps)

    @property
    def may_be_header(self) -> bool:
        """Whether it has several cells and no number: `Skonto 2 %` may be a column's name."""
        if self.cells < HEADER_CELLS_MIN:
            return False
        return not any(NUMBER.search(word.text) for word in self.words)


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole document's text with pages, words and tables placed in it."""

    text: str
    pages: tuple[Page, ...]
    words: tuple[Word, ...]
    tables: tuple[Table, ...]


def compose(pages: list[tuple[list[PageWord], float, float]]) -> Composed:
    """Return the text of all pages; each page is (words, width, height)."""
    out = TextWriter()
    placed: list[Word] = []
    sheets: list[Page] = []
    tables: list[Table] = []
    made = tuple.__new__  # half the time of `Word(...)`, and there are many
    for number, (words, width, height) in enumerate(pages, start=1):
        start = out.length
        lines = _lines(words)
        _write(lines, out)
        out.write("\n")
        sheets.append(Page(number, start, out.length, width, height))
        for line in lines:
            placed += [
                made(Word, (offset, offset + len(text), number, (x0, y0, x1, y1)))
                for (text, x0, y0, x1, y1), offset in zip(line.words, line.starts, strict=True)
            ]
        tables += [
            table
            for block in _blocks(lines)
            for part in _apart(block)
            if (table := _table(part, number))
        ]
    return Composed(out.text(), tuple(sheets), tuple(placed), tuple(tables))


def _lines(words: list[PageWord]) -> list[_Line]:
    groups: list[list[PageWord]] = []
    last_middle = last_height = 0.0
    placed = [
        ((y0 + y1) / 2, x0, at, max(y1 - y0, HEIGHT_MIN))
        for at, (_, x0, y0, _, y1) in enumerate(words)
    ]
    for middle, _, at, height in sorted(placed):
        word = words[at]
        if groups and abs(middle - last_middle) <= SAME_LINE * min(height, last_height):
            groups[-1].append(word)
        else:
            groups.append([word])
        last_middle, last_height = middle, height
    return [_Line(group) for group in groups]


def _write(lines: list[_Line], out: TextWriter) -> None:
    above: _Line | None = None
    for line in lines:
        if above is not None and line.top - above.bottom > above.height:
            out.write("\n")
        for position, word in enumerate(line.words):
            if position:
                out.write("\t" if line.gaps[position - 1] else " ")
            line.starts.append(out.write(word.text))
        out.write("\n")
        above = line


def _blocks(lines: list[_Line]) -> list[list[_Line]]:
    """Return runs of lines that stand close together and mostly have several cells."""
    blocks: list[list[_Line]] = []
    block: list[_Line] = []
    plain = 0.0
    for line in lines:
        far = bool(block) and line.top - block[-1].bottom > TABLE_BREAK * line.height
        several = line.cells >= TABLE_COLUMNS_MIN
        weight = PLAIN_LINES_MAX / WRAPPED_LINES_MAX if _is_wrapped(line, block) else 1.0
        if far or (not several and (not block or plain + weight > PLAIN_LINES_MAX)):
            blocks.append(block)
            block, plain = ([line], 0.0) if several else ([], 0.0)
            continue
        block.append(line)
        plain = 0.0 if several else plain + weight
    blocks.append(block)
    return [_trimmed(block) for block in blocks if block]


def _is_wrapped(line: _Line, block: list[_Line]) -> bool:
    """Whether a lone line is narrow and inside the table: a cell's text going on."""
    if not block:
        return False
    left = min(each.words[0].x0 for each in block)
    right = max(each.words[-1].x1 for each in block)
    inside = line.words[0].x0 >= left - 1 and line.words[-1].x1 <= right + 1
    return inside and line.words[-1].x1 - line.words[0].x0 <= WRAPPED_WIDTH * (right - left)


def _trimmed(block: list[_Line]) -> list[_Line]:
    """Leave out plain lines at the end: the paragraph below the table."""
    while block and block[-1].cells < TABLE_COLUMNS_MIN:
        block = block[:-1]
    return block


def _apart(block: list[_Line]) -> list[list[_Line]]:
    """
    Part a table from the letterhead above it, and from the next table.

    A line that may be a header begins a table if more columns run down from it than from above.
    """
    heads = [at for at, line in enumerate(block) if at and line.may_be_header][:HEADS_MAX]
    if not heads:
        return [block]
    columns = {at: _columns(block[at:]) for at in (0, *heads)}
    # A letterhead may have as many columns as the table below it, by chance.
    best = max(columns, key=lambda at: (columns[at], block[at].may_be_header, -at))
    if best:
        return [*_apart(block[:best]), *_apart(block[best:])]
    for at in heads:
        if at < TABLE_LINES_MIN:
            continue
        above = _columns(block[:at])
        anew = _begins_anew(block[at - 1], block[at]) and above >= TABLE_COLUMNS_MIN
        if (anew and block[at].cells == columns[at]) or above > columns[0] <= columns[at]:
            return [block[:at], *_apart(block[at:])]
    return [block]


def _columns(lines: list[_Line]) -> int:
    """Return how many columns rivers make of lines that many of them fill."""
    telling = _telling(lines)
    if len(telling) < TABLE_LINES_MIN:
        return 0
    borders = _rivers(telling)
    filled = [0] * (len(borders) + 1)
    for line in telling:
        for column in {bisect_left(borders, (word.x0 + word.x1) / 2) for word in line.words}:
            filled[column] += 1
    needed = max(TABLE_LINES_MIN, FILLED_MIN * len(telling))
    return sum(count >= needed for count in filled)


def _begins_anew(above: _Line, line: _Line) -> bool:
    """Whether something stands between two lines: a heading, or more room than between rows."""
    return above.cells < TABLE_COLUMNS_MIN or bool(line.top - above.bottom > line.height)


def _telling(lines: list[_Line]) -> list[_Line]:
    """Return the lines that fill most of their cells: what runs across those of others is free."""
    several = [line for line in lines if line.cells >= TABLE_COLUMNS_MIN]
    needed = TELLING * max((line.cells for line in several), default=0)
    return [line for line in several if line.cells >= needed]


def _table(block: list[_Line], page: int) -> Table | None:
    several = [line for line in block if line.cells >= TABLE_COLUMNS_MIN]
    if len(several) < TABLE_LINES_MIN:
        return None
    borders = _rivers(_telling(several))
    if len(borders) + 1 < TABLE_COLUMNS_MIN:
        return None
    rows = tuple(_row(line, borders) for line in block)
    return Table(rows, page)


def _rivers(lines: list[_Line]) -> list[float]:
    """Return the x of every white river between the first and the last word."""
    first = min(line.words[0].x0 for line in lines)
    last = max(line.words[-1].x1 for line in lines)
    if not last - first <= PAGE_POINTS_MAX:
        return []
    left, right = int(first), int(last) + 1
    crossed = _crossed(lines, left, right)
    leaks = int(RIVER_LEAKS * len(lines))
    needed = _river_width(lines)
    borders = []
    begin: int | None = None
    for x, count in enumerate(crossed):
        if count <= leaks and begin is None:
            begin = x
        elif count > leaks and begin is not None:
            if begin > 0 and x - begin >= needed:
                borders.append(left + (begin + x) / 2)
            begin = None
    return borders


def _crossed(lines: list[_Line], left: int, right: int) -> list[int]:
    """Count the words over every point between two places."""
    points = max(right - left, 0) + 1
    changes = [0] * (points + 1)
    for line in lines:
        for word in line.words:
            first, end = int(word.x0) - left, min(int(word.x1 + 0.999) - left, points)
            if first < end:
                changes[first] += 1
                changes[end] -= 1
    return list(accumulate(changes[:-1]))


def _river_width(lines: list[_Line]) -> float:
    """In a few lines words line up by chance; in many, all wider than a space is a river."""
    height = sorted(line.height for line in lines)[len(lines) // 2]
    spaces = sorted(
        right.x0 - left.x1
        for line in lines
        for left, right in zip(line.words, line.words[1:], strict=False)
        if 0 < right.x0 - left.x1 <= CELL_GAP * line.height
    )
    if len(lines) < SPACED_LINES_MIN or not spaces:
        return max(2.0, RIVER_WIDTH * height)
    return max(2.0, min(RIVER_WIDTH * height, SPACE_FACTOR * spaces[len(spaces) // 2]))


def _row(line: _Line, borders: list[float]) -> tuple[Cell, ...]:
    columns: list[list[tuple[PageWord, int]]] = [[] for _ in range(len(borders) + 1)]
    for word, start in zip(line.words, line.starts, strict=True):
        middle = (word.x0 + word.x1) / 2
        columns[bisect_left(borders, middle)].append((word, start))
    cells = []
    nearest = line.starts[0]
    for column in columns:
        if column:
            text = " ".join(word.text for word, _ in column)
            last, offset = column[-1]
            cells.append(Cell(text, column[0][1], offset + len(last.text)))
            nearest = offset + len(last.text)
        else:
            cells.append(Cell("", nearest, nearest))
    return tuple(cells)

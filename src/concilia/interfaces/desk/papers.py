"""A paper as the viewer shows it: pages, text or tables, with the places where values were read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from django.utils.translation import get_language, gettext

from concilia.documents.models import Document
from concilia.intake.core.reading import amount_in
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.components.originals import Opened
from concilia.interfaces.components.templatetags.concilia import day, full_date

MAILS: Final = frozenset({"eml", "msg", "mbox"})
SHEETS: Final = frozenset({"csv", "xlsx", "xls", "ods"})
SAME_LINE: Final = 0.6
BOX_ROOM: Final = 0.003
BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place a value was read at. `ref` ties it to the field of the reading with the same ref."""

    ref: str
    label: str
    text: str
    start: int | None
    end: int | None
    part: str = ""
    is_doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text, marked or not."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a message: said now, or quoted from before and folded away."""

    chunks: tuple[Chunk, ...]
    lines: int
    is_quoted: bool = False

    @property
    def is_marked(self) -> bool:
        return any(chunk.mark for chunk in self.chunks)


@dataclass(frozen=True, slots=True)
class Box:
    """A mark on a drawn page; the numbers are CSS percentages."""

    mark: Mark
    left: str
    top: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page as a picture, `ratio` is width by height as CSS wants it."""

    number: int
    ratio: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it was printed; the first row is its head."""

    name: str
    head: tuple[Chunk, ...]
    rows: tuple[tuple[Chunk, ...], ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """
    What the viewer shows of one document.

    `kind` is `pages mail grids entries text` or `none`; `error` says in one sentence why nothing
    can be shown.
    """

    document: Document
    kind: str
    pages: tuple[DrawnPage, ...] = ()
    blocks: tuple[Block, ...] = ()
    grids: tuple[Grid, ...] = ()
    statements: tuple[Mapping[str, Any], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    subject: tuple[Chunk, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""

    @property
    def mail_head(self) -> list[tuple[str, str]]:
        """The headers above the subject, named for the reader; empty ones are left out."""
        names = (
            ("from", gettext("From")),
            ("to", gettext("To")),
            ("cc", gettext("Copy to")),
            ("date", gettext("Date")),
        )
        said = {**self.headers, "date": _written_on(self.headers.get("date", ""))}
        return [(name, said[key]) for key, name in names if said.get(key)]


def lay_out(document: Document, opened: Opened, marks: Sequence[Mark]) -> Paper:
    """This will be a document ready for the viewer."""
    places = list(_located(marks, opened.text))
    warnings = tuple(gettext(text) for text in opened.warnings)
    paper = Paper(document=document, kind="none", warnings=warnings)
    if opened.pages:
        return replace(paper, kind="pages", pages=tuple(_pages(opened, places)))
    if opened.error or not (opened.text.strip() or opened.entries):
        reason = opened.error or gettext("There is no text in this file.")
        return replace(paper, error=gettext(reason))
    return _written(paper, opened, places)


def _written(paper: Paper, opened: Opened, places: Sequence[tuple[int, int, Mark]]) -> Paper:
    if opened.entries:
        statements = tuple(_statement(account) for account in opened.entries)
        return replace(paper, kind="entries", statements=statements)
    if opened.format in MAILS:
        blocks = tuple(_blocks(opened, places))
        subject = tuple(_chunks(opened.text, 0, max(0, _body(opened.text)[0] - 2), places))
        return replace(paper, kind="mail", blocks=blocks, headers=opened.metadata, subject=subject)
    if opened.tables and opened.format in SHEETS:
        return replace(paper, kind="grids", grids=tuple(_grids(opened, places)))
    whole = _block(opened.text, (0, len(opened.text)), places)
    return replace(paper, kind="text", blocks=(whole,))


def _written_on(text: str, written: Callable[[date], str] = full_date) -> str:
    """A date as a person writes it; as it came where it is none."""
    try:
        return written(date.fromisoformat(text))
    except ValueError:
        return text


def _located(marks: Iterable[Mark], text: str) -> Iterator[tuple[int, int, Mark]]:
    """Marks with their place in this very text; a place that says something else is looked for."""
    for mark in marks:
        if mark.start is not None and mark.end is not None and mark.start < mark.end <= len(text):
            there = text[mark.start : mark.end]
            if not mark.text or _plain(there) == _plain(mark.text):
                yield mark.start, mark.end, mark
                continue
        found = _find(mark.text, text)
        if found:
            yield *found, mark


def _plain(text: str) -> str:
    return BLANKS.sub(" ", text).strip().casefold()


def _find(wanted: str, text: str) -> tuple[int, int] | None:
    words = wanted.split()
    if not words:
        return None
    pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words) + r"(?!\w)"
    found = re.search(pattern, text, re.IGNORECASE)
    return found.span() if found else None


# Text


def _chunks(
    text: str, start: int, end: int, places: Sequence[tuple[int, int, Mark]]
) -> Iterator[Chunk]:
    """The text between two offsets, cut at its marks; of marks that overlap the shorter stays."""
    at = start
    for first, last, mark in _apart(places, start, end):
        if first > at:
            yield Chunk(text[at:first])
        yield Chunk(text[first:last], mark)
        at = last
    if at < end:
        yield Chunk(text[at:end])


def _apart(
    places: Sequence[tuple[int, int, Mark]], start: int, end: int
) -> list[tuple[int, int, Mark]]:
    kept: list[tuple[int, int, Mark]] = []
    inside = [place for place in places if start <= place[0] and place[1] <= end]
    for place in sorted(inside, key=lambda place: place[1] - place[0]):
        if all(place[1] <= other[0] or place[0] >= other[1] for other in kept):
            kept.append(place)
    return sorted(kept, key=lambda place: place[0])


def _body(text: str) -> tuple[int, int]:
    """Where the body of a mail starts: its text is the subject, an empty line, the body."""
    _, separator, _ = text.partition("\n\n")
    return (text.index("\n\n") + 2 if separator else 0), len(text)


def _blocks(opened: Opened, places: Sequence[tuple[int, int, Mark]]) -> Iterator[Block]:
    """A mail's body: what is said now, and between it what is quoted or signed."""
    start, end = _body(opened.text)
    at = start
    for first, last in [*opened.live, (end, end)]:
        if opened.text[at:first].strip():
            yield _block(opened.text, (at, first), places, is_quoted=bool(opened.live))
        if opened.text[first:last].strip():
            yield _block(opened.text, (first, last), places)
        at = max(at, last)


def _block(
    text: str,
    span: tuple[int, int],
    places: Sequence[tuple[int, int, Mark]],
    *,
    is_quoted: bool = False,
) -> Block:
    """A block without the empty lines around it."""
    start, end = span
    said = text[start:end]
    start += len(said) - len(said.lstrip("\n"))
    end -= len(said) - len(said.rstrip())
    lines = text.count("\n", start, end) + 1
    return Block(tuple(_chunks(text, start, end, places)), lines, is_quoted)


# Pages


def _pages(opened: Opened, places: Sequence[tuple[int, int, Mark]]) -> Iterator[DrawnPage]:
    boxes = list(_boxes(opened, places))
    for page in opened.pages:
        number = int(page["number"])
        on_page = tuple(box for where, box in boxes if where == number)
        yield DrawnPage(number, f"{float(page['ratio']):.4f}", on_page)


def _boxes(opened: Opened, places: Sequence[tuple[int, int, Mark]]) -> Iterator[tuple[int, Box]]:
    """One box for each line a mark touches."""
    for first, last, mark in places:
        touched = [word for word in opened.words if word[0] < last and word[1] > first]
        for page, words in groupby(touched, key=lambda word: int(word[2])):
            for line in _lines(list(words)):
                left = min(word[3] for word in line) - BOX_ROOM
                top = min(word[4] for word in line) - BOX_ROOM / 2
                right = max(word[3] + word[5] for word in line) + BOX_ROOM
                bottom = max(word[4] + word[6] for word in line) + BOX_ROOM / 2
                yield page, Box(mark, *map(_css, (left, top, right - left, bottom - top)))


def _lines(words: Sequence[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    line: list[tuple[Any, ...]] = []
    for word in words:
        if line and abs(word[4] - line[-1][4]) > SAME_LINE * line[-1][6]:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _css(share: float) -> str:
    return f"{max(0.0, min(1.0, share)) * 100:.2f}%"


# Tables


def _statement(account: Mapping[str, Any]) -> dict[str, Any]:
    """An account of a bank file with its amounts and days as the reader writes them."""
    language = get_language() or "en"
    entries = [
        {
            **entry,
            "date": _written_on(str(entry["date"]), day),
            "amount": _amount_text(str(entry["amount"]), str(entry["currency"]), language),
        }
        for entry in account["entries"]
    ]
    return {**account, "entries": entries}


def _amount_text(text: str, currency: str, language: str) -> str:
    minor = amount_in({"it": text}, "it", currency)
    return text if minor is None else str(format_amount(minor, currency, language))


def _grids(opened: Opened, places: Sequence[tuple[int, int, Mark]]) -> Iterator[Grid]:
    for table in opened.tables:
        rows = [tuple(_cell(cell, places) for cell in row) for row in table["rows"]]
        if not rows:
            continue
        name = str(table.get("name") or "")
        yield Grid(name, rows[0], tuple(rows[1:]), int(table.get("more") or 0))


def _cell(cell: Sequence[Any], places: Sequence[tuple[int, int, Mark]]) -> Chunk:
    text, start, end = str(cell[0]), int(cell[1]), int(cell[2])
    marks = (mark for first, last, mark in places if first < end and last > start)
    return Chunk(text, next(marks, None))

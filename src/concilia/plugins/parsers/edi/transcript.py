"""
A message in words: one line for each segment, every value with its place.

A template is a text with chunks between bars; a chunk whose field is empty is left out. A field is
`{element}` or `{element.component}`, with `:$` amount, `:n2` amount with implied decimals,
`:#` quantity, `:d` day, `:*` all components, `:=list` the word a code has in a list, and `:@list`
the code with its word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from concilia.documents.core.stated import Span
from concilia.plugins.parsers.edi.segments import Segment, clean
from concilia.plugins.parsers.edi.values import day, implied, number, quantity, shown

CHARS_MAX: Final = 8_000_000
_FIELD: Final = re.compile(r"\{(\d+)(?:\.(\d+))?(?::([^}]+))?\}")
Lists = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A segment and where its line and its values stand in the text."""

    segment: Segment
    start: int
    end: int
    spans: tuple[tuple[int, int, int, int], ...]

    @property
    def tag(self) -> str:
        return self.segment.tag

    def at(self, element: int, component: int = 1) -> str:
        """Return one value, tidy."""
        return self.segment.at(element, component)

    def number(self, element: int, component: int = 1) -> Decimal | None:
        """Return one value as a number."""
        return number(self.segment.at(element, component))

    def place(self, element: int, component: int = 1) -> Span:
        """Return where a value stands; the whole line where it is not shown by itself."""
        for known, part, start, end in self.spans:
            if known == element and part in {component, 0}:
                return start, end
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one standard: templates by tag, code lists by name, tags that open a loop."""

    templates: Mapping[str, str]
    lists: Lists
    openers: frozenset[str]
    closers: frozenset[str]


class Transcript:
    """Writes segments as lines and remembers the places of their values."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pieces: list[str] = []
        self._length = 0
        self._depth = 0
        self.is_full = False

    @property
    def text(self) -> str:
        """Return the text so far, every line with its end."""
        return "".join(self._pieces)

    def say(self, text: str) -> Span:
        """Write a line of our own; returns its place."""
        start = self._length
        self._write(f"{text}\n")
        return start, self._length - 1

    def add(self, segment: Segment) -> Line:
        """Write a segment; beyond the limit it is kept without words."""
        if self._length > CHARS_MAX:
            self.is_full = True
            return Line(segment, self._length, self._length, ())
        if segment.tag in self._words.openers or segment.tag in self._words.closers:
            self._depth = 0
        start = self._length + 2 * self._depth
        said, spans = in_words(segment, self._words)
        self._write(f"{'  ' * self._depth}{said}\n")
        if segment.tag in self._words.openers:
            self._depth = 1
        moved = tuple((e, c, start + begin, start + end) for e, c, begin, end in spans)
        return Line(segment, start, start + len(said), moved)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def in_words(segment: Segment, words: Words) -> tuple[str, list[tuple[int, int, int, int]]]:
    """Return the segment's line, and of each value `(element, component, start, end)` in it."""
    template = words.templates.get(segment.tag)
    if template is None:
        return _plain(segment)
    said = ""
    spans: list[tuple[int, int, int, int]] = []
    for before, field, after in _chunks(template):
        if field is None:
            said += before
            continue
        element, component, form = field
        value = _value(segment, element, component, form, words.lists)
        if value:
            start = len(said) + len(before)
            said += f"{before}{value}{after}"
            spans.append((element, component, start, start + len(value)))
    return said, spans


@lru_cache(maxsize=512)
def _chunks(template: str) -> tuple[tuple[str, tuple[int, int, str] | None, str], ...]:
    chunks: list[tuple[str, tuple[int, int, str] | None, str]] = []
    for piece in template.split("|"):
        found = _FIELD.search(piece)
        if found is None:
            chunks.append((piece, None, ""))
            continue
        form = found[3] or ""
        component = 0 if form == "*" else int(found[2] or 1)
        field = (int(found[1]), component, form)
        chunks.append((piece[: found.start()], field, piece[found.end() :]))
    return tuple(chunks)


def _value(segment: Segment, element: int, component: int, form: str, lists: Lists) -> str:
    if form == "*":
        return " ".join(segment.components(element))
    value = segment.at(element, component)
    if not value or not form:
        return value
    if form in READERS:
        return READERS[form](value)
    word = lists[form[1:]].get(value)
    if form[0] == "@":
        return f"{value} ({word})" if word else value
    return word or value


def _read(
    reader: Callable[[str], Decimal | None], writer: Callable[[Decimal], str]
) -> Callable[[str], str]:
    def read(value: str) -> str:
        found = reader(value)
        return value if found is None else writer(found)

    return read


READERS: Final[Mapping[str, Callable[[str], str]]] = {
    "$": _read(number, shown),
    "n2": _read(implied, shown),
    "#": _read(number, quantity),
    "d": lambda value: day(value) or value,
}


def _plain(segment: Segment) -> tuple[str, list[tuple[int, int, int, int]]]:
    """A segment that has no template: its values as they are."""
    said = clean(segment.tag) or "?"
    spans: list[tuple[int, int, int, int]] = []
    for element in range(1, len(segment.elements) + 1):
        value = " ".join(segment.components(element))
        if value:
            said += " · " if spans else ": "
            spans.append((element, 0, len(said), len(said) + len(value)))
            said += value
    return said, spans

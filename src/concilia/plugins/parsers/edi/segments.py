"""Segments of an EDI file: cut by whatever separators it declares, and written again."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from concilia.documents.core.decoding import tidy

# A component, the components of one repetition, the repetitions of an element.
Composite = tuple[str, ...]
Element = tuple[Composite, ...]

VALUE_CHARS_MAX: Final = 4000
TAG_CHARS_MAX: Final = 8
# Released characters wait in this private area while the text is cut (code points no text has).
HIDDEN: Final = 0xF0000
_HIDDEN: Final = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True, slots=True)
class Separators:
    """The characters a file cuts itself with; an empty string is one it does not use."""

    segment: str
    element: str
    component: str
    repetition: str = ""
    release: str = ""

    def escaped(self, value: str) -> str:
        """Return a value as it is written; without a release character, nothing can be escaped."""
        if not self.release:
            return value
        special = {self.segment, self.element, self.component, self.repetition, self.release}
        return "".join(self.release + char if char in special else char for char in value)


@dataclass(frozen=True, slots=True)
class Segment:
    """A tag and its elements, which are counted from 1 as in every guide."""

    tag: str
    elements: tuple[Element, ...]

    def at(self, element: int, component: int = 1) -> str:
        """Return one value, tidy; an empty string where there is none."""
        return clean(self.raw(element, component))

    def raw(self, element: int, component: int = 1) -> str:
        """Return one value as it was sent."""
        try:
            return self.elements[element - 1][0][component - 1]
        except IndexError:
            return ""

    def components(self, element: int) -> tuple[str, ...]:
        """Return the components of an element that have a value, tidy."""
        if not 0 < element <= len(self.elements):
            return ()
        return tuple(filter(None, map(clean, self.elements[element - 1][0])))


def clean(value: str) -> str:
    """Return a value on one line, with single blanks and nothing invisible."""
    if value.isascii() and value.isprintable():
        if "  " not in value and value[:1] != " " and value[-1:] != " ":
            return value[:VALUE_CHARS_MAX]
        return " ".join(value.split())[:VALUE_CHARS_MAX]
    value = " ".join(tidy(value[:VALUE_CHARS_MAX]).split())
    while value and unicodedata.combining(value[0]):
        value = value[1:].lstrip()
    return value


def read_segments(text: str, separators: Separators) -> Iterator[tuple[Segment, int, int]]:
    """
    Yield every segment with its place [start, end) in the text, its terminator included.

    Line ends around a segment do not belong to it; what follows the last terminator is one, too.
    """
    mask = _mask(text, separators)
    start = 0
    for chunk in mask.text.split(separators.segment):
        end = start + len(chunk) + 1
        if chunk.strip():
            yield _segment(chunk.strip("\r\n\0"), separators, mask.shown), *mask.place(start, end)
        start = end


@dataclass(frozen=True, slots=True)
class _Mask:
    """The text with its released characters hidden; `shifts` tell where release characters were."""

    text: str
    shifts: tuple[int, ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a place of the masked text stands in the text as it was."""
        return start + bisect_left(self.shifts, start), end + bisect_left(self.shifts, end)

    @property
    def shown(self) -> Callable[[str], str]:
        """Return what gives hidden characters back."""
        return _shown if self.shifts else str


def _shown(value: str) -> str:
    return _HIDDEN.sub(lambda found: chr(ord(found[0]) - HIDDEN), value)


def _mask(text: str, separators: Separators) -> _Mask:
    release = separators.release
    if not release or release not in text:
        return _Mask(text)
    pattern = _released(release)
    shifts = [found.start() - count for count, found in enumerate(pattern.finditer(text))]
    masked = pattern.sub(lambda found: chr(HIDDEN + ord(found[1])) if found[1] else "", text)
    return _Mask(masked, tuple(shifts))


@lru_cache(maxsize=64)
def _released(release: str) -> re.Pattern[str]:
    """A release character and what it frees; beyond the basic plane nothing needs to be freed."""
    return re.compile(re.escape(release) + "([\0-\ufffd]?)", re.DOTALL)


def _segment(chunk: str, separators: Separators, shown: Callable[[str], str]) -> Segment:
    tag, *parts = chunk.split(separators.element)
    tag, *_ = tag.split(separators.component)  # a tag may say where it is nested: `MOA:1`
    elements = tuple(_element(part, separators, shown) for part in parts)
    return Segment(shown(tag).strip()[:TAG_CHARS_MAX], elements)


def _element(part: str, separators: Separators, shown: Callable[[str], str]) -> Element:
    mark = separators.repetition
    if not mark or mark not in part:  # nearly always
        return (tuple(map(shown, part.split(separators.component))),)
    return tuple(tuple(map(shown, each.split(separators.component))) for each in part.split(mark))


def write_segments(segments: Iterable[Segment], separators: Separators) -> str:
    """Return segments as text; the counterpart of `read_segments`."""
    return "".join(_written(segment, separators) + separators.segment for segment in segments)


def _written(segment: Segment, separators: Separators) -> str:
    parts = [segment.tag]
    for element in segment.elements:
        repeats = (
            separators.component.join(separators.escaped(value) for value in composite)
            for composite in element
        )
        parts.append(separators.repetition.join(repeats))
    return separators.element.join(parts)

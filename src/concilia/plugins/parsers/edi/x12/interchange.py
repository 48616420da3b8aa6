"""X12 files: what their header declares, and their interchanges."""

from __future__ import annotations

import re
from typing import Final

from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.edi.envelopes import Grammar, Interchange, Level, Walk
from concilia.plugins.parsers.edi.segments import Separators
from concilia.plugins.parsers.edi.wrapping import BLANK, decode, next_start, unwrapped

INTERCHANGES_MAX: Final = 1000
ISA_ELEMENTS: Final = 16
ISA_CHARS_MAX: Final = 400  # some senders pad generously
REPETITION: Final = 11  # before version 4020 this element named the standard, a letter
TERMINATORS: Final = "~\n'|\x1c"
GRAMMAR: Final = Grammar(
    interchange=Level("ISA", "IEA", 13, "interchange"),
    group=Level("GS", "GE", 6, "group"),
    message=Level("ST", "SE", 2, "message"),
    kind=(1, 1),
    sender=6,
    receiver=8,
    test=(15, "T"),
)
_BEGINS: Final = re.compile(r"ISA[^A-Za-z0-9 \t\r\n]")
_BARE: Final = re.compile(r"(?:GS|ST)([^A-Za-z0-9 \t\r\n])")


def read_interchanges(content: bytes) -> list[Interchange]:
    """
    Return every interchange of a file.

    :raises ParserFailed: if there is no readable header
    """
    text, encoding = decode(content, "latin-1")
    found: list[Interchange] = []
    start = len(text) - len(text.lstrip(BLANK))
    while start < len(text) and len(found) < INTERCHANGES_MAX:
        header = _header(text, start)
        end = next_start(text, start, _BEGINS, header.segment)
        body, terminator = unwrapped(text[start:end], header)
        separators = Separators(terminator, header.element, header.component, header.repetition)
        interchange = Walk(GRAMMAR, separators).read(body)
        interchange.encoding = encoding
        found.append(interchange)
        start = end
    if start < len(text):
        found[-1].warnings.append(f"interchanges beyond {INTERCHANGES_MAX} are left out")
    return found


def _header(text: str, start: int) -> Separators:
    """Return the separators the header declares; a file without one has the usual ones."""
    if text.startswith("ISA", start):
        return _declared(text[start : start + ISA_CHARS_MAX])
    bare = _BARE.match(text, start)
    if bare is None:
        raise ParserFailed("not an X12 file: it does not begin with ISA, GS or ST")
    counted = {mark: text.count(mark) for mark in TERMINATORS if mark != bare[1]}
    return Separators(max(counted, key=lambda mark: counted[mark]), bare[1], "\x1f")


def _declared(header: str) -> Separators:
    """
    Read the header by its separators, not by its columns: mail programs and editors trim it.

    The character after the sixteenth separator is the component's, the next one ends segments.
    """
    element = header[3:4]
    if not element or element.isalnum() or element in BLANK:
        raise ParserFailed("damaged X12 header: it declares no separator after ISA")
    values = header.split(element, ISA_ELEMENTS)
    if len(values) <= ISA_ELEMENTS:
        raise ParserFailed("damaged X12 header: ISA has fewer than 16 elements")
    rest = values[ISA_ELEMENTS].lstrip("\r\n")
    component, terminator = rest[:1], rest[1:2].replace("\r", "\n")
    if not terminator or terminator.isalnum() or terminator in {element, component}:
        raise ParserFailed("damaged X12 header: it declares no end of segments")
    repetition = values[REPETITION].strip()
    taken = {element, component, terminator}
    is_mark = len(repetition) == 1 and not repetition.isalnum() and repetition not in taken
    return Separators(terminator, element, component, repetition if is_mark else "")

"""EDIFACT files: what their service string declares, their character set and interchanges."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.edi.envelopes import Grammar, Interchange, Level, Walk
from concilia.plugins.parsers.edi.segments import Separators
from concilia.plugins.parsers.edi.wrapping import BLANK, decode, next_start, unwrapped

INTERCHANGES_MAX: Final = 1000
OBJECTS_MAX: Final = 50
HEAD_BYTES: Final = 200
# ISO 9735 syntax levels; A and B are ASCII, which Windows-1252 extends as programs of the trade do.
CHARSETS: Final = {
    "UNOC": "iso8859-1",
    "UNOD": "iso8859-2",
    "UNOE": "iso8859-5",
    "UNOF": "iso8859-7",
    "UNOG": "iso8859-3",
    "UNOH": "iso8859-4",
    "UNOI": "iso8859-6",
    "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9",
    "UNOW": "utf-8",
    "UNOY": "utf-8",
}
USUAL: Final = Separators("'", "+", ":", "", "?")
LEVEL_B: Final = Separators("\x1c", "\x1d", "\x1f")  # syntax level B has no printable marks
GRAMMAR: Final = Grammar(
    interchange=Level("UNB", "UNZ", 5, "interchange"),
    group=Level("UNG", "UNE", 5, "group"),
    message=Level("UNH", "UNT", 1, "message"),
    kind=(2, 1),
    sender=2,
    receiver=3,
    test=(11, "1"),
)
SERVICE_CHARS: Final = 9
_BEGINS: Final = re.compile(r"UN[AB][^A-Za-z0-9]")
_LEVEL: Final = re.compile(rb"UNB.(UNO[A-Z])", re.DOTALL)
_OBJECT_NAME: Final = re.compile(r"UNO\+[^+]*\+[^+:]*:([^+:']{1,80})")


def read_interchanges(content: bytes) -> list[Interchange]:
    """
    Return every interchange of a file.

    :raises ParserFailed: if there is no readable header
    """
    level = _LEVEL.search(content[:HEAD_BYTES])
    declared = CHARSETS.get(level[1].decode("ascii") if level else "", "cp1252")
    text, encoding = decode(content, declared)
    found: list[Interchange] = []
    start = len(text) - len(text.lstrip(BLANK))
    while start < len(text) and len(found) < INTERCHANGES_MAX:
        service, separators = _service(text, start)
        end = next_start(text, start + len(service), _BEGINS, separators.segment)
        found.append(_read(text[start:end], service, separators))
        found[-1].encoding = encoding
        start = end
    if start < len(text):
        found[-1].warnings.append(f"interchanges beyond {INTERCHANGES_MAX} are left out")
    return found


def _read(text: str, service: str, separators: Separators) -> Interchange:
    """Read one interchange; its service string counts where lines are wrapped at a column."""
    text, objects = _without_objects(text)
    text, terminator = unwrapped(text, separators)
    body = text[len(service) :]
    if terminator != separators.segment:
        separators = Separators(
            terminator,
            separators.element,
            separators.component,
            separators.repetition,
            separators.release,
        )
        service = ""
    interchange = Walk(GRAMMAR, separators, service).read(body)
    interchange.attached = objects
    return interchange


def _service(text: str, start: int) -> tuple[str, Separators]:
    """Return the service string with its line end, if there is one, and what it declares."""
    if text.startswith("UNA", start):
        service = text[start : start + SERVICE_CHARS]
        return service, _advised(service)
    mark = text[start + 3 : start + 4]
    if not text.startswith(("UNB", "UNH", "UNG"), start) or not mark or mark.isalnum():
        raise ParserFailed("not an EDIFACT file: it does not begin with UNA, UNB or UNH")
    if mark == LEVEL_B.element:
        return "", LEVEL_B
    return "", Separators(USUAL.segment, mark, USUAL.component, "", USUAL.release)


def _advised(service: str) -> Separators:
    """
    Read `UNA:+.? '`: component, element, decimal mark, release, repetition, terminator.

    A blank says that the character is not used. The decimal mark is not needed: both are read.
    """
    if len(service) < SERVICE_CHARS:
        raise ParserFailed("damaged EDIFACT header: the service string (UNA) is cut off")
    component, element, _, release, repetition, terminator = tuple(service[3:])
    needed = (component, element, terminator)
    if len(set(needed)) < len(needed) or any(mark.isalnum() or mark == " " for mark in needed):
        raise ParserFailed("damaged EDIFACT header: the service string (UNA) is no set of marks")
    spare = "" if repetition == " " or repetition in {*needed, release} else repetition
    released = "" if release == " " or release in needed else release
    return Separators(terminator, element, component, spare, released)


def _without_objects(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Take out files that stand in the interchange between UNO and UNP (ISO 9735-8)."""
    objects: list[tuple[str, bytes]] = []
    kept: list[str] = []
    place = 0
    while len(objects) < OBJECTS_MAX:
        opened = text.find("UNO+", place)
        content = text.find("'", opened) + 1
        closed = text.find("UNP+", content)
        end = text.find("'", closed) + 1
        if min(opened, closed) < 0 or not content or not end:
            break
        kept.append(text[place:opened])
        name = _OBJECT_NAME.match(text, opened)
        objects.append((name[1] if name else "object", _content(text[content:closed])))
        place = end
    return "".join([*kept, text[place:]]), objects


def _content(text: str) -> bytes:
    packed = "".join(text.split())
    try:
        return base64.b64decode(packed, validate=True)
    except (binascii.Error, ValueError):
        return text.encode("latin-1", "replace")

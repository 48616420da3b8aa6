"""
Messages in their envelopes, with what is missing or counted wrong said in words.

Both standards nest interchange, group and message in the same way and differ only in their tags and
in where numbers stand: that is a `Grammar`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from concilia.plugins.parsers.edi.segments import Segment, Separators, read_segments

COUNT_DIGITS_MAX: Final = 18
NAME_CHARS_MAX: Final = 35
SEGMENTS_MAX: Final = 600_000


@dataclass(frozen=True, slots=True)
class Level:
    """An envelope: its tags, and where its opening segment has its number."""

    opens: str
    closes: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The envelopes of one standard; `kind` is where a message says its type."""

    interchange: Level
    group: Level
    message: Level
    kind: tuple[int, int]
    sender: int
    receiver: int
    test: tuple[int, str]


@dataclass(slots=True)
class Message:
    """One message with its header and trailer, and the text it was cut from."""

    kind: str
    number: str
    segments: list[Segment]
    head: str
    tail: str
    body: str = ""
    warnings: list[str] = field(default_factory=list)

    @property
    def alone(self) -> str:
        """Return the message as a file of its own: its own text in an envelope for one."""
        return self.head + self.body + self.tail


@dataclass(slots=True)
class Interchange:
    """What one envelope holds, who sent it to whom, and what is wrong with it."""

    encoding: str = "utf-8"
    messages: list[Message] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    attached: list[tuple[str, bytes]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An envelope that has not been closed yet: what it is called, how much came in it."""

    segment: Segment
    number: str
    raw: str
    count: int = 0


class Walk:
    """One pass over the segments of an interchange."""

    def __init__(self, grammar: Grammar, separators: Separators, service: str = "") -> None:
        self.grammar = grammar
        self.separators = separators
        self.service = service
        self.found = Interchange()
        self._interchange: _Open | None = None
        self._group: _Open | None = None
        self._message: Message | None = None
        self._groups = 0
        self._began = 0
        self._strays = 0
        self._text = ""
        levels = (grammar.interchange, grammar.group, grammar.message)
        openers = (self._open_interchange, self._open_group, self._open_message)
        closers = (self._end_interchange, self._end_group, self._end_message)
        self._acts = dict(zip((level.opens for level in levels), openers, strict=True))
        self._acts |= dict(zip((level.closes for level in levels), closers, strict=True))

    def read(self, text: str) -> Interchange:
        """Read all segments of the text."""
        self._text = text
        end = 0
        for count, (segment, start, end) in enumerate(read_segments(text, self.separators)):
            if count >= SEGMENTS_MAX:
                self.found.warnings.append(f"segments beyond {SEGMENTS_MAX} are left out")
                break
            act = self._acts.get(segment.tag)
            if act is not None:
                act(segment, start, end)
            elif self._message is not None:
                self._message.segments.append(segment)
            else:
                self._strays += 1
        self._finish(end)
        return self.found

    def _open_interchange(self, segment: Segment, start: int, end: int) -> None:
        grammar = self.grammar
        self._abandon_interchange(start)
        number = segment.at(grammar.interchange.number)
        raw = self.service + self._text[start:end]
        self._interchange = _Open(segment, number, raw)
        self.found.metadata |= {
            "sender": segment.at(grammar.sender),
            "receiver": segment.at(grammar.receiver),
            "control_number": number,
        }
        element, mark = grammar.test
        if segment.at(element).upper() == mark:
            self.found.warnings.append("marked as a test by its sender")

    def _open_group(self, segment: Segment, start: int, end: int) -> None:
        self._abandon_group(start)
        self._groups += 1
        number = segment.at(self.grammar.group.number)
        self._group = _Open(segment, number, self._text[start:end])

    def _open_message(self, segment: Segment, start: int, end: int) -> None:
        del end
        self._abandon_message(start)
        kind = segment.at(*self.grammar.kind).upper()
        number = segment.at(self.grammar.message.number)
        self._message = Message(kind, number, [segment], self._head(), self._tail())
        self._began = start
        self.found.messages.append(self._message)
        for each in (self._group, self._interchange):
            if each is not None:
                each.count += 1

    def _end_message(self, segment: Segment, start: int, end: int) -> None:
        del start
        message, self._message = self._message, None
        if message is None:
            self._unopened(self.grammar.message, segment)
            return
        message.segments.append(segment)
        message.body = self._text[self._began : end]
        count = len(message.segments)
        what = f"segments of message {_named(message.number)}"
        _check_count(segment.at(1), count, what, message.warnings)
        _check_number("message", message.number, segment.at(2), message.warnings)

    def _end_group(self, segment: Segment, start: int, end: int) -> None:
        del end
        self._abandon_message(start)
        group, self._group = self._group, None
        if group is None:
            self._unopened(self.grammar.group, segment)
            return
        what = f"messages of group {_named(group.number)}"
        _check_count(segment.at(1), group.count, what, self.found.warnings)
        _check_number("group", group.number, segment.at(2), self.found.warnings)

    def _end_interchange(self, segment: Segment, start: int, end: int) -> None:
        del end
        self._abandon_group(start)
        opened, self._interchange = self._interchange, None
        if opened is None:
            self._unopened(self.grammar.interchange, segment)
            return
        counts_groups = self._groups or self.grammar.interchange.opens == "ISA"
        count = self._groups if counts_groups else opened.count
        what = "groups of the interchange" if counts_groups else "messages of the interchange"
        _check_count(segment.at(1), count, what, self.found.warnings)
        _check_number("interchange", opened.number, segment.at(2), self.found.warnings)
        self._groups = 0

    def _abandon_message(self, end: int) -> None:
        message, self._message = self._message, None
        if message is None:
            return
        message.body = self._text[self._began : end]
        mark = self.separators.segment
        if not message.body.endswith(mark):
            message.body += mark
        trailer = self.grammar.message.closes
        said = (
            f"message {_named(message.number)} has no trailer ({trailer}): its end may be missing"
        )
        message.warnings.append(said)

    def _abandon_group(self, end: int) -> None:
        self._abandon_message(end)
        if self._group is not None:
            trailer = self.grammar.group.closes
            said = f"group {_named(self._group.number)} has no trailer ({trailer})"
            self.found.warnings.append(f"{said}: messages may be missing")
            self._group = None

    def _abandon_interchange(self, end: int) -> None:
        self._abandon_group(end)
        if self._interchange is not None:
            trailer = self.grammar.interchange.closes
            said = f"the interchange has no trailer ({trailer}): its end may be missing"
            self.found.warnings.append(said)
            self._interchange = None
            self._groups = 0

    def _finish(self, end: int) -> None:
        self._abandon_interchange(len(self._text))
        if end > len(self._text):
            self.found.warnings.append("the file ends in the middle of a segment")
        if self._strays:
            said = f"{self._strays} segments outside of any message are left out"
            self.found.warnings.append(said)

    def _unopened(self, level: Level, segment: Segment) -> None:
        said = f"a trailer ({level.closes}) ends {level.name} {_named(segment.at(2))}"
        self.found.warnings.append(f"{said}, which never began")

    def _head(self) -> str:
        opened = (self._interchange, self._group)
        return "".join(each.raw for each in opened if each is not None)

    def _tail(self) -> str:
        levels = ((self._group, self.grammar.group), (self._interchange, self.grammar.interchange))
        mark = self.separators.element
        return "".join(
            mark.join((level.closes, "1", self.separators.escaped(opened.number)))
            + self.separators.segment
            for opened, level in levels
            if opened is not None
        )


def _check_count(said: str, found: int, what: str, warnings: list[str]) -> None:
    """Warn where a trailer counts another number of things than there are."""
    if not (said.isascii() and said.isdigit() and len(said) <= COUNT_DIGITS_MAX):
        warnings.append(f"{what}: the trailer does not count them")
    elif int(said) != found:
        warnings.append(f"{what} should be {int(said)}, there are {found}")


def _check_number(what: str, opened: str, closed: str, warnings: list[str]) -> None:
    """Warn where a trailer closes something else than was opened."""
    if opened.lstrip("0") != closed.lstrip("0"):
        warnings.append(f"{what} {_named(opened)} ends with the number {_named(closed)}")


def _named(number: str) -> str:
    return number[:NAME_CHARS_MAX] or "without number"


def all_messages(interchanges: Sequence[Interchange]) -> list[Message]:
    """Return the messages of all interchanges in order."""
    return [message for each in interchanges for message in each.messages]

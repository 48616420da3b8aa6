"""The properties inside a `winmail.dat`: number, kind, value, padded to four bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from concilia.plugins.parsers.mapi.message import Value, fixed

NAMED: Final = 0x8000
MANY: Final = 0x1000  # a property of several values
BY_NAME: Final = 1
PROPERTIES_MAX: Final = 20_000
ROWS_MAX: Final = 1000
SIZES: Final = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x000B: 4,
    0x0001: 0,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
    0x0048: 16,
}
STRING8, UNICODE, OBJECT, BINARY = 0x001E, 0x001F, 0x000D, 0x0102
COUNTED: Final = frozenset({STRING8, UNICODE, OBJECT, BINARY})


class _Damaged(ValueError):
    """The properties go on beyond their end, or are of no kind that is known."""


@dataclass(slots=True)
class _Reader:
    content: bytes
    at: int = 0

    def number(self) -> int:
        (value,) = struct.unpack("<I", self.take(4))
        return int(value)

    def take(self, length: int) -> bytes:
        """Return bytes, and step over what fills them up to four."""
        value = self.content[self.at : self.at + length]
        if len(value) < length:
            raise _Damaged
        self.at += length + -length % 4
        return value


def properties_of(content: bytes, warnings: list[str]) -> dict[int, Value]:
    """Return a message's or a file's properties, as far as they can be read."""
    return _read(_Reader(content), warnings)


def recipients_of(content: bytes, warnings: list[str]) -> list[dict[int, Value]]:
    """Return the properties of each recipient."""
    reader = _Reader(content)
    try:
        count = min(reader.number(), ROWS_MAX)
    except _Damaged:
        return []
    rows = []
    for _ in range(count):
        before = len(warnings)
        rows.append(_read(reader, warnings))
        if len(warnings) > before:
            break
    return rows


def _read(reader: _Reader, warnings: list[str]) -> dict[int, Value]:
    found: dict[int, Value] = {}
    try:
        for _ in range(min(reader.number(), PROPERTIES_MAX)):
            kind, tag = struct.unpack("<HH", reader.take(4))
            if tag >= NAMED:
                _skip_name(reader)
            values = _values(reader, kind)
            if values and not kind & MANY:
                found[tag] = values[0]
    except _Damaged:
        warnings.append("some properties of winmail.dat are damaged")
    return found


def _skip_name(reader: _Reader) -> None:
    """A property of a program's own has a set, and a number or a name in it."""
    reader.take(16)
    if reader.number() == BY_NAME:
        reader.take(reader.number())
    else:
        reader.number()


def _values(reader: _Reader, kind: int) -> list[Value]:
    base = kind & ~MANY
    many = bool(kind & MANY)
    if base in COUNTED:
        count = min(reader.number(), PROPERTIES_MAX)
        return [_words(base, reader.take(reader.number())) for _ in range(count)]
    size = SIZES.get(base)
    if size is None:
        raise _Damaged
    count = min(reader.number(), PROPERTIES_MAX) if many else 1
    values: list[Value] = []
    for _ in range(count):
        raw = reader.take(size)
        value = fixed(base, raw)
        values.append(raw if value is None else value)
    return values


def _words(kind: int, value: bytes) -> Value:
    if kind == UNICODE:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    return value.split(b"\0", 1)[0] if kind == STRING8 else value

"""
Compound files ([MS-CFB]): folders and files inside one file, in chains of sectors.

Every chain is followed at most as far as the file has sectors, so that a circle ends.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from concilia.documents.ports import ParserFailed

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_BYTES: Final = 512
ENTRY_BYTES: Final = 128
SECTORS_LAST: Final = 0xFFFFFFF9  # above: end of a chain, free, tables
NOBODY: Final = 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
HEADER_TABLES: Final = 109
SHIFTS: Final = frozenset({9, 12})
ENTRIES_MAX: Final = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One folder or file of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """Reads the directory at once, contents when asked."""

    def __init__(self, content: bytes) -> None:
        """:raises ParserFailed: if the file is no compound file, or its tables are damaged."""
        if len(content) < HEADER_BYTES or not content.startswith(MAGIC):
            raise ParserFailed("not a compound file")
        self._content = content
        major, _, shift, mini_shift = struct.unpack_from("<HHHH", content, 26)
        if shift not in SHIFTS or mini_shift > shift:
            raise ParserFailed("damaged compound file: impossible sector size")
        self._sector, self._mini = 1 << shift, 1 << mini_shift
        self._fat = self._table()
        (directory,) = struct.unpack_from("<I", content, 48)
        self._cutoff, mini_table = struct.unpack_from("<II", content, 56)
        self._entries = self._directory(self._chain(directory), major)
        if not self._entries:
            raise ParserFailed("damaged compound file: no directory")
        self._mini_fat = _numbers(self._chain(mini_table))
        self._mini_stream = self._chain(self._entries[0].start)

    def children(self, index: int = 0) -> dict[str, int]:
        """Return what lies in a folder: numbers of entries by name, in their order."""
        found: dict[str, int] = {}
        seen: set[int] = set()
        stack = [self._entries[index].child]
        while stack:
            at = stack.pop()
            if at >= len(self._entries) or at in seen:
                continue
            seen.add(at)
            entry = self._entries[at]
            found[entry.name] = at
            stack += [entry.left, entry.right]
        return {name: found[name] for name in sorted(found)}

    def is_folder(self, index: int) -> bool:
        """Whether an entry is a folder."""
        return self._entries[index].kind in {STORAGE, ROOT}

    def read(self, index: int) -> bytes:
        """Return a file's bytes; small files lie in the root's own stream."""
        entry = self._entries[index]
        if entry.kind != STREAM:
            return b""
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        size = self._mini
        places = self._walk(entry.start, self._mini_fat)
        pieces = (self._mini_stream[at * size : (at + 1) * size] for at in places)
        return b"".join(pieces)[: entry.size]

    def _table(self) -> tuple[int, ...]:
        """Which sector follows which; where the table lies is listed in the header and beyond."""
        places = list(struct.unpack_from(f"<{HEADER_TABLES}I", self._content, 76))
        (more,) = struct.unpack_from("<I", self._content, 68)
        for _ in range(len(self._content) // self._sector):
            if more > SECTORS_LAST:
                break
            *listed, more = _numbers(self._at(more)) or (NOBODY,)
            places += listed
        table = b"".join(self._at(place) for place in places if place <= SECTORS_LAST)
        return _numbers(table)

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self._sector
        return self._content[start : start + self._sector]

    def _walk(self, start: int, table: tuple[int, ...]) -> list[int]:
        """The numbers of a chain; one that comes back to itself ends there."""
        chain: list[int] = []
        seen: set[int] = set()
        while start < len(table) and start not in seen:
            seen.add(start)
            chain.append(start)
            start = table[start]
        return chain

    def _chain(self, start: int) -> bytes:
        return b"".join(self._at(number) for number in self._walk(start, self._fat))

    def _directory(self, content: bytes, major: int) -> list[Entry]:
        entries = []
        for at in range(0, min(len(content), ENTRIES_MAX * ENTRY_BYTES), ENTRY_BYTES):
            raw = content[at : at + ENTRY_BYTES]
            if len(raw) < ENTRY_BYTES:
                break
            (length,) = struct.unpack_from("<H", raw, 64)
            left, right, child = struct.unpack_from("<III", raw, 68)
            start, low, high = struct.unpack_from("<III", raw, 116)
            name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            size = low if major == 3 else low | high << 32  # noqa: PLR2004 - version 3 has 32 bits
            entries.append(Entry(name, raw[66], left, right, child, start, size))
        return entries


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

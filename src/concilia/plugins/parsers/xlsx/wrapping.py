"""One stream in a compound file of our own ([MS-CFB], version 4): whole, whatever it came in."""

from __future__ import annotations

import struct
from typing import Final

SECTOR: Final = 4096
PER_SECTOR: Final = SECTOR // 4
TABLES_MAX: Final = 109  # listed in the header: some 450 MB
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROOT, STREAM = 5, 2


def wrapped(name: str, content: bytes) -> bytes:
    """Return a compound file with this stream in it and nothing else."""
    body = content.ljust(SECTOR, b"\0")
    count = -(-len(body) // SECTOR)
    tables = 1
    while tables * PER_SECTOR < count + 1 + tables:
        tables += 1
    if tables > TABLES_MAX:
        raise ValueError("the workbook is too large")
    table = [*range(1, count), END, END, *[TABLE] * tables]
    table += [FREE] * (tables * PER_SECTOR - len(table))
    # Some readers take a root without a first sector for an empty file.
    directory = _entry("Root Entry", ROOT, 1, 0, 0) + _entry(name, STREAM, FREE, 0, len(body))
    return b"".join(
        (
            _head(count, tables),
            body.ljust(count * SECTOR, b"\0"),
            directory.ljust(SECTOR, b"\0"),
            struct.pack(f"<{len(table)}I", *table),
        )
    )


def _head(count: int, tables: int) -> bytes:
    """The stream is first, then the directory, then the tables of sectors."""
    head = MAGIC + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 4, 0xFFFE, 12, 6)
    head += struct.pack("<IIIIIIIII", 1, tables, count, 0, SECTOR, END, 0, END, 0)
    places = [*range(count + 1, count + 1 + tables)]
    places += [FREE] * (TABLES_MAX - len(places))
    return (head + struct.pack(f"<{TABLES_MAX}I", *places)).ljust(SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    head = struct.pack("<HBBIII36x", len(encoded) + 2, kind, 1, FREE, FREE, child)
    return encoded.ljust(64, b"\0") + head + struct.pack("<IQ", start, size)

"""Compressed rich text of Outlook ([MS-OXRTFCP], LZFu): a ring of 4096 bytes that starts filled."""

from __future__ import annotations

import struct
from typing import Final

from concilia.documents.ports import ParserFailed

RING: Final = 4096
BYTES_MAX: Final = 50 << 20
COMPRESSED, PLAIN = b"LZFu", b"MELA"
START: Final = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
HEAD: Final = struct.Struct("<II4sI")


def decompressed(content: bytes) -> bytes:
    """
    Return the rich text, as far as it goes where the end is missing.

    :raises ParserFailed: if it is not compressed rich text
    """
    if len(content) < HEAD.size:
        raise ParserFailed("damaged rich text: too short")
    _, size, kind, _ = HEAD.unpack_from(content)
    if kind == PLAIN:
        return content[HEAD.size : HEAD.size + size]
    if kind != COMPRESSED:
        raise ParserFailed("damaged rich text: unknown compression")
    return _expanded(content[HEAD.size :], min(size, BYTES_MAX))


def _expanded(content: bytes, size: int) -> bytes:
    """Eight runs to a byte of flags: a byte as it is, or a place in the ring and a length."""
    ring = bytearray(START.ljust(RING, b" "))
    write = len(START)
    out = bytearray()
    at = 0
    while at < len(content) and len(out) < size:
        flags = content[at]
        at += 1
        for bit in range(8):
            is_run = flags >> bit & 1
            if at + is_run >= len(content) or len(out) >= size:
                break
            if not is_run:
                run = content[at : at + 1]
                at += 1
                ring[write] = run[0]
                write = (write + 1) % RING
                out += run
                continue
            place, length = content[at] << 4 | content[at + 1] >> 4, (content[at + 1] & 15) + 2
            at += 2
            if place == write:
                return bytes(out)
            write = _copy(ring, out, place, length, write)
    return bytes(out[:size])


def _copy(ring: bytearray, out: bytearray, place: int, length: int, write: int) -> int:
    for step in range(length):
        byte = ring[(place + step) % RING]
        out.append(byte)
        ring[write] = byte
        write = (write + 1) % RING
    return write

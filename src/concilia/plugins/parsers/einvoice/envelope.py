"""
What a signed file (CMS, `.p7m`) holds: DER and BER, as bytes, base64 or PEM.

A small reader of ASN.1 for the one path to the content. The signature is not checked, and nothing
here says that it is good.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import Final

from concilia.documents.ports import ParserFailed

SEQUENCE: Final = 0x30
OBJECT: Final = 0x06
OCTETS: Final = 0x04
OCTETS_IN_PIECES: Final = 0x24
CONTEXT_0: Final = 0xA0
CONTEXT_0_PLAIN: Final = 0x80
LONG_TAG: Final = 0x1F
LONG_LENGTH: Final = 0x80
INDEFINITE: Final = 0x80
SIGNED: Final = bytes.fromhex("2a864886f70d010702")
ENVELOPED: Final = bytes.fromhex("2a864886f70d010703")
DEPTH_MAX: Final = 24
PIECES_MAX: Final = 1_000_000
LENGTH_BYTES_MAX: Final = 8
PEM: Final = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----(.*?)-----END", re.DOTALL)
DAMAGED: Final = "damaged signed file (CMS)"


@dataclass(frozen=True, slots=True)
class _Value:
    """One value: its tag, and where its content lies; `end` is behind all of it."""

    tag: int
    start: int
    stop: int
    end: int


def open_envelope(content: bytes) -> bytes:
    """
    Return what the signed file holds.

    :return: nothing for a signature that is kept apart from what it signs
    :raises ParserFailed: if it is damaged or encrypted
    """
    data = _as_bytes(content)
    try:
        return _content(data)
    except (IndexError, RecursionError) as error:
        raise ParserFailed(DAMAGED) from error


def _as_bytes(content: bytes) -> bytes:
    if content[:1] == bytes([SEQUENCE]):
        return content
    found = PEM.search(content)
    try:
        return base64.b64decode(b"".join((found[1] if found else content).split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ParserFailed(DAMAGED) from error


def _content(data: bytes) -> bytes:
    outer = _read(data, 0, len(data), 0)
    if outer.tag != SEQUENCE:
        raise ParserFailed(DAMAGED)
    kind = _read(data, outer.start, outer.stop, 1)
    name = data[kind.start : kind.stop]
    if kind.tag != OBJECT or name not in {SIGNED, ENVELOPED}:
        raise ParserFailed("not a signed file (CMS)")
    if name == ENVELOPED:
        raise ParserFailed("encrypted file (CMS), cannot be opened")
    explicit = _read(data, kind.end, outer.stop, 1)
    signed = _read(data, explicit.start, explicit.stop, 2)
    if explicit.tag != CONTEXT_0 or signed.tag != SEQUENCE:
        raise ParserFailed(DAMAGED)
    return _held(data, signed)


def _held(data: bytes, signed: _Value) -> bytes:
    """Walk version and digest algorithms to the encapsulated content."""
    version = _read(data, signed.start, signed.stop, 3)
    digests = _read(data, version.end, signed.stop, 3)
    inner = _read(data, digests.end, signed.stop, 3)
    kind = _read(data, inner.start, inner.stop, 4)
    if inner.tag != SEQUENCE or kind.tag != OBJECT:
        raise ParserFailed(DAMAGED)
    if _ends(data, kind.end, inner.stop):
        return b""
    explicit = _read(data, kind.end, inner.stop, 4)
    if explicit.tag != CONTEXT_0:
        raise ParserFailed(DAMAGED)
    pieces: list[bytes] = []
    _octets(data, _read(data, explicit.start, explicit.stop, 5), pieces, 5)
    return b"".join(pieces)


def _octets(data: bytes, value: _Value, pieces: list[bytes], depth: int) -> None:
    """Collect an octet string that may come in pieces of pieces."""
    if value.tag in {OCTETS, CONTEXT_0_PLAIN}:
        pieces.append(data[value.start : value.stop])
        return
    if value.tag != OCTETS_IN_PIECES or depth > DEPTH_MAX or len(pieces) > PIECES_MAX:
        raise ParserFailed(DAMAGED)
    at = value.start
    while not _ends(data, at, value.stop):
        piece = _read(data, at, value.stop, depth + 1)
        _octets(data, piece, pieces, depth + 1)
        at = piece.end


def _ends(data: bytes, at: int, stop: int) -> bool:
    return at >= stop or data[at : at + 2] == b"\0\0"


def _read(data: bytes, at: int, stop: int, depth: int) -> _Value:
    """
    Return the value that begins at a place.

    :raises ParserFailed: if it is not one, or goes beyond what holds it
    """
    if depth > DEPTH_MAX or at + 2 > stop:
        raise ParserFailed(DAMAGED)
    tag, length = data[at], data[at + 1]
    start = at + 2
    if tag & LONG_TAG == LONG_TAG:
        raise ParserFailed(DAMAGED)
    if length == INDEFINITE:
        inside = _end_of_contents(data, start, stop, depth)
        return _Value(tag, start, inside, inside + 2)
    if length & LONG_LENGTH:
        count = length & ~LONG_LENGTH
        if count > LENGTH_BYTES_MAX or start + count > stop:
            raise ParserFailed(DAMAGED)
        length = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + length > stop:
        raise ParserFailed(DAMAGED)
    return _Value(tag, start, start + length, start + length)


def _end_of_contents(data: bytes, at: int, stop: int, depth: int) -> int:
    """Return where the two zeros stand that end a value of no stated length."""
    while data[at : at + 2] != b"\0\0":
        at = _read(data, at, stop, depth + 1).end
    return at

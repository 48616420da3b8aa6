"""Large files to the database and back in pieces: memory does not grow with them."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final, cast

from django.db import connection, transaction

from concilia.foundation.blobs import BlobDamaged, store_blob
from concilia.foundation.models import Blob

FILE_BYTES_MAX: Final = 300 << 20
PIECE: Final = 1 << 20
IN_MEMORY_MAX: Final = 2 << 20
Content = bytes | Path


class TooLarge(ValueError):
    """More bytes than a file may have."""


def keep(*, content: Content, at: datetime) -> Blob:
    """
    Store the bytes under their digest, once, inside the caller's transaction.

    :raises TooLarge: beyond 300 MB
    """
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if size > FILE_BYTES_MAX:
        raise TooLarge
    if size <= IN_MEMORY_MAX:
        return store_blob(content=_whole(content), at=at)
    digest = hashlib.sha256()
    for piece in _pieces(content):
        digest.update(piece)
    sha256 = digest.hexdigest()
    if not Blob.objects.filter(pk=sha256).exists():
        _store_in_pieces(content, sha256, size, at)
    return Blob.objects.defer("content").get(pk=sha256)


def open_blob(sha256: str) -> BinaryIO:
    """
    Return the stored bytes as a stream, proven against their digest; large ones lie in a file.

    :raises BlobDamaged: if the stored bytes no longer have this digest
    """
    spooled = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_MAX)  # noqa: SIM115 - the caller's
    digest = hashlib.sha256()
    size = Blob.objects.values_list("size", flat=True).get(pk=sha256)
    for piece in _stored_pieces(sha256, size):
        digest.update(piece)
        spooled.write(piece)
    if digest.hexdigest() != sha256:
        raise BlobDamaged(f"stored bytes of {sha256[:12]} do not have their digest")
    spooled.seek(0)
    return cast("BinaryIO", spooled)


def _stored_pieces(sha256: str, size: int) -> Iterator[bytes]:
    """
    Large contents by way of a large object: to cut a piece out of a column, the database unpacks
    all that is before it, each time.
    """
    if size <= IN_MEMORY_MAX:
        yield bytes(Blob.objects.values_list("content", flat=True).get(pk=sha256))
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT lo_from_bytea(0, content) FROM foundation_blob WHERE sha256 = %s", [sha256]
        )
        number = cursor.fetchone()[0]
        for start in range(0, size, PIECE):
            cursor.execute("SELECT lo_get(%s, %s, %s)", [number, start, PIECE])
            yield bytes(cursor.fetchone()[0])
        cursor.execute("SELECT lo_unlink(%s)", [number])


def head_of(content: Content, size: int) -> bytes:
    """Return the first bytes."""
    if isinstance(content, bytes):
        return content[:size]
    with content.open("rb") as stream:
        return stream.read(size)


def ends_of(content: Content, size: int) -> bytes:
    """Return the first and the last bytes: what tells formats apart."""
    if isinstance(content, bytes):
        return content if len(content) <= 2 * size else content[:size] + content[-size:]
    with content.open("rb") as stream:
        head = stream.read(size)
        rest = content.stat().st_size - len(head)
        stream.seek(max(len(head), rest))
        return head + stream.read()


def lines_in(content: Content) -> int:
    """Return about how many lines there are."""
    return sum(piece.count(b"\n") for piece in _pieces(content)) + 1


def _whole(content: Content) -> bytes:
    return content if isinstance(content, bytes) else content.read_bytes()


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[start : start + PIECE] for start in range(0, len(content), PIECE))
        return
    with content.open("rb") as stream:
        yield from _read(stream)


def _read(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _store_in_pieces(content: Content, sha256: str, size: int, at: datetime) -> None:
    """By way of a large object, which takes bytes in pieces and gives them to a column as one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lo_create(0)")
        number = cursor.fetchone()[0]
        start = 0
        for piece in _pieces(content):
            cursor.execute("SELECT lo_put(%s, %s, %s)", [number, start, piece])
            start += len(piece)
        cursor.execute(
            "INSERT INTO foundation_blob (sha256, size, content, stored_at) "
            "SELECT %s, %s, lo_get(%s), %s ON CONFLICT (sha256) DO NOTHING",
            [sha256, size, number, at],
        )
        cursor.execute("SELECT lo_unlink(%s)", [number])

"""
Originals as a page may show them: opened and drawn in the sandbox, kept for the next look.

A file never changes under its digest, so what was made of it is kept by digest, within a few
megabytes for each process.
"""

from __future__ import annotations

import atexit
import base64
import binascii
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from concilia.documents.models import Document
from concilia.foundation.blobs import read_blob
from concilia.foundation.sandbox import MEBIBYTE, Limits, Sandbox, SandboxFailed

DRAWING: Final = "concilia.interfaces.components.drawing"
LIMITS: Final = Limits(
    cpu_seconds=6,
    wall_seconds=40.0,
    input_bytes=110 * MEBIBYTE,
    output_bytes=24 * MEBIBYTE,
    calls_per_child=500,
)
WORKERS: Final = 2
KEPT_TEXTS: Final = 24
KEPT_PICTURES: Final = 96
WEBP: Final = b"RIFF"

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Opened:
    """
    What a viewer shows of a file; the values are those of `drawing.open_file`.

    `error` is one sentence where nothing can be shown; the original can still be downloaded.
    """

    text: str = ""
    live: tuple[tuple[int, int], ...] = ()
    pages: tuple[Mapping[str, Any], ...] = ()
    words: tuple[tuple[Any, ...], ...] = ()
    tables: tuple[Mapping[str, Any], ...] = ()
    entries: tuple[Mapping[str, Any], ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    error: str = ""
    format: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether it is shown as pictures of its pages."""
        return bool(self.pages)


class NotDrawn(Exception):
    """A page could not be drawn; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class File:
    """A stored file: its digest, name and format, and how to get its bytes when they are needed."""

    sha256: str
    filename: str
    format: str
    read: Callable[[], bytes]


def file_of(document: Document) -> File:
    """This will be the stored file of a document; its bytes are read when somebody needs them."""
    return File(
        sha256=document.blob_id,
        filename=document.filename,
        format=document.format,
        read=lambda: read_blob(sha256=document.blob_id),
    )


def open_original(file: File) -> Opened:
    """This will say what a viewer shows of the file. It never raises for what the file is."""
    key = (file.sha256, file.format)
    known = _texts.get(key)
    if known is None:
        known = _texts.keep(key, _opened(file))
    return known


def draw_original(file: File, *, number: int, width: int) -> bytes:
    """
    This will be a page of the file as a WebP image.

    :raises NotDrawn: if there is no such page, or drawing it costs more than a page may
    """
    key = (file.sha256, file.format, number, width)
    known = _pictures.get(key)
    if known is not None:
        return known
    args = {"file_format": file.format, "number": number, "width": width}
    try:
        answer = _sandbox().run(f"{DRAWING}:draw", file.read(), args)
        image = base64.b64decode(str(answer.get("image", "")), validate=True)
    except (SandboxFailed, binascii.Error) as failure:
        raise NotDrawn(str(failure)) from failure
    if not image.startswith(WEBP):
        raise NotDrawn("the drawing is no picture")
    return _pictures.keep(key, image)


def _opened(file: File) -> Opened:
    args = {"filename": file.filename, "file_format": file.format}
    try:
        answer = _sandbox().run(f"{DRAWING}:open_file", file.read(), args)
    except SandboxFailed as failure:
        return Opened(error=str(failure))
    return Opened(
        text=str(answer.get("text") or ""),
        live=tuple((int(start), int(end)) for start, end in answer.get("live") or ()),
        pages=tuple(answer.get("pages") or ()),
        words=tuple(tuple(word) for word in answer.get("words") or ()),
        tables=tuple(answer.get("tables") or ()),
        entries=tuple(answer.get("entries") or ()),
        metadata=dict(answer.get("metadata") or {}),
        warnings=tuple(str(warning) for warning in answer.get("warnings") or ()),
        error=str(answer.get("error") or ""),
        format=str(answer.get("format") or ""),
    )


@cache
def _sandbox() -> Sandbox:
    sandbox = Sandbox(workers=WORKERS, limits=LIMITS, preload=(DRAWING,))
    atexit.register(sandbox.close)
    return sandbox


class _Keep(Generic[Kept]):
    """The last few values by key, safe between threads."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._lock = Lock()
        self._values: OrderedDict[object, Kept] = OrderedDict()

    def get(self, key: object) -> Kept | None:
        with self._lock:
            value = self._values.get(key)
            if value is not None:
                self._values.move_to_end(key)
            return value

    def keep(self, key: object, value: Kept) -> Kept:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self.count:
                self._values.popitem(last=False)
            return value


_texts: _Keep[Opened] = _Keep(KEPT_TEXTS)
_pictures: _Keep[bytes] = _Keep(KEPT_PICTURES)

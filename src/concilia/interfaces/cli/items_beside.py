"""
The open items of a run, read by this process or by another one meanwhile.

Another process puts what it read into memory that both can look at: numbers are used where they
lie, and each share of the work makes the texts it asks for itself, so that none copies the pages of
another.
"""

from __future__ import annotations

import gc
import mmap
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from concilia.interfaces.cli.ledger_files import gathered_open_items, read_open_items
from concilia.interfaces.cli.tables import Problems, TableUnreadable
from concilia.matching.book import OpenItems, PackedItems, Register
from concilia.matching.gathering import PackedColumns

PATIENCE_SECONDS = 5.0
PLACE_BYTES = 64  # each piece begins on a line of the processor's cache

# What makes a book of the items ready, as far as that pays.
Preparing = Callable[[Register], None]
Reading = Callable[[Problems], tuple[OpenItems, Preparing]]


class ShareFailed(Exception):
    """One of the processes ended before it had answered."""


@contextmanager
def read_here(path: Path) -> Iterator[Reading]:
    """Give what reads a file of open items when it is called."""

    def read(problems: Problems) -> tuple[OpenItems, Preparing]:
        return read_open_items(path, problems), lambda _: None

    yield read


@contextmanager
def read_beside(path: Path) -> Iterator[Reading]:
    """Let another process read a file of open items; what is given waits for it."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    with _shared_memory() as memory:
        process = context.Process(target=_read, args=(path, theirs, memory), daemon=True)
        process.start()
        theirs.close()

        def receive() -> tuple[Any, ...]:
            try:
                return tuple(ours.recv())
            except EOFError as error:
                raise ShareFailed("one of the processes ended before it had answered") from error

        def wait(problems: Problems) -> tuple[OpenItems, Preparing]:
            told, count, by_file, trouble = receive()
            for sentence in told:
                problems.tell(sentence)
            problems.take_over(Problems(problems.tell, count, by_file))
            if trouble is not None:
                raise TableUnreadable(trouble)
            return PackedItems(_unpacked(memory, receive())), prepare

        def prepare(register: Register) -> None:
            register.orders_ready()  # while the other process makes the rest
            register.take(_unpacked(memory, receive()))

        try:
            yield wait
        finally:
            ours.close()
            process.terminate()
            process.join(PATIENCE_SECONDS)


def _read(path: Path, pipe: Connection, memory: IO[bytes]) -> None:
    """What the other process does."""
    gc.disable()
    told: list[str] = []
    problems = Problems(told.append)
    try:
        columns = gathered_open_items(path, problems, PackedColumns)
    except TableUnreadable as error:
        pipe.send((told, problems.count, problems.by_file, str(error)))
        return
    pipe.send((told, problems.count, problems.by_file, None))
    pieces = columns.pieces()
    pipe.send(_packed(memory, pieces))
    pipe.send(_packed(memory, Register(PackedItems(pieces)).numbers_ready()))


def _shared_memory() -> IO[bytes]:
    """A file that has no name, in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("open items"), "w+b")
    return TemporaryFile()


def _packed(memory: IO[bytes], values: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Put values into memory, texts and arrays apart; returns from where to where each lies."""
    apart: list[pickle.PickleBuffer] = []
    wrapped = {
        name: pickle.PickleBuffer(value) if isinstance(value, bytes) else value
        for name, value in values.items()
    }
    head = pickle.dumps(wrapped, protocol=5, buffer_callback=apart.append)
    places = []
    for piece in (memoryview(head), *(one.raw() for one in apart)):
        start = memory.tell()
        memory.write(piece)
        places.append((start, memory.tell()))
        memory.write(bytes(-memory.tell() % PLACE_BYTES))
    memory.flush()
    return places


def _unpacked(memory: IO[bytes], places: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """The values; texts and arrays where they lie."""
    view = memoryview(mmap.mmap(memory.fileno(), 0, access=mmap.ACCESS_READ))
    head, *apart = (view[start:end] for start, end in places)
    values: dict[str, Any] = pickle.loads(head, buffers=apart)  # noqa: S301 (our own wrote it)
    return values

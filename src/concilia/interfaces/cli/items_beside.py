"""
The open items of a run, read by this process or by another one meanwhile.

Another process gives what it read in one piece, which stays packed until somebody asks for it: each
share of the work unpacks it for itself, so that none copies the pages of another.
"""

from __future__ import annotations

import gc
import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from concilia.interfaces.cli.ledger_files import read_open_items
from concilia.interfaces.cli.tables import Problems, TableUnreadable
from concilia.matching.book import OpenItems, Register

PATIENCE_SECONDS = 5.0

# The items, and what a book of them needs not make again.
OpenItemsRead = Callable[[], tuple[OpenItems, Mapping[str, Any]]]
Reading = Callable[[Problems], OpenItemsRead]


class ShareFailed(Exception):
    """One of the processes ended before it had answered."""


@contextmanager
def read_here(path: Path) -> Iterator[Reading]:
    """Give what reads a file of open items when it is called."""

    def read(problems: Problems) -> OpenItemsRead:
        items = read_open_items(path, problems)
        return lambda: (items, {})

    yield read


@contextmanager
def read_beside(path: Path) -> Iterator[Reading]:
    """Let another process read a file of open items; what is given waits for it."""
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(path, theirs), daemon=True)
    process.start()
    theirs.close()

    def wait(problems: Problems) -> OpenItemsRead:
        try:
            told, count, by_file, trouble = ours.recv()
            for sentence in told:
                problems.tell(sentence)
            problems.take_over(Problems(problems.tell, count, by_file))
            if trouble is not None:
                raise TableUnreadable(trouble)
            packed = ours.recv_bytes()
        except EOFError as error:
            raise ShareFailed("one of the processes ended before it had answered") from error
        return lambda: pickle.loads(packed)  # noqa: S301 (our own process wrote it)

    try:
        yield wait
    finally:
        ours.close()
        process.terminate()
        process.join(PATIENCE_SECONDS)


def _read(path: Path, pipe: Connection) -> None:
    """What the other process does."""
    gc.disable()
    told: list[str] = []
    problems = Problems(told.append)
    try:
        items = read_open_items(path, problems)
    except TableUnreadable as error:
        pipe.send((told, problems.count, problems.by_file, str(error)))
        return
    pipe.send((told, problems.count, problems.by_file, None))
    pipe.send_bytes(pickle.dumps((items, Register(items).ready()), pickle.HIGHEST_PROTOCOL))

"""
Taking in what people and programs put into a folder: never lost, never twice.

A file is received and committed first and moved to `taken/` then; if the worker dies in between,
it is received again and recognised by its bytes. What cannot be taken goes to `refused/`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from stat import S_ISREG
from typing import Final

from concilia.foundation.jobs import defer
from concilia.foundation.locks import alone
from concilia.intake.actions import (
    ArrivalRefused,
    Incoming,
    SourceRefused,
    note_folder_checked,
    receive,
)
from concilia.intake.actions.arrivals import SIZE_MAX
from concilia.intake.actions.sources import require_watchable
from concilia.intake.models import Arrival, WatchedFolder

STABLE_SECONDS: Final = 2.0
EMPTY_SECONDS: Final = 300.0
BATCH: Final = 500
UNFINISHED: Final = (".part", ".tmp", ".crdownload", ".filepart", "~")
TAKEN, REFUSED = "taken", "refused"


def poll_folders(*, at: datetime) -> None:
    """This will have every watched folder looked at, each in a job of its own."""
    for key in WatchedFolder.objects.filter(is_active=True).values_list("pk", flat=True):
        defer("concilia.poll_folder", once=f"folder:{key}", folder_id=key)


def poll_folder(*, folder_id: int, at: datetime) -> None:
    """
    This will take in the files of a folder that nobody has written to for two seconds.

    What goes wrong is kept with the folder in one sentence. Folders inside, links and hidden files
    are left alone. At most 500 files at a time: with more the job queues itself again.
    """
    with alone(f"folder:{folder_id}") as is_ours:
        watched = WatchedFolder.objects.filter(pk=folder_id, is_active=True).first()
        if not is_ours or watched is None:
            return
        error, is_done = "", True
        try:
            require_watchable(Path(watched.path))
            problems, is_done = _take_all(watched, at)
            error = " · ".join(problems)
        except SourceRefused as refusal:
            error = str(refusal)
        except OSError as failure:
            error = f"{watched.path} cannot be used: {failure.strerror or failure}"
        note_folder_checked(folder_id=folder_id, error=error, at=at)
    if not is_done:
        defer("concilia.poll_folder", once=f"folder:{folder_id}", folder_id=folder_id)


def _take_all(watched: WatchedFolder, at: datetime) -> tuple[list[str], bool]:
    folder = Path(watched.path)
    for name in (TAKEN, REFUSED):  # before anything is received: what cannot move would come again
        (folder / name).mkdir(exist_ok=True)
    problems: list[str] = []
    ready = list(_ready(folder, at))
    for path in ready[:BATCH]:
        problem = _take(watched, path, at)
        if problem:
            problems.append(problem)
    return problems, len(ready) <= BATCH


def _ready(folder: Path, at: datetime) -> Iterator[Path]:
    """Regular files by name, finished as far as one can tell."""
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        name = entry.name
        if name.startswith(".") or name.lower().endswith(UNFINISHED):
            continue
        try:
            found = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # somebody took it away
        # A copy may carry an old date of change, never an old date of arrival (ctime).
        quiet = at.timestamp() - max(found.st_mtime, found.st_ctime)
        patience = STABLE_SECONDS if found.st_size else EMPTY_SECONDS
        if S_ISREG(found.st_mode) and quiet >= patience:
            yield Path(entry.path)


def _take(watched: WatchedFolder, path: Path, at: datetime) -> str:
    """Receive one file and move it away; returns why it was refused, if so."""
    content = _read_finished(path)
    if content is None:
        return ""
    incoming = Incoming(
        channel=Arrival.Channel.FOLDER, filename=path.name, content=content, source=watched.path
    )
    try:
        receive(entity_id=watched.entity_id, incoming=incoming, at=at)
    except ArrivalRefused as refusal:
        _move(path, path.parent / REFUSED)
        return f"{path.name} was refused: {refusal}"
    _move(path, path.parent / TAKEN)
    return ""


def _read_finished(path: Path) -> bytes | None:
    """The file's bytes, cut beyond the size we take; None while somebody writes or took it away."""
    try:
        # A link put in its place since we looked must not lead out of the folder.
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:  # noqa: PTH123
            before = os.fstat(file.fileno())
            content = file.read(SIZE_MAX + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        return None
    is_quiet = (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size)
    return content if is_quiet else None


def _move(path: Path, into: Path) -> None:
    """Move a file under its name, or under `name-2` and so on where that is taken."""
    target, n = into / path.name, 1
    while target.exists():
        n += 1
        target = into / f"{path.stem}-{n}{path.suffix}"
    path.rename(target)

"""A whole folder at once, without a worker: for the command line and the demonstration company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import IntegrityError, transaction

from concilia.intake.actions.imports.checking import blocking_notes, is_readable
from concilia.intake.actions.imports.runs import State, known_since, lock_file, note, settle_run
from concilia.intake.actions.imports.saving import fail, take
from concilia.intake.actions.imports.starting import Upload, start_import
from concilia.intake.core.imports.tables import TableUnreadable
from concilia.intake.models import ImportFile, ImportRun


def import_folder(
    *, entity_id: int, folder: Path | Mapping[str, bytes] | Sequence[Upload], at: datetime
) -> ImportRun:
    """
    Import files at once, in the order their contents need; each file all or nothing.

    What needs a person (columns to confirm, rows to put right) is left `YOURS`, what is no table
    `INBOX`; the others are saved.

    :param folder: a folder, or names with bytes, or names with paths
    """
    uploads = uploads_of(folder)
    source = str(folder) if isinstance(folder, Path) else ""
    run = start_import(entity_id=entity_id, files=uploads, member=None, at=at, source=source)
    for file_id in ImportFile.objects.filter(run=run).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic(durable=True):
                take_at_once(file_id, at)
        except (IntegrityError, TableUnreadable) as problem:
            with transaction.atomic(durable=True):
                fail(lock_file(file_id), problem, at)
    run.refresh_from_db()
    return run


def take_at_once(file_id: int, at: datetime) -> ImportFile:
    """Check and save one file inside the caller's transaction, if it needs nobody."""
    file = lock_file(file_id)
    if file.state != State.WAITING:
        return file
    file.started_at = at
    if file.dataset and (since := known_since(file)):
        file.state, file.finished_at = State.KNOWN, at
        file.notes = [note("known", day=since.date().isoformat())]
    elif not is_readable(file) or blocking_notes(file):
        file.state, file.notes = State.YOURS, blocking_notes(file)
    else:
        return take(file, at)
    file.save()
    settle_run(file.run_id, at)
    return file


def uploads_of(folder: Path | Mapping[str, bytes] | Sequence[Upload]) -> list[Upload]:
    """Return names with their bytes or paths; of a folder every file, hidden ones left out."""
    if isinstance(folder, Mapping):
        return list(folder.items())
    if isinstance(folder, Path):
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return [
            (str(path.relative_to(folder)), path)
            for path in paths
            if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
    return list(folder)

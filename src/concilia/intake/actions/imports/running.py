"""A whole folder at once, without a worker: for the command line and the demonstration company."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.db import DataError, IntegrityError, transaction

from concilia.intake.actions.imports.checking import blocking_notes, is_readable
from concilia.intake.actions.imports.runs import (
    State,
    known_as,
    lock_file,
    settle_as_known,
    settle_run,
)
from concilia.intake.actions.imports.saving import fail, take
from concilia.intake.actions.imports.starting import Upload, keep_raw, open_run, start_import
from concilia.intake.core.imports.tables import TableUnreadable
from concilia.intake.models import ImportFile, ImportRun

Uploads = Path | Mapping[str, bytes] | Sequence[Upload]


def import_folder(
    *,
    entity_id: int,
    folder: Uploads,
    at: datetime,
    on_file: Callable[[ImportFile], None] | None = None,
) -> ImportRun:
    """
    Import files at once, in the order their contents need; each file all or nothing.

    What needs a person (columns to confirm, rows to put right) is left `YOURS`, what is no table
    `INBOX`; the others are saved.

    :param folder: a folder, or names with bytes, or names with paths
    :param on_file: told of each file once it is done with
    """
    source = str(folder) if isinstance(folder, Path) else ""
    uploads = uploads_of(folder)
    run = start_import(entity_id=entity_id, files=uploads, member=None, at=at, source=source)
    for file_id in ImportFile.objects.filter(run=run).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic(durable=True):
                file = _take_at_once(file_id, at)
        except (IntegrityError, DataError, TableUnreadable) as problem:
            with transaction.atomic(durable=True):
                file = fail(file=lock_file(file_id=file_id), problem=problem, at=at)
        if on_file:
            on_file(file)
    run.refresh_from_db()
    return run


@transaction.atomic(durable=True)
def rehearse_import(*, entity_id: int, folder: Uploads, at: datetime) -> list[ImportFile]:
    """
    Say what `import_folder` would do, and do nothing: everything is rolled back.

    The files returned are in no database any more.
    """
    uploads = uploads_of(folder)
    run = keep_raw(entity_id=entity_id, files=uploads, member=None, at=at)
    run = open_run(run=run, files=uploads, member=None, at=at)
    files = []
    for file_id in ImportFile.objects.filter(run=run).order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                files.append(_take_at_once(file_id, at))
        except (IntegrityError, DataError, TableUnreadable) as problem:
            files.append(fail(file=lock_file(file_id=file_id), problem=problem, at=at))
    transaction.set_rollback(True)
    return files


def uploads_of(folder: Uploads) -> list[Upload]:
    """Return names with their bytes or paths; of a folder every file, hidden ones left out."""
    if isinstance(folder, Mapping):
        return list(folder.items())
    if isinstance(folder, Path):
        names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return [
            (name.as_posix(), folder / name)
            for name in names
            if not any(part.startswith(".") for part in name.parts)
        ]
    return list(folder)


def _take_at_once(file_id: int, at: datetime) -> ImportFile:
    """Check and save one file inside the caller's transaction, if it needs nobody."""
    file = lock_file(file_id=file_id)
    if file.state != State.WAITING:
        return file
    file.started_at = at
    if file.dataset and (twin := known_as(file)):
        settle_as_known(file=file, twin=twin, at=at)
    elif not is_readable(file) or blocking_notes(file):
        file.state, file.notes = State.YOURS, blocking_notes(file)
    else:
        return take(file=file, at=at)
    file.save()
    settle_run(run_id=file.run_id, at=at)
    return file

"""A file is looked at as a whole: every row, before anything of it is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from concilia.intake.actions.imports.preview import preview_of
from concilia.intake.actions.imports.runs import (
    State,
    english,
    known_as,
    lock_file,
    note,
    settle_as_known,
    settle_run,
    waits_for,
)
from concilia.intake.actions.imports.staging import drop_stage
from concilia.intake.actions.imports.taking import Outcome, check_stage, stage_file
from concilia.intake.core.imports.datasets import DATASETS
from concilia.intake.core.imports.mappings import doubtful_columns, missing_fields
from concilia.intake.core.imports.tables import TableUnreadable
from concilia.intake.models import ImportFile


class Cancelled(Exception):
    """Somebody cancelled the file while it was being checked."""


def check_import_file(*, file_id: int, at: datetime) -> ImportFile:
    """
    Read and check all rows of a file; afterwards it is `READY`, `KNOWN`, or `YOURS` to put right.

    Rows done are written as it goes, so that a page can show them. A file that needs another of the
    same import stays `WAITING` until that one is settled; one that is cancelled meanwhile stops.
    Safe to repeat after a death of the process.
    """
    with transaction.atomic(durable=True):
        file = lock_file(file_id=file_id)
        if not _may_begin(file, at):
            settle_run(run_id=file.run_id, at=at)
            return file
    try:
        outcome = _look(file)
    except Cancelled:
        return ImportFile.objects.get(pk=file_id)
    finally:
        drop_stage()
    with transaction.atomic(durable=True):
        current = lock_file(file_id=file_id)
        if current.state == State.CHECKING:
            _conclude(current, outcome, at)
            settle_run(run_id=current.run_id, at=at)
    return current


def blocking_notes(file: ImportFile) -> list[dict[str, Any]]:
    """What keeps a whole file from being saved: unknown rows, columns missing or to confirm."""
    if not file.dataset:
        return [note("unknown_dataset")]
    notes = []
    dataset = DATASETS[file.dataset]
    if missing := missing_fields(file.mapping, dataset):
        notes.append(note("missing_columns", fields=", ".join(missing)))
    if doubtful := doubtful_columns(file.mapping):
        notes.append(note("columns_to_confirm", columns=", ".join(doubtful)))
    return notes


def is_readable(file: ImportFile) -> bool:
    """Whether the rows can be looked at: it is known what they are, and every needed column."""
    return bool(file.dataset) and not missing_fields(file.mapping, DATASETS[file.dataset])


def _may_begin(file: ImportFile, at: datetime) -> bool:
    if file.state not in {State.WAITING, State.CHECKING, State.READY, State.YOURS}:
        return False
    if waits_for(file):
        file.state = State.WAITING
        file.save(update_fields=["state"])
        return False
    file.started_at, file.done_rows = at, 0
    if file.dataset and (twin := known_as(file)):
        settle_as_known(file=file, twin=twin, at=at)
    elif not is_readable(file):
        file.state, file.notes, file.errors = State.YOURS, blocking_notes(file), []
    else:
        file.state = State.CHECKING
    file.save()
    return file.state == State.CHECKING


def _look(file: ImportFile) -> Outcome:
    """Outside of a transaction: what is done so far can be seen at once."""

    def tell(done: int) -> None:
        still = ImportFile.objects.filter(pk=file.pk, state=State.CHECKING)
        if not still.update(done_rows=done):
            raise Cancelled

    try:
        outcome = stage_file(file, tell)
    except TableUnreadable as problem:
        return Outcome(failure=note(problem.key, **problem.args_of_key))
    check_stage(file, outcome)
    outcome.preview = preview_of(file)
    return outcome


def _conclude(file: ImportFile, outcome: Outcome, at: datetime) -> None:
    blocking = blocking_notes(file)
    file.total_rows = file.done_rows = outcome.total_rows
    file.errors = [problem.as_json() for problem in outcome.problems]
    file.error_rows = outcome.bad_rows
    file.preview = outcome.preview
    file.notes = blocking + outcome.notes
    file.state = State.YOURS if blocking or outcome.bad_rows else State.READY
    if outcome.failure:
        file.state, file.notes, file.finished_at = State.FAILED, [outcome.failure], at
        file.error = english(file.notes)
    file.save()

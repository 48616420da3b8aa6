"""A file is saved as a whole, in one transaction, or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import DataError, IntegrityError, connection, transaction

from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.intake.actions.imports.checking import blocking_notes
from concilia.intake.actions.imports.runs import (
    State,
    actor_for,
    english,
    lock_file,
    note,
    remember,
    settle_run,
)
from concilia.intake.actions.imports.staging import drop_stage
from concilia.intake.actions.imports.taking import Outcome, check_stage, save_stage, stage_file
from concilia.intake.core.imports.tables import TableUnreadable
from concilia.intake.events import ImportSaved
from concilia.intake.models import ImportFile


def save_import_file(*, file_id: int, at: datetime) -> ImportFile:
    """
    Save all rows of a file that is `READY`; if one is no longer right, it is `YOURS` again.

    The rows are read and checked once more in the transaction that saves them: what was true when a
    person looked may have changed. Safe to repeat after a death of the process.
    """
    with transaction.atomic(durable=True):
        file = lock_file(file_id=file_id)
        if file.state not in {State.READY, State.SAVING} or blocking_notes(file):
            return file
        file.state = State.SAVING
        file.save(update_fields=["state"])
        settle_run(run_id=file.run_id, at=at)
    try:
        with transaction.atomic(durable=True):
            return take(file=lock_file(file_id=file_id), at=at)
    except (IntegrityError, DataError, TableUnreadable) as problem:
        with transaction.atomic(durable=True):
            return fail(file=lock_file(file_id=file_id), problem=problem, at=at)


def take(*, file: ImportFile, at: datetime) -> ImportFile:
    """Read, check and save a file inside the caller's transaction."""
    assert connection.in_atomic_block, "a file is saved as a whole, or not at all"
    with connection.cursor() as cursor:  # imports of one entity take turns
        cursor.execute("SELECT pg_advisory_xact_lock(4711, %s)", [file.run.entity_id])
    outcome = stage_file(file)
    check_stage(file, outcome)
    file.total_rows = file.done_rows = outcome.total_rows
    file.errors = [problem.as_json() for problem in outcome.problems]
    file.error_rows = outcome.bad_rows
    if outcome.bad_rows:
        file.state = State.YOURS
    else:
        save_stage(file=file, outcome=outcome, at=at)
        _conclude(file, outcome, at)
    file.notes = outcome.notes
    file.save()
    drop_stage()
    settle_run(run_id=file.run_id, at=at)
    return file


def fail(
    *, file: ImportFile, problem: IntegrityError | DataError | TableUnreadable, at: datetime
) -> ImportFile:
    """Write down why nothing of a file was saved, inside the caller's transaction."""
    file.state, file.finished_at = State.FAILED, at
    file.notes = [_why(problem)]
    file.error = english(file.notes)
    file.save(update_fields=["state", "finished_at", "notes", "error"])
    settle_run(run_id=file.run_id, at=at)
    return file


def _conclude(file: ImportFile, outcome: Outcome, at: datetime) -> None:
    file.state, file.finished_at = State.SAVED, at
    file.new_rows, file.changed_rows = outcome.new_rows, outcome.changed_rows
    file.same_rows, file.left_out_rows = outcome.same_rows, outcome.left_out_rows
    remember(file=file, at=at)
    events.record(ImportSaved(file.pk))
    data = {
        "file": file.filename,
        "sha256": file.blob_id,
        "dataset": file.dataset,
        "new": outcome.new_rows,
        "changed": outcome.changed_rows,
        "same": outcome.same_rows,
        "left_out": outcome.left_out_rows,
    }
    act = Act("import.saved", "import", file.run_id, data)
    audit.log(
        entity_id=file.run.entity_id, actor=actor_for(run=file.run, member=None), at=at, acts=[act]
    )


def _why(problem: IntegrityError | DataError | TableUnreadable) -> dict[str, object]:
    if isinstance(problem, TableUnreadable):
        return note(problem.key, **problem.args_of_key)
    diagnostics = getattr(problem.__cause__, "diag", None)
    constraint = str(getattr(diagnostics, "constraint_name", None) or "integrity")
    is_use = "fk" in constraint and "line" in constraint
    return note("in_use") if is_use else note("refused", constraint=constraint)

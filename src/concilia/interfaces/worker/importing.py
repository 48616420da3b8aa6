"""Imports that people started: files are checked, saved and handed on, one step after the other."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from concilia.foundation.jobs import defer
from concilia.intake.actions.imports import check_import_file, hand_to_inbox, save_import_file
from concilia.intake.models import ImportFile
from concilia.intake.queries.imports import depending_on, due_for_check

LOG: Final = structlog.get_logger("concilia.worker")


def advance_import(*, run_id: int, at: datetime) -> None:
    """
    Check every file whose turn it is and hand what is no table to the inbox; safe to repeat.

    A file that was interrupted half-way by the death of a worker is checked from its first row.
    """
    for problem in hand_to_inbox(run_id=run_id, at=at):
        LOG.warning("not taken in", run=run_id, reason=problem)
    interrupted = ImportFile.objects.filter(run_id=run_id, state=ImportFile.State.CHECKING)
    for file_id in interrupted.values_list("pk", flat=True):
        check_import_file(file_id=file_id, at=at)
    while due := due_for_check(run_id=run_id):
        for file_id in due:
            check_import_file(file_id=file_id, at=at)


def save_import(*, file_id: int, at: datetime) -> None:
    """Save a file, then look again at those of its import that refer to what it brought."""
    file = save_import_file(file_id=file_id, at=at)
    if file.state != ImportFile.State.SAVED:
        return
    for other in depending_on(file=file):
        check_import_file(file_id=other, at=at)
    defer("concilia.advance_import", run_id=file.run_id, lock=f"import {file.run_id}")

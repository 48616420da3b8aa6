"""A whole folder at once, without a worker: for the command line and the demonstration company."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from concilia.foundation.blobs import store_blob
from concilia.intake.actions.imports.sources import layout_of, rows_of
from concilia.intake.actions.imports.taking import check_stage, save_stage, stage_file
from concilia.intake.core.datasets import SEQUENCE
from concilia.intake.core.recognition import propose
from concilia.intake.models import ImportFile, ImportRun


def import_folder(*, entity_id: int, folder: Path | Mapping[str, bytes], at: datetime) -> ImportRun:
    """Import every file, in the order their contents need; each file all or nothing."""
    files = (
        dict(folder)
        if isinstance(folder, Mapping)
        else {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    )
    with transaction.atomic(durable=True):
        run = ImportRun.objects.create(entity_id=entity_id, started_at=at)
        drafts = [_draft(run, name, content, at) for name, content in files.items()]
        drafts.sort(key=lambda file: SEQUENCE.index(file.dataset))
        for file in drafts:
            file.save()
    for file in drafts:
        _take(file, at)
    return run


def _draft(run: ImportRun, name: str, content: bytes, at: datetime) -> ImportFile:
    file = ImportFile(run=run, blob=store_blob(content=content, at=at), filename=name)
    file.layout = layout_of(content)
    rows = rows_of(file)
    proposal = propose([row for _, row in zip(range(500), rows, strict=False)])
    file.layout |= {"header_row": proposal.header_row, "sure": proposal.sure}
    assert proposal.dataset
    file.dataset = proposal.dataset.name
    file.mapping = [column.as_json() for column in proposal.columns]
    return file


@transaction.atomic(durable=True)
def _take(file: ImportFile, at: datetime) -> None:
    file.started_at = at
    outcome = stage_file(file)
    if not outcome.bad_rows:
        check_stage(file, outcome)
    file.total_rows = file.done_rows = outcome.total_rows
    if outcome.bad_rows:
        file.state = ImportFile.State.YOURS
        file.errors = [problem.as_json() for problem in outcome.problems]
        file.error_rows = outcome.bad_rows
    else:
        save_stage(file, outcome, at)
        file.state = ImportFile.State.SAVED
        file.new_rows, file.changed_rows = outcome.new_rows, outcome.changed_rows
        file.same_rows, file.left_out_rows = outcome.same_rows, outcome.left_out_rows
    file.notes = outcome.notes
    file.finished_at = at
    file.save()

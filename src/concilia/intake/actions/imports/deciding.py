"""What people do with files that wait: say what columns are, mend cells, leave files out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions.imports.runs import (
    SETTLED,
    ImportRefused,
    State,
    lock_file,
    remember,
    require_open,
    settle_run,
)
from concilia.intake.actions.imports.sources import SAMPLE_ROWS, rows_of
from concilia.intake.core.imports.cells import clean
from concilia.intake.core.imports.datasets import DATASETS
from concilia.intake.core.imports.recognition import find_table, propose
from concilia.intake.models import ImportFile, ImportRun

REPAIRS_MAX: Final = 1000
REPAIR_CHARACTERS_MAX: Final = 500
ORDERS: Final = frozenset({"dmy", "mdy", "ymd", "serial"})


@transaction.atomic(durable=True)
def set_mapping(
    *,
    file_id: int,
    mapping: Sequence[Mapping[str, Any]],
    member: Membership,
    at: datetime,
    dataset: str = "",
) -> ImportFile:
    """
    Say what the rows are and which column is what; the file waits to be checked again.

    :param mapping: for columns that change: `column`, and any of `field` ("" leaves it out),
        `decimal` (`.` or `,`), `order` (dmy, mdy, ymd, serial), `fraction`; a column named with
        nothing else is confirmed as it is
    :param dataset: what the rows are, if not what was recognised; columns are recognised anew
    :raises ImportRefused: if there is no such column or field, or two columns become one field
    """
    file = lock_file(file_id=file_id, member=member)
    require_open(file)
    if dataset and dataset != file.dataset:
        _recognise_as(file, dataset)
    _apply(file, mapping)
    file.state, file.errors, file.error_rows = State.WAITING, [], 0
    file.save()
    remember(file=file, at=at)
    settle_run(run_id=file.run_id, at=at)
    data = {"file": file.filename, "dataset": file.dataset, "columns": len(mapping)}
    act = Act("import.mapped", "import", file.run_id, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return file


@transaction.atomic(durable=True)
def repair_value(
    *, file_id: int, row: int, column: int, value: str, member: Membership, at: datetime
) -> ImportFile:
    """
    Put another text in place of a cell, for this import only: the file itself stays as it came.

    Once every problem has its repair the file waits to be checked again.

    :param row: as a spreadsheet counts
    :raises ImportRefused: if there is no such cell, or a thousand cells were mended already
    """
    file = lock_file(file_id=file_id, member=member)
    require_open(file)
    text = clean(value)
    if row < 1 or not any(int(known["column"]) == column for known in file.mapping):
        raise ImportRefused(_("There is no such cell."))
    if len(text) > REPAIR_CHARACTERS_MAX:
        raise ImportRefused(_("This is longer than a cell may be."))
    if sum(len(cells) for cells in file.repairs.values()) >= REPAIRS_MAX:
        raise ImportRefused(_("So much is better put right in the file: drop it again."))
    before = next((error["value"] for error in file.errors if _is_at(error, row, column)), "")
    file.repairs = {
        **file.repairs,
        str(row): {**file.repairs.get(str(row), {}), str(column): text},
    }
    for error in file.errors:
        if _is_at(error, row, column):
            error["mended"] = text
    if all("mended" in error for error in file.errors):
        file.state = State.WAITING
    file.save()
    settle_run(run_id=file.run_id, at=at)
    data = {"file": file.filename, "row": row, "column": column, "before": before, "after": text}
    act = Act("import.repaired", "import", file.run_id, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return file


@transaction.atomic(durable=True)
def leave_out_file(*, file_id: int, member: Membership, at: datetime) -> ImportFile:
    """
    Leave one file out of an import; what needs it is looked at without it.

    :raises ImportRefused: if it is being saved or settled already
    """
    file = lock_file(file_id=file_id, member=member)
    if file.state == State.SAVING:
        raise ImportRefused(_("This file is being saved and can no longer be cancelled."))
    if file.state in SETTLED:
        raise ImportRefused(_("This file is settled: drop it again to import it once more."))
    file.state, file.finished_at = State.CANCELLED, at
    file.save(update_fields=["state", "finished_at"])
    settle_run(run_id=file.run_id, at=at)
    act = Act("import.left_out", "import", file.run_id, {"file": file.filename})
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return file


@transaction.atomic(durable=True)
def cancel_import(*, run_id: int, member: Membership, at: datetime) -> ImportRun:
    """
    Stop an import: files that are not settled are left out; what was saved stays saved.

    :raises ImportRefused: if all of its files are settled
    """
    run = ImportRun.objects.select_for_update(no_key=True).get(
        pk=run_id, entity_id=member.entity_id
    )
    files = (
        ImportFile.objects.select_for_update(no_key=True).filter(run=run).exclude(state__in=SETTLED)
    )
    stopped = files.exclude(state=State.SAVING).update(state=State.CANCELLED, finished_at=at)
    if not stopped:
        raise ImportRefused(_("Nothing of this import can be cancelled any more."))
    run.state, run.finished_at = ImportRun.State.CANCELLED, at
    run.save(update_fields=["state", "finished_at"])
    act = Act("import.cancelled", "import", run.pk, {"files": stopped})
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return run


def _recognise_as(file: ImportFile, name: str) -> None:
    if name not in DATASETS:
        raise ImportRefused(_("There is nothing of this kind to import."))
    rows = [row for row, _n in zip(rows_of(file), range(SAMPLE_ROWS), strict=False)]
    table = find_table(rows)
    if table is None:
        raise ImportRefused(_("No row of this file names its columns."))
    proposal = propose(table, dataset=DATASETS[name])
    file.dataset = name
    file.layout = {**file.layout, "sure": 100, "header_row": proposal.header_row}
    file.mapping = [column.as_json() for column in proposal.columns]


def _apply(file: ImportFile, mapping: Sequence[Mapping[str, Any]]) -> None:
    if not file.dataset:
        raise ImportRefused(_("Say first what the rows of this file are."))
    known = {field.name for field in DATASETS[file.dataset].fields}
    columns = {int(column["column"]): column for column in file.mapping}
    for change in mapping:
        column = columns.get(int(change["column"]))
        if column is None or change.get("field", "") not in {"", *known}:
            raise ImportRefused(_("There is no such column."))
        _change(column, change)
    fields = [column["field"] for column in file.mapping if column["field"]]
    for name in fields:
        if fields.count(name) > 1:
            raise ImportRefused(_("Two columns cannot become the same field: {name}."), name=name)


def _change(column: dict[str, Any], change: Mapping[str, Any]) -> None:
    if change.get("decimal", ".") not in {".", ","} or change.get("order", "dmy") not in ORDERS:
        raise ImportRefused(_("Numbers and dates are not written like that."))
    for key in ("field", "decimal", "order", "fraction"):
        if key in change:
            column[key] = bool(change[key]) if key == "fraction" else change[key]
    column["doubt"], column["sure"], column["source"] = False, 100, "person"


def _is_at(error: Mapping[str, Any], row: int, column: int) -> bool:
    return bool(error["row"] == row and error["column"] == column)

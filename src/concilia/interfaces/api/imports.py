"""Imports: files sent, columns said, problems fetched and mended, rows saved all or none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from concilia.identity.models import Membership
from concilia.intake.actions.imports import (
    ImportRefused,
    cancel_import,
    check_later,
    leave_out_file,
    repair_value,
    save_later,
    set_mapping,
    start_import,
)
from concilia.intake.core.imports.datasets import DATASETS, SEQUENCE
from concilia.intake.core.imports.labels import dataset_label
from concilia.intake.models import ImportFile, ImportRun
from concilia.intake.queries import imports as reading
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.files import as_file, table
from concilia.interfaces.api.paging import ListFilter, Page, page_of
from concilia.interfaces.api.problems import NothingHere
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.components.uploads import content_of, require_size

router = Router(tags=["imports"])
READ = Scope("imports:read")
WRITE = Scope("imports:write", *WORKERS)


class FieldOut(Schema):
    name: str
    kind: str


class DatasetOut(Schema):
    name: str
    label: str
    fields: list[FieldOut]


class RunOut(Schema):
    id: int
    state: str
    source: str
    started_by: str | None
    started_at: datetime
    finished_at: datetime | None
    files: dict[str, int]

    @classmethod
    def of(cls, shown: reading.RunShown) -> RunOut:
        """An import as JSON; needs who started it."""
        run = shown.run
        return cls(
            id=run.pk,
            state=run.state,
            source=run.source,
            started_by=run.started_by.email if run.started_by else None,
            started_at=run.started_at,
            finished_at=run.finished_at,
            files=dict(shown.states),
        )


class FileOut(Schema):
    id: int
    run: int
    filename: str
    sheet: str
    dataset: str
    state: str
    rows: int
    checked_rows: int
    error_rows: int
    new_rows: int
    changed_rows: int
    same_rows: int
    left_out_rows: int
    error: str

    @classmethod
    def of(cls, file: ImportFile) -> FileOut:
        """A file of an import as JSON."""
        return cls(
            id=file.pk,
            run=file.run_id,
            filename=file.filename,
            sheet=file.sheet,
            dataset=file.dataset,
            state=file.state,
            rows=file.total_rows,
            checked_rows=file.done_rows,
            error_rows=file.error_rows,
            new_rows=file.new_rows,
            changed_rows=file.changed_rows,
            same_rows=file.same_rows,
            left_out_rows=file.left_out_rows,
            error=file.error,
        )


class RunDetail(Schema):
    run: RunOut
    files: list[FileOut]


class ColumnOut(Schema):
    column: int
    header: str
    field: str
    sure: int
    is_doubtful: bool
    why: str
    decimal: str
    order: str
    samples: list[str]
    others: list[str]


class ProblemRow(Schema):
    row: int
    column: int
    header: str
    value: str
    message: str
    likely: str
    mended: str | None


class FileDetail(FileOut):
    columns: list[ColumnOut]
    problems: list[ProblemRow]
    notes: list[str]
    fields: list[str]


class ColumnIn(Schema):
    """What one column means; what is left out stays as it is. An empty field leaves it out."""

    column: int = Field(ge=0, lt=10_000)
    field: str | None = Field(None, pattern=TEXT, max_length=60)
    decimal: Literal[".", ","] | None = None
    order: Literal["dmy", "mdy", "ymd"] | None = None


class ColumnsIn(Schema):
    """Columns that change or are confirmed; `dataset` only if the rows are something else."""

    dataset: str = Field("", pattern=TEXT, max_length=30)
    columns: list[ColumnIn] = Field(default=[], max_length=2_000)


class RepairIn(Schema):
    row: int = Field(ge=1, lt=2**31)
    column: int = Field(ge=0, lt=10_000)
    value: str = Field(pattern=TEXT, max_length=2_000)


@router.get("", response=Page[RunOut], auth=READ)
def list_imports(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Imports, the newest first."""
    rows = ImportRun.objects.filter(entity_id=caller(request).entity_id)
    rows = rows.select_related("started_by")
    found, following = page_of(rows, order="started_at", cursor=asked.cursor, limit=asked.limit)
    shown = reading.with_states(found)
    return {"items": [RunOut.of(each) for each in shown], "next_cursor": following}


@router.post("", response={201: RunDetail}, auth=WRITE)
def start(
    request: HttpRequest, file: File[list[UploadedFile]], into: Form[int | None] = None
) -> Status[RunDetail]:
    """
    Send CSV files, workbooks or archives; the worker checks them, nothing is saved yet.

    `into` adds them to an import that still goes on.
    """
    member = caller(request)
    for each in file:
        require_size(each)
    going_on = None
    if into is not None:
        going_on = reading.run_of(entity_id=member.entity_id, run_id=into)
        if going_on.finished_at or going_on.state == ImportRun.State.CANCELLED:
            raise ImportRefused("This import is over; start another one.")
    run = start_import(
        entity_id=member.entity_id,
        files=[((each.name or "").replace("\x00", ""), content_of(each)) for each in file],
        member=member,
        at=timezone.now(),
        source="rest",
        into=going_on,
    )
    check_later(run_id=run.pk)
    return Status(201, _run(member, run.pk))


@router.get("/datasets", response=list[DatasetOut], auth=READ)
def list_datasets(request: HttpRequest) -> list[DatasetOut]:
    """What can be imported, in the order in which one needs the other."""
    language = caller(request).user.language
    return [
        DatasetOut(
            name=name,
            label=dataset_label(name, language),
            fields=[FieldOut(name=each.name, kind=each.kind) for each in DATASETS[name].fields],
        )
        for name in SEQUENCE
    ]


@router.get(
    "/templates/{name}",
    auth=READ,
    openapi_extra=as_file("text/csv", "A header and one example."),
)
def get_template(request: HttpRequest, name: str) -> HttpResponse:
    """An empty file of a dataset."""
    if name not in DATASETS:
        raise NothingHere
    return table(reading.template_csv(name), f"{name}.csv")


@router.get("/files/{file_id}", response=FileDetail, auth=READ)
def get_file(request: HttpRequest, file_id: int) -> FileDetail:
    """A file with its columns, what is to be put right, and what is worth saying about it."""
    return _detail(caller(request), file_id)


@router.get(
    "/files/{file_id}/problems",
    auth=READ,
    openapi_extra=as_file("text/csv", "The rows to put right; semicolons, UTF-8 with a mark."),
)
def get_problems(request: HttpRequest, file_id: int) -> HttpResponse:
    """The rows to put right, as a file."""
    member = caller(request)
    file = _file(member, file_id)
    name = f"{Path(file.filename).stem}.errors.csv"
    return table(reading.problems_csv(file, member.user.language), name)


@router.post("/files/{file_id}/columns", response=FileDetail, auth=WRITE)
def say_columns(request: HttpRequest, file_id: int, body: ColumnsIn) -> FileDetail:
    """Say what the rows and their columns are; the worker checks the file again."""
    member = caller(request)
    file = _file(member, file_id)
    changes = [each.model_dump(exclude_none=True) for each in body.columns]
    set_mapping(
        file_id=file.pk, mapping=changes, member=member, at=timezone.now(), dataset=body.dataset
    )
    check_later(run_id=file.run_id)
    return _detail(member, file_id)


@router.post("/files/{file_id}/repairs", response=FileDetail, auth=WRITE)
def repair(request: HttpRequest, file_id: int, body: RepairIn) -> FileDetail:
    """Put another text in place of a cell, as a spreadsheet counts rows."""
    member = caller(request)
    file = _file(member, file_id)
    repair_value(
        file_id=file.pk,
        row=body.row,
        column=body.column,
        value=body.value,
        member=member,
        at=timezone.now(),
    )
    check_later(run_id=file.run_id)
    return _detail(member, file_id)


@router.post("/files/{file_id}/save", response={202: FileOut}, auth=WRITE)
def save(request: HttpRequest, file_id: int) -> Status[FileOut]:
    """Have all rows of a file saved; the worker does it, `state` says when it has."""
    file = _file(caller(request), file_id)
    save_later(file=file)
    return Status(202, FileOut.of(file))


@router.post("/files/{file_id}/leave-out", response=FileOut, auth=WRITE)
def leave_out(request: HttpRequest, file_id: int) -> FileOut:
    """Leave one file out of its import."""
    member = caller(request)
    file = leave_out_file(file_id=_file(member, file_id).pk, member=member, at=timezone.now())
    check_later(run_id=file.run_id)
    return FileOut.of(file)


@router.get("/{run_id}", response=RunDetail, auth=READ)
def get_import(request: HttpRequest, run_id: int) -> RunDetail:
    """An import with its files and how far each is."""
    return _run(caller(request), run_id)


@router.post("/{run_id}/cancel", response=RunDetail, auth=WRITE)
def cancel(request: HttpRequest, run_id: int) -> RunDetail:
    """Stop an import; what was saved stays saved."""
    member = caller(request)
    run = reading.run_of(entity_id=member.entity_id, run_id=run_id)
    cancel_import(run_id=run.pk, member=member, at=timezone.now())
    return _run(member, run_id)


def _run(member: Membership, run_id: int) -> RunDetail:
    run = reading.run_of(entity_id=member.entity_id, run_id=run_id)
    files = reading.files_of(entity_id=member.entity_id, run_id=run_id)
    return RunDetail(
        run=RunOut.of(reading.with_states([run])[0]), files=[FileOut.of(each) for each in files]
    )


def _file(member: Membership, file_id: int) -> ImportFile:
    rows = ImportFile.objects.select_related("run")
    return rows.get(pk=file_id, run__entity_id=member.entity_id)


def _detail(member: Membership, file_id: int) -> FileDetail:
    shown = reading.file_shown(
        entity_id=member.entity_id,
        file_id=file_id,
        language=member.user.language,
        at=timezone.now(),
    )
    return FileDetail(
        **FileOut.of(shown.file).model_dump(),
        columns=[_column(each) for each in shown.columns],
        problems=[_problem(each) for each in shown.problems],
        notes=list(shown.notes),
        fields=[name for name, _ in shown.fields],
    )


def _column(shown: reading.ColumnShown) -> ColumnOut:
    return ColumnOut(
        column=shown.place,
        header=shown.header,
        field=shown.field,
        sure=shown.sure,
        is_doubtful=shown.is_doubtful,
        why=shown.why,
        decimal=shown.decimal,
        order=shown.order,
        samples=list(shown.samples),
        others=[name for name, _ in shown.others],
    )


def _problem(shown: reading.ProblemShown) -> ProblemRow:
    return ProblemRow(
        row=shown.row,
        column=shown.place,
        header=shown.column,
        value=shown.value,
        message=shown.text,
        likely=shown.repair,
        mended=shown.mended,
    )

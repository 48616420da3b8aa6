"""Imports: one's own records from files, each checked as a whole and saved as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

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
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.components.uploads import content_of
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.refusals import words_of

State = ImportFile.State
BUSY: Final = frozenset({State.WAITING, State.CHECKING, State.SAVING})
UNREADABLE: Final = 422
CONFLICT: Final = 409
KEY_MAX: Final = 2**63 - 1


@require_GET
@desk_page()
def imports(request: DeskRequest) -> HttpResponse:
    """The last import, or what can be imported and how to begin."""
    return _page(request, None)


@require_GET
@desk_page()
def import_run(request: DeskRequest, run_id: int) -> HttpResponse:
    """One import and one of its files; for htmx only what is below the head."""
    return _page(request, _run(request, run_id))


@require_GET
@desk_page()
def template(request: DeskRequest, name: str) -> HttpResponse:
    """An empty file of a dataset with its header and one example."""
    if name not in DATASETS:
        raise Http404
    return _download(reading.template_csv(name), f"{name}.csv")


@require_GET
@desk_page()
def problems(request: DeskRequest, file_id: int) -> HttpResponse:
    """The rows to put right as a file."""
    file = _file(request, file_id)
    language = base_language(request.user.language)
    return _download(reading.problems_csv(file, language), f"{Path(file.filename).stem}.errors.csv")


@require_POST
@desk_page(allow=WORKERS)
def upload(request: DeskRequest) -> HttpResponse:
    """Take in files; they join the person's import that is still going on."""
    is_part = bool(request.headers.get("HX-Request"))
    files = request.FILES.getlist("file")
    if not files:
        return _refused_upload(request, gettext("Choose a file first."), is_part=is_part)
    member = request.seat.membership
    going_on = reading.going_on(entity_id=member.entity_id, user_id=request.user.pk)
    try:
        run = start_import(
            entity_id=member.entity_id,
            files=[(each.name or "", content_of(each)) for each in files],
            member=member,
            at=timezone.now(),
            source="desk",
            into=going_on,
        )
    except ImportRefused as refused:
        return _refused_upload(request, str(refused), is_part=is_part)
    check_later(run_id=run.pk)
    if is_part:
        return render(request, "desk/imports/uploaded.html", {"files": files, "run": run})
    return redirect("desk:import-run", run.pk)


@require_POST
@desk_page(allow=WORKERS)
def columns(request: DeskRequest, file_id: int) -> HttpResponse:
    """Say what the rows and their columns are; then the file is checked again."""
    file = _file(request, file_id)
    dataset = request.POST.get("dataset", "")
    changes = [] if dataset and dataset != file.dataset else _changes(request, file)
    try:
        set_mapping(
            file_id=file.pk,
            mapping=changes,
            member=request.seat.membership,
            at=timezone.now(),
            dataset=dataset,
        )
    except ImportRefused as refused:
        return _page(request, file.run, file=file.pk, columns_error=str(refused))
    return _checked(request, file)


@require_POST
@desk_page(allow=WORKERS)
def repair(request: DeskRequest, file_id: int) -> HttpResponse:
    """Put another text in place of a cell; after the last one the file is checked again."""
    file = _file(request, file_id)
    try:
        repair_value(
            file_id=file.pk,
            row=_number(request.POST.get("row")),
            column=_number(request.POST.get("column")),
            value=request.POST.get("value", ""),
            member=request.seat.membership,
            at=timezone.now(),
        )
    except ImportRefused as refused:
        return _page(request, file.run, file=file.pk, repair_error=str(refused))
    return _checked(request, file)


@require_POST
@desk_page(allow=WORKERS)
def save(request: DeskRequest, file_id: int) -> HttpResponse:
    """Save all rows of a file: the worker does it, the page shows how far it is."""
    file = _file(request, file_id)
    try:
        save_later(file=file)
    except ImportRefused as refused:
        return _page(request, file.run, file=file.pk, file_error=words_of(refused))
    return redirect(_address(file))


@require_POST
@desk_page(allow=WORKERS)
def leave_out(request: DeskRequest, file_id: int) -> HttpResponse:
    """Leave one file out of its import."""
    file = _file(request, file_id)
    try:
        leave_out_file(file_id=file.pk, member=request.seat.membership, at=timezone.now())
    except ImportRefused as refused:
        return _page(request, file.run, file=file.pk, file_error=str(refused))
    check_later(run_id=file.run_id)
    return redirect(_address(file))


@require_POST
@desk_page(allow=WORKERS)
def cancel(request: DeskRequest, run_id: int) -> HttpResponse:
    """Stop an import; what was saved stays saved."""
    run = _run(request, run_id)
    try:
        cancel_import(run_id=run.pk, member=request.seat.membership, at=timezone.now())
    except ImportRefused as refused:
        return _page(request, run, file_error=str(refused))
    return redirect("desk:import-run", run.pk)


def _page(
    request: DeskRequest, run: ImportRun | None, *, file: int = 0, **wrong: str
) -> HttpResponse:
    entity_id, language = request.seat.entity.pk, base_language(request.user.language)
    runs = reading.runs_of(entity_id=entity_id)
    if run is None and runs:
        run = runs[0].run
    context: dict[str, Any] = {
        "may_act": request.seat.may(*WORKERS),
        "runs": runs,
        "run": run,
        "last": reading.last_saved(entity_id=entity_id),
        "datasets": [(name, dataset_label(name, language)) for name in SEQUENCE],
        "amounts": {"open", "original", "amount", "net", "gross", "price"},
    } | wrong
    if run is not None:
        files = list(reading.files_of(entity_id=entity_id, run_id=run.pk))
        chosen = _chosen(request, files, file)
        context["files"] = [
            (
                each,
                dataset_label(each.dataset, language),
                " ".join(reading.notes_of(each, language)),
            )
            for each in files
        ]
        context["is_busy"] = any(each.state in BUSY for each in files)
        if chosen is not None:
            context["shown"] = reading.file_shown(
                entity_id=entity_id, file_id=chosen.pk, language=language, at=timezone.now()
            )
            context["is_file_busy"] = chosen.state in BUSY
    is_part = bool(request.headers.get("HX-Request")) and request.method == "GET"
    context["is_part"] = is_part
    name = "desk/imports/desk.html" if is_part else "desk/imports.html"
    status = UNREADABLE if {"columns_error", "repair_error"} & set(wrong) else CONFLICT
    return render(request, name, context, status=status if wrong else 200)


def _chosen(request: DeskRequest, files: list[ImportFile], wanted: int) -> ImportFile | None:
    """The file asked for, else the first that waits for somebody, else the first."""
    asked = wanted or _number(request.GET.get("file"))
    by_id = {each.pk: each for each in files}
    if asked in by_id:
        return by_id[asked]
    waiting = (each for each in files if each.state in {State.YOURS, State.READY})
    return next(waiting, files[0] if files else None)


def _changes(request: DeskRequest, file: ImportFile) -> list[dict[str, Any]]:
    """Columns that a person changed, and the one that was confirmed as it is."""
    confirmed = _number(request.POST.get("confirm"))
    changes: list[dict[str, Any]] = []
    for column in file.mapping:
        place = int(column["column"])
        change: dict[str, Any] = {"column": place}
        for key, default in (("field", ""), ("decimal", "."), ("order", "dmy")):
            given = request.POST.get(f"{key}-{place}")
            if given is not None and given != (column.get(key) or default):
                change[key] = given
        if len(change) > 1 or place == confirmed or "all" in request.POST:
            changes.append(change)
    return changes


def _checked(request: DeskRequest, file: ImportFile) -> HttpResponse:
    check_later(run_id=file.run_id)
    return redirect(_address(file))


def _address(file: ImportFile) -> str:
    return reverse("desk:import-run", args=[file.run_id]) + f"?file={file.pk}"


def _refused_upload(request: HttpRequest, problem: str, *, is_part: bool) -> HttpResponse:
    if is_part:
        answer = HttpResponse(status=UNREADABLE)
        answer.headers["X-Reason"] = quote(problem)
        return answer
    messages.error(request, problem)
    return redirect("desk:imports")


def _run(request: DeskRequest, run_id: int) -> ImportRun:
    """An import of the person's entity; another creditor's is not there."""
    try:
        return reading.run_of(entity_id=request.seat.entity.pk, run_id=min(run_id, KEY_MAX))
    except ImportRun.DoesNotExist as nobody:
        raise Http404 from nobody


def _file(request: DeskRequest, file_id: int) -> ImportFile:
    """A file of an import of the person's entity."""
    files = ImportFile.objects.select_related("run").filter(run__entity=request.seat.entity)
    file = files.filter(pk=min(file_id, KEY_MAX)).first()
    if file is None:
        raise Http404
    return file


def _number(text: str | None) -> int:
    """A whole number as sent; what is none is one that no row has."""
    return int(text) if text and text.isdecimal() and len(text) < len(str(KEY_MAX)) else -1


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


count_with("imports", lambda seat: reading.waiting_for_people(entity_id=seat.entity.pk))

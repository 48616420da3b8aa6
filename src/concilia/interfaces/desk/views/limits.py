"""The limits: who may sign for how much, changed by two people, tried on what is open first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import (
    LimitsRefused,
    drop_limits,
    publish_limits,
    submit_limits,
    write_limits,
)
from concilia.cases.actions.limits import may_confirm
from concilia.cases.core.authority import Act, Level
from concilia.cases.core.limit_sheets import HEADER, ROWS_MAX, TEXT_MAX
from concilia.cases.core.limits import LimitRow, LimitTable
from concilia.cases.core.previewing import Effect, Previewed, compare
from concilia.cases.models import ApprovalRequest
from concilia.cases.queries.limits import (
    LimitsInUse,
    limits_in_use,
    sheet_read,
    try_on_requests,
    versions_of_limits,
)
from concilia.identity.models import Role
from concilia.interfaces.components.downloads import HARMLESS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.limit_words import (
    act_name,
    cell_typed,
    cell_written,
    change_said,
    level_name,
    limit_said,
    problem_said,
    scope_said,
)
from concilia.interfaces.desk.refusals import words_of

FILE_MAX: Final = 4 * TEXT_MAX  # bytes of so many letters, whatever they are
ADMINS: Final = (Role.ADMIN,)
READERS: Final = (Role.APPROVER, Role.AUDITOR)
CELL_MAX: Final = 60
WHY_MAX: Final = 400
SHOWN_MAX: Final = 20
AFFECTED: Final[Mapping[Effect, Promise]] = {
    Effect.MORE: gettext_lazy("would need another signature"),
    Effect.HIGHER: gettext_lazy("would need a higher level"),
    Effect.NOBODY: gettext_lazy("nobody could sign any more"),
    Effect.FEWER: gettext_lazy("would need one signature less"),
    Effect.LOWER: gettext_lazy("would do with a lower level"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A limit of a row: in words, as typed, and whether it differs from what is in force."""

    level: Level
    name: str
    said: str
    typed: str
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table, as it is read and as it is written."""

    n: int
    act: str
    name: str
    scope: str
    is_general: bool
    scopes: tuple[tuple[str, str, str], ...]
    cells: tuple[Cell, ...]


@require_GET
@desk_page(allow=READERS)
def limits(request: DeskRequest) -> HttpResponse:
    """The table in force, or the draft, with what it would do."""
    found = limits_in_use(request.seat.entity)
    is_draft = found.draft is not None and request.GET.get("version") != "in-force"
    sheet = found.draft.sheet if found.draft and is_draft else found.sheet
    return _page(request, found, sheet, is_draft=is_draft)


@require_POST
@desk_page(allow=ADMINS)
def save(request: DeskRequest) -> HttpResponse:
    """Keep the table as a draft: as written on the page, or a sheet from a file."""
    entity = request.seat.entity
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > FILE_MAX:
        messages.error(request, gettext("This sheet is too long for a table of limits."))
        return redirect("desk:limits")
    try:
        if file is not None:
            sheet = file.read().decode("utf-8-sig")
        else:
            sheet = _sheet(request.POST, entity.currency)
    except UnicodeDecodeError:
        messages.error(request, gettext("This file is no text in UTF-8."))
        return redirect("desk:limits")
    try:
        write_limits(
            sheet=sheet,
            why=words_in(request.POST, "why", most=WHY_MAX),
            member=request.seat.membership,
            at=timezone.now(),
            seen_sha256=request.POST.get("seen"),
        )
    except LimitsRefused as refused:
        messages.error(request, words_of(refused))
        found = limits_in_use(entity)
        return _page(request, found, sheet, is_draft=found.draft is not None, is_form=True)
    said = gettext("The draft is saved. Nothing changes before a second person puts it in force.")
    messages.success(request, said)
    return redirect("desk:limits")


@require_POST
@desk_page(allow=READERS)
def act(request: DeskRequest) -> HttpResponse:
    """Ask for a second person, put in force, throw the draft away, take up an old version."""
    done = DONE.get(request.POST.get("act", ""))
    if done is not None:
        does, words = done
        try:
            does(request, timezone.now())
        except LimitsRefused as refused:
            messages.error(request, words_of(refused))
        else:
            messages.success(request, str(words))
    return redirect("desk:limits")


@require_GET
@desk_page(allow=READERS)
def export(request: DeskRequest) -> HttpResponse:
    """The table as a sheet: of the version asked for, else the one in force."""
    asked = request.GET.get("version", "")
    sheet = limits_in_use(request.seat.entity).sheet if not asked else _sheet_of(request, asked)
    if not sheet:
        raise Http404
    response = HttpResponse(sheet, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="limits.csv"'
    response["Content-Security-Policy"] = HARMLESS
    return response


def _submit(request: DeskRequest, at: datetime) -> None:
    submit_limits(member=request.seat.membership, at=at)


def _publish(request: DeskRequest, at: datetime) -> None:
    seen = request.POST.get("sha256", "")
    publish_limits(seen_sha256=seen, member=request.seat.membership, at=at)


def _drop(request: DeskRequest, at: datetime) -> None:
    drop_limits(member=request.seat.membership, at=at)


def _again(request: DeskRequest, at: datetime) -> None:
    if limits_in_use(request.seat.entity).draft:
        raise LimitsRefused(_("There is a draft already: throw it away first."))
    sheet = _sheet_of(request, request.POST.get("version", ""))
    why = gettext("version %(n)s again") % {"n": request.POST.get("version", "")}
    write_limits(sheet=sheet, why=why, member=request.seat.membership, at=at, seen_sha256="")


DONE: Final[Mapping[str, tuple[Callable[[DeskRequest, datetime], None], Promise]]] = {
    "submit": (_submit, gettext_lazy("A second person can put it in force now.")),
    "publish": (
        _publish,
        gettext_lazy("In force for what is asked from now on. Requests made keep their limits."),
    ),
    "drop": (_drop, gettext_lazy("The draft is gone; nothing else changed.")),
    "again": (
        _again,
        gettext_lazy(
            "The draft is saved. Nothing changes before a second person puts it in force."
        ),
    ),
}


def _sheet_of(request: DeskRequest, version: str) -> str:
    rows = versions_of_limits(request.seat.entity)
    return next((row.sheet for row in rows if str(row.version) == version), "")


def _sheet(form: QueryDict, currency: str) -> str:
    """The form as a sheet; a row without an act is left out."""
    lines = [",".join(HEADER)]
    for n in range(min(ROWS_MAX, _whole(form.get("rows", "")))):
        named = words_in(form, f"act-{n}", most=CELL_MAX)
        if not named or form.get(f"drop-{n}"):
            continue
        scopes = [
            " ".join(words_in(form, f"{scope}-{n}", most=CELL_MAX * 8).replace(",", " ").split())
            for scope in HEADER[1:4]
        ]
        cells = [
            cell_typed(words_in(form, f"{level.name}-{n}", most=CELL_MAX), currency)
            for level in Level
        ]
        lines.append(",".join(_bare(cell) for cell in (named, *scopes, *cells)))
    return "\n".join(lines) + "\n"


def _bare(cell: str) -> str:
    """A cell without what would end it; it is named as wrong then, and never becomes two."""
    return cell.replace(",", ".").replace('"', "'")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < CELL_MAX else 0


def _page(
    request: DeskRequest, found: LimitsInUse, sheet: str, *, is_draft: bool, is_form: bool = False
) -> HttpResponse:
    entity, member = request.seat.entity, request.seat.membership
    read = sheet_read(sheet, entity)
    draft = found.draft
    may_write = request.seat.may(*ADMINS)
    is_form = may_write and (is_form or request.GET.get("as") == "form")
    is_submitted = draft is not None and draft.submitted_at is not None
    is_writer = draft is not None and draft.written_by_id == member.pk
    tried = (
        try_on_requests(entity=entity, table=read.table, at=timezone.now())
        if (is_draft and read.table)
        else None
    )
    shown = read.table or found.table
    context = {
        "entity": entity,
        "found": found,
        "draft": draft,
        "is_draft": is_draft,
        "is_form": is_form,
        "levels": [(level.name, level_name(level)) for level in Level],
        "acts": [(one.value, act_name(one)) for one in Act],
        "rows": _rows(shown, found.table if is_draft else shown),
        "blank": len(shown.rows),
        "problems": [(one.line, _named(one.step), problem_said(one)) for one in read.problems],
        "changes": _changes(found.table, read.table) if is_draft and read.table else [],
        "affected": _affected(tried.open) if tried else [],
        "tried": tried,
        "may_write": may_write,
        "may_submit": may_write and is_draft and not is_submitted and not read.problems,
        "may_publish": is_draft and is_submitted and may_confirm(member) and not is_writer,
        "waits": is_draft and is_submitted and is_writer,
        "versions": versions_of_limits(entity),
        "sheet": sheet if read.problems else "",
    }
    return render(request, "desk/limits/page.html", context)


def _named(act: str) -> str:
    return act_name(Act(act)) if act in set(Act) else ""


def _rows(table: LimitTable, before: LimitTable) -> list[Row]:
    told = compare(before, table)
    changed = {(change.row.key, change.level) for change in told.cells}
    added = {row.key for row in told.added}
    order = {one: n for n, one in enumerate(Act)}
    rows = sorted(table.rows, key=lambda row: (order[row.act], not row.is_general))
    general = [row.act for row in rows if not row.is_general]
    return [
        Row(
            n=n,
            act=row.act.value,
            name=act_name(row.act),
            scope=scope_said(row) if not row.is_general or row.act in general else "",
            is_general=row.is_general,
            scopes=(
                ("reasons", gettext("Reasons"), " ".join(sorted(row.reasons))),
                ("departments", gettext("Departments"), " ".join(sorted(row.departments))),
                ("countries", gettext("Countries"), " ".join(sorted(row.countries))),
            ),
            cells=tuple(
                Cell(
                    level,
                    level_name(level),
                    limit_said(limit, row.act, table.currency) if limit else "",
                    cell_written(limit, row.act, table.currency),
                    row.key in added or (row.key, level) in changed,
                )
                for level in Level
                for limit in (row.limits.get(level),)
            ),
        )
        for n, row in enumerate(rows)
    ]


def _changes(now: LimitTable, then: LimitTable) -> list[tuple[str, str]]:
    """What differs from what is in force: of which row, and in words."""
    told = compare(now, then)
    came = [(_row_said(row), gettext("a new row")) for row in told.added]
    went = [(_row_said(row), gettext("the row is gone")) for row in told.removed]
    cells = [(_row_said(one.row), change_said(one, then.currency)) for one in told.cells]
    return [*came, *went, *cells]


def _row_said(row: LimitRow) -> str:
    if row.is_general:
        return act_name(row.act)
    return f"{act_name(row.act)} · {scope_said(row)}"


def _affected(
    rows: Sequence[tuple[ApprovalRequest, Previewed]],
) -> list[tuple[str, int, list[ApprovalRequest], str]]:
    """The open requests by what would become of them: words, how many, the first of them."""
    found: dict[Effect, list[ApprovalRequest]] = {}
    for row, told in rows:
        found.setdefault(told.effect, []).append(row)
    tones = {Effect.MORE: "warn", Effect.HIGHER: "warn", Effect.NOBODY: "bad"}
    return [
        (str(words), len(found[effect]), found[effect][:SHOWN_MAX], tones.get(effect, ""))
        for effect, words in AFFECTED.items()
        if effect in found
    ]

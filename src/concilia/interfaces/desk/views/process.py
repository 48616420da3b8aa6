"""Processes: which there are, one as a route, its text, and how it is changed by two people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import (
    ProcessRefused,
    drop_draft,
    publish_draft,
    roll_back,
    submit_draft,
    write_draft,
)
from concilia.cases.actions.processes import may_publish
from concilia.cases.core.process.model import Definition, Group, Kind, Step
from concilia.cases.core.process.reading import TEXT_MAX
from concilia.cases.core.process.typing_in import Typed, Wrong
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition
from concilia.cases.queries.process_moves import versions_with_cases
from concilia.cases.queries.processes import (
    ProcessInUse,
    process_of,
    processes_of,
    shipped,
    text_in_force,
    texts_beside,
    versions_of,
)
from concilia.cases.queries.whatif import latest_what_if
from concilia.identity.models import Role
from concilia.interfaces.components.downloads import HARMLESS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.process_changes import Change, changes_of
from concilia.interfaces.desk.process_panel import (
    LANGUAGE_NAMES,
    group_panel,
    kind_choices,
    step_panel,
)
from concilia.interfaces.desk.process_route import inspect, route_of
from concilia.interfaces.desk.process_words import problem_words, process_title, step_title
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.what_if_words import lines_of
from concilia.kernel.languages import LANGUAGES
from concilia.kernel.reasons import REASONS

FILE_MAX: Final = 4 * TEXT_MAX  # bytes of so many letters, whatever they are
ADMINS: Final = (Role.ADMIN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something to put right, as it is shown: where, and one sentence."""

    line: int
    step: str
    says: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Which step is open for changes, what was typed wrongly in it, and what was refused."""

    step: str = ""
    typed: Typed | None = None
    wrong: tuple[Wrong, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A text, what is wrong with it, and what it changes against the version in force."""

    text: str
    definition: Definition | None
    problems: list[Told]
    wrong: Mapping[str, str]
    changes: list[Change]


@require_GET
@desk_page()
def processes(request: DeskRequest) -> HttpResponse:
    """Every process, with the cases under way on it."""
    rows = [(one, process_title(one.definition)) for one in processes_of(request.seat.entity)]
    may_write = request.seat.may(*ADMINS)
    context = {"rows": rows, "may_write": may_write, "all_reasons": list(REASONS)}
    return render(request, "desk/process/list.html", context)


@require_GET
@desk_page()
def process(request: DeskRequest, process_key: str) -> HttpResponse:
    """One process: the draft if there is one and it is asked for, else what is in force."""
    found = _find(request, process_key)
    wants_draft = request.GET.get("version") != "in-force"
    is_draft = found.draft is not None and wants_draft
    text = found.draft.text if found.draft and is_draft else text_in_force(found)
    checked = check(text, found if is_draft else None)
    return _page(request, found, checked, is_draft=is_draft)


@require_POST
@desk_page(allow=ADMINS)
def check_text(request: DeskRequest, process_key: str) -> HttpResponse:
    """What a text being written says, and what must be put right in it; nothing is kept."""
    checked = check(request.POST.get("text", ""), _find(request, process_key))
    return render(request, "desk/process/checked.html", _shown(checked, ""))


@require_POST
@desk_page(allow=ADMINS)
def save(request: DeskRequest) -> HttpResponse:
    """Keep a text as the draft of the process it names: written on the page, or a file."""
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > FILE_MAX:
        messages.error(request, gettext("This text is too long for a process."))
        return redirect("desk:process")
    try:
        text = file.read().decode() if file is not None else request.POST.get("text", "")
    except UnicodeDecodeError:
        messages.error(request, gettext("This file is no text in UTF-8."))
        return redirect("desk:process")
    seen, member = request.POST.get("seen"), request.seat.membership
    try:
        draft = write_draft(text=text, member=member, at=timezone.now(), seen_sha256=seen)
    except ProcessRefused as refused:
        messages.error(request, words_of(refused))
        return _typed(request, text) or redirect("desk:process")
    messages.success(
        request, gettext("The draft is saved. Nothing changes before it is published.")
    )
    return redirect("desk:process-one", draft.key)


def _typed(request: DeskRequest, text: str) -> HttpResponse | None:
    """The page it was written on, with what was written; None if it was a file."""
    found = process_of(request.seat.entity, request.POST.get("process", ""))
    if found is None:
        return None
    is_draft = found.draft is not None
    return _page(request, found, check(text, found), is_draft=is_draft, as_text=True)


@require_POST
@desk_page()
def act(request: DeskRequest, process_key: str) -> HttpResponse:
    """Ask for publication, publish, throw the draft away, or bring an older version back."""
    done = DONE.get(request.POST.get("act", ""))
    if done is not None:
        does, words = done
        try:
            does(request, process_key, timezone.now())
        except ProcessRefused as refused:
            messages.error(request, words_of(refused))
        else:
            messages.success(request, str(words))
    if process_of(request.seat.entity, process_key) is None:
        return redirect("desk:process")
    return redirect("desk:process-one", process_key)


@require_GET
@desk_page()
def export(request: DeskRequest, process_key: str) -> HttpResponse:
    """The text of a process as a file: of the version asked for, else the one in force."""
    found = _find(request, process_key)
    asked = request.GET.get("version", "")
    text = text_in_force(found)
    if asked:
        rows = versions_of(request.seat.entity, process_key)
        text = next((row.text for row in rows if str(row.version) == asked), "")
        if not text:
            raise Http404
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{process_key}.txt"'
    response["Content-Security-Policy"] = HARMLESS
    return response


def _submit(request: DeskRequest, key: str, at: datetime) -> None:
    submit_draft(key=key, member=request.seat.membership, at=at)


def _publish(request: DeskRequest, key: str, at: datetime) -> None:
    seen = request.POST.get("sha256", "")
    publish_draft(key=key, seen_sha256=seen, member=request.seat.membership, at=at)


def _drop(request: DeskRequest, key: str, at: datetime) -> None:
    drop_draft(key=key, member=request.seat.membership, at=at)


def _roll_back(request: DeskRequest, key: str, at: datetime) -> None:
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 9 else -1  # noqa: PLR2004
    roll_back(key=key, version=version, member=request.seat.membership, at=at)


DONE: Final[Mapping[str, tuple[Callable[[DeskRequest, str, datetime], None], Promise]]] = {
    "submit": (_submit, gettext_lazy("A second person can publish it now.")),
    "publish": (_publish, gettext_lazy("In force for cases that begin from now on.")),
    "drop": (_drop, gettext_lazy("The draft is gone; nothing else changed.")),
    "roll-back": (
        _roll_back,
        gettext_lazy("The older version waits for a second person, who publishes it again."),
    ),
}


def check(text: str, found: ProcessInUse | None) -> Checked:
    """Read and validate a text; `found` is what it is compared with, None for nothing."""
    reading, problems = prove(text)
    definition = reading.definition
    in_force = _definition_in_force(found) if found else None
    changes = changes_of(in_force, definition) if in_force and definition else []
    titles = {step.id: step_title(step) for step in definition.steps} if definition else {}
    return Checked(
        text=text,
        definition=definition,
        problems=[
            Told(
                line=one.line or reading.lines.get(one.step, 0),
                step=titles.get(one.step, one.step),
                says=problem_words(one),
            )
            for one in problems
        ],
        wrong={one.step: problem_words(one) for one in reversed(problems) if one.step},
        changes=changes,
    )


def _find(request: DeskRequest, key: str) -> ProcessInUse:
    found = process_of(request.seat.entity, key)
    if found is None:
        raise Http404
    return found


def _definition_in_force(found: ProcessInUse) -> Definition | None:
    return found.definition if found.published or found.key in shipped() else None


def _shown(checked: Checked, step: str) -> dict[str, object]:
    definition = checked.definition
    changed = {change.step for change in checked.changes}
    names = {one.id for one in definition.steps if step_title(one) in changed} if definition else ()
    return {
        "checked": checked,
        "route": route_of(definition, changed=names, wrong=checked.wrong) if definition else None,
        "step": inspect(definition, step) if definition else None,
        "selected": step,
    }


def draft_page(request: DeskRequest, key: str, panel: Panel) -> HttpResponse:
    """The page of a draft that is being changed, with what was typed or refused."""
    found = _find(request, key)
    text = found.draft.text if found.draft else text_in_force(found)
    return _page(request, found, check(text, found), is_draft=found.draft is not None, panel=panel)


def _page(
    request: DeskRequest,
    found: ProcessInUse,
    checked: Checked,
    *,
    is_draft: bool,
    panel: Panel | None = None,
    as_text: bool = False,
) -> HttpResponse:
    member = request.seat.membership
    draft = found.draft
    may_write = request.seat.may(*ADMINS)
    selected = panel.step if panel else request.GET.get("step", "")
    context = _shown(checked, selected) | {
        "process": found,
        "title": process_title(checked.definition or found.definition),
        "reasons": (checked.definition or found.definition).reasons,
        "is_draft": is_draft,
        "as_text": as_text or request.GET.get("as") == "text",
        "may_write": may_write,
        "may_submit": may_write and is_draft and draft and draft.submitted_at is None,
        "may_publish": is_draft
        and draft is not None
        and draft.submitted_at is not None
        and may_publish(member)
        and draft.written_by_id != member.pk,
        "waits_for_another": is_draft and draft and draft.written_by_id == member.pk,
        "versions": versions_of(request.seat.entity, found.key),
        "version": found.published.version if found.published else 0,
        "is_shipped": found.key in shipped(),
        "movable": _movable(request, found) if may_write and not is_draft else [],
    }
    if (
        is_draft
        and draft is not None
        and (tried := latest_what_if(request.seat.entity, draft.sha256))
    ):
        context |= {"tried": tried, "lines": lines_of(tried)}
    if may_write and is_draft and draft is not None and checked.definition is not None:
        context |= _editor(request, draft, checked.definition, panel or Panel(selected))
    return render(request, "desk/process/one.html", context)


def _movable(request: DeskRequest, found: ProcessInUse) -> list[tuple[ProcessDefinition, int]]:
    """Older versions with cases under way, which may go over to the one in force."""
    if found.published is None:
        return []
    return list(versions_with_cases(request.seat.entity, found.key))


def _editor(
    request: DeskRequest, draft: ProcessDefinition, definition: Definition, panel: Panel
) -> dict[str, object]:
    """What the panel of the selected step offers; the first step where none is selected."""
    nodes = {node.id: node for node in definition.nodes}
    steps = {step.id: step for step in definition.steps}
    chosen = nodes.get(panel.step) or steps.get(panel.step) or next(iter(steps.values()), None)
    entity = request.seat.entity
    return {
        "may_edit": True,
        "selected": chosen.id if chosen else "",
        "panel": step_panel(definition, chosen, entity, typed=panel.typed, wrong=panel.wrong)
        if isinstance(chosen, Step)
        else None,
        "group": group_panel(definition, chosen) if isinstance(chosen, Group) else None,
        "new_kinds": kind_choices(Kind.FORM),
        "head": [
            (code, LANGUAGE_NAMES[code], definition.titles.get(code, "")) for code in LANGUAGES
        ],
        "refusal": panel.refusal,
        "around": texts_beside(draft),
    }

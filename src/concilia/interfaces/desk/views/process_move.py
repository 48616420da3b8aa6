"""Running cases taken to the version in force: looked at first, then done, watched, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concilia.cases.actions import ProcessRefused
from concilia.cases.core.process.editing import NAME
from concilia.cases.core.process.migrating import STAYS, Signatures, Why
from concilia.cases.core.process.model import Definition
from concilia.cases.models import MovedCase, ProcessDefinition, ProcessMove
from concilia.cases.queries.process_moves import Crowd, StepChange, preview, versions_with_cases
from concilia.cases.queries.processes import ProcessInUse, definition_of, process_of
from concilia.claims.actions import ask_move, ask_move_back
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import KEY_MAX
from concilia.interfaces.desk.process_words import (
    process_title,
    step_title,
    who_words,
    within_words,
)
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.process import ADMINS

CHOICE: Final = "choose-"
CHOICES_MAX: Final = 60
WHYS: Final[Mapping[str, str | Promise]] = {
    Why.ENDED: _("has ended meanwhile"),
    Why.REASON_LEFT: _("the new version does not speak for its reason"),
    Why.STEP_GONE: _("its step is not in the new version"),
    Why.OTHER_KIND: _("its step asks for something else in the new version"),
    Why.CHOSEN: _("chosen to stay"),
    Why.UNSIGNED: _("there it would stand without its signatures"),
    Why.SIGNED: _("its signatures would not count any more"),
    Why.WOULD_END: _("nothing would be left to do: a person closes it"),
    "went-on": _("went on since, so it stays"),
}
SIGNATURES: Final[Mapping[Signatures, str | Promise]] = {
    Signatures.NONE: "",
    Signatures.STAY: _("signatures stay"),
    Signatures.FALL: _("signatures fall: it is proposed again"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """A step a case lands at: who has it and how long, and what that was before."""

    title: str
    who: str
    within: str
    is_new: bool
    changes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdShown:
    """Cases that fare alike, in words; `choice` names the step for which one may choose."""

    n: int
    numbers: str
    stands: str
    lands: list[Landing]
    why: str
    signatures: str
    choice: str
    chosen: str


@require_http_methods(["GET", "POST"])
@desk_page(allow=ADMINS)
def move(request: DeskRequest, process_key: str) -> HttpResponse:
    """What would become of the running cases of a version; sent as a form, it is done."""
    found = _process(request, process_key)
    asked = request.POST if request.method == "POST" else request.GET
    source = _source(request, found, asked.get("from", ""))
    choices = _choices(asked)
    if request.method == "POST" and found.published is not None:
        seen = asked.get("seen", "")
        try:
            row = ask_move(
                source_id=source.pk,
                target_id=found.published.pk,
                choices=choices,
                seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,  # noqa: PLR2004
                member=request.seat.membership,
                at=timezone.now(),
            )
        except ProcessRefused as refused:
            messages.error(request, words_of(refused))
        else:
            return redirect("desk:process-moved", process_key, row.pk)
    return _preview(request, found, source, choices)


@require_GET
@desk_page(allow=ADMINS)
def moved(request: DeskRequest, process_key: str, move_id: int) -> HttpResponse:
    """How far a move is, and the cases that stayed."""
    row = _move(request, process_key, move_id)
    stayed = MovedCase.objects.filter(move=row).exclude(why="").select_related("case")
    context = {
        "move": row,
        "process_key": process_key,
        "title": process_title(definition_of(row.target.text)),
        "stayed": [(one, WHYS.get(one.why, one.why)) for one in stayed.order_by("pk")[:200]],
        "is_done": row.state in {ProcessMove.State.DONE, ProcessMove.State.UNDONE},
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "desk/process/moved_part.html" if is_part else "desk/process/moved.html"
    return render(request, template, context)


@require_POST
@desk_page(allow=ADMINS)
def move_back(request: DeskRequest, process_key: str, move_id: int) -> HttpResponse:
    """Take a move back, as far as nothing happened since."""
    row = _move(request, process_key, move_id)
    try:
        ask_move_back(move_id=row.pk, member=request.seat.membership, at=timezone.now())
    except ProcessRefused as refused:
        messages.error(request, words_of(refused))
    return redirect("desk:process-moved", process_key, row.pk)


def _preview(
    request: DeskRequest, found: ProcessInUse, source: ProcessDefinition, choices: dict[str, str]
) -> HttpResponse:
    assert found.published is not None, "asked before"
    crowds = preview(source=source, target=found.published, choices=choices, at=timezone.now())
    new = definition_of(found.published.text)
    shown = _once([_shown(crowd, choices) for crowd in crowds])
    context = {
        "process": found,
        "title": process_title(new),
        "source": source,
        "target": found.published,
        "moves": [one for one in shown if not one.why],
        "stays": [one for one in shown if one.why],
        "n_moves": sum(crowd.n for crowd in crowds if crowd.why is None),
        "total": sum(crowd.n for crowd in crowds),
        "steps": _steps(new),
        "choices": choices,
    }
    return render(request, "desk/process/move.html", context)


def _once(shown: list[CrowdShown]) -> list[CrowdShown]:
    """For each step one chooses once, beside its largest crowd."""
    offered: set[str] = set()
    made = []
    for one in shown:
        made.append(replace(one, choice="") if one.choice in offered else one)
        offered.add(one.choice)
    return made


def _steps(new: Definition) -> list[tuple[str, str]]:
    stay = (STAYS, gettext("stays on its version"))
    return [stay, *((step.id, step_title(step)) for step in new.steps)]


def _shown(crowd: Crowd, choices: Mapping[str, str]) -> CrowdShown:
    choosable = {Why.STEP_GONE, Why.OTHER_KIND, Why.CHOSEN}
    gone = crowd.gone if crowd.why in choosable else ""
    more = gettext(" and others") if crowd.n > len(crowd.numbers) else ""
    return CrowdShown(
        n=crowd.n,
        numbers=", ".join(crowd.numbers) + more,
        stands=", ".join(step_title(step) for step in crowd.at),
        lands=[_landing(one) for one in crowd.lands],
        why=str(WHYS[crowd.why]) if crowd.why else "",
        signatures=str(SIGNATURES[crowd.signatures]),
        choice=gone,
        chosen=choices.get(gone, STAYS),
    )


def _landing(one: StepChange) -> Landing:
    who, within = who_words(one.step.who), within_words(one.step.within)
    was = one.was
    changes = []
    if was is not None and was.who != one.step.who:
        changes.append(gettext("until now %(who)s") % {"who": who_words(was.who)})
    if was is not None and was.within != one.step.within:
        said = within_words(was.within) or gettext("no limit")
        changes.append(gettext("until now within %(within)s") % {"within": said})
    return Landing(
        title=step_title(one.step),
        who=who,
        within=within,
        is_new=was is None,
        changes=", ".join(changes),
    )


def _choices(asked: QueryDict) -> dict[str, str]:
    chosen = {
        name.removeprefix(CHOICE): value
        for name, value in asked.items()
        if name.startswith(CHOICE)
        and isinstance(value, str)
        and NAME.fullmatch(name.removeprefix(CHOICE))
        and NAME.fullmatch(value)
    }
    return dict(list(chosen.items())[:CHOICES_MAX])


def _process(request: DeskRequest, key: str) -> ProcessInUse:
    found = process_of(request.seat.entity, key)
    if found is None or found.published is None:
        raise Http404
    return found


def _source(request: DeskRequest, found: ProcessInUse, asked: str) -> ProcessDefinition:
    """The version that was asked for; else the one with the most cases."""
    rows = versions_with_cases(request.seat.entity, found.key)
    for row, _n in sorted(rows, key=lambda pair: -pair[1]):
        if asked in {"", str(row.pk)}:
            return row
    raise Http404


def _move(request: DeskRequest, key: str, move_id: int) -> ProcessMove:
    rows = ProcessMove.objects.filter(entity=request.seat.entity, target__key=key)
    rows = rows.select_related("source", "target", "asked_by__user")
    found = rows.filter(pk=move_id).first() if move_id <= KEY_MAX else None
    if found is None:
        raise Http404
    return found

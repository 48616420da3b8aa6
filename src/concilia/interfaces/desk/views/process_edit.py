"""A draft changed by clicking on its route: each click is one act on the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from concilia.cases.actions import (
    ProcessRefused,
    begin_draft,
    begin_process,
    edit_draft,
    step_through_texts,
)
from concilia.cases.core.process.editing import (
    Add,
    Beside,
    Change,
    ChangeGroup,
    Delete,
    Edit,
    Head,
    Move,
)
from concilia.cases.core.process.model import AUTOMATIC_ACTS, Join, Kind
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.typing_in import Typed, Wrong, part_of, read_typed, with_part
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.process_panel import typed_in
from concilia.interfaces.desk.process_words import problem_words
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.process import ADMINS, Panel, draft_page
from concilia.kernel.languages import LANGUAGES
from concilia.kernel.reason_words import Evidence

NUMBER_MAX: Final = 99


class _Unreadable(Exception):
    """What was filled in cannot be read; the panel shows it with what is wrong."""

    def __init__(self, typed: Typed, wrong: tuple[Wrong, ...]) -> None:
        super().__init__()
        self.typed = typed
        self.wrong = wrong


@require_POST
@desk_page(allow=ADMINS)
def begin(request: DeskRequest, process_key: str) -> HttpResponse:
    """Begin a draft with the version that was chosen, or with what is in force."""
    asked = request.POST.get("version", "")
    version = int(asked) if asked.isdecimal() and len(asked) < 9 else None  # noqa: PLR2004
    member = request.seat.membership
    try:
        begin_draft(key=process_key, version=version, member=member, at=timezone.now())
    except ProcessRefused as refused:
        messages.error(request, words_of(refused))
    return redirect("desk:process-one", process_key)


@require_POST
@desk_page(allow=ADMINS)
def begin_new(request: DeskRequest) -> HttpResponse:
    """Begin a process from nothing."""
    key = request.POST.get("key", "").strip()
    title, reason = request.POST.get("title", ""), request.POST.get("reason", "")
    member = request.seat.membership
    try:
        draft = begin_process(
            key=key, title=title[:120], reason=reason, member=member, at=timezone.now()
        )
    except ProcessRefused as refused:
        messages.error(request, words_of(refused))
        return redirect("desk:process")
    return redirect("desk:process-one", draft.key)


@require_POST
@desk_page(allow=ADMINS)
def edit(request: DeskRequest, process_key: str) -> HttpResponse:
    """One act on the route; answers with the page as it is after it."""
    form, step = request.POST, request.POST.get("step", "")
    try:
        if form.get("op") in {"undo", "redo"}:
            _through(request, process_key)
            return draft_page(request, process_key, Panel(step=step))
        change = _change(form)
        if change is None:
            return draft_page(request, process_key, Panel(step=step))
        _draft, about = edit_draft(
            key=process_key,
            change=change,
            seen_sha256=form.get("seen", ""),
            member=request.seat.membership,
            at=timezone.now(),
        )
    except _Unreadable as found:
        return draft_page(request, process_key, Panel(step, found.typed, found.wrong))
    except ProcessRefused as refused:
        return draft_page(request, process_key, Panel(step, refusal=words_of(refused)))
    return draft_page(request, process_key, Panel(step=about))


def _through(request: DeskRequest, key: str) -> None:
    step_through_texts(
        key=key,
        by=-1 if request.POST.get("op") == "undo" else 1,
        seen_sha256=request.POST.get("seen", ""),
        member=request.seat.membership,
        at=timezone.now(),
    )


def _change(form: QueryDict) -> Edit | None:
    """The act that was asked for; None where the page does not know it."""
    does = ACTS.get(form.get("op", ""))
    return does(form) if does else None


def _step(form: QueryDict) -> Edit:
    typed = typed_in(form)
    if form.get("part"):
        part = part_of(form.get("fact", ""), form.get("sign", "="), form.get("value", ""))
        word = "or" if form.get("part") == "or" else "and"
        typed = replace(typed, skip=with_part(typed.skip, word, part))
    step, wrong = read_typed(typed)
    if step is None:
        raise _Unreadable(typed, wrong)
    return Change(form.get("step", ""), step)


def _group(form: QueryDict) -> Edit:
    join = form.get("join", "")
    return ChangeGroup(
        group=form.get("step", ""),
        join=Join(join) if join in set(Join) else Join.ALL,
        needed=_number(form, "needed"),
        met=form.get("met", ""),
        failed=form.get("failed", ""),
        at_most=_number(form, "most"),
    )


def _head(form: QueryDict) -> Edit:
    titles = {code: " ".join(form.get(f"title-{code}", "").split()) for code in LANGUAGES}
    said = [f"title {code}: {words}" for code, words in titles.items() if words]
    reasons = " ".join(form.get("reasons", "").split()).strip(", ")
    lines = ["process typed", *said, *([f"for {reasons}"] if reasons else []), "step a: form"]
    reading = read_process("\n".join(lines))
    if reading.definition is None:
        raise ProcessRefused(" ".join(problem_words(one) for one in reading.problems))
    return Head(reading.definition.titles, reading.definition.reasons)


def _number(form: QueryDict, name: str) -> int:
    said = form.get(name, "")
    return min(int(said), NUMBER_MAX) if said.isdecimal() and len(said) < 4 else 0  # noqa: PLR2004


def _kind(form: QueryDict) -> tuple[Kind, str]:
    said, _space, code = form.get("new", "").partition(" ")
    kind = Kind(said) if said in set(Kind) else Kind.FORM
    codes: Mapping[Kind, frozenset[str]] = {
        Kind.EVIDENCE: frozenset(map(str, Evidence)),
        Kind.AUTOMATIC: frozenset(AUTOMATIC_ACTS),
    }
    if kind in codes:
        return (kind, code) if code in codes[kind] else (Kind.FORM, "")
    return kind, ""


def _add(form: QueryDict) -> Edit:
    kind, code = _kind(form)
    anchor = form.get("step", "")
    if form.get("where") == "beside":
        return Beside(kind, code, anchor)
    return Add(kind, code, anchor, after=form.get("where") != "before")


def _move(form: QueryDict) -> Edit:
    return Move(form.get("step", ""), form.get("anchor", ""), form.get("where") != "before")


def _delete(form: QueryDict) -> Edit:
    return Delete(form.get("step", ""))


ACTS: Final[Mapping[str, Callable[[QueryDict], Edit]]] = {
    "step": _step,
    "group": _group,
    "head": _head,
    "add": _add,
    "move": _move,
    "delete": _delete,
}

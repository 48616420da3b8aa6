"""Runs of collections: looked at before they go, released, followed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from concilia.dunning.actions import (
    cancel_run,
    finish_by_hand,
    plan_run,
    sign_run,
    take_out,
)
from concilia.dunning.actions.runs import WHY_MAX, may_release
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.terms import SHORT
from concilia.dunning.core.texts.facts import TextIncomplete
from concilia.dunning.models import Run, RunTouch
from concilia.dunning.queries.run_checks import number_of_touch
from concilia.dunning.queries.run_pages import (
    GONE,
    Progress,
    came_of,
    carried_of,
    deliveries_of,
    groups_of,
    passes_of,
    progress_of,
    runs_of,
    seconds_left,
    silences_of,
    touches_of,
)
from concilia.dunning.queries.run_texts import body_of, composed_touch, desk_of, items_of
from concilia.interfaces.components.formats import shared_currency
from concilia.interfaces.components.rights import LOG_READERS, WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.run_words import (
    OUTCOMES,
    POSTED,
    TONES,
    WHY_NOT,
    because_words,
    detail_words,
    then_words,
    tone_words,
    way_icon,
    way_words,
    why_words,
)

PER_PAGE: Final = 50
WAITING: Final = (Run.State.PLANNED, Run.State.SIGNED)
PARTS: Final = (
    ("asked", "accent"),
    ("promised", "paid"),
    ("disputed", "open"),
    ("held", "soft"),
)


@require_GET
@desk_page(allow=LOG_READERS)
def runs(request: DeskRequest) -> HttpResponse:
    """The runs of an entity, newest first."""
    rows = list(runs_of(entity=request.seat.entity))
    context = {"rows": rows, "may_plan": request.seat.may(*WORKERS)}
    return render(request, "desk/runs/list.html", context)


@require_GET
@desk_page(allow=LOG_READERS)
def run(request: DeskRequest, planned_id: int) -> HttpResponse:
    """One run: who gets what and why, who not and why not, a look at the texts, how far it is."""
    row = _run(request, planned_id)
    progress = progress_of(run=row)
    groups, silences = groups_of(run=row), silences_of(run=row)
    currency = shared_currency(
        [*(each.currency for each in groups), *(each.currency for each in silences)]
    )
    context = {
        "run": row,
        "groups": [_group(each) for each in groups],
        "silences": [
            {"row": each, "words": why_words(each.why), "then": then_words(each.why)}
            for each in silences
        ],
        "heard": sum(each.customers for each in groups),
        "silent": sum(each.customers for each in silences),
        "currency": currency,
        "figures": _figures(row, currency or row.currency),
        "asked_minor": row.sums.get(currency or row.currency, {}).get("asked", 0),
        "open_minor": row.sums.get(currency or row.currency, {}).get("open", 0),
        "steps": _route(row, progress),
        "progress": progress,
        "came": came_of(run=row) if progress.written else None,
        "carried": carried_of(run=row) if row.released_at else None,
        "left": seconds_left(run=row, progress=progress, at=timezone.now()),
        "waits": row.state in WAITING,
        "may_work": request.seat.may(*WORKERS),
        "may_release": row.state in WAITING and _may_release(request, row),
        "is_own": row.planned_by_id == request.seat.membership.pk,
        **_preview(request, row),
    }
    return render(request, "desk/runs/run.html", context)


@require_GET
@desk_page(allow=LOG_READERS)
def run_touches(request: DeskRequest, planned_id: int) -> HttpResponse:
    """Who hears from us in a run, one by one."""
    row, asked = _run(request, planned_id), request.GET
    tone = int(asked["tone"]) if asked.get("tone", "").isdecimal() else None
    state = asked.get("state", "") if asked.get("state") in RunTouch.State else ""
    way = asked.get("way", "")[:8]
    found = touches_of(run=row, tone=tone, way=way, state=state)
    page = Paginator(found, PER_PAGE).get_page(asked.get("page"))
    deliveries = deliveries_of(page)
    outcomes = {"call": OUTCOMES, "letter": POSTED}
    context = {
        "run": row,
        "page": page,
        "touches": [
            {
                "row": each,
                "tone": tone_words(each.tone),
                "way": way_words(each.way),
                "icon": way_icon(each.way),
                "why": why_words(each.why) if each.why else "",
                "detail": detail_words(each.why, each.note),
                "delivery": deliveries.get(each.message_id or 0),
                "is_note": each.tone == Tone.COURTESY,
                "outcomes": outcomes.get(each.way, {}).items(),
            }
            for each in page
        ],
        "states": list(RunTouch.State),
        "state": state,
        "waits": row.state in WAITING,
        "may_work": request.seat.may(*WORKERS),
    }
    return render(request, "desk/runs/touches.html", context)


@require_GET
@desk_page(allow=LOG_READERS)
def run_passes(request: DeskRequest, planned_id: int) -> HttpResponse:
    """Who hears nothing in a run, and why: the log, to read and to filter."""
    row, asked = _run(request, planned_id), request.GET
    why = asked.get("why", "") if asked.get("why") in WHY_NOT else ""
    named = words_in(asked, "q", most=80)
    page = Paginator(passes_of(run=row, why=why, named=named), PER_PAGE).get_page(asked.get("page"))
    context = {
        "run": row,
        "page": page,
        "passes": [
            {
                "row": each,
                "words": why_words(each.why),
                "then": then_words(each.why),
                "detail": detail_words(each.why, each.detail),
            }
            for each in page
        ],
        "views": [
            (each.why, why_words(each.why), each.customers, each.why == why)
            for each in silences_of(run=row)
        ],
        "why": why,
        "named": named,
    }
    return render(request, "desk/runs/passes.html", context)


@require_POST
@desk_page(allow=WORKERS)
def run_plan(request: DeskRequest) -> HttpResponse:
    """Plan the run of today anew."""
    seat = request.seat
    try:
        row = plan_run(entity=seat.entity, by=seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return redirect("desk:runs")
    return redirect("desk:run", row.pk)


@require_POST
@desk_page(allow=WORKERS)
def run_act(request: DeskRequest, planned_id: int) -> HttpResponse:
    """Release, sign or stop a run."""
    row, by, at = _run(request, planned_id), request.seat.membership, timezone.now()

    def act() -> str:
        if request.POST.get("act") == "cancel":
            why = words_in(request.POST, "why", most=WHY_MAX)
            cancel_run(run_id=row.pk, why=why, by=by, at=at)
            return gettext("Stopped. What had been written stays written.")
        done = sign_run(run_id=row.pk, by=by, at=at)
        if done.state == Run.State.SIGNED:
            return gettext("Signed. A second person releases it.")
        return gettext("Released. It goes out now.")

    return _done(request, act, row.pk)


@require_POST
@desk_page(allow=WORKERS)
def touch_act(request: DeskRequest, touch_id: int) -> HttpResponse:
    """Take one out, or write down what came of a call or a letter."""
    touch = get_object_or_404(RunTouch, pk=touch_id, run__entity=request.seat.entity)
    by, at, sent = request.seat.membership, timezone.now(), request.POST

    def act() -> str:
        if sent.get("act") == "take-out":
            why = words_in(sent, "why", most=WHY_MAX)
            take_out(touch_id=touch.pk, why=why, by=by, at=at)
            return gettext("Taken out: %(name)s hears nothing.") % {"name": touch.customer.name}
        note = words_in(sent, "note", most=WHY_MAX)
        outcome = sent.get("outcome", "")
        finish_by_hand(touch_id=touch.pk, outcome=outcome, note=note, by=by, at=at)
        return gettext("Written down.")

    return _done(request, act, touch.run_id, "desk:run-touches")


def _done(
    request: DeskRequest, act: Callable[[], str], run_id: int, where: str = "desk:run"
) -> HttpResponse:
    try:
        messages.success(request, act())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    return redirect(where, run_id)


def _run(request: DeskRequest, run_id: int) -> Run:
    rows = Run.objects.select_related(
        "entity", "planned_by__user", "signed_by__user", "released_by__user", "ended_by__user"
    )
    return get_object_or_404(rows, pk=run_id, entity=request.seat.entity)


def _may_release(request: DeskRequest, row: Run) -> bool:
    member = request.seat.membership
    return may_release(member) and member.pk not in {row.planned_by_id, row.signed_by_id}


def _group(each: Any) -> dict[str, Any]:  # noqa: ANN401 - a `Group`
    return asdict(each) | {
        "words": tone_words(each.tone),
        "by": way_words(each.way),
        "icon": way_icon(each.way),
        "because": because_words(each),
        "is_note": each.tone == Tone.COURTESY,
    }


def _figures(row: Run, currency: str) -> list[dict[str, Any]]:
    """Every past due cent in one place: asked for, promised, disputed, held, or not today."""
    sums: Mapping[str, int] = row.sums.get(currency, {})
    names = {
        "asked": gettext("Asked for today"),
        "promised": gettext("Promised or in a plan"),
        "disputed": gettext("Disputed"),
        "held": gettext("Held by credits"),
        "rest": gettext("Not today"),
    }
    parts = [(key, kind, sums.get(key, 0)) for key, kind in PARTS]
    parts[1] = ("promised", "paid", sums.get("promised", 0) + sums.get("planned", 0))
    rest = sums.get("open", 0) - sum(minor for _key, _kind, minor in parts)
    return [
        {"kind": kind, "minor": minor, "label": names[key]}
        for key, kind, minor in [*parts, ("rest", "none", rest)]
    ]


def _route(row: Run, progress: Progress) -> list[dict[str, Any]]:
    """Who planned it, who signs, who releases, and that it goes."""
    planned = row.planned_by.user.name if row.planned_by else gettext("The program")
    steps = [_step("ok", planned, gettext("planned it"), row.planned_at)]
    if row.wants_second:
        who = row.signed_by.user.name if row.signed_by else gettext("First signature")
        status = "ok" if row.signed_by else "now"
        steps.append(_step(status, who, gettext("signs, it is a large run"), row.signed_at))
    who = row.released_by.user.name if row.released_by else gettext("Release")
    is_next = row.state == Run.State.SIGNED or (
        row.state == Run.State.PLANNED and not row.wants_second
    )
    status = "ok" if row.released_by else "now" if is_next else ""
    steps.append(_step(status, who, gettext("by an approver who did not plan it"), row.released_at))
    is_going = row.state == Run.State.RELEASED
    left = ngettext("%(n)s left", "%(n)s left", progress.waiting) % {"n": progress.waiting}
    note = left if is_going else gettext("each checked once more as it leaves")
    status = "now" if is_going else "ok" if row.state == Run.State.DONE else ""
    title = gettext("Sent") if row.state == Run.State.DONE else gettext("Sending")
    steps.append(_step(status, title, note, None) | {"icon": "send"})
    return steps


def _step(status: str, title: str, note: str, when: Any) -> dict[str, Any]:  # noqa: ANN401
    said = timezone.localtime(when).strftime("%H:%M") if when else ""
    return {"status": status, "title": title, "note": note, "when": said}


def _preview(request: DeskRequest, row: Run) -> dict[str, Any]:
    """The text of one touch as it would leave, and the ones before and after it."""
    rows = touches_of(run=row).exclude(state__in=GONE)
    tone, way = request.GET.get("tone", ""), request.GET.get("way", "")[:8]
    if tone.isdecimal():
        rows = rows.filter(tone=int(tone))
    if way:
        rows = rows.filter(way=way)
    count = rows.count()
    place = min(max((key_in(request.GET, "n") or 1), 1), max(count, 1))
    touch = rows[place - 1 : place].first() if count else None
    if touch is None:
        return {"preview": None}
    sender = row.released_by.user.name if row.released_by else request.seat.user.name
    query = f"&tone={tone}&way={way}" if tone or way else ""
    shown: dict[str, Any] = {
        "preview": touch, "n": place, "of": count, "query": query,
        "tones": [(n, words, n == touch.tone) for n, words in enumerate(TONES)],
    }  # fmt: skip
    try:
        desk = desk_of(entity=row.entity, sender=sender, today=row.on_date)
        text = composed_touch(touch, items_of([touch.pk]).get(touch.pk, []), desk=desk)
    except TextIncomplete as missing:
        return shown | {"missing": missing.field}
    paragraphs = body_of(text, touch.customer).split("\n\n")
    return shown | {"text": text, "paragraphs": paragraphs, "goes_to": _goes_to(touch)}


def _goes_to(touch: RunTouch) -> str:
    """Where it goes: the number of a short message, else who reads it, if that is not said yet."""
    if touch.way in SHORT:
        return number_of_touch(touch)
    contact = touch.contact
    if contact is None:
        return ""
    return contact.name if contact.name not in {"", touch.customer.name} else contact.email

"""The same act on many claims: those ticked, or all that the filters of the list leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import (
    Rested,
    SnoozeRefused,
    snooze_many,
    stop_watching,
    watch,
)
from concilia.claims.actions import BulkRefused, cancel_bulk, start_bulk
from concilia.claims.models import BulkRow, BulkRun
from concilia.interfaces.components.rights import HELPERS, WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_acts import DEEDS
from concilia.interfaces.desk.claim_forms import SnoozeForm
from concilia.interfaces.desk.refusals import words_kept, words_of
from concilia.interfaces.desk.selections import (
    Selection,
    case_keys,
    claims_of,
    preview_of,
    read_selection,
)
from concilia.interfaces.desk.views.handing import hand_over_do

NUMBERS_TOLD: Final = 5
UNREADABLE: Final = 422
ROWS_SHOWN: Final = 200


@require_POST
@desk_page(allow=HELPERS)
def bulk(request: DeskRequest) -> HttpResponseBase:
    """Do what the pressed button says; what gives or decides something is shown before."""
    selection = read_selection(request.POST)
    name = request.POST.get("act", "")
    if name == "hand-over":
        return hand_over_do(request)
    if name not in ACTS:
        raise Http404(gettext("There is no such act."))
    if not request.seat.may(*(HELPERS if name in WATCHING else WORKERS)):
        return HttpResponse(status=403)
    if not selection.claims and selection.query is None:
        messages.error(request, gettext("Tick a claim first."))
        return redirect(_back(request))
    return ACTS[name](request, selection)


@require_GET
@desk_page()
def bulk_run(request: DeskRequest, bulk_id: int) -> HttpResponse:
    """How far a run over many claims is, and what became of each."""
    run = _run(request, bulk_id)
    done = run.rows.exclude(outcome="")
    faces = {outcome: (label, tone) for outcome, label, tone in _faces()}
    context = {
        "run": run,
        "done": done.count(),
        "counts": [
            (label, tone, done.filter(outcome=outcome).count()) for outcome, label, tone in _faces()
        ],
        "rows": [
            (row, faces[row.outcome], words_kept(row.why))
            for row in done.select_related("claim__case", "claim__customer").order_by(
                "-outcome", "n"
            )[:ROWS_SHOWN]
        ],
        "may_work": request.seat.may(*WORKERS),
    }
    part = request.headers.get("HX-Request")
    return render(request, "desk/claims/run_body.html" if part else "desk/claims/run.html", context)


@require_POST
@desk_page(allow=WORKERS)
def bulk_cancel(request: DeskRequest, bulk_id: int) -> HttpResponse:
    """Leave the rest of a run as it is."""
    run = _run(request, bulk_id)
    cancel_bulk(run_id=run.pk, member=request.seat.membership, at=timezone.now())
    return redirect("desk:claims-run", run.pk)


def _settle(request: DeskRequest, selection: Selection) -> HttpResponse:
    """Grant what the rules found valid; whoever departs from it does so on the claim's page."""
    at = timezone.now()
    found = claims_of(selection, request.seat, at)
    if "confirmed" in request.POST:
        try:
            run = start_bulk(
                act="settle",
                claims=list(found.values_list("pk", flat=True)),
                member=request.seat.membership,
                at=at,
            )
        except BulkRefused as refused:
            messages.error(request, words_of(refused))
            return redirect(_back(request))
        return redirect("desk:claims-run", run.pk)
    return _shown(request, selection, "settle", None)


def _rest(request: DeskRequest, selection: Selection) -> HttpResponse:
    at = timezone.now()
    found = claims_of(selection, request.seat, at)
    first = found.select_related("entity", "case").first()
    if first is None:
        messages.error(request, gettext("Nothing fits these filters any more."))
        return redirect(_back(request))
    is_sent = "confirmed" in request.POST
    form = SnoozeForm(first, request.POST if is_sent else None, is_one=False)
    if not is_sent or not form.is_valid():
        return _shown(request, selection, "snooze", form)
    try:
        done = snooze_many(
            cases=case_keys(found),
            until=form.moment(),
            reason=form.cleaned_data["reason"],
            past_deadline=form.cleaned_data["past_deadline"],
            member=request.seat.membership,
            at=at,
        )
    except SnoozeRefused as refused:
        form.add_error("until", words_of(refused))
        return _shown(request, selection, "snooze", form)
    text = ngettext("%(n)s case rests.", "%(n)s cases rest.", done.cases)
    messages.success(request, text % {"n": done.cases})
    _tell_left(request, done)
    return redirect(_back(request))


def _wake(request: DeskRequest, selection: Selection) -> HttpResponse:
    at = timezone.now()
    keys = case_keys(claims_of(selection, request.seat, at))
    done = snooze_many(cases=keys, until=None, reason="", member=request.seat.membership, at=at)
    text = ngettext("%(n)s case is back.", "%(n)s cases are back.", done.cases)
    messages.success(request, text % {"n": done.cases})
    return redirect(_back(request))


def _watch(request: DeskRequest, selection: Selection) -> HttpResponse:
    at = timezone.now()
    keys = case_keys(claims_of(selection, request.seat, at))
    done = watch(cases=keys, member=request.seat.membership, at=at)
    text = ngettext(
        "You hear of what others do to %(n)s more case.",
        "You hear of what others do to %(n)s more cases.",
        done,
    )
    messages.success(request, text % {"n": done})
    return redirect(_back(request))


def _unwatch(request: DeskRequest, selection: Selection) -> HttpResponse:
    keys = case_keys(claims_of(selection, request.seat, timezone.now()))
    done = stop_watching(cases=keys, member=request.seat.membership)
    text = ngettext("You hear of %(n)s case no more.", "You hear of %(n)s cases no more.", done)
    messages.success(request, text % {"n": done})
    return redirect(_back(request))


ACTS: Final[Mapping[str, Callable[[DeskRequest, Selection], HttpResponse]]] = {
    "settle": _settle,
    "snooze": _rest,
    "wake": _wake,
    "watch": _watch,
    "unwatch": _unwatch,
}
WATCHING: Final = frozenset({"watch", "unwatch"})


def _shown(
    request: DeskRequest, selection: Selection, name: str, form: SnoozeForm | None
) -> HttpResponse:
    at: datetime = timezone.now()
    context = {
        "name": name,
        "deed": DEEDS.get(name),
        "form": form,
        "preview": preview_of(claims_of(selection, request.seat, at), at),
        "selection": selection,
        "query": request.POST.get("query", ""),
        "back": _back(request),
    }
    status = UNREADABLE if form is not None and form.is_bound else 200
    return render(request, "desk/claims/bulk.html", context, status=status)


def _tell_left(request: DeskRequest, done: Rested) -> None:
    """Which cases stayed awake, and why."""
    if done.due_before:
        text = gettext("Due before that day, so they stay awake: %(cases)s")
        messages.warning(request, text % {"cases": _few(done.due_before)})
    if done.closed:
        text = gettext("Closed already: %(cases)s")
        messages.warning(request, text % {"cases": _few(done.closed)})


def _few(numbers: Sequence[str]) -> str:
    told = ", ".join(numbers[:NUMBERS_TOLD])
    more = len(numbers) - NUMBERS_TOLD
    if more <= 0:
        return told
    text = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return f"{told} {text}"


def _faces() -> list[tuple[str, str, str]]:
    return [
        (BulkRow.Outcome.DONE, gettext("Done"), "good"),
        (BulkRow.Outcome.REFUSED, gettext("Not done"), "bad"),
        (BulkRow.Outcome.LEFT, gettext("Left out"), ""),
    ]


def _run(request: DeskRequest, key: int) -> BulkRun:
    run = BulkRun.objects.filter(pk=key, entity=request.seat.entity).select_related("by__user")
    if (found := run.first()) is None:
        raise Http404(gettext("There is no such run."))
    return found


def _back(request: DeskRequest) -> str:
    """The list as it was, whatever the form says about where it came from."""
    query = request.POST.get("query", "")[:1000]
    here = reverse("desk:claims")
    return f"{here}?{query}" if query and "\n" not in query and "\r" not in query else here

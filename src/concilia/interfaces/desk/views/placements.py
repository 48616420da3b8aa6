"""Handing over to an agency or a court: the list, one hand-over, its papers, dates and results."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.queries.office import today_of
from concilia.claims.queries.authority import NoRate
from concilia.documents.models import Document
from concilia.dunning import actions
from concilia.dunning.core.placement.gate import missing
from concilia.dunning.core.placement.mandate import mandate_csv, mandate_json
from concilia.dunning.core.placement.terms import MADE, Route
from concilia.dunning.core.placement.timetables import timetable_of
from concilia.dunning.models import Partner, Placement
from concilia.dunning.queries.placements import (
    facts_of,
    level_needed,
    mandate_of,
    may_sign,
    placements_of,
    steps_due,
)
from concilia.foundation.blobs import read_blob
from concilia.identity.models import Membership
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import is_key, key_in, words_in
from concilia.interfaces.desk.placement_words import (
    CELLS,
    PAPERS,
    PLACEMENT_STATES,
    ROUTES,
    STATUSES,
    STEPS,
    missing_words,
)
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.typed_days import day_in
from concilia.interfaces.desk.views.customer import customer_of

PER_PAGE: Final = 25
TEXT_MAX: Final = 200
SOON: Final = timedelta(days=30)
DOCUMENTS_MOST: Final = 60
BAD_SHOWN: Final = 10


@require_GET
@desk_page()
def placements(request: DeskRequest) -> HttpResponse:
    """What is handed over or on its way, and the dates that come."""
    entity = request.seat.entity
    state = request.GET.get("state", "")
    state = state if state in PLACEMENT_STATES else ""
    today = today_of(entity, timezone.now())
    page = Paginator(placements_of(entity=entity, state=state), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": [(row, ROUTES[row.route], PLACEMENT_STATES[row.state]) for row in page],
        "views": [(name, words, name == state) for name, words in PLACEMENT_STATES.items()],
        "steps": [(step, STEPS[step.key]) for step in steps_due(entity=entity, until=today + SOON)],
        "partners": Partner.objects.filter(entity=entity, is_active=True).order_by("name"),
        "today": today,
        "may_work": request.seat.may(*WORKERS),
    }
    return render(request, "desk/placements.html", context)


@require_GET
@desk_page()
def placement(request: DeskRequest, placement_id: int) -> HttpResponse:
    """One hand-over: what is missing, what goes, its evidence, dates and results."""
    row, at = _row(request, placement_id), timezone.now()
    today, member = today_of(row.entity, at), request.seat.membership
    is_open = row.state in {Placement.State.DRAFT, Placement.State.ASKED}
    lacking = missing(facts_of(row=row, today=today)) if is_open else ()
    table = timetable_of(Route(row.route), row.country)
    laws = {step.key: step for step in table.steps}
    context = {
        "row": row,
        "route": ROUTES[row.route],
        "state": PLACEMENT_STATES[row.state],
        "lacking": [missing_words(each) for each in lacking],
        "items": row.items.select_related("item").order_by("item__due_date", "pk"),
        "papers": [
            (each, PAPERS[each.kind])
            for each in row.papers.select_related("document", "item").order_by("kind", "pk")
        ],
        "made": [PAPERS[kind] for kind in sorted(MADE)],
        "kinds": [(kind, words) for kind, words in PAPERS.items() if kind not in MADE],
        "documents": _documents(row),
        "steps": [(step, STEPS[step.key], laws[step.key].law) for step in row.steps.order_by("n")],
        "results": [
            (each, STATUSES[each.status]) for each in row.results.order_by("-on_date", "-pk")
        ],
        "partners": Partner.objects.filter(entity=row.entity, is_active=True).order_by("name"),
        "today": today,
        "may_work": request.seat.may(*WORKERS),
        **_signing(row, member, today),
    }
    return render(request, "desk/placement.html", context)


@require_POST
@desk_page(allow=WORKERS)
def draft(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Put a hand-over of a customer together."""
    found, sent = customer_of(request, customer_id), request.POST
    new = actions.NewPlacement(
        customer_id=found.pk,
        route=sent.get("route", ""),
        currency=sent.get("currency", "") or found.currency,
        items=[int(key) for key in sent.getlist("items") if is_key(key)],
        note=words_in(sent, "note", most=TEXT_MAX),
    )
    try:
        row = actions.draft_placement(new=new, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return redirect("desk:customer", found.pk)
    return redirect("desk:placement", row.pk)


@require_POST
@desk_page(allow=WORKERS)
def act(request: DeskRequest, placement_id: int) -> HttpResponse:
    """Say something of a hand-over, or move it on."""
    row, name = _row(request, placement_id), request.POST.get("act", "")
    does = ACTS.get(name)
    if does is None:
        raise Http404
    try:
        messages.success(request, does(request, row))
    except actions.NotReady as refused:
        for each in refused.lacking:
            messages.error(request, missing_words(each))
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    return redirect("desk:placement", row.pk)


@require_GET
@desk_page()
def download(request: DeskRequest, placement_id: int, name: str) -> HttpResponse:
    """The evidence as a ZIP file, or the mandate as CSV or JSON."""
    row = _row(request, placement_id)
    if row.pack_id is None:
        raise Http404
    if name == "evidence.zip":
        content, kind = read_blob(sha256=row.pack_id), "application/zip"
    elif name == "mandate.csv":
        content, kind = mandate_csv(*mandate_of(row)), "text/csv; charset=utf-8"
    elif name == "mandate.json":
        content, kind = mandate_json(*mandate_of(row)), "application/json"
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{row.name}-{name}"'
    return response


@require_POST
@desk_page(allow=WORKERS)
def results(request: DeskRequest) -> HttpResponse:
    """Load what an agency reports; bad lines are named."""
    file = request.FILES.get("file")
    try:
        done = actions.load_results(
            content=file.read() if file else b"", by=request.seat.membership, at=timezone.now()
        )
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return redirect("desk:placements")
    told = gettext("%(new)s new lines, %(known)s known before.")
    messages.success(request, told % {"new": done.new, "known": done.known})
    for bad in done.bad[:BAD_SHOWN]:
        line = gettext("Line %(line)s was not taken: %(why)s (%(cell)s)")
        values = {"line": bad.line, "why": CELLS[bad.why], "cell": bad.cell}
        messages.error(request, line % values)
    return redirect("desk:placements")


@require_POST
@desk_page(allow=WORKERS)
def partner(request: DeskRequest) -> HttpResponse:
    """Write down an agency or a lawyer."""
    try:
        actions.add_partner(
            name=words_in(request.POST, "name", most=160),
            email=words_in(request.POST, "email", most=TEXT_MAX),
            by=request.seat.membership,
            at=timezone.now(),
        )
        messages.success(request, gettext("Written down."))
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    return redirect(reverse("desk:placements") + "#partners")


def _row(request: DeskRequest, placement_id: int) -> Placement:
    rows = Placement.objects.select_related(
        "entity", "customer", "partner", "made_by__user", "asked_by__user", "signed_by__user",
        "ended_by__user",
    )  # fmt: skip
    return get_object_or_404(rows, pk=placement_id, entity=request.seat.entity)


def _documents(row: Placement) -> list[Document]:
    rows = Document.objects.filter(entity=row.entity, customer=row.customer).defer("values")
    return list(rows.order_by("-received_at")[:DOCUMENTS_MOST])


def _signing(row: Placement, member: Membership, today: date) -> dict[str, Any]:
    """Who may sign; without a rate to compare by, nobody, and it is said."""
    try:
        return {
            "level": level_needed(row=row, today=today),
            "may_sign": row.state == "ASKED" and may_sign(row=row, member=member, today=today),
        }
    except NoRate as no_rate:
        return {"level": None, "may_sign": False, "no_rate": words_of(no_rate)}


def _terms(request: DeskRequest, row: Placement) -> str:
    sent = request.POST
    terms = actions.PlacementTerms(
        delivered=day_in(sent, "delivered") if sent.get("delivered") else None,
        until=day_in(sent, "until") if sent.get("until") else None,
        is_urgent=bool(sent.get("urgent")),
        partner_id=key_in(sent, "partner"),
    )
    actions.say_terms(
        placement_id=row.pk, terms=terms, by=request.seat.membership, at=timezone.now()
    )
    return gettext("Kept.")


def _paper(request: DeskRequest, row: Placement) -> str:
    file = request.FILES.get("file")
    new = actions.NewPaper(
        kind=request.POST.get("kind", ""),
        document_id=key_in(request.POST, "document"),
        item_id=key_in(request.POST, "item"),
        upload=(file.name or "", file.read()) if file else None,
    )
    actions.lay_paper(placement_id=row.pk, new=new, by=request.seat.membership, at=timezone.now())
    return gettext("Laid into the evidence.")


def _ask(request: DeskRequest, row: Placement) -> str:
    actions.ask_to_place(placement_id=row.pk, by=request.seat.membership, at=timezone.now())
    return gettext("Put to signature. Nothing leaves the chase before it is signed.")


def _sign(request: DeskRequest, row: Placement) -> str:
    actions.sign_placement(placement_id=row.pk, by=request.seat.membership, at=timezone.now())
    return gettext("Signed. It is handed over, and not asked for by us any more.")


def _back(request: DeskRequest, row: Placement) -> str:
    why = words_in(request.POST, "why", most=TEXT_MAX)
    actions.send_back_placement(
        placement_id=row.pk, why=why, by=request.seat.membership, at=timezone.now()
    )
    return gettext("Sent back, unsigned.")


def _end(request: DeskRequest, row: Placement) -> str:
    is_recall = request.POST.get("act") == "recall"
    actions.end_placement(
        placement_id=row.pk,
        is_recall=is_recall,
        why=words_in(request.POST, "why", most=TEXT_MAX),
        by=request.seat.membership,
        at=timezone.now(),
    )
    return gettext("Recalled. What is open is ours to ask for again.") if is_recall else gettext(
        "Closed."
    )  # fmt: skip


def _step(request: DeskRequest, row: Placement) -> str:
    actions.finish_step(
        placement_id=row.pk,
        key=request.POST.get("key", ""),
        on=day_in(request.POST, "on"),
        by=request.seat.membership,
        at=timezone.now(),
    )
    return gettext("Done. What follows has its date.")


ACTS: Final[dict[str, Callable[[DeskRequest, Placement], str]]] = {
    "terms": _terms,
    "paper": _paper,
    "ask": _ask,
    "sign": _sign,
    "back": _back,
    "recall": _end,
    "close": _end,
    "step": _step,
}

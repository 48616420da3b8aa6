"""Instalment plans on the desk: made with a live preview, agreed on, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from concilia.cases.queries.office import today_of
from concilia.customers.models import Customer
from concilia.dunning.actions import (
    CollectionRefused,
    accelerate_plan,
    agree_plan,
    cancel_plan,
    propose_plan,
    sign_waiver,
)
from concilia.dunning.models import Plan
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.dunning.queries.plan_drafts import policy_of, room_in
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.plan_forms import (
    MODELS,
    Asked,
    asked_in,
    plan_asked,
    preview_of,
)
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.customer import answer, customer_of

WHY_MAX = 200


@require_http_methods(["GET", "POST"])
@desk_page(allow=WORKERS)
def plan(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Make a plan: the rows are shown while one types; nothing is written before one says so."""
    found = customer_of(request, customer_id)
    sent = request.POST if request.method == "POST" else request.GET
    today = today_of(request.seat.entity, timezone.now())
    asked = asked_in(sent, today)
    refusal = ""
    # What one types is posted, too, so that no income stands in an address: it is only shown.
    if request.method == "POST" and not request.headers.get("HX-Request"):
        try:
            return _made(request, found, asked)
        except REFUSALS as no:
            refusal = words_of(no)
    return answer(request, found, "customer-plan", _context(request, found, asked, today, refusal))


@require_POST
@desk_page(allow=WORKERS)
def act(request: DeskRequest, plan_id: int) -> HttpResponse:
    """Agree on a plan, end it, or call it in."""
    row = get_object_or_404(Plan, pk=plan_id, entity=request.seat.entity)
    try:
        messages.success(request, _ACTS.get(request.POST.get("act", ""), _cancel)(request, row))
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    if request.POST.get("back") == "signatures":
        return redirect("desk:signatures")
    return redirect(reverse("desk:customer", args=[row.customer_id]) + "#story")


def _made(request: DeskRequest, found: Customer, asked: Asked) -> HttpResponse:
    row = propose_plan(
        new=plan_asked(found, _currency(request, found), asked),
        by=request.seat.membership,
        at=timezone.now(),
        customer_agrees=request.POST.get("agrees") == "yes",
    )
    if row.is_in_force:
        said = gettext("The plan runs: what it is about is not asked for meanwhile.")
    elif row.is_covered:
        said = gettext("Proposed. It runs once the customer says yes.")
    else:
        said = gettext("Proposed. Somebody with more authority agrees on it.")
    messages.success(request, said)
    return redirect(reverse("desk:customer", args=[found.pk]) + "#story")


def _context(
    request: DeskRequest, found: Customer, asked: Asked, today: date, refusal: str
) -> dict[str, Any]:
    currency = _currency(request, found)
    rows = dunnable_items(entity=request.seat.entity, customers=[found.pk], today=today)
    room = [(row, minor) for row, minor in room_in(rows) if row.currency == currency]
    preview, why_not = None, ""
    try:
        preview = preview_of(found, currency, asked, today)
    except REFUSALS as no:
        why_not = words_of(no)
    return {
        "asked": asked,
        "preview": preview,
        "why_not": why_not,
        "refusal": refusal,
        "models": list(MODELS.items()),
        "currency": currency,
        "room_minor": sum(minor for _row, minor in room),
        "due_minor": sum(minor for row, minor in room if row.due_date < today),
        "is_person": not found.vat_number,
        "policy": policy_of(request.seat.entity),
        "today": today,
    }


def _currency(request: DeskRequest, found: Customer) -> str:
    sent = request.POST if request.method == "POST" else request.GET
    return words_in(sent, "currency", most=3).upper() or found.currency


def _agree(request: DeskRequest, row: Plan) -> str:
    now = agree_plan(plan_id=row.pk, by=request.seat.membership, at=timezone.now())
    if now.is_in_force:
        return gettext("The plan runs: what it is about is not asked for meanwhile.")
    return gettext("You agreed. Somebody else agrees, too, before it runs.")


def _cancel(request: DeskRequest, row: Plan) -> str:
    why = words_in(request.POST, "why", most=WHY_MAX)
    cancel_plan(plan_id=row.pk, why=why, by=request.seat.membership, at=timezone.now())
    return gettext("The plan is over.")


def _call_in(request: DeskRequest, row: Plan) -> str:
    try:
        noticed = date.fromisoformat(request.POST.get("noticed", ""))
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Say when they were told in writing.")) from no_day
    accelerate_plan(
        plan_id=row.pk,
        why=words_in(request.POST, "why", most=WHY_MAX),
        noticed_date=noticed,
        by=request.seat.membership,
        at=timezone.now(),
    )
    return gettext("Called in. What is open may be asked for as a whole.")


def _waive(request: DeskRequest, row: Plan) -> str:
    found = sign_waiver(plan_id=row.pk, by=request.seat.membership, at=timezone.now())
    if found.booked_at is None:
        return gettext("You signed. Somebody else signs, too, before it is booked.")
    return gettext("Written off, and put to the ERP.")


_ACTS: dict[str, Callable[[DeskRequest, Plan], str]] = {
    "agree": _agree,
    "cancel": _cancel,
    "call_in": _call_in,
    "waive": _waive,
}

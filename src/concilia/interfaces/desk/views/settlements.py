"""Offers to settle on the desk, and what late interest may be asked for today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from concilia.cases.queries.office import today_of
from concilia.customers.models import Customer
from concilia.dunning.actions import offer_settlement
from concilia.dunning.queries.interest import interest_today
from concilia.dunning.queries.settlements import draft_settlement
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.settlement_forms import (
    Offered,
    interest_rows,
    offered_in,
    settlement_asked,
)
from concilia.interfaces.desk.views.customer import answer, customer_of


@require_http_methods(["GET", "POST"])
@desk_page(allow=WORKERS)
def settlement(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Offer to settle for less, with what going on is worth; and today's interest by item."""
    found = customer_of(request, customer_id)
    sent = request.POST if request.method == "POST" else request.GET
    today = today_of(request.seat.entity, timezone.now())
    offered, currency = offered_in(sent, today), words_in(sent, "currency", most=3).upper()
    refusal = ""
    # What one types is posted, too: it is only shown.
    if request.method == "POST" and not request.headers.get("HX-Request"):
        try:
            new = settlement_asked(found, currency or found.currency, offered)
            offer_settlement(new=new, by=request.seat.membership, at=timezone.now())
            messages.success(request, gettext("Offered. Somebody else with the authority agrees."))
            return redirect(reverse("desk:customer", args=[found.pk]) + "#story")
        except REFUSALS as no:
            refusal = words_of(no)
    context = _context(found, currency or found.currency, offered, today) | {"refusal": refusal}
    return answer(request, found, "customer-settlement", context)


def _context(found: Customer, currency: str, offered: Offered, today: date) -> dict[str, Any]:
    draft, why_not = None, ""
    try:
        new = settlement_asked(found, currency, offered)
        draft = draft_settlement(customer=found, new=new, today=today)
    except REFUSALS as no:
        why_not = words_of(no) if offered.offer else ""
    shown = interest_today(customer=found, currency=currency, today=today)
    return {
        "offered": offered,
        "draft": draft,
        "why_not": why_not,
        "currency": currency,
        "shown": shown,
        "rows": list(interest_rows(shown)),
        "today": today,
    }

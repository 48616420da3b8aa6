"""The collectors' team: who works on whom, who is next for me, handed over or left aside."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.queries.office import today_of
from concilia.dunning.actions import hand_over_customer, leave_aside
from concilia.dunning.queries.care import next_best, team_of
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import is_key, key_in, words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.typed_days import day_in
from concilia.interfaces.desk.views.customer import customer_of

NOTE_MAX: Final = 500
WHY_MAX: Final = 200


@require_GET
@desk_page(allow=WORKERS)
def next_up(request: DeskRequest) -> HttpResponse:
    """Go to the most urgent customer who is nobody else's; after one, to whoever comes next."""
    typed = request.GET.get("after", "")
    member = request.seat.membership
    found = next_best(
        member=member,
        today=today_of(member.entity, timezone.now()),
        after=int(typed) if is_key(typed) else 0,
    )
    if found is None:
        messages.success(request, gettext("Nobody else is to be gone on with today."))
        return redirect("desk:collections")
    return redirect("desk:customer-phone", found.customer.pk)


@require_GET
@desk_page()
def team(request: DeskRequest) -> HttpResponse:
    """Who works on whom, and what was done today."""
    entity, at = request.seat.entity, timezone.now()
    zone = ZoneInfo(entity.timezone)
    today = today_of(entity, at)
    since = datetime.combine(today, time(), zone)
    context = {"seats": team_of(entity=entity, today=today, since=since)}
    return render(request, "desk/collections_team.html", context)


@require_POST
@desk_page(allow=WORKERS)
def care(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Hand a customer over, or leave them aside with the reason; then on to who is next."""
    found, sent, at = customer_of(request, customer_id), request.POST, timezone.now()
    member = request.seat.membership
    try:
        if sent.get("act") == "aside":
            leave_aside(
                customer_id=found.pk,
                until=day_in(sent, "until"),
                why=words_in(sent, "why", most=WHY_MAX),
                by=member,
                at=at,
            )
            messages.success(request, gettext("Left aside. They come back on that day."))
        else:
            hand_over_customer(
                customer_id=found.pk,
                to_id=key_in(sent, "to"),
                note=words_in(sent, "note", most=NOTE_MAX),
                by=member,
                at=at,
            )
            messages.success(request, gettext("Handed over."))
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return redirect("desk:customer-phone", found.pk)
    return redirect("desk:collections-next")

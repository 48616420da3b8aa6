"""How long a trading partner leaves us to answer, and the day that their paper bears."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from concilia.claims.actions.windows import date_paper, set_window
from concilia.claims.models import Claim
from concilia.customers.models import Customer
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of

DIGITS_MAX = 4


@require_POST
@desk_page(allow=WORKERS)
def change(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Agree on a window, or on none any more."""
    found = get_object_or_404(Customer, pk=customer_id, entity=request.seat.entity)
    given = request.POST
    typed = given.get("days", "").strip()
    is_number = typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS_MAX
    try:
        changed = set_window(
            customer_id=found.pk,
            days=None if not typed else int(typed) if is_number else 0,
            unit=given.get("unit", ""),
            of_group=given.get("whose") == "group",
            by=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        words = ngettext(
            "Kept. The last day of %(n)s open claim changed.",
            "Kept. The last day of %(n)s open claims changed.",
            changed,
        )
        messages.success(request, words % {"n": changed})
    return redirect("desk:customer", found.pk)


@require_POST
@desk_page(allow=WORKERS)
def their_date(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Say which day their paper bears."""
    found = get_object_or_404(Claim, pk=claim_id, entity=request.seat.entity)
    try:
        typed = request.POST.get("their_date", "")
        day = date.fromisoformat(typed) if typed else None
        date_paper(claim_id=found.pk, their_date=day, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    except ValueError:
        messages.error(request, gettext("This is no day."))
    else:
        messages.success(request, gettext("The last day to answer is counted from it."))
    return redirect("desk:claim", found.pk)

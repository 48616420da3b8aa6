"""A signer grants less than was proposed: the form, what it would do, the signature."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat
from concilia.claims.actions import Said, sign_decision
from concilia.claims.queries.dossier import Dossier
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_less import LessTyped, granted_of, less_panel, read_less
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.claim import read_dossier

UNREADABLE: Final = 422
CONFLICT: Final = 409
NUMBER_MAX: Final = 18


@require_http_methods(["GET", "POST"])
@desk_page(allow=HELPERS)
def less(request: DeskRequest, claim_id: int, seat_id: int) -> HttpResponse:
    """The form of a signer who grants less; its outlook while they type, or the signature."""
    dossier = read_dossier(request, claim_id)
    seat = _seat(dossier, seat_id)
    if request.method == "GET":
        return _shown(request, dossier, seat, LessTyped())
    typed = read_less(request.POST, dossier.claim.currency)
    if request.POST.get("act") != "sign":
        # Another amount says something else to the customer: the letter is drafted anew.
        return _shown(request, dossier, seat, replace(typed, letter=None))
    granted = granted_of(typed)
    if granted is None:
        return _shown(request, dossier, seat, typed, status=UNREADABLE)
    said = Said(outcome=SignOutcome.APPROVE, comment=typed.words, less=granted)
    member = request.seat.membership
    try:
        sign_decision(seat_id=seat.pk, said=said, member=member, at=timezone.now())
    except REFUSALS as refusal:
        return _shown(request, dossier, seat, typed, refusal=words_of(refusal), status=CONFLICT)
    told = gettext("%(case)s: signed for less.") % {"case": dossier.claim.case.number}
    messages.success(request, told)
    return _back(request, claim_id)


def _seat(dossier: Dossier, seat_id: int) -> ApprovalSeat:
    seats = ApprovalSeat.objects.select_related("request", "expected__user")
    found = seats.filter(pk=seat_id, request__case=dossier.claim.case_id).first()
    decision = dossier.decision
    if found is None or decision is None or decision.approval_id != found.request_id:
        raise Http404(gettext("There is no such signature."))
    return found


def _shown(
    request: DeskRequest,
    dossier: Dossier,
    seat: ApprovalSeat,
    typed: LessTyped,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form alone for a sheet, or on a page of its own."""
    panel = less_panel(dossier, seat, typed, request.seat.membership, timezone.now())
    context = {
        "claim": dossier.claim,
        "panel": panel,
        "refusal": refusal,
        "batch": _batch(request),
        "is_part": bool(request.headers.get("HX-Request")),
    }
    template = "desk/claims/less.html" if context["is_part"] else "desk/claims/less_page.html"
    return render(request, template, context, status=status)


def _batch(request: DeskRequest) -> str:
    batch = request.POST.get("batch") or request.GET.get("batch") or ""
    return batch if batch.isdecimal() and len(batch) < NUMBER_MAX else ""


def _back(request: DeskRequest, claim_id: int) -> HttpResponse:
    batch = _batch(request)
    here = (
        reverse("desk:batch", args=[int(batch)])
        if batch
        else reverse("desk:claim", args=[claim_id])
    )
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(here)
    return redirect(here)

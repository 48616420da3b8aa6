"""The conversation of a claim while its page is open: fetched anew, read, marked, taken away."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Final

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from concilia.cases.actions import react, read_thread, redact
from concilia.cases.models import CaseMessage
from concilia.cases.queries.thread import mark_of_talk
from concilia.claims.models import Claim
from concilia.identity.queries import members_of
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_thread import thread_of
from concilia.interfaces.desk.claim_words import department_name
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.claim import page, read_dossier

REASON_MAX: Final = 200
UNREADABLE: Final = 422
NUMBER_DIGITS_MAX: Final = 18


@require_GET
@desk_page()
def thread(request: DeskRequest, claim_id: int) -> HttpResponse:
    """The messages as they are now; nothing while the page shows them already."""
    if not request.headers.get("HX-Request"):
        return page(request, claim_id)
    claim = _claim(request, claim_id)
    if request.GET.get("seen") == mark_of_talk(case_id=claim.case_id):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return shown(request, claim_id)


def shown(request: DeskRequest, claim_id: int) -> HttpResponse:
    """The messages in the chosen lane, as a part of the page."""
    dossier = read_dossier(request, claim_id)
    asked = request.GET if request.method == "GET" else request.POST
    lane, since = asked.get("lane", ""), asked.get("since", "")
    told = thread_of(
        dossier,
        lane,
        request.seat.membership,
        since=_number(since) if since else None,
        with_answers=False,
    )
    context = {
        "claim": dossier.claim,
        "thread": told,
        "lane": lane,
        "may_help": request.seat.may(*HELPERS),
        "is_part": True,
    }
    return render(request, "desk/claims/said.html", context)


@require_POST
@desk_page()
def read(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Keep how far the person has read."""
    claim = _claim(request, claim_id)
    read_thread(
        case_id=claim.case_id,
        upto=_number(request.POST.get("upto", "")),
        member=request.seat.membership,
        at=timezone.now(),
    )
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@desk_page(allow=HELPERS)
def mark(request: DeskRequest, claim_id: int, said_id: int) -> HttpResponse:
    """Put a sign on a message, or take it off."""
    claim = _claim(request, claim_id)
    entry = get_object_or_404(CaseMessage, pk=said_id, case=claim.case_id)
    try:
        react(
            entry_id=entry.pk,
            sign=request.POST.get("sign", ""),
            member=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        raise Http404(words_of(refusal)) from refusal
    if request.headers.get("HX-Request"):
        return shown(request, claim_id)
    return redirect(reverse("desk:claim", args=[claim_id]) + f"#msg-{entry.pk}")


@require_http_methods(["GET", "POST"])
@desk_page(allow=HELPERS)
def take_away(request: DeskRequest, claim_id: int, said_id: int) -> HttpResponse:
    """Take the words of a message away: why on GET, for good on POST."""
    claim = _claim(request, claim_id)
    entry = get_object_or_404(
        CaseMessage.objects.select_related("message"), pk=said_id, case=claim.case_id
    )
    problem, status = "", 200
    is_part = bool(request.headers.get("HX-Request"))
    if request.method == "POST":
        problem = _redacted(request, entry, timezone.now())
        status = UNREADABLE if problem else status
        if not problem:
            here = reverse("desk:claim", args=[claim_id]) + f"#msg-{entry.pk}"
            return HttpResponseClientRedirect(here) if is_part else redirect(here)
    template = "desk/claims/redact.html" if is_part else "desk/claims/redact_page.html"
    context = {"claim": claim, "entry": entry, "problem": problem, "is_part": is_part}
    return render(request, template, context, status=status)


@require_GET
@desk_page(allow=HELPERS)
def people(request: DeskRequest, claim_id: int) -> JsonResponse:
    """Whom a note can ask: the colleagues of the entity, and nobody else."""
    _claim(request, claim_id)
    found = [
        {"name": each.user.name, "about": str(department_name(each.department))}
        for each in members_of(entity_id=request.seat.entity.pk)
        if each.pk != request.seat.membership.pk
    ]
    return JsonResponse({"people": found})


def _redacted(request: DeskRequest, entry: CaseMessage, at: datetime) -> str:
    reason = words_in(request.POST, "reason", most=REASON_MAX)
    try:
        redact(entry_id=entry.pk, reason=reason, member=request.seat.membership, at=at)
    except REFUSALS as refusal:
        return words_of(refusal)
    return ""


def _claim(request: DeskRequest, claim_id: int) -> Claim:
    rows = Claim.objects.select_related("case", "customer")
    found = rows.filter(entity=request.seat.entity, pk=claim_id).first()
    if found is None:
        raise Http404(gettext("There is no such claim."))
    return found


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= NUMBER_DIGITS_MAX else 0

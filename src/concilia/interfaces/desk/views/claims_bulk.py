"""The same act on many claims: settle what is proven, hand over, let rest; each is its own act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from concilia.claims.actions import Proposal, propose_decision
from concilia.claims.actions.deciding import lines_to_decide
from concilia.claims.core.decisions import Choice, approved_by
from concilia.claims.core.decisions import Decision as Chosen
from concilia.claims.models import Claim
from concilia.claims.queries.letters import letter_for
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_acts import DEEDS
from concilia.interfaces.desk.refusals import REFUSALS, words_of

BATCH_MAX: Final = 200
REASONS_TOLD: Final = 3
UNREADABLE: Final = 422


@require_POST
@desk_page(allow=WORKERS)
def bulk(request: DeskRequest) -> HttpResponse:
    """Do what the pressed button says to every ticked claim, and say what was not done and why."""
    found = _chosen(request)
    name = request.POST.get("act", "")
    back = _back(request)
    if not found:
        messages.error(request, gettext("Tick a claim first."))
        return redirect(back)
    if name == "settle":
        _each(request, found, _settle, gettext("sent for approval"))
        return redirect(back)
    if name not in {"hand-over", "snooze"}:
        raise Http404(gettext("There is no such act."))
    deed = DEEDS[name]
    is_sent = "confirmed" in request.POST
    form = deed.form(found[0], request.POST if is_sent else None)
    if is_sent and form.is_valid():

        def do(request: DeskRequest, claim: Claim, at: datetime) -> None:
            deed.do(claim, form, request.seat.membership, at)

        done = gettext("handed over") if name == "hand-over" else gettext("let rest")
        _each(request, found, do, done)
        return redirect(back)
    context = {"deed": deed, "form": form, "found": found, "back": back, "problem": ""}
    status = UNREADABLE if is_sent else 200
    return render(request, "desk/claims/bulk.html", context, status=status)


def _chosen(request: DeskRequest) -> list[Claim]:
    keys = [text for text in request.POST.getlist("claim")[:BATCH_MAX] if text.isdecimal()]
    rows = Claim.objects.filter(entity=request.seat.entity, pk__in=keys)
    return list(rows.select_related("case__owner", "customer", "entity", "invoice").order_by("pk"))


def _settle(request: DeskRequest, claim: Claim, at: datetime) -> None:
    """Grant what the rules found valid; whoever departs from it does so on the claim's page."""
    lines = lines_to_decide(claim=claim)
    approved = approved_by(lines, Choice.ACCEPT_VALID, {})
    member = request.seat.membership
    proposal = Proposal(
        choice=Chosen(choice=Choice.ACCEPT_VALID),
        letter=letter_for(claim, lines, approved, "", member, at),
    )
    propose_decision(claim_id=claim.pk, proposal=proposal, member=member, at=at)


def _each(
    request: DeskRequest,
    found: Sequence[Claim],
    do: Callable[[DeskRequest, Claim, datetime], None],
    word: str,
) -> None:
    """Every claim on its own; a refusal of one leaves the others done."""
    refused: list[str] = []
    for claim in found:
        try:
            do(request, claim, timezone.now())
        except REFUSALS as refusal:
            refused.append(f"{claim.case.number}: {words_of(refusal)}")
    done = len(found) - len(refused)
    if done:
        text = ngettext("%(n)s claim %(done)s.", "%(n)s claims %(done)s.", done)
        messages.success(request, text % {"n": done, "done": word})
    if refused:
        left = len(refused) - REASONS_TOLD
        told = " ".join(refused[:REASONS_TOLD])
        if left > 0:
            more = ngettext("And %(n)s more.", "And %(n)s more.", left) % {"n": left}
            told = f"{told} {more}"
        messages.warning(request, told)


def _back(request: DeskRequest) -> str:
    """The list as it was, whatever the form says about where it came from."""
    query = request.POST.get("query", "")[:1000]
    here = reverse("desk:claims")
    return f"{here}?{query}" if query and "\n" not in query and "\r" not in query else here

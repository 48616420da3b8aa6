"""One claim with everything on it: its money, verdict, papers, conversation, decision, route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.models import Step
from concilia.claims.core.verdict import UnknownRule
from concilia.claims.models import Claim, Decision, MergeProposal
from concilia.claims.queries.authority import today_of
from concilia.claims.queries.dossier import (
    RECORDS,
    Dossier,
    dossier_of,
    events_of,
    newest_event,
    newest_mark,
    replay_newest,
)
from concilia.claims.queries.standing import standing_of
from concilia.identity.models import Role
from concilia.interfaces.components.rights import HELPERS, WORKERS
from concilia.interfaces.desk import (
    claim_clock,
    claim_decision,
    claim_events,
    claim_money,
    claim_papers,
    claim_route,
    claim_thread,
    claim_verdict,
)
from concilia.interfaces.desk import claim_words as words
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_acts import deeds_for
from concilia.interfaces.desk.claim_decision import Typed, read_typed
from concilia.interfaces.desk.claim_links import links_shown
from concilia.interfaces.desk.claim_news import is_worth_waiting, news_of
from concilia.interfaces.desk.claim_precedents import precedents_shown
from concilia.interfaces.desk.recent import note_opened

NOTHING_NEW: Final = 204
ACTS_BESIDE: Final = ("ask", "hand-over")
QUESTION_SHOWN: Final = 140
ACTS_NEXT: Final = ("close", "repaid", "appeal", "legal", "reopen")


def read_dossier(request: DeskRequest, claim_id: int) -> Dossier:
    """
    Everything on a claim of the person's entity.

    :raises Http404: if there is none, or it is another creditor's
    """
    try:
        return dossier_of(entity_id=request.seat.entity.pk, claim_id=claim_id)
    except Claim.DoesNotExist as missing:
        raise Http404(gettext("There is no such claim.")) from missing


@require_GET
@desk_page()
def claim(request: DeskRequest, claim_id: int) -> HttpResponse:
    """The claim page; nothing while one that waits for the worker shows the newest already."""
    if seen := request.GET.get("seen"):
        newest = newest_mark(entity_id=request.seat.entity.pk, claim_id=claim_id)
        if seen == newest and is_worth_waiting(request.GET.get("asked", ""), timezone.now()):
            return HttpResponse(status=NOTHING_NEW)
    answer = page(request, claim_id)
    note_opened(request, claim_id, timezone.now())
    return answer


def page(
    request: DeskRequest,
    claim_id: int,
    *,
    typed: Typed | None = None,
    drafts: bool = False,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """
    The claim page as it is now, with what a person had typed and what was refused.

    :param drafts: show the letter the choice would send
    :param errors: sentences by panel: `decision`, `signing`, `composer`, `twin`
    """
    dossier = read_dossier(request, claim_id)
    at = timezone.now()
    context = context_of(request, dossier, typed or Typed(), at, drafts=drafts)
    context["errors"] = errors or {}
    return render(request, "desk/claims/claim.html", context, status=status)


def context_of(
    request: DeskRequest, dossier: Dossier, typed: Typed, at: datetime, *, drafts: bool
) -> dict[str, Any]:
    """All that the page's templates show."""
    seat, one = request.seat, dossier.claim
    today = today_of(one.entity, at)
    papers = claim_papers.panel_of(dossier, today)
    deeds = {
        name: deed
        for name, deed in deeds_for(one, at, seat.membership).items()
        if seat.may(*deed.roles)
    }
    lane = request.GET.get("lane", "")
    log = events_of(dossier)
    decision = claim_decision.panel_of(dossier, seat, typed, at, drafts=drafts)
    return {
        "dossier": dossier,
        "claim": one,
        "twins": list(_twins(dossier)),
        "steps": [(step, _step_words(step)) for step in dossier.open_steps],
        "title": words.title_of(one, dossier.lines),
        "about": words.about_what(one),
        "lead": words.department_name(one.case.department),
        "lead_icon": words.LEAD_ICONS.get(one.case.department, "users"),
        "money": claim_money.panel_of(dossier, today),
        "papers": papers,
        "verdict": claim_verdict.panel_of(dossier, papers.cards),
        "replayed": _replayed(request, dossier),
        "decision": decision,
        "signing": claim_decision.signing_of(dossier, seat, at),
        "earlier": _earlier(dossier),
        "route": claim_route.route_shown(dossier, seat, decision, at),
        "precedents": precedents_shown(dossier, decision.mode, at),
        "links": links_shown(one, at),
        "thread": claim_thread.thread_of(dossier, lane, seat.membership),
        "lane": lane,
        "events": claim_events.events_of(log, one.currency),
        "days_left": claim_events.days_left(dossier, at),
        "seen": max((entry.seq for entry in log), default=0),
        "duration": claim_events.duration_of(dossier, at),
        "standing": standing_of(one, at),
        "clock": claim_clock.clock_shown(one, at),
        "deeds": {name.replace("-", "_"): deed for name, deed in deeds.items()},
        "next_deeds": [deeds[name] for name in ACTS_NEXT if name in deeds],
        "beside": [deeds[name] for name in ACTS_BESIDE if name in deeds],
        "more": [deed for name, deed in deeds.items() if name not in {*ACTS_BESIDE, *ACTS_NEXT}],
        "may_work": seat.may(*WORKERS),
        "may_help": seat.may(*HELPERS),
        "is_auditor": seat.role == Role.AUDITOR,
        "postings": [each.posting for each in dossier.settlements if each.posting],
        "news": news_of(dossier, at),
        "at": at,
    }


@require_POST
@desk_page()
def outlook(request: DeskRequest, claim_id: int) -> HttpResponse:
    """What a choice would do: the decision panel and the route, before anything is sent."""
    dossier = read_dossier(request, claim_id)
    at = timezone.now()
    typed = read_typed(request.POST, dossier.claim.currency)
    drafts = request.GET.get("letter") == "shown"
    if typed.letter and not drafts:
        # Another choice says something else to the customer: the letter is drafted anew.
        typed, drafts = replace(typed, letter=None), True
    panel = claim_decision.panel_of(dossier, request.seat, typed, at, drafts=drafts)
    context = {
        "claim": dossier.claim,
        "dossier": dossier,
        "decision": panel,
        "where": "sheet" if request.POST.get("where") == "sheet" else "rail",
        "route": claim_route.route_shown(dossier, request.seat, panel, at),
        "errors": {},
    }
    return render(request, "desk/claims/outlook.html", context)


@require_GET
@desk_page()
def news(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Say who changed the claim since the page was opened; nothing is swapped under their hands."""
    seen = request.GET.get("seen", "")
    found = get_object_or_404(Claim, entity=request.seat.entity, pk=claim_id)
    newer = newest_event(found, after=int(seen)) if seen.isdecimal() else None
    is_own = newer and newer.actor_kind == "user" and newer.actor_id == request.user.pk
    if newer is None or is_own:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "desk/claims/news.html", {"claim": found, "newer": newer})


@require_GET
@desk_page()
def replay(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Judge the stored facts again, and say whether the result is the same. Nothing is written."""
    if not request.headers.get("HX-Request"):
        return page(request, claim_id)
    dossier = read_dossier(request, claim_id)
    context = {"replayed": _judged_again(dossier), "claim": dossier.claim}
    return render(request, "desk/claims/replayed.html", context)


@require_GET
@desk_page()
def record(request: DeskRequest, claim_id: int, kind: str, key: int) -> HttpResponse:
    """A record of ours the verdict relies on: an invoice, a delivery, an order, line by line."""
    dossier = read_dossier(request, claim_id)
    model = RECORDS.get(kind)
    if model is None:
        raise Http404(gettext("There is no such record."))
    row = get_object_or_404(
        model.objects.select_related("customer"), pk=key, entity=request.seat.entity
    )
    context = {"claim": dossier.claim, "kind": kind, "record": row, "lines": row.lines.all()}
    return render(request, "desk/claims/record.html", context)


def _replayed(request: DeskRequest, dossier: Dossier) -> Mapping[str, str] | None:
    """The answer of a replay asked for without JavaScript."""
    asked = request.resolver_match and request.resolver_match.url_name == "claim-replay"
    return _judged_again(dossier) if asked else None


def _judged_again(dossier: Dossier) -> Mapping[str, str]:
    if dossier.stored is None:
        return {"tone": "", "text": gettext("There is no verdict yet.")}
    try:
        again = replay_newest(dossier.stored)
    except UnknownRule:
        return {"tone": "bad", "text": gettext("This program no longer has that rule.")}
    facts = ngettext("%(n)s fact", "%(n)s facts", again.facts) % {"n": again.facts}
    rule = gettext("rule %(name)s v%(version)s") % {"name": again.rule, "version": again.version}
    if again.is_same:
        text = gettext("Judged again: same result, to the cent (%(rule)s, %(facts)s).")
        return {"tone": "good", "text": text % {"rule": rule, "facts": facts}}
    text = gettext("Judged again: another result (%(rule)s, %(facts)s). Tell your administrator.")
    return {"tone": "bad", "text": text % {"rule": rule, "facts": facts}}


def _twins(dossier: Dossier) -> Iterator[tuple[MergeProposal, Claim, str]]:
    """Every possible twin with the other claim, and why they look alike."""
    for twin in dossier.twins:
        other = twin.twin if twin.claim_id == dossier.claim.pk else twin.claim
        likeness = ", ".join(str(words.LIKENESS.get(why, why)) for why in twin.why)
        yield twin, other, likeness


def _step_words(step: Step) -> str:
    """What is waited for: a paper by its name, a question in its words."""
    if step.evidence:
        return words.evidence_name(step.evidence)
    if step.question:
        return f"“{Truncator(step.question).chars(QUESTION_SHOWN)}”"
    return str(words.STEPS.get(step.kind, step.kind))


def _earlier(dossier: Dossier) -> Decision | None:
    """A decision that was sent back, shown while the next one is prepared."""
    decision = dossier.decision
    return decision if decision and decision.state == Decision.State.RETURNED else None

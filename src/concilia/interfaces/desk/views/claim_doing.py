"""What a person does on a claim page: decide, sign, merge, the small acts; one act each."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalSeat, Step
from concilia.claims.actions import (
    Proposal,
    Said,
    answer_step,
    keep_apart,
    merge,
    propose_decision,
    sign_decision,
)
from concilia.claims.actions.deciding import lines_to_decide
from concilia.claims.actions.overriding import override_approval
from concilia.claims.core.decisions import Choice, approved_by
from concilia.claims.core.decisions import Decision as Chosen
from concilia.claims.models import Claim, Decision, MergeProposal
from concilia.claims.queries.authority import today_of
from concilia.claims.queries.letters import Letter, draft_question, letter_for
from concilia.interfaces.components.rights import HELPERS, SIGNERS, WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_acts import deeds_for, done_words
from concilia.interfaces.desk.claim_decision import Typed, read_typed
from concilia.interfaces.desk.claim_forms import AnswerStepForm, ClaimForm
from concilia.interfaces.desk.claim_words import evidence_name
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.claim import page, read_dossier

UNREADABLE: Final = 422
CONFLICT: Final = 409
WORDS_MAX: Final = 4000
NUMBER_MAX: Final = 18  # digits of any key
STEP_MAX: Final = 40
TEXT_MAX: Final = 20_001  # one more than a note may have, so that it is told
SAID: Final = {
    SignOutcome.APPROVE: _("%(case)s: signed."),
    SignOutcome.REJECT: _("%(case)s: refused to sign."),
    SignOutcome.RETURN: _("%(case)s: sent back."),
    SignOutcome.ASK: _("%(case)s: asked. The time to sign stands until the answer."),
    SignOutcome.DELEGATE: _("%(case)s: handed over."),
    SignOutcome.ADD: _("%(case)s: somebody else signs, too."),
}


@require_POST
@desk_page(allow=WORKERS)
def decide(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Put a decision to those who may sign it, or show the letter it would send."""
    dossier = read_dossier(request, claim_id)
    claim = dossier.claim
    typed = read_typed(request.POST, claim.currency)
    if request.POST.get("act") == "preview":
        return page(request, claim_id, typed=replace(typed, letter=None), drafts=True)
    problem = _problem(typed, claim)
    if problem:
        return page(request, claim_id, typed=typed, errors={"decision": problem}, status=UNREADABLE)
    assert typed.choice is not None
    at = timezone.now()
    lines = lines_to_decide(claim=claim)
    approved = approved_by(lines, typed.choice, typed.amounts)
    letter: Letter | None = None
    if typed.sends_letter:
        member = request.seat.membership
        letter = typed.letter or letter_for(claim, lines, approved, typed.reason, member, at)
    choice = Chosen(
        choice=typed.choice,
        approved=approved if typed.choice is Choice.BY_LINE else None,
        reason=typed.reason,
        ground=typed.ground,
    )
    proposal = Proposal(choice=choice, letter=letter, seen_verdict=typed.seen_verdict)
    try:
        decision = propose_decision(
            claim_id=claim_id, proposal=proposal, member=request.seat.membership, at=at
        )
    except REFUSALS as refusal:
        errors = {"decision": words_of(refusal)}
        return page(request, claim_id, typed=typed, errors=errors, status=CONFLICT)
    recall = reverse("desk:claim-act", args=[claim_id, "recall"])
    messages.success(request, _sent_to(decision, claim), extra_tags=recall)
    return redirect("desk:claim", claim_id)


@require_POST
@desk_page(allow=HELPERS)
def sign(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Sign, refuse or send back, from the seat whose turn it is."""
    dossier = read_dossier(request, claim_id)
    outcome = request.POST.get("outcome", "")
    seat = request.POST.get("seat", "")
    if outcome not in {one.value for one in SAID} or not seat.isdecimal():
        raise Http404(gettext("There is no such act."))
    try:
        sign_decision(
            seat_id=int(seat),
            said=_said(request, SignOutcome(outcome)),
            member=request.seat.membership,
            at=timezone.now(),
        )
    except ApprovalSeat.DoesNotExist as missing:
        raise Http404(gettext("There is no such signature.")) from missing
    except REFUSALS as refusal:
        errors = {"signing": words_of(refusal)}
        return page(request, claim_id, errors=errors, status=CONFLICT)
    told = gettext(SAID[SignOutcome(outcome)]) % {"case": dossier.claim.case.number}
    messages.success(request, told)
    batch = request.POST.get("batch", "")
    if batch.isdecimal() and len(batch) < NUMBER_MAX:
        return redirect("desk:batch", int(batch))
    return redirect("desk:claim", claim_id)


@require_POST
@desk_page(allow=SIGNERS)
def override(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Ask, or join a second person, to carry out a decision past its signatures."""
    claim = read_dossier(request, claim_id).claim
    try:
        done = override_approval(
            claim_id=claim_id,
            reason=words_in(request.POST, "reason", most=WORDS_MAX),
            member=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        return page(request, claim_id, errors={"signing": words_of(refusal)}, status=CONFLICT)
    if done.second_by_id is None:
        told = gettext("%(case)s: a second person of level 5 must join.")
    else:
        told = gettext("%(case)s: carried out past the rules by two.")
    messages.success(request, told % {"case": claim.case.number})
    return redirect("desk:claim", claim_id)


def _said(request: DeskRequest, outcome: SignOutcome) -> Said:
    given = request.POST
    to = given.get("to", "")
    return Said(
        outcome=outcome,
        comment=words_in(given, "comment", most=WORDS_MAX),
        to=int(to) if to.isdecimal() and len(to) < NUMBER_MAX else None,
        of=given.get("of", ""),
        back_to=words_in(given, "back_to", most=STEP_MAX),
    )


@require_POST
@desk_page(allow=WORKERS)
def twin(request: DeskRequest, claim_id: int, proposal_id: int) -> HttpResponse:
    """Make one case of two, or say that they are two events."""
    claim = read_dossier(request, claim_id).claim
    act = {"merge": merge, "apart": keep_apart}.get(request.POST.get("act", ""))
    if act is None:
        raise Http404(gettext("There is no such act."))
    try:
        act(proposal_id=proposal_id, member=request.seat.membership, at=timezone.now())
    except MergeProposal.DoesNotExist as missing:
        raise Http404(gettext("There is no such proposal.")) from missing
    except REFUSALS as refusal:
        return page(request, claim_id, errors={"twin": words_of(refusal)}, status=CONFLICT)
    claim.refresh_from_db()
    if act is merge:
        kept = claim.duplicate_of_id or claim.pk
        messages.success(request, gettext("Two claims are one case now."))
        return redirect("desk:claim", kept)
    messages.success(request, gettext("Kept apart. Both may be decided."))
    return redirect("desk:claim", claim_id)


@require_http_methods(["GET", "POST"])
@desk_page(allow=HELPERS)
def act(request: DeskRequest, claim_id: int, name: str) -> HttpResponse:
    """One of the small acts: its form on GET, the act itself on POST."""
    claim = read_dossier(request, claim_id).claim
    at = timezone.now()
    deed = deeds_for(claim, at, request.seat.membership).get(name)
    if deed is None or not request.seat.may(*deed.roles):
        if request.method == "POST":
            errors = {"deed": gettext("This cannot be done to the claim as it stands now.")}
            return page(request, claim_id, errors=errors, status=CONFLICT)
        raise Http404(gettext("This cannot be done to the claim as it stands now."))
    is_sent = request.method == "POST"
    form = deed.form(claim, request.POST if is_sent else None, initial=_initial(request, claim))
    problem = ""
    if is_sent and form.is_valid():
        try:
            deed.do(claim, form, request.seat.membership, at)
        except REFUSALS as refusal:
            problem = words_of(refusal)
        else:
            messages.success(request, done_words(deed, claim))
            return _back(request, claim_id)
    status = UNREADABLE if is_sent else 200
    return _form(request, claim, {"deed": deed, "form": form, "problem": problem}, status)


@require_http_methods(["GET", "POST"])
@desk_page(allow=HELPERS)
def step(request: DeskRequest, claim_id: int, step_id: int) -> HttpResponse:
    """Answer what somebody was asked, or say that a paper cannot be had."""
    claim = read_dossier(request, claim_id).claim
    asked = get_object_or_404(
        Step.objects.select_related("assignee__user", "case__process"),
        pk=step_id,
        case=claim.case_id,
    )
    is_sent = request.method == "POST"
    form: ClaimForm = AnswerStepForm(asked, claim, request.POST if is_sent else None)
    problem = ""
    if is_sent and form.is_valid():
        try:
            answer_step(
                step_id=asked.pk,
                text=form.cleaned_data["text"],
                outcome=form.cleaned_data.get("outcome", ""),
                member=request.seat.membership,
                at=timezone.now(),
            )
        except REFUSALS as refusal:
            problem = words_of(refusal)
        else:
            messages.success(request, gettext("Answered."))
            return _back(request, claim_id)
    paper = evidence_name(asked.evidence) if asked.evidence else ""
    context = {"step": asked, "paper": paper, "form": form, "problem": problem}
    return _form(request, claim, context, UNREADABLE if is_sent else 200)


def _problem(typed: Typed, claim: Claim) -> str:
    """What of the form cannot be read, as a sentence; empty if all can."""
    if typed.choice is None:
        return gettext("Choose a decision.")
    if typed.choice is Choice.BY_LINE and (wrong := _wrong_line(typed, claim)):
        return wrong
    if typed.sends_letter and typed.letter and not typed.letter.body.strip():
        return gettext("The letter is empty: write it, or send none.")
    return ""


def _wrong_line(typed: Typed, claim: Claim) -> str:
    claimed = {line.n: line.claimed_minor for line in claim.lines.all()}
    for n, amount in sorted(typed.amounts.items()):
        if amount is None:
            return gettext("Line %(n)s has no amount in it.") % {"n": n}
        if amount > claimed.get(n, 0):
            return gettext("Line %(n)s gets more than they claim.") % {"n": n}
        if amount < 0:
            return gettext("Line %(n)s gets less than nothing.") % {"n": n}
    return ""


def _sent_to(decision: Decision, claim: Claim) -> str:
    first = ApprovalSeat.objects.filter(request=decision.approval_id, is_open=True)
    seat = first.select_related("expected__user").order_by("n").first()
    name = seat.expected.user.name if seat and seat.expected else ""
    text = gettext("%(case)s sent to %(name)s") if name else gettext("%(case)s sent for approval")
    return text % {"case": claim.case.number, "name": name}


def _initial(request: DeskRequest, claim: Claim) -> dict[str, str]:
    """What a link already knows: whom to ask, for which paper; with the letter that asks for it."""
    names = ("holder", "evidence", "reason", "assignee")
    known = {name: request.GET[name][:40] for name in names if name in request.GET}
    if known.get("evidence"):
        letter = draft_question(
            claim=claim,
            holder=known.get("holder", "customer"),
            evidence=known["evidence"],
            member=request.seat.membership,
            on=today_of(claim.entity, timezone.now()),
        )
        if letter.body:
            known |= {"to": letter.to, "subject": letter.subject, "text": letter.body}
    return known


def _form(
    request: DeskRequest, claim: Claim, context: dict[str, object], status: int
) -> HttpResponse:
    """The form alone for a sheet, or on a page of its own."""
    is_part = bool(request.headers.get("HX-Request"))
    template = "desk/claims/form.html" if is_part else "desk/claims/form_page.html"
    return render(request, template, {"claim": claim, **context}, status=status)


def _back(request: DeskRequest, claim_id: int) -> HttpResponse:
    here = reverse("desk:claim", args=[claim_id])
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(here)
    return redirect(here)

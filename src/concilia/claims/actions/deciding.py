"""A person decides, others sign, and the decision becomes entries and ERP documents at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.approvals import (
    About,
    request_approval,
)
from concilia.cases.core.people import Request
from concilia.cases.core.planning import signatures_of
from concilia.cases.core.routes import Route
from concilia.claims.actions.evidence import stop_waiting
from concilia.claims.actions.link_mails import ask_to_sign
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.process import (
    follow_signatures,
    stages_ahead,
)
from concilia.claims.actions.settling import (
    NEVER_CREDITED,
    creditable_only_by_note,
    settle,
)
from concilia.claims.actions.twins import is_blocked_by_twin, require_granted_once
from concilia.claims.core import codec
from concilia.claims.core.decisions import Decision as Choice
from concilia.claims.core.decisions import DecisionResult, LineToDecide, Outcome, decide, lines_of
from concilia.claims.core.findings import Verdict
from concilia.claims.core.linking import PaidTwice
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimDecided, DecisionProposed
from concilia.claims.models import Claim, ClaimLine, Decision
from concilia.claims.queries.authority import (
    Asked,
    company_for,
    rate_of,
    request_for,
    subject_of,
)
from concilia.claims.queries.letters import Letter
from concilia.claims.queries.settlement import creditable_minor
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.hashing import sha256_of
from concilia.kernel.money import Money
from concilia.kernel.reasons import UNIDENTIFIED
from concilia.kernel.reasons import reason as reason_of
from concilia.ledger.core.entries import EntryRefused
from concilia.receivables.models import Invoice

REASON_MAX = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    What a person proposes: the choice, and the letter that goes out once all have signed.

    :param letter: None sends nothing; the customer then hears of it by other ways
    :param seen_verdict: the version of the verdict they looked at; a newer one is shown first
    """

    choice: Choice
    letter: Letter | None = None
    seen_verdict: int | None = None


@transaction.atomic(durable=True)
def propose_decision(
    *, claim_id: int, proposal: Proposal, member: Membership, at: datetime
) -> Decision:
    """
    Put a person's decision to those who may sign it; nothing is posted or said before they have.

    Who decides need not wait for what was asked: open questions are cancelled.

    :raises DecisionRefused: if the choice does not fit the claim, or lacks its words
    :raises ClaimRefused: while a possible twin waits, where a credit is not the way, where an
        invoice has less left to credit, or where the verdict is another one than was seen
    :raises NoRate: where limits cannot be compared for want of a rate
    :raises RouteRefused: if nobody may sign
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    lines = _lines_as_seen(claim, proposal.seen_verdict)
    gone_on = stop_waiting(claim=claim, at=at)
    result = decide(state=ClaimState(claim.state), lines=lines, decision=proposal.choice)
    if result.approved_minor:
        _require_grantable(claim, result)
    decision = _store(claim, result, proposal, member, at)
    request, company = request_of(claim=claim, decision=decision, at=at), company_for(claim, at)
    needed = signatures_of(request, company.matrix)
    stages = stages_ahead(claim=claim, needed=needed, requester=member.pk)
    route = request_approval(
        case=claim.case,
        request=request,
        company=company,
        about=About(subject_of(claim), rate_of(claim.entity, claim.currency), stages),
        at=at,
    )
    follow_signatures(claim=claim, needed=needed, at=at)
    decision.approval = claim.case.approvals.get(version=route.version)
    decision.state = Decision.State.IN_APPROVAL
    decision.save(update_fields=["approval", "state"])
    acts = [move(claim=claim, action=action, at=at) for action in result.actions]
    acts = [*gone_on, _proposed(claim, decision, route), *acts]
    events.record(DecisionProposed(decision.pk))
    ask_to_sign(claim=claim, decision=decision, at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return decision


def lines_to_decide(*, claim: Claim) -> tuple[LineToDecide, ...]:
    """The claim's lines with what the newest verdict says of each; undecided without one."""
    newest = claim.verdicts.order_by("-version").first()
    if newest:
        judged = lines_of(codec.from_data(Verdict, newest.result))
        if _is_about(judged, claim):
            return judged
    return tuple(
        LineToDecide(line.n, line.claimed_minor, 0, line.claimed_minor, claim.currency)
        for line in claim.lines.all()
    )


def request_of(*, claim: Claim, decision: Decision, at: datetime) -> Request:
    """What is put to signature for a stored decision; see `request_for`."""
    asked = Asked(
        outcome=Outcome(decision.outcome),
        approved_minor=decision.approved_minor,
        denied_minor=decision.denied_minor,
        requester=decision.proposed_by_id,
        content=digest_of(claim=claim, decision=decision),
        rate=decision.approval.rate if decision.approval else None,
    )
    return request_for(claim=claim, asked=asked, at=at)


def digest_of(*, claim: Claim, decision: Decision) -> str:
    """Amounts, reason, customer, evidence and letter of a decision: what a signature stands for."""
    papers = claim.case.documents.order_by("pk").values_list("document_id", "evidence")
    return digest_with(claim=claim, decision=decision, papers=[list(paper) for paper in papers])


def digest_with(*, claim: Claim, decision: Decision, papers: Sequence[Sequence[object]]) -> str:
    """The same from papers read before: of each its document and kind, in order."""
    return sha256_of(
        {
            "claim": claim.pk,
            "version": decision.version,
            "customer": claim.customer_id,
            "reason": claim.reason,
            "lines": decision.lines,
            "resolution": decision.resolution,
            "words": [decision.reason, decision.denial_ground],
            "letter": [decision.letter_to, decision.letter_subject, decision.letter_body],
            "papers": papers,
        }
    )


def _store(
    claim: Claim, result: DecisionResult, proposal: Proposal, member: Membership, at: datetime
) -> Decision:
    last = claim.decisions.aggregate(last=Max("version"))["last"] or 0
    letter = proposal.letter or Letter()
    return Decision.objects.create(
        claim=claim,
        version=last + 1,
        outcome=result.outcome,
        state=Decision.State.PROPOSED,
        currency=claim.currency,
        approved_minor=result.approved_minor,
        denied_minor=result.denied_minor,
        lines=[codec.to_data(line) for line in result.lines],
        resolution=str(reason_of(claim.reason).resolution),
        reason=result.reason,
        denial_ground=result.ground or "",
        letter_to=letter.to.strip()[:254],
        letter_language=letter.language,
        letter_subject=letter.subject.strip()[:400],
        letter_body=letter.body,
        proposed_by=member,
        proposed_at=at,
    )


def _proposed(claim: Claim, decision: Decision, route: Route) -> Act:
    data = {
        "outcome": decision.outcome,
        "approved": decision.approved_minor,
        "denied": decision.denied_minor,
        "currency": decision.currency,
        "version": decision.version,
        "signatures": len(route.seats),
    }
    return Act("decision.proposed", "case", claim.case_id, data, decision.reason)


def carry_out(*, claim: Claim, decision: Decision, at: datetime) -> list[Act]:
    """
    Every cent of a claim goes to approved or denied, and the books follow.

    In the caller's transaction.

    :raises ClaimRefused: if a twin turned up, or it cannot be booked as decided
    """
    assert connection.in_atomic_block, "a claim is decided with its last signature"
    if decision.approved_minor:
        _require_no_twin(claim)
    for line in decision.lines:
        ClaimLine.objects.filter(claim=claim, n=line["n"]).update(
            approved_minor=line["approved_minor"], denied_minor=line["denied_minor"]
        )
    claim.approved_minor = decision.approved_minor
    claim.denied_minor = decision.denied_minor
    claim.decided_at = at
    claim.save(update_fields=["approved_minor", "denied_minor", "decided_at"])
    decision.state = Decision.State.APPROVED
    decision.decided_at = at
    decision.save(update_fields=["state", "decided_at"])
    events.record(ClaimDecided(decision.pk))
    conclusion = {
        Outcome.APPROVED: ClaimAction.APPROVE,
        Outcome.PARTLY: ClaimAction.APPROVE_PART,
        Outcome.DENIED: ClaimAction.DENY,
    }[Outcome(decision.outcome)]
    concluded = move(claim=claim, action=conclusion, at=at)
    try:
        return [concluded, *settle(claim=claim, decision=decision, at=at)]
    except EntryRefused as refusal:
        raise ClaimRefused(
            _("This cannot be booked as decided: {why}."), why=str(refusal)
        ) from refusal


def _lines_as_seen(claim: Claim, seen: int | None) -> tuple[LineToDecide, ...]:
    newest = claim.verdicts.order_by("-version").first()
    if newest and seen is not None and newest.version != seen:
        raise ClaimRefused(_("There is a newer verdict than the one you saw: look at it first."))
    lines = lines_to_decide(claim=claim)
    if newest and not _is_about(lines_of(codec.from_data(Verdict, newest.result)), claim):
        raise ClaimRefused(_("The claim has just changed and is judged again: wait a moment."))
    return lines


def _is_about(judged: tuple[LineToDecide, ...], claim: Claim) -> bool:
    """Whether these are the lines of the claim as it is now."""
    lines = {(line.n, line.claimed_minor) for line in claim.lines.all()}
    return {(line.n, line.claimed_minor) for line in judged} == lines


def _require_grantable(claim: Claim, result: DecisionResult) -> None:
    if claim.reason == UNIDENTIFIED:
        raise ClaimRefused(
            _("Nobody knows yet why this was withheld: give the claim a reason first.")
        )
    if claim.reason in NEVER_CREDITED:
        raise ClaimRefused(
            _("Such a claim is not settled by a credit: find the payment, or refuse it.")
        )
    _require_no_twin(claim)
    if creditable_only_by_note(claim):
        _require_room(claim, result)


def _require_no_twin(claim: Claim) -> None:
    if is_blocked_by_twin(claim=claim):
        raise ClaimRefused(
            _("Another claim looks like the same event: merge the two or keep them apart.")
        )
    try:
        require_granted_once(claim=claim)
    except PaidTwice as twice:
        raise ClaimRefused(
            _("The same event was granted already: {why}."), why=str(twice)
        ) from twice


def _require_room(claim: Claim, result: DecisionResult) -> None:
    """No invoice is credited beyond what it billed, less earlier credits (INV-10)."""
    named = {line.n: line.invoice_id or claim.invoice_id for line in claim.lines.all()}
    wanted: defaultdict[int, int] = defaultdict(int)
    for line in result.lines:
        if key := named.get(line.n):
            wanted[key] += line.approved_minor
    for invoice in Invoice.objects.filter(pk__in=wanted):
        left = creditable_minor(invoice)
        if wanted[invoice.pk] > left:
            raise ClaimRefused(
                _("Only {left} of invoice {invoice} are left to credit."),
                left=Money(left, claim.currency),
                invoice=invoice.number,
            )

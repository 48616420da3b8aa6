"""A person decides, others sign, and the decision becomes entries and ERP documents at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Sum

from concilia.cases.actions.approvals import Signing, request_approval, sign_seat
from concilia.cases.core.authority import Act as Authority
from concilia.cases.core.authority import Amount
from concilia.cases.core.people import Request
from concilia.cases.core.routes import Company, Route, RouteState, SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat
from concilia.cases.queries.company import company_on
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.settling import settle
from concilia.claims.actions.twins import is_blocked_by_twin, require_granted_once
from concilia.claims.core import codec
from concilia.claims.core.decisions import Decision as Choice
from concilia.claims.core.decisions import DecisionResult, LineToDecide, Outcome, decide, lines_of
from concilia.claims.core.findings import Verdict
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.models import Claim, ClaimLine, Decision
from concilia.claims.queries.letters import Letter
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.hashing import sha256_of
from concilia.kernel.numbers import round_half_up
from concilia.kernel.reasons import reason as reason_of

ROLLING = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    What a person proposes: the choice, and the letter that goes out once all have signed.

    :param letter: None sends nothing; the customer then hears of it by other ways
    """

    choice: Choice
    letter: Letter | None = None


@transaction.atomic(durable=True)
def propose_decision(
    *, claim_id: int, proposal: Proposal, member: Membership, at: datetime
) -> Decision:
    """
    Put a person's decision to those who may sign it; nothing is posted or said before they have.

    :raises DecisionRefused: if the choice does not fit the claim, or lacks its words
    :raises ClaimRefused: while a possible twin waits, or where the currency has no rate
    :raises PaidTwice: if another claim granted this event already
    :raises RouteRefused: if nobody may sign
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if claim.reason == "FI-16" and not claim.reason_is_confirmed:
        raise ClaimRefused("Nobody knows yet why this was withheld: give the claim a reason first.")
    result = decide(
        state=ClaimState(claim.state), lines=lines_to_decide(claim=claim), decision=proposal.choice
    )
    if result.approved_minor and is_blocked_by_twin(claim=claim):
        raise ClaimRefused(
            "Another claim looks like the same event: merge the two or keep them apart."
        )
    if result.approved_minor:
        require_granted_once(claim=claim)
    decision = _store(claim, result, proposal, member, at)
    route = request_approval(
        case=claim.case,
        request=request_of(claim=claim, decision=decision, at=at),
        company=_company(claim, at),
        at=at,
    )
    decision.approval = claim.case.approvals.get(version=route.version)
    decision.state = Decision.State.IN_APPROVAL
    decision.save(update_fields=["approval", "state"])
    acts = [move(claim=claim, action=action, at=at) for action in result.actions]
    acts.insert(0, _proposed(claim, decision, route))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return decision


@transaction.atomic(durable=True)
def sign_decision(
    *, seat_id: int, outcome: SignOutcome, comment: str, member: Membership, at: datetime
) -> Decision:
    """
    Sign, refuse or return a decision from a seat of its route.

    The last signature decides the claim and writes ledger entries and ERP postings in the same
    transaction (P-2). A refusal or a return brings the claim back to those who check it.

    :raises RouteRefused: if this member may not sign here (INV-17), whoever calls
    :raises ClaimRefused: if the decision changed since it was put to signature
    """
    seat = ApprovalSeat.objects.select_related("request__case").get(
        pk=seat_id, request__case__entity_id=member.entity_id
    )
    claim = lock_claim(claim_id=Claim.objects.get(case=seat.request.case_id).pk)
    row = ApprovalRequest.objects.select_for_update().get(pk=seat.request_id)
    decision = claim.decisions.select_for_update().get(approval=row)
    if digest_of(claim=claim, decision=decision) != row.content_sha256:
        raise ClaimRefused("The decision changed after it was put to signature: propose it again.")
    signing = Signing(seat_id=seat_id, outcome=outcome, content=row.content_sha256, comment=comment)
    route = sign_seat(
        row=row,
        request=request_of(claim=claim, decision=decision, at=at),
        signing=signing,
        member=member,
        company=_company(claim, at),
        at=at,
    )
    data = {"outcome": outcome.value, "version": decision.version, "for": _principal(seat_id)}
    acts = [Act("decision.signed", "case", claim.case_id, data, comment)]
    if route.state is RouteState.APPROVED:
        acts += _conclude(claim, decision, at)
    elif route.state in {RouteState.REJECTED, RouteState.RETURNED}:
        decision.state = Decision.State.RETURNED
        decision.save(update_fields=["state"])
        acts.append(move(claim=claim, action=ClaimAction.RETURN, at=at))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return decision


def lines_to_decide(*, claim: Claim) -> tuple[LineToDecide, ...]:
    """The claim's lines with what the newest verdict says of each; undecided without one."""
    newest = claim.verdicts.order_by("-version").first()
    if newest:
        return lines_of(codec.from_data(Verdict, newest.result))
    return tuple(
        LineToDecide(line.n, line.claimed_minor, 0, line.claimed_minor, claim.currency)
        for line in claim.lines.all()
    )


def request_of(*, claim: Claim, decision: Decision, at: datetime) -> Request:
    """
    What is put to signature: act, amount in company currency, digest of the content.

    The 30-day total is today's, so that two claims planned side by side cannot pass a limit
    together; what a partly valid claim denies is under authority too.
    """
    granted, refused = (
        _amount(claim, amount, column, at)
        for amount, column in (
            (decision.approved_minor, "approved_minor"),
            (decision.denied_minor, "denied_minor"),
        )
    )
    is_denial = decision.outcome == Outcome.DENIED
    also = ((Authority.DENY_CLAIM, refused),) if refused.minor and not is_denial else ()
    return Request(
        act=Authority.DENY_CLAIM if is_denial else _act(claim),
        amount=refused if is_denial else granted,
        requester=decision.proposed_by_id,
        content=digest_of(claim=claim, decision=decision),
        also=also,
        owner_department=claim.case.department,
        is_commercial=claim.reason.startswith("CO-"),
    )


def digest_of(*, claim: Claim, decision: Decision) -> str:
    """Amounts, reason, customer, evidence and letter of a decision: what a signature stands for."""
    papers = claim.case.documents.order_by("pk").values_list("document_id", "evidence")
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
            "papers": [list(paper) for paper in papers],
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
        letter_to=letter.to,
        letter_language=letter.language,
        letter_subject=letter.subject,
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


def _conclude(claim: Claim, decision: Decision, at: datetime) -> list[Act]:
    """Every cent of the claim goes to approved or denied, and the books follow."""
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
    conclusion = {
        Outcome.APPROVED: ClaimAction.APPROVE,
        Outcome.PARTLY: ClaimAction.APPROVE_PART,
        Outcome.DENIED: ClaimAction.DENY,
    }[Outcome(decision.outcome)]
    return [
        move(claim=claim, action=conclusion, at=at),
        *settle(claim=claim, decision=decision, at=at),
    ]


def _act(claim: Claim) -> Authority:
    if claim.reason.startswith("CO-"):
        return Authority.TRADE_DEAL_ACCRUED
    return Authority.APPROVE_CLAIM


def _amount(claim: Claim, amount: int, column: str, at: datetime) -> Amount:
    """Gross, in company currency; with what the customer had decided in the last 30 days (§8.1)."""
    rows = (
        Claim.objects.filter(customer=claim.customer_id, decided_at__gte=at - ROLLING)
        .exclude(pk=claim.pk)
        .values_list("currency")
        .annotate(total=Sum(column))
    )
    rolling = sum(_in_company_currency(claim, total, currency) for currency, total in rows)
    return Amount(
        _in_company_currency(claim, amount, claim.currency), rolling, claim.entity.currency
    )


def _in_company_currency(claim: Claim, amount: int, currency: str) -> int:
    if currency == claim.entity.currency or amount == 0:
        return amount
    rate = claim.entity.settings.get("rates", {}).get(currency)
    if rate is None:
        raise ClaimRefused(
            f"There is no rate for {currency}: set one so that limits can be compared."
        )
    return round_half_up(Decimal(rate) * amount)


def _company(claim: Claim, at: datetime) -> Company:
    on = at.astimezone(ZoneInfo(claim.entity.timezone)).date()
    return company_on(entity=claim.entity, on=on, account_manager=claim.customer.account_manager_id)


def _principal(seat_id: int) -> str:
    seat = ApprovalSeat.objects.select_related("signed_for__user").get(pk=seat_id)
    return seat.signed_for.user.name if seat.signed_for else ""

"""What happens to a claim, told to the process its case follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from concilia.cases.actions import facts_known, tell_process
from concilia.cases.core.people import Refusal, RouteRefused
from concilia.cases.core.planning import Stage
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.model import APPROVED, Kind
from concilia.cases.core.process.state import (
    ActDone,
    Closed,
    Event,
    EvidenceArrived,
    FactsChanged,
    Reopened,
    Returned,
    StepDone,
    Withdrawn,
)
from concilia.cases.models import ApprovalSeat, Case
from concilia.cases.queries.approvers import stages_for
from concilia.cases.queries.processes import standing_of
from concilia.claims.core.findings import Verdict
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.models import Claim
from concilia.customers.models import Customer
from concilia.kernel.money import Money
from concilia.kernel.reasons import UNIDENTIFIED

A = ClaimAction
# What an act of a claim is for its process; the others say nothing of who does what.
EVENTS: Final[Mapping[ClaimAction, tuple[Event, ...]]] = MappingProxyType(
    {
        A.INVESTIGATE: (ActDone(Kind.QUALIFY),),
        A.SUBMIT: (ActDone(Kind.PROPOSE),),
        A.RETURN: (Returned(),),
        # Approvals tell it themselves, step by step (`follow_signature`).
        A.CONFIRM_POSTING: (ActDone(Kind.POST),),
        A.NOTIFY: (ActDone(Kind.NOTIFY),),
        A.CLOSE: (ActDone(Kind.ROOT_CAUSE), Closed()),
        A.APPEAL: (Reopened(),),
        A.REOPEN: (Reopened(),),
        A.KEEP_APART: (Reopened(),),
        A.MERGE: (Withdrawn(),),
        A.WITHDRAW: (Withdrawn(),),
    }
)
# After these nothing is posted any more: a refusal, and an answer without money.
WITHOUT_MONEY: Final = frozenset({A.DENY, A.NOTIFY, A.CLOSE})


def first_facts(*, customer: Customer, reason: str, claimed_minor: int, currency: str) -> Facts:
    """What is known of a claim when it opens."""
    entity = customer.entity
    return Facts(
        reason=reason,
        amount=_amount(claimed_minor, currency, entity.currency),
        segment=customer.segment,
        customer=customer.number,
        entity=entity.code,
        country=customer.country,
        qualified=reason != UNIDENTIFIED,
    )


def follow_move(*, claim: Claim, action: ClaimAction, at: datetime) -> None:
    """Tell the process of a claim that it moved, inside the caller's transaction."""
    events = EVENTS.get(action)
    if events is None:
        return
    case = claim.case
    before: tuple[Event, ...] = ()
    known = facts_known(case)
    if known is not None and action in WITHOUT_MONEY:
        before = (FactsChanged(replace(known, money=False)),)
    if known is not None and action is A.INVESTIGATE:
        before = (FactsChanged(_now(known, claim, qualified=True)),)
    tell_process(case=case, events=(*before, *events), at=at)


def follow_verdict(*, claim: Claim, verdict: Verdict, at: datetime) -> None:
    """
    Tell the process what the rules found and which papers would settle what is open.

    Where every cent has its place no paper is waited for, even if one is not there.
    """
    known = facts_known(claim.case)
    if known is None:
        return
    is_qualified = claim.state != ClaimState.QUALIFYING
    facts = _now(known, claim, qualified=is_qualified)
    missing = verdict.missing_evidence if verdict.needs_person else ()
    found = replace(facts, verdict=verdict.outcome.value, missing=frozenset(missing))
    tested = (ActDone(Kind.VERDICT),) if is_qualified else ()
    tell_process(case=claim.case, events=(FactsChanged(found), *tested), at=at)


def follow_signatures(*, claim: Claim, needed: int, at: datetime) -> None:
    """Tell the process how many signatures what is proposed needs."""
    known = facts_known(claim.case)
    if known is not None:
        facts = replace(_now(known, claim, qualified=True), signatures=needed, money=None)
        tell_process(case=claim.case, events=(FactsChanged(facts),), at=at)


def stages_ahead(*, claim: Claim, needed: int, requester: int) -> tuple[Stage, ...]:
    """Whom the process asks besides the limits, which want `needed` signatures."""
    known = facts_known(claim.case)
    facts = None
    if known is not None:
        facts = replace(_now(known, claim, qualified=True), signatures=needed, money=None)
    return stages_for(case=claim.case, facts=facts, requester=requester)


def follow_signature(*, claim: Claim, seat: ApprovalSeat, at: datetime) -> None:
    """
    Tell the process that somebody approved; its step is over once all of its seats have.

    Requests older than processes with several approvals name no step: theirs is the open one.
    """
    left = ApprovalSeat.objects.filter(request=seat.request_id, place=seat.place, signed_by=None)
    if left.exists():
        return
    event = StepDone(seat.place, APPROVED) if seat.place else ActDone(Kind.APPROVAL, APPROVED)
    tell_process(case=claim.case, events=(event,), at=at)


def follow_override(*, claim: Claim, places: Sequence[str], at: datetime) -> None:
    """Tell the process that two of level 5 approved what these steps still asked, in order."""
    events: list[Event] = [StepDone(place, APPROVED) for place in dict.fromkeys(places) if place]
    if "" in places:
        events.append(ActDone(Kind.APPROVAL, APPROVED))
    tell_process(case=claim.case, events=tuple(events), at=at)


def require_turn(*, claim: Claim, seat: ApprovalSeat) -> None:
    """
    Check that the process has come as far as a seat: what it asks before is done.

    :raises RouteRefused: if something before the approval is still open
    """
    standing = standing_of(claim.case)
    if standing is None or not seat.place or standing.state.ended is not None:
        return
    definition, state = standing.definition, standing.state
    is_open = any(one.step == seat.place for one in state.open)
    if is_open or all(step.id != seat.place for step in definition.steps):
        return
    if definition.node_of(seat.place) > definition.index(state.node):
        raise RouteRefused(Refusal.STEP_BEFORE, "a step before this approval is still open")


def follow_papers(*, case: Case, evidence: Collection[str], at: datetime) -> None:
    """Tell the process which kinds of paper came."""
    if evidence:
        papers = tuple(EvidenceArrived(code) for code in sorted(evidence))
        tell_process(case=case, events=papers, at=at)


def _now(known: Facts, claim: Claim, *, qualified: bool) -> Facts:
    return replace(
        known,
        reason=claim.reason,
        amount=_amount(claim.claimed_minor, claim.currency, claim.entity.currency),
        qualified=qualified,
    )


def _amount(minor: int, currency: str, home: str) -> Decimal | None:
    """In the entity's currency; not known in another one: conditions on it then never skip."""
    return Decimal(Money(minor, currency).to_decimal_string()) if currency == home else None

"""What happens to a claim, told to the process its case follows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from concilia.cases.actions import facts_known, tell_process
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
    Withdrawn,
)
from concilia.cases.models import Case
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
        A.APPROVE: (ActDone(Kind.APPROVAL, APPROVED),),
        A.APPROVE_PART: (ActDone(Kind.APPROVAL, APPROVED),),
        A.DENY: (ActDone(Kind.APPROVAL, APPROVED),),
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

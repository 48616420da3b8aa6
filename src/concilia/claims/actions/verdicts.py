from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q

from concilia.cases.actions import NewStep, new_step_of, open_step, papers_asked_of
from concilia.cases.actions.step_notices import tell_of_step
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.models import CaseDocument, Step
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.process import follow_verdict
from concilia.claims.actions.twins import propose_merges
from concilia.claims.core import codec
from concilia.claims.core.findings import Verdict
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.core.verdict import evaluate
from concilia.claims.models import Claim, StoredVerdict
from concilia.claims.queries.facts import facts_of
from concilia.foundation import audit
from concilia.foundation.audit import Act, rule_actor
from concilia.receivables.models import Delivery

JUDGED_STATES = frozenset(
    {
        ClaimState.QUALIFYING,
        ClaimState.INVESTIGATING,
        ClaimState.WAITING_CUSTOMER,
        ClaimState.WAITING_INTERNAL,
        ClaimState.WAITING_THIRD_PARTY,
        ClaimState.DECISION_PROPOSED,
    }
)


@transaction.atomic(durable=True)
def compute_verdict(*, claim_id: int, at: datetime) -> StoredVerdict | None:
    """
    Judge a claim by the current rules over what is known now, and store facts and result.

    The same facts are judged once. A verdict that places every cent makes the claim ready for a
    person's decision; papers it waits for become steps of the department that has them.

    :return: None while the claim is past judging (decided, closed) or has no reason yet
    """
    claim = lock_claim(claim_id=claim_id)
    if claim.state not in JUDGED_STATES:
        return None
    facts = facts_of(claim)
    digest = codec.digest(facts)
    newest = claim.verdicts.order_by("-version").first()
    verdict = evaluate(facts)
    follow_verdict(claim=claim, verdict=verdict, at=at)
    if newest and newest.facts_sha256 == digest:
        return newest
    stored = _store(claim, verdict, codec.to_data(facts), digest, at)
    acts = [_act(claim, verdict), *propose_merges(claim=claim, at=at)]
    if claim.state != ClaimState.QUALIFYING:
        acts += _act_on(claim, verdict, at)
    actor = rule_actor(f"{verdict.rule.rule_id} v{verdict.rule.version}")
    audit.log(entity_id=claim.entity_id, actor=actor, at=at, acts=acts)
    return stored


def _store(
    claim: Claim, verdict: Verdict, facts: object, digest: str, at: datetime
) -> StoredVerdict:
    last = claim.verdicts.aggregate(last=Max("version"))["last"] or 0
    claim.valid_minor = verdict.valid_minor
    claim.save(update_fields=["valid_minor"])
    return StoredVerdict.objects.create(
        claim=claim,
        version=last + 1,
        outcome=verdict.outcome,
        currency=verdict.currency,
        valid_minor=verdict.valid_minor,
        not_valid_minor=verdict.not_valid_minor,
        facts=facts,
        result=codec.to_data(verdict),
        facts_sha256=digest,
        computed_at=at,
    )


def _act(claim: Claim, verdict: Verdict) -> Act:
    data = {
        "outcome": verdict.outcome,
        "valid": verdict.valid_minor,
        "claimed": verdict.claimed_minor,
        "currency": verdict.currency,
        "missing": list(verdict.missing_evidence),
    }
    return Act("claim.verdict_computed", "case", claim.case_id, data)


def _act_on(claim: Claim, verdict: Verdict, at: datetime) -> list[Act]:
    """Ready for a decision, or waiting for the papers that would settle it."""
    acts = []
    state = ClaimState(claim.state)
    asked = papers_asked_of(case=claim.case, reason=claim.reason)
    missing = [code for code in verdict.missing_evidence if code in asked]
    # A paper the verdict needs no more is asked of nobody any longer.
    wanted = claim.case.steps.filter(state=Step.State.OPEN, kind__in=("evidence", "read"))
    unread = _unread(claim, missing)
    sought = set(missing) - unread
    is_wanted = Q(kind="evidence", evidence__in=sought) | Q(kind="read", evidence__in=unread)
    wanted.exclude(is_wanted).update(state=Step.State.CANCELLED)
    for code in missing:
        new = _step(claim, asked[code], is_here=code in unread)
        opened = open_step(case=claim.case, step=new, at=at)
        if code not in unread:
            tell_of_step(step=opened, asked=asked[code], at=at)
    waits = bool(missing) and verdict.needs_person
    if state is ClaimState.DECISION_PROPOSED and verdict.needs_person:
        acts.append(move(claim=claim, action=ClaimAction.RECONSIDER, at=at))
    if waits and claim.state == ClaimState.INVESTIGATING:
        acts.append(move(claim=claim, action=ClaimAction.ASK_INTERNAL, at=at))
    if not waits and claim.state == ClaimState.WAITING_INTERNAL:
        acts.append(move(claim=claim, action=ClaimAction.RESUME, at=at))
    if not verdict.needs_person and claim.state == ClaimState.INVESTIGATING:
        acts.append(move(claim=claim, action=ClaimAction.PROPOSE, at=at))
    return acts


def _step(claim: Claim, asked: ProcessStep, *, is_here: bool) -> NewStep:
    """Who has a paper is asked for it; one that is here already, the owner of the case reads."""
    case = claim.case
    if not is_here:
        return new_step_of(case=case, step=asked, kind="evidence")
    return NewStep(
        kind="read", evidence=asked.code, department=case.department, assignee=case.owner
    )


def _unread(claim: Claim, missing: Sequence[str]) -> set[str]:
    """The missing papers that lie beside the claim, but nobody has said what is in them."""
    papers = CaseDocument.objects.filter(case=claim.case_id, evidence__in=missing)
    read = Delivery.objects.filter(entity_id=claim.entity_id, pod_blob=OuterRef("document__blob"))
    return set(papers.exclude(Exists(read)).values_list("evidence", flat=True))

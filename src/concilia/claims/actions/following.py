"""What happens to a claim after its decision: the ERP answers, the customer answers, it ends."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import close_case, reopen_case
from concilia.claims.actions.disputes import flag_dispute, release_disputes
from concilia.claims.actions.letters import queue_letter
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.recalling import void_signatures
from concilia.claims.core.states import ClaimAction, ClaimState, withdrawal_needs_reversal
from concilia.claims.events import ClaimClosed, ClaimFactsChanged
from concilia.claims.models import Claim, Settlement
from concilia.foundation import audit, events
from concilia.foundation.audit import SYSTEM, Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.ledger.actions import put_again
from concilia.ledger.models import Posting
from concilia.receivables.models import OpenItem

GRANTED = _("A part was granted already: open a claim for the rest, with its evidence.")
ROOT_CAUSES = (
    "price_data",
    "order",
    "warehouse_transport",
    "product",
    "promotion_contract",
    "customer",
)


@transaction.atomic(durable=True)
def follow_posting(*, posting_id: int, at: datetime) -> None:
    """
    Move a claim on when the ERP has answered: posted, then the letter all have signed goes out.

    A claim with several postings waits for the last of them. Postings of no claim are left alone.
    """
    settlement = (
        Settlement.objects.filter(posting=posting_id).select_related("decision__claim").first()
    )
    if settlement is None:
        return
    claim = lock_claim(claim_id=settlement.decision.claim_id)
    decision = settlement.decision
    states = set(
        Posting.objects.filter(
            pk__in=Settlement.objects.filter(decision=decision).values("posting")
        ).values_list("state", flat=True)
    )
    acts: list[Act] = []
    state = ClaimState(claim.state)
    if states == {Posting.State.POSTED}:
        if state is ClaimState.POSTING_FAILED:
            acts.append(move(claim=claim, action=ClaimAction.POST, at=at))
        if claim.state == ClaimState.POSTING:
            acts.append(move(claim=claim, action=ClaimAction.CONFIRM_POSTING, at=at))
            acts += queue_letter(claim=claim, decision=decision, at=at)
            if decision.denied_minor:
                acts.append(move(claim=claim, action=ClaimAction.NOTIFY, at=at))
    elif _is_stuck(settlement) and state is ClaimState.POSTING:
        acts.append(move(claim=claim, action=ClaimAction.FAIL_POSTING, at=at))
    audit.log(entity_id=claim.entity_id, actor=SYSTEM, at=at, acts=acts)


@transaction.atomic(durable=True)
def retry_posting(*, claim_id: int, member: Membership, at: datetime) -> Claim:
    """
    A person has mended what was wrong and puts a claim's failed postings to the ERP again.

    :raises TransitionRefused: if the claim's posting has not failed
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    acts = [move(claim=claim, action=ClaimAction.POST, at=at)]
    rows = Posting.objects.filter(
        pk__in=Settlement.objects.filter(decision__claim=claim).values("posting")
    )
    waiting = rows.exclude(state=Posting.State.POSTED).order_by("pk")
    acts += [put_again(posting_id=posting.pk, at=at) for posting in waiting]
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


@transaction.atomic(durable=True)
def close_claim(*, claim_id: int, root_cause: str, member: Membership, at: datetime) -> Claim:
    """
    End a claim that is settled, and say what caused it: that is what corrective action needs.

    What is still owed of a refused claim goes on as an ordinary receivable.

    :raises ClaimRefused: if the root cause is not one of `ROOT_CAUSES`
    :raises TransitionRefused: if something is left to do
    """
    if root_cause not in ROOT_CAUSES:
        raise ClaimRefused(_("Say what caused it before closing: choose one of the causes."))
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    claim.root_cause = root_cause
    claim.save(update_fields=["root_cause"])
    acts = []
    if claim.state == ClaimState.CUSTOMER_NOTIFIED:
        acts.append(move(claim=claim, action=ClaimAction.ACCEPT, at=at))
    if claim.state == ClaimState.COLLECT_BACK and _is_repaid(claim):
        acts.append(move(claim=claim, action=ClaimAction.REPAY, at=at))
    act = move(claim=claim, action=ClaimAction.CLOSE, at=at)
    acts.append(Act(act.act, act.subject_type, act.subject_id, {**act.data, "cause": root_cause}))
    close_case(case=claim.case, at=at)
    events.record(ClaimClosed(claim.pk))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


@transaction.atomic(durable=True)
def withdraw_claim(*, claim_id: int, reason: str, member: Membership, at: datetime) -> Claim:
    """
    The customer takes a claim back: what was disputed is owed again.

    :raises ClaimRefused: once a credit was granted, or while a deduction is open: it must be
        decided, or its payment reversed, first
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if claim.approved_minor or withdrawal_needs_reversal(ClaimState(claim.state)):
        raise ClaimRefused(_("This claim is posted: reverse its credit note first."))
    if claim.deductions.filter(item__open_minor__gt=0).exists():
        raise ClaimRefused(_("The customer kept this money: refuse the claim to ask for it back."))
    release_disputes(claim=claim, at=at)
    void_signatures(claim=claim, at=at)
    act = move(claim=claim, action=ClaimAction.WITHDRAW, at=at)
    withdrawn = Act(act.act, act.subject_type, act.subject_id, act.data, reason.strip())
    close_case(case=claim.case, at=at)
    events.record(ClaimClosed(claim.pk))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=[withdrawn])
    return claim


@transaction.atomic(durable=True)
def appeal_claim(*, claim_id: int, reason: str, member: Membership, at: datetime) -> Claim:
    """
    The customer does not accept a refusal: the claim is checked again, once (§2.2).

    The denied cents are undecided again and out of collection until they are decided.

    :raises ClaimRefused: if cents were granted: what was posted is not decided twice
    :raises TransitionRefused: if it was appealed before, or is in no state to be
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    appealed = move(claim=claim, action=ClaimAction.APPEAL, at=at)
    claim.appeals += 1
    claim.save(update_fields=["appeals"])
    acts = [Act(appealed.act, "case", claim.case_id, appealed.data, reason.strip())]
    acts.append(_judge_again(claim, at))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


@transaction.atomic(durable=True)
def reopen_claim(*, claim_id: int, reason: str, member: Membership, at: datetime) -> Claim:
    """
    Open a closed claim again, at most 90 days after its end.

    :raises ClaimRefused: if cents were granted: what was posted is not decided twice
    :raises TransitionRefused: if it is not closed, or was closed too long ago
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    reopened = move(claim=claim, action=ClaimAction.REOPEN, at=at)
    reopen_case(case=claim.case, at=at)
    acts = [Act(reopened.act, "case", claim.case_id, reopened.data, reason.strip())]
    acts.append(_judge_again(claim, at))
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


@transaction.atomic(durable=True)
def record_answer(*, claim_id: int, accepted: bool, member: Membership, at: datetime) -> Claim:
    """The customer accepts a refusal (then the money is collected back), or it goes to legal."""
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if accepted:
        acts = [move(claim=claim, action=ClaimAction.ACCEPT, at=at)]
        if claim.deductions.exists():
            acts.append(move(claim=claim, action=ClaimAction.COLLECT, at=at))
    else:
        acts = [move(claim=claim, action=ClaimAction.ESCALATE, at=at)]
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


@transaction.atomic(durable=True)
def record_repayment(*, claim_id: int, member: Membership, at: datetime) -> Claim:
    """
    The customer paid what was collected back: nothing of the claim is open any more.

    :raises TransitionRefused: if nothing was asked back
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    act = move(claim=claim, action=ClaimAction.REPAY, at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=[act])
    return claim


def _judge_again(claim: Claim, at: datetime) -> Act:
    """What was refused is open to judgement again, and nobody is asked to pay it meanwhile."""
    if claim.approved_minor:
        raise ClaimRefused(GRANTED)
    claim.denied_minor = 0
    claim.decided_at = None
    claim.save(update_fields=["denied_minor", "decided_at"])
    claim.lines.update(denied_minor=0)
    flag_dispute(claim=claim)
    events.record(ClaimFactsChanged(claim.pk))
    return move(claim=claim, action=ClaimAction.INVESTIGATE, at=at)


def _is_repaid(claim: Claim) -> bool:
    """Whether everything asked back of a claim's deductions has been paid."""
    items = {link.item for link in claim.deductions.select_related("item")}
    receivables = OpenItem.objects.filter(origin_item__in=items) | OpenItem.objects.filter(
        pk__in=[item.origin_item_id for item in items if item.origin_item_id]
    )
    return bool(items) and not receivables.filter(open_minor__gt=0).exists()


def _is_stuck(settlement: Settlement) -> bool:
    posting = settlement.posting
    return bool(
        posting and posting.state != Posting.State.POSTED and posting.next_attempt_at is None
    )

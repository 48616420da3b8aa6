"""Two claims for one event become one case; two that only look alike are kept apart."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, Sum

from concilia.cases.actions import close_case
from concilia.cases.models import CaseDocument, CaseMessage
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.core.states import ClaimAction
from concilia.claims.events import ClaimFactsChanged
from concilia.claims.models import (
    Claim,
    ClaimDeduction,
    ClaimLine,
    DisputedItem,
    MergeProposal,
)
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.reasons import UNIDENTIFIED
from concilia.receivables.models import OpenItem


class MergeRefused(ValueError):
    """The two cannot become one; the message says why."""


@transaction.atomic(durable=True)
def merge(*, proposal_id: int, member: Membership, at: datetime) -> Claim:
    """
    Make one case of two: the younger becomes a duplicate and gives papers, thread and money to the
    older, which is settled once.

    :raises MergeRefused: if the proposal was settled, or money was decided on the younger
    """
    proposal = _open_proposal(proposal_id, member)
    older, younger = sorted((proposal.claim_id, proposal.twin_id))
    kept = lock_claim(claim_id=older, entity_id=member.entity_id)
    gone = lock_claim(claim_id=younger, entity_id=member.entity_id)
    if gone.approved_minor or gone.denied_minor:
        raise MergeRefused(f"{gone.case.number} is decided already and cannot be merged away.")
    _hand_over(gone, kept)
    gone.duplicate_of = kept
    gone.save(update_fields=["duplicate_of"])
    acts = [move(claim=gone, action=ClaimAction.MERGE, at=at)]
    close_case(case=gone.case, at=at)
    if kept.reason == UNIDENTIFIED and gone.reason != UNIDENTIFIED:
        kept.reason, kept.reason_is_confirmed = gone.reason, gone.reason_is_confirmed
        kept.save(update_fields=["reason", "reason_is_confirmed"])
        kept.lines.filter(reason=UNIDENTIFIED).update(reason=gone.reason)
        if kept.state == "QUALIFYING":
            acts.append(move(claim=kept, action=ClaimAction.INVESTIGATE, at=at))
    _settle(proposal, MergeProposal.State.MERGED, member, at)
    others = MergeProposal.objects.filter(state=MergeProposal.State.OPEN)
    others.filter(Q(claim=gone) | Q(twin=gone)).update(
        state=MergeProposal.State.MERGED, settled_by=member, settled_at=at
    )
    acts.append(Act("claim.merged", "case", kept.case_id, {"from": gone.case.number}))
    events.record(ClaimFactsChanged(kept.pk))
    audit.log(entity_id=kept.entity_id, actor=actor_of(member), at=at, acts=acts)
    return kept


@transaction.atomic(durable=True)
def keep_apart(*, proposal_id: int, member: Membership, at: datetime) -> MergeProposal:
    """A person has looked: these are two events. Both may be decided from now on."""
    proposal = _open_proposal(proposal_id, member)
    _settle(proposal, MergeProposal.State.APART, member, at)
    act = Act(
        "claim.kept_apart", "case", proposal.claim.case_id, {"from": proposal.twin.case.number}
    )
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return proposal


def _open_proposal(proposal_id: int, member: Membership) -> MergeProposal:
    proposal = (
        MergeProposal.objects.select_for_update(of=("self",))
        .select_related("claim__case", "twin__case")
        .get(pk=proposal_id, claim__entity_id=member.entity_id)
    )
    if proposal.state != MergeProposal.State.OPEN:
        raise MergeRefused("Somebody settled this already.")
    return proposal


def _hand_over(gone: Claim, kept: Claim) -> None:
    held = set(CaseDocument.objects.filter(case=kept.case).values_list("document_id", "evidence"))
    for paper in CaseDocument.objects.filter(case=gone.case):
        if (paper.document_id, paper.evidence) not in held:
            CaseDocument.objects.filter(pk=paper.pk).update(case=kept.case)
    CaseMessage.objects.filter(case=gone.case).update(case=kept.case)
    ClaimDeduction.objects.filter(claim=gone).update(claim=kept)
    # The same money was disputed twice: the older claim's flag stands for both.
    for disputed in DisputedItem.objects.filter(claim=gone, released_at=None):
        item = OpenItem.objects.select_for_update().get(pk=disputed.item_id)
        item.disputed_minor = max(0, item.disputed_minor - disputed.disputed_minor)
        item.save(update_fields=["disputed_minor"])
        disputed.delete()
    for field in ("invoice_id", "order_id", "delivery_id", "their_reference"):
        if not getattr(kept, field) and getattr(gone, field):
            setattr(kept, field, getattr(gone, field))
    kept.save(update_fields=["invoice", "order", "delivery", "their_reference"])
    _cover_deductions(kept)


def _cover_deductions(claim: Claim) -> None:
    """A claim is about all the money kept back: VAT they deducted and did not write of, too."""
    kept_back = claim.deductions.aggregate(total=Sum("item__open_minor"))["total"] or 0
    if kept_back <= claim.claimed_minor:
        return
    last = claim.lines.aggregate(last=Max("n"))["last"] or 0
    ClaimLine.objects.create(
        claim=claim,
        n=last + 1,
        reason=claim.reason,
        invoice=claim.invoice,
        currency=claim.currency,
        claimed_minor=kept_back - claim.claimed_minor,
    )
    claim.claimed_minor = kept_back
    claim.save(update_fields=["claimed_minor"])


def _settle(
    proposal: MergeProposal, state: MergeProposal.State, member: Membership, at: datetime
) -> None:
    proposal.state, proposal.settled_by, proposal.settled_at = state, member, at
    proposal.save(update_fields=["state", "settled_by", "settled_at"])

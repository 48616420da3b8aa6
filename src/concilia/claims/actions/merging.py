"""Two claims for one event become one case; two that only look alike are kept apart."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, Sum
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import close_case
from concilia.cases.models import CaseDocument, CaseMessage
from concilia.claims.actions.disputes import flag_dispute, release_disputes
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.recalling import take_back
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimFactsChanged
from concilia.claims.models import Claim, ClaimDeduction, ClaimLine, MergeProposal
from concilia.foundation import audit, events
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.reasons import UNIDENTIFIED


class MergeRefused(Refused):
    """The two cannot become one; the message says why."""


@transaction.atomic(durable=True)
def merge(*, proposal_id: int, member: Membership, at: datetime) -> Claim:
    """
    Make one case of two: the younger becomes a duplicate and gives papers, thread and money to the
    older, which is settled once.

    A short payment knows an amount only: the articles a paper names take the place of its line.

    :raises MergeRefused: if the proposal was settled, or one of the two is decided
    :raises TransitionRefused: if the younger waits for signatures
    """
    proposal = _open_proposal(proposal_id, member)
    older, younger = sorted((proposal.claim_id, proposal.twin_id))
    kept = lock_claim(claim_id=older, entity_id=member.entity_id)
    gone = lock_claim(claim_id=younger, entity_id=member.entity_id)
    for each in (kept, gone):
        if each.decided_at or each.case.closed_at:
            raise MergeRefused(
                _("{number} is decided already: keep the two apart, and decide the other one."),
                number=each.case.number,
            )
    acts = take_back(claim=kept, why="merge", at=at)
    _hand_over(gone, kept, at)
    gone.duplicate_of = kept
    gone.save(update_fields=["duplicate_of"])
    acts.append(move(claim=gone, action=ClaimAction.MERGE, at=at))
    close_case(case=gone.case, at=at)
    acts += _take_reason(gone, kept, at)
    _settle(proposal, MergeProposal.State.MERGED, member, at)
    others = MergeProposal.objects.filter(state=MergeProposal.State.OPEN)
    others.filter(Q(claim=gone) | Q(twin=gone)).update(
        state=MergeProposal.State.MERGED, settled_by=member, settled_at=at
    )
    acts.append(Act("claim.merged", "case", kept.case_id, {"from": gone.case.number}))
    acts.append(Act("claim.merged_into", "case", gone.case_id, {"into": kept.case.number}))
    events.record(ClaimFactsChanged(kept.pk))
    audit.log(entity_id=kept.entity_id, actor=actor_of(member), at=at, acts=acts)
    return kept


@transaction.atomic(durable=True)
def keep_apart(*, proposal_id: int, member: Membership, at: datetime) -> MergeProposal:
    """A person has looked: these are two events. Both may be decided from now on."""
    proposal = _open_proposal(proposal_id, member)
    _settle(proposal, MergeProposal.State.APART, member, at)
    pair = (proposal.claim.case, proposal.twin.case)
    acts = [
        Act("claim.kept_apart", "case", one.pk, {"from": other.number})
        for one, other in (pair, pair[::-1])
    ]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return proposal


def _open_proposal(proposal_id: int, member: Membership) -> MergeProposal:
    proposal = (
        MergeProposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("claim__case", "twin__case")
        .get(pk=proposal_id, claim__entity_id=member.entity_id)
    )
    if proposal.state != MergeProposal.State.OPEN:
        raise MergeRefused(_("Somebody settled this already."))
    return proposal


def _hand_over(gone: Claim, kept: Claim, at: datetime) -> None:
    held = set(CaseDocument.objects.filter(case=kept.case).values_list("document_id", "evidence"))
    for paper in CaseDocument.objects.filter(case=gone.case):
        if (paper.document_id, paper.evidence) not in held:
            CaseDocument.objects.filter(pk=paper.pk).update(case=kept.case)
    CaseMessage.objects.filter(case=gone.case).update(case=kept.case)
    for field in ("invoice_id", "order_id", "delivery_id", "their_reference"):
        if not getattr(kept, field) and getattr(gone, field):
            setattr(kept, field, getattr(gone, field))
    kept.save(update_fields=["invoice", "order", "delivery", "their_reference"])
    _take_lines(gone, kept)
    # The same money was disputed twice: the one case keeps it out of collection once.
    release_disputes(claim=gone, at=at)
    release_disputes(claim=kept, at=at)
    ClaimDeduction.objects.filter(claim=gone).update(claim=kept)
    _cover_deductions(kept)
    flag_dispute(claim=kept)


def _take_lines(gone: Claim, kept: Claim) -> None:
    """The articles a paper names take the place of a bank's bare amount."""
    knows_articles = gone.lines.exclude(sku="").exists() or gone.lines.count() > 1
    if kept.origin != Claim.Origin.SHORT_PAYMENT or not knows_articles:
        return
    if kept.lines.exclude(sku="").exists():
        return
    kept.lines.all().delete()
    rows = list(gone.lines.all())
    for row in rows:
        row.pk, row.claim = None, kept
    ClaimLine.objects.bulk_create(rows)
    kept.claimed_minor = sum(row.claimed_minor for row in rows)
    kept.save(update_fields=["claimed_minor"])


def _take_reason(gone: Claim, kept: Claim, at: datetime) -> list[Act]:
    if kept.reason != UNIDENTIFIED or gone.reason == UNIDENTIFIED:
        return []
    kept.reason, kept.reason_is_confirmed = gone.reason, gone.reason_is_confirmed
    kept.save(update_fields=["reason", "reason_is_confirmed"])
    kept.lines.filter(reason=UNIDENTIFIED).update(reason=gone.reason)
    kept.case.department = gone.case.department
    kept.case.save(update_fields=["department"])
    kept.case.steps.filter(state="OPEN", kind="qualify").update(state="DONE", done_at=at)
    if kept.state != ClaimState.QUALIFYING:
        return []
    return [move(claim=kept, action=ClaimAction.INVESTIGATE, at=at)]


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

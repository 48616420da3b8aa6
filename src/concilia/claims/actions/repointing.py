"""A payment was applied anew: the claim about what is missing goes over to the new deduction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.papers import open_claim_for_deduction
from concilia.claims.actions.recalling import take_back
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimFactsChanged
from concilia.claims.models import Claim, ClaimDeduction
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, rule_actor
from concilia.kernel.reasons import UNIDENTIFIED
from concilia.kernel.reasons import reason as reason_of
from concilia.receivables.models import OpenItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A deduction that stands for an earlier one of the same payment and invoice."""

    item_id: int
    before_item_id: int
    bank_entry_id: int
    reason: str
    text: str


def repoint_claim(*, moved: Moved, at: datetime) -> Claim:
    """
    Let the claim about a deduction go on about the one that stands for it now.

    What is claimed follows the money unless a paper of the customer says how much; a reason the
    payer gives later takes the place of one nobody knew. Where no claim had opened yet, one opens.
    """
    known = ClaimDeduction.objects.filter(item=moved.item_id).select_related("claim").first()
    if known:
        return known.claim
    link = ClaimDeduction.objects.filter(item=moved.before_item_id).first()
    if link is None:
        return open_claim_for_deduction(
            item_id=moved.item_id,
            bank_entry_id=moved.bank_entry_id,
            reason=moved.reason,
            text=moved.text,
            at=at,
        )
    return _repoint(moved=moved, claim_id=link.claim_id, at=at)


@transaction.atomic(durable=True)
def _repoint(*, moved: Moved, claim_id: int, at: datetime) -> Claim:
    claim = lock_claim(claim_id=claim_id)
    items = OpenItem.objects.in_bulk([moved.item_id, moved.before_item_id])
    before, now = items[moved.before_item_id], items[moved.item_id]
    ClaimDeduction.objects.filter(claim=claim, item=before).update(item=now)
    acts = take_back(claim=claim, why="payment", at=at)
    data = {
        "from": before.document_number,
        "to": now.document_number,
        "before": before.original_minor,
        "amount": now.original_minor,
        "currency": now.currency,
    }
    acts.insert(0, Act("claim.repointed", "case", claim.case_id, data))
    _follow_amount(claim, now.original_minor - before.original_minor)
    acts += _follow_reason(claim, moved, at)
    events.record(ClaimFactsChanged(claim.pk))
    actor = rule_actor("payment applied anew")
    audit.log(entity_id=claim.entity_id, actor=actor, at=at, acts=acts)
    return claim


def _follow_amount(claim: Claim, more: int) -> None:
    """The bank's bare amount is what is missing; what a paper claims is the customer's word."""
    if not more or claim.document_id is not None or claim.origin != Claim.Origin.SHORT_PAYMENT:
        return
    lines = list(claim.lines.order_by("-claimed_minor", "n"))
    if not lines or lines[0].claimed_minor + more < 0:
        return
    lines[0].claimed_minor += more
    lines[0].save(update_fields=["claimed_minor"])
    claim.claimed_minor += more
    claim.save(update_fields=["claimed_minor"])


def _follow_reason(claim: Claim, moved: Moved, at: datetime) -> list[Act]:
    if claim.reason != UNIDENTIFIED or moved.reason in {"", UNIDENTIFIED}:
        return []
    claim.lines.filter(reason=UNIDENTIFIED).update(reason=moved.reason)
    claim.reason = moved.reason
    claim.save(update_fields=["reason"])
    claim.case.department = reason_of(moved.reason).owner
    claim.case.save(update_fields=["department"])
    claim.case.steps.filter(state="OPEN", kind="qualify").update(state="DONE", done_at=at)
    data = {"from": UNIDENTIFIED, "to": moved.reason}
    acts = [Act("claim.reason_given", "case", claim.case_id, data, moved.text)]
    if claim.state == ClaimState.WAITING_CUSTOMER:
        acts.append(move(claim=claim, action=ClaimAction.RESUME, at=at))
    if claim.state == ClaimState.QUALIFYING:
        acts.append(move(claim=claim, action=ClaimAction.INVESTIGATE, at=at))
    return acts

"""A decision put to signature is taken back: signatures count only for what they were given for."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.approvals import void_approvals
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.models import Claim, Decision
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of


def take_back(*, claim: Claim, why: str, at: datetime) -> list[Act]:
    """
    Bring a claim back from approval inside the caller's transaction; returns the log.

    Evidence, customer or reason changed: what was signed is no longer what would be done (§8.2).
    Nothing happens to a claim nobody is asked to sign.
    """
    assert connection.in_atomic_block, "a decision is taken back with the change that spoils it"
    if claim.state != ClaimState.IN_APPROVAL:
        return []
    void_signatures(claim=claim, at=at)
    recalled = Act("decision.recalled", "case", claim.case_id, {"why": why})
    return [recalled, move(claim=claim, action=ClaimAction.RETURN, at=at)]


def void_signatures(*, claim: Claim, at: datetime) -> None:
    """Void what is put to signature about a claim, inside the caller's transaction."""
    void_approvals(case=claim.case, at=at)
    claim.decisions.filter(state=Decision.State.IN_APPROVAL).update(state=Decision.State.RETURNED)


@transaction.atomic(durable=True)
def recall_decision(*, claim_id: int, reason: str, member: Membership, at: datetime) -> Claim:
    """
    A person takes their proposal back before the last signature.

    :raises ClaimRefused: if nothing is put to signature
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if claim.state != ClaimState.IN_APPROVAL:
        raise ClaimRefused(_("Nothing of this claim waits for a signature."))
    acts = take_back(claim=claim, why="person", at=at)
    recalled = Act(acts[0].act, "case", claim.case_id, acts[0].data, reason.strip())
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=[recalled, *acts[1:]])
    return claim

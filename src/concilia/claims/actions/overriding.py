"""
In an emergency two of level 5 carry out what the rules hold up (domain.md §8.3).

It is the one way past separation of duties and limits: two people, neither of whom asked, words
that say why, an entry each in the log, and a report every week to those who check.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.models import ApprovalOverride, ApprovalRequest, ApprovalSeat
from concilia.claims.actions.deciding import carry_out
from concilia.claims.actions.moves import lock_claim
from concilia.claims.actions.process import follow_override
from concilia.claims.models import Decision
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of

LEVEL_MIN: Final = 5
WORDS_MIN: Final = 10
REASON_MAX: Final = 1000


class OverrideRefused(Refused):
    """Nothing is carried out past the rules so; the message says why."""


@transaction.atomic(durable=True)
def override_approval(
    *, claim_id: int, reason: str, member: Membership, at: datetime
) -> ApprovalOverride:
    """
    Ask to carry out a decision past its missing signatures, or join in: with the second it is done.

    :raises OverrideRefused: below level 5, for what one asked for oneself, twice by one person,
        without words, or while nothing is put to signature
    :raises ClaimRefused: if it cannot be booked as decided
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    row = (
        ApprovalRequest.objects.select_for_update(no_key=True)
        .filter(case=claim.case_id, state=ApprovalRequest.State.OPEN)
        .first()
    )
    if row is None:
        raise OverrideRefused(_("Nothing is put to signature here."))
    _require_may(row, member)
    found = ApprovalOverride.objects.filter(request=row).first()
    if found is None:
        return _first(row, reason, member, at)
    if found.first_by_id == member.pk:
        raise OverrideRefused(_("You asked for it: a second person of level 5 must join."))
    found.second_by, found.second_at = member, at
    found.save(update_fields=["second_by", "second_at"])
    row.state, row.settled_at = ApprovalRequest.State.APPROVED, at
    row.save(update_fields=["state", "settled_at"])
    places = ApprovalSeat.objects.filter(request=row, signed_by=None).order_by("n")
    follow_override(claim=claim, places=[seat.place for seat in places], at=at)
    ApprovalSeat.objects.filter(request=row, is_open=True).update(is_open=False)
    decision = Decision.objects.select_for_update(no_key=True, of=("self",)).get(approval=row)
    data = {
        "first": found.first_by.user.name,
        "second": member.user.name,
        "version": decision.version,
    }
    acts = [Act("decision.overridden", "case", claim.case_id, data, found.reason)]
    acts += carry_out(claim=claim, decision=decision, at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return found


def may_override(member: Membership) -> bool:
    """Whether somebody is one of those of whom two may carry out something past the rules."""
    is_signer = member.role == Role.APPROVER and member.is_active
    return is_signer and member.level >= LEVEL_MIN


def _first(row: ApprovalRequest, reason: str, member: Membership, at: datetime) -> ApprovalOverride:
    words = reason.strip()[:REASON_MAX]
    if len(words) < WORDS_MIN:
        raise OverrideRefused(_("Say why the rules cannot wait."))
    made = ApprovalOverride.objects.create(
        entity_id=member.entity_id,
        request=row,
        reason=words,
        requested_by_id=row.requested_by_id,
        first_by=member,
        first_at=at,
    )
    acts = [Act("override.asked", "case", row.case_id, {"name": member.user.name}, words)]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return made


def _require_may(row: ApprovalRequest, member: Membership) -> None:
    if not may_override(member):
        raise OverrideRefused(_("Only two of level 5 or above carry something out past the rules."))
    if row.requested_by_id == member.pk:
        raise OverrideRefused(_("Who asked for this may not sign it."))

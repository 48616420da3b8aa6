"""How a claim changes its state: always through the machine, always in the log."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from concilia.cases.actions import resume_clock, stop_clock
from concilia.claims.actions.process import follow_move
from concilia.claims.core.states import ClaimAction, ClaimState, Clock, advance, clock_of
from concilia.claims.models import Claim
from concilia.foundation.audit import Act


def move(*, claim: Claim, action: ClaimAction, at: datetime) -> Act:
    """
    Move a claim inside the caller's transaction, and stop or start its clock with it.

    The caller saves nothing but its own fields, and logs the returned act last.

    :raises TransitionRefused: with one sentence, if the action does not fit the state
    """
    assert connection.in_atomic_block, "a claim moves with the act that moves it"
    before = ClaimState(claim.state)
    after = advance(before, action, appeals=claim.appeals, closed_at=claim.case.closed_at, at=at)
    claim.state = after
    claim.save(update_fields=["state"])
    if clock_of(after) is Clock.STOPPED:
        stop_clock(case=claim.case, why=after, at=at)
    elif clock_of(before) is Clock.STOPPED:
        resume_clock(case=claim.case, at=at)
    follow_move(claim=claim, action=action, at=at)
    data = {"from": before.value, "to": after.value, "action": action.value}
    return Act("claim.moved", "case", claim.case_id, data)


def lock_claim(*, claim_id: int, entity_id: int | None = None) -> Claim:
    """
    The claim, its row locked until the transaction ends.

    :param entity_id: refuse a claim of another entity as if there were none
    :raises Claim.DoesNotExist: if there is none
    """
    rows = Claim.objects.select_for_update(of=("self",), no_key=True).select_related(
        "case__entity", "case__owner", "customer", "entity", "invoice", "delivery"
    )
    if entity_id is not None:
        rows = rows.filter(entity_id=entity_id)
    return rows.get(pk=claim_id)

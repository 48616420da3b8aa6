"""The same act on many claims: each on its own, so that what is refused holds up nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from concilia.cases.core.people import RouteRefused
from concilia.claims.actions import Proposal, propose_decision
from concilia.claims.actions.bulk import record_outcome, rest_for_next
from concilia.claims.actions.deciding import lines_to_decide
from concilia.claims.core.decisions import Choice, DecisionRefused, approved_by
from concilia.claims.core.decisions import Decision as Chosen
from concilia.claims.models import BulkRow, Claim, Decision
from concilia.claims.queries.letters import letter_for
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.kernel.machine import TransitionRefused

AT_ONCE: Final = 20
Outcome = BulkRow.Outcome


def go_on_bulk(*, run_id: int, at: datetime) -> None:
    """This will take up the next few claims of a run, and queue itself for those after them."""
    waiting = BulkRow.objects.filter(run=run_id, outcome="")
    rows = waiting.select_related(
        "run__by__user", "run__by__entity", "claim__case__owner", "claim__customer",
        "claim__entity", "claim__invoice",
    )  # fmt: skip
    for row in rows.order_by("n")[:AT_ONCE]:
        outcome, why = _settled(row, at)
        record_outcome(row_id=row.pk, outcome=outcome, why=why, at=at)
    if waiting.exists():
        rest_for_next(run_id=run_id)


def _settled(row: BulkRow, at: datetime) -> tuple[str, dict[str, Any]]:
    """Grant what the rules found valid; once, also where a worker was killed right after it."""
    run, claim = row.run, row.claim
    own = Decision.objects.filter(claim=claim, proposed_by=run.by, proposed_at__gte=run.asked_at)
    if own.exists():
        return Outcome.DONE, {}
    try:
        _settle(claim, run.by, at)
    except (Refused, DecisionRefused, RouteRefused, TransitionRefused) as refusal:
        return Outcome.REFUSED, _why(refusal)
    return Outcome.DONE, {}


def _settle(claim: Claim, member: Membership, at: datetime) -> None:
    lines = lines_to_decide(claim=claim)
    approved = approved_by(lines, Choice.ACCEPT_VALID, {})
    proposal = Proposal(
        choice=Chosen(choice=Choice.ACCEPT_VALID),
        letter=letter_for(claim, lines, approved, "", member, at),
    )
    propose_decision(claim_id=claim.pk, proposal=proposal, member=member, at=at)


def _why(refusal: Exception) -> dict[str, Any]:
    """What a page makes a sentence of, in the reader's language."""
    if isinstance(refusal, Refused):
        values = {name: str(value) for name, value in refusal.values.items()}
        return {"sentence": refusal.sentence, "values": values}
    if isinstance(refusal, DecisionRefused):
        return {"decision": refusal.code}
    if isinstance(refusal, RouteRefused):
        return {"route": refusal.code}
    return {"moved": True}

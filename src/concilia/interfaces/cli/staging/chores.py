"""What the staff does every evening without anybody telling a story about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from concilia.claims.actions.following import withdraw_claim
from concilia.claims.actions.merging import keep_apart, merge
from concilia.claims.models import Claim, MergeProposal
from concilia.identity.models import Membership
from concilia.intake.actions import set_aside
from concilia.intake.models import Arrival
from concilia.interfaces.cli.staging.play import Stage
from concilia.interfaces.cli.staging.refusals import REFUSALS

A_DAY: Final = timedelta(days=1)
# An answer with a paper settles these: nothing is contested once it was sent.
WANT_A_PAPER: Final = ("NC-24", "NC-25", "NC-26", "NC-27")
STILL_CHECKED: Final = ("INVESTIGATING", "WAITING_INTERNAL", "DECISION_PROPOSED")
LEAVE_FOR_THE_VISITOR: Final = timedelta(days=3)


def do_chores(stage: Stage, at: datetime) -> None:
    """Set aside what asks nothing, look at twins, send papers: whatever waits since yesterday."""
    if at > stage.ends_at - LEAVE_FOR_THE_VISITOR:
        return
    clerk = stage.members[stage.company.staff[0].email]
    _empty_the_inbox(stage, clerk, at)
    _look_at_twins(stage, clerk, at)
    _send_papers(stage, clerk, at)


def _empty_the_inbox(stage: Stage, clerk: Membership, at: datetime) -> None:
    in_a_story = {
        stage.arrivals[key]
        for story in stage.company.stories
        for key in story.mail_keys
        if key in stage.arrivals
    }
    waiting = Arrival.objects.filter(
        entity=stage.entity,
        state__in=[Arrival.State.WAITING, Arrival.State.FAILED],
        received_at__lt=at - A_DAY,
    ).exclude(pk__in=in_a_story)
    for arrival in waiting.select_related("document"):
        kind = arrival.document.kind if arrival.document else ""
        set_aside(
            arrival_id=arrival.pk, outcome=OUTCOMES.get(kind, "not_a_claim"), member=clerk, at=at
        )


OUTCOMES: Final = {"payment_reply": "answered", "remittance_advice": "remittance"}


def _look_at_twins(stage: Stage, clerk: Membership, at: datetime) -> None:
    waiting = MergeProposal.objects.filter(
        claim__entity=stage.entity, state=MergeProposal.State.OPEN, proposed_at__lt=at - A_DAY
    )
    for proposal in waiting.order_by("pk"):
        try:
            merge(proposal_id=proposal.pk, member=clerk, at=at)
        except REFUSALS:
            _keep_apart(proposal, clerk, at)


def _keep_apart(proposal: MergeProposal, clerk: Membership, at: datetime) -> None:
    proposal.refresh_from_db()
    if proposal.state == MergeProposal.State.OPEN:
        keep_apart(proposal_id=proposal.pk, member=clerk, at=at)


def _send_papers(stage: Stage, clerk: Membership, at: datetime) -> None:
    claims = Claim.objects.filter(
        entity=stage.entity,
        reason__in=WANT_A_PAPER,
        state__in=STILL_CHECKED,
        received_at__lt=at - A_DAY,
    )
    for claim in claims.order_by("pk"):
        try:
            withdraw_claim(claim_id=claim.pk, reason="document sent", member=clerk, at=at)
        except REFUSALS as refusal:
            stage.refusals.append(f"{claim.pk} paper: {refusal}")

"""A claim as work: how far the next act brings it, and how often somebody still takes it up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from concilia.cases.core.worth import PERCENT, Weights, Work, chance_of
from concilia.claims.core.states import STOPS_THE_CLOCK, ClaimState
from concilia.kernel.numbers import BASIS_POINTS

S = ClaimState
# How much of a claim can be placed by working on it now: judged ones wait for a word only.
READY_PERCENT: Final[Mapping[str, int]] = {
    S.DECISION_PROPOSED: 100, S.POSTING_FAILED: 100, S.INVESTIGATING: 60, S.QUALIFYING: 40,
    S.WAITING_INTERNAL: 30, S.IN_APPROVAL: 20,
}  # fmt: skip
OTHERS_READY_PERCENT: Final = 10
# How often somebody takes it up until it is answered.
TOUCHES: Final[Mapping[str, int]] = {
    S.RECEIVED: 3, S.QUALIFYING: 3, S.INVESTIGATING: 2, S.WAITING_INTERNAL: 2,
    S.WAITING_CUSTOMER: 2, S.WAITING_THIRD_PARTY: 2,
}  # fmt: skip
OTHERS_TOUCHES: Final = 1
ANSWERED: Final = (
    S.POSTED, S.CUSTOMER_NOTIFIED, S.ACCEPTED, S.COLLECT_BACK, S.ESCALATED_LEGAL,
)  # fmt: skip
UNPROVEN: Final = (
    S.RECEIVED, S.QUALIFYING, S.INVESTIGATING, S.WAITING_CUSTOMER, S.WAITING_INTERNAL,
    S.WAITING_THIRD_PARTY,
)  # fmt: skip
# In these states somebody else than the owner has the ball.
WITH_OTHERS: Final = (
    S.WAITING_CUSTOMER, S.WAITING_INTERNAL, S.WAITING_THIRD_PARTY, S.IN_APPROVAL, S.POSTING,
    S.CUSTOMER_NOTIFIED, S.ESCALATED_LEGAL,
)  # fmt: skip
RESTING: Final = (*STOPS_THE_CLOCK, *ANSWERED)
# Without any history half of what is asked counts as owed.
ODDS_UNKNOWN_BP: Final = 5_000
# What was decided longer ago says little of today.
HISTORY: Final = timedelta(days=3 * 365)
DAY_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAsWork:
    """
    What the order of work looks at.

    :param amount_minor: what is contested, in the entity's currency
    :param valid_minor: what was found valid of `claimed_minor`, or granted if it `is_decided`; None
        if nobody judged
    :param odds_bp: the share expected to be valid from history; None if nothing is known
    """

    reference: str
    state: str
    amount_minor: int
    claimed_minor: int
    valid_minor: int | None
    odds_bp: int | None
    opened_at: datetime
    due_at: datetime | None
    is_decided: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether what was found valid says anything: with papers lacking, nothing says nothing."""
        if self.is_decided:
            return True
        return self.valid_minor is not None and (self.valid_minor > 0 or self.state not in UNPROVEN)


def valid_share(claim: ClaimAsWork) -> int:
    """The share that is valid, in basis points: as judged, else as history expects it."""
    if claim.is_judged and claim.claimed_minor > 0:
        share = (claim.valid_minor or 0) * BASIS_POINTS // claim.claimed_minor
        return min(share, BASIS_POINTS)
    return ODDS_UNKNOWN_BP if claim.odds_bp is None else claim.odds_bp


def used_percent(claim: ClaimAsWork, at: datetime) -> int:
    """How much of its time is gone, by the calendar; none where there is no deadline."""
    if claim.due_at is None:
        return 0
    allowed = max(int((claim.due_at - claim.opened_at).total_seconds()), DAY_SECONDS)
    used = max(int((at - claim.opened_at).total_seconds()), 0)
    return used * PERCENT // allowed


def as_work(claim: ClaimAsWork, at: datetime, weights: Weights) -> Work:
    """A claim as `cases.core.worth` weighs it."""
    ready = READY_PERCENT.get(claim.state, OTHERS_READY_PERCENT)
    return Work(
        reference=claim.reference,
        amount_minor=max(claim.amount_minor, 0),
        chance_bp=chance_of(valid_share(claim), ready, weights),
        cost_minor=TOUCHES.get(claim.state, OTHERS_TOUCHES) * weights.touch_minor,
        used_percent=used_percent(claim, at),
        due_at=claim.due_at or claim.opened_at,
        is_resting=claim.state in RESTING,
    )

"""
Which case to take next: what it is worth to work on it now, and why.

worth = amount * chance - cost; the less time is left, the more it weighs. Explained term by term,
so that nobody has to trust a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from concilia.kernel.numbers import BASIS_POINTS, round_half_up

PERCENT: Final = 100
URGENCY_MAX_PERCENT: Final = 300


@dataclass(frozen=True, slots=True)
class Work:
    """
    A case as work: what is at stake, the chance that handling it brings that, what handling costs.

    `chance_bp` in basis points, from the outcomes of similar cases; `used_percent` is the share of
    its time that is gone (over 100 when late).
    """

    reference: str
    amount_minor: int
    chance_bp: int
    cost_minor: int
    used_percent: int
    due_at: datetime

    def __post_init__(self) -> None:
        if not 0 <= self.chance_bp <= BASIS_POINTS:
            raise ValueError(f"{self.reference}: a chance of {self.chance_bp} bp is no chance")
        if min(self.amount_minor, self.cost_minor, self.used_percent) < 0:
            raise ValueError(f"{self.reference}: amount, cost and time cannot be below zero")


@dataclass(frozen=True, slots=True)
class Worth:
    """
    A place in the order of work with its terms.

    `score = (expected - cost) * urgency`; urgency grows from 100 % on the first day to 200 % at the
    deadline and 300 % at most. What costs more than it brings gets no urgency: it does not become
    worth more by being late, only by a decision to write it off.
    """

    reference: str
    expected_minor: int
    cost_minor: int
    net_minor: int
    urgency_percent: int
    score_minor: int
    due_at: datetime


def worth_of(work: Work) -> Worth:
    """Weigh one case. Amounts of several cases compare only in one currency."""
    expected = round_half_up(Fraction(work.amount_minor * work.chance_bp, BASIS_POINTS))
    net = expected - work.cost_minor
    urgency = min(URGENCY_MAX_PERCENT, PERCENT + work.used_percent) if net > 0 else PERCENT
    return Worth(
        reference=work.reference,
        expected_minor=expected,
        cost_minor=work.cost_minor,
        net_minor=net,
        urgency_percent=urgency,
        score_minor=round_half_up(Fraction(net * urgency, PERCENT)),
        due_at=work.due_at,
    )


def in_order(works: Iterable[Work]) -> list[Worth]:
    """Return cases in the order to take them: by score, then by deadline, then by reference."""
    return sorted(
        map(worth_of, works), key=lambda worth: (-worth.score_minor, worth.due_at, worth.reference)
    )

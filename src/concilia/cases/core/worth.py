"""
Which case to take next: what it is worth to work on it now, and why.

worth = (amount * chance - cost) * time; the less time is left, the more it weighs. Explained term
by term, so that nobody has to trust a number. Integers throughout, so that a database that sorts a
hundred thousand cases by the same arithmetic gets the same order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction
from typing import Final

from concilia.kernel.numbers import BASIS_POINTS, round_half_up

PERCENT: Final = 100
# Beyond this an amount counts no more: ten billion, so that products stay within 64 bits.
AMOUNT_MAX_MINOR: Final = 10**12


@dataclass(frozen=True, slots=True)
class Weights:
    """
    What an entity sets about the order of work.

    :param recovered_percent: what counts of an amount that is not owed and can be got back
    :param granted_percent: what counts of an amount rightly asked: settled soon, the rest gets paid
    :param touch_minor: what taking a case up once costs, in the entity's currency
    :param deadline_percent: how much a case weighs on its last day; 100 on its first
    :param late_percent: how much it weighs at most, when it is late
    :param prior_cases: so many average cases are added to what is known of a customer: the more,
        the later their own history counts
    :param case_minutes: how long taking a case up takes, for the load of a person
    """

    recovered_percent: int = 100
    granted_percent: int = 60
    touch_minor: int = 1_250
    deadline_percent: int = 200
    late_percent: int = 300
    prior_cases: int = 10
    case_minutes: int = 25

    def __post_init__(self) -> None:
        for name, (least, most) in WEIGHT_BOUNDS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name} is {value}, not between {least} and {most}")
        if self.late_percent < self.deadline_percent:
            raise ValueError("a late case cannot weigh less than one on its last day")


WEIGHT_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "recovered_percent": (0, 100),
    "granted_percent": (0, 100),
    "touch_minor": (0, 10_000_000),
    "deadline_percent": (100, 1_000),
    "late_percent": (100, 1_000),
    "prior_cases": (1, 1_000),
    "case_minutes": (1, 480),
}
SHIPPED: Final = Weights()
WEIGHT_NAMES: Final = tuple(one.name for one in fields(Weights))


@dataclass(frozen=True, slots=True)
class Work:
    """
    A case as work: what is at stake, the chance that handling it brings that, what handling costs.

    `chance_bp` in basis points (`chance_of`); `used_percent` is the share of its time that is gone
    (over 100 when late). A case that `is_resting` waits for others: working on it brings nothing
    today.
    """

    reference: str
    amount_minor: int
    chance_bp: int
    cost_minor: int
    used_percent: int
    due_at: datetime
    is_resting: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.chance_bp <= BASIS_POINTS:
            raise ValueError(f"{self.reference}: a chance of {self.chance_bp} bp is no chance")
        if min(self.amount_minor, self.cost_minor, self.used_percent) < 0:
            raise ValueError(f"{self.reference}: amount, cost and time cannot be below zero")


@dataclass(frozen=True, slots=True)
class Worth:
    """
    A place in the order of work with its terms.

    `score = (expected - cost) * urgency`; urgency grows from 100 % on the first day to the weight
    of the deadline and goes on to that of late ones. What costs more than it brings gets no
    urgency: it does not become worth more by being late, only by a decision to write it off. A
    resting case has no urgency at all.
    """

    reference: str
    expected_minor: int
    cost_minor: int
    net_minor: int
    urgency_percent: int
    score_minor: int
    due_at: datetime


def chance_of(valid_bp: int, ready_percent: int, weights: Weights = SHIPPED) -> int:
    """
    The share of an amount that working on a case now is expected to bring, in basis points.

    What is valid is granted, the rest is got back; each counts by its weight.

    :param valid_bp: the share of the amount that is rightly asked: judged, or expected (`odds_of`)
    :param ready_percent: how much of it the next act can move
    """
    counted = (
        valid_bp * weights.granted_percent + (BASIS_POINTS - valid_bp) * weights.recovered_percent
    )
    return counted * ready_percent // (PERCENT * PERCENT)


def odds_of(shares_bp: int, cases: int, before_bp: int, weights: Weights = SHIPPED) -> int:
    """
    The share expected to be valid, in basis points, drawn towards what is known more generally.

    Few cases move it little: a customer with one refused claim is not taken for a cheat.

    :param shares_bp: the sum of the shares that were granted in `cases` decided ones
    :param before_bp: what would be expected without them
    """
    prior = weights.prior_cases
    return (shares_bp + prior * before_bp) // (cases + prior)


def worth_of(work: Work, weights: Weights = SHIPPED) -> Worth:
    """Weigh one case. Amounts of several cases compare only in one currency."""
    amount = min(work.amount_minor, AMOUNT_MAX_MINOR)
    expected = round_half_up(Fraction(amount * work.chance_bp, BASIS_POINTS))
    net = expected - work.cost_minor
    urgency = _urgency(work, weights) if net > 0 else PERCENT
    urgency = 0 if work.is_resting else urgency
    return Worth(
        reference=work.reference,
        expected_minor=expected,
        cost_minor=work.cost_minor,
        net_minor=net,
        urgency_percent=urgency,
        score_minor=round_half_up(Fraction(net * urgency, PERCENT)),
        due_at=work.due_at,
    )


def _urgency(work: Work, weights: Weights) -> int:
    grown = work.used_percent * (weights.deadline_percent - PERCENT) // PERCENT
    return min(weights.late_percent, PERCENT + grown)


def in_order(works: Iterable[Work], weights: Weights = SHIPPED) -> list[Worth]:
    """Return cases in the order to take them: by score, then by deadline, then by reference."""
    return sorted(
        (worth_of(work, weights) for work in works),
        key=lambda worth: (-worth.score_minor, worth.due_at, worth.reference),
    )

"""Champion against challenger: who gets which, and what the difference is worth (§3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from math import sqrt
from typing import Final

Z95: Final = 1.959963984540054


class Arm(StrEnum):
    """Which of two plans somebody is on while one is tried; empty outside of a trial."""

    NONE = ""
    CHAMPION = "champion"
    CHALLENGER = "challenger"


def arm_of(customer_id: int, experiment: str, percent: int) -> Arm:
    """Return the arm of a customer: the same for ever, and independent of other experiments."""
    digest = blake2b(f"{experiment}:{customer_id}".encode(), digest_size=8).digest()
    place = int.from_bytes(digest, "big") % 10_000
    return Arm.CHALLENGER if place < percent * 100 else Arm.CHAMPION


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    good: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.good <= self.of:
            raise ValueError(f"{self.good} of {self.of} is no share")

    @property
    def rate(self) -> float:
        """Between 0 and 1; 0 of 0 is 0."""
        return self.good / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Uplift:
    """What the challenger is better by, as a share, with its 95 % interval."""

    by: float
    least: float
    most: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out that there is no difference."""
        return self.least > 0 or self.most < 0


def interval_of(share: Share) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share; all of it where nothing was counted."""
    if not share.of:
        return 0.0, 1.0
    n, p = share.of, share.rate
    middle = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 * sqrt(p * (1 - p) / n + Z95**2 / (4 * n**2)) / (1 + Z95**2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def uplift_of(champion: Share, challenger: Share) -> Uplift:
    """Return the difference of two shares with Newcombe's interval (his method 10)."""
    by = challenger.rate - champion.rate
    least_new, most_new = interval_of(challenger)
    least_old, most_old = interval_of(champion)
    down = sqrt((challenger.rate - least_new) ** 2 + (most_old - champion.rate) ** 2)
    up = sqrt((most_new - challenger.rate) ** 2 + (champion.rate - least_old) ** 2)
    return Uplift(by, max(-1.0, by - down), min(1.0, by + up))

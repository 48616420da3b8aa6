"""
Who may sign for how much: the delegation-of-authority matrix of domain.md §8.1, as data.

Amounts are minor units of the company's currency, gross. What counts is the customer's case total
in rolling 30 days, not one document: splitting a claim changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final


class Level(IntEnum):
    """A rung of the ladder; L0 is the rule engine, L6 the board."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3
    L4 = 4
    L5 = 5
    L6 = 6


FIRST_PERSON: Final = Level.L1
FOUR_EYES_FROM: Final = Level.L3


class Act(StrEnum):
    """What is to be signed; one column of the matrix."""

    APPROVE_CLAIM = "APPROVE_CLAIM"
    TRADE_DEAL_ACCRUED = "TRADE_DEAL_ACCRUED"
    TRADE_DEAL_NOT_ACCRUED = "TRADE_DEAL_NOT_ACCRUED"
    WRITE_OFF = "WRITE_OFF"
    GOODWILL = "GOODWILL"
    SETTLEMENT_WAIVER = "SETTLEMENT_WAIVER"
    INSTALMENT_PLAN = "INSTALMENT_PLAN"
    DENY_CLAIM = "DENY_CLAIM"
    START_LEGAL = "START_LEGAL"


@dataclass(frozen=True, slots=True)
class Limit:
    """
    How far an authority goes; None means any amount, any share, any number of rows.

    `share_bp` bounds the part waived of a settlement, `rows` the rows of an instalment plan.
    """

    minor: int | None = None
    share_bp: int | None = None
    rows: int | None = None

    def covers(self, amount: Amount) -> bool:
        """The amount lies within the limit."""
        pairs = (
            (self.minor, amount.total_minor),
            (self.share_bp, amount.share_bp),
            (self.rows, amount.rows),
        )
        return all(most is None or asked <= most for most, asked in pairs)


@dataclass(frozen=True, slots=True)
class Amount:
    """
    What is asked for: this case, what the same customer had in the last 30 days, and their sum.

    `share_bp` and `rows` are zero where the act has none.
    """

    minor: int
    rolling_minor: int
    currency: str
    share_bp: int = 0
    rows: int = 0

    def __post_init__(self) -> None:
        if min(self.minor, self.rolling_minor, self.share_bp, self.rows) < 0:
            raise ValueError(f"an amount to sign for cannot be below zero: {self}")

    @property
    def total_minor(self) -> int:
        """What the limits are compared with."""
        return self.minor + self.rolling_minor


@dataclass(frozen=True, slots=True)
class AuthorityMatrix:
    """
    The limits of a company, by act and level; a missing cell is no authority at all.

    The version is frozen on every route planned with it.
    """

    version: str
    currency: str
    limits: Mapping[tuple[Act, Level], Limit]

    def limit(self, act: Act, level: Level) -> Limit | None:
        """Return how far a level may go; None where it may not."""
        return self.limits.get((act, level))

    def may(self, act: Act, level: Level, amount: Amount) -> bool:
        """Say whether a level's authority covers an amount."""
        limit = self.limit(act, level)
        return limit is not None and limit.covers(amount)

    def lowest_level(self, act: Act, amount: Amount) -> Level | None:
        """Return the lowest level of a person with authority over an amount, None without one."""
        levels = (level for level in Level if level >= FIRST_PERSON)
        return next((level for level in levels if self.may(act, level, amount)), None)


ANY: Final = Limit()


def _eur(amount: int, *, share: int | None = None, rows: int | None = None) -> Limit:
    """Whole euros, whole percent."""
    return Limit(amount * 100, None if share is None else share * 100, rows)


_EUR: Final[Mapping[Act, tuple[Limit | None, ...]]] = {
    Act.APPROVE_CLAIM: (
        *map(_eur, (100, 500, 2_500, 10_000, 50_000, 500_000)),
        ANY,
    ),
    Act.TRADE_DEAL_ACCRUED: (*map(_eur, (500, 1_000, 10_000, 50_000, 250_000)), ANY, ANY),
    Act.TRADE_DEAL_NOT_ACCRUED: (
        *map(_eur, (0, 250, 1_000, 5_000, 25_000, 250_000)),
        ANY,
    ),
    Act.WRITE_OFF: (*map(_eur, (25, 50, 250, 1_000, 10_000, 100_000)), ANY),
    Act.GOODWILL: (*map(_eur, (0, 100, 500, 2_500, 10_000, 50_000)), ANY),
    Act.SETTLEMENT_WAIVER: (
        _eur(0, share=0),
        _eur(0, share=0),
        _eur(500, share=10),
        _eur(5_000, share=20),
        _eur(25_000, share=30),
        _eur(250_000),
        ANY,
    ),
    Act.INSTALMENT_PLAN: (
        _eur(300, rows=3),
        _eur(1_500, rows=6),
        _eur(5_000, rows=12),
        _eur(25_000, rows=24),
        _eur(100_000, rows=36),
        ANY,
        ANY,
    ),
    Act.DENY_CLAIM: (None, *map(_eur, (1_000, 10_000, 50_000)), ANY, ANY, ANY),
    Act.START_LEGAL: (None, None, None, *map(_eur, (10_000, 100_000)), ANY, ANY),
}

SHIPPED_MATRIX: Final = AuthorityMatrix(
    version="shipped-1",
    currency="EUR",
    limits=MappingProxyType(
        {
            (act, level): limit
            for act, row in _EUR.items()
            for level, limit in zip(Level, row, strict=True)
            if limit is not None
        }
    ),
)

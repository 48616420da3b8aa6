"""
By which way to contact: who pays within a week of it, less what it costs (domain.md §3.5).

Own history counts as it is; where there is little of it, what is usual counts for as much as twenty
contacts. So a way that was tried twice and worked twice does not beat one that was tried a
thousand times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.contact.terms import Channel

WEIGHT: Final = 20  # contacts that what is usual stands for
ALL_BP: Final = 10_000
# How many of a hundred pay within seven days, before there is any history: cautious guesses of our
# own, close to each other, so that history soon decides. In basis points.
USUAL: Final[Mapping[Channel, int]] = MappingProxyType(
    {
        Channel.EMAIL: 1_000,
        Channel.SMS: 1_300,
        Channel.WHATSAPP: 1_300,
        Channel.IVR: 1_100,
        Channel.CALL: 1_800,
        Channel.LETTER: 800,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """
    A way that could be taken.

    :param tried: contacts by it in this segment; `paid`: how many paid within seven days
    :param cost_minor: of one contact
    :param refused: the rule that does not allow it; empty if all do
    """

    channel: Channel
    tried: int = 0
    paid: int = 0
    cost_minor: int = 0
    refused: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.paid <= self.tried:
            raise ValueError(f"{self.paid} of {self.tried} cannot have paid")
        if self.cost_minor < 0:
            raise ValueError("a contact costs nothing or more")


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    A way with its arithmetic: `worth = asked × probability ÷ 10,000 − cost`, in minor units.

    :param probability_bp: `(paid + usual × 20) ÷ (tried + 20)`, in basis points, rounded down
    """

    option: Option
    probability_bp: int
    usual_bp: int
    worth_minor: int


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The way that is worth most, and every other with its arithmetic, the best first.

    :param best: None where no way is allowed, or none is worth its cost
    """

    best: Weighed | None
    ranked: tuple[Weighed, ...]
    refused: tuple[Option, ...]


def choose_way(options: Sequence[Option], asked_minor: int) -> Choice:
    """
    Choose among the ways that every rule allows; equal ones in the order they are given.

    :param asked_minor: what is asked for, in the currency of the costs
    """
    if asked_minor < 0:
        raise ValueError("less than nothing is asked of nobody")
    allowed = [weigh(one, asked_minor) for one in options if not one.refused]
    ranked = tuple(sorted(allowed, key=lambda one: -one.worth_minor))
    best = ranked[0] if ranked and ranked[0].worth_minor > 0 else None
    return Choice(best, ranked, tuple(one for one in options if one.refused))


def weigh(option: Option, asked_minor: int) -> Weighed:
    """Do the arithmetic of one way, in whole numbers."""
    usual = USUAL.get(option.channel, min(USUAL.values()))
    probability = (option.paid * ALL_BP + usual * WEIGHT) // (option.tried + WEIGHT)
    worth = asked_minor * probability // ALL_BP - option.cost_minor
    return Weighed(option, probability, usual, worth)

"""The words of a strategy: whom, how late, by which way, and the steps of a plan (§3.2, §3.5)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.motives import Tone


class Who(StrEnum):
    """What kind of debtor a rule is about."""

    CONSUMER = "consumer"
    MICRO = "micro"
    BUSINESS = "business"
    KEY = "key"
    PUBLIC = "public"
    INTERCOMPANY = "intercompany"


class Band(StrEnum):
    """How they have paid, in quartiles: A pays well, D badly; N is new, nobody knows yet."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    NEW = "N"


class Stage(StrEnum):
    """How late the oldest of what may be asked for is, in days; `before`: it is not due yet."""

    BEFORE = "before"
    TO_10 = "1-10"
    TO_30 = "11-30"
    TO_60 = "31-60"
    TO_90 = "61-90"
    TO_180 = "91-180"
    TO_365 = "181-365"
    BEYOND = "366-"


class Way(StrEnum):
    """How a touch goes. A letter is printed and posted, a call made, by a person."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    LETTER = "letter"
    CALL = "call"


# One sentence with a link to a telephone number; it names no amount.
SHORT: Final = frozenset({Way.SMS, Way.WHATSAPP})
BY_PROGRAM: Final = SHORT | {Way.EMAIL}
CHANNEL_OF: Final = {
    Way.EMAIL: Channel.EMAIL,
    Way.SMS: Channel.SMS,
    Way.WHATSAPP: Channel.WHATSAPP,
    Way.LETTER: Channel.LETTER,
    Way.CALL: Channel.CALL,
}


@dataclass(frozen=True, slots=True)
class Step:
    """
    One touch of a plan.

    :param day: from so many days after the due date of the oldest item on; below zero: before it
    :param ways: the first that reaches them and that the contact policy allows is taken
    :param template: the key of its text
    :param offer: what it may offer, a word of `Offer`; empty for nothing
    :param wished: only for who asked for it
    """

    day: int
    ways: tuple[Way, ...]
    tone: Tone
    template: str
    offer: str = ""
    wished: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """
    Whom a plan is for. What is empty is not asked; the first rule that fits wins.

    :param value_from: whole units of the company's currency that may be asked for, at least
    """

    id: str
    plan: str
    who: frozenset[Who] = frozenset()
    bands: frozenset[Band] = frozenset()
    stages: frozenset[Stage] = frozenset()
    value_from: int = 0


@dataclass(frozen=True, slots=True)
class Experiment:
    """
    Another plan tried on some of the customers of a plan, chosen by a stable hash.

    :param percent: of those customers the challenger gets
    """

    name: str
    plan: str
    challenger: str
    percent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Strategy:
    """
    Who is touched how: rules in their order, the plans they name, and what holds for all.

    :param rest_days: at least so many days between two touches of one customer
    :param pause_days: nothing for so many days after they wrote, paid, claimed or promised (R-3.5)
    :param second_above: a run that asks for more, in whole units of the company's currency, wants
        a second signature
    """

    name: str
    rules: tuple[Rule, ...]
    plans: dict[str, tuple[Step, ...]]
    rest_days: int = 3
    pause_days: int = 7
    second_above: int = 100_000
    experiment: Experiment | None = None
    version: int = field(default=0, compare=False)

    def ladder(self, plan: str) -> tuple[Step, ...]:
        """Return the steps of a plan after the due date."""
        return tuple(step for step in self.plans[plan] if step.day > 0)

    def note(self, plan: str) -> Step | None:
        """Return the step of a plan before the due date, if it has one."""
        return next((step for step in self.plans[plan] if step.day < 0), None)

"""
Which reason for non-payment counts, and how firm a message may be for it (domain.md §3.1, §3.3).

The reason comes first: while it is unknown, nothing firmer than a question is sent, unless every
way of asking has been tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Final

from concilia.dunning.core.protocol_terms import Dunning
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.kernel.non_payment import NON_PAYMENT_REASONS, UNKNOWN

ATTEMPTS_MIN: Final = 4
CHANNELS_MIN: Final = 2
DAYS_MIN: Final = 15


class Source(StrEnum):
    """Who says why somebody does not pay."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BANK_CODE = "bank_code"
    MODEL = "model"


class Rank(IntEnum):
    """How much a word weighs; of like words the newest counts."""

    GUESS = 0
    FACT = 1  # of one debit
    WORD = 2


def rank_of(code: str, source: Source) -> Rank:
    """
    Return how much an entry weighs, whenever it was made (domain.md R-3.2): the one rule of it.

    What people and customers say beats the bank's code, which is a fact about one debit, and that
    beats what a model supposes. A code with more than one meaning says no more than a guess; one
    after which everything stops, a death, is heard as a person's word is: asking on would hurt.

    :raises KeyError: for a code that is none
    """
    if source is Source.MODEL:
        return Rank.GUESS
    if source is not Source.BANK_CODE:
        return Rank.WORD
    if code == UNKNOWN:
        return Rank.GUESS
    return Rank.WORD if PROTOCOLS[code].dunning is Dunning.STOP else Rank.FACT


@dataclass(frozen=True, slots=True)
class Motive:
    """One entry of the history of reasons; `confidence` in basis points, 10,000 for people."""

    code: str
    source: Source
    at: datetime
    confidence: int = 10_000

    def __post_init__(self) -> None:
        if self.code not in NON_PAYMENT_REASONS:
            raise ValueError(f"{self.code[:20]!r} is no reason for non-payment")


class Tone(IntEnum):
    """How firm a message is: the ladder from courtesy to legal."""

    COURTESY = 0
    REMINDER = 1
    QUESTION = 2
    FIRM = 3
    FORMAL_NOTICE = 4
    LAST_CALL = 5
    LEGAL = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """One attempt to learn the reason: its day and channel."""

    on: date
    channel: str


def reason_in_force(history: Sequence[Motive]) -> str:
    """
    Return the reason that counts: of what weighs most (`rank_of`) the newest.

    A later "unknown" of a person counts, too: they asked and learnt nothing.
    """
    best = max(history, key=lambda one: (rank_of(one.code, one.source), one.at), default=None)
    return best.code if best else UNKNOWN


def are_exhausted(attempts: Sequence[Asked], on: date) -> bool:
    """Whether enough was tried to learn why: four times, by two channels, over fifteen days."""
    tried = [attempt for attempt in attempts if attempt.on <= on]
    if len(tried) < ATTEMPTS_MIN or len({attempt.channel for attempt in tried}) < CHANNELS_MIN:
        return False
    return (on - min(attempt.on for attempt in tried)).days >= DAYS_MIN


_HIGHEST: Final[Mapping[Dunning, Tone | None]] = {
    Dunning.REMINDER_ONLY: Tone.QUESTION,
    Dunning.PART_SUSPENDED: Tone.LEGAL,  # for what is not disputed
    Dunning.SUSPENDED: None,
    Dunning.HOLD: None,
    Dunning.HOLD_UNTIL_AGREED: None,
    Dunning.HOLD_WHILE_KEPT: None,
    Dunning.SOFT: Tone.QUESTION,
    Dunning.FIRST_LEVEL: Tone.REMINDER,
    Dunning.ESCALATE: Tone.LEGAL,
    Dunning.IN_WRITING: Tone.LEGAL,
    Dunning.STOP: None,
}


def highest_tone(code: str, *, exhausted: bool = False, forced: bool = False) -> Tone | None:
    """
    Return the firmest tone a reason leaves possible; None: no reminder at all while it lasts.

    :param exhausted: `are_exhausted`: only then an unknown reason is no bar
    :param forced: limitation or insolvency leaves no time to ask
    :raises KeyError: for a code that is none
    """
    if code == UNKNOWN and (exhausted or forced):
        return Tone.LEGAL
    return _HIGHEST[PROTOCOLS[code].dunning]


def next_tone(last: Tone | None, wanted: Tone, *, paused_since: bool = False) -> Tone:
    """
    Return the tone of the next message: never two steps at once, and none up after a pause.

    :param last: of the last message; None before the first, which is a reminder at most
    :param paused_since: they wrote, paid, claimed, promised or agreed on a plan since
    """
    if last is None:
        return min(wanted, Tone.REMINDER)
    return min(wanted, last if paused_since else Tone(min(last + 1, Tone.LEGAL)))

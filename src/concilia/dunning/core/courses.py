"""A reason for not paying in days and ranks: until when nothing is chased, whose word counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.dunning.core.protocol_terms import Dunning
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.non_payment import UNKNOWN, from_bank_return

DISTRESS: Final = "NR-10"
SHORT_OF_CASH: Final = "NR-09"
ALREADY_PAID: Final = "NR-08"
# What is said so is a claim: the disputed part is not chased, the rest is.
CONTESTS: Final = frozenset({"NR-01", "NR-11", "NR-18"})
SURE: Final = 10_000  # basis points
RESTS: Final = frozenset(
    {Dunning.HOLD, Dunning.SUSPENDED, Dunning.HOLD_UNTIL_AGREED, Dunning.HOLD_WHILE_KEPT}
)


@dataclass(frozen=True, slots=True)
class Course:
    """
    A protocol in days: `hold_until_date` is the last day on which nothing is chased.

    Without that day it holds until another reason takes over.
    """

    stops: bool
    holds: bool
    hold_until_date: date | None
    next_date: date


def course_of(code: str, on: date, calendar: BusinessCalendar) -> Course:
    """
    Return a reason's protocol in days, counted from the day it was said.

    Who is short of cash is left alone until somebody was to take a promise: its cents are out by
    themselves from then on.

    :raises KeyError: if there is no such reason
    """
    protocol = PROTOCOLS[code]
    next_date = protocol.next_act_by(on, calendar)
    is_kept = protocol.dunning is Dunning.HOLD_WHILE_KEPT
    return Course(
        stops=protocol.dunning is Dunning.STOP,
        holds=protocol.dunning in RESTS,
        hold_until_date=next_date if is_kept else protocol.hold_until(on, calendar),
        next_date=next_date,
    )


@dataclass(frozen=True, slots=True)
class BankWord:
    """What a bank's return code says: a reason, and those it may be where a person has to ask."""

    code: str
    candidates: tuple[str, ...] = ()


def word_of_bank(return_code: str, *, was_short_before: bool = False) -> BankWord | None:
    """
    Return what a returned debit says of its payer (the table of §3.1); None where it says nothing.

    :param was_short_before: whether the account lacked funds before, within a year
    """
    found = from_bank_return(return_code)
    if not found:
        return None
    if len(found) > 1:
        return BankWord(UNKNOWN, found)
    if found[0] == SHORT_OF_CASH and was_short_before:
        return BankWord(DISTRESS)
    return BankWord(found[0])

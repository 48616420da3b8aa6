"""
What may be asked for: open, and neither disputed, promised, planned nor on hold (domain.md §3.9).

Reminders, demands of interest, hand-over to agencies and reports to bureaux all use this amount,
item by item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total

AFTER_DECISION_BUSINESS_DAYS: Final = 5
MINIMUM_UNITS: Final = 10  # whole units of the currency


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenAmount:
    """
    An open item and what of it may not be asked for; what is None is nothing.

    :param disputed: by claims that suspend (`disputed_open`)
    :param promised: by promises that are not broken
    :param planned: in the rows of running plans
    :param held: money of this debtor that is not allocated yet, and other holds
    """

    item_id: str
    open: Money
    disputed: Money | None = None
    promised: Money | None = None
    planned: Money | None = None
    held: Money | None = None

    def __post_init__(self) -> None:
        for part in self.parts:
            if part.minor < 0:
                raise ValueError(f"{self.item_id}: {part} cannot be kept from being asked for")

    @property
    def parts(self) -> tuple[Money, ...]:
        """What is kept from being asked for."""
        parts = (self.disputed, self.promised, self.planned, self.held)
        return tuple(part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Demand:
    """One item of a message: what is asked for, and what of it is disputed; both are shown."""

    item_id: str
    amount: Money
    disputed: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class Dispute:
    """
    A claim about an item, as far as it stops asking.

    :param received_on: the day on which it came, not the one on which it was understood
    :param answered_on: the day on which they were told the decision; None until then
    :param denied: it was denied as a whole
    :param new_evidence: it brings what an earlier, denied one did not
    """

    amount: Money
    received_on: date
    decided_on: date | None = None
    answered_on: date | None = None
    denied: bool = False
    new_evidence: bool = False

    def suspends_until(self, calendar: BusinessCalendar) -> date | None:
        """Return its last day: five business days after decision and answer; None: no end yet."""
        if self.decided_on is None or self.answered_on is None:
            return None
        told = max(self.decided_on, self.answered_on)
        return calendar.add_business_days(told, AFTER_DECISION_BUSINESS_DAYS)


def dunnable(amount: OpenAmount) -> Money:
    """
    Return what of an open item may be asked for: never below zero, never more than is open.

    A cent that is both disputed and promised is taken away twice: rather too little is asked for
    than a cent too much. Credits are not asked for at all.

    :raises CurrencyMismatch: if a part is in another currency than the item
    """
    kept = total(amount.parts, amount.open.currency)
    return max(amount.open - kept, Money.zero(amount.open.currency))


def demands(amounts: Iterable[OpenAmount], minimum: Money) -> list[Demand]:
    """
    Return the items of one message; none if together they are no more than the minimum.

    :param minimum: `usual_minimum` unless the company says otherwise
    """
    found = [
        Demand(one.item_id, asked, one.disputed or Money.zero(one.open.currency))
        for one in amounts
        if (asked := dunnable(one))
    ]
    enough = total((demand.amount for demand in found), minimum.currency) > minimum
    return found if enough else []


def usual_minimum(currency: str) -> Money:
    """Return ten units of the currency: less is not worth a reminder."""
    return Money(MINIMUM_UNITS * 10 ** Money.zero(currency).exponent, currency)


def disputed_open(
    open_amount: Money, disputes: Sequence[Dispute], on: date, calendar: BusinessCalendar
) -> Money:
    """
    Return what of an item is suspended on a day by the claims about it, at most all of it.

    A claim counts from the day it came. After one that was denied, another on the same item counts
    only with new evidence: one in three is raised in bad faith.
    """
    counting = [
        dispute.amount
        for dispute in disputes
        if _suspends(dispute, on, calendar) and not _was_denied_before(dispute, disputes)
    ]
    nothing = Money.zero(open_amount.currency)
    return min(total(counting, open_amount.currency), max(open_amount, nothing))


def _suspends(dispute: Dispute, on: date, calendar: BusinessCalendar) -> bool:
    if on < dispute.received_on:
        return False
    until = dispute.suspends_until(calendar)
    return until is None or on <= until


def _was_denied_before(dispute: Dispute, disputes: Iterable[Dispute]) -> bool:
    return not dispute.new_evidence and any(
        other.denied and other.decided_on is not None and other.decided_on <= dispute.received_on
        for other in disputes
        if other is not dispute
    )

"""Promises to pay: kept, kept late, kept in part, broken (domain.md §3.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Final

from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.machine import Machine
from concilia.kernel.money import Money, total

KEPT_LATE_DAYS: Final = 10
TOLERANCE_PERCENT: Final = 1
TOLERANCE_MAX_UNITS: Final = 5  # whole units of the currency
OPEN_PROMISES_MAX: Final = 2
RENEGOTIATIONS_MAX: Final = 2  # in 90 days
HORIZON_DAYS: Final = 30
HORIZON_DAYS_BUSINESS: Final = 45


class PaymentMethod(StrEnum):
    """How the money will come; it decides how long we wait for it."""

    TRANSFER = "TRANSFER"
    CARD = "CARD"
    INSTANT = "INSTANT"
    DIRECT_DEBIT = "DIRECT_DEBIT"


# Business days after the promised date; a direct debit may come back within its return window.
GRACE_BUSINESS_DAYS: Final[Mapping[PaymentMethod, int]] = {
    PaymentMethod.TRANSFER: 3,
    PaymentMethod.CARD: 1,
    PaymentMethod.INSTANT: 1,
    PaymentMethod.DIRECT_DEBIT: 6,
}


class PromiseState(StrEnum):
    """Where a promise stands."""

    PENDING = "PENDING"
    DUE = "DUE"
    KEPT = "KEPT"
    KEPT_LATE = "KEPT_LATE"
    PARTIAL = "PARTIAL"
    BROKEN = "BROKEN"
    CANCELLED = "CANCELLED"
    REPLACED = "REPLACED"
    SUSPENDED = "SUSPENDED"


class PromiseAction(StrEnum):
    """What can happen to a promise."""

    FALL_DUE = "FALL_DUE"
    KEEP = "KEEP"
    KEEP_LATE = "KEEP_LATE"
    PAY_PART = "PAY_PART"
    BREAK = "BREAK"
    RETURN = "RETURN"
    CANCEL = "CANCEL"
    REPLACE = "REPLACE"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"


_S, _A = PromiseState, PromiseAction
# A kept promise is not final: a returned direct debit breaks it after all.
PROMISE_MACHINE: Final[Machine[PromiseState, PromiseAction]] = Machine(
    {
        (_S.PENDING, _A.FALL_DUE): _S.DUE,
        (_S.PENDING, _A.KEEP): _S.KEPT,
        (_S.DUE, _A.KEEP): _S.KEPT,
        (_S.DUE, _A.PAY_PART): _S.PARTIAL,
        (_S.DUE, _A.BREAK): _S.BROKEN,
        (_S.PARTIAL, _A.KEEP_LATE): _S.KEPT_LATE,
        (_S.BROKEN, _A.KEEP_LATE): _S.KEPT_LATE,
        # Money that came in time may be assigned to its items when the time is over.
        (_S.PARTIAL, _A.KEEP): _S.KEPT,
        (_S.BROKEN, _A.KEEP): _S.KEPT,
        (_S.KEPT_LATE, _A.KEEP): _S.KEPT,
        (_S.BROKEN, _A.PAY_PART): _S.PARTIAL,
        (_S.KEPT, _A.RETURN): _S.BROKEN,
        (_S.KEPT_LATE, _A.RETURN): _S.BROKEN,
        (_S.PARTIAL, _A.RETURN): _S.BROKEN,
        (_S.PENDING, _A.CANCEL): _S.CANCELLED,
        (_S.DUE, _A.CANCEL): _S.CANCELLED,
        (_S.SUSPENDED, _A.CANCEL): _S.CANCELLED,
        (_S.PENDING, _A.REPLACE): _S.REPLACED,
        (_S.DUE, _A.REPLACE): _S.REPLACED,
        (_S.PARTIAL, _A.REPLACE): _S.REPLACED,
        (_S.BROKEN, _A.REPLACE): _S.REPLACED,
        (_S.PENDING, _A.SUSPEND): _S.SUSPENDED,
        (_S.DUE, _A.SUSPEND): _S.SUSPENDED,
        (_S.SUSPENDED, _A.RESUME): _S.PENDING,
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """
    What somebody said they will pay, and until when.

    :param made_on: the day it was made; money valued on that day or later counts
    :param tolerance: what may be missing; by default 1 %, at most five units of the currency
    :param grace_business_days: by default what the method needs
    """

    amount: Money
    due: date
    made_on: date
    method: PaymentMethod = PaymentMethod.TRANSFER
    tolerance: Money | None = None
    grace_business_days: int | None = None

    @property
    def enough(self) -> Money:
        """The least that keeps the promise: never nothing, however large the tolerance."""
        tolerance = self.tolerance if self.tolerance is not None else default_tolerance(self.amount)
        expected = self.amount - max(tolerance, Money.zero(self.amount.currency))
        return max(expected, Money(1, self.amount.currency))

    def last_day(self, calendar: BusinessCalendar) -> date:
        """Return the last value date in time: the promised date and the grace."""
        grace = self.grace_business_days
        days = GRACE_BUSINESS_DAYS[self.method] if grace is None else grace
        return calendar.add_business_days(self.due, days) if days else self.due


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money allocated to the items of a promise; `returned_on` when the bank took it back."""

    value_date: date
    amount: Money
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseVerdict:
    """How a promise stands on a day, and what was paid in its window (INV-16)."""

    state: PromiseState
    paid: Money
    missing: Money


def default_tolerance(amount: Money) -> Money:
    """Return 1 % of the amount, at most five units of the currency."""
    ceiling = Money(TOLERANCE_MAX_UNITS * 10**amount.exponent, amount.currency)
    return min(amount.percent(TOLERANCE_PERCENT), ceiling)


def evaluate_promise(
    promise: Promise, receipts: Sequence[Receipt], as_of: date, calendar: BusinessCalendar
) -> PromiseVerdict:
    """
    Say how a promise stands on a day, from the money alone.

    KEPT when enough came in time, KEPT_LATE when it came within ten further days; what came by then
    and is not enough makes it PARTIAL, nothing BROKEN. Before the last day is over it is PENDING or
    DUE unless enough has come. Money that went back never came. What persons do to a promise
    (cancel, replace, suspend) is not decided here.
    """
    last_day = promise.last_day(calendar)
    late_until = last_day + timedelta(days=KEPT_LATE_DAYS)
    standing = [receipt for receipt in receipts if _stands(receipt, as_of)]
    in_time = _paid(promise, standing, min(last_day, as_of))
    in_all = _paid(promise, standing, min(late_until, as_of))

    state = _state(promise, in_time, in_all, as_of, last_day)
    nothing = Money.zero(promise.amount.currency)
    return PromiseVerdict(state, in_all, max(promise.amount - in_all, nothing))


def kept_on(promise: Promise, receipts: Sequence[Receipt], as_of: date) -> date | None:
    """Return the value date with which enough had come, or None while it has not."""
    counted = sorted(
        (
            receipt
            for receipt in receipts
            if _stands(receipt, as_of) and _in_window(promise, receipt)
        ),
        key=lambda receipt: receipt.value_date,
    )
    sums = accumulate(receipt.amount.minor for receipt in counted)
    for receipt, paid in zip(counted, sums, strict=True):
        if paid >= promise.enough.minor:
            return receipt.value_date
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseContext:
    """What the debtor has promised before."""

    open_promises: int = 0
    renegotiations_in_90_days: int = 0
    is_business: bool = False


class PromiseRefusal(StrEnum):
    """Why a promise is not taken; the value is the sentence, with `{names}` for what differs."""

    NOTHING = "A promise is for an amount above zero."
    TOO_MUCH = "{amount} is more than the {open_amount} that is open."
    PAST = "The promised date {due} has passed."
    TOO_FAR = "{due} is more than {days} days away: offer an instalment plan."
    TOO_MANY = "There are {count} open promises already."
    TOO_OFTEN = "It was renegotiated {count} times in 90 days."


def refusals_of(
    promise: Promise, open_amount: Money, on: date, context: PromiseContext
) -> list[tuple[PromiseRefusal, dict[str, object]]]:
    """Return why a promise should not be taken, with what fills in each sentence."""
    horizon = HORIZON_DAYS_BUSINESS if context.is_business else HORIZON_DAYS
    said, no = {"amount": promise.amount, "due": promise.due}, PromiseRefusal
    rules: list[tuple[bool, PromiseRefusal, dict[str, object]]] = [
        (promise.amount.minor <= 0, no.NOTHING, {}),
        (promise.amount > open_amount, no.TOO_MUCH, {**said, "open_amount": open_amount}),
        (promise.due < on, no.PAST, {**said}),
        (promise.due > on + timedelta(days=horizon), no.TOO_FAR, {**said, "days": horizon}),
        (
            context.open_promises >= OPEN_PROMISES_MAX,
            no.TOO_MANY,
            {"count": context.open_promises},
        ),
        (
            context.renegotiations_in_90_days >= RENEGOTIATIONS_MAX,
            no.TOO_OFTEN,
            {"count": context.renegotiations_in_90_days},
        ),
    ]
    return [(refusal, values) for applies, refusal, values in rules if applies]


def why_refuse(
    promise: Promise, open_amount: Money, on: date, context: PromiseContext
) -> list[str]:
    """Return, in sentences, why a promise should not be taken; empty when it may."""
    found = refusals_of(promise, open_amount, on, context)
    return [refusal.value.format(**values) for refusal, values in found]


def _state(
    promise: Promise, in_time: Money, in_all: Money, as_of: date, last_day: date
) -> PromiseState:
    if in_time >= promise.enough:
        return PromiseState.KEPT
    if as_of <= last_day:
        return PromiseState.PENDING if as_of < promise.due else PromiseState.DUE
    if in_all >= promise.enough:
        return PromiseState.KEPT_LATE
    return PromiseState.PARTIAL if in_all else PromiseState.BROKEN


def _stands(receipt: Receipt, as_of: date) -> bool:
    return receipt.returned_on is None or receipt.returned_on > as_of


def _in_window(promise: Promise, receipt: Receipt) -> bool:
    return receipt.value_date >= promise.made_on


def _paid(promise: Promise, receipts: Sequence[Receipt], until: date) -> Money:
    counted = (
        receipt.amount
        for receipt in receipts
        if _in_window(promise, receipt) and receipt.value_date <= until
    )
    return total(counted, promise.amount.currency)

"""A person's own answer to a payment: which items, how much of each, why the rest is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from concilia.kernel.numbers import BASIS_POINTS
from concilia.kernel.reasons import REASONS
from concilia.matching.policy import Policy

TEXT_MAX: Final = 200
WITHHOLDING_RATES_BP: Final = (2000, 400)
EXCHANGE_BAND_BP: Final = 200


class DifferenceKind(StrEnum):
    """Why an item gets less money than it has open; `LATER` leaves the rest of it open."""

    DISCOUNT = "discount"
    CHARGES = "charges"
    EXCHANGE = "exchange"
    SMALL = "small"
    WITHHELD = "withheld"
    SPLIT_VAT = "split_vat"
    DEDUCTION = "deduction"
    LATER = "later"


# What is closed without money and without a claim, and the canonical reason it carries.
WRITEOFF_REASON: Final[Mapping[DifferenceKind, str]] = {
    DifferenceKind.CHARGES: "FI-03",
    DifferenceKind.EXCHANGE: "FI-04",
    DifferenceKind.SMALL: "FI-05",
    DifferenceKind.WITHHELD: "FI-06",
    DifferenceKind.SPLIT_VAT: "FI-07",
}
SMALL: Final = "FI-05"  # what a write-off is that nobody gave a reason for
WRITEOFF_KIND: Final = {reason: kind for kind, reason in WRITEOFF_REASON.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsLine:
    """What a person wants one item to get; minor units, signs as in `cash.models.Allocation`."""

    item_id: int
    applied_minor: int
    discount_minor: int = 0
    writeoff_minor: int = 0
    writeoff_reason: str = ""
    deduction_minor: int = 0
    deduction_reason: str = ""
    deduction_text: str = ""

    @property
    def total_minor(self) -> int:
        """By how much the item goes down, with its sign."""
        return self.applied_minor + self.discount_minor + self.writeoff_minor + self.deduction_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsSplit:
    """A person's own answer to a payment; what the lines leave goes on the customer's account."""

    customer_id: int | None
    lines: Sequence[PersonsLine] = ()

    @property
    def applied_minor(self) -> int:
        """How much of the payment the lines take."""
        return sum(line.applied_minor for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed about one open item; amounts in minor units with the item's sign."""

    number: str
    open_minor: int
    original_minor: int
    discount_bp: int = 0
    discount_until: date | None = None
    vat_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What limits depend on: the payment's value date, and what the bank says it kept."""

    value_date: date
    charges_minor: int = 0


class Refusal(StrEnum):
    """Why a split cannot be booked; the words in the reader's language stand in `cash.actions`."""

    NOT_OPEN = "not_open"
    CREDIT = "credit"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    NO_DISCOUNT = "no_discount"
    DISCOUNT_LATE = "discount_late"
    DISCOUNT_HIGH = "discount_high"
    NO_KIND = "no_kind"
    BEYOND = "beyond"
    NO_REASON = "no_reason"
    TWO_REASONS = "two_reasons"


class SplitRefused(ValueError):
    """A split cannot be booked as it is: why, and which item it is about."""

    def __init__(self, why: Refusal, number: str = "") -> None:
        super().__init__(f"{number}: {why}")
        self.why = why
        self.number = number


def check_line(line: PersonsLine, terms: Terms, received: Received, policy: Policy) -> None:
    """
    Hold one line of a person's split against the item and our own rules (domain.md §6.5).

    What goes beyond a tolerance is no write-off: it becomes a deduction, which is a claim that
    somebody with the authority decides.

    :raises SplitRefused: if the item gets more than it has open, or a difference is not allowed
    """
    _check_amounts(line, terms)
    if line.discount_minor:
        _check_discount(line.discount_minor, terms, received, policy)
    if line.writeoff_minor:
        _check_writeoff(line, terms, received, policy)
    if line.deduction_minor and line.deduction_reason not in REASONS:
        raise SplitRefused(Refusal.NO_REASON, terms.number)


def _check_amounts(line: PersonsLine, terms: Terms) -> None:
    if min(line.discount_minor, line.deduction_minor) < 0:
        raise SplitRefused(Refusal.NEGATIVE, terms.number)
    total, left = line.total_minor, terms.open_minor
    if not total or (total > 0) != (left > 0) or abs(total) > abs(left):
        raise SplitRefused(Refusal.NOT_OPEN, terms.number)
    if left < 0 and total != line.applied_minor:
        raise SplitRefused(Refusal.CREDIT, terms.number)
    if left > 0 and line.applied_minor < 0:
        raise SplitRefused(Refusal.TOO_LARGE, terms.number)


def _check_discount(amount: int, terms: Terms, received: Received, policy: Policy) -> None:
    if not terms.discount_bp or terms.discount_until is None:
        raise SplitRefused(Refusal.NO_DISCOUNT, terms.number)
    if (received.value_date - terms.discount_until).days > policy.discount_grace_days:
        raise SplitRefused(Refusal.DISCOUNT_LATE, terms.number)
    allowed = _share(min(terms.open_minor, terms.original_minor), terms.discount_bp) + 1
    if amount > allowed:
        raise SplitRefused(Refusal.DISCOUNT_HIGH, terms.number)


def _check_writeoff(line: PersonsLine, terms: Terms, received: Received, policy: Policy) -> None:
    kind = WRITEOFF_KIND.get(line.writeoff_reason or SMALL)
    if kind is None:
        raise SplitRefused(Refusal.NO_KIND, terms.number)
    amount = line.writeoff_minor
    if kind in {DifferenceKind.SMALL, DifferenceKind.EXCHANGE}:
        limit = policy.small_difference_minor
        if kind is DifferenceKind.EXCHANGE:
            limit = _share(terms.open_minor, EXCHANGE_BAND_BP)
        fits = abs(amount) <= limit
    elif kind is DifferenceKind.CHARGES:
        fits = 0 < amount <= max(policy.bank_charge_minor, received.charges_minor)
    else:
        fits = any(abs(amount - one) <= 1 for one in _tax(kind, terms))
    if not fits:
        raise SplitRefused(Refusal.BEYOND, terms.number)


def _tax(kind: DifferenceKind, terms: Terms) -> list[int]:
    if terms.vat_minor is None:
        return []
    if kind is DifferenceKind.SPLIT_VAT:
        return [terms.vat_minor] if terms.vat_minor else []
    net = terms.original_minor - terms.vat_minor
    return [_share(net, rate) for rate in WITHHOLDING_RATES_BP]


def _share(amount: int, rate_bp: int) -> int:
    return (amount * rate_bp * 2 + BASIS_POINTS) // (2 * BASIS_POINTS)

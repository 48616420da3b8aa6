"""
Which record a claim speaks of (domain.md §2.6), and whether two claims are one event (R-2.1).

Scores are exact decimals between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from concilia.kernel.numbers import BASIS_POINTS, round_half_up
from concilia.kernel.reason_groups import REASON_GROUPS
from concilia.kernel.references import normalise_reference

ONE: Final = Decimal(1)
ACCEPTED_FROM: Final = Decimal("0.90")
PROPOSED_FROM: Final = Decimal("0.60")
OTHER_CUSTOMER_MAX: Final = Decimal("0.30")
DATE_WINDOW_DAYS: Final = 30
AMOUNT_TOLERANCE_MINOR: Final = 100


class Clue(StrEnum):
    """What a claim and a record have in common."""

    INVOICE_NUMBER = "INVOICE_NUMBER"
    DELIVERY_NUMBER = "DELIVERY_NUMBER"
    ORDER_NUMBER = "ORDER_NUMBER"
    SAME_DEBIT_NOTE = "SAME_DEBIT_NOTE"
    AMOUNT = "AMOUNT"
    ARTICLE = "ARTICLE"
    DATE = "DATE"


WEIGHTS: Final[Mapping[Clue, Decimal]] = {
    Clue.INVOICE_NUMBER: Decimal("0.90"),
    Clue.DELIVERY_NUMBER: Decimal("0.85"),
    Clue.SAME_DEBIT_NOTE: Decimal("0.85"),
    Clue.ORDER_NUMBER: Decimal("0.70"),
    Clue.ARTICLE: Decimal("0.40"),
    Clue.AMOUNT: Decimal("0.30"),
    Clue.DATE: Decimal("0.10"),
}


class Link(StrEnum):
    """What to do with a candidate."""

    ACCEPT = "ACCEPT"
    PROPOSE = "PROPOSE"
    LEAVE = "LEAVE"


@dataclass(frozen=True, slots=True)
class Traits:
    """
    What a claim or a record can be recognised by; numbers as printed, spelling does not matter.

    `amounts_minor` are its total and the totals of its lines; `articles` pairs of SKU and quantity.
    """

    currency: str
    invoices: frozenset[str] = frozenset()
    deliveries: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()
    debit_notes: frozenset[str] = frozenset()
    amounts_minor: frozenset[int] = frozenset()
    articles: frozenset[tuple[str, Decimal]] = frozenset()
    on: date | None = None


def clues_between(claim: Traits, candidate: Traits) -> frozenset[Clue]:
    """Return everything a claim and a candidate record have in common."""
    shared = {
        Clue.INVOICE_NUMBER: _share(claim.invoices, candidate.invoices),
        Clue.DELIVERY_NUMBER: _share(claim.deliveries, candidate.deliveries),
        Clue.ORDER_NUMBER: _share(claim.orders, candidate.orders),
        Clue.SAME_DEBIT_NOTE: _share(claim.debit_notes, candidate.debit_notes),
        Clue.AMOUNT: claim.currency == candidate.currency
        and bool(claim.amounts_minor & candidate.amounts_minor),
        Clue.ARTICLE: bool(claim.articles & candidate.articles),
        Clue.DATE: _near(claim.on, candidate.on),
    }
    return frozenset(clue for clue, is_there in shared.items() if is_there)


def score_of(clues: Iterable[Clue], *, is_same_customer: bool) -> Decimal:
    """Combine clues as 1 - product of (1 - weight); another customer's record gets 0.30 at most."""
    doubt = ONE
    for clue in set(clues):
        doubt *= ONE - WEIGHTS[clue]
    score = ONE - doubt
    return score if is_same_customer else min(score, OTHER_CUSTOMER_MAX)


def link_for(score: Decimal) -> Link:
    """Say what a score is good for: accepted from 0.90, proposed from 0.60."""
    if score >= ACCEPTED_FROM:
        return Link.ACCEPT
    return Link.PROPOSE if score >= PROPOSED_FROM else Link.LEAVE


UNSTATED: Final = frozenset({"", "FI-09", "FI-13", "FI-16", "FI-17"})


class Likeness(StrEnum):
    """Why two claims look like one event, for the person who decides."""

    SAME_INVOICE = "SAME_INVOICE"
    SAME_ORDER = "SAME_ORDER"
    SAME_DELIVERY = "SAME_DELIVERY"
    SAME_AMOUNT = "SAME_AMOUNT"
    SAME_AMOUNT_BUT_VAT = "SAME_AMOUNT_BUT_VAT"
    REASONS_FIT = "REASONS_FIT"
    DATES_NEAR = "DATES_NEAR"


@dataclass(frozen=True, slots=True)
class ClaimedEvent:
    """
    A claim reduced to the economic event behind it (R-2.1).

    `group` is the customer's payer group, or the customer; `vat_bps` the VAT rates of the invoice,
    for one paper may state the amount with VAT and the other without.
    """

    reference: str
    group: str
    currency: str
    amount_minor: int
    reasons: frozenset[str]
    on: date
    invoices: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()
    deliveries: frozenset[str] = frozenset()
    vat_bps: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Twin:
    """Another claim for the same event, with the likeness and its score in basis points."""

    reference: str
    why: tuple[Likeness, ...]
    score_bp: int


class PaidTwice(ValueError):
    """Approving would grant one event twice; the message names the other claim."""


def twin_of(
    claim: ClaimedEvent, other: ClaimedEvent, *, tolerance_minor: int = AMOUNT_TOLERANCE_MINOR
) -> Twin | None:
    """
    Say whether two claims are one event: same group, a shared invoice, order or delivery, reasons
    that fit, the same amount within tolerance (VAT aside), dates within 30 days (R-2.1).
    """
    if claim.group != other.group or claim.currency != other.currency:
        return None
    shared = _shared_references(claim, other)
    amount = _amount_likeness(claim, other, tolerance_minor)
    if not shared or amount is None or not _near(claim.on, other.on):
        return None
    if not _reasons_fit(claim.reasons, other.reasons):
        return None
    why = (*shared, amount, Likeness.REASONS_FIT, Likeness.DATES_NEAR)
    return Twin(other.reference, why, _score_bp(why))


def find_twins(claim: ClaimedEvent, others: Iterable[ClaimedEvent]) -> tuple[Twin, ...]:
    """Return the claims to propose for merging, the likeliest first."""
    twins = (twin_of(claim, other) for other in others if other.reference != claim.reference)
    found = [twin for twin in twins if twin is not None]
    return tuple(sorted(found, key=lambda twin: (-twin.score_bp, twin.reference)))


def require_paid_once(
    claim: ClaimedEvent,
    granted: Iterable[ClaimedEvent],
    *,
    kept_apart: frozenset[str] = frozenset(),
) -> None:
    """
    Refuse to approve a claim whose event was granted in another one.

    :param granted: claims of the group that were approved in whole or part
    :param kept_apart: references a person looked at and found to be other events
    :raises PaidTwice: naming the other claim
    """
    for twin in find_twins(claim, granted):
        if twin.reference not in kept_apart:
            raise PaidTwice(
                f"{twin.reference} already granted this: merge the two, or say that they differ"
            )


def _share(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    known = {normalise_reference(number) for number in ours} - {""}
    return any(normalise_reference(number) in known for number in theirs)


def _near(one: date | None, two: date | None) -> bool:
    return one is not None and two is not None and abs((one - two).days) <= DATE_WINDOW_DAYS


def _shared_references(claim: ClaimedEvent, other: ClaimedEvent) -> tuple[Likeness, ...]:
    shared = (
        (Likeness.SAME_INVOICE, claim.invoices, other.invoices),
        (Likeness.SAME_DELIVERY, claim.deliveries, other.deliveries),
        (Likeness.SAME_ORDER, claim.orders, other.orders),
    )
    return tuple(likeness for likeness, ours, theirs in shared if _share(ours, theirs))


def _amount_likeness(claim: ClaimedEvent, other: ClaimedEvent, tolerance: int) -> Likeness | None:
    one, two = sorted((abs(claim.amount_minor), abs(other.amount_minor)))
    if two - one <= tolerance:
        return Likeness.SAME_AMOUNT
    for vat_bp in claim.vat_bps | other.vat_bps:
        with_vat = round_half_up(Fraction(one * (BASIS_POINTS + vat_bp), BASIS_POINTS))
        if abs(with_vat - two) <= tolerance:
            return Likeness.SAME_AMOUNT_BUT_VAT
    return None


def _reasons_fit(one: frozenset[str], two: frozenset[str]) -> bool:
    if not one - UNSTATED or not two - UNSTATED or one & two:
        return True
    return any(one & group and two & group for group in REASON_GROUPS)


_TWIN_WEIGHTS: Final[Mapping[Likeness, Decimal]] = {
    Likeness.SAME_INVOICE: WEIGHTS[Clue.INVOICE_NUMBER],
    Likeness.SAME_DELIVERY: WEIGHTS[Clue.DELIVERY_NUMBER],
    Likeness.SAME_ORDER: WEIGHTS[Clue.ORDER_NUMBER],
    Likeness.SAME_AMOUNT: WEIGHTS[Clue.AMOUNT],
    Likeness.DATES_NEAR: WEIGHTS[Clue.DATE],
}


def _score_bp(why: Iterable[Likeness]) -> int:
    doubt = ONE
    for likeness in why:
        doubt *= ONE - _TWIN_WEIGHTS.get(likeness, Decimal(0))
    return round_half_up((ONE - doubt) * BASIS_POINTS)

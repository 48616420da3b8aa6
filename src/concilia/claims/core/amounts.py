"""
Every cent in exactly one bucket: INV-04, INV-05, INV-06 and INV-21 of domain.md §7.7.

Amounts are integers of the currency's minor unit. A bucket that does not add up cannot be built.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction

from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import Money
from concilia.kernel.numbers import BASIS_POINTS, round_half_up


class AmountsDisagree(ValueError):
    """Parts that should make a whole do not, or do not belong together."""


@dataclass(frozen=True, slots=True)
class ClaimBuckets:
    """A claim or one line: `approved + denied + undecided = claimed` (INV-05), none negative."""

    claimed: int
    approved: int
    denied: int
    undecided: int
    currency: str

    def __post_init__(self) -> None:
        for field in fields(self)[:4]:
            if getattr(self, field.name) < 0:
                raise AmountsDisagree(f"{field.name} is {getattr(self, field.name)}, below zero")
        _require_whole("claimed", self.claimed, (self.approved, self.denied, self.undecided))

    @classmethod
    def fresh(cls, claimed: int, currency: str) -> ClaimBuckets:
        """Return the buckets of a claim nobody has judged yet."""
        return cls(claimed, 0, 0, claimed, currency)

    def decide(self, *, approved: int, denied: int) -> ClaimBuckets:
        """
        Move undecided cents to approved and denied.

        :raises AmountsDisagree: if more is moved than is undecided, or a move is negative
        """
        if approved < 0 or denied < 0:
            raise AmountsDisagree(f"cannot approve {approved} and deny {denied}: below zero")
        return ClaimBuckets(
            self.claimed,
            self.approved + approved,
            self.denied + denied,
            self.undecided - approved - denied,
            self.currency,
        )


@dataclass(frozen=True, slots=True)
class ItemBuckets:
    """
    Where an item's money is: `original = open + paid + credited + cleared + written_off` (INV-06).

    All carry the sign of `original` (debits positive, credits negative: domain.md N-6) or are zero.
    """

    original: int
    open: int
    paid: int
    credited: int
    cleared: int
    written_off: int
    currency: str

    def __post_init__(self) -> None:
        parts = (self.open, self.paid, self.credited, self.cleared, self.written_off)
        if any(part * self.original < 0 for part in parts):
            raise AmountsDisagree(f"a part of {self.original} has the other sign: {parts}")
        _require_whole("original", self.original, parts)

    @classmethod
    def fresh(cls, original: int, currency: str) -> ItemBuckets:
        """Return the buckets of an item nothing has happened to."""
        return cls(original, original, 0, 0, 0, 0, currency)

    def settle(
        self, *, paid: int = 0, credited: int = 0, cleared: int = 0, written_off: int = 0
    ) -> ItemBuckets:
        """
        Move open money to where it went; negative moves take an earlier one back.

        :raises AmountsDisagree: if the item would cross zero (INV-02)
        """
        return ItemBuckets(
            self.original,
            self.open - paid - credited - cleared - written_off,
            self.paid + paid,
            self.credited + credited,
            self.cleared + cleared,
            self.written_off + written_off,
            self.currency,
        )


def add_claims(parts: Iterable[ClaimBuckets]) -> ClaimBuckets:
    """
    Return the buckets of a claim from those of its lines.

    :raises AmountsDisagree: if there are no lines, or two currencies met (INV-21)
    """
    lines = list(parts)
    currencies = {line.currency for line in lines}
    if len(currencies) != 1:
        raise AmountsDisagree(f"cannot add up lines in {sorted(currencies) or 'no currency'}")
    return ClaimBuckets(
        sum(line.claimed for line in lines),
        sum(line.approved for line in lines),
        sum(line.denied for line in lines),
        sum(line.undecided for line in lines),
        currencies.pop(),
    )


def require_parts(whole: int, parts: Sequence[int]) -> None:
    """
    Check that a claim or deduction split into `parts` is still the same (INV-04).

    :raises AmountsDisagree: if a cent was lost, made up, or a part is zero or of the other sign
    """
    if any(part * whole <= 0 for part in parts):
        raise AmountsDisagree(f"a part of {whole} is zero or has the other sign: {tuple(parts)}")
    _require_whole("the whole", whole, parts)


def allocate(amount: int, claimed: Sequence[int], currency: str) -> list[int]:
    """
    Spread an approved `amount` over lines in proportion to what each claims.

    To the cent by largest remainder (domain.md N-3); no line gets more than it claims.
    :raises AmountsDisagree: if the amount is negative or above what the lines claim together
    """
    if not 0 <= amount <= sum(claimed):
        raise AmountsDisagree(f"cannot spread {amount} over lines claiming {sum(claimed)}")
    if amount == 0:
        return [0] * len(claimed)
    shares = [share.minor for share in Money(amount, currency).split(claimed)]
    assert all(share <= most for share, most in zip(shares, claimed, strict=True))
    return shares


def price_of(quantity: Decimal, unit_price: Decimal, currency: str, *, vat_bp: int = 0) -> int:
    """
    Return quantity * unit price (+ VAT) in minor units, rounded once.

    :param unit_price: in the currency's major unit, net
    :param vat_bp: VAT to add, in basis points
    """
    exact = Fraction(quantity) * Fraction(unit_price) * 10 ** exponent_of(currency)
    return round_half_up(exact * Fraction(BASIS_POINTS + vat_bp, BASIS_POINTS))


def _require_whole(name: str, whole: int, parts: Sequence[int]) -> None:
    if sum(parts) != whole:
        raise AmountsDisagree(f"{name} is {whole}, but its parts {tuple(parts)} make {sum(parts)}")

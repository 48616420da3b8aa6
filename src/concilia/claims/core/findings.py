"""
What a rule concludes: per line what is valid, what is not, what a person must judge, and why.

Nothing here decides. A verdict is a proposal; denial is always a person's act (domain.md R-2.12).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from concilia.claims.core.amounts import AmountsDisagree
from concilia.claims.core.facts import VatBasis
from concilia.claims.core.messages import Message
from concilia.kernel.currencies import exponent_of
from concilia.kernel.numbers import BASIS_POINTS, round_half_up


class Outcome(StrEnum):
    """The verdict in one word."""

    VALID = "VALID"
    PARTLY_VALID = "PARTLY_VALID"
    NOT_VALID = "NOT_VALID"
    UNSUPPORTED = "UNSUPPORTED"


class Part(StrEnum):
    """The column an arithmetic step belongs to."""

    CLAIMED = "CLAIMED"
    VALID = "VALID"
    NOT_VALID = "NOT_VALID"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's name and version: with the facts, all that is needed to judge again."""

    rule_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Factor:
    """
    One amount with its arithmetic written out; unused members are None or zero.

    Either `quantity * (unit_price - less_unit_price)` or `base_minor * rate_bp`, plus VAT at
    `vat_bp`, rounded once, plus `rounding_minor` where the customer's own rounding is taken over.
    """

    part: Part
    amount_minor: int
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    less_unit_price: Decimal | None = None
    base_minor: int | None = None
    rate_bp: int | None = None
    vat_bp: int = 0
    rounding_minor: int = 0

    def recompute(self, currency: str) -> int:
        """Do the arithmetic again; it gives `amount_minor`, or the factor is wrong."""
        exact = self._exact(exponent_of(currency))
        if exact is None:
            return self.amount_minor
        with_vat = exact * Fraction(BASIS_POINTS + self.vat_bp, BASIS_POINTS)
        return round_half_up(with_vat) + self.rounding_minor

    def _exact(self, exponent: int) -> Fraction | None:
        if self.quantity is not None and self.unit_price is not None:
            price = Fraction(self.unit_price) - Fraction(self.less_unit_price or 0)
            return Fraction(self.quantity) * price * Fraction(10) ** exponent
        if self.base_minor is not None and self.rate_bp is not None:
            return Fraction(self.base_minor * self.rate_bp, BASIS_POINTS)
        return None


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """
    One line judged: `claimed = valid + not_valid + undecided`, none negative.

    `proven` says what the papers show, `why` what else there is to say of the rest; `evidence`
    names the papers relied on, `missing` the codes of those that would settle it.
    """

    n: int
    reason: str
    rule: Rule
    claimed_minor: int
    valid_minor: int
    not_valid_minor: int
    undecided_minor: int
    proven: Message
    why: tuple[Message, ...] = ()
    factors: tuple[Factor, ...] = ()
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    vat_basis: VatBasis = VatBasis.NO_VAT
    vat_bp: int = 0

    def __post_init__(self) -> None:
        parts = (self.valid_minor, self.not_valid_minor, self.undecided_minor)
        if min(parts) < 0 or sum(parts) != self.claimed_minor:
            raise AmountsDisagree(f"line {self.n}: {parts} do not make {self.claimed_minor}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    A proposal about a whole claim, with everything needed to show it and to replay it.

    `rule` is the rule that judged it; where lines have different reasons each line names its own.
    `facts_digest` is the SHA-256 of the canonical JSON of the facts.
    """

    claim: str
    outcome: Outcome
    rule: Rule
    currency: str
    claimed_minor: int
    valid_minor: int
    not_valid_minor: int
    undecided_minor: int
    lines: tuple[LineVerdict, ...]
    missing_evidence: tuple[str, ...]
    facts_digest: str

    def __post_init__(self) -> None:
        totals = (
            (self.claimed_minor, sum(line.claimed_minor for line in self.lines)),
            (self.valid_minor, sum(line.valid_minor for line in self.lines)),
            (self.not_valid_minor, sum(line.not_valid_minor for line in self.lines)),
            (self.undecided_minor, sum(line.undecided_minor for line in self.lines)),
        )
        if any(total != added for total, added in totals):
            raise AmountsDisagree(f"claim {self.claim}: its lines do not add up to it: {totals}")
        if self.outcome is not outcome_of(
            valid=self.valid_minor, not_valid=self.not_valid_minor, undecided=self.undecided_minor
        ):
            raise AmountsDisagree(f"claim {self.claim}: {self.outcome} does not fit its amounts")

    @property
    def needs_person(self) -> bool:
        """The rules could not place every cent."""
        return self.undecided_minor > 0 or self.outcome is Outcome.UNSUPPORTED


def outcome_of(*, valid: int, not_valid: int, undecided: int) -> Outcome:
    """
    Name the outcome of three amounts in minor units.

    What is undecided is never called not valid: with nothing proven it is unsupported.
    A claim of nothing at all is unsupported too: there is no money to judge.
    """
    if valid:
        return Outcome.PARTLY_VALID if not_valid or undecided else Outcome.VALID
    return Outcome.NOT_VALID if not_valid and not undecided else Outcome.UNSUPPORTED

"""What an offer to settle is worth against going on (domain.md §3.11)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from typing import Final

from concilia.kernel.money import Money
from concilia.kernel.numbers import quotient, round_half_up, to_places

# The discount factor has a fractional exponent: fifty digits leave no doubt about the cent.
_EXACT_ENOUGH: Final = Context(prec=50)


@dataclass(frozen=True, kw_only=True, slots=True)
class Prospect:
    """
    What going on promises.

    :param claim: principal and legal interest
    :param probability: of recovering it, 0 to 1
    :param rate: yearly discount rate in percent
    :param years: until the money would come
    :param cost: still to be spent
    """

    claim: Money
    probability: Decimal
    rate: Decimal
    years: Decimal
    cost: Money

    def __post_init__(self) -> None:
        if self.claim.minor <= 0 or not 0 <= self.probability <= 1:
            raise ValueError(
                f"a prospect needs a claim above zero ({self.claim}) "
                f"and a probability between 0 and 1 ({self.probability})"
            )
        if self.rate <= -100 or self.years < 0:  # noqa: PLR2004
            raise ValueError(f"{self.rate} % over {self.years} years cannot be discounted")


def expected_value(prospect: Prospect) -> Money:
    """Return `p·B / (1+r)^t - c`, rounded half up: the least offer worth taking (R-3.50)."""
    growth = _EXACT_ENOUGH.power(
        _EXACT_ENOUGH.add(Decimal(1), prospect.rate.scaleb(-2)), prospect.years
    )
    weighted = _EXACT_ENOUGH.multiply(Decimal(prospect.claim.minor), prospect.probability)
    value = round_half_up(_EXACT_ENOUGH.divide(weighted, growth) - prospect.cost.minor)
    return Money(value, prospect.claim.currency)


def is_worth_taking(offer: Money, prospect: Prospect) -> bool:
    """Whether an offer paid now beats going on."""
    return offer >= expected_value(prospect)


def discount_max(prospect: Prospect) -> Decimal:
    """Return the largest discount worth giving, in percent of the claim with two decimals."""
    kept = quotient(expected_value(prospect).minor, prospect.claim.minor)
    assert kept is not None, "a prospect has a claim above zero"
    return to_places(100 * (1 - kept), 2)

"""What a payment pays first inside one debt (domain.md §4.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.kernel.money import Money, total


class Part(StrEnum):
    """What a debt is made of."""

    COSTS = "costs"
    INTEREST = "interest"
    PRINCIPAL = "principal"


COSTS_FIRST: Final = (Part.COSTS, Part.INTEREST, Part.PRINCIPAL)
INTEREST_FIRST: Final = (Part.INTEREST, Part.PRINCIPAL, Part.COSTS)
PRINCIPAL_FIRST: Final = (Part.PRINCIPAL, Part.INTEREST, Part.COSTS)

# IT art. 1194 c.c., DE § 367 BGB; FR art. 1343-1 C. civ., ES art. 1173 CC.
ORDERS: Final[Mapping[str, tuple[Part, ...]]] = MappingProxyType(
    {"IT": COSTS_FIRST, "DE": COSTS_FIRST, "FR": INTEREST_FIRST, "ES": INTEREST_FIRST}
)


@dataclass(frozen=True, slots=True)
class Debt:
    """The parts of a debt, each zero or more, in one currency."""

    costs: Money
    interest: Money
    principal: Money

    @property
    def total(self) -> Money:
        """All of it."""
        return total((self.costs, self.interest, self.principal), self.principal.currency)


def impute(
    payment: Money, debt: Debt, order: tuple[Part, ...] = COSTS_FIRST
) -> tuple[Debt, Debt, Money]:
    """
    Spread a payment over the parts of a debt; return what it paid, what is left, what is too much.

    :param order: the law's by default; the creditor may waive it (`PRINCIPAL_FIRST`)
    :raises ValueError: if the payment is negative
    """
    if payment.minor < 0:
        raise ValueError(f"a payment of {payment} pays nothing")
    nothing = Money.zero(payment.currency)
    paid, left = Debt(nothing, nothing, nothing), debt
    for part in order:
        owed: Money = getattr(debt, part)
        taken = min(payment, owed)
        paid = replace(paid, **{part: taken})
        left = replace(left, **{part: owed - taken})
        payment -= taken
    return paid, left, payment

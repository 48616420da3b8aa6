"""What of late interest may be asked for today, item by item (domain.md R-3.30, R-3.34, §4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from concilia.dunning.core.interest import InterestRefused, LateInterest, LateItem, late_interest
from concilia.dunning.core.interest_rates import RATES, RateMissing, RateTable
from concilia.dunning.core.interest_regimes import (
    AgreedRate,
    Kind,
    Regime,
    RegimeUnknown,
    StartRule,
    regime_for,
)
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.kernel.money import Money, total

LEAST_UNITS: Final = 5  # whole units: less bears no interest worth a line
# Our own mistake, and people who need time: no fee and no interest (§3.1).
NO_INTEREST: Final = frozenset(code for code, one in PROTOCOLS.items() if one.no_charges)


class WhyNot(StrEnum):
    """Why nothing is asked for."""

    LAW_UNKNOWN = "LAW_UNKNOWN"
    NOTICE = "NOTICE"  # it runs from a formal notice
    CONTRACT = "CONTRACT"  # it needs a rate agreed by contract
    RATE_MISSING = "RATE_MISSING"  # a half-year's rate is unknown: `half_year` names it
    RESTS = "RESTS"  # a reason gives time
    OUR_MISTAKE = "OUR_MISTAKE"  # the reason bears no interest
    LITTLE = "LITTLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePart:
    """
    What may be asked for of one item, and what was paid of that late.

    :param paid: payments by value date, after the due date
    """

    key: int
    asked: Money
    due: date
    paid: Sequence[tuple[date, Money]] = ()
    reason: str = ""
    rests: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """
    The interest of one item today with its arithmetic, or why there is none.

    `fixed` is the sum the law grants for costs, also where a rate is missing; None: no sum, or
    none in a currency we can compare.
    """

    part: LatePart
    found: LateInterest | None = None
    fixed: Money | None = None
    why_not: WhyNot | None = None
    half_year: str = ""


def law_of(country: str, *, is_business: bool) -> Regime | None:
    """The law of late payment of a country; None where we know none."""
    try:
        return regime_for(country, Kind.B2B if is_business else Kind.B2C)
    except RegimeUnknown:
        return None


def demand_of(part: LatePart, law: Regime | None, today: date, rates: RateTable = RATES) -> Demand:
    """
    Say what interest and fixed sum may be asked for of one item today.

    A half-year whose rate is unknown is named and nothing is estimated: what is estimated is never
    asked for (`RATE_MISSING`). What was paid late bears interest until it came.
    """
    why_not = _why_not(part, law)
    if why_not is not None or law is None:
        return Demand(part=part, why_not=why_not)
    principal = part.asked + total((minor for _day, minor in part.paid), part.asked.currency)
    try:
        item = LateItem(principal=principal, due=part.due, until=today, reductions=tuple(part.paid))
        found = late_interest(item, law, rates=rates)
        return Demand(part=part, found=found, fixed=found.compensation)
    except RateMissing as missing:
        fixed = law.compensation.due_on(principal) if law.compensation else None
        return Demand(
            part=part, fixed=fixed, why_not=WhyNot.RATE_MISSING, half_year=missing.half_year
        )
    except InterestRefused:
        return Demand(part=part, why_not=WhyNot.CONTRACT)


def demanded(demands: Sequence[Demand], currency: str) -> tuple[Money, Money]:
    """Interest and fixed sums of all items in a currency; a sum in another is not among them."""
    found = [one.found for one in demands if one.found is not None]
    fixed = [one.fixed for one in demands if one.fixed is not None]
    return (
        total((one.interest for one in found if one.interest.currency == currency), currency),
        total((one for one in fixed if one.currency == currency), currency),
    )


def _why_not(part: LatePart, law: Regime | None) -> WhyNot | None:
    least = Money(LEAST_UNITS * 10**part.asked.exponent, part.asked.currency)
    rules = (
        (law is None, WhyNot.LAW_UNKNOWN),
        (part.reason in NO_INTEREST, WhyNot.OUR_MISTAKE),
        (part.rests, WhyNot.RESTS),
        (part.asked < least, WhyNot.LITTLE),
        (law is not None and law.start is StartRule.NOTICE, WhyNot.NOTICE),
        (law is not None and law.agreed is AgreedRate.NEEDED, WhyNot.CONTRACT),
    )
    return next((why for applies, why in rules if applies), None)

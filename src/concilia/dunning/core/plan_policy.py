"""
What a customer may agree on alone, and what a company keeps to in plans and new dates.

Beyond these bounds a plan that a customer asks for waits for a person (art. 22 GDPR: no program
says no). How many rows for how much a rule may sign is in the table of limits (§8.1), not here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from concilia.dunning.core.instalments import Model, Plan
from concilia.kernel.currencies import exponent_of
from concilia.kernel.periods import add_months

BP: Final = 10_000
DATES_WINDOW: Final = timedelta(days=365)


class Who(StrEnum):
    """Which customers agree on a plan by their own yes."""

    NOBODY = "nobody"
    COMPANIES = "companies"  # those with a VAT number
    EVERYBODY = "everybody"


class Breach(StrEnum):
    """Why a plan that a customer asks for waits for a person."""

    WHO = "WHO"
    TOO_LITTLE = "TOO_LITTLE"
    TOO_MUCH = "TOO_MUCH"
    PARTS = "PARTS"
    MONTHS = "MONTHS"
    SMALL_PART = "SMALL_PART"
    SMALL_FIRST = "SMALL_FIRST"
    LATE_FIRST = "LATE_FIRST"
    INTEREST = "INTEREST"
    AUTHORITY = "AUTHORITY"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPolicy:
    """
    The bounds of one company `[P]`; amounts in whole units of the plan's currency.

    :param first_bp: the least share of the first row, in basis points of the debt
    :param first_days: how far away the first row may be
    :param new_date_days: how far a due date may be moved, and `new_dates` how often in a year
    :param grace_days: business days after which a row is late (R-3.25)
    """

    who: Who = Who.EVERYBODY
    parts_max: int = 6
    months_max: int = 6
    amount_min: int = 100
    amount_max: int = 5_000
    part_min: int = 25
    first_bp: int = 1_000
    first_days: int = 31
    model: Model = Model.EQUAL
    rate_percent: Decimal = Decimal(0)
    new_date_days: int = 45
    new_dates: int = 1
    grace_days: int = 5
    late_rows_max: int = 3
    very_late_days: int = 30
    very_late_bp: int = 1_000


DEFAULT_POLICY: Final = PlanPolicy()
# The least and the most each number may be set to.
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "parts_max": (1, 60),
    "months_max": (1, 60),
    "amount_min": (0, 1_000_000_000),
    "amount_max": (0, 1_000_000_000),
    "part_min": (0, 1_000_000),
    "first_bp": (0, 9_000),
    "first_days": (0, 90),
    "rate_percent": (0, 20),
    "new_date_days": (1, 90),
    "new_dates": (0, 4),
    "grace_days": (0, 20),
    "late_rows_max": (2, 12),
    "very_late_days": (10, 90),
    "very_late_bp": (100, BP),
}


class PolicyUnreadable(ValueError):
    """A value of the policy is none, or beyond its bounds; `name` says which."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name
        self.text = text


def policy_from(stored: Mapping[str, Any]) -> PlanPolicy:
    """
    Read a policy from the settings of a company; what is not set is as shipped.

    :raises PolicyUnreadable: for a name that is none, a value that is none or beyond its bounds
    """
    known = {each.name for each in fields(PlanPolicy)}
    if unknown := sorted(set(stored) - known):
        raise PolicyUnreadable(unknown[0][:40], "")
    policy = PlanPolicy(**{name: _value(name, value) for name, value in stored.items()})
    if (policy.model is Model.EQUAL) == bool(policy.rate_percent):
        raise PolicyUnreadable("rate_percent", str(policy.rate_percent))
    return policy


def breaches_of(plan: Plan, policy: PlanPolicy, *, today: date, is_business: bool) -> list[Breach]:
    """Return why a customer cannot agree on this plan alone; empty when they can."""
    return list(_breaches(plan, policy, today, is_business=is_business))


def breaches_of_new_date(
    plan: Plan, policy: PlanPolicy, *, today: date, is_business: bool
) -> list[Breach]:
    """The same for another due date: how far away it is and for how much, not in which parts."""
    kept = {Breach.WHO, Breach.TOO_MUCH}
    found = [
        breach
        for breach in _breaches(plan, policy, today, is_business=is_business)
        if breach in kept
    ]
    is_far = plan.terms.first_due > today + timedelta(days=policy.new_date_days)
    return [*found, Breach.LATE_FIRST] if is_far else found


def _breaches(
    plan: Plan, policy: PlanPolicy, today: date, *, is_business: bool
) -> Iterator[Breach]:
    terms, unit = plan.terms, 10 ** exponent_of(plan.terms.principal.currency)
    principal, rows = terms.principal.minor, plan.rows
    smallest = min(row.payment.minor for row in rows)
    is_one_of = policy.who is Who.EVERYBODY or (policy.who is Who.COMPANIES and is_business)
    rules = (
        (not is_one_of, Breach.WHO),
        (principal < policy.amount_min * unit, Breach.TOO_LITTLE),
        (principal > policy.amount_max * unit, Breach.TOO_MUCH),
        (len(rows) > policy.parts_max, Breach.PARTS),
        (rows[-1].due > add_months(today, policy.months_max), Breach.MONTHS),
        (smallest < policy.part_min * unit, Breach.SMALL_PART),
        (rows[0].principal.minor * BP < policy.first_bp * principal, Breach.SMALL_FIRST),
        (terms.first_due > today + timedelta(days=policy.first_days), Breach.LATE_FIRST),
        ((terms.model, terms.rate) != (policy.model, policy.rate_percent), Breach.INTEREST),
    )
    return (breach for applies, breach in rules if applies)


def _value(name: str, value: object) -> Any:  # noqa: ANN401 - as the field has it
    try:
        read = _READERS.get(name, int)(str(value).strip())
    except (ValueError, InvalidOperation) as no_value:
        raise PolicyUnreadable(name, str(value)[:40]) from no_value
    if name in BOUNDS:
        least, most = BOUNDS[name]
        if not (Decimal(read).is_finite() and least <= read <= most):
            raise PolicyUnreadable(name, str(value)[:40])
    return read


_READERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "who": Who,
    "model": Model,
    "rate_percent": Decimal,
}


def parts_of(minor: int, monthly: int) -> int:
    """
    Return in how many rows of at most so much a month an amount is paid, 1 at least.

    :raises ValueError: if nothing is paid a month
    """
    if monthly <= 0:
        raise ValueError(f"{monthly} a month pays nothing")
    return max(1, -(-minor // monthly))

"""Instalment plans: what is paid when, with what interest (domain.md R-3.20 to R-3.24)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.holidays import FIRST_YEAR, LAST_YEAR
from concilia.kernel.money import Money, total
from concilia.kernel.numbers import Exact, percent
from concilia.kernel.periods import MONTHS_IN_YEAR, add_months

ROWS_MAX: Final = 600  # fifty years of months
DAYS_IN_YEAR: Final = 365


class PlanRefused(ValueError):
    """The terms do not make a plan."""


class Model(StrEnum):
    """How interest enters the rows."""

    EQUAL = "equal"  # none: the debt in equal parts
    LINEAR = "linear"  # equal principal, simple interest by days on what is left
    ANNUITY = "annuity"  # equal payments; only where contract and law allow


@dataclass(frozen=True, kw_only=True)
class PlanTerms:
    """
    What was agreed.

    :param count: monthly rows, the down payment not among them
    :param first_due: when the first row is due; later rows keep its day of the month
    :param rate: yearly interest in percent; must be zero in the EQUAL model
    :param down_payment: due on `first_due`, before the `count` rows (R-3.21)
    :param start: the day from which interest runs; by default one month before `first_due`, or
        `first_due` itself where a down payment opens the plan
    :param calendar: moves collections (never due dates) to business days
    """

    principal: Money
    count: int
    first_due: date
    model: Model = Model.EQUAL
    rate: Decimal = Decimal(0)
    down_payment: Money | None = None
    start: date | None = None
    calendar: BusinessCalendar | None = None

    def __post_init__(self) -> None:
        if self.principal.minor <= 0:
            raise PlanRefused(f"there is no debt to pay in instalments: {self.principal}")
        if not 1 <= self.count <= ROWS_MAX:
            raise PlanRefused(f"a plan has 1 to {ROWS_MAX} instalments, not {self.count}")
        if not 0 <= self.rate <= 100:  # noqa: PLR2004
            raise PlanRefused(f"an interest rate of {self.rate} % a year is not between 0 and 100")
        if self.model is Model.EQUAL and self.rate:
            raise PlanRefused("the equal model bears no interest: choose linear or annuity")
        self._check_down_payment()
        if not FIRST_YEAR <= self.first_due.year <= LAST_YEAR - 1 - self.count // MONTHS_IN_YEAR:
            raise PlanRefused(
                f"a plan from {self.first_due} leaves the years we have calendars for"
            )
        if self.interest_start > self.first_due:
            raise PlanRefused(f"interest cannot start after the first due date {self.first_due}")

    def _check_down_payment(self) -> None:
        down = self.down_payment
        if down is None:
            return
        if down.minor <= 0 or down >= self.principal:
            raise PlanRefused(f"a down payment of {down} must lie between 0 and {self.principal}")

    @property
    def interest_start(self) -> date:
        """The day from which interest runs."""
        if self.start is not None:
            return self.start
        return self.first_due if self.down_payment else add_months(self.first_due, -1)

    @property
    def financed(self) -> Money:
        """What the rows after the down payment pay back."""
        return self.principal - self.down_payment if self.down_payment else self.principal


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One instalment. `balance` is the principal left after it."""

    n: int
    due: date
    collect_on: date
    days: int
    principal: Money
    interest: Money
    balance: Money

    @property
    def payment(self) -> Money:
        """What is to be paid."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Plan:
    """The rows, and the terms they follow from."""

    terms: PlanTerms
    rows: tuple[PlanRow, ...]

    @property
    def interest_total(self) -> Money:
        """What the delay costs in all."""
        return total((row.interest for row in self.rows), self.terms.principal.currency)

    @property
    def payment_total(self) -> Money:
        """What is to be paid in all."""
        return total((row.payment for row in self.rows), self.terms.principal.currency)


def plan(terms: PlanTerms) -> Plan:
    """
    Work out the rows: principals add up to the debt, dates increase, the last balance is zero.

    Raises `PlanRefused` through `PlanTerms` only: any terms that exist have a plan (R-3.28).
    """
    dues = [add_months(terms.first_due, n) for n in range(terms.count + bool(terms.down_payment))]
    starts = [terms.interest_start, *dues[:-1]]
    days = [(due - start).days for start, due in zip(starts, dues, strict=True)]

    amounts: list[tuple[Money, Money]] = []
    balance = terms.principal
    if terms.down_payment:
        amounts.append((terms.down_payment, simple_interest(balance, terms.rate, days[0])))
        balance -= terms.down_payment
    amounts += _MODELS[terms.model](terms, balance, days[len(amounts) :])
    return Plan(terms, _rows(terms, dues, days, amounts))


def period_interest(terms: PlanTerms, balance: Money, days: int) -> Money:
    """
    Return the interest of one row on the principal left before it, rounded half up once.

    LINEAR counts days over 365 (R-3.22), ANNUITY one twelfth of the yearly rate (R-3.23).
    """
    if terms.model is Model.ANNUITY:
        return balance.times(monthly_rate(terms.rate))
    return simple_interest(balance, terms.rate, days)


def simple_interest(principal: Money, rate: Exact, days: int) -> Money:
    """Return yearly interest in percent for so many days over 365, rounded half up once."""
    return principal.times(percent(rate) * days / DAYS_IN_YEAR)


def monthly_rate(rate: Exact) -> Fraction:
    """Return one twelfth of a yearly rate in percent, as an exact factor."""
    return percent(rate) / MONTHS_IN_YEAR


def annuity_payment(principal: Money, rate: Exact, count: int) -> Money:
    """Return the equal monthly payment `P·i / (1 - (1+i)^-n)`, rounded half up (R-3.23)."""
    i = monthly_rate(rate)
    if i == 0:
        return principal.split_equal(count)[0]
    return principal.times(i / (1 - (1 + i) ** -count))


def down_payment(principal: Money, rate: Exact) -> Money:
    """Return a first payment given as a percentage of the debt (R-3.21)."""
    return principal.percent(rate)


def _equal_principal(
    terms: PlanTerms, balance: Money, days: Sequence[int]
) -> list[tuple[Money, Money]]:
    amounts: list[tuple[Money, Money]] = []
    for principal, elapsed in zip(balance.split_equal(terms.count), days, strict=True):
        amounts.append((principal, period_interest(terms, balance, elapsed)))
        balance -= principal
    return amounts


def _annuity(terms: PlanTerms, balance: Money, days: Sequence[int]) -> list[tuple[Money, Money]]:
    if terms.rate == 0:
        return _equal_principal(terms, balance, days)
    payment = annuity_payment(balance, terms.rate, terms.count)
    amounts: list[tuple[Money, Money]] = []
    for elapsed in days:
        interest = period_interest(terms, balance, elapsed)
        is_last = len(amounts) == terms.count - 1
        # A few cents over many rows round up to more than there is: the debt ends early then.
        principal = balance if is_last else min(payment - interest, balance)
        amounts.append((principal, interest))
        balance -= principal
    return amounts


_MODELS: Final[
    dict[Model, Callable[[PlanTerms, Money, Sequence[int]], list[tuple[Money, Money]]]]
] = {
    Model.EQUAL: _equal_principal,
    Model.LINEAR: _equal_principal,
    Model.ANNUITY: _annuity,
}


def _rows(
    terms: PlanTerms,
    dues: Sequence[date],
    days: Sequence[int],
    amounts: Sequence[tuple[Money, Money]],
) -> tuple[PlanRow, ...]:
    rows = []
    balance = terms.principal
    for n, (due, elapsed, (principal, interest)) in enumerate(
        zip(dues, days, amounts, strict=True), start=1
    ):
        balance -= principal
        collect_on = terms.calendar.next_business_day(due) if terms.calendar else due
        rows.append(PlanRow(n, due, collect_on, elapsed, principal, interest, balance))
    assert balance.is_zero, f"{balance} is left after the last row"
    return tuple(rows)

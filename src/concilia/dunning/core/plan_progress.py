"""What has been paid of an instalment plan, and what follows (domain.md R-3.25 to R-3.27)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final

from concilia.dunning.core.instalments import Plan, PlanRow, period_interest, simple_interest
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total

GRACE_BUSINESS_DAYS: Final = 5
LATE_ROWS_MAX: Final = 3
VERY_LATE_DAYS: Final = 30
VERY_LATE_SHARE: Final = Fraction(1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class DefaultRules:
    """When a row is late and a plan has failed `[P]`; as domain.md R-3.25 has it by default."""

    grace_days: int = GRACE_BUSINESS_DAYS
    late_rows_max: int = LATE_ROWS_MAX
    very_late_days: int = VERY_LATE_DAYS
    very_late_share: Fraction = VERY_LATE_SHARE


USUAL_RULES: Final = DefaultRules()


class Excess(StrEnum):
    """Which row a payment prepays once all that is due is paid."""

    LAST = "last"
    NEXT = "next"


class PlanHealth(StrEnum):
    """How a plan stands. Acceleration is an act of a person, never a consequence of this."""

    ON_TRACK = "ON_TRACK"
    AT_RISK = "AT_RISK"
    DEFAULTED = "DEFAULTED"
    COMPLETED = "COMPLETED"


@dataclass(frozen=True, slots=True)
class RowState:
    """A row, and what has been paid of it; `settled_on` is the day it was paid in full."""

    row: PlanRow
    principal_paid: Money
    interest_paid: Money
    settled_on: date | None = None

    @property
    def principal_open(self) -> Money:
        """The principal still to pay."""
        return self.row.principal - self.principal_paid

    @property
    def interest_open(self) -> Money:
        """The interest still to pay."""
        return self.row.interest - self.interest_paid

    @property
    def paid(self) -> Money:
        """What has been paid."""
        return self.principal_paid + self.interest_paid

    @property
    def open(self) -> Money:
        """What is still to pay."""
        return self.principal_open + self.interest_open


@dataclass(frozen=True, slots=True)
class PlanState:
    """Every row of a plan with what has been paid of it."""

    plan: Plan
    rows: tuple[RowState, ...]

    @classmethod
    def unpaid(cls, plan: Plan) -> PlanState:
        """Return the plan as it is on its first day."""
        nothing = Money.zero(plan.terms.principal.currency)
        return cls(plan, tuple(RowState(row, nothing, nothing) for row in plan.rows))

    @property
    def principal_open(self) -> Money:
        """The principal still to pay, due or not."""
        return total((row.principal_open for row in self.rows), self._currency)

    @property
    def paid(self) -> Money:
        """All that has been paid to the plan (INV-15)."""
        return total((row.paid for row in self.rows), self._currency)

    @property
    def _currency(self) -> str:
        return self.plan.terms.principal.currency


def pay(
    state: PlanState, amount: Money, on: date, excess: Excess = Excess.LAST
) -> tuple[PlanState, Money]:
    """
    Apply a payment to a plan; return the new state and what the plan has no use for.

    The oldest due row comes first, in a row interest before principal (§4.4). What is left prepays
    principal: of the last row (the plan ends earlier) or of the next, the first of these with its
    interest. Interest of the rows after the next one then falls with the balance: future interest
    is never due.

    :param on: the value date
    :raises ValueError: if the amount is not positive
    """
    if amount.minor <= 0:
        raise ValueError(f"a payment of {amount} pays nothing")
    rows = list(state.rows)
    for index, row in enumerate(rows):
        if row.row.due <= on:
            rows[index], amount = _pay_row(row, amount, on, with_interest=True)
    if amount:
        rows, amount = _prepay(state.plan, rows, amount, on, excess)
    return PlanState(state.plan, tuple(rows)), amount


def pay_off_amount(state: PlanState, on: date) -> Money:
    """
    Return what ends the plan today: unpaid principal and interest accrued to the day (R-3.26).

    Interest of rows that are due and unpaid is part of it; interest of the future is not.
    """
    interest = _due_interest_open(state, on)
    last_due = max((row.row.due for row in state.rows if row.row.due <= on), default=None)
    since = last_due or state.plan.terms.interest_start
    accrued = _accrued(state, since, on)
    return state.principal_open + interest + accrued


def accelerated_amount(state: PlanState, on: date, late_interest: Money | None = None) -> Money:
    """
    Return what is owed when the whole plan falls due for default (R-3.25).

    Unpaid principal and simple interest on it since the last row that was paid in full, over 365
    days; `late_interest` is what the law adds on the rows that were due. Future interest is not.
    """
    settled = [row.row.due for row in state.rows if row.settled_on and row.row.due <= on]
    since = max(settled, default=state.plan.terms.interest_start)
    paid_since = total(
        (row.interest_paid for row in state.rows if row.row.due > since and not row.settled_on),
        state.principal_open.currency,
    )
    accrued = _accrued(state, since, on)
    owed = state.principal_open + max(accrued - paid_since, Money.zero(accrued.currency))
    return owed + late_interest if late_interest else owed


def health(
    state: PlanState,
    as_of: date,
    calendar: BusinessCalendar,
    rules: DefaultRules = USUAL_RULES,
) -> PlanHealth:
    """
    Say how the plan stands (R-3.25).

    A row is late when it was not paid in full five business days after its due date, even if it was
    paid since. One late row puts the plan at risk; two in a row, three in all, or more than a tenth
    of the plan late by more than 30 days mean default.
    """
    if not any(row.open for row in state.rows):
        return PlanHealth.COMPLETED
    late = [was_late(row, as_of, calendar, rules) for row in state.rows]
    consecutive = any(one and other for one, other in pairwise(late))
    if consecutive or sum(late) >= rules.late_rows_max or _very_late(state, as_of, rules):
        return PlanHealth.DEFAULTED
    return PlanHealth.AT_RISK if any(late) else PlanHealth.ON_TRACK


def was_late(
    state: RowState, as_of: date, calendar: BusinessCalendar, rules: DefaultRules = USUAL_RULES
) -> bool:
    """Whether a row was unpaid when its days of grace were over, even if it was paid since."""
    if not state.row.payment:
        return False
    until = calendar.add_business_days(state.row.due, rules.grace_days)
    return (state.settled_on or as_of) > until


def _prepay(
    plan: Plan, rows: list[RowState], amount: Money, on: date, excess: Excess
) -> tuple[list[RowState], Money]:
    future = [index for index, row in enumerate(rows) if row.row.due > on]
    for index in future if excess is Excess.NEXT else reversed(future):
        runs = excess is Excess.NEXT and index == future[0]
        rows[index], amount = _pay_row(rows[index], amount, on, with_interest=runs)
    rows = _repriced(plan, rows, future, on)
    # With no principal left, the interest of the running row is all that can still be paid.
    for index in future:
        rows[index], amount = _pay_row(rows[index], amount, on, with_interest=True)
    return rows, amount


def _pay_row(
    state: RowState, amount: Money, on: date, *, with_interest: bool
) -> tuple[RowState, Money]:
    if not state.open or not amount:
        return state, amount
    interest = min(amount, state.interest_open) if with_interest else Money.zero(amount.currency)
    principal = min(amount - interest, state.principal_open)
    paid = replace(
        state,
        interest_paid=state.interest_paid + interest,
        principal_paid=state.principal_paid + principal,
    )
    if not paid.open:
        paid = replace(paid, settled_on=on)
    return paid, amount - interest - principal


def _repriced(plan: Plan, rows: list[RowState], future: Sequence[int], on: date) -> list[RowState]:
    """
    Charge the rows after the running one only for the principal that is still there.

    The running row keeps its interest: what is paid early within a period saves from the next on.
    """
    terms = plan.terms
    principal_left = total((row.principal_open for row in rows), terms.principal.currency)
    for place, index in enumerate(future):
        state = rows[index]
        if place > 0:
            due = period_interest(terms, principal_left, state.row.days)
            row = replace(state.row, interest=max(due, state.interest_paid))
            state = replace(state, row=row)
        if not state.open and state.settled_on is None:
            state = replace(state, settled_on=on)
        rows[index] = state
        principal_left -= state.principal_open
    return rows


def _due_interest_open(state: PlanState, on: date) -> Money:
    due = (row.interest_open for row in state.rows if row.row.due <= on)
    return total(due, state.principal_open.currency)


def _accrued(state: PlanState, since: date, on: date) -> Money:
    days = max((on - since).days, 0)
    return simple_interest(state.principal_open, state.plan.terms.rate, days)


def _very_late(state: PlanState, as_of: date, rules: DefaultRules) -> bool:
    late = total(_open_for_long(state, as_of, rules), state.principal_open.currency)
    return Fraction(late.minor) > rules.very_late_share * state.plan.payment_total.minor


def _open_for_long(state: PlanState, as_of: date, rules: DefaultRules) -> Iterator[Money]:
    border = as_of - timedelta(days=rules.very_late_days)
    return (row.open for row in state.rows if row.row.due < border)

"""What money and days make of a running plan (domain.md R-3.25, R-3.27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from concilia.dunning.core import plans
from concilia.dunning.core.instalments import Plan
from concilia.dunning.core.plan_progress import (
    USUAL_RULES,
    DefaultRules,
    Excess,
    PlanHealth,
    PlanState,
    health,
    pay,
    was_late,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money

ONE_DAY: Final = timedelta(days=1)
STATE_OF: Final = {
    PlanHealth.ON_TRACK: plans.PlanState.ACTIVE,
    PlanHealth.AT_RISK: plans.PlanState.AT_RISK,
    PlanHealth.DEFAULTED: plans.PlanState.DEFAULTED,
    PlanHealth.COMPLETED: plans.PlanState.COMPLETED,
}


@dataclass(frozen=True, slots=True)
class Received:
    """Money that came for a plan, by value date, in minor units."""

    on: date
    minor: int


@dataclass(frozen=True, slots=True)
class OnItem:
    """
    What happened to one item of a plan since it was agreed, in minor units.

    :param amount: its part of the principal
    :param open: what is open of the item now
    :param cash: what payments brought to it since
    """

    amount: int
    open: int
    cash: int

    @property
    def by_cash(self) -> int:
        """What of its part payments paid."""
        return min(self.cash, self.amount)

    @property
    def otherwise(self) -> int:
        """What of its part is gone without money: credited, written off, deducted."""
        return max(0, self.amount - self.by_cash - max(self.open, 0))

    @property
    def paid(self) -> int:
        """What of its part is gone."""
        return self.by_cash + self.otherwise


def money_of_rows(plan: Plan, received: Sequence[Received], otherwise: int) -> PlanState:
    """
    Deal money out to the rows: the oldest that is due first, what is left to the next.

    Who pays a row before its day has paid that row (R-3.27, by option). What went away without
    money shortens the plan from its end, and counts from before its start: a credit note pays no
    instalment.

    :param otherwise: in minor units
    """
    state, currency = PlanState.unpaid(plan), plan.terms.principal.currency
    before = plan.terms.interest_start - ONE_DAY
    if otherwise > 0:
        state, _ = pay(state, Money(otherwise, currency), before)
    for one in sorted(received, key=lambda each: each.on):
        if one.minor > 0:
            state, _ = pay(state, Money(one.minor, currency), one.on, Excess.NEXT)
    return state


def state_by_money(
    state: PlanState,
    as_of: date,
    calendar: BusinessCalendar,
    rules: DefaultRules = USUAL_RULES,
    *,
    is_new_date: bool = False,
    is_settlement: bool = False,
) -> plans.PlanState:
    """
    Say where a plan stands by money alone.

    A new date that was not kept is over at once: there is no other row to wait for. A settlement
    that was paid too late gives nothing up: the debt is whole (§3.11).
    """
    found = health(state, as_of, calendar, rules)
    if is_settlement and any(was_late(row, as_of, calendar, rules) for row in state.rows):
        found = PlanHealth.DEFAULTED
    if is_new_date and found is PlanHealth.AT_RISK:
        found = PlanHealth.DEFAULTED
    return STATE_OF[found]


def late_rows(
    state: PlanState,
    as_of: date,
    calendar: BusinessCalendar,
    rules: DefaultRules = USUAL_RULES,
) -> list[bool]:
    """Whether each row was unpaid when its days of grace were over."""
    return [was_late(row, as_of, calendar, rules) for row in state.rows]

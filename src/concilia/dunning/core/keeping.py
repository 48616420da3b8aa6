"""What promises and plans keep from being asked for (domain.md R-3.30, §3.6, R-3.25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from concilia.dunning.core.plan_progress import PlanHealth, PlanState, health
from concilia.dunning.core.promises import (
    Promise,
    PromiseState,
    Receipt,
    evaluate_promise,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total

# Until its last day is over a promise is believed; what is suspended waits for somebody.
_BELIEVED: Final = frozenset({PromiseState.PENDING, PromiseState.DUE, PromiseState.SUSPENDED})
_RUNNING: Final = frozenset({PlanHealth.ON_TRACK, PlanHealth.AT_RISK})


def promised(
    promise: Promise,
    receipts: Sequence[Receipt],
    on: date,
    calendar: BusinessCalendar,
    *,
    suspended: bool = False,
) -> Money:
    """
    Return what a promise keeps from being asked for on a day: what of it has not come yet.

    Nothing once it is kept, for the money is allocated; nothing once it is broken or kept in part,
    for then the rest is owed as before.

    :param suspended: somebody suspended it, for a dispute or hardship
    """
    verdict = evaluate_promise(promise, receipts, on, calendar)
    state = PromiseState.SUSPENDED if suspended else verdict.state
    return verdict.missing if state in _BELIEVED else Money.zero(promise.amount.currency)


def planned(
    state: PlanState, on: date, calendar: BusinessCalendar, *, accelerated: bool = False
) -> Money:
    """
    Return the principal that a plan keeps from being asked for on a day.

    All that is open while it runs, also at risk: its late rows are its own matter. In default the
    rows that are not due yet, because the whole falls due only by an act of a person; after that
    act nothing.
    """
    nothing = Money.zero(state.principal_open.currency)
    if accelerated:
        return nothing
    if health(state, on, calendar) in _RUNNING:
        return state.principal_open
    not_due = (row.principal_open for row in state.rows if row.row.due > on)
    return total(not_due, nothing.currency)


def why_not_accelerate(
    standing: PlanHealth, *, by_person: bool, noticed_on: date | None, on: date
) -> str | None:
    """
    Say in a sentence why a plan cannot fall due as a whole now; None if it can (R-3.25).

    It takes a default, a formal notice before the day of the act, and a person.
    """
    if standing is not PlanHealth.DEFAULTED:
        return f"The plan is {standing.replace('_', ' ').lower()}, not in default."
    if noticed_on is None or noticed_on >= on:
        return "No formal notice was given before."
    return None if by_person else "A person decides this, no program."

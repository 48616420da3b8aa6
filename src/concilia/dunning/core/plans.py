"""An instalment plan from the first word to the last row: who ends it, what money does to it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from concilia.kernel.machine import Machine


class PlanState(StrEnum):
    """Where a plan stands."""

    PROPOSED = "PROPOSED"
    ACTIVE = "ACTIVE"
    AT_RISK = "AT_RISK"
    DEFAULTED = "DEFAULTED"
    COMPLETED = "COMPLETED"
    CANCELLED = "CANCELLED"
    ACCELERATED = "ACCELERATED"


class PlanAction(StrEnum):
    """What can happen to a plan. The last three are acts of people, always."""

    MISS = "MISS"
    CATCH_UP = "CATCH_UP"
    FAIL = "FAIL"
    COMPLETE = "COMPLETE"
    RETURN = "RETURN"
    AGREE = "AGREE"
    CANCEL = "CANCEL"
    ACCELERATE = "ACCELERATE"


_S, _A = PlanState, PlanAction
PLAN_MACHINE: Final[Machine[PlanState, PlanAction]] = Machine(
    {
        (_S.PROPOSED, _A.AGREE): _S.ACTIVE,
        (_S.PROPOSED, _A.CANCEL): _S.CANCELLED,
        (_S.ACTIVE, _A.MISS): _S.AT_RISK,
        (_S.ACTIVE, _A.FAIL): _S.DEFAULTED,
        (_S.ACTIVE, _A.COMPLETE): _S.COMPLETED,
        (_S.ACTIVE, _A.CANCEL): _S.CANCELLED,
        (_S.AT_RISK, _A.FAIL): _S.DEFAULTED,
        (_S.AT_RISK, _A.COMPLETE): _S.COMPLETED,
        (_S.AT_RISK, _A.CANCEL): _S.CANCELLED,
        # Money that came in time may be assigned when the time is over.
        (_S.AT_RISK, _A.CATCH_UP): _S.ACTIVE,
        (_S.DEFAULTED, _A.CATCH_UP): _S.ACTIVE,
        (_S.DEFAULTED, _A.MISS): _S.AT_RISK,
        (_S.DEFAULTED, _A.COMPLETE): _S.COMPLETED,
        (_S.DEFAULTED, _A.CANCEL): _S.CANCELLED,
        (_S.DEFAULTED, _A.ACCELERATE): _S.ACCELERATED,
        # A returned debit reopens what was paid.
        (_S.COMPLETED, _A.RETURN): _S.ACTIVE,
        (_S.COMPLETED, _A.MISS): _S.AT_RISK,
        (_S.COMPLETED, _A.FAIL): _S.DEFAULTED,
    }
)
# What was agreed and runs: its items are not asked for.
IN_FORCE: Final = (PlanState.ACTIVE.value, PlanState.AT_RISK.value)
# Its items are its own: no other plan may have them.
OPEN: Final = (PlanState.PROPOSED.value, *IN_FORCE)
# What money and days change.
JUDGED: Final = (*IN_FORCE, PlanState.DEFAULTED.value, PlanState.COMPLETED.value)


def after_judging(state: PlanState, wanted: PlanState) -> PlanState:
    """
    Return what a plan becomes when money and days say `wanted`; what people ended stays.

    :raises AssertionError: for a way the machine has not
    """
    if state is wanted or state.value not in JUDGED:
        return state
    reached = {
        PLAN_MACHINE.after(state, act)
        for act in (_A.MISS, _A.CATCH_UP, _A.FAIL, _A.COMPLETE, _A.RETURN)
        if PLAN_MACHINE.allows(state, act)
    }
    assert wanted in reached, f"money makes no {state} plan {wanted}"
    return wanted

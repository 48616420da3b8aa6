"""Facts about collections that others react to."""

from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class PaperCameByAccount(Event):
    """A file that was read long ago was brought again, on a customer's page, for a case."""

    arrival_id: int


@dataclass(frozen=True, slots=True)
class PlanCompleted(Event):
    """The last row of a plan is paid: they are thanked."""

    plan_id: int


@dataclass(frozen=True, slots=True)
class PlanBroken(Event):
    """A plan came to risk or failed: somebody looks at it today."""

    plan_id: int
    state: str

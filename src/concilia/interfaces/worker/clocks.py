"""The round that looks at every open case: reminders, escalations, time-outs, forecasts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from concilia.cases.actions.clock_run import tell_of_cases, tell_of_steps
from concilia.cases.actions.time_outs import run_outs, time_out
from concilia.cases.queries.clocks import House, open_cases, open_steps
from concilia.claims.actions.asking_outside import chase
from concilia.claims.actions.windows import remind_of_windows
from concilia.foundation.locks import alone
from concilia.foundation.memory import collector_rests
from concilia.identity.models import Entity

CASES_AT_ONCE: Final = 1_000


def run_clocks(*, at: datetime) -> None:
    """
    This will look at every open case of every entity once; killed, the next round goes on.

    Two workers never look at the same entity at the same time.
    """
    for entity in Entity.objects.order_by("pk"):
        with alone(f"clocks:{entity.pk}") as is_ours:
            if is_ours:
                run_clock(House(entity, at), at=at)


def run_clock(house: House, *, at: datetime) -> None:
    """This will look at every open case of one entity."""
    after: int | None = 0
    while after is not None:
        with collector_rests():
            after = _look_at_cases(house, after, at)
    after = 0
    while after is not None:
        with collector_rests():
            after = _look_at_steps(house, after, at)
    chase(entity=house.entity, at=at)
    remind_of_windows(entity=house.entity, at=at)


def _look_at_cases(house: House, after: int, at: datetime) -> int | None:
    """Look at the next chunk of cases; returns the last one, nothing when all were looked at."""
    rows = open_cases(entity_id=house.entity.pk, after=after)
    if not rows:
        return None
    tell_of_cases(house=house, rows=rows, at=at)
    found = run_outs(house, rows, at)
    for begin in range(0, len(found), CASES_AT_ONCE):
        time_out(house=house, found=found[begin : begin + CASES_AT_ONCE], at=at)
    return rows[-1].id


def _look_at_steps(house: House, after: int, at: datetime) -> int | None:
    """Look at the next chunk of what stands in lists; nothing when all was looked at."""
    rows = open_steps(entity_id=house.entity.pk, after=after)
    if rows:
        tell_of_steps(house=house, rows=rows, at=at)
    return rows[-1].id if rows else None

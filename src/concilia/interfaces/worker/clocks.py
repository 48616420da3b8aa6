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
from concilia.identity.models import Entity

CASES_AT_ONCE: Final = 500


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
    entity_id, after = house.entity.pk, 0
    while rows := open_cases(entity_id=entity_id, after=after):
        tell_of_cases(house=house, rows=rows, at=at)
        found = run_outs(house, rows, at)
        for begin in range(0, len(found), CASES_AT_ONCE):
            time_out(house=house, found=found[begin : begin + CASES_AT_ONCE], at=at)
        after = rows[-1].id
    after = 0
    while steps := open_steps(entity_id=entity_id, after=after):
        tell_of_steps(house=house, rows=steps, at=at)
        after = steps[-1].id
    chase(entity=house.entity, at=at)
    remind_of_windows(entity=house.entity, at=at)

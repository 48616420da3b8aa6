"""Runs of collections: planned every morning, never released by the program; sent lot by lot."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from concilia.cases.queries.office import today_of
from concilia.dunning.actions import (
    forget_old_backtests,
    forget_old_runs,
    plan_run,
    send_touches,
    take_up_touches,
)
from concilia.dunning.models import Run
from concilia.foundation.locks import alone
from concilia.identity.models import Entity

PLANNED_AT: Final = 6  # o'clock where the company works


def plan_all_runs(*, at: datetime) -> None:
    """This will plan the run of the day for each entity whose morning it is, once a day."""
    for entity in Entity.objects.order_by("pk"):
        if at.astimezone(ZoneInfo(entity.timezone)).hour < PLANNED_AT:
            continue
        with alone(f"run:{entity.pk}") as is_ours:
            today = today_of(entity, at)
            if is_ours and not Run.objects.filter(entity=entity, on_date__gte=today).exists():
                plan_run(entity=entity, at=at)


def take_up_all_touches(*, at: datetime) -> None:
    """This will go on with released runs: what waited for its hours, what a worker left behind."""
    for run in Run.objects.filter(state=Run.State.RELEASED).order_by("pk"):
        with alone(f"run-touches:{run.pk}") as is_ours:
            if is_ours:
                take_up_touches(run=run, at=at)


def write_touches(*, run_id: int, first: int, last: int, at: datetime) -> None:
    """This will write the messages of a lot of touches; a second time there is nothing to write."""
    send_touches(run_id=run_id, first=first, last=last, at=at)


def forget_runs(*, at: datetime) -> None:
    """This will drop runs and trials of strategies that nobody needs any more."""
    forget_old_runs(at=at)
    forget_old_backtests()

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from concilia.cases.models import Case, ClockStop
from concilia.cases.queries.calendars import clock_of
from concilia.kernel.deadlines import Unit


def stop_clock(*, case: Case, why: str, at: datetime) -> None:
    """
    Stop a case's clock inside the caller's transaction: others hold the ball (domain.md §2.2).

    A clock that stands already keeps standing, for the new reason from now on.
    """
    assert connection.in_atomic_block, "a clock stops with the question that stops it"
    standing = ClockStop.objects.filter(case=case, ended_at=None).first()
    if standing and standing.why == why:
        return
    end_stop(case, at)
    ClockStop.objects.create(case=case, why=why, started_at=at)


def resume_clock(*, case: Case, at: datetime) -> None:
    """Let a case's clock run again, inside the caller's transaction; the deadline moves with it."""
    assert connection.in_atomic_block, "a clock resumes with the answer that resumes it"
    if not end_stop(case, at):
        return
    clock = clock_of(case.entity, case.department)
    stops = stops_of(case, at)
    case.due_at = clock.deadline(case.started_at, case.sla_days, Unit.BUSINESS_DAYS, stops).due
    case.save(update_fields=["due_at"])


def end_stop(case: Case, at: datetime) -> int:
    """Let a clock that stands run again; returns how many stood."""
    # An answer in the same second as the question still ends after it began.
    stops = ClockStop.objects.filter(case=case, ended_at=None)
    return sum(
        ClockStop.objects.filter(pk=stop.pk).update(
            ended_at=max(at, stop.started_at + timedelta(microseconds=1))
        )
        for stop in stops
    )


def stops_of(case: Case, at: datetime) -> list[tuple[datetime, datetime]]:
    """When the clock of a case stood; a stop that lasts ends now."""
    rows = ClockStop.objects.filter(case=case).values_list("started_at", "ended_at")
    return [(started, ended or at) for started, ended in rows]

"""
Until when a case must be answered, how much of its time is gone, and who hears of it (§2.2, §8.5).

Days are working days of the entity's calendar; the clock stands still while a customer or a third
party holds the ball. Gross time is what the customer lived through, net time what was ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from concilia.kernel.calendars import SkippedDay
from concilia.kernel.deadlines import WARNINGS_PERCENT, SlaClock, Unit
from concilia.kernel.reasons import Reason

SECONDS_PER_MINUTE: Final = 60
BP_PER_PERCENT: Final = 100
SOON_PERCENT: Final = 80


class Pace(StrEnum):
    """How a deadline is shown: plain, soon from 80 %, late, or with its clock at rest."""

    PLAIN = "plain"
    SOON = "soon"
    LATE = "late"
    PAUSED = "paused"


class Notice(StrEnum):
    """What happens when a share of the time is gone."""

    REMIND_OWNER = "REMIND_OWNER"
    WARN_OWNER = "WARN_OWNER"
    TELL_LEAD = "TELL_LEAD"
    ESCALATE = "ESCALATE"
    ESCALATE_AGAIN = "ESCALATE_AGAIN"


NOTICES: Final[Mapping[int, Notice]] = dict(zip(WARNINGS_PERCENT, Notice, strict=True))


@dataclass(frozen=True, slots=True)
class Allowance:
    """The time a reason allows."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Stop:
    """A span in which others held the ball; without an end they still do."""

    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    Where a case stands at a moment.

    `due_at` moves on while the clock is stopped, as if the answer came now. `used_percent` may pass
    100. Minutes: gross by the clock on the wall, net in working hours without the stops.
    """

    due_at: datetime
    skipped: tuple[SkippedDay, ...]
    used_percent: int
    pace: Pace
    net_minutes: int
    gross_minutes: int


def allowance_of(reason: Reason) -> Allowance:
    """Return the time a reason allows: working days, or calendar days where a law counts so."""
    if reason.sla_business_days is not None:
        return Allowance(reason.sla_business_days, Unit.BUSINESS_DAYS)
    assert reason.sla_calendar_days is not None, f"{reason.code} has no SLA at all"
    return Allowance(reason.sla_calendar_days, Unit.CALENDAR_DAYS)


def standing_of(
    clock: SlaClock, allowance: Allowance, opened_at: datetime, stops: Iterable[Stop], at: datetime
) -> Standing:
    """
    Compute deadline, share of time used and times of a case at a moment.

    :param stops: finished and running ones, in any order; what started after `at` is not yet known
    :raises DeadlineRefused: for a time without zone, or a stop that ends before it starts
    """
    known = [stop for stop in stops if stop.started_at <= at]
    spans = [(stop.started_at, stop.ended_at or at) for stop in known]
    deadline = clock.deadline(opened_at, allowance.count, allowance.unit, spans)
    used = clock.consumed_bp(opened_at, deadline.due, at, spans) // BP_PER_PERCENT
    is_stopped = any(stop.ended_at is None or stop.ended_at > at for stop in known)
    return Standing(
        due_at=deadline.due,
        skipped=deadline.skipped,
        used_percent=used,
        pace=_pace(used, is_late=at > deadline.due, is_stopped=is_stopped),
        net_minutes=clock.working_seconds(opened_at, at, spans) // SECONDS_PER_MINUTE,
        gross_minutes=max(0, int((at - opened_at).total_seconds()) // SECONDS_PER_MINUTE),
    )


def notices_due(used_percent: int, given: Iterable[int] = ()) -> tuple[tuple[int, Notice], ...]:
    """
    Return what is to be sent now, by the threshold in percent that was passed.

    :param given: thresholds already told; each is told once
    """
    told = set(given)
    return tuple(
        (percent, notice)
        for percent, notice in NOTICES.items()
        if percent <= used_percent and percent not in told
    )


def _pace(used_percent: int, *, is_late: bool, is_stopped: bool) -> Pace:
    if is_stopped:
        return Pace.PAUSED
    if is_late:
        return Pace.LATE
    return Pace.SOON if used_percent >= SOON_PERCENT else Pace.PLAIN

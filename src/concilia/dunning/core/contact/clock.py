"""
Hours and days by the debtor's clock, exact where the clock jumps.

Moments are aware and in UTC, since arithmetic on local times skips what the clock skips.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.policy import Spans, Week

ONE_DAY: Final = timedelta(days=1)
# A week, and once more: the one opening of a week may fall into the hour that a clock skips.
DAYS_AHEAD: Final = 15


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day there, also where no midnight or no such day exists."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def is_open(spans: Spans, local: datetime) -> bool:
    """Whether a local time lies in one of the spans of its day."""
    minute = local.hour * 60 + local.minute
    return any(begins <= minute < ends for begins, ends in spans)


def next_open(week: Week, zone: ZoneInfo, moment: datetime) -> datetime | None:
    """
    Return the first moment, from this one on, within the hours of the week; None if they are empty.
    """
    local = moment.astimezone(zone)
    if is_open(week[local.weekday()], local):
        return moment
    if not any(week):
        return None
    days = (local.date() + ahead * ONE_DAY for ahead in range(DAYS_AHEAD))
    return next(
        (
            opening
            for day in days
            for opening in sorted(_openings(week[day.weekday()], day, zone))
            if opening > moment and _is_open_at(week, opening, zone)
        ),
        None,
    )


def _is_open_at(week: Week, moment: datetime, zone: ZoneInfo) -> bool:
    local = moment.astimezone(zone)
    return is_open(week[local.weekday()], local)


def _openings(spans: Spans, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """Yield where closed may turn into open: at an opening, or where the clock jumps."""
    if not spans:
        return
    yield day_begins(day, zone)
    for begins, _ in spans:
        at = datetime.combine(day, time(*divmod(begins, 60)), zone)
        yield at.astimezone(UTC)
        yield at.replace(fold=1).astimezone(UTC)
    jump = _jump(day, zone)
    if jump is not None:
        yield jump


def _jump(day: date, zone: ZoneInfo) -> datetime | None:
    """Return the moment of a day at which the clock jumps, if it does."""
    before, after = day_begins(day, zone), day_begins(day + ONE_DAY, zone)
    offset = before.astimezone(zone).utcoffset()
    if offset == after.astimezone(zone).utcoffset():
        return None
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after

"""
Working days in Italy, and local clock times as UTC: the company's people work when offices do.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
SATURDAY = 5
FIXED_HOLIDAYS = (
    (1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26),
)  # fmt: skip
SAINT_FRANCIS = (10, 4)
SAINT_FRANCIS_FROM = 2026


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * skipped + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    """Give the Italian public holidays of a year (domain.md §8.5)."""
    days = {date(year, month, day) for month, day in FIXED_HOLIDAYS}
    if year >= SAINT_FRANCIS_FROM:
        days.add(date(year, *SAINT_FRANCIS))
    days.add(easter(year) + timedelta(days=1))
    return frozenset(days)


@cache
def is_workday(day: date) -> bool:
    """Say whether offices in Italy are open on `day`."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def workday_from(day: date) -> date:
    """Give `day`, or the next working day after it."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def last_workday(day: date) -> date:
    """Give `day`, or the last working day before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


@cache
def shift_workdays(day: date, count: int) -> date:
    """Go `count` working days forward, or back where negative; the start day does not count."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_workday(day):
            day += step
    return day


def at_rome(day: date, hour: int, minute: int = 0) -> datetime:
    """Give the UTC moment at which clocks in Cuneo show `hour`:`minute` on `day`."""
    return datetime.combine(day, time(hour, minute), ROME).astimezone(UTC)

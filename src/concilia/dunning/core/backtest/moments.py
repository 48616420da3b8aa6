"""The days on which the past is asked again: those of the real runs, or every Monday."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

WEEK: Final = timedelta(days=7)
MONTHS_A_YEAR: Final = 12
MORNING: Final = time(9)  # where the company works


class Pace(StrEnum):
    """Which days are asked again."""

    RUNS = "RUNS"
    WEEKS = "WEEKS"


@dataclass(frozen=True, slots=True)
class Moments:
    """
    The runs of a backtest, in their order.

    :param days: the day of each, where the company works
    :param ats: when it is planned: what was known then counts
    :param leaves: the day on which its touches leave
    """

    days: tuple[date, ...]
    ats: tuple[datetime, ...]
    leaves: tuple[date, ...]

    def __len__(self) -> int:
        return len(self.days)


def full_months(today: date, months: int = MONTHS_A_YEAR) -> tuple[date, date]:
    """Return the first and the last day of the last full months."""
    last = today.replace(day=1) - timedelta(days=1)
    n = last.year * MONTHS_A_YEAR + last.month - months
    return date(n // MONTHS_A_YEAR, n % MONTHS_A_YEAR + 1, 1), last


def every_monday(since: date, until: date, zone: ZoneInfo) -> Moments:
    """Return the Mondays of a span of days, in the morning where the company works."""
    days = tuple(_mondays(since, until))
    ats = tuple(datetime.combine(day, MORNING, tzinfo=zone) for day in days)
    return Moments(days, ats, days)


def _mondays(since: date, until: date) -> Iterator[date]:
    day = since + timedelta(days=-since.weekday() % 7)
    while day <= until:
        yield day
        day += WEEK

"""Half-open periods of dates: the start belongs to the period, the end does not."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

MONTHS_IN_YEAR: Final = 12
JULY: Final = 7


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, and without, `end`. Neighbours share a border, never a day."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end on {self.end}, before its start {self.start}")

    @classmethod
    def of_days(cls, first: date, last: date) -> Period:
        """Return the period whose first and last day are these, both included."""
        return cls(first, last + timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start} to {self.last}" if self.days else f"no day from {self.start}"

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    def overlaps(self, other: Period) -> bool:
        """Whether at least one day belongs to both."""
        return self.start < other.end and other.start < self.end and self.days * other.days > 0

    def intersection(self, other: Period) -> Period | None:
        """Return the days that belong to both, or None."""
        if not self.overlaps(other):
            return None
        return Period(max(self.start, other.start), min(self.end, other.end))

    def cut(self, borders: frozenset[date] | set[date]) -> list[Period]:
        """Return the pieces between those of the borders that fall inside, in order."""
        inside = sorted(border for border in borders if self.start < border < self.end)
        edges = [self.start, *inside, self.end]
        return [Period(start, end) for start, end in pairwise(edges)]


def add_months(anchor: date, months: int) -> date:
    """
    Return the same day of the month, `months` later (or earlier), clipped to the month's end.

    Count from the anchor each time: 31 January gives 28 February, then 31 March (R-3.24).
    """
    index = anchor.year * MONTHS_IN_YEAR + anchor.month - 1 + months
    year, month = divmod(index, MONTHS_IN_YEAR)
    last_day = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last_day))


def month_of(day: date) -> Period:
    """Return the calendar month the day is in."""
    start = day.replace(day=1)
    return Period(start, add_months(start, 1))


def half_year_of(day: date) -> Period:
    """Return the half-year the day is in: January to June or July to December."""
    start = date(day.year, 1 if day.month < JULY else JULY, 1)
    return Period(start, add_months(start, 6))


def year_of(day: date) -> Period:
    """Return the calendar year the day is in."""
    return Period(date(day.year, 1, 1), date(day.year + 1, 1, 1))


def months_back(day: date) -> Iterator[Period]:
    """Give the month of `day`, the month before it, and so on without end."""
    month = month_of(day)
    while True:
        yield month
        month = month_of(month.start - timedelta(days=1))

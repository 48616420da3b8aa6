"""How much somebody has before them, and how many working hours to do it in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from concilia.cases.core.people import Absence
from concilia.kernel.deadlines import SlaClock

HORIZON_DAYS: Final = 5
ONE_DAY: Final = timedelta(days=1)
MINUTES: Final = 60


@dataclass(frozen=True, slots=True)
class Load:
    """Minutes of work that wait for a person, and minutes they are at work in the next days."""

    minutes: int
    capacity: int

    @property
    def percent(self) -> int | None:
        """How full their days are; None for who is not here at all."""
        return self.minutes * 100 // self.capacity if self.capacity else None

    @property
    def hours(self) -> int:
        """The work in full hours, a begun one counted."""
        return -(-self.minutes // MINUTES)

    @property
    def capacity_hours(self) -> int:
        """The hours at work."""
        return self.capacity // MINUTES

    @property
    def is_too_much(self) -> bool:
        """Whether there is more to do than there are hours."""
        return self.minutes > self.capacity


def working_days(clock: SlaClock, today: date, count: int = HORIZON_DAYS) -> list[date]:
    """Today, if people work, and the working days after it; `count` of them."""
    days: list[date] = []
    day = clock.calendar.next_business_day(today)
    while len(days) < count:
        days.append(day)
        day = clock.calendar.next_business_day(day + ONE_DAY)
    return days


def capacity_minutes(clock: SlaClock, days: Iterable[date], absences: Iterable[Absence]) -> int:
    """
    Minutes somebody is at work on these working days, less those they are away.

    :param absences: of that person
    """
    known = list(absences)
    there = sum(not any(each.covers(day) for each in known) for day in days)
    opens, closes = clock.opens, clock.closes
    a_day = (closes.hour - opens.hour) * MINUTES + closes.minute - opens.minute
    return there * a_day

"""Until when a trading partner lets us answer, by what was agreed with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from concilia.kernel.calendars import BusinessCalendar

# How many working days before the last one somebody is reminded; zero is the day itself.
REMINDED_BEFORE: Final = (5, 1, 0)
CALENDAR_DAYS: Final = "CD"
DAYS_MAX: Final = 365


@dataclass(frozen=True, slots=True)
class Window:
    """So many days from their paper, in calendar (`CD`) or working days (`BD`)."""

    days: int
    unit: str = CALENDAR_DAYS


def last_day(window: Window, paper: date, calendar: BusinessCalendar) -> date:
    """
    The last day on which somebody of ours can answer: a working day, never after the window ends.

    The day of the paper is not counted.
    """
    if window.unit != CALENDAR_DAYS:
        return calendar.add_business_days(paper, window.days)
    return calendar.previous_business_day(paper + timedelta(days=window.days))


def reminder_due(answer_by: date, today: date, calendar: BusinessCalendar) -> int | None:
    """
    Which reminder is due: how many working days before the last day it is meant for.

    After a night without a run the last one alone; none before the first and none when it is over.
    """
    left = calendar.business_days_between(today, answer_by)
    if left < 0:
        return None
    return min((before for before in REMINDED_BEFORE if left <= before), default=None)


def nearest(own: Sequence[Window | None]) -> Window | None:
    """The window that holds: the customer's own, that of the nearest above, or the group's."""
    return next((one for one in own if one is not None), None)

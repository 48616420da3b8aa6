"""The days a caller may choose from for a promise, within its rules (domain.md §3.6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from concilia.dunning.core.promises import HORIZON_DAYS, HORIZON_DAYS_BUSINESS
from concilia.kernel.calendars import BusinessCalendar

SOON: Final = 3
NEXT: Final = 10


def choices_of(today: date, calendar: BusinessCalendar, *, is_business: bool) -> tuple[date, ...]:
    """
    Return three working days to choose from: soon, in a week or two, as late as it may be.

    All lie after today and within the horizon.
    """
    horizon = today + timedelta(days=HORIZON_DAYS_BUSINESS if is_business else HORIZON_DAYS)
    last = horizon
    while not calendar.is_business_day(last):
        last -= timedelta(days=1)
    wanted = (
        calendar.add_business_days(today, SOON),
        calendar.add_business_days(today, NEXT),
        last,
    )
    return tuple(sorted({day for day in wanted if today < day <= horizon}))

"""Working time as whole seconds on one line, so that columns of times are added and compared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concilia.cases.core.process.model import Within
from concilia.kernel.deadlines import SlaClock, Unit

Seconds = NDArray[np.int64]
DAY_SECONDS: Final = 9 * 3600  # from nine to six
HOUR_SECONDS: Final = 3600
WEEK_DAYS: Final = 7
MARGIN: Final = timedelta(days=800)  # past the last case: whatever a draft may take


@dataclass(frozen=True)
class WorkingAxis:
    """
    Business days of a clock, one after the other, each of nine hours.

    `opens`: when each begins (seconds since 1970). `ordinals`: its day. What happens outside of
    working hours happens when work begins again, as deadlines count it (domain.md §8.5).
    """

    opens: Seconds
    ordinals: Seconds
    cutoff: int

    @classmethod
    def of(cls, clock: SlaClock, since: date, until: date) -> WorkingAxis:
        """The axis from a day to long after another."""
        days = []
        day = since - timedelta(days=1)
        while day <= until + MARGIN:
            if clock.calendar.is_business_day(day):
                days.append(day)
            day += timedelta(days=1)
        starts = [datetime.combine(day, clock.opens, tzinfo=clock.tz).timestamp() for day in days]
        return cls(
            np.array(starts, dtype=np.int64),
            np.array([day.toordinal() for day in days], dtype=np.int64),
            _seconds(clock.cutoff) - _seconds(clock.opens),
        )

    def at(self, moments: Seconds) -> Seconds:
        """Moments (seconds since 1970) as places on the axis."""
        day = np.searchsorted(self.opens, moments, side="right") - 1
        first = np.clip(day, 0, None)
        passed = np.clip(moments - self.opens[first], 0, DAY_SECONDS)
        return np.where(day < 0, 0, first * DAY_SECONDS + passed)

    def due(self, start: Seconds, within: Within) -> Seconds:
        """When the time of something that began is over."""
        if within.unit is Unit.HOURS:
            return start + within.n * HOUR_SECONDS
        arrived = start // DAY_SECONDS + (start % DAY_SECONDS > self.cutoff)
        if within.unit is Unit.BUSINESS_DAYS:
            return (arrived + within.n) * DAY_SECONDS + self.cutoff
        days = self.ordinals[np.clip(start // DAY_SECONDS, 0, len(self.ordinals) - 1)] + within.n
        return np.searchsorted(self.ordinals, days) * DAY_SECONDS + self.cutoff

    def week(self, places: Seconds) -> Seconds:
        """The week of each place, as the ordinal of its Monday."""
        day = np.clip(places // DAY_SECONDS, 0, len(self.ordinals) - 1)
        ordinals = self.ordinals[day]
        return ordinals - (ordinals - 1) % WEEK_DAYS


def _seconds(of_day: time) -> int:
    return of_day.hour * HOUR_SECONDS + of_day.minute * 60 + of_day.second

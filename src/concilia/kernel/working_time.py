"""Working time of many moments at once: what `SlaClock` says of one, for columns of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concilia.kernel.deadlines import SlaClock

Moments = NDArray[np.int64]
SECOND: Final = 1_000_000
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
ONE_MICROSECOND: Final = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """An aware moment as microseconds since 1970 in UTC, exactly."""
    return (moment - EPOCH) // ONE_MICROSECOND


def moment_of(value: int) -> datetime:
    """The moment such microseconds are."""
    return EPOCH + timedelta(microseconds=int(value))


class WorkingTime:
    """
    The working hours of a clock between two days, added up: moments in, working time out.

    Moments and lengths are microseconds (`micros`), in arrays of any length. Moments outside the
    days count as the first or last of them.
    """

    def __init__(self, clock: SlaClock, first: date, last: date) -> None:
        spans = list(_opening_hours(clock, first, last))
        assert spans, f"nobody works between {first} and {last}"
        self._opens: Moments = np.array([opens for opens, _closes in spans], dtype=np.int64)
        lengths = np.array([closes - opens for opens, closes in spans], dtype=np.int64)
        self._lengths: Moments = lengths
        self._before: Moments = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])

    def until(self, moments: Moments) -> Moments:
        """Working time from the first day until each moment."""
        day = np.searchsorted(self._opens, moments, side="right") - 1
        known = np.maximum(day, 0)
        inside = np.clip(moments - self._opens[known], 0, self._lengths[known])
        total: Moments = np.where(day < 0, 0, self._before[known] + inside)
        return total

    def between(self, starts: Moments, ends: Moments) -> Moments:
        """Working time between pairs of moments; nothing where the end is not after the start."""
        passed: Moments = np.maximum(self.until(ends) - self.until(starts), 0)
        return passed

    def when(self, worked: Moments) -> Moments:
        """The earliest moments by which so much working time has passed since the first day."""
        day = np.searchsorted(self._before, worked, side="left") - 1
        known = np.clip(day, 0, len(self._opens) - 1)
        left = np.minimum(worked - self._before[known], self._lengths[known])
        moments: Moments = self._opens[known] + left
        return moments


def _opening_hours(clock: SlaClock, first: date, last: date) -> Iterator[tuple[int, int]]:
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if clock.calendar.is_business_day(day):
            opens = micros(datetime.combine(day, clock.opens, tzinfo=clock.tz))
            yield opens, micros(datetime.combine(day, clock.closes, tzinfo=clock.tz))

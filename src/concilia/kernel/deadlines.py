"""When an answer is due, and how much of its time is gone (domain.md §2.2 and §8.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from concilia.kernel.calendars import DAYS_MAX, ONE_DAY, BusinessCalendar, SkippedDay
from concilia.kernel.numbers import BASIS_POINTS

CUTOFF: Final = time(17, 0)
OPENS: Final = time(9, 0)
CLOSES: Final = time(18, 0)
STOPPED: Final = "the clock was stopped"
ONE_SECOND: Final = timedelta(seconds=1)
# Shares of the time allowed at which somebody is told, in percent (domain.md §8.5).
WARNINGS_PERCENT: Final = (50, 80, 100, 120, 200)

Span = tuple[datetime, datetime]


class Unit(StrEnum):
    """What a deadline counts."""

    BUSINESS_DAYS = "BD"
    CALENDAR_DAYS = "CD"
    HOURS = "HOURS"


class DeadlineRefused(ValueError):
    """The deadline cannot be computed from what was given."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when, in the clock's zone, and which days on the way did not count."""

    due: datetime
    skipped: tuple[SkippedDay, ...]


@dataclass(frozen=True)
class SlaClock:
    """
    A clock that runs while it is our turn.

    What arrives after the cut-off, or on a day nobody works, counts as arrived on the next business
    day; that day is not counted. So what arrives later is never due earlier.

    :param zone: the zone in which days begin and end; the country's own by default
    :param cutoff: the local time after which the day is over, and at which deadlines end
    """

    calendar: BusinessCalendar
    zone: tzinfo | None = None
    cutoff: time = CUTOFF
    opens: time = OPENS
    closes: time = CLOSES

    @property
    def tz(self) -> tzinfo:
        """The zone the clock shows."""
        return self.zone or self.calendar.time_zone

    def deadline(
        self,
        start: datetime,
        count: int,
        unit: Unit,
        stops: Sequence[Span] = (),
        *,
        roll: bool = True,
    ) -> Deadline:
        """
        Return when `count` units after the start are over.

        Days end at the cut-off. While the clock stands still nothing passes: business days and
        hours are due later by the working time that was lost, to the minute, calendar days by the
        days begun. Hours count within working hours, calendar days from the day of arrival on.

        :param stops: half-open spans of aware times in which others held the ball, in any order
        :param roll: calendar days that end when nobody works end on the next business day
        :raises DeadlineRefused: for a negative or absurd count, a time without zone, or a stop that
            ends before it starts
        """
        self._check(start, count, stops)
        stops = _in_utc(stops)
        if unit is Unit.HOURS:
            return self._after_hours(start, count, stops)
        if unit is Unit.CALENDAR_DAYS:
            return self._after_calendar_days(start, count, stops, roll=roll)
        return self._after_business_days(start, count, stops)

    def consumed_bp(
        self, start: datetime, due: datetime, at: datetime, stops: Sequence[Span] = ()
    ) -> int:
        """
        Return the share of the working time until the deadline that is gone, in basis points.

        10,000 is the deadline itself; 12,000 means one fifth more than was allowed. Time in which
        the clock stood still is not gone. Without any working time before it, all is gone when due.
        """
        allowed = self.working_seconds(start, due, stops)
        used = self.working_seconds(start, at, stops)
        if allowed == 0:
            return BASIS_POINTS if at >= due else 0
        return used * BASIS_POINTS // allowed

    def working_seconds(self, start: datetime, end: datetime, stops: Sequence[Span] = ()) -> int:
        """Return the seconds of working hours between two times in which the clock ran."""
        return self.working_time(start, end, stops) // ONE_SECOND

    def working_time(self, start: datetime, end: datetime, stops: Sequence[Span] = ()) -> timedelta:
        """Return the same, exactly."""
        if end <= start:
            return timedelta(0)
        until = end.astimezone(UTC)
        spans = self._running_spans(start, _in_utc(stops), until=end.astimezone(self.tz).date())
        lengths = (min(ends, until) - begins for begins, ends in spans if begins < until)
        return sum(lengths, timedelta(0))

    def _after_business_days(self, start: datetime, count: int, stops: Sequence[Span]) -> Deadline:
        arrived = start.astimezone(self.tz).date()
        counted = self._counted_as_arrived(start)
        last = self.calendar.add_business_days(counted, count)
        due = self._made_up(start, self._end_of(last), stops)
        skipped = self._skipped_on_arrival(arrived, counted)
        skipped += self._skipped_between(counted, due.date(), stops)
        return Deadline(due, tuple(skipped))

    def _made_up(self, start: datetime, due: datetime, stops: Sequence[Span]) -> datetime:
        """The deadline, later by the working time that was lost before it, and while making up."""
        lost = self.working_time(start, due) - self.working_time(start, due, stops)
        return self._worked(due, lost, stops) if lost else due

    def _worked(self, start: datetime, length: timedelta, stops: Sequence[Span]) -> datetime:
        """When so much working time has passed since the start."""
        for begins, ends in self._running_spans(start, stops):
            if ends - begins >= length:
                return (begins + length).astimezone(self.tz)
            length -= ends - begins
        raise AssertionError("there is always another day")

    def _skipped_between(
        self, first: date, last: date, stops: Sequence[Span]
    ) -> Iterator[SkippedDay]:
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        told = ((day, self._why_not_counted(day, stops)) for day in days)
        return (SkippedDay(day, why) for day, why in told if why is not None)

    def _after_calendar_days(
        self, start: datetime, count: int, stops: Sequence[Span], *, roll: bool
    ) -> Deadline:
        first = start.astimezone(self.tz).date()
        day = self._run_on(start, self._end_of(first + timedelta(days=count)), stops)
        skipped = [
            SkippedDay(one, STOPPED)
            for one in (first + timedelta(days=n) for n in range(1, (day - first).days + 1))
            if self._is_stopped(one, stops)
        ]
        if roll and not self.calendar.is_business_day(day):
            rolled = self.calendar.next_business_day(day)
            skipped += self.calendar.skipped(day - ONE_DAY, rolled)
            day = rolled
        return Deadline(self._end_of(day), tuple(skipped))

    def _run_on(self, start: datetime, due: datetime, stops: Sequence[Span]) -> date:
        """The day of the deadline, later by the days and hours on the wall in which it stood."""
        end, behind = self._on_the_wall(due), self._on_the_wall(start)
        for begins, ends in stops:
            stood, resumed = max(self._on_the_wall(begins), behind), self._on_the_wall(ends)
            if stood < min(end, resumed):
                end += resumed - stood
                behind = resumed
        return end.date() + ONE_DAY if end.time() > self.cutoff else end.date()

    def _on_the_wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.tz).replace(tzinfo=None)

    def _after_hours(self, start: datetime, count: int, stops: Sequence[Span]) -> Deadline:
        due = self._worked(start, timedelta(hours=count), stops)
        first = start.astimezone(self.tz).date()
        skipped = self.calendar.skipped(first - ONE_DAY, due.date())
        return Deadline(due, tuple(skipped))

    def _counted_as_arrived(self, start: datetime) -> date:
        local = start.astimezone(self.tz)
        day = local.date()
        if self.calendar.is_business_day(day) and local.time() > self.cutoff:
            day += ONE_DAY
        return self.calendar.next_business_day(day)

    def _skipped_on_arrival(self, arrived: date, counted: date) -> list[SkippedDay]:
        if arrived == counted:
            return []
        closed = self.calendar.skipped(arrived - ONE_DAY, counted)
        if self.calendar.is_business_day(arrived):
            return [SkippedDay(arrived, f"arrived after {self.cutoff:%H:%M}"), *closed]
        return closed

    def _why_not_counted(self, day: date, stops: Sequence[Span]) -> str | None:
        closed = self.calendar.why_closed(day)
        if closed is None and self._is_stopped(day, stops):
            return STOPPED
        return closed

    def _is_stopped(self, day: date, stops: Sequence[Span]) -> bool:
        moment = self._end_of(day)
        return any(begins <= moment < ends for begins, ends in stops)

    def _end_of(self, day: date) -> datetime:
        return datetime.combine(day, self.cutoff, tzinfo=self.tz)

    def _running_spans(
        self, start: datetime, stops: Sequence[Span], until: date = date.max
    ) -> Iterator[Span]:
        """Give the spans of working time from the start on, in UTC, without the stops."""
        day = start.astimezone(self.tz).date()
        while day <= until:
            if self.calendar.is_business_day(day):
                opens = max(self._moment(day, self.opens), start.astimezone(UTC))
                yield from _without(opens, self._moment(day, self.closes), stops)
            day += ONE_DAY

    def _moment(self, day: date, hour: time) -> datetime:
        return datetime.combine(day, hour, tzinfo=self.tz).astimezone(UTC)

    @staticmethod
    def _check(start: datetime, count: int, stops: Iterable[Span]) -> None:
        if not 0 <= count <= DAYS_MAX:
            raise DeadlineRefused(f"a deadline of {count} is not between 0 and {DAYS_MAX}")
        if any(moment.tzinfo is None for moment in (start, *(m for span in stops for m in span))):
            raise DeadlineRefused("a time without zone cannot start, stop or resume a clock")
        for begins, ends in stops:
            if ends < begins:
                raise DeadlineRefused(f"the clock cannot resume at {ends}, before {begins}")


def _in_utc(stops: Sequence[Span]) -> list[Span]:
    """Two times of one zone subtract by the clock on the wall, which the zone may turn back."""
    return sorted((begins.astimezone(UTC), ends.astimezone(UTC)) for begins, ends in stops)


def _without(begins: datetime, ends: datetime, stops: Sequence[Span]) -> Iterator[Span]:
    """Give what is left of a span when the stops are taken out of it."""
    for stop_begins, stop_ends in stops:
        if begins < stop_begins < ends:
            yield begins, stop_begins
        if stop_begins < ends:
            begins = max(begins, stop_ends)
    if begins < ends:
        yield begins, ends

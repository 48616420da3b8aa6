"""Business days: those on which a company works, in its country and region (domain.md §8.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from concilia.kernel.holidays import SATURDAY, country_code, easter, national_holidays

ONE_DAY: Final = timedelta(days=1)
DAYS_MAX: Final = 10_000  # forty working years; more is a mistyped number

# Where a country's clock stands when nobody says otherwise.
TIME_ZONES: Final[Mapping[str, str]] = {
    "IT": "Europe/Rome",
    "FR": "Europe/Paris",
    "ES": "Europe/Madrid",
    "DE": "Europe/Berlin",
    "GB": "Europe/London",
    "US": "America/New_York",
    "TARGET": "Europe/Brussels",
}


@dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that does not count, and why, in words."""

    day: date
    why: str


@dataclass(frozen=True)
class BusinessCalendar:
    """
    The working days of a country, less the days a region or company adds.

    :param country: IT FR ES DE GB (or UK) US, or TARGET for euro settlement
    :param days_off: further free days by date, with their name
    :param yearly_days_off: the same by (month, day): a patron saint
    :param easter_days_off: the same by days from Easter Sunday: 60 is Corpus Christi
    """

    country: str
    days_off: Mapping[date, str] = field(default_factory=dict)
    yearly_days_off: Mapping[tuple[int, int], str] = field(default_factory=dict)
    easter_days_off: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        country_code(self.country)

    @property
    def time_zone(self) -> ZoneInfo:
        """The zone of the country's capital or business centre."""
        return ZoneInfo(TIME_ZONES[country_code(self.country)])

    def why_closed(self, day: date) -> str | None:
        """Say why nobody works that day (`Easter Monday`, `Sunday`), or None if people do."""
        name = (
            self.days_off.get(day)
            or self.yearly_days_off.get((day.month, day.day))
            or self._from_easter(day)
            or national_holidays(self.country, day.year).get(day)
        )
        if name is None and day.weekday() >= SATURDAY:
            return "Saturday" if day.weekday() == SATURDAY else "Sunday"
        return name

    def _from_easter(self, day: date) -> str | None:
        if not self.easter_days_off:
            return None
        return self.easter_days_off.get((day - easter(day.year)).days)

    def is_business_day(self, day: date) -> bool:
        """Whether people work that day."""
        return self.why_closed(day) is None

    def next_business_day(self, day: date) -> date:
        """Return the day itself if people work, else the first day after it on which they do."""
        while not self.is_business_day(day):
            day += ONE_DAY
        return day

    def previous_business_day(self, day: date) -> date:
        """Return the day itself if people work, else the last day before it on which they do."""
        while not self.is_business_day(day):
            day -= ONE_DAY
        return day

    def add_business_days(self, start: date, count: int) -> date:
        """
        Return the `count`th business day after the start; the start itself does not count.

        Zero gives the start, moved to the next business day if nobody works; a negative count goes
        back.

        :raises ValueError: beyond 10,000 days
        """
        if abs(count) > DAYS_MAX:
            raise ValueError(f"{count} business days are more than the {DAYS_MAX} we count")
        if count == 0:
            return self.next_business_day(start)
        step = ONE_DAY if count > 0 else -ONE_DAY
        day, left = start, abs(count)
        while left:
            day += step
            left -= self.is_business_day(day)
        return day

    def business_days_between(self, start: date, end: date) -> int:
        """
        Count the business days after the start, up to and with the end; negative going back.

        It undoes `add_business_days` from any business day.
        """
        if end < start:
            return -self.business_days_between(end, start)
        return sum(self.is_business_day(day) for day in _days_after(start, end))

    def skipped(self, start: date, end: date) -> list[SkippedDay]:
        """Return the days after the start, up to and with the end, on which nobody works."""
        days = ((day, self.why_closed(day)) for day in _days_after(start, end))
        return [SkippedDay(day, why) for day, why in days if why is not None]


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))

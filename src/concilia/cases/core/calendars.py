"""
When a company and its teams work: country, hours, cut-off, and days of their own (domain.md §8.5).

Kept as plain data in an entity's settings, the company's under the empty name and each team's under
its department. A team works when the company does, less its own days; what it does not say itself
is the company's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import CLOSES, CUTOFF, OPENS, SlaClock
from concilia.kernel.holidays import RULES

COMPANY: Final = ""
COUNTRIES: Final = tuple(sorted(RULES))
FALLBACK: Final = "TARGET"
DAYS_MAX: Final = 200
LINE_LENGTH_MAX: Final = 120
TIME: Final = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
DAY: Final = re.compile(
    r"(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-(?P<day>\d{1,2})|easter(?P<easter>[+-]\d{1,3})",
    re.IGNORECASE,
)
EASTER_DAYS_MAX: Final = 100
A_LEAP_YEAR: Final = 2028


class CalendarRefused(ValueError):
    """A calendar cannot be so; `code` names why, `text` what is meant."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(f"{code} {text}".strip())
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """
    What a company or a team says of its working days; what is None or empty is as usual.

    `days`: date (`2026-12-24`), yearly (`12-07`) or from Easter (`easter+60`) to the day's name.
    """

    country: str = ""
    opens: time | None = None
    closes: time | None = None
    cutoff: time | None = None
    days: Mapping[str, str] = field(default_factory=dict)

    def to_data(self) -> dict[str, Any]:
        """As it is kept."""
        hours = {"opens": self.opens, "closes": self.closes, "cutoff": self.cutoff}
        return {
            "country": self.country,
            **{name: f"{hour:%H:%M}" for name, hour in hours.items() if hour is not None},
            "days": dict(self.days),
        }


@dataclass(frozen=True, slots=True)
class TypedCalendar:
    """A calendar as somebody typed it; `days` has one line for each: `12-07 Sant'Ambrogio`."""

    country: str = ""
    opens: str = ""
    closes: str = ""
    cutoff: str = ""
    days: str = ""


def read_calendar(typed: TypedCalendar) -> WorkCalendar:
    """
    A calendar as typed.

    :raises CalendarRefused: for an unknown country, hours out of order, or a line that is no day
    """
    if typed.country and typed.country not in RULES:
        raise CalendarRefused("country_unknown", typed.country[:20])
    calendar = WorkCalendar(
        country=typed.country,
        opens=_time(typed.opens),
        closes=_time(typed.closes),
        cutoff=_time(typed.cutoff),
        days=_days(typed.days),
    )
    opens, closes = calendar.opens or OPENS, calendar.closes or CLOSES
    if not opens < (calendar.cutoff or min(CUTOFF, closes)) <= closes:
        raise CalendarRefused("hours_out_of_order")
    return calendar


def days_typed(calendar: WorkCalendar) -> str:
    """The days of a calendar as lines to change."""
    return "\n".join(f"{when} {name}".strip() for when, name in sorted(calendar.days.items()))


def calendars_of(data: Mapping[str, Any]) -> dict[str, WorkCalendar]:
    """What is kept, by department; the company's own is under the empty name."""
    return {name: _kept(one) for name, one in data.items()}


def clock_for(
    calendars: Mapping[str, WorkCalendar], department: str, *, country: str, zone: str
) -> SlaClock:
    """
    The working clock of a department.

    :param country: where the entity sits; euro settlement days where that has no calendar here
    """
    nothing = WorkCalendar()
    company, team = calendars.get(COMPANY, nothing), calendars.get(department, nothing)
    chosen = team.country or company.country or country
    days = {**company.days, **team.days}
    closes = team.closes or company.closes or CLOSES
    return SlaClock(
        _business_days(chosen if chosen in RULES or chosen == "UK" else FALLBACK, days),
        ZoneInfo(zone),
        cutoff=min(team.cutoff or company.cutoff or CUTOFF, closes),
        opens=team.opens or company.opens or OPENS,
        closes=closes,
    )


def _business_days(country: str, days: Mapping[str, str]) -> BusinessCalendar:
    once: dict[date, str] = {}
    yearly: dict[tuple[int, int], str] = {}
    easter: dict[int, str] = {}
    for when, name in days.items():
        if when.startswith("easter"):
            easter[int(when.removeprefix("easter"))] = name
        elif when.count("-") == 1:
            month, day = when.split("-")
            yearly[int(month), int(day)] = name
        else:
            once[date.fromisoformat(when)] = name
    return BusinessCalendar(country, once, yearly, easter)


def _kept(data: Mapping[str, Any]) -> WorkCalendar:
    hours = {
        name: time.fromisoformat(data[name]) if name in data else None
        for name in ("opens", "closes", "cutoff")
    }
    days = MappingProxyType(dict(data.get("days", {})))
    return WorkCalendar(country=data.get("country", ""), days=days, **hours)


def _time(text: str) -> time | None:
    bare = text.strip()
    if not bare:
        return None
    found = TIME.fullmatch(bare)
    if found is None:
        raise CalendarRefused("no_time", bare[:20])
    return time(int(found[1]), int(found[2]))


def _days(text: str) -> dict[str, str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > DAYS_MAX:
        raise CalendarRefused("too_many_days", str(DAYS_MAX))
    return dict(_day(line[:LINE_LENGTH_MAX]) for line in lines)


def _day(line: str) -> tuple[str, str]:
    when, _, name = line.partition(" ")
    found = DAY.fullmatch(when)
    if found is None:
        raise CalendarRefused("no_day", line)
    if found["easter"]:
        offset = int(found["easter"])
        if abs(offset) > EASTER_DAYS_MAX:
            raise CalendarRefused("no_day", line)
        return f"easter{offset:+d}", name.strip()
    year, month, day = found["year"], int(found["month"]), int(found["day"])
    try:
        is_date = date(int(year) if year else A_LEAP_YEAR, month, day)
    except ValueError:
        raise CalendarRefused("no_day", line) from None
    return (f"{is_date}" if year else f"{month:02}-{day:02}"), name.strip()

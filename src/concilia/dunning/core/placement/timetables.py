"""
What happens by when on the way through a court: timetables as data (domain.md §3.10).

A step counts from an event: the hand-over, or a step that was done. So a step has a date as soon as
what it counts from has one. Days on which a court's clock stands still do not count; a last day on
which nobody works moves to the next working day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.placement.terms import Route
from concilia.kernel.calendars import BusinessCalendar

HANDED: Final = "HANDED"
ONE_DAY: Final = timedelta(days=1)


class Unit(StrEnum):
    """How a term is counted."""

    BUSINESS_DAYS = "BD"
    DAYS = "CD"
    MONTHS = "MONTHS"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedStep:
    """
    A step of a timetable.

    :param after: the key of the step it counts from, or HANDED
    :param is_ours: we must have done it by then; else their time ends then
    :param stands_still: the term does not run while the courts rest
    :param law: where the term is written; HOUSE for our own
    """

    key: str
    after: str
    n: int
    unit: Unit
    law: str
    is_ours: bool = True
    stands_still: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """Days of each year on which a court's clock stands still, both included: (month, day)."""

    start: tuple[int, int]
    end: tuple[int, int]

    def covers(self, day: date) -> bool:
        """Whether the clock stands still that day."""
        at = day.month, day.day
        if self.start <= self.end:
            return self.start <= at <= self.end
        return at >= self.start or at <= self.end


@dataclass(frozen=True, slots=True)
class Timetable:
    """The steps of a procedure; `calendar` is the country of the working days."""

    key: str
    calendar: str
    steps: tuple[TimedStep, ...]
    rests: tuple[Rest, ...] = ()


HOUSE: Final = "HOUSE"
BD, CD, MONTHS = Unit.BUSINESS_DAYS, Unit.DAYS, Unit.MONTHS


def _step(key: str, after: str, n: int, unit: Unit, law: str, **more: bool) -> TimedStep:
    return TimedStep(key=key, after=after, n=n, unit=unit, law=law, **more)


THEIRS: Final = {"is_ours": False}
_FILE: Final = _step("FILE", HANDED, 10, BD, HOUSE)
_ORDER: Final = _step("ORDER", "FILE", 60, CD, HOUSE, **THEIRS)

TIMETABLES: Final[Mapping[str, Timetable]] = MappingProxyType(
    {
        "IT": Timetable(
            "IT",
            "IT",
            (
                _FILE,
                _ORDER,
                _step("SERVE", "ORDER", 60, CD, "art. 644 c.p.c.", stands_still=True),
                _step(
                    "OPPOSITION",
                    "SERVE",
                    40,
                    CD,
                    "art. 641 c.p.c.",
                    is_ours=False,
                    stands_still=True,
                ),
                _step("ENFORCE", "OPPOSITION", 5, BD, "art. 647 c.p.c."),
            ),
            (Rest((8, 1), (8, 31)),),
        ),
        "ES": Timetable(
            "ES",
            "ES",
            (
                _step("ADR", HANDED, 5, BD, "LO 1/2025 art. 5"),
                _FILE,
                _ORDER,
                _step("SERVE", "ORDER", 30, CD, HOUSE, is_ours=False),
                _step(
                    "OPPOSITION", "SERVE", 20, BD, "art. 815 LEC", is_ours=False, stands_still=True
                ),
                _step("ENFORCE", "OPPOSITION", 1, MONTHS, "arts. 816, 818 LEC", stands_still=True),
            ),
            (Rest((8, 1), (8, 31)), Rest((12, 24), (1, 6))),
        ),
        "FR": Timetable(
            "FR",
            "FR",
            (
                _FILE,
                _ORDER,
                _step("SERVE", "ORDER", 3, MONTHS, "art. 1411 CPC"),
                _step("OPPOSITION", "SERVE", 1, MONTHS, "art. 1416 CPC", **THEIRS),
                _step("ENFORCE", "SERVE", 2, MONTHS, "art. 1422 CPC"),
            ),
        ),
        "DE": Timetable(
            "DE",
            "DE",
            (
                _FILE,
                _step("SERVE", "FILE", 30, CD, HOUSE, **THEIRS),
                _step("OPPOSITION", "SERVE", 14, CD, "§ 692 Abs. 1 Nr. 3 ZPO", **THEIRS),
                _step("ENFORCE_ORDER", "SERVE", 6, MONTHS, "§ 701 ZPO"),
                _step("ENFORCE", "ENFORCE_ORDER", 14, CD, "§§ 339, 700 ZPO", **THEIRS),
            ),
        ),
        "UK": Timetable(
            "UK",
            "GB",
            (
                _step(
                    "LETTER_BEFORE",
                    HANDED,
                    30,
                    CD,
                    "Pre-Action Protocol for Debt Claims",
                    is_ours=False,
                ),
                _step("FILE", "LETTER_BEFORE", 10, BD, HOUSE),
                _step("SERVE", "FILE", 4, MONTHS, "CPR 7.5"),
                _step("OPPOSITION", "SERVE", 14, CD, "CPR 15.4", **THEIRS),
                _step("ENFORCE", "OPPOSITION", 10, BD, "CPR 12"),
            ),
        ),
        "EU": Timetable(
            "EU",
            "TARGET",
            (
                _FILE,
                _step("ORDER", "FILE", 30, CD, "Reg. 1896/2006 art. 12", **THEIRS),
                _step("SERVE", "ORDER", 30, CD, HOUSE, **THEIRS),
                _step("OPPOSITION", "SERVE", 30, CD, "Reg. 1896/2006 art. 16", **THEIRS),
                _step("ENFORCE", "OPPOSITION", 5, BD, "Reg. 1896/2006 art. 18"),
            ),
        ),
        "AGENCY": Timetable(
            "AGENCY",
            "TARGET",
            (
                _step("ACCEPTED", HANDED, 5, BD, HOUSE, **THEIRS),
                _step("REPORT", HANDED, 30, CD, HOUSE, **THEIRS),
                _step("REVIEW", HANDED, 90, CD, HOUSE),
            ),
        ),
    }
)
# An order of before this day is served within six months (décret of the injonction de payer).
FR_SHORTER_FROM: Final = date(2026, 9, 1)
FR_LONGER_MONTHS: Final = 6


def timetable_of(route: Route, country: str) -> Timetable:
    """The timetable of a route; a country of which we know none goes by the European order."""
    if route is Route.AGENCY:
        return TIMETABLES["AGENCY"]
    return TIMETABLES.get(country, TIMETABLES["EU"])


def due_dates(table: Timetable, events: Mapping[str, date]) -> dict[str, date | None]:
    """
    Return by when each step is due; None while what it counts from has not happened.

    :param events: the days on which steps were done, and HANDED
    """
    calendar = BusinessCalendar(table.calendar)
    found: dict[str, date | None] = {}
    for step in table.steps:
        start = events.get(step.after)
        found[step.key] = None if start is None else _due(step, start, table, calendar)
    return found


def _due(step: TimedStep, start: date, table: Timetable, calendar: BusinessCalendar) -> date:
    rests = table.rests if step.stands_still else ()
    months = step.n
    if table.key == "FR" and step.key == "SERVE" and start < FR_SHORTER_FROM:
        months = FR_LONGER_MONTHS
    if step.unit is Unit.MONTHS:
        last = _months_after(start, months)
        for rest in rests:
            last += _resting(rest, start, last)
    else:
        last = _days_after(start, step, rests, calendar)
    while not calendar.is_business_day(last) or any(rest.covers(last) for rest in rests):
        last += ONE_DAY
    return last


def _days_after(
    start: date, step: TimedStep, rests: tuple[Rest, ...], calendar: BusinessCalendar
) -> date:
    """The day of the event does not count; nor does a day on which the clock stands still."""
    day, left = start, step.n
    while left:
        day += ONE_DAY
        if any(rest.covers(day) for rest in rests):
            continue
        left -= step.unit is Unit.DAYS or calendar.is_business_day(day)
    return day


def _resting(rest: Rest, start: date, last: date) -> timedelta:
    days = (start + timedelta(days=n) for n in range(1, (last - start).days + 1))
    return timedelta(days=sum(rest.covers(day) for day in days))


def _months_after(start: date, months: int) -> date:
    """The day of the same number, else the last of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    for day in range(start.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")

"""When a company and its teams work, as typed, kept and counted."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from concilia.cases.core.calendars import (
    CalendarRefused,
    TypedCalendar,
    WorkCalendar,
    calendars_of,
    clock_for,
    days_typed,
    read_calendar,
)
from concilia.kernel.deadlines import Unit

ROME = ZoneInfo("Europe/Rome")
DAYS = "2026-12-24 Stock-taking\n12-07 Sant'Ambrogio\neaster+60 Corpus Christi\n"


def clock(calendars=None, team="", country="IT"):
    return clock_for(calendars or {}, team, country=country, zone="Europe/Rome")


def due(clock, start, days):
    start = datetime.fromisoformat(start).replace(tzinfo=ROME)
    return clock.deadline(start, days, Unit.BUSINESS_DAYS).due.isoformat(timespec="minutes")


class TestTyped:
    def test_days_of_one_year_of_every_year_and_from_easter(self):
        calendar = read_calendar(TypedCalendar(days=DAYS))
        assert dict(calendar.days) == {
            "2026-12-24": "Stock-taking",
            "12-07": "Sant'Ambrogio",
            "easter+60": "Corpus Christi",
        }
        assert read_calendar(TypedCalendar(days=days_typed(calendar))) == calendar
        assert calendars_of({"": calendar.to_data()})[""] == calendar

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            (TypedCalendar(country="XX"), "country_unknown"),
            (TypedCalendar(cutoff="25:00"), "no_time"),
            (TypedCalendar(opens="noon"), "no_time"),
            (TypedCalendar(opens="18:00", closes="09:00"), "hours_out_of_order"),
            (TypedCalendar(closes="16:00", cutoff="17:00"), "hours_out_of_order"),
            (TypedCalendar(days="2026-02-30 Never"), "no_day"),
            (TypedCalendar(days="13-01 Never"), "no_day"),
            (TypedCalendar(days="easter+400 Never"), "no_day"),
            (TypedCalendar(days="Christmas"), "no_day"),
            (TypedCalendar(days="12-07\n" * 201), "too_many_days"),
        ],
    )
    def test_what_is_none_is_refused(self, typed, code):
        with pytest.raises(CalendarRefused) as refused:
            read_calendar(typed)
        assert refused.value.code == code

    def test_hours_are_kept(self):
        calendar = read_calendar(TypedCalendar(opens="8:30", closes="16.30", cutoff="16:00"))
        kept = calendars_of({"": calendar.to_data()})
        assert (kept[""].opens, kept[""].closes, kept[""].cutoff) == (
            time(8, 30), time(16, 30), time(16),
        )  # fmt: skip


class TestClocks:
    def test_the_company_s_own_days_do_not_count(self):
        own = {"": read_calendar(TypedCalendar(days=DAYS))}
        assert due(clock(), "2026-12-04T10:00", 1) == "2026-12-07T17:00+01:00"
        assert due(clock(own), "2026-12-04T10:00", 1) == "2026-12-09T17:00+01:00"
        assert clock(own).calendar.why_closed(date(2027, 5, 27)) == "Corpus Christi"

    def test_a_team_elsewhere_has_its_holidays_and_the_company_s_days(self):
        both = {
            "": read_calendar(TypedCalendar(days="12-07 Sant'Ambrogio", cutoff="16:00")),
            "LOG": read_calendar(TypedCalendar(country="FR", days="2026-11-12 Bridge")),
        }
        assert due(clock(both, "LOG"), "2026-11-10T10:00", 1) == "2026-11-13T16:00+01:00"
        assert due(clock(both, "SAL"), "2026-11-10T10:00", 1) == "2026-11-11T16:00+01:00"
        assert clock(both, "LOG").calendar.why_closed(date(2026, 12, 7)) == "Sant'Ambrogio"

    def test_without_a_calendar_of_the_country_euro_days_count(self):
        assert clock(country="AT").calendar.country == "TARGET"
        assert clock({"": WorkCalendar(country="DE")}, country="AT").calendar.country == "DE"

    def test_a_day_that_ends_before_the_usual_cut_off_ends_its_deadlines(self):
        short = {"": read_calendar(TypedCalendar(closes="15:00"))}
        assert due(clock(short), "2026-11-10T10:00", 1) == "2026-11-11T15:00+01:00"

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from concilia.cases.core.people import Absence
from concilia.cases.core.workload import Load, capacity_minutes, working_days
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import SlaClock

CLOCK = SlaClock(BusinessCalendar("IT"), ZoneInfo("Europe/Rome"))


def test_five_working_days_go_over_weekends_and_holidays():
    days = working_days(CLOCK, date(2026, 12, 4))

    # 5 and 6 are a weekend, the 8th is the Immacolata.
    assert [day.day for day in days] == [4, 7, 9, 10, 11]


def test_hours_at_work_are_those_of_the_calendar_less_the_days_away():
    days = working_days(CLOCK, date(2026, 12, 4))
    away = Absence(1, 2, date(2026, 12, 7), date(2026, 12, 9))

    assert capacity_minutes(CLOCK, days, []) == 5 * 9 * 60
    assert capacity_minutes(CLOCK, days, [away]) == 3 * 9 * 60


def test_a_load_says_how_full_the_days_are():
    assert Load(540, 1080).percent == 50
    assert Load(0, 0).percent is None
    assert Load(60, 0).is_too_much

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.calendars import TIME_ZONES, BusinessCalendar, SkippedDay
from concilia.kernel.holidays import RULES, CalendarUnknown, easter, national_holidays

COUNTRIES = sorted(RULES)
CALENDARS = st.sampled_from(COUNTRIES).map(BusinessCalendar)
DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


class TestEaster:
    @pytest.mark.parametrize("sunday", ["2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"])
    def test_is_computed(self, sunday):
        assert easter(day(sunday).year) == day(sunday)

    @given(st.integers(1900, 2199))
    def test_is_a_sunday_in_spring(self, year):
        assert easter(year).weekday() == 6
        assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


class TestNationalHolidays:
    @pytest.mark.parametrize(
        ("country", "holiday", "name"),
        [
            ("IT", "2026-10-04", "St Francis of Assisi"),
            ("FR", "2026-05-14", "Ascension Day"),
            ("FR", "2026-05-25", "Whit Monday"),
            ("ES", "2026-04-03", "Good Friday"),
            ("DE", "2026-10-03", "Day of German Unity"),
            ("UK", "2026-05-04", "Early May bank holiday"),
            ("UK", "2026-05-25", "Spring bank holiday"),
            ("UK", "2026-08-31", "Summer bank holiday"),
            ("GB", "2022-12-27", "Christmas Day (substitute day)"),
            ("GB", "2021-12-28", "Boxing Day (substitute day)"),
            ("GB", "2028-01-03", "New Year's Day (substitute day)"),
            ("GB", "2022-06-02", "Spring bank holiday"),
            ("US", "2026-01-19", "Martin Luther King Day"),
            ("US", "2026-11-26", "Thanksgiving Day"),
            ("US", "2026-07-03", "Independence Day (observed)"),
            ("US", "2022-06-20", "Juneteenth (observed)"),
            ("US", "2027-12-31", "New Year's Day (observed)"),
            ("TARGET", "2026-12-26", "St Stephen's Day"),
        ],
    )
    def test_follow_their_rules(self, country, holiday, name):
        assert national_holidays(country, day(holiday).year)[day(holiday)] == name

    @pytest.mark.parametrize(
        ("country", "working"),
        [("IT", "2025-10-04"), ("US", "2020-06-19"), ("GB", "2022-05-30"), ("DE", "1989-10-03")],
    )
    def test_do_not_hold_before_they_began_or_where_they_were_moved(self, country, working):
        assert day(working) not in national_holidays(country, day(working).year)

    # The table of domain.md §8.5: fixed days as month-day, movable ones in days from Easter.
    @pytest.mark.parametrize(
        ("country", "fixed", "from_easter"),
        [
            ("IT", "1-1 1-6 4-25 5-1 6-2 8-15 10-4 11-1 12-8 12-25 12-26", (1,)),
            ("FR", "1-1 5-1 5-8 7-14 8-15 11-1 11-11 12-25", (1, 39, 50)),
            ("ES", "1-1 1-6 5-1 8-15 10-12 11-1 12-6 12-8 12-25", (-2,)),
            ("DE", "1-1 5-1 10-3 12-25 12-26", (-2, 1, 39, 50)),
            ("TARGET", "1-1 5-1 12-25 12-26", (-2, 1)),
        ],
    )
    @pytest.mark.parametrize("year", [2026, 2027, 2028])
    def test_are_those_of_the_table_and_no_others(self, country, fixed, from_easter, year):
        days = {date(year, *map(int, each.split("-"))) for each in fixed.split()}
        days |= {easter(year) + timedelta(days=each) for each in from_easter}

        # Easter Sunday is a Sunday anyway, whether it is named or not.
        assert {each for each in national_holidays(country, year) if each != easter(year)} == days

    @given(country=st.sampled_from(COUNTRIES), year=st.integers(1990, 2100))
    def test_stay_in_their_year_and_are_few(self, country, year):
        holidays = national_holidays(country, year)

        assert all(each.year == year for each in holidays)
        assert 6 <= len(holidays) <= 15

    def test_are_unknown_for_other_countries_and_far_years(self):
        with pytest.raises(CalendarUnknown, match="there is no business calendar for 'XX'"):
            BusinessCalendar("XX")
        with pytest.raises(CalendarUnknown, match="the year 2200"):
            BusinessCalendar("IT").is_business_day(date(2200, 1, 1))


class TestBusinessCalendar:
    # domain.md §8.5, TV-8.1 to TV-8.4.
    @pytest.mark.parametrize(
        ("start", "count", "ends"),
        [
            ("2026-12-23", 5, {"GB": "2027-01-04", "*": "2026-12-31"}),
            (
                "2026-03-31",
                5,
                {
                    "IT": "2026-04-08", "FR": "2026-04-08", "ES": "2026-04-08",
                    "DE": "2026-04-09", "GB": "2026-04-09", "US": "2026-04-07",
                    "TARGET": "2026-04-09",
                },
            ),
            (
                "2026-04-30",
                10,
                {
                    "FR": "2026-05-19", "DE": "2026-05-18", "US": "2026-05-14",
                    "*": "2026-05-15",
                },
            ),
            ("2027-10-01", 1, {"IT": "2027-10-05", "*": "2027-10-04"}),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("country", COUNTRIES)
    def test_adds_business_days(self, country, start, count, ends):
        end = day(ends.get(country, ends.get("*")))
        calendar = BusinessCalendar(country)

        assert calendar.add_business_days(day(start), count) == end
        assert calendar.business_days_between(day(start), end) == count

    @given(calendar=CALENDARS, start=DATES, count=st.integers(-300, 300))
    def test_counting_undoes_adding(self, calendar, start, count):
        start = calendar.next_business_day(start)
        end = calendar.add_business_days(start, count)

        assert calendar.is_business_day(end)
        assert calendar.business_days_between(start, end) == count

    @given(calendar=CALENDARS, start=DATES, count=st.integers(0, 60))
    def test_every_day_on_the_way_is_either_counted_or_skipped(self, calendar, start, count):
        end = calendar.add_business_days(start, count)
        days = (end - start).days

        assert len(calendar.skipped(start, end)) + calendar.business_days_between(
            start, end
        ) == max(days, 0)

    def test_finds_the_nearest_business_day_either_way(self):
        italy = BusinessCalendar("IT")

        assert italy.next_business_day(day("2026-12-25")) == day("2026-12-28")
        assert italy.previous_business_day(day("2026-12-27")) == day("2026-12-24")
        assert italy.next_business_day(day("2026-12-23")) == day("2026-12-23")

    def test_says_why_a_day_does_not_count(self):
        milan = BusinessCalendar(
            "IT",
            days_off={day("2026-12-24"): "Company closed"},
            yearly_days_off={(12, 7): "St Ambrose"},
        )

        assert milan.skipped(day("2026-12-23"), day("2026-12-27")) == [
            SkippedDay(day("2026-12-24"), "Company closed"),
            SkippedDay(day("2026-12-25"), "Christmas Day"),
            SkippedDay(day("2026-12-26"), "St Stephen's Day"),
            SkippedDay(day("2026-12-27"), "Sunday"),
        ]
        assert milan.why_closed(day("2027-12-07")) == "St Ambrose"
        assert milan.why_closed(day("2026-12-19")) == "Saturday"
        assert milan.why_closed(day("2026-12-22")) is None

    def test_refuses_an_absurd_count(self):
        with pytest.raises(ValueError, match="10001 business days"):
            BusinessCalendar("IT").add_business_days(day("2026-01-01"), 10_001)

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_every_country_has_a_clock(self, country):
        assert BusinessCalendar(country).time_zone.key == TIME_ZONES[country]

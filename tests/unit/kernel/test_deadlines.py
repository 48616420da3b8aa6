from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.calendars import BusinessCalendar, SkippedDay
from concilia.kernel.deadlines import DeadlineRefused, SlaClock, Unit
from concilia.kernel.holidays import RULES, CalendarUnknown

ROME = ZoneInfo("Europe/Rome")
ITALY = SlaClock(BusinessCalendar("IT"))
MOMENTS = st.datetimes(
    datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)  # noqa: DTZ001
)  # fmt: skip


PAUSES = st.lists(
    st.tuples(
        st.timedeltas(timedelta(0), timedelta(days=9)),
        st.timedeltas(timedelta(0), timedelta(days=9)),
    ),
    max_size=3,
)


def spans_after(start, pauses):
    """Spans in which the clock stood, some after the start, overlapping as they may."""
    return [(start + begins, start + begins + length) for begins, length in pauses]


def joined(spans):
    """The same spans without overlaps."""
    whole = []
    for begins, ends in sorted(spans):
        if whole and begins <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], ends))
        else:
            whole.append((begins, ends))
    return whole


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def due(start: str, count: int, unit: Unit, *stops: tuple[str, str]) -> str:
    spans = [(rome(begins), rome(ends)) for begins, ends in stops]
    return ITALY.deadline(rome(start), count, unit, spans).due.isoformat(timespec="minutes")


class TestBusinessDays:
    def test_end_at_the_cutoff_and_say_what_was_skipped(self):
        deadline = ITALY.deadline(rome("2026-12-23T16:30"), 5, Unit.BUSINESS_DAYS)

        assert deadline.due.isoformat(timespec="minutes") == "2026-12-31T17:00+01:00"
        assert deadline.skipped == (
            SkippedDay(date(2026, 12, 25), "Christmas Day"),
            SkippedDay(date(2026, 12, 26), "St Stephen's Day"),
            SkippedDay(date(2026, 12, 27), "Sunday"),
        )

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("2026-12-11T16:59", "2026-12-14T17:00+01:00"),
            ("2026-12-11T17:00", "2026-12-14T17:00+01:00"),
            ("2026-12-11T17:01", "2026-12-15T17:00+01:00"),
            ("2026-12-12T10:00", "2026-12-15T17:00+01:00"),
            ("2026-12-14T08:00", "2026-12-15T17:00+01:00"),
        ],
    )
    def test_start_on_the_next_business_day_when_nobody_was_there(self, start, end):
        assert due(start, 1, Unit.BUSINESS_DAYS) == end

    def test_say_that_the_message_came_too_late(self):
        deadline = ITALY.deadline(rome("2026-12-11T17:01"), 1, Unit.BUSINESS_DAYS)

        assert [skipped.why for skipped in deadline.skipped] == [
            "arrived after 17:00",
            "Saturday",
            "Sunday",
        ]

    @pytest.mark.parametrize(
        ("stop", "end"),
        [
            (("2026-09-15T10:00", "2026-09-15T15:00"), "2026-09-21T13:00+02:00"),
            (("2026-09-15T10:00", "2026-09-15T10:07"), "2026-09-18T17:07+02:00"),
            (("2026-09-15T08:00", "2026-09-15T09:30"), "2026-09-18T17:30+02:00"),
            (("2026-09-18T16:00", "2026-09-21T09:20"), "2026-09-21T10:20+02:00"),
            (("2026-09-18T17:30", "2026-09-21T12:00"), "2026-09-18T17:00+02:00"),
            (("2026-09-15T10:00", "2026-09-16T10:00"), "2026-09-21T17:00+02:00"),
            (("2026-09-15T10:00", "2026-09-21T10:00"), "2026-09-24T17:00+02:00"),
            (("2026-09-19T10:00", "2026-09-20T10:00"), "2026-09-18T17:00+02:00"),
        ],
    )
    def test_do_not_count_while_others_hold_the_ball(self, stop, end):
        assert due("2026-09-14T10:00", 4, Unit.BUSINESS_DAYS, stop) == end

    def test_overlapping_stops_count_once(self):
        stop = ("2026-09-15T10:00", "2026-09-16T10:00")

        assert due("2026-09-14T10:00", 4, Unit.BUSINESS_DAYS, stop, stop) == due(
            "2026-09-14T10:00", 4, Unit.BUSINESS_DAYS, stop
        )

    def test_of_none_are_due_the_same_day(self):
        assert due("2026-09-14T10:00", 0, Unit.BUSINESS_DAYS) == "2026-09-14T17:00+02:00"

    @pytest.mark.parametrize("country", sorted(RULES))
    @given(
        start=MOMENTS, wait=st.timedeltas(timedelta(0), timedelta(days=9)), count=st.integers(0, 30)
    )
    def test_are_never_due_earlier_for_what_arrived_later(self, country, start, wait, count):
        clock = SlaClock(BusinessCalendar(country))

        first = clock.deadline(start, count, Unit.BUSINESS_DAYS)
        second = clock.deadline(start + wait, count, Unit.BUSINESS_DAYS)

        assert first.due <= second.due
        assert clock.calendar.is_business_day(first.due.date())

    @pytest.mark.parametrize(
        ("start", "count", "stop", "end"),
        [
            # Clocks go back on 25 October 2026 and forward on 28 March 2027.
            ("2026-10-23T10:00", 2, None, "2026-10-27T17:00+01:00"),
            ("2026-10-23T10:00", 2, ("10-24T00:00", "10-26T10:00"), "2026-10-27T18:00+01:00"),
            ("2027-03-25T10:00", 2, ("03-26T17:00", "03-30T09:30"), "2027-03-31T09:30+02:00"),
            ("2026-12-30T10:00", 2, ("12-31T12:00", "2027-01-04T12:00"), "2027-01-05T17:00+01:00"),
            ("2026-12-30T17:01", 1, None, "2027-01-04T17:00+01:00"),
        ],
    )  # fmt: skip
    def test_when_clocks_or_years_change(self, start, count, stop, end):
        stops = [tuple(start[: 16 - len(each)] + each for each in stop)] if stop else []
        assert due(start, count, Unit.BUSINESS_DAYS, *stops) == end

    @pytest.mark.parametrize("country", sorted(RULES))
    @given(start=MOMENTS, count=st.integers(0, 15), pauses=PAUSES)
    def test_pauses_shift_them_by_exactly_their_working_length(self, country, start, count, pauses):
        clock, stops = SlaClock(BusinessCalendar(country)), spans_after(start, pauses)

        plain = clock.deadline(start, count, Unit.BUSINESS_DAYS).due
        later = clock.deadline(start, count, Unit.BUSINESS_DAYS, stops).due

        assert later >= plain
        assert clock.working_time(start, later, stops) == clock.working_time(start, plain)

    @given(start=MOMENTS, length=st.timedeltas(timedelta(0), timedelta(days=40)), pauses=PAUSES)
    def test_net_and_paused_are_gross(self, start, length, pauses):
        end, stops = start + length, spans_after(start, pauses)
        paused = [ITALY.working_time(begins, min(ends, end)) for begins, ends in joined(stops)]

        net = ITALY.working_time(start, end, stops)

        assert net + sum(paused, timedelta(0)) == ITALY.working_time(start, end)

    @given(start=MOMENTS, count=st.integers(0, 15), pauses=PAUSES, unit=st.sampled_from(Unit))
    def test_one_more_is_never_earlier(self, start, count, pauses, unit):
        stops = spans_after(start, pauses)

        assert (
            ITALY.deadline(start, count, unit, stops).due
            <= ITALY.deadline(start, count + 1, unit, stops).due
        )


class TestCalendarDays:
    def test_roll_to_the_next_business_day(self):
        deadline = ITALY.deadline(rome("2026-12-06T10:00"), 20, Unit.CALENDAR_DAYS)

        assert deadline.due.isoformat(timespec="minutes") == "2026-12-28T17:00+01:00"
        assert [skipped.why for skipped in deadline.skipped] == ["St Stephen's Day", "Sunday"]

    def test_end_where_they_end_where_nothing_rolls(self):
        deadline = ITALY.deadline(rome("2026-12-06T10:00"), 20, Unit.CALENDAR_DAYS, roll=False)

        assert deadline.due.isoformat(timespec="minutes") == "2026-12-26T17:00+01:00"
        assert deadline.skipped == ()

    @pytest.mark.parametrize(
        ("stop", "end"),
        [
            (("2026-09-15T08:00", "2026-09-15T10:45"), "2026-09-22T17:00+02:00"),
            (("2026-09-15T08:00", "2026-09-16T08:00"), "2026-09-22T17:00+02:00"),
        ],
    )
    def test_are_later_by_the_days_begun_in_which_the_clock_stood(self, stop, end):
        assert due("2026-09-14T10:00", 7, Unit.CALENDAR_DAYS, stop) == end

    @pytest.mark.parametrize(
        ("start", "end"),
        [
            ("2026-10-21T10:00", "2026-11-03T17:00+01:00"),
            ("2027-03-24T10:00", "2027-04-06T17:00+02:00"),
        ],
    )  # fmt: skip
    def test_a_day_is_a_day_when_clocks_change(self, start, end):
        stopped = rome(start).replace(hour=0) + timedelta(days=1)
        stop = (stopped, stopped + timedelta(days=6))

        deadline = ITALY.deadline(rome(start), 7, Unit.CALENDAR_DAYS, [stop])

        assert deadline.due.isoformat(timespec="minutes") == end


class TestHours:
    @pytest.mark.parametrize(
        ("start", "hours", "end"),
        [
            ("2026-09-14T10:00", 4, "2026-09-14T14:00+02:00"),
            ("2026-09-14T16:00", 4, "2026-09-15T11:00+02:00"),
            ("2026-09-18T17:00", 2, "2026-09-21T10:00+02:00"),
            ("2026-09-14T03:00", 9, "2026-09-14T18:00+02:00"),
            ("2026-09-12T12:00", 1, "2026-09-14T10:00+02:00"),
            ("2026-10-23T17:00", 2, "2026-10-26T10:00+01:00"),
        ],
    )
    def test_pass_only_while_people_work(self, start, hours, end):
        assert due(start, hours, Unit.HOURS) == end

    def test_stand_still_while_others_hold_the_ball(self):
        stop = ("2026-09-14T11:00", "2026-09-14T12:30")

        assert due("2026-09-14T10:00", 4, Unit.HOURS, stop) == "2026-09-14T15:30+02:00"

    @given(
        start=MOMENTS,
        hours=st.integers(0, 80),
        pause=st.timedeltas(timedelta(0), timedelta(days=5)),
        length=st.timedeltas(timedelta(0), timedelta(days=5)),
    )
    def test_until_the_deadline_are_the_hours_allowed(self, start, hours, pause, length):
        stops = [(start + pause, start + pause + length)]

        end = ITALY.deadline(start, hours, Unit.HOURS, stops).due

        assert ITALY.working_seconds(start, end, stops) == pytest.approx(hours * 3600, abs=2)


class TestConsumed:
    def test_is_the_share_of_working_time_that_is_gone(self):
        start, end = rome("2026-09-14T09:00"), rome("2026-09-15T18:00")

        shares = [
            ITALY.consumed_bp(start, end, rome(at))
            for at in (
                "2026-09-14T08:00",
                "2026-09-14T18:00",
                "2026-09-15T18:00",
                "2026-09-16T18:00",
            )
        ]

        assert shares == [0, 5_000, 10_000, 15_000]

    def test_does_not_grow_while_the_clock_stands(self):
        start, end = rome("2026-09-14T09:00"), rome("2026-09-16T18:00")
        stop = (rome("2026-09-14T18:00"), rome("2026-09-15T18:00"))

        assert ITALY.consumed_bp(start, end, rome("2026-09-15T12:00"), [stop]) == 5_000

    def test_without_working_time_all_is_gone_when_due(self):
        saturday = rome("2026-09-12T12:00")

        assert ITALY.consumed_bp(saturday, saturday, saturday) == 10_000
        assert ITALY.consumed_bp(saturday, saturday, saturday - timedelta(hours=1)) == 0


class TestRefusals:
    def test_a_time_needs_a_zone(self):
        with pytest.raises(DeadlineRefused, match="without zone"):
            ITALY.deadline(datetime(2026, 1, 1), 1, Unit.BUSINESS_DAYS)  # noqa: DTZ001

    @pytest.mark.parametrize("count", [-1, 10_001])
    def test_a_count_must_make_sense(self, count):
        with pytest.raises(DeadlineRefused, match=f"a deadline of {count}"):
            ITALY.deadline(rome("2026-01-01T00:00"), count, Unit.HOURS)

    def test_a_stop_cannot_end_before_it_starts(self):
        with pytest.raises(DeadlineRefused, match="cannot resume"):
            due("2026-09-14T10:00", 1, Unit.HOURS, ("2026-09-15T10:00", "2026-09-14T10:00"))

    @pytest.mark.parametrize("unit", list(Unit))
    def test_a_clock_stopped_for_ever_is_refused(self, unit):
        with pytest.raises(CalendarUnknown):
            due("2026-09-14T10:00", 2, unit, ("2026-09-14T10:00", "2500-01-01T00:00"))


class TestOtherHours:
    def test_a_team_has_its_own_cutoff_and_zone(self):
        clock = SlaClock(
            BusinessCalendar("IT"), zone=ZoneInfo("America/New_York"), cutoff=time(12, 0)
        )

        deadline = clock.deadline(rome("2026-09-14T17:00"), 1, Unit.BUSINESS_DAYS)

        assert deadline.due.isoformat(timespec="minutes") == "2026-09-15T12:00-04:00"

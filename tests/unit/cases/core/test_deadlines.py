from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.cases.core.deadlines import (
    Allowance,
    Notice,
    Pace,
    Stop,
    allowance_of,
    notices_due,
    standing_of,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import SlaClock, Unit
from concilia.kernel.reasons import REASONS

GERMAN = SlaClock(BusinessCalendar("DE"))
FIVE_DAYS = Allowance(5, Unit.BUSINESS_DAYS)


def at(day, hour=10, minute=0):
    """A moment of November 2026 by the clock in Berlin."""
    return datetime(2026, 11, day, hour, minute, tzinfo=GERMAN.tz)


class TestAllowance:
    def test_comes_from_the_reason(self):
        assert allowance_of(REASONS["NC-01"]) == Allowance(8, Unit.BUSINESS_DAYS)
        assert allowance_of(REASONS["NC-33"]).unit is Unit.CALENDAR_DAYS

    def test_every_reason_has_one(self):
        assert all(allowance_of(reason).count >= 0 for reason in REASONS.values())


class TestStanding:
    def test_days_are_working_days(self):
        standing = standing_of(GERMAN, FIVE_DAYS, at(10), [], at(10))

        assert standing.due_at == at(17, 17)
        assert [str(day.day) for day in standing.skipped] == ["2026-11-14", "2026-11-15"]
        assert (standing.used_percent, standing.pace) == (0, Pace.PLAIN)

    def test_a_day_with_the_carrier_is_not_ours(self):
        stops = [Stop(at(12, 9), at(13, 9))]

        standing = standing_of(GERMAN, FIVE_DAYS, at(10), stops, at(16))

        assert standing.due_at == at(18, 17)
        assert standing.gross_minutes - standing.net_minutes > 9 * 60

    def test_while_they_hold_the_ball_the_deadline_moves_on(self):
        running = [Stop(at(12, 9))]

        now = standing_of(GERMAN, FIVE_DAYS, at(10), running, at(13))
        later = standing_of(GERMAN, FIVE_DAYS, at(10), running, at(20))

        assert now.pace is later.pace is Pace.PAUSED
        assert later.due_at - now.due_at == timedelta(days=7)
        assert now.net_minutes == later.net_minutes

    @pytest.mark.parametrize(
        ("moment", "pace"),
        [
            (at(12, 12), Pace.PLAIN),
            (at(17, 9), Pace.SOON),
            (at(17, 17), Pace.SOON),
            (at(17, 17, 1), Pace.LATE),
        ],
    )
    def test_is_shown_plain_then_soon_then_late(self, moment, pace):
        assert standing_of(GERMAN, FIVE_DAYS, at(10), [], moment).pace is pace

    def test_a_stop_not_yet_begun_is_not_known_yet(self):
        future = [Stop(at(16), at(17))]

        assert standing_of(GERMAN, FIVE_DAYS, at(10), future, at(12)).due_at == at(17, 17)

    @settings(deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100)), max_size=4))
    def test_others_taking_time_never_makes_it_due_earlier(self, spans):
        start = at(2)
        stops = [
            Stop(start + timedelta(hours=begins), start + timedelta(hours=begins + lasts))
            for begins, lasts in spans
        ]
        moment = at(30)

        free = standing_of(GERMAN, FIVE_DAYS, start, [], moment)
        held = standing_of(GERMAN, FIVE_DAYS, start, stops, moment)

        assert held.due_at >= free.due_at
        assert 0 <= held.net_minutes <= free.net_minutes
        assert held.gross_minutes == free.gross_minutes

    def test_the_calendar_of_the_country_counts(self):
        """TV 8.1: five working days from 23 December 2026."""
        opened = datetime(2026, 12, 23, 9, tzinfo=UTC)
        due = {
            country: standing_of(SlaClock(BusinessCalendar(country)), FIVE_DAYS, opened, [], opened)
            .due_at.date()
            .isoformat()
            for country in ("IT", "DE", "GB")
        }

        assert due == {"IT": "2026-12-31", "DE": "2026-12-31", "GB": "2027-01-04"}


class TestNotices:
    @pytest.mark.parametrize(
        ("used", "given_before", "expected"),
        [
            (49, (), ()),
            (50, (), (Notice.REMIND_OWNER,)),
            (85, (50,), (Notice.WARN_OWNER,)),
            (100, (50, 80), (Notice.TELL_LEAD,)),
            (130, (50, 80, 100), (Notice.ESCALATE,)),
            (250, (50, 80, 100, 120), (Notice.ESCALATE_AGAIN,)),
            (250, (50, 80, 100, 120, 200), ()),
        ],
    )
    def test_each_threshold_is_told_once(self, used, given_before, expected):
        assert tuple(notice for _, notice in notices_due(used, given_before)) == expected

    def test_nothing_is_lost_when_nobody_looked_for_days(self):
        assert [percent for percent, _ in notices_due(125)] == [50, 80, 100, 120]

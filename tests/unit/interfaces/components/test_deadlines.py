from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from concilia.interfaces.components.deadlines import Clock, describe_due

NOW = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
ROME = ZoneInfo("Europe/Rome")


def told(due, language="en", **more):
    with translation.override(language):
        return describe_due(Clock(due=due, now=NOW, **more), zone=ROME, language=language)


class TestWords:
    @pytest.mark.parametrize(
        ("due", "words", "tone"),
        [
            (NOW + timedelta(hours=7), "today 17:00", "soon"),
            (NOW + timedelta(days=1), "tomorrow", "soon"),
            (NOW + timedelta(days=4), "Mon 23 Nov", "ok"),
            (NOW - timedelta(minutes=30), "late since 09:30", "late"),
            (NOW - timedelta(days=1), "1 day late", "late"),
            (NOW - timedelta(days=2), "2 days late", "late"),
            (date(2026, 11, 19), "today", "soon"),
            (date(2026, 11, 17), "2 days late", "late"),
            (None, "\u2013", "ok"),
        ],
    )
    def test_say_when(self, due, words, tone):
        due = told(due)
        assert (due.words, due.tone) == (words, tone)

    def test_count_days_where_the_reader_is_not_in_utc(self):
        # 23:30 UTC is already tomorrow in Rome.
        assert told(datetime(2026, 11, 19, 23, 30, tzinfo=UTC)).words == "tomorrow"

    def test_a_stopped_clock_is_never_late(self):
        due = told(NOW - timedelta(days=9), paused=NOW - timedelta(days=2))
        assert (due.words, due.tone, due.icon) == ("paused 2 days", "paused", "player-pause")
        assert told(NOW, paused=True).words == "paused"

    def test_the_title_has_the_full_date_and_the_time_zone(self):
        assert told(NOW + timedelta(days=4)).title == "Monday 23 November 2026, 10:00 CET"

    def test_speak_the_reader_s_language(self):
        assert told(NOW + timedelta(days=4), "de").words == "Mo. 23. Nov."


class TestSoon:
    def test_begins_at_80_per_cent_of_the_time(self):
        started = NOW - timedelta(days=8)
        assert told(NOW + timedelta(days=2), started_at=started).tone == "soon"
        assert told(NOW + timedelta(days=3), started_at=started).tone == "ok"

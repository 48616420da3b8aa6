"""When a notice leaves, and for which telephone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.notices import (
    DIGEST,
    NEVER,
    NOW,
    PhoneRefused,
    Reach,
    next_digest,
    phone_of,
)


def reach(mail=DIGEST, sms=NEVER, *, has_phone=True):
    return Reach(mail=mail, sms=sms, zone="Europe/Rome", digest_hour=7, has_phone=has_phone)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


class TestWhen:
    def test_at_once_once_a_day_or_never(self):
        at = utc(2026, 11, 19, 12)
        assert reach(NOW).mail_due(at) == at
        assert reach(DIGEST).mail_due(at) == utc(2026, 11, 20, 6)
        assert reach(NEVER).mail_due(at) is None

    def test_a_short_message_needs_a_number(self):
        at = utc(2026, 11, 19, 12)
        assert reach(sms=NOW).text_due(at) == at
        assert reach(sms=NOW, has_phone=False).text_due(at) is None
        assert reach(sms=NEVER).text_due(at) is None

    @pytest.mark.parametrize(
        ("at", "zone", "hour", "due"),
        [
            (utc(2026, 11, 19, 5, 59), "Europe/Rome", 7, utc(2026, 11, 19, 6)),
            (utc(2026, 11, 19, 6), "Europe/Rome", 7, utc(2026, 11, 20, 6)),
            (utc(2026, 10, 24, 6), "Europe/Rome", 7, utc(2026, 10, 25, 6)),
            (utc(2027, 3, 27, 12), "Europe/Rome", 7, utc(2027, 3, 28, 5)),
            (utc(2026, 12, 31, 23, 30), "America/New_York", 7, utc(2027, 1, 1, 12)),
            (utc(2026, 11, 19, 12), "Asia/Tokyo", 7, utc(2026, 11, 19, 22)),
        ],
    )
    def test_in_the_morning_of_the_reader(self, at, zone, hour, due):
        assert next_digest(at, zone, hour) == due

    @given(
        st.integers(0, 60_000).map(lambda hours: utc(2024, 1, 1) + timedelta(hours=hours)),
        st.sampled_from(["Europe/Rome", "America/New_York", "Asia/Kolkata"]),
        st.integers(0, 23),
    )
    def test_always_within_a_day_and_never_now(self, at, zone, hour):
        assert at < next_digest(at, zone, hour) <= at + timedelta(hours=25)


class TestPhones:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("+39 333 123-4567", "+393331234567"),
            ("0049 (171) 1234567", "+491711234567"),
            ("", ""),
            ("  ", ""),
        ],
    )
    def test_as_people_write_them(self, typed, kept):
        assert phone_of(typed) == kept

    @pytest.mark.parametrize("typed", ["333 1234567", "+0 12345678", "+39abc", "+39 1", "+1" * 20])
    def test_without_a_country_it_is_none(self, typed):
        with pytest.raises(PhoneRefused):
            phone_of(typed)

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.interfaces.components import formats

TODAY = date(2026, 11, 19)
NARROW = "\u202f"


class TestAmounts:
    @pytest.mark.parametrize(
        ("language", "written"),
        [
            ("en", "1,284.00"),
            ("it", "1.284,00"),
            ("fr", f"1{NARROW}284,00"),
            ("es", "1.284,00"),
            ("de", "1.284,00"),
            ("de-at", "1.284,00"),
            ("pt", "1,284.00"),
        ],
    )
    def test_follow_the_language(self, language, written):
        assert str(formats.format_amount(128400, "EUR", language)) == written

    @pytest.mark.parametrize(
        ("minor", "currency", "units", "cents"),
        [
            (5, "EUR", "0", ".05"),
            (1234567, "JPY", "1,234,567", ""),
            (1234567, "KWD", "1,234", ".567"),
            (-14880, "EUR", "\u2212148", ".80"),
        ],
    )
    def test_have_as_many_decimals_as_the_currency(self, minor, currency, units, cents):
        amount = formats.format_amount(minor, currency, "en")
        assert (amount.units, amount.cents) == (units, cents)

    def test_name_the_currency_after_the_figure_on_the_same_line(self):
        assert formats.money_text(71640, "EUR", "de") == "716,40\u00a0EUR"

    @given(st.integers(min_value=-(10**15), max_value=10**15))
    def test_never_lose_a_cent(self, minor):
        written = str(formats.format_amount(minor, "EUR", "it"))
        digits = written.replace(".", "").replace(",", "").replace("\u2212", "-")
        assert int(digits) == minor


class TestNumbers:
    def test_a_decimal_keeps_its_own_places(self):
        assert formats.format_number(Decimal("1204.50"), "de") == "1.204,50"

    def test_places_round_half_up(self):
        assert formats.format_number(Decimal("21.605"), "en", places=2) == "21.61"
        assert formats.format_number(Decimal("-2.5"), "en", places=0) == "\u22123"

    def test_per_cent_never_claims_a_threshold_it_did_not_reach(self):
        assert formats.format_percent(Decimal("0.9499"), "en") == "94\u00a0%"
        assert formats.format_percent(Decimal("0.97"), "fr") == "97\u00a0%"
        assert formats.format_percent(Decimal("0.915"), "de", places=1) == "91,5\u00a0%"


class TestDates:
    @pytest.mark.parametrize(
        ("language", "written"),
        [
            ("en", "Mon 23 Nov"),
            ("it", "lun 23 nov"),
            ("fr", "lun. 23 nov."),
            ("es", "lun 23 nov"),
            ("de", "Mo. 23. Nov."),
        ],
    )
    def test_are_short_in_every_language(self, language, written):
        assert formats.format_weekday(date(2026, 11, 23), TODAY, language) == written

    def test_name_the_year_only_when_it_is_another(self):
        assert formats.format_day(date(2026, 9, 1), TODAY, "en") == "1 Sep"
        assert formats.format_day(date(2025, 9, 1), TODAY, "en") == "1 Sep 2025"

    def test_are_written_out_for_titles(self):
        assert formats.format_full_date(TODAY, "en") == "Thursday 19 November 2026"
        assert formats.format_full_date(TODAY, "es") == "jueves, 19 de noviembre de 2026"

    def test_the_clock_has_24_hours(self):
        assert formats.format_clock(datetime(2026, 11, 19, 17, 5, tzinfo=UTC), "en") == "17:05"

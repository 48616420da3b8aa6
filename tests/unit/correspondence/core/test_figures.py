from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.correspondence.core import figures
from concilia.correspondence.core.figures import MARKS, Language


class TestMoney:
    @pytest.mark.parametrize(
        ("language", "written"),
        [
            ("en", "1,284,000.50\u00a0EUR"),
            ("it", "1.284.000,50\u00a0EUR"),
            ("fr", "1\u202f284\u202f000,50\u00a0EUR"),
            ("es", "1.284.000,50\u00a0EUR"),
            ("de", "1.284.000,50\u00a0EUR"),
        ],
    )
    def test_as_each_language_writes_it(self, language, written):
        assert figures.money(128_400_050, "EUR", Language(language)) == written

    @pytest.mark.parametrize(
        ("minor", "currency", "written"),
        [
            (0, "EUR", "0.00\u00a0EUR"),
            (5, "EUR", "0.05\u00a0EUR"),
            (-14_880, "EUR", "−148.80\u00a0EUR"),
            (1_500, "JPY", "1,500\u00a0JPY"),
            (1_500, "KWD", "1.500\u00a0KWD"),
        ],
    )
    def test_with_the_decimals_of_its_currency(self, minor, currency, written):
        assert figures.money(minor, currency, Language.EN) == written

    @given(st.integers(-(10**15), 10**15), st.sampled_from(Language))
    def test_can_be_read_back(self, minor, language):
        mark, group = MARKS[language]
        text = figures.amount(minor, language)

        plain = text.replace(group, "").replace(mark, ".").replace(figures.MINUS, "-")
        assert Decimal(plain) * 100 == minor


class TestQuantities:
    @pytest.mark.parametrize(
        ("value", "written"),
        [("8.000", "8"), ("2.50", "2,5"), ("1E+3", "1.000"), ("0", "0"), ("-3", "−3")],
    )
    def test_have_no_idle_zeros(self, value, written):
        assert figures.quantity(Decimal(value), Language.IT) == written

    def test_prices_keep_the_decimals_of_the_currency_and_their_own(self):
        assert figures.unit_price(Decimal("21.6"), Language.DE) == "21,60"
        assert figures.unit_price(Decimal("0.0345"), Language.DE) == "0,0345"

    def test_rates(self):
        assert figures.percent(2_200, Language.FR) == "22\u00a0%"
        assert figures.percent(250, Language.EN) == "2.5\u00a0%"


class TestDays:
    @pytest.mark.parametrize(
        ("language", "written"),
        [
            ("en", "1 October 2026"),
            ("it", "1º ottobre 2026"),
            ("fr", "1er octobre 2026"),
            ("es", "1 de octubre de 2026"),
            ("de", "1. Oktober 2026"),
        ],
    )
    def test_in_words(self, language, written):
        assert figures.day(date(2026, 10, 1), Language(language)) == written

    @pytest.mark.parametrize(
        ("rough", "smooth"),
        [
            ("entro il 8 ottobre", "entro l’8 ottobre"),
            ("del 11 marzo", "dell’11 marzo"),
            ("al 8 maggio, dal 11 aprile", "all’8 maggio, dall’11 aprile"),
            ("il 18 ottobre", "il 18 ottobre"),
            ("il 8 cartoni", "il 8 cartoni"),
        ],
    )
    def test_italian_joins_before_a_vowel(self, rough, smooth):
        assert figures.smooth(rough, Language.IT) == smooth

    def test_other_languages_are_left_alone(self):
        assert figures.smooth("il 8 ottobre", Language.ES) == "il 8 ottobre"

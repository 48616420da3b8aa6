from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.amounts import (
    decimal_sign,
    find_amounts,
    find_currency,
    money,
    parse_cell,
    parse_number,
)


def found(text):
    return [(f"{amount.value}", amount.currency) for amount in find_amounts(text)]


class TestRunningText:
    @pytest.mark.parametrize(
        ("text", "value", "currency"),
        [
            ("€ 1.234,50", "1234.50", "EUR"),
            ("1,234.50 EUR", "1234.50", "EUR"),
            ("1 234,50 €", "1234.50", "EUR"),
            ("1\u202f234,50 €", "1234.50", "EUR"),
            ("CHF 1'234.50", "1234.50", "CHF"),
            ("1234.50 GBP", "1234.50", "GBP"),
            ("£120", "120", "GBP"),
            ("122,- €", "122", "EUR"),
            ("122,00-", "-122.00", None),
            ("EUR 1.200", "1200", "EUR"),
            ("12,5 euro", "12.5", "EUR"),
            ("(45.00)", "-45.00", None),
            ("KWD 1.250", "1.250", "KWD"),
            ("JPY 1,200", "1200", "JPY"),
        ],
    )
    def test_reads_the_five_conventions(self, text, value, currency):
        assert found(f"bitte {text} zahlen") == [(value, currency)]

    @pytest.mark.parametrize(
        "text",
        ["12.5 %", "12,50 kg", "2 cartons", "12/03/2026", "12.03.2026", "Invoice 12345", "16:30"],
    )
    def test_leaves_out_what_is_not_money(self, text):
        assert found(text) == []

    def test_a_currency_between_two_numbers_belongs_to_the_second(self):
        assert found("n. 12.345.678 EUR 1.200") == [("1200", "EUR")]

    def test_keeps_the_place(self):
        text = "storno di € 122,00 grazie"
        (amount,) = find_amounts(text)
        assert text[amount.start : amount.end] == "€ 122,00"


class TestCells:
    @pytest.mark.parametrize(
        ("text", "point", "value"),
        [
            ("1.220,00", ",", "1220.00"),
            ("1,220.00", ".", "1220.00"),
            ("1220", None, "1220"),
            ("(122,00)", ",", "-122.00"),
            ("-122.00", ".", "-122.00"),
            ("\u2212200,00", ",", "-200.00"),
            ("€ 24,40", ",", "24.40"),
            ("1.220", ",", "1220"),
            ("0,5", ",", "0.5"),
        ],
    )
    def test_reads_an_amount(self, text, point, value):
        assert parse_cell(text, point=point) == Decimal(value)

    @pytest.mark.parametrize("text", ["", "INV-12", "2 cartons", "12/03/2026", "n/a", "-"])
    def test_anything_else_is_none(self, text):
        assert parse_cell(text) is None


class TestDocument:
    def test_the_decimal_sign_is_the_one_of_most_amounts(self):
        assert decimal_sign("1.220,00 24,40 3.5") == ","
        assert decimal_sign("1,220.00 24.40") == "."
        assert decimal_sign("1220 24") is None

    def test_the_currency_is_the_one_named_most(self):
        assert find_currency("GBP 12, £4, € 3") == "GBP"
        assert find_currency("12.00") is None

    def test_money_has_the_decimals_of_its_currency(self):
        assert money(Decimal("12.5"), "EUR") == "12.50"
        assert money(Decimal(1200), "JPY") == "1200"
        assert money(Decimal("0.005"), None) == "0.01"


@given(st.integers(0, 10**9), st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", ".")]))
def test_what_is_printed_is_read_back(minor, signs):
    group, point = signs
    grouped = f"{minor // 100:,}".replace(",", group)
    printed = f"{grouped}{point}{minor % 100:02d}"
    assert parse_number(printed) == Decimal(minor).scaleb(-2)

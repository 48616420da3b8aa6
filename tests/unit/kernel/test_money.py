from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.currencies import EXPONENTS, UnknownCurrency
from concilia.kernel.money import (
    AmountUnreadable,
    CurrencyMismatch,
    Money,
    VatSplit,
    total,
    vat_split,
    vat_split_by_rate,
)

MINOR = st.integers(-(10**12), 10**12)


def euros(text: str) -> Money:
    return Money.parse(text, "EUR")


def strings(amounts: list[Money]) -> list[str]:
    return [amount.to_decimal_string() for amount in amounts]


class TestMoney:
    def test_adds_and_subtracts(self):
        assert euros("1.50") + euros("0.75") - euros("2.00") == euros("0.25")

    @pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__"])
    def test_refuses_to_mix_currencies(self, operation):
        with pytest.raises(CurrencyMismatch, match=r"0.01 EUR and 0.01 USD"):
            getattr(Money(1, "EUR"), operation)(Money(1, "USD"))

    def test_compares_in_both_directions(self):
        assert euros("1.00") < euros("2.00") <= euros("2.00") > euros("-3.00")
        assert max(euros("1.00"), euros("-2.00")) == euros("1.00")

    def test_equal_numbers_of_different_currencies_are_different(self):
        assert Money(1, "EUR") != Money(1, "USD")

    def test_knows_nothing_from_something(self):
        assert Money.zero("EUR").is_zero
        assert not Money.zero("EUR")
        assert euros("-0.01")
        assert abs(-euros("3.00")) == euros("3.00")

    @pytest.mark.parametrize("minor", [1.0, Decimal(1), True])
    def test_refuses_anything_but_whole_minor_units(self, minor):
        with pytest.raises(TypeError):
            Money(minor, "EUR")

    @pytest.mark.parametrize("currency", ["eur", "EURO", "", "ZZZ", "€"])
    def test_refuses_a_currency_iso_4217_does_not_know(self, currency):
        with pytest.raises(UnknownCurrency, match="ISO 4217"):
            Money(1, currency)


class TestParse:
    @pytest.mark.parametrize(
        ("text", "currency", "minor"),
        [
            ("1234.50", "EUR", 123450),
            ("-0.01", "EUR", -1),
            ("+7", "EUR", 700),
            ("7.5", "EUR", 750),
            ("0007", "JPY", 7),
            ("1.234", "KWD", 1234),
            ("999999999999999.99", "USD", 99999999999999999),
        ],
    )
    def test_reads_exactly(self, text, currency, minor):
        assert Money.parse(text, currency) == Money(minor, currency)

    @pytest.mark.parametrize(
        "text",
        [
            "", " 1", "1 ", "1,00", "1.234,50", "1,234.50", ".5", "5.", "1e3", "NaN", "--1", "١٢",
            "1.500", "9" * 17, "9" * 5000,
        ],
    )  # fmt: skip
    def test_refuses_what_is_not_exactly_an_amount(self, text):
        with pytest.raises(AmountUnreadable):
            Money.parse(text, "EUR")

    def test_says_how_many_decimals_the_currency_has(self):
        with pytest.raises(AmountUnreadable, match=r"'10\.5' has 1 decimals; JPY has 0"):
            Money.parse("10.5", "JPY")

    @given(minor=MINOR, currency=st.sampled_from(sorted(EXPONENTS)))
    def test_reads_back_what_it_printed(self, minor, currency):
        amount = Money(minor, currency)

        assert Money.parse(amount.to_decimal_string(), currency) == amount
        assert str(amount.to_decimal()) == amount.to_decimal_string()


class TestSplit:
    @given(
        minor=MINOR,
        weights=st.lists(st.integers(0, 10**9), min_size=1, max_size=40).filter(any),
    )
    def test_never_loses_a_cent_and_stays_within_one_of_the_exact_share(self, minor, weights):
        shares = Money(minor, "EUR").split(weights)

        assert sum(share.minor for share in shares) == minor
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share.minor * sum(weights) - minor * weight) < sum(weights)

    @given(minor=MINOR, weights=st.lists(st.integers(1, 99), min_size=1, max_size=20))
    def test_negative_amounts_mirror_positive_ones(self, minor, weights):
        mirrored = [-share for share in Money(-minor, "EUR").split(weights)]

        assert mirrored == Money(minor, "EUR").split(weights)

    @pytest.mark.parametrize(
        ("amount", "parts"),
        [
            ("1000.00", ["333.34", "333.33", "333.33"]),  # TV-3.1
            ("-1000.00", ["-333.34", "-333.33", "-333.33"]),  # TV-3.3
        ],
    )
    def test_gives_the_odd_cents_to_the_first_equal_parts(self, amount, parts):
        assert strings(euros(amount).split_equal(3)) == parts

    def test_gives_the_odd_cent_to_the_largest_remainder(self):
        assert strings(euros("1.00").split([1, 2, 4])) == ["0.14", "0.29", "0.57"]
        assert strings(euros("1.00").split([1, 1, 4])) == ["0.17", "0.17", "0.66"]

    @pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
    def test_refuses_weights_that_say_nothing(self, weights):
        with pytest.raises(ValueError, match="cannot split"):
            euros("1.00").split(weights)

    def test_refuses_to_split_into_no_parts(self):
        with pytest.raises(ValueError, match="into 0 parts"):
            euros("1.00").split_equal(0)


class TestTimes:
    @pytest.mark.parametrize(
        ("amount", "factor", "product"),
        [
            ("0.01", "0.5", "0.01"),
            ("-0.01", "0.5", "-0.01"),
            ("0.01", "0.4999999999999999999999999999999999", "0.00"),
            ("3.33", "3", "9.99"),
            ("12345678901234.56", "1.000000000000000000000000000001", "12345678901234.56"),
        ],
    )
    def test_rounds_half_up_once(self, amount, factor, product):
        assert euros(amount).times(Decimal(factor)) == euros(product)

    def test_takes_percentages(self):
        assert euros("2420.00").percent(2) == euros("48.40")


class TestTotal:
    def test_of_nothing_is_nothing_in_the_currency(self):
        assert total([], "JPY") == Money(0, "JPY")

    def test_never_mixes_currencies(self):
        with pytest.raises(CurrencyMismatch):
            total([Money(1, "EUR"), Money(1, "USD")], "EUR")


class TestVatSplit:
    @pytest.mark.parametrize(
        ("gross", "net", "vat"),
        [("122.00", "100.00", "22.00"), ("100.00", "81.97", "18.03")],  # TV-7.1, TV-7.2
    )
    def test_takes_the_vat_out(self, gross, net, vat):
        assert vat_split(euros(gross), Decimal(22)) == VatSplit(euros(net), euros(vat))

    @given(minor=MINOR, rate=st.decimals(0, 100, places=2))
    def test_net_and_vat_are_the_gross(self, minor, rate):
        split = vat_split(Money(minor, "EUR"), rate)

        assert split.gross == Money(minor, "EUR")
        assert split.vat.minor * minor >= 0

    def test_refuses_a_negative_rate(self):
        with pytest.raises(ValueError, match="-1 %"):
            vat_split(euros("1.00"), -1)

    def test_spreads_a_gross_amount_over_the_rates_of_the_invoice(self):
        invoiced = {Decimal(22): euros("122.00"), Decimal(10): euros("110.00")}

        split = vat_split_by_rate(euros("23.20"), invoiced)

        assert split == {
            Decimal(22): VatSplit(euros("10.00"), euros("2.20")),
            Decimal(10): VatSplit(euros("10.00"), euros("1.00")),
        }

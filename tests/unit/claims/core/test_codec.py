from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from concilia.claims.core import codec
from concilia.claims.core.facts import ClaimFacts


class TestSpelling:
    @dataclass(frozen=True)
    class Thing:
        quantity: Decimal
        on: date

    @pytest.mark.parametrize(
        ("value", "spelt"),
        [("1.50", "1.5"), ("1E+2", "100"), ("-0.00", "0"), ("0.001", "0.001"), ("10", "10")],
    )
    def test_one_number_has_one_spelling(self, value, spelt):
        thing = self.Thing(Decimal(value), date(2026, 10, 14))

        assert codec.to_json(thing) == f'{{"on":"2026-10-14","quantity":"{spelt}"}}'

    def test_what_is_no_number_is_not_written(self):
        with pytest.raises(ValueError, match="not a number"):
            codec.to_json(self.Thing(Decimal("NaN"), date(2026, 10, 14)))

    def test_long_numbers_are_not_rounded(self):
        value = Decimal("1." + "0" * 40 + "1")

        thing = codec.from_json(self.Thing, codec.to_json(self.Thing(value, date(2026, 10, 14))))

        assert thing.quantity == value

    def test_other_types_are_refused(self):
        with pytest.raises(TypeError, match="float has no canonical JSON"):
            codec.to_json(self.Thing(1.5, date(2026, 10, 14)))


class TestReadingBack:
    def read(self, frischmarkt, **changes):
        data = codec.to_data(frischmarkt) | changes
        return codec.from_json(ClaimFacts, json.dumps(data))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"colour": "red"}, "unknown field 'colour'"),
            ({"received_on": "14/10/2026"}, "received_on: '14/10/2026' is no date"),
            ({"lines": "none"}, "lines: a list was expected"),
            ({"lines": [3]}, r"lines\[0\]: an object was expected"),
            ({"currency": 978}, "currency: str expected, not 978"),
            ({"vat_basis": "SOMEHOW"}, "'SOMEHOW' is no VatBasis"),
        ],
    )
    def test_says_what_is_wrong_and_where(self, frischmarkt, changes, sentence):
        with pytest.raises(codec.NotReadable, match=sentence):
            self.read(frischmarkt, **changes)

    def test_a_missing_field_is_named(self, frischmarkt):
        data = codec.to_data(frischmarkt)
        del data["claim"]

        with pytest.raises(codec.NotReadable, match="claim"):
            codec.from_data(ClaimFacts, data)

    @pytest.mark.parametrize("amount", [True, 1.5, "100", None])
    def test_an_amount_is_a_whole_number_and_nothing_else(self, frischmarkt, amount):
        data = codec.to_data(frischmarkt)
        data["lines"][0]["claimed_minor"] = amount

        with pytest.raises(codec.NotReadable, match="claimed_minor: int expected"):
            codec.from_data(ClaimFacts, data)

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "twelve", ""])
    def test_a_quantity_is_a_finite_number(self, frischmarkt, number):
        data = codec.to_data(frischmarkt)
        data["lines"][0]["claimed_quantity"] = number

        with pytest.raises(codec.NotReadable, match="claimed_quantity"):
            codec.from_data(ClaimFacts, data)

    def test_what_is_not_json_is_said(self):
        with pytest.raises(codec.NotReadable, match="not JSON"):
            codec.from_json(ClaimFacts, "{")

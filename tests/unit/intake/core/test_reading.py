"""What of a reading a person should look at."""

from __future__ import annotations

import pytest

from concilia.intake.core.reading import amount_in, doubts_in, references_in, unknown_references

CLEAR = {
    "kind": "debit_note",
    "kind_confidence": 0.97,
    "reason": "NC-01",
    "reason_confidence": 0.95,
    "claimed_amount": "291.60",
    "currency": "EUR",
}


class TestDoubts:
    def test_what_is_clear_needs_no_look(self):
        assert doubts_in(CLEAR) == ()

    @pytest.mark.parametrize(
        ("changes", "doubts"),
        [
            ({"kind_confidence": 0.84}, ("kind",)),
            ({"kind_confidence": 0.85}, ()),
            ({"reason": None, "reason_confidence": None}, ("reason",)),
            ({"reason_confidence": 0.5}, ("reason",)),
            ({"claimed_amount": None}, ("claimed_amount",)),
            ({"claimed_amount": None, "lines": [{"amount": "1"}]}, ()),
            ({"claimed_amount": None, "reason": "NC-24"}, ()),
            ({"kind": "remittance_advice", "reason": None}, ("total_amount",)),
            ({"kind": "invoice", "reason": None, "claimed_amount": None}, ()),
            ({"reason_confidence": 0.5, "corrected": ["reason"]}, ()),
        ],
    )
    def test_what_is_missing_or_below_85_percent_does(self, changes, doubts):
        assert doubts_in(CLEAR | changes) == doubts

    def test_nothing_read_is_no_doubt(self):
        assert doubts_in({}) == ()


class TestReferences:
    def test_only_numbers_of_ours_are_compared(self):
        values = {"references": {"invoice": ["FT-1"], "order": None, "claim": ["BA-1"]}}
        assert references_in(values) == {"invoice": ["FT-1"], "order": [], "delivery": []}

    def test_spelling_does_not_make_a_number_unknown(self):
        values = {"references": {"invoice": ["FT 2026/00012", "FT-2026/13"], "order": ["77"]}}
        assert unknown_references(values, {"20260012"[:4] + "00012", "77"}) == ("FT-2026/13",)

    def test_what_a_person_said_is_known(self):
        values = {"references": {"order": ["77"]}, "corrected": ["references.order"]}
        assert unknown_references(values, frozenset()) == ()


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("291.60", "EUR", 29_160),
        ("", "EUR", None),
        (None, "EUR", None),
        ("1", "", None),
        ("x", "EUR", None),
        ("1.00", "XXZ", None),
    ],
)
def test_an_amount_needs_digits_and_a_currency(text, currency, minor):
    assert amount_in({"claimed_amount": text}, "claimed_amount", currency) == minor

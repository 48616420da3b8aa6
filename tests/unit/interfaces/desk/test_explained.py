"""What the engine found is read in one's own way of writing amounts and days."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from concilia.interfaces.desk.explained import explained

TAKEN_BACK = [
    {"key": "taken_back_of", "arguments": {"payment": "1458.50 EUR (2025-10-21)"}},
]


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "1,458.50\u00a0EUR (21 Oct 2025)"),
        ("it", "1.458,50\u00a0EUR (21 ott 2025)"),
        ("fr", "1\u202f458,50\u00a0EUR (21 oct. 2025)"),
    ],
)
def test_amounts_and_days_are_written_as_the_reader_writes_them(language, written):
    with override(language):
        assert written in explained(TAKEN_BACK)


def test_what_only_looks_like_an_amount_stays_as_it_is():
    kept = [{"key": "taken_back_of", "arguments": {"payment": "RF12 4711.00 XYZ 2026-99-99"}}]

    assert "RF12 4711.00 XYZ 2026-99-99" in explained(kept)


def test_nothing_found_says_nothing():
    assert explained([]) == ""

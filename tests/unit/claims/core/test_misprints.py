"""The number somebody meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.misprints import differing, likely_number

ORDERS = ["4500198842", "4500201177", "4511111111"]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("4500198342", "4500198842"),  # one digit wrong
        ("450198842", "4500198842"),  # one left out
        ("45001998842", "4500198842"),  # one doubled
        ("4500189842", "4500198842"),  # two swapped
        ("45OO198842", "4500198842"),  # letters for noughts
        ("4500198842", "4500198842"),
        ("4999999999", None),
        ("88", None),
    ],
)
def test_a_slip_is_seen_through(printed, meant):
    assert likely_number(printed, ORDERS) == meant


def test_the_end_of_only_one_number_is_that_number():
    invoices = ["FT-2026/01676", "FT-2026/01677"]
    assert likely_number("1676", invoices) == "FT-2026/01676"
    assert likely_number("67", invoices) is None
    assert likely_number("5187", ["DDT 5187", "DDT 15187"]) is None


def test_two_as_near_are_nobody_s_guess():
    assert likely_number("FT-2026/00045", ["FT-2026/00046", "FT-2026/00044"]) is None


def test_a_short_number_is_not_guessed():
    assert likely_number("123", ["124"]) is None


def test_what_differs_is_shown():
    assert differing("4500198342", "4500198842") == (
        ("4500198", False),
        ("8", True),
        ("42", False),
    )


@given(
    st.text(alphabet="0123456789-/FT", max_size=20),
    st.text(alphabet="0123456789", min_size=1, max_size=20),
)
def test_the_stretches_make_the_meant_number(printed, meant):
    assert "".join(piece for piece, _ in differing(printed, meant)) == meant


@given(st.integers(10**7, 10**9))
def test_a_known_number_is_itself(number):
    assert likely_number(str(number), [str(number)]) == str(number)

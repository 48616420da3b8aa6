from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.references import (
    ReferenceRefused,
    is_valid_rf,
    lookalike_key,
    make_rf,
    normalise_reference,
    rf_body,
)

BODIES = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)


class TestCreditorReference:
    @pytest.mark.parametrize(
        ("ours", "reference"),
        [
            ("539007547034", "RF18539007547034"),  # TV-6.1
            ("INV2025001234", "RF27INV2025001234"),  # TV-6.2
            ("1", "RF741"),  # TV-6.3
            ("inv 2025 001234", "RF27INV2025001234"),
        ],
    )
    def test_carries_its_check_digits(self, ours, reference):
        assert make_rf(ours) == reference
        assert is_valid_rf(reference)

    def test_is_valid_as_printed_on_paper(self):
        assert is_valid_rf("rf18 5390 0754 7034")
        assert rf_body("RF18 5390 0754 7034") == "539007547034"

    @pytest.mark.parametrize(
        "text", ["RF18539007547035", "RF18", "", "RF00" + "1" * 22, "DE18539007547034", "RF1É1"]
    )
    def test_is_refused_when_the_check_fails(self, text):
        assert not is_valid_rf(text)
        assert rf_body(text) is None

    @pytest.mark.parametrize("ours", ["", "  ", "A" * 22, "INV/1", "É1", "ß", "\uff11"])
    def test_cannot_be_made_of_anything(self, ours):
        with pytest.raises(ReferenceRefused):
            make_rf(ours)

    @given(BODIES)
    def test_every_one_we_make_is_valid(self, body):
        assert rf_body(make_rf(body)) == body

    @given(BODIES, st.integers(4, 24), st.sampled_from("0123456789"))
    def test_no_single_wrong_digit_goes_unseen(self, body, place, digit):
        made = make_rf(body)
        changed = made[:place] + digit + made[place + 1 :]

        if place < len(made) and made[place].isdigit() and changed != made:
            assert not is_valid_rf(changed)


class TestNormaliseReference:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("FT 2026/0012", "20260012"),
            ("2026-0012", "20260012"),
            ("ft.20260012", "20260012"),
            ("INV-000123", "123"),
            ("000INV000123", "123"),
            ("FAC00045", "45"),
            ("RE-2025-77", "202577"),
            ("Fatt. 77", "77"),
            ("REF77", "REF77"),
            ("PO/RE12", "PORE12"),
            ("INV", "INV"),
            ("0000", "0"),
            (" / ", ""),
            ("", ""),
        ],
    )
    def test_finds_the_bare_number(self, typed, number):
        assert normalise_reference(typed) == number

    @given(st.lists(st.sampled_from("0123456789 /-."), min_size=1).map("".join))
    def test_gives_the_same_number_however_it_is_broken_up(self, typed):
        digits = "".join(character for character in typed if character.isdigit())

        assert normalise_reference(typed) == normalise_reference(digits)


class TestLookalikeKey:
    @pytest.mark.parametrize("typed", ["INV2O26OO12", "1NV-2026-0012", "FT 2026/OOI2"])
    def test_reads_letters_as_the_digits_scanners_take_them_for(self, typed):
        assert lookalike_key(typed) == "20260012"

    def test_keeps_different_numbers_apart(self):
        assert lookalike_key("20260012") != lookalike_key("20260013")

from __future__ import annotations

import pytest

from concilia.documents.core.references import Reference
from concilia.documents.core.series import with_series


def printed(text, value, kind="invoice"):
    start = text.index(value)
    reference = Reference(kind, value, start, start + len(value), labelled=False)
    found = with_series(reference, text)
    return found.kind, found.value


class TestSeries:
    @pytest.mark.parametrize("number", ["TW 30081", "TB 51-220", "FP 26-7719"])
    def test_belongs_to_the_number(self, number):
        assert printed(f"Re: overdue {number} please", number[3:]) == ("invoice", number)

    @pytest.mark.parametrize("before", ["INV", "Nr", "RE", "EUR", "KW", "DDT"])
    def test_is_no_word_for_a_number(self, before):
        assert printed(f"wegen {before} 30081", "30081") == ("invoice", "30081")

    def test_is_not_made_of_capital_words(self):
        assert printed("WE GOT YOUR BIG OLD CAR 30081", "30081") == ("invoice", "30081")

    def test_that_is_a_label_is_cut_off_and_says_the_kind(self):
        assert printed("laut Ihrer AB 20261187", "AB 20261187") == ("order", "20261187")

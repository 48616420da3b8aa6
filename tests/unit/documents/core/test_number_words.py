from __future__ import annotations

import pytest

from concilia.documents.core.amounts import find_amounts
from concilia.documents.core.number_words import counts_in_words
from concilia.documents.core.words import fold


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("we want seventeen hundred and forty pounds back", "1740", "GBP"),
        ("rimborsateci seicentoquarantotto euro", "648", "EUR"),
        ("il nous faut deux cent quatre-vingt-seize euros", "296", "EUR"),
        ("son mil trescientos cuarenta y dos euros", "1342", "EUR"),
        ("das macht neunhundertsiebenundzwanzig Franken", "927", "CHF"),
    ],
)
def test_sums_in_words_are_amounts(text, value, currency):
    (amount,) = find_amounts(text)
    assert (str(amount.value), amount.currency) == (value, currency)
    assert text[amount.start : amount.end].split()[-1] in text


@pytest.mark.parametrize("text", ["the amount due euro 12.00", "50 cent euro", "due euro", "euro"])
def test_other_words_before_a_currency_are_none(text):
    assert all(amount.value != 100 for amount in find_amounts(text))


def test_counts_are_small():
    counts = counts_in_words(fold("neun Kisten, tres cajas, twenty boxes, cento casse"))
    assert counts.values == [9, 3, 20]
    assert counts.within(3, 25) == {3}

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.amounts import find_amounts
from concilia.documents.core.pointing import pointed_at


def claimed(text, *, strict=False):
    amount = pointed_at(text, find_amounts(text), strict=strict)
    return None if amount is None else str(amount.value)


class TestWords:
    @pytest.mark.parametrize(
        ("text", "amount"),
        [
            ("Drei Kartons zu 24,80, also 74,40 EUR, bitte gutschreiben.", "74.40"),
            ("340 units on stock x 4.00 = 1,360.00 EUR. Please credit.", "1360.00"),
            ("Si billed 6.49, agreed 5.90. For 540 pieces that makes 318.60 EUR.", "318.60"),
            ("Uns stehen 12.369,00 EUR zu. Umsatz 412.300,00 EUR, Satz 3 Prozent.", "12369.00"),
            ("Neto 48,19, con IVA 58,31 €. Es lo que queremos que nos abonen.", "58.31"),
            ("Somme des lignes 845,20, facturé 854,20 : 9,00 € de trop.", "9.00"),
            ("togliete il trasporto di 185,00 dalla 6620 (1.985,00 euro in tutto)", "185.00"),
            ("118842 (20,06) et 118907 (24,06), nous retenons 44,12 €", "44.12"),
            ("Von den 570,00 EUR zahlen wir 380,00, die übrigen 190,00 EUR nicht.", "190.00"),
            ("VAT 1,092.50, gross 6,842.50 EUR: please credit the VAT of 1,092.50.", "1092.50"),
            (
                "our invoice S-118 (£640.00) is set off; we transferred the rest of £470.00",
                "640.00",
            ),
        ],
    )
    def test_say_which_amount_is_wanted(self, text, amount):
        assert claimed(text) == amount

    @pytest.mark.parametrize(
        "text",
        [
            "You bill 13.15 apiece on 7718, we'd agreed on 12.40.",
            "The rebate isn't shown: 21.40 and 18.20. Would you correct both?",
        ],
    )
    def test_may_leave_it_open(self, text):
        assert claimed(text) is None

    def test_a_mention_is_no_claim_where_words_must_say_so(self):
        assert claimed("Invoice 4711 of 880.00 EUR was paid on 3 May.", strict=True) is None


@given(st.text(alphabet="0123456789.,= xaà€EUR()\nvat net", max_size=120), st.booleans())
def test_what_is_pointed_at_stands_in_the_text(text, strict):
    amounts = find_amounts(text)
    amount = pointed_at(text, amounts, strict=strict)
    assert amount is None or amount.value in {abs(each.value) for each in amounts}
    assert amount is None or amount.value > Decimal(0)

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.amounts import find_amounts
from concilia.documents.core.reckoning import reckon
from concilia.documents.core.words import fold


def reckoned(text):
    return reckon(fold(text), find_amounts(text))


@pytest.mark.parametrize(
    "text",
    [
        "Net 640.00, VAT 128.00, in all 768.00",
        "640,00 più IVA 20%: 768,00",
        "640,00 € HT soit 768,00 € TTC",
        "640,00 más IVA, 768,00 €",
        "640,00 netto bzw. 768,00 brutto",
    ],
)
def test_tax_is_told_from_the_sum(text):
    found = reckoned(text)
    assert found.grosses == {Decimal("768.00")}
    assert Decimal("640.00") in found.nets


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("glasses 41.10, plates 22.30, cups 9.05, together 72.45", "72.45"),
        ("EUR 512.40 (merce 450,00, smaltimento 62,40)", "512.40"),
        ("320 Stück, berechnet 4,90, vereinbart 4,65, also 80,00", "80.00"),
        ("remise de 3 % sur 12.400,00, soit 372,00", "372.00"),
        ("4 personas x 6 x 15,00 son 360,00", "360.00"),
        ("A | 3 | 12.00\nB | 4 | 31.00\nC | 1 | 7.50\nsum 50.50", "50.50"),
    ],
)
def test_what_others_come_to_is_meant(text, value):
    pulls = reckoned(text).pulls
    assert pulls[Decimal(value)] == max(pulls.values()) > 0


@given(st.text(alphabet="0123456789.,x %€()\nvat net", max_size=150))
def test_reads_anything(text):
    known = {each.value for each in find_amounts(text)}
    assert set(reckoned(text).grosses) <= known

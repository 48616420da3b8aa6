from __future__ import annotations

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.loose import loose_numbers
from concilia.documents.core.parsed import ParsedDocument


def loose(text):
    return loose_numbers(Context(ParsedDocument("mail", f"Betreff\n\n{text}")))


@pytest.mark.parametrize(
    "text",
    [
        "Zu Rechnung 8812: es fehlten 12 Kartons PEN-500. Die PEN-500 brauchen wir.",
        "sur la facture 8812 il manque 2 cartons CHO-770",
        "invoice 8812, three boxes of KR-2200 were wet",
        "Zu Rechnung 8812: Kennzeichen MI-AB-1234 war der Wagen",
        "invoice 8812, see photos IMG_4471 to 4479",
    ],
)
def test_what_its_words_call_a_thing_is_no_number_that_nobody_knows(text):
    assert loose(text) == 0


@pytest.mark.parametrize(
    "text", ["Zu Rechnung 8812: ZZTOP-88-12 ist weg", "about invoice 8812: QXZZT-88-12 is gone"]
)
def test_what_nobody_knows_counts(text):
    assert loose(text) == 1

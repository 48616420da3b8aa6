from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.claimed import balance_left
from concilia.documents.core.context import Context
from concilia.documents.core.parsed import ParsedDocument


def left(text):
    found = balance_left(Context(ParsedDocument(text=text, format="txt")))
    return found.value if found else None


@pytest.mark.parametrize(
    ("due", "advance", "rest"),
    [
        ("Bonus due EUR", "Advance received EUR", "Balance EUR"),
        ("Premio maturato EUR", "Acconto ricevuto EUR", "Saldo EUR"),
        ("Ristourne due EUR", "Acompte reçu EUR", "Solde EUR"),
        ("Rápel EUR", "Anticipo recibido EUR", "Pendiente EUR"),
        ("Bonus EUR", "Abschlag erhalten EUR", "Restbetrag EUR"),
    ],
)
def test_of_rows_with_a_balance_the_balance_is_claimed(due, advance, rest):
    text = f"{due} 28,903.50\n{advance} 12,000.00\n{rest} 16,903.50\nThank you."
    assert left(text) == Decimal("16903.50")


def test_a_balance_that_is_left_of_nothing_above_is_none():
    assert left("Invoice 28,903.50\nBalance 900.00") is None

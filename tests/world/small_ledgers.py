"""A few words for writing ledgers and payments in tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from concilia.matching.records import Customer, ItemKind, OpenItem, Payment

DAY = date(2026, 3, 31)
IBAN = "IT60X0542811101000000123456"


def customer(**changes: Any) -> Customer:
    facts = {"customer_id": "C1", "name": "Rossi Alimentari S.r.l.", "ibans": (IBAN,)}
    return Customer(**{**facts, **changes})


def item(item_id: str, amount: int, number: str | None = None, **changes: Any) -> OpenItem:
    facts = {
        "item_id": item_id,
        "customer_id": "C1",
        "kind": ItemKind.INVOICE if amount > 0 else ItemKind.CREDIT_NOTE,
        "number": item_id if number is None else number,
        "issued_on": date(2026, 2, 1),
        "due_on": date(2026, 3, 3),
        "currency": "EUR",
        "original_minor": amount,
        "open_minor": amount,
    }
    return OpenItem(**{**facts, **changes})


def payment(amount: int, text: str = "", **changes: Any) -> Payment:
    facts = {
        "payment_id": "P1",
        "booked_on": DAY,
        "valued_on": DAY,
        "currency": "EUR",
        "amount_minor": amount,
        "payer_name": "ROSSI ALIMENTARI SRL",
        "payer_iban": IBAN,
        "text": text,
    }
    return Payment(**{**facts, **changes})

"""Remittance advices as their reading leaves them, registered."""

from __future__ import annotations

from datetime import date

from tests.world.bank_day import BankDay
from tests.world.builders import NOON, TODAY

from concilia.cash.actions import PersonsSplit, post_split, register_remittance
from concilia.cash.models import Remittance
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.foundation.blobs import store_blob
from concilia.receivables.models import Invoice

# An invoice, what is paid of it, and where something was kept: how much and why.
Line = tuple[Invoice, str] | tuple[Invoice, str, str, str]


def an_advice_that_says_otherwise(day: BankDay) -> None:
    """640.00 of a bank day put on account; the payer's list says which two invoices it was for."""
    split = PersonsSplit(customer_id=day.customers["sestri"].pk)
    post_split(bank_entry_id=day.entry("NESSUNA").pk, split=split, member=day.clerk, at=NOON)
    lines = [
        (day.invoices["sestri1"], "400.00"),
        (day.invoices["sestri2"], "240.00", "980.00", "merce mancante"),
    ]
    a_remittance(day.customers["sestri"], "640.00", *lines, payer="Panificio Sestri")


def a_remittance(
    customer: Customer, total: str, *lines: Line, day: date = TODAY, payer: str = "Frischmarkt"
) -> Remittance:
    """A registered advice; the jobs it brings about wait."""
    values = {
        "payer_name": payer,
        "currency": "EUR",
        "total_amount": total,
        "payment_date": day.isoformat(),
        "lines": [_line(*line) for line in lines],
    }
    blob = store_blob(content=f"{customer.pk} {values}".encode(), at=NOON)
    document = Document.objects.create(
        entity=customer.entity,
        blob=blob,
        filename="avis.pdf",
        format="pdf",
        kind="remittance_advice",
        customer=customer,
        values=values,
        received_at=NOON,
    )
    remittance = register_remittance(document_id=document.pk, customer_id=customer.pk, at=NOON)
    assert remittance is not None
    return remittance


def _line(invoice: Invoice, net: str, kept: str = "", why: str = "") -> dict[str, str]:
    line = {"document": invoice.number, "paid": net}
    return line | ({"deducted": kept, "reason_text": why} if kept else {})

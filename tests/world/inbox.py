"""Arrivals for tests, as if read: mails, papers and tables of the kinds customers send."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from itertools import count
from typing import Any

from tests.world.builders import NOON

from concilia.claims.actions.papers import open_claim_from_document
from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.intake.actions import (
    Incoming,
    MailFacts,
    PartFile,
    ReadResult,
    fail_reading,
    receive,
    record_reading,
)
from concilia.intake.models import Arrival
from concilia.receivables.models import Invoice

_numbers = count(1)
BODY = (
    "Guten Tag,\n\n12 Kartons fehlen bei {invoice}, Bestellung {order}.\n"
    "Bitte 259,20 EUR gutschreiben.\n"
)
QUOTED = "\nAm 3. November 2026 schrieb Crediti:\n> die Lieferung ging heute ab\n> Crediti\n"


def a_pdf(lines: Sequence[str]) -> bytes:
    """One page of text in Helvetica, small enough to read in a test that fails."""
    shown = b"".join(
        b"BT /F1 12 Tf 72 %d Td (%s) Tj ET\n" % (760 - 28 * n, _pdf_text(line))
        for n, line in enumerate(lines)
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>"
        % b"/Resources << /Font << /F1 5 0 R >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for n, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n" % (len(objects) + 1))
    out.write(b"%d\n%%%%EOF\n" % start)
    return out.getvalue()


def _pdf_text(line: str) -> bytes:
    return (
        line.encode("cp1252", "replace")
        .replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
    )


def an_eml(sender: str, subject: str, body: str) -> bytes:
    """A plain mail."""
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, "crediti@aurora.example"
    mail["Subject"], mail["Date"] = subject, "Thu, 19 Nov 2026 08:41:00 +0100"
    mail["Message-ID"] = f"<{next(_numbers)}@lindner.example>"
    mail.set_content(body)
    return mail.as_bytes()


def a_reading(invoice: Invoice | None = None, **changes: Any) -> dict[str, Any]:
    """What the reader says of a clear claim for 12 missing cartons of 21.60."""
    references = {
        "invoice": [invoice.number] if invoice else [],
        "order": [invoice.order.customer_order_number] if invoice and invoice.order else [],
        "delivery": [invoice.delivery.number] if invoice and invoice.delivery else [],
        "claim": [f"BA-{next(_numbers):04d}"],
        "customer": [],
        "promotion": [],
        "return": [],
    }
    values = {
        "format": "eml",
        "language": "de",
        "kind": "debit_note",
        "kind_confidence": 0.97,
        "reason": "NC-01",
        "reason_confidence": 0.96,
        "alternatives": [{"reason": "NC-02", "confidence": 0.02}],
        "references": references,
        "claimed_amount": "259.20",
        "total_amount": None,
        "currency": "EUR",
        "lines": [],
        "needs_review": True,
        "evidence": [],
        "warnings": [],
    }
    return values | changes


def an_arrival(
    customer: Customer,
    invoice: Invoice | None = None,
    *,
    at: datetime = NOON,
    paper: Sequence[str] | None = None,
    subject: str = "Belastungsanzeige BA-4471",
    **changes: Any,
) -> Arrival:
    """A mail of a customer, read, with a PDF if `paper` are its lines; with evidence."""
    values = a_reading(invoice, **changes)
    order = (values["references"]["order"] or ["–"])[0]
    number = (values["references"]["invoice"] or ["–"])[0]
    said = BODY.format(invoice=number, order=order)
    contact = customer.contacts.get()
    content = an_eml(contact.email, subject, said + QUOTED)
    found = [("reason", "fehlen"), ("references.invoice", number), ("references.order", order)]
    evidence = [_spot(field, text, f"{subject}\n\n{said}") for field, text in found]
    parts = []
    if paper:
        text = "\n".join(paper)
        evidence = [
            _spot(field, text_, text) | {"part": "1", "page": 1, "start": None}
            for field, text_ in found
        ]
        reading = a_reading(invoice) | {"format": "pdf", "kind": "debit_note", "evidence": []}
        parts = [PartFile(filename="BA-4471_Belastung.pdf", content=a_pdf(paper), reading=reading)]
    values["evidence"] = values["evidence"] or evidence
    mail = MailFacts(sender=contact.email, sender_name=contact.name, subject=subject, body=said)
    arrival = store(
        customer.entity,
        Incoming(channel="mailbox", filename=f"{subject}.eml", content=content),
        ReadResult(reading=values, mail=mail, parts=parts),
        at,
    )
    open_claim_from_document(arrival_id=arrival.pk, at=at)  # as the worker tries with every claim
    arrival.refresh_from_db()
    return arrival


def a_file(
    entity: Entity, filename: str, content: bytes, *, at: datetime = NOON, **values: Any
) -> Arrival:
    """An uploaded file, read as `values` say."""
    reading = {"kind": "other", "kind_confidence": 0.9, "references": {}, **values}
    incoming = Incoming(channel="upload", filename=filename, content=content)
    return store(entity, incoming, ReadResult(reading=reading), at)


def store(entity: Entity, incoming: Incoming, result: ReadResult, at: datetime) -> Arrival:
    arrival = receive(entity_id=entity.pk, incoming=incoming, at=at)
    record_reading(arrival_id=arrival.pk, result=result, at=at)
    arrival.refresh_from_db()
    return arrival


def an_unreadable(entity: Entity, *, at: datetime = NOON) -> Arrival:
    incoming = Incoming(channel="upload", filename="scan.pdf", content=b"%PDF-1.4 broken")
    arrival = receive(entity_id=entity.pk, incoming=incoming, at=at)
    fail_reading(arrival_id=arrival.pk, error="scan.pdf: encrypted PDF", at=at)
    arrival.refresh_from_db()
    return arrival


def _spot(field: str, text: str, whole: str) -> dict[str, Any]:
    start = whole.find(text)
    place = (
        {"start": start, "end": start + len(text)} if start >= 0 else {"start": None, "end": None}
    )
    return {"field": field, "text": text, "part": None, "page": None, **place}

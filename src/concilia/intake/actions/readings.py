"""What the reader said, kept: documents, their parts, the message they came with, corrections."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.correspondence.models import Message
from concilia.documents.models import Document, Reading
from concilia.foundation import audit, events
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.blobs import store_blob
from concilia.foundation.jobs import defer
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions.arrivals import ArrivalRefused
from concilia.intake.actions.columns import apply_values
from concilia.intake.actions.learning import keep_correction
from concilia.intake.core.fields import (
    COLUMN,
    COLUMN_ROLES,
    is_correctable,
    marked,
    value_in,
    with_value,
)
from concilia.intake.core.reading import DOCUMENT_KINDS
from concilia.intake.events import DocumentRead
from concilia.intake.models import Arrival
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import AmountUnreadable, Money
from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reasons import REASONS

READER = "concilia-reader-2"
CHOICES: Mapping[str, Container[str]] = {
    "kind": DOCUMENT_KINDS,
    "reason": REASONS,
    "non_payment_reason": NON_PAYMENT_REASONS,
    "currency": EXPONENTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailFacts:
    """The headers of a message, and what is said now (without quoted history)."""

    message_id: str = ""
    in_reply_to: str = ""
    sender: str = ""
    sender_name: str = ""
    recipient: str = ""
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartFile:
    """One attachment: its bytes and what was read in it."""

    filename: str
    content: bytes
    reading: Mapping[str, Any]
    signals: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """All the reader says of one arrival; `reading` as in docs/reference/reading.md."""

    reading: Mapping[str, Any]
    mail: MailFacts | None = None
    parts: Sequence[PartFile] = field(default_factory=list)
    signals: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic(durable=True)
def record_reading(*, arrival_id: int, result: ReadResult, at: datetime) -> Document:
    """
    Keep a reading with its document, parts and message; an arrival is recorded once.

    What the kind asks for happens by the event `DocumentRead`.
    """
    arrival = Arrival.objects.select_for_update(of=("self",), no_key=True).get(pk=arrival_id)
    if arrival.document_id:
        return Document.objects.get(pk=arrival.document_id)
    document = _document(arrival, result, at)
    for n, part in enumerate(result.parts, start=1):
        _part(document, n, part, at)
    arrival.document = document
    arrival.message = _message(arrival, result, at) if result.mail else None
    arrival.state = Arrival.State.WAITING
    arrival.outcome = "unsure" if document.needs_review else "new"
    if result.reading.get("error"):
        arrival.state, arrival.outcome = Arrival.State.FAILED, "unreadable"
        arrival.error = str(result.reading["error"])[:2000]
    arrival.save(update_fields=["document", "message", "state", "outcome", "error"])
    events.record(DocumentRead(arrival.pk, document.pk))
    data = {"kind": document.kind, "reason": document.reason, "sure": not document.needs_review}
    act = Act("document.read", "document", document.pk, data)
    audit.log(entity_id=arrival.entity_id, actor=SYSTEM, at=at, acts=[act])
    return document


@transaction.atomic(durable=True)
def correct_reading(
    *, document_id: int, field: str, value: object, member: Membership, at: datetime
) -> Document:
    """
    A person's word over the machine's: kept with both values, and effective at once (R-2.20).

    :param field: one of `core.fields.CORRECTABLE`, a line's reason (`lines.0.reason`) or a column's
        meaning (`columns.SIGNATURE.2`); references are given as a list
    :raises ArrivalRefused: if there is no such field, or the value cannot be one
    """
    document = Document.objects.select_for_update(no_key=True).get(
        pk=document_id, entity_id=member.entity_id
    )
    if not is_correctable(field, document.values):
        raise ArrivalRefused(_("{field} cannot be corrected."), field=field[:60])
    if _checked(field, value, document.values) != value_in(document.values, field):
        put_right(document, field, value, member=member, at=at)
    return document


def put_right(
    document: Document,
    field: str,
    value: object,
    *,
    member: Membership,
    at: datetime,
    source: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """
    Put a person's word into a document that is locked; said again, it counts as confirmed.

    :param source: what else the log keeps of it: where the person had it from
    :raises ArrivalRefused: if the value cannot be one
    """
    before = value_in(document.values, field)
    after = _checked(field, value, document.values)
    document.values = marked(with_value(document.values, field, after), field)
    apply_values(document)
    document.save()
    keep_correction(document, field, before=before, after=after, member=member, at=at)
    if COLUMN.fullmatch(field):
        defer("concilia.read_anew", once=f"anew:{document.pk}", document_id=document.pk)
    data = {"field": field, "before": before, "after": after, **source}
    act = Act("document.corrected", "document", document.pk, data)
    audit.log(entity_id=document.entity_id, actor=actor_of(member), at=at, acts=[act])


def _document(arrival: Arrival, result: ReadResult, at: datetime) -> Document:
    reading = result.reading
    document = Document(
        entity_id=arrival.entity_id,
        blob_id=arrival.blob_id,
        filename=arrival.filename,
        format=str(reading.get("format") or "")[:30],
        state=Document.State.FAILED if reading.get("error") else Document.State.READ,
        values=dict(reading),
        error=str(reading.get("error") or ""),
        received_at=arrival.received_at,
        read_at=at,
    )
    apply_values(document)
    known = Document.objects.filter(
        entity_id=arrival.entity_id, blob_id=arrival.blob_id, parent=None
    ).first()
    if known:  # uploaded as evidence before it arrived by mail
        document.pk = known.pk
    document.save()
    keep_reading(document, reading, result.signals, at)
    return document


def _part(parent: Document, n: int, part: PartFile, at: datetime) -> None:
    document = Document(
        entity_id=parent.entity_id,
        blob=store_blob(content=part.content, at=at),
        parent=parent,
        n=n,
        filename=part.filename[:255] or f"part {n}",
        format=str(part.reading.get("format") or "")[:30],
        state=Document.State.FAILED if part.reading.get("error") else Document.State.READ,
        values=dict(part.reading),
        error=str(part.reading.get("error") or ""),
        received_at=parent.received_at,
        read_at=at,
    )
    apply_values(document)
    document.save()
    keep_reading(document, part.reading, part.signals, at)


def keep_reading(
    document: Document, reading: Mapping[str, Any], signals: Mapping[str, Any], at: datetime
) -> None:
    """Keep what was read as the document's newest reading."""
    last = document.readings.aggregate(last=Max("version"))["last"] or 0
    Reading.objects.create(
        document=document,
        version=last + 1,
        reader=READER,
        result=dict(reading),
        signals=dict(signals),
        made_at=at,
    )


def _message(arrival: Arrival, result: ReadResult, at: datetime) -> Message:
    mail = result.mail or MailFacts()
    message, _ = Message.objects.get_or_create(
        entity_id=arrival.entity_id,
        key=f"arrival:{arrival.pk}",
        defaults={
            "lane": Message.Lane.IN,
            "channel": "email",
            "state": Message.State.RECEIVED,
            "sender": mail.sender[:254],
            "sender_name": mail.sender_name[:160],
            "subject": mail.subject[:400],
            "body": mail.body,
            "language": str(result.reading.get("language") or "")[:2],
            "message_id": mail.message_id[:255],
            "in_reply_to": mail.in_reply_to[:255],
            "written_at": arrival.received_at,
            "sent_at": at,
        },
    )
    return message


def _checked(field: str, value: object, values: Mapping[str, Any]) -> object:
    if field.startswith("references."):
        items = value if isinstance(value, list) else [value]
        return [str(item).strip()[:80] for item in items if str(item).strip()]
    text = str(value).strip() if value is not None else ""
    if COLUMN.fullmatch(field):
        return _role(text)
    if text and text not in CHOICES.get(_list_of(field), (text,)):
        raise ArrivalRefused(_("{value} is not on the list."), value=text[:40])
    if field == "promise.date" and text:
        return _day(text)
    if field.endswith("amount") and text:
        currency = str(values.get("currency") or "EUR")
        try:
            return Money.parse(text, currency).to_decimal_string()
        except AmountUnreadable as error:
            raise ArrivalRefused(
                _("{value} is not an amount; write it like 1234.50."), value=text[:40]
            ) from error
    return text[:80] or None


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise ArrivalRefused(
            _("{value} is not a day; write it like 2026-12-31."), value=text[:40]
        ) from error


def _list_of(field: str) -> str:
    """The list a value must be on: that of reasons for a line's, too."""
    return "reason" if field.endswith(".reason") else field


def _role(text: str) -> str:
    if text not in COLUMN_ROLES:
        raise ArrivalRefused(_("{value} is not on the list."), value=text[:40])
    return text

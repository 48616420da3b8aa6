"""Papers: what was read of them, their words, and the bytes as they came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from concilia.documents.models import Document
from concilia.identity.models import Membership
from concilia.intake.models import Arrival
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.files import as_file
from concilia.interfaces.components.downloads import download
from concilia.interfaces.components.originals import file_of, open_original

router = Router(tags=["documents"])
READ = Scope("inbox:read")


class PartOut(Schema):
    id: int
    n: int
    filename: str
    format: str
    kind: str


class DocumentOut(Schema):
    """A paper; `reading` holds the fields of docs/reference/reading.md, corrections applied."""

    id: int
    filename: str
    format: str
    sha256: str
    state: str
    kind: str
    reason: str
    language: str
    needs_review: bool
    customer: str | None
    arrival: int | None
    belongs_to: int | None
    received_at: datetime
    read_at: datetime | None
    reading: dict[str, Any]
    parts: list[PartOut]
    error: str


class WordsOut(Schema):
    """What can be read in a file, opened in the sandbox; `error` is one sentence if nothing can."""

    text: str
    pages: int
    tables: list[dict[str, Any]]
    metadata: dict[str, str]
    warnings: list[str]
    error: str


@router.get("/{document_id}", response=DocumentOut, auth=READ)
def get_document(request: HttpRequest, document_id: int) -> DocumentOut:
    """A paper, what was read of it, and what was attached to it."""
    row = _document(caller(request), document_id)
    arrival = Arrival.objects.filter(document=row.parent_id or row.pk).first()
    return DocumentOut(
        id=row.pk,
        filename=row.filename,
        format=row.format,
        sha256=row.blob_id,
        state=row.state,
        kind=row.kind,
        reason=row.reason,
        language=row.language,
        needs_review=row.needs_review,
        customer=row.customer.number if row.customer else None,
        arrival=arrival.pk if arrival else None,
        belongs_to=row.parent_id,
        received_at=row.received_at,
        read_at=row.read_at,
        reading=row.values,
        parts=[
            PartOut(
                id=part.pk, n=part.n, filename=part.filename, format=part.format, kind=part.kind
            )
            for part in row.parts.order_by("n")
        ],
        error=row.error,
    )


@router.get("/{document_id}/text", response=WordsOut, auth=READ)
def get_text(request: HttpRequest, document_id: int) -> WordsOut:
    """The words of a paper."""
    opened = open_original(file_of(_document(caller(request), document_id)))
    return WordsOut(
        text=opened.text,
        pages=len(opened.pages),
        tables=[dict(each) for each in opened.tables],
        metadata=dict(opened.metadata),
        warnings=list(opened.warnings),
        error=opened.error,
    )


@router.get(
    "/{document_id}/file",
    auth=READ,
    openapi_extra=as_file("application/octet-stream", "The bytes as they came."),
)
def get_file(request: HttpRequest, document_id: int) -> HttpResponse:
    """The original, byte by byte as it came."""
    row = _document(caller(request), document_id)
    return download(sha256=row.blob_id, filename=row.filename)


def _document(member: Membership, document_id: int) -> Document:
    rows = Document.objects.select_related("customer")
    return rows.get(pk=document_id, entity_id=member.entity_id)

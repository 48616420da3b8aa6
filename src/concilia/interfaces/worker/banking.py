"""Bank statements and remittance advices on their way into cash application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from concilia.cash.actions import (
    StatementDraft,
    StatementEntry,
    load_statement,
    register_remittance,
)
from concilia.claims.queries.links import find_links
from concilia.documents.core.doubt import ACCEPTED
from concilia.documents.core.formats import BANK_FORMATS
from concilia.documents.models import Document
from concilia.foundation.blobs import read_blob
from concilia.foundation.sandbox import SandboxFailed
from concilia.intake.actions import mark_arrival
from concilia.intake.models import Arrival
from concilia.interfaces.worker.sandboxes import sandbox

READER: Final = "concilia.interfaces.worker.bank_files:rows_of"
EDI_ADVICES: Final = ("edifact-remadv", "x12-820")
PROBLEMS_SHOWN_MAX: Final = 20


@dataclass(slots=True)
class _Loaded:
    """What became of a file: entries of each account, and what could not be booked."""

    accounts: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    heads: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def take_bank_file(arrival: Arrival, at: datetime) -> None:
    """
    This will load a bank file, unless it came by mail: then it waits for a person's word, as does
    a list or a print of an account, which has no entries that could be booked.

    Anybody can write a bank file and mail it, and loaded it would close invoices.
    """
    if not has_bank_file(arrival):
        _settle(arrival, Arrival.State.WAITING, "no_bank_file", at)
    elif arrival.message_id is not None:
        _settle(arrival, Arrival.State.WAITING, "statement_by_mail", at)
    else:
        load_bank_file(arrival_id=arrival.pk, at=at)


def load_bank_file(*, arrival_id: int, at: datetime) -> None:
    """This will load every account of a bank file; a second run loads nothing twice."""
    arrival = Arrival.objects.get(pk=arrival_id)
    loaded = 0
    problems: list[str] = []
    for document in _bank_files(arrival).order_by("n", "pk"):
        found = _read(document)
        problems += found.problems
        for key, rows in found.accounts.items():
            draft = _draft(found.heads[key], rows)
            load_statement(entity_id=arrival.entity_id, sha256=document.blob_id, draft=draft, at=at)
            loaded += 1
    error = " · ".join(problems[:PROBLEMS_SHOWN_MAX])
    if loaded:
        _settle(arrival, Arrival.State.DONE, "statement_loaded", at, error)
    elif problems:
        _settle(arrival, Arrival.State.FAILED, "unreadable", at, error)
    else:
        _settle(arrival, Arrival.State.NOTHING_TO_DO, "no_money_came_in", at)


def register_advice(arrival: Arrival, at: datetime) -> None:
    """
    This will keep what a payer says a payment is for; without a total it waits for a person, and so
    does what may be none: a claim taken for an advice must not leave the inbox.

    Of a mail with an EDI file of several advices each is kept by itself.
    """
    document = arrival.document
    assert document is not None
    sender = arrival.message.sender if arrival.message else ""
    kept = False
    for advice in _advices(document):
        links = find_links(entity_id=arrival.entity_id, values=advice.values, sender=sender)
        customer_id = links.customer.pk if links.customer else None
        found = register_remittance(document_id=advice.pk, customer_id=customer_id, at=at)
        kept = kept or found is not None
    doubtful = (document.values.get("kind_confidence") or 0.0) < ACCEPTED
    if kept and doubtful and document.needs_review:
        _settle(arrival, Arrival.State.WAITING, "unsure", at)
    elif kept:
        _settle(arrival, Arrival.State.DONE, "remittance", at)
    else:
        _settle(arrival, Arrival.State.WAITING, "no_amount", at)


def _advices(document: Document) -> list[Document]:
    """The messages of an EDI file in the document, if they are several; else the document."""
    edi = document.parts.filter(kind="remittance_advice", format__in=EDI_ADVICES).order_by("n")
    places = [str(part.values.get("place")) for part in document.parts.all()]
    single = [
        part
        for part in edi
        if not any(place.startswith(f"{part.values.get('place')}.") for place in places)
    ]
    return single if len(single) > 1 else [document]


def has_bank_file(arrival: Arrival) -> bool:
    """Whether an arrival is a bank file, or has one in it."""
    return _bank_files(arrival).exists()


def _bank_files(arrival: Arrival) -> QuerySet[Document]:
    mine = Q(pk=arrival.document_id) | Q(parent=arrival.document_id)
    return Document.objects.filter(mine, format__in=BANK_FORMATS)


def _read(document: Document) -> _Loaded:
    """Strangers' bytes are read in the sandbox; entries before a damage are kept."""
    found = _Loaded()
    content = read_blob(sha256=document.blob_id)
    arguments = {"filename": document.filename, "document_format": document.format}
    try:
        for row in sandbox().stream(READER, content, arguments):
            _sort_in(found, row)
    except SandboxFailed as failure:
        if not failure.permanent:
            raise
        found.problems.append(f"{document.filename}: {failure}")
    return found


def _sort_in(found: _Loaded, row: Mapping[str, Any]) -> None:
    if "problem" in row:
        found.problems.append(str(row["problem"]))
        return
    head = row["account"]
    key = (str(head["iban"]), str(head["identification"]))
    if not all(key):
        found.problems.append("An entry names no account of ours.")
        return
    found.heads[key] = head  # the last one knows the closing balance
    found.accounts.setdefault(key, []).append(row["entry"])


def _draft(head: Mapping[str, Any], rows: list[dict[str, Any]]) -> StatementDraft:
    entries = [_entry(row) for row in rows]
    stated = str(head["date"])
    return StatementDraft(
        iban=str(head["iban"]).replace(" ", "")[:40],
        currency=str(head["currency"]),
        identification=str(head["identification"]),
        statement_date=date.fromisoformat(stated) if stated else entries[0].booking_date,
        entries=entries,
        account_name=str(head["name"]),
        opening_minor=head["opening"],
        closing_minor=head["closing"],
    )


def _entry(row: Mapping[str, Any]) -> StatementEntry:
    return StatementEntry(
        amount_minor=int(row["amount"]),
        currency=str(row["currency"]),
        booking_date=date.fromisoformat(row["booked"]),
        value_date=date.fromisoformat(row["valued"]),
        key=str(row["key"]),
        is_return=bool(row["is_return"]),
        return_reason=str(row["return_reason"]),
        charges_minor=max(int(row["charges"]), 0),
        payer_name=str(row["payer_name"]),
        payer_iban=str(row["payer_iban"]),
        ultimate_debtor=str(row["ultimate_debtor"]),
        end_to_end_id=str(row["end_to_end_id"]),
        structured_reference=str(row["structured_reference"]),
        text=str(row["text"]),
        remittance=list(row["remittance"]),
    )


def _settle(arrival: Arrival, state: str, outcome: str, at: datetime, error: str = "") -> None:
    mark_arrival(arrival_id=arrival.pk, state=state, outcome=outcome, at=at, error=error)

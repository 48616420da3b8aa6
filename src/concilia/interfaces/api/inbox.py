"""What arrives: sent in, looked at, put right, confirmed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, File, Query, Router, Schema, Status, UploadedFile

from concilia.claims.actions.papers import PersonsWord, open_claim_from_document
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.intake.actions import (
    ArrivalRefused,
    Incoming,
    correct_reading,
    receive,
    set_aside,
)
from concilia.intake.models import Arrival
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import Page, page_of
from concilia.interfaces.api.shapes import TEXT, ArrivalDetail, ArrivalOut
from concilia.receivables.models import Invoice

router = Router(tags=["inbox"])


class ArrivalFilter(Schema):
    state: str | None = Field(None, pattern=TEXT, max_length=13)
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class CorrectionIn(Schema):
    field: str = Field(pattern=TEXT, max_length=60)
    value: str | list[str] | None = None


class ConfirmIn(Schema):
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    invoice: str | None = Field(None, pattern=TEXT, max_length=40)


class AsideIn(Schema):
    outcome: str = Field("not_a_claim", pattern=TEXT, max_length=40)


class OpenedOut(Schema):
    claim: str | None


@router.get("", response=Page[ArrivalOut], auth=Scope("inbox:read"))
def list_arrivals(request: HttpRequest, asked: Query[ArrivalFilter]) -> dict[str, Any]:
    """What arrived, the newest first."""
    rows = Arrival.objects.filter(entity_id=caller(request).entity_id).select_related("document")
    if asked.state:
        rows = rows.filter(state=asked.state)
    found, following = page_of(rows, order="received_at", cursor=asked.cursor, limit=asked.limit)
    return {"items": [ArrivalOut.of(row) for row in found], "next_cursor": following}


@router.post("", response={201: ArrivalOut}, auth=Scope("inbox:write"))
def send_in(request: HttpRequest, file: File[UploadedFile]) -> Status[ArrivalOut]:
    """Send a file in, as it is; the same bytes twice are one arrival."""
    member = caller(request)
    if not file.size:
        raise ArrivalRefused("The file is empty.")
    incoming = Incoming(channel=Arrival.Channel.REST, filename=file.name or "", content=file.read())
    arrival = receive(
        entity_id=member.entity_id,
        incoming=incoming,
        at=timezone.now(),
        uploaded_by=member.user,
    )
    return Status(201, ArrivalOut.of(_arrival(member, arrival.pk)))


@router.get("/{arrival_id}", response=ArrivalDetail, auth=Scope("inbox:read"))
def get_arrival(request: HttpRequest, arrival_id: int) -> ArrivalDetail:
    """An arrival with what was read, corrections applied."""
    return _detail(_arrival(caller(request), arrival_id))


@router.post("/{arrival_id}/corrections", response=ArrivalDetail, auth=Scope("inbox:write"))
def correct(request: HttpRequest, arrival_id: int, body: CorrectionIn) -> ArrivalDetail:
    """A person's word over the machine's."""
    member = caller(request)
    arrival = _arrival(member, arrival_id)
    if arrival.document_id is None:
        raise ArrivalRefused("This has not been read yet.")
    correct_reading(
        document_id=arrival.document_id,
        field=body.field,
        value=body.value,
        member=member,
        at=timezone.now(),
    )
    return _detail(_arrival(member, arrival_id))


@router.post("/{arrival_id}/confirm", response=OpenedOut, auth=Scope("inbox:write"))
def confirm(request: HttpRequest, arrival_id: int, body: ConfirmIn) -> OpenedOut:
    """Confirm a reading and open its claim."""
    member = caller(request)
    arrival = _arrival(member, arrival_id)
    entity = member.entity_id
    customer = (
        Customer.objects.get(entity_id=entity, number=body.customer) if body.customer else None
    )
    invoice = Invoice.objects.get(entity_id=entity, number=body.invoice) if body.invoice else None
    word = PersonsWord(
        member=member,
        customer_id=customer.pk if customer else None,
        invoice_id=invoice.pk if invoice else None,
    )
    claim = open_claim_from_document(arrival_id=arrival.pk, at=timezone.now(), word=word)
    return OpenedOut(claim=claim.case.number if claim else None)


@router.post("/{arrival_id}/set-aside", response=ArrivalOut, auth=Scope("inbox:write"))
def aside(request: HttpRequest, arrival_id: int, body: AsideIn) -> ArrivalOut:
    """It asks nothing of us."""
    member = caller(request)
    arrival = _arrival(member, arrival_id)
    set_aside(arrival_id=arrival.pk, outcome=body.outcome, member=member, at=timezone.now())
    return ArrivalOut.of(_arrival(member, arrival_id))


def _arrival(member: Membership, arrival_id: int) -> Arrival:
    return Arrival.objects.select_related("document").get(pk=arrival_id, entity_id=member.entity_id)


def _detail(arrival: Arrival) -> ArrivalDetail:
    reading = arrival.document.values if arrival.document else None
    return ArrivalDetail(**ArrivalOut.of(arrival).model_dump(), reading=reading)

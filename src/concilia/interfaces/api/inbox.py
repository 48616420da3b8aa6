"""What arrives: sent in, looked at, put right, confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, File, Query, Router, Schema, Status, UploadedFile

from concilia.claims.actions.filing import file_paper, take_paper_back
from concilia.claims.actions.further import open_further_claim
from concilia.claims.actions.papers import PersonsWord, open_claim_from_document
from concilia.claims.models import Claim
from concilia.claims.queries.inbox import further_of
from concilia.claims.queries.recognition import PROPOSED, recognise
from concilia.customers.models import Customer
from concilia.documents.models import Proposal
from concilia.identity.models import Membership
from concilia.intake.actions import (
    ArrivalRefused,
    Incoming,
    accept_proposed,
    choose_customer,
    confirm_reading,
    correct_reading,
    keep_as_read,
    read_again,
    receive,
    set_aside,
)
from concilia.intake.core.reading import ASIDE_OUTCOMES
from concilia.intake.models import Arrival
from concilia.intake.queries.inbox import Wanted, arrivals
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.files import as_file
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import (
    TEXT,
    ArrivalDetail,
    ArrivalOut,
    FurtherClaimOut,
    ProposedClaimOut,
)
from concilia.interfaces.components.downloads import download
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.components.uploads import require_size
from concilia.receivables.models import Invoice

router = Router(tags=["inbox"])
READ = Scope("inbox:read")
WRITE = Scope("inbox:write", *HELPERS)


class ArrivalFilter(ListFilter):
    """Which arrivals; `view` is a view of the desk's inbox, `q` words of sender or subject."""

    state: str | None = Field(None, pattern=TEXT, max_length=13)
    view: str = Field("all", pattern=TEXT, max_length=20)
    channel: str = Field("", pattern=TEXT, max_length=20)
    kind: str = Field("", pattern=TEXT, max_length=30)
    q: str = Field("", pattern=TEXT, max_length=80)


class CorrectionIn(Schema):
    field: str = Field(pattern=TEXT, max_length=60)
    value: str | list[str] | None = None


class KeepIn(Schema):
    field: str = Field(pattern=TEXT, max_length=60)


class CustomerIn(Schema):
    customer: str = Field(pattern=TEXT, max_length=40)


class FileIn(Schema):
    claim: str = Field(pattern=TEXT, max_length=40)


class ConfirmIn(Schema):
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    invoice: str | None = Field(None, pattern=TEXT, max_length=40)


class AsideIn(Schema):
    outcome: str = Field("no_claim", pattern=TEXT, max_length=40)


class ProposalOut(Schema):
    """
    What a language model proposes: `state` is `WAITING`, `ANSWERED` or `GIVEN_UP`.

    `fields` are `{"field", "value", "evidence"}`, found in the text; `dropped` were not.
    """

    state: str
    model: str
    summary: str
    fields: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    error: str
    wanted_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Proposal) -> ProposalOut:
        """A proposal as JSON."""
        return cls(
            state=row.state,
            model=row.model,
            summary=str(row.values.get("summary") or ""),
            fields=row.values.get("fields") or [],
            dropped=row.values.get("dropped") or [],
            error=row.error,
            wanted_at=row.wanted_at,
            ended_at=row.ended_at,
        )


class BackIn(Schema):
    reason: str = Field("", pattern=TEXT, max_length=400)


class FurtherIn(Schema):
    n: int = Field(ge=1, le=100)


class OpenedOut(Schema):
    claim: str | None


@router.get("", response=Page[ArrivalOut], auth=READ)
def list_arrivals(request: HttpRequest, asked: Query[ArrivalFilter]) -> dict[str, Any]:
    """What arrived, the newest first."""
    wanted = Wanted(
        view=asked.view, channel=asked.channel, kind=asked.kind, text=" ".join(asked.q.split())
    )
    rows = arrivals(entity_id=caller(request).entity_id, wanted=wanted)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return listed(rows, ArrivalOut.of, order="received_at", asked=asked)


@router.post("", response={201: ArrivalOut}, auth=WRITE)
def send_in(request: HttpRequest, file: File[UploadedFile]) -> Status[ArrivalOut]:
    """Send a file in, as it is; the same bytes twice are one arrival."""
    member = caller(request)
    if not file.size:
        raise ArrivalRefused("The file is empty.")
    require_size(file)
    incoming = Incoming(
        channel=Arrival.Channel.REST,
        filename=(file.name or "").replace("\x00", ""),
        content=file.read(),
    )
    arrival = receive(
        entity_id=member.entity_id,
        incoming=incoming,
        at=timezone.now(),
        uploaded_by=member.user,
    )
    return Status(201, ArrivalOut.of(_arrival(member, arrival.pk)))


@router.get("/{arrival_id}", response=ArrivalDetail, auth=READ)
def get_arrival(request: HttpRequest, arrival_id: int) -> ArrivalDetail:
    """An arrival with what was read, corrections applied."""
    return _detail(_arrival(caller(request), arrival_id))


@router.post("/{arrival_id}/corrections", response=ArrivalDetail, auth=WRITE)
def correct(request: HttpRequest, arrival_id: int, body: CorrectionIn) -> ArrivalDetail:
    """A person's word over the machine's."""
    member = caller(request)
    correct_reading(
        document_id=_read(member, arrival_id),
        field=body.field,
        value=body.value,
        member=member,
        at=timezone.now(),
    )
    return _detail(_arrival(member, arrival_id))


@router.post("/{arrival_id}/confirm", response=OpenedOut, auth=WRITE)
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


@router.post("/{arrival_id}/set-aside", response=ArrivalOut, auth=WRITE)
def aside(request: HttpRequest, arrival_id: int, body: AsideIn) -> ArrivalOut:
    """It asks nothing of us."""
    member = caller(request)
    arrival = _arrival(member, arrival_id)
    if body.outcome not in ASIDE_OUTCOMES:
        raise ArrivalRefused(f"Say one of {', '.join(ASIDE_OUTCOMES)}.")
    set_aside(arrival_id=arrival.pk, outcome=body.outcome, member=member, at=timezone.now())
    return ArrivalOut.of(_arrival(member, arrival_id))


@router.get(
    "/{arrival_id}/file",
    auth=READ,
    openapi_extra=as_file("application/octet-stream", "The bytes as they arrived."),
)
def get_file(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """What arrived, byte by byte."""
    arrival = _arrival(caller(request), arrival_id)
    return download(sha256=arrival.blob_id, filename=arrival.filename)


@router.post("/{arrival_id}/customer", response=ArrivalDetail, auth=WRITE)
def say_customer(request: HttpRequest, arrival_id: int, body: CustomerIn) -> ArrivalDetail:
    """Say whom it is from, by their number in our books."""
    member = caller(request)
    customer = Customer.objects.get(entity_id=member.entity_id, number=body.customer)
    choose_customer(
        document_id=_read(member, arrival_id),
        customer_id=customer.pk,
        member=member,
        at=timezone.now(),
    )
    return _detail(_arrival(member, arrival_id))


@router.post("/{arrival_id}/keep", response=ArrivalDetail, auth=WRITE)
def keep(request: HttpRequest, arrival_id: int, body: KeepIn) -> ArrivalDetail:
    """Say that a doubtful value is right as it was read."""
    member = caller(request)
    document_id = _read(member, arrival_id)
    keep_as_read(document_id=document_id, field=body.field, member=member, at=timezone.now())
    return _detail(_arrival(member, arrival_id))


@router.post("/{arrival_id}/accept", response=ArrivalOut, auth=WRITE)
def accept(request: HttpRequest, arrival_id: int) -> ArrivalOut:
    """Say that the reading of what is no claim is right; it goes where its kind belongs."""
    member = caller(request)
    confirm_reading(arrival_id=_arrival(member, arrival_id).pk, member=member, at=timezone.now())
    return ArrivalOut.of(_arrival(member, arrival_id))


@router.post("/{arrival_id}/file-with", response=OpenedOut, auth=WRITE)
def file_with(request: HttpRequest, arrival_id: int, body: FileIn) -> OpenedOut:
    """Put it beside a claim we have."""
    member = caller(request)
    claim = Claim.objects.get(entity_id=member.entity_id, case__number=body.claim)
    filed = file_paper(
        arrival_id=_arrival(member, arrival_id).pk,
        claim_id=claim.pk,
        member=member,
        at=timezone.now(),
    )
    return OpenedOut(claim=filed.case.number)


@router.post("/{arrival_id}/further", response=OpenedOut, auth=WRITE)
def open_further(request: HttpRequest, arrival_id: int, body: FurtherIn) -> OpenedOut:
    """Open a further claim of a message that contests several things."""
    member = caller(request)
    claim = open_further_claim(
        arrival_id=_arrival(member, arrival_id).pk, n=body.n, member=member, at=timezone.now()
    )
    return OpenedOut(claim=claim.case.number if claim else None)


@router.post("/{arrival_id}/take-back", response=OpenedOut, auth=WRITE)
def take_back(request: HttpRequest, arrival_id: int, body: BackIn) -> OpenedOut:
    """Take it back from the claim it lies beside; what it fulfilled is open again."""
    member = caller(request)
    claim = take_paper_back(
        arrival_id=_arrival(member, arrival_id).pk,
        reason=body.reason,
        member=member,
        at=timezone.now(),
    )
    return OpenedOut(claim=claim.case.number)


@router.post("/{arrival_id}/read-again", response=ArrivalOut, auth=WRITE)
def again(request: HttpRequest, arrival_id: int) -> ArrivalOut:
    """Bring back what was set aside or could not be read."""
    member = caller(request)
    read_again(arrival_id=_arrival(member, arrival_id).pk, member=member, at=timezone.now())
    return ArrivalOut.of(_arrival(member, arrival_id))


@router.get("/{arrival_id}/proposal", response=ProposalOut, auth=READ)
def get_proposal(request: HttpRequest, arrival_id: int) -> ProposalOut:
    """What a language model proposes for it; 404 where none was asked."""
    arrival = _arrival(caller(request), arrival_id)
    return ProposalOut.of(Proposal.objects.get(document=arrival.document_id))


@router.post("/{arrival_id}/proposal/accept", response=ArrivalDetail, auth=WRITE)
def accept_value(request: HttpRequest, arrival_id: int, body: KeepIn) -> ArrivalDetail:
    """Make a proposed value a person's word: a correction like any other."""
    member = caller(request)
    document_id = _read(member, arrival_id)
    accept_proposed(document_id=document_id, field=body.field, member=member, at=timezone.now())
    return _detail(_arrival(member, arrival_id))


def _read(member: Membership, arrival_id: int) -> int:
    """The document of an arrival, if it has been read and nothing came of it yet."""
    arrival = _arrival(member, arrival_id)
    if arrival.document_id is None:
        raise ArrivalRefused("This has not been read yet.")
    if arrival.state == Arrival.State.DONE:
        raise ArrivalRefused("Something came of this already.")
    return arrival.document_id


def _arrival(member: Membership, arrival_id: int) -> Arrival:
    return Arrival.objects.select_related("document", "message").get(
        pk=arrival_id, entity_id=member.entity_id
    )


def _detail(arrival: Arrival) -> ArrivalDetail:
    reading = arrival.document.values if arrival.document else None
    is_asked = arrival.state == Arrival.State.WAITING and arrival.outcome in PROPOSED
    found = recognise(arrival=arrival) if is_asked else None
    return ArrivalDetail(
        **ArrivalOut.of(arrival).model_dump(),
        reading=reading,
        proposed_claims=[ProposedClaimOut.of(one) for one in found.candidates] if found else [],
        doubt=found.doubt if found else None,
        further_claims=[
            FurtherClaimOut.of(one)
            for one in (further_of(arrival.document) if arrival.document else [])
        ],
    )

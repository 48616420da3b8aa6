"""Claims: found, opened, and everything there is to read about one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Status

from concilia.cash.core.typed import amount_typed
from concilia.claims.actions import TypedClaim, TypedLine, open_claim_by_person
from concilia.claims.actions.deciding import lines_to_decide
from concilia.claims.core.decisions import approved_by
from concilia.claims.core.verdict import UnknownRule
from concilia.claims.models import Claim, Settlement
from concilia.claims.queries.dossier import RECORDS, log_about, papers_of, replay_newest, thread_of
from concilia.claims.queries.letters import letter_for
from concilia.claims.queries.outlook import PlannedSeat, asked_for, planned_route
from concilia.claims.queries.precedents import precedents_of
from concilia.claims.queries.worklist import Wanted, claims_wanted
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.claim_shapes import (
    AlikeOut,
    ChoiceIn,
    ClaimFilter,
    ClaimIn,
    LetterIn,
    MessageOut,
    OutlookOut,
    PaperOut,
    PlannedSeatOut,
    RecordOut,
    ReplayOut,
    TypedLineIn,
    detail_of,
    record_out,
)
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.problems import NothingHere
from concilia.interfaces.api.shapes import AuditOut, ClaimDetail, ClaimOut, decimal
from concilia.interfaces.components.rights import WORKERS
from concilia.kernel.money import Money
from concilia.receivables.models import Invoice


class ThreadFilter(ListFilter):
    """`lane` is `in`, `out` or `note`; empty for all."""

    lane: str = Field("", pattern="^(in|out|note)?$")


router = Router(tags=["claims"])
records = Router(tags=["claims"])
READ = Scope("claims:read")


@router.get("", response=Page[ClaimOut], auth=READ)
def list_claims(request: HttpRequest, asked: Query[ClaimFilter]) -> dict[str, Any]:
    """Claims, the newest first."""
    member = caller(request)
    wanted = _wanted(asked, member)
    rows = claims_wanted(entity=member.entity, member=member, wanted=wanted, at=timezone.now())
    rows = rows.select_related("case", "customer", "invoice")
    rows = rows.filter(customer__number=asked.customer) if asked.customer else rows
    rows = rows.filter(case__owner__user__email=asked.owner.lower()) if asked.owner else rows
    return listed(rows, ClaimOut.of, order="received_at", asked=asked)


@router.post("", response={201: ClaimDetail}, auth=Scope("claims:write", *WORKERS))
def open_claim(request: HttpRequest, body: ClaimIn) -> Status[ClaimDetail]:
    """Open a claim somebody told us about."""
    member = caller(request)
    customer = Customer.objects.get(entity_id=member.entity_id, number=body.customer)
    invoice = None
    if body.invoice:
        invoice = Invoice.objects.get(entity_id=member.entity_id, number=body.invoice)
    currency = body.currency or (invoice.currency if invoice else customer.currency)
    positions = dict(invoice.lines.values_list("n", "pk")) if invoice else {}
    typed = TypedClaim(
        customer_id=customer.pk,
        reason=body.reason,
        invoice_id=invoice.pk if invoice else None,
        currency=currency,
        their_reference=body.their_reference,
        channel="rest",
        lines=[_typed(line, currency, positions) for line in body.lines],
    )
    claim = open_claim_by_person(typed=typed, member=member, at=timezone.now())
    return Status(201, detail_of(claim_of(member, claim.case.number)))


@router.get("/{number}", response=ClaimDetail, auth=READ)
def get_claim(request: HttpRequest, number: str) -> ClaimDetail:
    """A claim with its lines, steps, signatures, twins, verdict and ERP documents."""
    return detail_of(claim_of(caller(request), number))


@router.get("/{number}/thread", response=Page[MessageOut], auth=READ)
def list_messages(request: HttpRequest, number: str, asked: Query[ThreadFilter]) -> dict[str, Any]:
    """What was written about a claim, inside and out, the newest first."""
    rows = thread_of(claim_of(caller(request), number))
    rows = rows.filter(lane=asked.lane) if asked.lane else rows
    return listed(rows, MessageOut.of_thread, order="message__written_at", asked=asked)


@router.get("/{number}/papers", response=Page[PaperOut], auth=READ)
def list_papers(request: HttpRequest, number: str, asked: Query[ListFilter]) -> dict[str, Any]:
    """The papers beside a claim, the newest first."""
    rows = papers_of(claim_of(caller(request), number))
    return listed(rows, PaperOut.of, order="added_at", asked=asked)


@router.get("/{number}/events", response=Page[AuditOut], auth=READ)
def list_events(request: HttpRequest, number: str, asked: Query[ListFilter]) -> dict[str, Any]:
    """What happened to a claim and to its postings, the newest first."""
    claim = claim_of(caller(request), number)
    settled = Settlement.objects.filter(decision__claim=claim, posting__isnull=False)
    rows = log_about(claim, list(settled.values_list("posting_id", flat=True)))
    return listed(rows, AuditOut.of, order="seq", asked=asked)


@router.get("/{number}/replay", response=ReplayOut, auth=READ)
def replay(request: HttpRequest, number: str) -> ReplayOut:
    """Judge the stored facts again, and say whether the result is the same; nothing is written."""
    stored = claim_of(caller(request), number).verdicts.order_by("-version").first()
    if stored is None:
        raise NothingHere
    try:
        again = replay_newest(stored)
    except UnknownRule as error:
        raise NothingHere from error
    return ReplayOut(
        is_same=again.is_same, rule=again.rule, version=again.version, facts=again.facts
    )


@router.post("/{number}/outlook", response=OutlookOut, auth=READ)
def foresee(request: HttpRequest, number: str, body: ChoiceIn) -> OutlookOut:
    """What a choice would do: amounts, signatures, the letter; nothing is kept."""
    member = caller(request)
    claim, at = claim_of(member, number), timezone.now()
    lines = lines_to_decide(claim=claim)
    given = {n: Money.parse(text, claim.currency).minor for n, text in body.approved.items()}
    approved = approved_by(lines, body.choice, given)
    granted = sum(approved.values())
    asked = asked_for(claim=claim, granted_minor=granted, choice=body.choice, member=member)
    route = planned_route(claim=claim, asked=asked, at=at)
    letter = letter_for(claim, lines, approved, body.reason, member, at)
    return OutlookOut(
        granted=decimal(granted, claim.currency) or "",
        denied=decimal(claim.claimed_minor - granted, claim.currency) or "",
        currency=claim.currency,
        seats=[_seat(seat, claim.currency) for seat in route.seats],
        refusal=str(route.refusal) if route.refusal else "",
        letter=LetterIn(
            to=letter.to, language=letter.language, subject=letter.subject, body=letter.body
        ),
    )


@router.get("/{number}/precedents", response=AlikeOut, auth=READ)
def precedents(request: HttpRequest, number: str) -> AlikeOut:
    """What was decided in the last two years in cases like this one."""
    claim = claim_of(caller(request), number)
    found = precedents_of(claim, timezone.now())
    if found is None:
        raise NothingHere
    return AlikeOut.of(found, claim.currency)


@records.get("/{kind}/{path:number}", response=RecordOut, auth=READ)
def get_record(request: HttpRequest, kind: str, number: str) -> RecordOut:
    """An invoice, a delivery or an order of ours by its number, line by line."""
    if kind not in RECORDS:
        raise NothingHere
    rows = RECORDS[kind].objects.select_related("customer")
    known = number.replace("\x00", "")
    return record_out(kind, rows.get(entity_id=caller(request).entity_id, number=known))


def claim_of(member: Membership, number: str) -> Claim:
    """
    A claim of the member's entity by its number.

    :raises Claim.DoesNotExist: if there is none
    """
    rows = Claim.objects.select_related("entity", "case__owner__user", "customer", "invoice")
    return rows.get(entity_id=member.entity_id, case__number=number.replace("\x00", ""))


def _wanted(asked: ClaimFilter, member: Membership) -> Wanted:
    return Wanted(
        view=asked.view,
        sort="newest",
        typed=asked.q.strip(),
        minor=amount_typed(asked.q, member.entity.currency) if asked.q.strip() else None,
        countries=[asked.country] if asked.country else [],
        reasons=[asked.reason] if asked.reason else [],
        states=[asked.state] if asked.state else [],
        currency=asked.currency,
        since=asked.since,
        until=asked.until,
    )


def _typed(line: TypedLineIn, currency: str, positions: dict[int, int]) -> TypedLine:
    if line.position is not None and line.position not in positions:
        raise NothingHere
    return TypedLine(
        description=line.description,
        invoice_line_id=positions[line.position] if line.position is not None else None,
        quantity=Decimal(line.quantity) if line.quantity else None,
        unit_price=Decimal(line.unit_price) if line.unit_price else None,
        amount_minor=Money.parse(line.amount, currency).minor if line.amount else None,
    )


def _seat(seat: PlannedSeat, currency: str) -> PlannedSeatOut:
    return PlannedSeatOut(
        name=seat.person.name,
        stands_in_for=seat.stands_in_for.name if seat.stands_in_for else None,
        level=seat.level.value,
        limit=decimal(seat.limit_minor, currency),
    )

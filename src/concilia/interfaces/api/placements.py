"""Hand-overs to agency or court, and what may be said to a customer today."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.customers.models import Customer
from concilia.dunning import actions
from concilia.dunning.core.contact.today import WayToday, ways_today
from concilia.dunning.core.placement.gate import Missing, missing
from concilia.dunning.models import Partner, Placement
from concilia.dunning.queries.contacts import known_of
from concilia.dunning.queries.placements import facts_of, placements_of
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller, today_of
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT, decimal
from concilia.interfaces.components.rights import WORKERS
from concilia.receivables.models import OpenItem

router = Router(tags=["collections"])
READ = Scope("collections:read")
WRITE = Scope("collections:write", *WORKERS)
ITEMS_MAX = 200
FILE_MAX = 2_000_000


class WayOut(Schema):
    """Whether a customer may be contacted this way now; `rule` says so, `why` in English."""

    channel: str
    allowed: bool
    earliest: datetime | None
    rule: str
    strength: str
    why: str

    @classmethod
    def of(cls, way: WayToday) -> WayOut:
        """One way as JSON."""
        return cls(
            channel=way.channel,
            allowed=way.allowed,
            earliest=way.earliest,
            rule=way.rule,
            strength=way.strength,
            why=way.why("en"),
        )


class ContactFilter(Schema):
    customer: str = Field(pattern=TEXT, max_length=40)


class ConditionOut(Schema):
    """A condition of the gate that is not met."""

    condition: str
    about: dict[str, str]

    @classmethod
    def of(cls, each: Missing) -> ConditionOut:
        """A condition as JSON."""
        about = {name: str(value) for name, value in each.values.items()}
        return cls(condition=each.condition, about=about)


class PlacementStepOut(Schema):
    """A dated task; without `due` while the step it counts from is not done."""

    key: str
    due: date | None
    done: date | None


class AgencyResultOut(Schema):
    """What an agency reports; it books nothing."""

    reference: str
    date: date
    status: str
    paid: str
    cost: str
    currency: str
    note: str


class PlacementOut(Schema):
    mandate: str
    customer: str
    route: str
    country: str
    partner: str | None
    state: str
    currency: str
    amount: str
    evidence_sha256: str | None
    made_at: datetime
    signed_at: datetime | None
    ended_why: str

    @classmethod
    def of(cls, row: Placement) -> PlacementOut:
        """A hand-over as JSON; needs customer and partner."""
        return cls(**_fields(row))


class PlacementWhole(PlacementOut):
    """With its items, what the gate misses, its dates and its results."""

    items: dict[str, str]
    missing: list[ConditionOut]
    steps: list[PlacementStepOut]
    results: list[AgencyResultOut]


class PlacementFilter(ListFilter):
    customer: str = Field("", pattern=TEXT, max_length=40)
    state: Literal["", "DRAFT", "ASKED", "PLACED", "RECALLED", "CLOSED"] = ""


class PlacementIn(Schema):
    """Without `items`: all that may be asked for in the currency."""

    customer: str = Field(pattern=TEXT, max_length=40)
    route: Literal["AGENCY", "COURT"]
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    partner: str = Field("", pattern=TEXT, max_length=160)
    items: list[str] = Field(default=[], max_length=ITEMS_MAX)
    note: str = Field("", pattern=TEXT, max_length=200)


class RecallIn(Schema):
    reason: str = Field(pattern=TEXT, min_length=1, max_length=200)


class AgencyResultsIn(Schema):
    """The file of an agency, as text (docs/reference/placements.md)."""

    csv: str = Field(max_length=FILE_MAX)


class BadLine(Schema):
    line: int
    column: str
    cell: str


class AgencyResultsOut(Schema):
    new: int
    known: int
    bad: list[BadLine]


@router.get("/contact", response=list[WayOut], auth=READ)
def may_contact(request: HttpRequest, asked: Query[ContactFilter]) -> list[WayOut]:
    """What may be said to a customer today and by which way, asked of the contact policy."""
    member, at = caller(request), timezone.now()
    found = _customer(member, asked.customer)
    known = known_of(entity=member.entity, customers=[found], at=at)[found.pk]
    return [WayOut.of(way) for way in ways_today(known, at)]


@router.get("/placements", response=Page[PlacementOut], auth=READ)
def list_placements(request: HttpRequest, asked: Query[PlacementFilter]) -> dict[str, Any]:
    """What is handed over or on its way, the newest first."""
    member = caller(request)
    rows = placements_of(entity=member.entity, state=asked.state)
    if asked.customer:
        rows = rows.filter(customer=_customer(member, asked.customer))
    return listed(rows, PlacementOut.of, order="made_at", asked=asked)


@router.post("/placements", response={201: PlacementWhole}, auth=WRITE)
def draft_placement(request: HttpRequest, body: PlacementIn) -> Status[PlacementWhole]:
    """Put a hand-over together; a person signs it on the desk."""
    member = caller(request)
    found = _customer(member, body.customer)
    items = OpenItem.objects.filter(customer=found, document_number__in=body.items)
    keys = list(items.values_list("pk", flat=True))
    if len(keys) < len(set(body.items)):
        raise actions.CollectionRefused("This customer has no such item.")
    partner = (
        Partner.objects.get(entity=member.entity_id, name=body.partner) if body.partner else None
    )
    new = actions.NewPlacement(
        customer_id=found.pk,
        route=body.route,
        currency=body.currency or found.currency,
        items=keys,
        partner_id=partner.pk if partner else None,
        note=body.note,
    )
    row = actions.draft_placement(new=new, by=member, at=timezone.now())
    return Status(201, _whole(row, today_of(request)))


@router.post("/placements/results", response=AgencyResultsOut, auth=WRITE)
def load_results(request: HttpRequest, body: AgencyResultsIn) -> AgencyResultsOut:
    """Load what an agency reports: each line once, bad lines named; nothing is booked."""
    done = actions.load_results(content=body.csv.encode(), by=caller(request), at=timezone.now())
    bad = [BadLine(line=each.line, column=each.why, cell=each.cell) for each in done.bad]
    return AgencyResultsOut(new=done.new, known=done.known, bad=bad)


@router.get("/placements/{mandate}", response=PlacementWhole, auth=READ)
def get_placement(request: HttpRequest, mandate: str) -> PlacementWhole:
    """One hand-over with what its gate misses."""
    return _whole(_placement(request, mandate), today_of(request))


@router.post("/placements/{mandate}/ask", response=PlacementWhole, auth=WRITE)
def ask_to_place(request: HttpRequest, mandate: str) -> PlacementWhole:
    """Put a hand-over to signature; 422 while its gate misses something."""
    key = _placement(request, mandate).pk
    row = actions.ask_to_place(placement_id=key, by=caller(request), at=timezone.now())
    return _whole(row, today_of(request))


@router.post("/placements/{mandate}/recall", response=PlacementWhole, auth=WRITE)
def recall_placement(request: HttpRequest, mandate: str, body: RecallIn) -> PlacementWhole:
    """Take a hand-over back: what is open of it may be chased again."""
    row = actions.end_placement(
        placement_id=_placement(request, mandate).pk,
        is_recall=True,
        why=body.reason,
        by=caller(request),
        at=timezone.now(),
    )
    return _whole(row, today_of(request))


def _fields(row: Placement) -> dict[str, Any]:
    return {
        "mandate": row.name,
        "customer": row.customer.number,
        "route": row.route,
        "country": row.country,
        "partner": row.partner.name if row.partner else None,
        "state": row.state,
        "currency": row.currency,
        "amount": decimal(row.amount_minor, row.currency) or "",
        "evidence_sha256": row.pack_id,
        "made_at": row.made_at,
        "signed_at": row.signed_at,
        "ended_why": row.ended_why,
    }


def _whole(row: Placement, today: date) -> PlacementWhole:
    is_open = row.state in {Placement.State.DRAFT, Placement.State.ASKED}
    lacking = missing(facts_of(row=row, today=today)) if is_open else ()
    lines = row.items.select_related("item").order_by("item__due_date", "pk")
    return PlacementWhole(
        **_fields(row),
        items={
            line.item.document_number: decimal(line.amount_minor, row.currency) or ""
            for line in lines
        },
        missing=[ConditionOut.of(each) for each in lacking],
        steps=[
            PlacementStepOut(key=step.key, due=step.due_date, done=step.done_date)
            for step in row.steps.order_by("n")
        ],
        results=[
            AgencyResultOut(
                reference=each.reference,
                date=each.on_date,
                status=each.status,
                paid=decimal(each.paid_minor, each.currency) or "",
                cost=decimal(each.cost_minor, each.currency) or "",
                currency=each.currency,
                note=each.note,
            )
            for each in row.results.order_by("on_date", "pk")
        ],
    )


def _placement(request: HttpRequest, mandate: str) -> Placement:
    prefix, _dash, digits = mandate.partition("-")
    is_name = prefix == "MAN" and digits.isascii() and digits.isdecimal() and len(digits) < 10  # noqa: PLR2004 - more digits are no number of ours
    rows = Placement.objects.select_related("entity", "customer", "partner")
    return rows.get(entity=caller(request).entity_id, number=int(digits) if is_name else 0)


def _customer(member: Membership, number: str) -> Customer:
    return Customer.objects.select_related("entity").get(entity=member.entity_id, number=number)

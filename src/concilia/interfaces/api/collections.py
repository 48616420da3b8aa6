"""Collections: why customers do not pay, what they promised, and who is next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.customers.models import Customer
from concilia.dunning import actions
from concilia.dunning.core.motives import Source
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.dunning.models import Motive, Promise
from concilia.dunning.queries.dunnable import Dunnable
from concilia.dunning.queries.story import motives_in_force
from concilia.dunning.queries.work import Next, next_customers
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller, today_of
from concilia.interfaces.api.paging import ListFilter, Page, listed, page_from, place_of
from concilia.interfaces.api.shapes import TEXT, decimal
from concilia.interfaces.components.rights import WORKERS
from concilia.kernel.money import Money
from concilia.receivables.models import OpenItem

router = Router(tags=["collections"])
READ = Scope("collections:read")
WRITE = Scope("collections:write", *WORKERS)
NUMBERS_MAX = 50


class MotiveOut(Schema):
    """Why a customer does not pay; `item` is the document it is about, null for all."""

    id: int
    customer: str
    item: str | None
    code: str
    source: str
    confidence: str
    candidates: list[str]
    note: str
    document: int | None
    bank_entry: int | None
    said: date
    stops: bool
    holds: bool
    hold_until: date | None
    next_act: str
    next_by: date
    done_at: datetime | None
    recorded_by: str | None
    recorded_at: datetime
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, row: Motive) -> MotiveOut:
        """A motive as JSON; needs customer, item and person."""
        return cls(
            id=row.pk,
            customer=row.customer.number,
            item=row.item.document_number if row.item else None,
            code=row.code,
            source=row.source,
            confidence=f"{row.confidence_bp / 10_000:.4f}",
            candidates=row.candidates,
            note=row.note,
            document=row.document_id,
            bank_entry=row.bank_entry_id,
            said=row.said_date,
            stops=row.stops,
            holds=row.holds,
            hold_until=row.hold_until_date,
            next_act=PROTOCOLS[row.code].acts[0],
            next_by=row.next_date,
            done_at=row.acted_at,
            recorded_by=row.recorded_by.email if row.recorded_by else None,
            recorded_at=row.recorded_at,
            withdrawn_at=row.withdrawn_at,
        )


class MotiveIn(Schema):
    """`document_number` names the open item it is about; empty means the customer as a whole."""

    customer: str = Field(pattern=TEXT, max_length=40)
    code: str = Field(pattern=r"^NR-\d\d$")
    source: Literal["agent", "customer"] = "agent"
    document_number: str = Field("", pattern=TEXT, max_length=60)
    note: str = Field("", pattern=TEXT, max_length=500)


class MotiveFilter(ListFilter):
    customer: str = Field("", pattern=TEXT, max_length=40)
    in_force: bool = False


class PromiseOut(Schema):
    id: int
    customer: str
    currency: str
    amount: str
    paid: str
    tolerance: str
    state: str
    made: date
    due: date
    last_day: date
    method: str
    channel: str
    note: str
    document: int | None
    items: list[str]
    replaces: int | None
    recorded_by: str | None
    recorded_at: datetime
    ended_why: str

    @classmethod
    def of(cls, row: Promise) -> PromiseOut:
        """A promise as JSON; needs customer, person and items."""
        return cls(
            id=row.pk,
            customer=row.customer.number,
            currency=row.currency,
            amount=decimal(row.amount_minor, row.currency) or "",
            paid=decimal(row.paid_minor, row.currency) or "",
            tolerance=decimal(row.tolerance_minor, row.currency) or "",
            state=row.state,
            made=row.made_date,
            due=row.due_date,
            last_day=row.last_date,
            method=row.method,
            channel=row.channel,
            note=row.note,
            document=row.document_id,
            items=[part.item.document_number for part in row.items.all()],
            replaces=row.replaces_id,
            recorded_by=row.recorded_by.email if row.recorded_by else None,
            recorded_at=row.recorded_at,
            ended_why=row.ended_why,
        )


class PromiseIn(Schema):
    """Without `amount`: all that is due; without `items`: what is due, the oldest first."""

    customer: str = Field(pattern=TEXT, max_length=40)
    due: date
    amount: str | None = Field(None, pattern=TEXT, max_length=30)
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    method: Literal["TRANSFER", "CARD", "INSTANT", "DIRECT_DEBIT"] = "TRANSFER"
    channel: Literal["phone", "mail", "letter", "meeting", "program"] = "program"
    items: list[str] = Field(default=[], max_length=NUMBERS_MAX)
    note: str = Field("", pattern=TEXT, max_length=500)
    replaces: int | None = Field(None, ge=1, lt=2**63)


class PromiseFilter(ListFilter):
    customer: str = Field("", pattern=TEXT, max_length=40)
    state: Literal[
        "", "PENDING", "DUE", "KEPT", "KEPT_LATE", "PARTIAL", "BROKEN", "CANCELLED", "REPLACED"
    ] = ""


class CancelIn(Schema):
    reason: str = Field(pattern=TEXT, min_length=1, max_length=200)


class NextFilter(ListFilter):
    show: Literal["", "broken", "due", "answer", "act", "owes"] = ""


class DunnableOut(Schema):
    """`open = dunnable + disputed + promised + not_due + held`; `ready` no motive holds."""

    currency: str
    open: str
    dunnable: str
    ready: str
    disputed: str
    promised: str
    not_due: str
    held: str
    days_late: int
    why_not: str
    motive: str
    hold_until: date | None

    @classmethod
    def of(cls, row: Dunnable) -> DunnableOut:
        """What may be chased in one currency, as JSON."""
        names = ("open", "dunnable", "ready", "disputed", "promised", "not_due", "held")
        amounts = {name: decimal(getattr(row, name), row.currency) or "" for name in names}
        return cls(
            currency=row.currency,
            days_late=row.days_late,
            why_not=row.why_not,
            motive=row.motive,
            hold_until=row.hold_until,
            **amounts,
        )


class NextOut(Schema):
    """A customer to go on with; `why` are all reasons to, the most urgent first."""

    customer: str
    name: str
    why: list[str]
    motives: list[str]
    owes: list[DunnableOut]

    @classmethod
    def of(cls, row: Next) -> NextOut:
        """A customer who is next, as JSON."""
        return cls(
            customer=row.customer.number,
            name=row.customer.name,
            why=list(row.kinds),
            motives=[each.code for each in row.motives],
            owes=[DunnableOut.of(each) for each in row.owes],
        )


@router.get("/next", response=Page[NextOut], auth=READ)
def list_next(request: HttpRequest, asked: Query[NextFilter]) -> dict[str, Any]:
    """Who to go on with, the most urgent first, and what may be asked for."""
    skip = place_of(asked.cursor, name="next")
    found = next_customers(
        entity=caller(request).entity,
        today=today_of(request),
        kind=asked.show,
        skip=skip,
        per_page=asked.limit + 1,
    )
    rows, following = page_from(found.rows, name="next", skip=skip, limit=asked.limit)
    return {"items": [NextOut.of(row) for row in rows], "next_cursor": following}


@router.get("/motives", response=Page[MotiveOut], auth=READ)
def list_motives(request: HttpRequest, asked: Query[MotiveFilter]) -> dict[str, Any]:
    """Why customers do not pay, as it was said, the newest first."""
    member = caller(request)
    rows = Motive.objects.filter(entity=member.entity_id)
    if asked.customer:
        customer = _customer(member, asked.customer)
        rows = rows.filter(customer=customer)
        if asked.in_force:
            live = motives_in_force(customers=[customer.pk])[customer.pk]
            rows = rows.filter(pk__in=[row.pk for row in live])
    elif asked.in_force:
        rows = rows.filter(withdrawn_at=None)
    rows = rows.select_related("customer", "item", "recorded_by")
    return listed(rows, MotiveOut.of, order="recorded_at", asked=asked)


@router.post("/motives", response={201: MotiveOut}, auth=WRITE)
def record_motive(request: HttpRequest, body: MotiveIn) -> Status[MotiveOut]:
    """Write down why a customer does not pay."""
    member = caller(request)
    customer = _customer(member, body.customer)
    number = body.document_number
    item_id = _items(customer, [number])[0] if number else None
    new = actions.NewMotive(
        customer_id=customer.pk,
        code=body.code,
        source=Source(body.source),
        item_id=item_id,
        note=body.note,
    )
    row = actions.record_motive(new=new, by=member, at=timezone.now())
    return Status(201, MotiveOut.of(row))


@router.post("/motives/{motive_id}/withdraw", response=MotiveOut, auth=WRITE)
def withdraw_motive(request: HttpRequest, motive_id: int) -> MotiveOut:
    """Say that a motive does not hold any more."""
    key = _motive(request, motive_id).pk
    row = actions.withdraw_motive(motive_id=key, by=caller(request), at=timezone.now())
    return MotiveOut.of(row)


@router.post("/motives/{motive_id}/done", response=MotiveOut, auth=WRITE)
def finish_next_act(request: HttpRequest, motive_id: int) -> MotiveOut:
    """Say that what a motive wants next was done."""
    key = _motive(request, motive_id).pk
    row = actions.finish_next_act(motive_id=key, by=caller(request), at=timezone.now())
    return MotiveOut.of(row)


@router.get("/promises", response=Page[PromiseOut], auth=READ)
def list_promises(request: HttpRequest, asked: Query[PromiseFilter]) -> dict[str, Any]:
    """What was promised and what came of it, the newest first."""
    member = caller(request)
    rows = Promise.objects.filter(entity=member.entity_id)
    if asked.customer:
        rows = rows.filter(customer=_customer(member, asked.customer))
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = rows.select_related("customer", "recorded_by").prefetch_related("items__item")
    return listed(rows, PromiseOut.of, order="recorded_at", asked=asked)


@router.post("/promises", response={201: PromiseOut}, auth=WRITE)
def record_promise(request: HttpRequest, body: PromiseIn) -> Status[PromiseOut]:
    """Take a promise; what it is about is not asked for until it is judged."""
    member = caller(request)
    customer = _customer(member, body.customer)
    currency = body.currency or customer.currency
    new = actions.NewPromise(
        customer_id=customer.pk,
        currency=currency,
        due_date=body.due,
        amount_minor=Money.parse(body.amount, currency).minor if body.amount else None,
        method=body.method,
        channel=body.channel,
        items=_items(customer, body.items),
        note=body.note,
        replaces_id=body.replaces,
    )
    row = actions.record_promise(new=new, by=member, at=timezone.now())
    return Status(201, PromiseOut.of(row))


@router.post("/promises/{promise_id}/cancel", response=PromiseOut, auth=WRITE)
def cancel_promise(request: HttpRequest, promise_id: int, body: CancelIn) -> PromiseOut:
    """Say that a promise is not waited for any more, and why."""
    member = caller(request)
    key = Promise.objects.get(pk=promise_id, entity=member.entity_id).pk
    row = actions.cancel_promise(promise_id=key, why=body.reason, by=member, at=timezone.now())
    return PromiseOut.of(row)


def _customer(member: Membership, number: str) -> Customer:
    return Customer.objects.get(entity=member.entity_id, number=number)


def _motive(request: HttpRequest, motive_id: int) -> Motive:
    return Motive.objects.get(pk=motive_id, entity=caller(request).entity_id)


def _items(customer: Customer, numbers: list[str]) -> list[int]:
    """The keys of a customer's open items by their document numbers."""
    found = [
        OpenItem.objects.filter(customer=customer, document_number=number.replace("\x00", ""))
        .order_by("-open_minor")
        .first()
        for number in numbers
    ]
    if any(row is None for row in found):
        raise actions.CollectionRefused("This customer has no such item.")
    return [row.pk for row in found if row is not None]

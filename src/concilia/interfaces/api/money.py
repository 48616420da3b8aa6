"""Bank entries, customers and their open items."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from concilia.cash.actions import (
    PersonsLine,
    PersonsSplit,
    post_match,
    post_split,
    reverse_match,
)
from concilia.cash.models import Match
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import Page, page_of
from concilia.interfaces.api.shapes import (
    TEXT,
    CustomerOut,
    EntryDetail,
    EntryOut,
    ItemOut,
    MatchOut,
    Reason,
)
from concilia.kernel.money import Money
from concilia.receivables.models import BankEntry, OpenItem

bank = Router(tags=["bank"])
customers = Router(tags=["customers"])


class ListFilter(Schema):
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class EntryFilter(ListFilter):
    state: str | None = Field(None, pattern="^(POSTED|PROPOSED|OPEN)$")


class ItemFilter(ListFilter):
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    open_only: bool = True


class SplitLine(Schema):
    item: int = Field(ge=1, lt=2**62)
    applied: str = Field(pattern=TEXT, max_length=30)
    discount: str = Field("0", pattern=TEXT, max_length=30)
    writeoff: str = Field("0", pattern=TEXT, max_length=30)
    deduction: str = Field("0", pattern=TEXT, max_length=30)
    deduction_reason: str = Field("", pattern=TEXT, max_length=5)


class SplitIn(Schema):
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    lines: list[SplitLine] = Field(default=[], max_length=5_000)


@bank.get("", response=Page[EntryOut], auth=Scope("bank:read"))
def list_entries(request: HttpRequest, asked: Query[EntryFilter]) -> dict[str, Any]:
    """Bank entries, the newest first."""
    rows = BankEntry.objects.filter(entity_id=caller(request).entity_id)
    if asked.state:
        matched = Match.objects.filter(entity_id=caller(request).entity_id, state=asked.state)
        rows = rows.filter(pk__in=matched.values("bank_entry"))
    found, following = page_of(rows, order="booking_date", cursor=asked.cursor, limit=asked.limit)
    return {"items": [EntryOut.of(row) for row in found], "next_cursor": following}


@bank.get("/{entry_id}", response=EntryDetail, auth=Scope("bank:read"))
def get_entry(request: HttpRequest, entry_id: int) -> EntryDetail:
    """A bank entry with every answer it got."""
    return _detail(caller(request), entry_id)


@bank.post("/{entry_id}/post", response=EntryDetail, auth=Scope("bank:write"))
def post_proposal(request: HttpRequest, entry_id: int) -> EntryDetail:
    """Confirm the proposal."""
    member = caller(request)
    match = Match.objects.get(
        bank_entry_id=entry_id, entity_id=member.entity_id, state=Match.State.PROPOSED
    )
    post_match(match_id=match.pk, member=member, at=timezone.now())
    return _detail(member, entry_id)


@bank.post("/{entry_id}/split", response=EntryDetail, auth=Scope("bank:write"))
def split(request: HttpRequest, entry_id: int, body: SplitIn) -> EntryDetail:
    """Post a payment as a person says."""
    member = caller(request)
    entry = BankEntry.objects.get(pk=entry_id, entity_id=member.entity_id)
    customer = None
    if body.customer:
        customer = Customer.objects.get(entity_id=member.entity_id, number=body.customer)
    persons = PersonsSplit(
        customer_id=customer.pk if customer else None,
        lines=[_line(line, entry.currency) for line in body.lines],
    )
    post_split(bank_entry_id=entry.pk, split=persons, member=member, at=timezone.now())
    return _detail(member, entry_id)


@bank.post("/{entry_id}/reverse", response=EntryDetail, auth=Scope("bank:write"))
def reverse(request: HttpRequest, entry_id: int, body: Reason) -> EntryDetail:
    """Take a posting back."""
    member = caller(request)
    match = Match.objects.get(
        bank_entry_id=entry_id, entity_id=member.entity_id, state=Match.State.POSTED
    )
    reverse_match(match_id=match.pk, reason=body.reason, member=member, at=timezone.now())
    return _detail(member, entry_id)


@customers.get("", response=Page[CustomerOut], auth=Scope("customers:read"))
def list_customers(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Customers, the newest first."""
    rows = Customer.objects.filter(entity_id=caller(request).entity_id)
    found, following = page_of(rows, order="pk", cursor=asked.cursor, limit=asked.limit)
    return {"items": [CustomerOut.of(row) for row in found], "next_cursor": following}


@customers.get("/open-items", response=Page[ItemOut], auth=Scope("customers:read"))
def list_items(request: HttpRequest, asked: Query[ItemFilter]) -> dict[str, Any]:
    """Open items of the receivables, the newest first."""
    rows = OpenItem.objects.filter(entity_id=caller(request).entity_id)
    if asked.open_only:
        rows = rows.exclude(open_minor=0)
    if asked.customer:
        rows = rows.filter(customer__number=asked.customer)
    rows = rows.select_related("customer")
    found, following = page_of(rows, order="pk", cursor=asked.cursor, limit=asked.limit)
    return {"items": [ItemOut.of(row) for row in found], "next_cursor": following}


@customers.get("/{number}", response=CustomerOut, auth=Scope("customers:read"))
def get_customer(request: HttpRequest, number: str) -> CustomerOut:
    """One customer."""
    row = Customer.objects.get(
        entity_id=caller(request).entity_id, number=number.replace("\x00", "")
    )
    return CustomerOut.of(row)


def _line(line: SplitLine, currency: str) -> PersonsLine:
    return PersonsLine(
        item_id=line.item,
        applied_minor=Money.parse(line.applied, currency).minor,
        discount_minor=Money.parse(line.discount, currency).minor,
        writeoff_minor=Money.parse(line.writeoff, currency).minor,
        deduction_minor=Money.parse(line.deduction, currency).minor,
        deduction_reason=line.deduction_reason,
    )


def _detail(member: Membership, entry_id: int) -> EntryDetail:
    entry = BankEntry.objects.get(pk=entry_id, entity_id=member.entity_id)
    matches = (
        Match.objects.filter(bank_entry=entry)
        .select_related("customer")
        .prefetch_related("allocations__item")
        .order_by("version")
    )
    return EntryDetail(
        **EntryOut.of(entry).model_dump(), matches=[MatchOut.of(match) for match in matches]
    )

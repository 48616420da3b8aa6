"""Customers: what they owe and why not all of it may be asked for, what they paid and said."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal, cast

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from concilia.cash.models import Match
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.interfaces.api.access import ApiRequest, Scope, caller, today_of
from concilia.interfaces.api.figures import TermOut, terms_of, text
from concilia.interfaces.api.paging import ListFilter, Page, listed, page_from, page_of, place_of
from concilia.interfaces.api.shapes import TEXT, CustomerOut, ItemOut, SaidOut, decimal
from concilia.receivables.models import OpenItem
from concilia.reporting.core.figures import Figure
from concilia.reporting.queries import customer as reading
from concilia.reporting.queries.customers import CustomerRow, Wanted, customers_of, with_amounts

router = Router(tags=["customers"])
READ = Scope("customers:read")


class CustomerFilter(ListFilter):
    """Which customers: past due, with open claims, over the credit limit, or all."""

    show: Literal["", "overdue", "contested", "limit"] = ""
    q: str = Field("", pattern=TEXT, max_length=100)
    country: str = Field("", pattern="^([A-Z]{2})?$")
    mine: bool = False


class ItemFilter(ListFilter):
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    open_only: bool = True


class AskFilter(ListFilter):
    """Which open items, by the place of their cents; or all."""

    show: Literal[
        "all", "ask", "held", "disputed", "promised", "planned", "placed", "not_due", "credits"
    ] = "all"
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    q: str = Field("", pattern=TEXT, max_length=60)


class OwedOut(Schema):
    currency: str
    items: int
    open: str
    overdue: str
    claims: int
    contested: str


class CustomerLine(CustomerOut):
    owed: list[OwedOut]

    @classmethod
    def about(cls, row: CustomerRow) -> CustomerLine:
        """A customer with what they owe, as JSON."""
        owed = [
            OwedOut(
                currency=each.currency,
                items=each.items,
                open=decimal(each.open_minor, each.currency) or "",
                overdue=decimal(each.overdue_minor, each.currency) or "",
                claims=each.claims,
                contested=decimal(each.contested_minor, each.currency) or "",
            )
            for each in row.owed
        ]
        return cls(**CustomerOut.of(row.customer).model_dump(), owed=owed)


class BalanceOut(Schema):
    """`open` is the sum of the parts from `ask` to `held`; `credits` are extra."""

    currency: str
    open: str
    ask: str
    disputed: str
    promised: str
    planned: str
    placed: str
    not_due: str
    held: str
    credits: str

    @classmethod
    def of(cls, may: reading.MayAsk) -> BalanceOut:
        """What may be asked for in one currency, as JSON."""
        code = may.currency
        return cls(
            currency=code,
            open=decimal(may.open, code) or "",
            ask=decimal(may.ask, code) or "",
            disputed=decimal(may.disputed, code) or "",
            promised=decimal(may.promised, code) or "",
            planned=decimal(may.planned, code) or "",
            placed=decimal(may.placed, code) or "",
            not_due=decimal(may.not_due, code) or "",
            held=decimal(may.held, code) or "",
            credits=decimal(may.credits, code) or "",
        )


class HabitOut(Schema):
    """A figure about a customer; `value` is null where it is undefined."""

    formula: str
    value: str | None
    unit: str
    terms: list[TermOut]

    @classmethod
    def of(cls, figure: Figure) -> HabitOut:
        """A figure as JSON."""
        return cls(
            formula=figure.formula_id,
            value=text(figure.value),
            unit=figure.unit,
            terms=terms_of(figure),
        )


class ContactOut(Schema):
    name: str
    email: str
    phone: str
    role: str
    language: str
    opted_out: bool
    bounced: bool


class CustomerDetail(CustomerOut):
    legal_name: str
    vat_number: str
    credit_limit: str | None
    parent: str | None
    children: list[str]
    pays_with: list[str]
    account_manager: str | None
    balances: list[BalanceOut]
    days_late: HabitOut
    valid_share: HabitOut
    contacts: list[ContactOut]


class AskItemOut(Schema):
    """An open item and where each cent of it is."""

    id: int
    kind: str
    document_number: str
    issue_date: date
    due_date: date
    days_late: int
    currency: str
    open: str
    disputed: str
    promised: str
    planned: str
    placed: str
    not_due: str
    held: str
    ask: str
    claims: list[str]

    @classmethod
    def of(cls, row: reading.ItemRow) -> AskItemOut:
        """An open item as JSON."""
        code = row.currency
        return cls(
            id=row.id,
            kind=row.kind,
            document_number=row.document_number,
            issue_date=row.issue_date,
            due_date=row.due_date,
            days_late=row.days_late,
            currency=code,
            open=decimal(row.open_minor, code) or "",
            disputed=decimal(row.disputed, code) or "",
            promised=decimal(row.promised, code) or "",
            planned=decimal(row.planned, code) or "",
            placed=decimal(row.placed, code) or "",
            not_due=decimal(row.not_due, code) or "",
            held=decimal(row.held, code) or "",
            ask=decimal(row.ask, code) or "",
            claims=[number for _, number, _ in row.claims],
        )


class PaidOut(Schema):
    entry: int
    day: date
    amount: str
    currency: str
    state: str
    rule: str
    applied: str
    on_account: str

    @classmethod
    def of(cls, match: Match) -> PaidOut:
        """A payment of a customer as JSON; needs the entry."""
        return cls(
            entry=match.bank_entry_id,
            day=match.bank_entry.booking_date,
            amount=decimal(match.bank_entry.amount_minor, match.currency) or "",
            currency=match.currency,
            state=match.state,
            rule=match.rule,
            applied=decimal(match.applied_minor, match.currency) or "",
            on_account=decimal(match.on_account_minor, match.currency) or "",
        )


@router.get("", response=Page[CustomerLine], auth=READ)
def list_customers(request: HttpRequest, asked: Query[CustomerFilter]) -> dict[str, Any]:
    """Customers and what they owe, the newest first."""
    member, today = caller(request), today_of(request)
    wanted = Wanted(
        text=" ".join(asked.q.split()),
        countries=(asked.country,) if asked.country else (),
        show=asked.show,
        managed_by=member.pk if asked.mine else None,
    )
    rows = customers_of(entity=member.entity, wanted=wanted, today=today)
    found, following = page_of(rows, order="pk", cursor=asked.cursor, limit=asked.limit)
    shown = with_amounts(found, entity=member.entity, today=today)
    return {"items": [CustomerLine.about(row) for row in shown], "next_cursor": following}


@router.get("/open-items", response=Page[ItemOut], auth=READ)
def list_items(request: HttpRequest, asked: Query[ItemFilter]) -> dict[str, Any]:
    """Open items of the receivables, the newest first."""
    rows = OpenItem.objects.filter(entity_id=caller(request).entity_id)
    if asked.open_only:
        rows = rows.exclude(open_minor=0)
    if asked.customer:
        rows = rows.filter(customer__number=asked.customer)
    rows = rows.select_related("customer")
    return listed(rows, ItemOut.of, order="pk", asked=asked)


@router.get("/{number}", response=CustomerDetail, auth=READ)
def get_customer(request: HttpRequest, number: str) -> CustomerDetail:
    """One customer: what may be asked for, how they pay, who they belong to."""
    row, today = _customer(caller(request), number), today_of(request)
    family = reading.family_of(customer=row)
    habits = reading.habits_of(customer=row, today=today)
    manager = row.account_manager
    return CustomerDetail(
        **CustomerOut.of(row).model_dump(),
        legal_name=row.legal_name,
        vat_number=row.vat_number,
        credit_limit=decimal(row.credit_limit_minor, row.currency),
        parent=family.parent.number if family.parent else None,
        children=[each.number for each in family.children],
        pays_with=[each.number for each in family.members],
        account_manager=manager.user.email if manager else None,
        balances=[BalanceOut.of(may) for may in reading.may_ask(customer=row, today=today)],
        days_late=HabitOut.of(habits.days_late),
        valid_share=HabitOut.of(habits.valid_share),
        contacts=_contacts(row),
    )


@router.get("/{number}/items", response=Page[AskItemOut], auth=READ)
def list_asked_items(request: HttpRequest, number: str, asked: Query[AskFilter]) -> dict[str, Any]:
    """A customer's open items in one currency and what of them may be asked for, by due date."""
    row = _customer(caller(request), number)
    skip = place_of(asked.cursor, name="items")
    shown = reading.Shown(
        show=asked.show,
        currency=asked.currency or row.currency,
        text=asked.q,
        skip=skip,
        per_page=asked.limit + 1,
    )
    items = reading.items_of(customer=row, shown=shown, today=today_of(request))
    found, following = page_from(items.rows, name="items", skip=skip, limit=asked.limit)
    return {"items": [AskItemOut.of(each) for each in found], "next_cursor": following}


@router.get("/{number}/payments", response=Page[PaidOut], auth=READ)
def list_payments(request: HttpRequest, number: str, asked: Query[ListFilter]) -> dict[str, Any]:
    """What a customer paid and what became of it, the newest first."""
    rows = reading.payments_of(customer=_customer(caller(request), number))
    return listed(rows, PaidOut.of, order="bank_entry__booking_date", asked=asked)


@router.get("/{number}/messages", response=Page[SaidOut], auth=READ)
def list_talk(request: HttpRequest, number: str, asked: Query[ListFilter]) -> dict[str, Any]:
    """
    Everything written to, by and about a customer, the newest first.

    Internal notes are among them only for a token that may read claims.
    """
    rows = reading.talk_with(customer=_customer(caller(request), number))
    if "claims:read" not in cast("ApiRequest", request).auth.scopes:
        rows = rows.exclude(lane=Message.Lane.NOTE)
    return listed(rows, SaidOut.of, order="written_at", asked=asked)


def _customer(member: Membership, number: str) -> Customer:
    rows = Customer.objects.select_related("parent", "payer_group", "account_manager__user")
    return rows.get(entity_id=member.entity_id, number=number.replace("\x00", ""))


def _contacts(row: Customer) -> list[ContactOut]:
    return [
        ContactOut(
            name=each.name,
            email=each.email,
            phone=each.phone,
            role=each.role,
            language=each.language,
            opted_out=each.opted_out_at is not None,
            bounced=each.bounced_at is not None,
        )
        for each in row.contacts.order_by("name", "pk")
    ]

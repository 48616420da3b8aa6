"""Instalment plans: what would be due when, proposed, agreed on, ended."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.customers.models import Customer
from concilia.dunning import actions
from concilia.dunning.models import Plan, PlanRow
from concilia.dunning.queries.plan_drafts import Draft, NewPlan, draft_plan
from concilia.dunning.queries.plans import PlanShown, plan_shown
from concilia.interfaces.api.access import Scope, caller, today_of
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT, decimal
from concilia.interfaces.components.rights import WORKERS
from concilia.kernel.money import Money
from concilia.receivables.models import OpenItem

router = Router(tags=["collections"])
READ = Scope("collections:read")
WRITE = Scope("collections:write", *WORKERS)
NUMBERS_MAX = 50


class PlanRowOut(Schema):
    """One instalment: `amount = principal + interest`; `collect` is the business day it is for."""

    n: int
    due: date
    collect: date
    amount: str
    principal: str
    interest: str
    paid: str
    settled: date | None
    was_late: bool

    @classmethod
    def of(cls, row: PlanRow, currency: str) -> PlanRowOut:
        """A row as JSON."""
        return cls(
            n=row.n,
            due=row.due_date,
            collect=row.collect_date,
            amount=decimal(row.payment_minor, currency) or "",
            principal=decimal(row.principal_minor, currency) or "",
            interest=decimal(row.interest_now_minor, currency) or "",
            paid=decimal(row.paid_minor, currency) or "",
            settled=row.settled_date,
            was_late=row.was_late,
        )


class PlanOut(Schema):
    """
    A plan and its rows. `pay_off` ends it today; `accelerated` is what calling it in asks for
    (null: it was not called in).
    """

    id: int
    customer: str
    kind: str
    state: str
    currency: str
    principal: str
    first_payment: str
    model: str
    rate: str
    items: list[str]
    rows: list[PlanRowOut]
    paid: str
    pay_off: str
    accelerated: str | None
    note: str
    proposed_by: str | None
    proposed_at: datetime
    customer_agreed_at: datetime | None
    agreed_by: str | None
    agreed_at: datetime | None
    ended_why: str

    @classmethod
    def of(cls, shown: PlanShown) -> PlanOut:
        """A plan as JSON; needs customer and people."""
        row, code = shown.plan, shown.plan.currency
        return cls(
            id=row.pk,
            customer=row.customer.number,
            kind=row.kind,
            state=row.state,
            currency=code,
            principal=decimal(row.principal_minor, code) or "",
            first_payment=decimal(row.down_payment_minor, code) or "",
            model=row.model,
            rate=f"{row.rate_percent:.4f}",
            items=[part.item.document_number for part in shown.items],
            rows=[PlanRowOut.of(each, code) for each in shown.rows],
            paid=decimal(shown.paid_minor, code) or "",
            pay_off=decimal(shown.pay_off.minor, code) or "",
            accelerated=decimal(row.accelerated_minor, code),
            note=row.note,
            proposed_by=row.proposed_by.email if row.proposed_by else None,
            proposed_at=row.proposed_at,
            customer_agreed_at=row.customer_at,
            agreed_by=row.agreed_by.email if row.agreed_by else None,
            agreed_at=row.agreed_at,
            ended_why=row.ended_why,
        )


class PlanIn(Schema):
    """
    Without `amount`: all that is due; without `items`: what is due, the oldest first.

    `parts` are monthly, `first_payment` is one more on `first`. `kind` NEW_DATE is one row on
    another day. `customer_agrees`: they said yes to who writes it down.
    """

    customer: str = Field(pattern=TEXT, max_length=40)
    first: date
    parts: int = Field(1, ge=1, le=600)
    amount: str | None = Field(None, pattern=TEXT, max_length=30)
    first_payment: str | None = Field(None, pattern=TEXT, max_length=30)
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    model: Literal["equal", "linear", "annuity"] = "equal"
    rate: Decimal = Field(Decimal(0), ge=0, le=20, max_digits=6, decimal_places=4)
    kind: Literal["INSTALMENTS", "NEW_DATE"] = "INSTALMENTS"
    items: list[str] = Field(default=[], max_length=NUMBERS_MAX)
    note: str = Field("", pattern=TEXT, max_length=500)
    customer_agrees: bool = False


class DraftRowOut(Schema):
    n: int
    due: date
    collect: date
    amount: str
    principal: str
    interest: str
    balance: str


class DraftOut(Schema):
    """What a plan would be. `breaches`: why the customer's yes alone would not put it in force."""

    currency: str
    principal: str
    interest: str
    items: list[str]
    rows: list[DraftRowOut]
    breaches: list[str]

    @classmethod
    def of(cls, draft: Draft) -> DraftOut:
        """A plan that is not written yet, as JSON."""
        terms = draft.rows.terms
        return cls(
            currency=terms.principal.currency,
            principal=terms.principal.to_decimal_string(),
            interest=draft.rows.interest_total.to_decimal_string(),
            items=[item.document_number for item, _minor in draft.parts],
            rows=[
                DraftRowOut(
                    n=row.n,
                    due=row.due,
                    collect=row.collect_on,
                    amount=row.payment.to_decimal_string(),
                    principal=row.principal.to_decimal_string(),
                    interest=row.interest.to_decimal_string(),
                    balance=row.balance.to_decimal_string(),
                )
                for row in draft.rows.rows
            ],
            breaches=[breach.value for breach in draft.breaches],
        )


class PlanFilter(ListFilter):
    customer: str = Field("", pattern=TEXT, max_length=40)
    state: Literal[
        "", "PROPOSED", "ACTIVE", "AT_RISK", "DEFAULTED", "COMPLETED", "CANCELLED", "ACCELERATED"
    ] = ""


class EndIn(Schema):
    reason: str = Field(pattern=TEXT, min_length=1, max_length=200)


class CallInIn(EndIn):
    """`noticed`: the day on which they were told in writing."""

    noticed: date


@router.get("", response=Page[PlanOut], auth=READ)
def list_plans(request: HttpRequest, asked: Query[PlanFilter]) -> dict[str, object]:
    """Plans, the newest first."""
    member, today = caller(request), today_of(request)
    rows = Plan.objects.filter(entity=member.entity_id)
    if asked.customer:
        customer = Customer.objects.get(entity=member.entity_id, number=asked.customer)
        rows = rows.filter(customer=customer)
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = rows.select_related("customer", "proposed_by", "agreed_by")
    rows = rows.prefetch_related("rows", "items__item")
    return listed(
        rows, lambda row: PlanOut.of(plan_shown(row, today)), order="proposed_at", asked=asked
    )


# Before the path of one plan, which would take its name for a number.
@router.post("/preview", response=DraftOut, auth=READ)
def preview_plan(request: HttpRequest, body: PlanIn) -> DraftOut:
    """What would be due when; nothing is written."""
    customer, new = _new(request, body)
    return DraftOut.of(draft_plan(customer=customer, new=new, today=today_of(request)))


@router.get("/{plan_id}", response=PlanOut, auth=READ)
def show_plan(request: HttpRequest, plan_id: int) -> PlanOut:
    """One plan, its rows and what was paid of them."""
    return _out(request, _plan(request, plan_id))


@router.post("", response={201: PlanOut}, auth=WRITE)
def propose_plan(request: HttpRequest, body: PlanIn) -> Status[PlanOut]:
    """Propose a plan; with the customer's yes, within your authority, it is in force."""
    _customer, new = _new(request, body)
    row = actions.propose_plan(
        new=new,
        by=caller(request),
        at=timezone.now(),
        customer_agrees=body.customer_agrees,
    )
    return Status(201, _out(request, row.pk))


@router.post("/{plan_id}/agree", response=PlanOut, auth=WRITE)
def agree_plan(request: HttpRequest, plan_id: int) -> PlanOut:
    """Agree on a proposed plan: what it is about is not asked for from now on."""
    key = _plan(request, plan_id)
    row = actions.agree_plan(plan_id=key, by=caller(request), at=timezone.now())
    return _out(request, row.pk)


@router.post("/{plan_id}/cancel", response=PlanOut, auth=WRITE)
def cancel_plan(request: HttpRequest, plan_id: int, body: EndIn) -> PlanOut:
    """End a plan and say why; what is open of its items may be asked for again."""
    key = _plan(request, plan_id)
    row = actions.cancel_plan(plan_id=key, why=body.reason, by=caller(request), at=timezone.now())
    return _out(request, row.pk)


@router.post("/{plan_id}/accelerate", response=PlanOut, auth=WRITE)
def accelerate_plan(request: HttpRequest, plan_id: int, body: CallInIn) -> PlanOut:
    """Call in all of a plan at risk, after a notice; no interest of rows to come is asked for."""
    row = actions.accelerate_plan(
        plan_id=_plan(request, plan_id),
        why=body.reason,
        noticed_date=body.noticed,
        by=caller(request),
        at=timezone.now(),
    )
    return _out(request, row.pk)


def _plan(request: HttpRequest, plan_id: int) -> int:
    return Plan.objects.get(pk=plan_id, entity=caller(request).entity_id).pk


def _new(request: HttpRequest, body: PlanIn) -> tuple[Customer, NewPlan]:
    customer = Customer.objects.select_related("entity").get(
        entity=caller(request).entity_id, number=body.customer
    )
    currency = body.currency or customer.currency
    return customer, NewPlan(
        customer_id=customer.pk,
        currency=currency,
        first_date=body.first,
        count=body.parts,
        amount_minor=Money.parse(body.amount, currency).minor if body.amount else None,
        down_payment_minor=(
            Money.parse(body.first_payment, currency).minor if body.first_payment else 0
        ),
        model=body.model,
        rate_percent=body.rate,
        kind=body.kind,
        items=_items(customer, body.items),
        note=body.note,
    )


def _items(customer: Customer, numbers: list[str]) -> list[int]:
    """The keys of a customer's open items by their document numbers."""
    wanted = {number.replace("\x00", "") for number in numbers}
    rows = OpenItem.objects.filter(
        customer=customer, document_number__in=wanted, open_minor__gt=0
    ).values_list("document_number", "pk")
    found = dict(rows)
    if wanted - set(found):
        raise actions.CollectionRefused("This customer has no such item.")
    return list(found.values())


def _out(request: HttpRequest, plan_id: int) -> PlanOut:
    row = (
        Plan.objects.select_related("customer", "proposed_by", "agreed_by")
        .prefetch_related("rows", "items__item")
        .get(pk=plan_id)
    )
    return PlanOut.of(plan_shown(row, today_of(request)))

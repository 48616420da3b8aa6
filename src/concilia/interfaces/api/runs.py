"""
Runs of collections: planned, read, one taken out, stopped.

A program plans and reads. It releases nothing: that is a person's act, at the desk.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.dunning import actions
from concilia.dunning.models import Run, RunPass, RunTouch
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT, decimal
from concilia.interfaces.components.rights import LOG_READERS, WORKERS

router = Router(tags=["collections"])
READ = Scope("collections:read", *LOG_READERS)
WRITE = Scope("collections:write", *WORKERS)
PLACES = ("open", "asked", "disputed", "promised", "planned", "held", "dunnable")


class SumsOut(Schema):
    """What was past due in one currency, and where each cent of it is; `asked`: in this run."""

    currency: str
    open: str
    asked: str
    disputed: str
    promised: str
    planned: str
    held: str
    dunnable: str


class CollectionRunOut(Schema):
    id: int
    date: date
    state: str
    strategy_version: int
    needs_two_signatures: bool
    sums: list[SumsOut]
    planned_by: str | None
    planned_at: datetime
    signed_by: str | None
    released_by: str | None
    released_at: datetime | None
    ended_at: datetime | None
    reason: str

    @classmethod
    def of(cls, row: Run) -> CollectionRunOut:
        """A run as JSON; needs its people."""
        return cls(
            id=row.pk,
            date=row.on_date,
            state=row.state,
            strategy_version=row.strategy_version,
            needs_two_signatures=row.wants_second,
            sums=[
                SumsOut(
                    currency=currency,
                    **{name: decimal(sums.get(name, 0), currency) or "" for name in PLACES},
                )
                for currency, sums in sorted(row.sums.items())
            ],
            planned_by=row.planned_by.user.email if row.planned_by else None,
            planned_at=row.planned_at,
            signed_by=row.signed_by.user.email if row.signed_by else None,
            released_by=row.released_by.user.email if row.released_by else None,
            released_at=row.released_at,
            ended_at=row.ended_at,
            reason=row.ended_why,
        )


class RunFilter(ListFilter):
    state: Literal["", "PLANNED", "SIGNED", "RELEASED", "DONE", "CANCELLED", "REPLACED"] = ""


class TouchItemOut(Schema):
    document_number: str
    asked: str
    disputed: str


class TouchOut(Schema):
    """One touch of one customer; `rule`, `plan`, `who`, `band` and `stage` say why."""

    id: int
    customer: str
    currency: str
    asked: str
    disputed: str
    tone: str
    way: str
    text: str
    offer: str
    rule: str
    plan: str
    arm: str
    who: str
    band: str
    stage: str
    not_before: datetime | None
    state: str
    why: str
    detail: str
    message: int | None
    items: list[TouchItemOut]

    @classmethod
    def of(cls, row: RunTouch) -> TouchOut:
        """A touch as JSON; needs customer and items."""
        return cls(
            id=row.pk,
            customer=row.customer.number,
            currency=row.currency,
            asked=decimal(row.asked_minor, row.currency) or "",
            disputed=decimal(row.disputed_minor, row.currency) or "",
            tone=f"T{row.tone}",
            way=row.way,
            text=row.template,
            offer=row.offer,
            rule=row.rule,
            plan=row.plan,
            arm=row.arm,
            who=row.who,
            band=row.band,
            stage=row.stage,
            not_before=row.not_before_at,
            state=row.state,
            why=row.why,
            detail=row.note,
            message=row.message_id,
            items=[
                TouchItemOut(
                    document_number=part.item.document_number,
                    asked=decimal(part.asked_minor, row.currency) or "",
                    disputed=decimal(part.disputed_minor, row.currency) or "",
                )
                for part in row.items.all()
            ],
        )


class TouchFilter(ListFilter):
    state: Literal[
        "", "PLANNED", "TAKEN_OUT", "RELEASED", "QUEUED", "BY_HAND", "DONE", "WITHHELD", "CANCELLED"
    ] = ""


class PassOut(Schema):
    """Who was past due and hears nothing, why, and from when on they may."""

    id: int
    customer: str
    currency: str
    amount: str
    why: str
    detail: str
    until: date | None

    @classmethod
    def of(cls, row: RunPass) -> PassOut:
        """A line of the log as JSON; needs its customer."""
        return cls(
            id=row.pk,
            customer=row.customer.number,
            currency=row.currency,
            amount=decimal(row.amount_minor, row.currency) or "",
            why=row.why,
            detail=row.detail,
            until=row.until_date,
        )


class PassFilter(ListFilter):
    why: str = Field("", pattern=TEXT, max_length=20)


class WhyIn(Schema):
    reason: str = Field(pattern=TEXT, min_length=1, max_length=200)


@router.get("", response=Page[CollectionRunOut], auth=READ)
def list_runs(request: HttpRequest, asked: Query[RunFilter]) -> dict[str, Any]:
    """The runs, the newest first."""
    rows = _runs(request)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return listed(rows, CollectionRunOut.of, order="planned_at", asked=asked)


@router.post("", response={201: CollectionRunOut}, auth=WRITE)
def plan_run(request: HttpRequest) -> Status[CollectionRunOut]:
    """Plan the run of today anew; nothing leaves before people release it at the desk."""
    by = caller(request)
    row = actions.plan_run(entity=by.entity, by=by, at=timezone.now())
    return Status(201, CollectionRunOut.of(_runs(request).get(pk=row.pk)))


@router.get("/{run_id}", response=CollectionRunOut, auth=READ)
def get_run(request: HttpRequest, run_id: int) -> CollectionRunOut:
    """One run."""
    return CollectionRunOut.of(_runs(request).get(pk=run_id))


@router.get("/{run_id}/touches", response=Page[TouchOut], auth=READ)
def list_touches(request: HttpRequest, run_id: int, asked: Query[TouchFilter]) -> dict[str, Any]:
    """Who hears from us, one by one."""
    rows = RunTouch.objects.filter(run=_runs(request).get(pk=run_id))
    if asked.state:
        rows = rows.filter(state=asked.state)
    rows = rows.select_related("customer").prefetch_related("items__item")
    return listed(rows, TouchOut.of, order="id", asked=asked)


@router.get("/{run_id}/passes", response=Page[PassOut], auth=READ)
def list_passes(request: HttpRequest, run_id: int, asked: Query[PassFilter]) -> dict[str, Any]:
    """Who hears nothing, and why."""
    rows = RunPass.objects.filter(run=_runs(request).get(pk=run_id))
    if asked.why:
        rows = rows.filter(why=asked.why)
    return listed(rows.select_related("customer"), PassOut.of, order="id", asked=asked)


@router.post("/{run_id}/cancel", response=CollectionRunOut, auth=WRITE)
def cancel_run(request: HttpRequest, run_id: int, body: WhyIn) -> CollectionRunOut:
    """Stop a run; what was written stays written."""
    key = _runs(request).get(pk=run_id).pk
    actions.cancel_run(run_id=key, why=body.reason, by=caller(request), at=timezone.now())
    return CollectionRunOut.of(_runs(request).get(pk=key))


@router.post("/touches/{touch_id}/take-out", response=TouchOut, auth=WRITE)
def take_out(request: HttpRequest, touch_id: int, body: WhyIn) -> TouchOut:
    """Take one customer out of a run that waits."""
    by = caller(request)
    key = RunTouch.objects.get(pk=touch_id, run__entity=by.entity_id).pk
    actions.take_out(touch_id=key, why=body.reason, by=by, at=timezone.now())
    rows = RunTouch.objects.select_related("customer").prefetch_related("items__item")
    return TouchOut.of(rows.get(pk=key))


def _runs(request: HttpRequest) -> QuerySet[Run]:
    rows = Run.objects.filter(entity=caller(request).entity_id)
    return rows.select_related("planned_by__user", "signed_by__user", "released_by__user")

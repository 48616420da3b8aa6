"""
A strategy of collections tried on the past: asked for, watched, read.

It sends nothing and changes nothing but itself. Figures of both sides have the same names: `then`
is what really happened, `so` what the version would have done.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status

from concilia.dunning import actions
from concilia.dunning.core.backtest.moments import Pace
from concilia.dunning.models import Backtest, BacktestCustomer
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import decimal
from concilia.interfaces.components.rights import LOG_READERS, WORKERS

router = Router(tags=["collections"])
READ = Scope("collections:read", *LOG_READERS)
WRITE = Scope("collections:write", *WORKERS)
CHOICES = {
    "": Q(),
    "earlier": Q(days__lt=0),
    "later": Q(days__gt=0),
    "unneeded": Q(unneeded__gt=0),
}


class BacktestIn(Schema):
    """
    Which version is tried on which days that are over.

    `version` 0 is the strategy that came along; `pace` says which days are asked again: those of
    the real runs (`RUNS`), every Monday (`WEEKS`); null takes the first where there were any.
    """

    version: int
    since: date
    until: date
    pace: Literal["RUNS", "WEEKS"] | None = None


class BacktestOut(Schema):
    """
    A backtest: how far it is, and its figures, which are whole numbers.

    Amounts in `figures` are minor units of `currency`. `known` says since when each part of the
    past is known, and what a touch costs.
    """

    id: int
    version: int
    real_versions: list[int]
    since: date
    until: date
    pace: str
    state: str
    customers: int
    done: int
    currency: str
    figures: dict[str, Any]
    known: dict[str, Any]
    error: str
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Backtest) -> BacktestOut:
        """A backtest as JSON; needs who asked for it."""
        return cls(
            id=row.pk,
            version=row.strategy_version,
            real_versions=row.real_versions,
            since=row.since_date,
            until=row.until_date,
            pace=row.pace,
            state=row.state,
            customers=row.total,
            done=row.done,
            currency=row.currency,
            figures=row.figures,
            known=row.known,
            error=row.error,
            asked_by=row.asked_by.user.email,
            asked_at=row.asked_at,
            ended_at=row.ended_at,
        )


class BacktestCustomerOut(Schema):
    """
    A customer who heard from us, or would have; null where one side has no touch.

    `days_later`: the first touch of the version after the real one, below zero before it.
    """

    customer: str
    first_touch: date | None
    first_touch_so: date | None
    days_later: int | None
    touches: int
    touches_so: int
    not_needed: int
    firmest: str | None
    firmest_so: str | None
    first_asked: str

    @classmethod
    def of(cls, row: BacktestCustomer) -> BacktestCustomerOut:
        """A customer as JSON; needs customer and backtest."""
        return cls(
            customer=row.customer.number,
            first_touch=row.first_then_date,
            first_touch_so=row.first_so_date,
            days_later=row.days,
            touches=row.touches_then,
            touches_so=row.touches_so,
            not_needed=row.unneeded,
            firmest=f"T{row.firmest_then}" if row.touches_then else None,
            firmest_so=f"T{row.firmest_so}" if row.touches_so else None,
            first_asked=decimal(row.minor, row.backtest.currency) or "",
        )


class CustomerFilter(ListFilter):
    which: Literal["", "earlier", "later", "unneeded"] = ""


@router.get("", response=Page[BacktestOut], auth=READ)
def list_backtests(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """What was tried, the newest first."""
    return listed(_backtests(request), BacktestOut.of, order="asked_at", asked=asked)


@router.post("", response={201: BacktestOut}, auth=WRITE)
def ask_backtest(request: HttpRequest, body: BacktestIn) -> Status[BacktestOut]:
    """Have the past taken through a version; a job does it, and `state` says how far it is."""
    pace = Pace(body.pace) if body.pace else None
    new = actions.NewBacktest(version=body.version, since=body.since, until=body.until, pace=pace)
    row = actions.ask_backtest(new=new, member=caller(request), at=timezone.now())
    return Status(201, BacktestOut.of(row))


@router.get("/{backtest_id}", response=BacktestOut, auth=READ)
def get_backtest(request: HttpRequest, backtest_id: int) -> BacktestOut:
    """One backtest."""
    return BacktestOut.of(_backtests(request).get(pk=backtest_id))


@router.get("/{backtest_id}/customers", response=Page[BacktestCustomerOut], auth=READ)
def list_backtest_customers(
    request: HttpRequest, backtest_id: int, asked: Query[CustomerFilter]
) -> dict[str, Any]:
    """The customers behind its figures, one by one."""
    rows = BacktestCustomer.objects.filter(
        CHOICES[asked.which], backtest=_backtests(request).get(pk=backtest_id)
    )
    rows = rows.select_related("customer", "backtest")
    return listed(rows, BacktestCustomerOut.of, order="id", asked=asked)


@router.post("/{backtest_id}/cancel", response=BacktestOut, auth=WRITE)
def cancel_backtest(request: HttpRequest, backtest_id: int) -> BacktestOut:
    """Stop it; what it found so far stays."""
    key = _backtests(request).get(pk=backtest_id).pk
    actions.cancel_backtest(backtest_id=key, member=caller(request), at=timezone.now())
    return BacktestOut.of(_backtests(request).get(pk=key))


def _backtests(request: HttpRequest) -> QuerySet[Backtest]:
    rows = Backtest.objects.filter(entity=caller(request).entity_id)
    return rows.select_related("asked_by__user")

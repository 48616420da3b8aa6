"""The dashboard's figures with their formulas, and every row behind each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import Page, page_from, place_of
from concilia.interfaces.api.problems import NothingHere
from concilia.interfaces.api.shapes import decimal
from concilia.kernel.currencies import exponent_of
from concilia.reporting.core.figures import Figure
from concilia.reporting.queries.dashboard import PERIOD_USUAL, Tile, dashboard_of
from concilia.reporting.queries.day_figures import AgeBucket, Cause
from concilia.reporting.queries.figure_rows import STATEMENTS, FigureRow, some_rows

router = Router(tags=["figures"])
READ = Scope("figures:read")


class FigureFilter(Schema):
    """Which days, up to the last one known, and which currency; without one, the entity's own."""

    period: Literal[30, 92, 365] = PERIOD_USUAL
    currency: str = Field("", pattern="^([A-Z]{3})?$")


class RowFilter(FigureFilter):
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class TermOut(Schema):
    name: str
    value: str


class FigureOut(Schema):
    """A figure; a `value` that is null is undefined, not zero."""

    name: str
    formula: str
    value: str | None
    unit: str
    change: str | None
    points: list[str | None]
    terms: list[TermOut]

    @classmethod
    def of(cls, tile: Tile) -> FigureOut:
        """A figure of the dashboard as JSON."""
        return cls(
            name=tile.name,
            formula=tile.figure.formula_id,
            value=text(tile.figure.value),
            unit=tile.figure.unit,
            change=text(tile.change),
            points=[text(point) for point in tile.points],
            terms=terms_of(tile.figure),
        )


class WeekOut(Schema):
    week: int
    opened: int
    closed: int
    open: int


class MonthOut(Schema):
    day: date
    dso: str | None
    best_possible: str | None


class AgeOut(Schema):
    age: str
    items: int
    open: str
    disputed: str


class CauseOut(Schema):
    reason: str
    claims: int
    valid: str
    not_valid: str


class BoardOut(Schema):
    as_of: datetime
    currency: str
    currencies: list[str]
    first_day: date
    last_day: date
    figures: list[FigureOut]
    weeks: list[WeekOut]
    months: list[MonthOut]
    ageing: list[AgeOut]
    causes: list[CauseOut]


class RowOut(Schema):
    """
    A claim, an open item or a payment behind a figure.

    `what` is a claim's reason, an item's kind or a payment's rule; `counts` says whether it counts
    for the figure's share.
    """

    id: int
    kind: str
    name: str
    customer: str
    what: str
    day: date | None
    amount: str
    currency: str
    counts: bool

    @classmethod
    def of(cls, row: FigureRow, currency: str) -> RowOut:
        """A row as JSON."""
        return cls(
            id=row.pk,
            kind=row.kind,
            name=row.name,
            customer=row.customer,
            what=row.what,
            day=row.day,
            amount=decimal(row.minor, currency) or "",
            currency=currency,
            counts=row.is_good,
        )


def text(value: object) -> str | None:
    """A number as text; None stays unknown."""
    return None if value is None else str(value)


def terms_of(figure: Figure) -> list[TermOut]:
    """The terms of a formula with what they came to."""
    return [TermOut(name=term.name, value=term.value) for term in figure.rows]


@router.get("", response=BoardOut, auth=READ)
def get_figures(request: HttpRequest, asked: Query[FigureFilter]) -> BoardOut:
    """The six figures with their change, their line of twelve points, and what the charts draw."""
    entity = caller(request).entity
    currency = _currency(asked, entity.currency)
    board = dashboard_of(entity=entity, currency=currency, days=asked.period, at=timezone.now())
    return BoardOut(
        as_of=board.as_of,
        currency=currency,
        currencies=list(board.currencies),
        first_day=board.period.start,
        last_day=board.period.last,
        figures=[FigureOut.of(tile) for tile in board.tiles],
        weeks=[
            WeekOut(week=each.number, opened=each.opened, closed=each.closed, open=each.open)
            for each in board.weeks
        ],
        months=[
            MonthOut(day=each.day, dso=text(each.dso), best_possible=text(each.best))
            for each in board.months
        ],
        ageing=[_age(each, currency) for each in board.ageing],
        causes=[_cause(each, currency) for each in board.causes],
    )


@router.get("/{name}/rows", response=Page[RowOut], auth=READ)
def list_rows(request: HttpRequest, name: str, asked: Query[RowFilter]) -> dict[str, Any]:
    """Every row behind a figure, the weightiest first."""
    if name not in STATEMENTS:
        raise NothingHere
    entity = caller(request).entity
    currency = _currency(asked, entity.currency)
    board = dashboard_of(entity=entity, currency=currency, days=asked.period, at=timezone.now())
    skip = place_of(asked.cursor, name=name)
    rows = some_rows(
        entity=entity,
        name=name,
        currency=currency,
        period=board.period,
        skip=skip,
        most=asked.limit + 1,
    )
    found, following = page_from(rows, name=name, skip=skip, limit=asked.limit)
    return {"items": [RowOut.of(row, currency) for row in found], "next_cursor": following}


def _currency(asked: FigureFilter, own: str) -> str:
    """The currency asked for; one nobody knows is refused with a sentence."""
    currency = asked.currency or own
    exponent_of(currency)
    return currency


def _age(bucket: AgeBucket, currency: str) -> AgeOut:
    return AgeOut(
        age=bucket.label,
        items=bucket.items,
        open=decimal(bucket.open_minor, currency) or "",
        disputed=decimal(bucket.disputed_minor, currency) or "",
    )


def _cause(cause: Cause, currency: str) -> CauseOut:
    return CauseOut(
        reason=cause.reason,
        claims=cause.claims,
        valid=decimal(cause.valid_minor, currency) or "",
        not_valid=decimal(cause.not_valid_minor, currency) or "",
    )

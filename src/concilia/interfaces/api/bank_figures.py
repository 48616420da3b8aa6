"""The figures of the bank desk, and the rows that make each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from concilia.cash.models import Match
from concilia.cash.queries import bank_figures as reading
from concilia.cash.queries.results import Result, Results
from concilia.cash.queries.unapplied import Unapplied, UnappliedRows
from concilia.interfaces.api.access import Scope, caller, today_of
from concilia.interfaces.api.paging import Page, listed, page_from, place_of
from concilia.interfaces.api.shapes import decimal
from concilia.receivables.models import BankStatement

router = Router(tags=["bank"])
results_router = Router(tags=["bank"])
READ = Scope("bank:read")


class SpanFilter(Schema):
    """Payments of one statement, or of the last days."""

    statement: int | None = Field(None, ge=1, lt=2**62)
    days: Literal[30, 90, 365] = 30


class RowFilter(SpanFilter):
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class RateOut(Schema):
    """A share of counts, or of minor units; null while there is nothing to divide by."""

    part: int
    whole: int
    share: str | None

    @classmethod
    def of(cls, rate: reading.Rate) -> RateOut:
        """A share as JSON."""
        share = None if rate.share is None else str(rate.share)
        return cls(part=rate.part, whole=rate.whole, share=share)


class BankFiguresOut(Schema):
    """
    Payments, their lines and amounts posted without a person; money nobody has applied, by
    currency; and which of what was posted without a person was taken back within 30 days.
    """

    payments: RateOut
    lines: RateOut
    amounts: dict[str, RateOut]
    unapplied: dict[str, str]
    reversed: RateOut


class AnswerOut(Schema):
    entry: int
    day: date
    payer_name: str
    customer: str | None
    amount: str
    currency: str
    state: str
    rule: str
    by_person: bool

    @classmethod
    def of(cls, match: Match) -> AnswerOut:
        """A payment behind a figure as JSON; needs the entry and the customer."""
        entry = match.bank_entry
        return cls(
            entry=entry.pk,
            day=entry.booking_date,
            payer_name=entry.payer_name,
            customer=match.customer.number if match.customer else None,
            amount=decimal(entry.amount_minor, entry.currency) or "",
            currency=entry.currency,
            state=match.state,
            rule=match.rule,
            by_person=match.decided_by_id is not None,
        )


class UnappliedOut(Schema):
    """Money that settles nothing yet: `waiting`, on `account`, or a `return` not settled."""

    kind: str
    entry: int | None
    day: date
    age_days: int
    payer: str
    customer: str
    number: str
    amount: str
    currency: str

    @classmethod
    def of(cls, row: Unapplied) -> UnappliedOut:
        """A row of unapplied money as JSON."""
        return cls(
            kind=row.kind,
            entry=row.entry_id,
            day=row.day,
            age_days=row.age_days,
            payer=row.payer,
            customer=row.customer,
            number=row.number,
            amount=decimal(row.amount_minor, row.currency) or "",
            currency=row.currency,
        )


class ResultFilter(RowFilter):
    """Payments of one statement, or booked from one day to another."""

    since: date | None = None
    until: date | None = None


class ResultOut(Schema):
    payment: int
    statement: str
    account: str
    booked: date
    value: date
    payer: str
    payer_iban: str
    text: str
    is_return: bool
    currency: str
    paid: str | None
    state: str
    rule: str
    confidence_bp: int
    customer: str
    on_account: str | None
    label: str
    document: str
    document_customer: str
    applied: str | None
    discount: str | None
    writeoff: str | None
    writeoff_reason: str
    deduction: str | None
    deduction_reason: str
    deduction_document: str
    decided_by: str
    posted_at: datetime | None

    @classmethod
    def of(cls, row: Result) -> ResultOut:
        """A result as JSON; amounts are decimal text."""
        values = {name: getattr(row, name) for name in cls.model_fields}
        bare = {name: f"{v:f}" if isinstance(v, Decimal) else v for name, v in values.items()}
        return cls.model_validate(bare)


@router.get("", response=BankFiguresOut, auth=READ)
def get_bank_figures(request: HttpRequest, asked: Query[SpanFilter]) -> BankFiguresOut:
    """How much was posted without a person, what nobody has applied, what was taken back."""
    entity_id, today = caller(request).entity_id, today_of(request)
    found = reading.figures(entity_id=entity_id, scope=_scope(request, asked), as_of=today)
    return BankFiguresOut(
        payments=RateOut.of(found.payments),
        lines=RateOut.of(found.lines),
        amounts={currency: RateOut.of(rate) for currency, rate in found.amounts.items()},
        unapplied={
            currency: decimal(minor, currency) or "" for currency, minor in found.unapplied.items()
        },
        reversed=RateOut.of(found.reversed),
    )


@router.get("/answers", response=Page[AnswerOut], auth=READ)
def list_answers(request: HttpRequest, asked: Query[RowFilter]) -> dict[str, Any]:
    """The payments behind the shares, the newest first."""
    rows = reading.answers(entity_id=caller(request).entity_id, scope=_scope(request, asked))
    rows = rows.select_related("bank_entry", "customer")
    return _answers(rows, asked)


@router.get("/reversed", response=Page[AnswerOut], auth=READ)
def list_reversed(request: HttpRequest, asked: Query[RowFilter]) -> dict[str, Any]:
    """What was posted without a person and taken back within 30 days, the newest first."""
    entity_id = caller(request).entity_id
    rows = reading.reversed_matches(entity_id=entity_id, as_of=today_of(request))
    return _answers(rows.select_related("bank_entry", "customer"), asked)


@router.get("/unapplied", response=Page[UnappliedOut], auth=READ)
def list_unapplied(request: HttpRequest, asked: Query[RowFilter]) -> dict[str, Any]:
    """Money that settles nothing yet, the oldest first."""
    skip = place_of(asked.cursor, name="unapplied")
    rows = UnappliedRows(entity_id=caller(request).entity_id, as_of=today_of(request))
    found, following = page_from(
        rows[skip : skip + asked.limit + 1], name="unapplied", skip=skip, limit=asked.limit
    )
    return {"items": [UnappliedOut.of(row) for row in found], "next_cursor": following}


@results_router.get("", response=Page[ResultOut], auth=READ)
def list_results(request: HttpRequest, asked: Query[ResultFilter]) -> dict[str, Any]:
    """What became of payments, one row for each item a payment was put to, the earliest first."""
    skip = place_of(asked.cursor, name="results")
    scope = reading.Scope(since=asked.since, until=asked.until)
    if asked.statement is not None or not (asked.since or asked.until):
        scope = _scope(request, asked)
    rows = Results(entity_id=caller(request).entity_id, scope=scope)
    found, following = page_from(
        rows.page(skip, asked.limit + 1), name="results", skip=skip, limit=asked.limit
    )
    return {"items": [ResultOut.of(row) for row in found], "next_cursor": following}


def _answers(rows: Any, asked: RowFilter) -> dict[str, Any]:  # noqa: ANN401 - a query set
    return listed(rows, AnswerOut.of, order="bank_entry__booking_date", asked=asked)


def _scope(request: HttpRequest, asked: SpanFilter) -> reading.Scope:
    """
    Which payments count.

    :raises BankStatement.DoesNotExist: if the statement is not the caller's
    """
    if asked.statement is None:
        return reading.Scope.last(asked.days, today_of(request))
    rows = BankStatement.objects.filter(entity_id=caller(request).entity_id)
    return reading.Scope(statement_id=rows.get(pk=asked.statement).pk)

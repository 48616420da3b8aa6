"""The figures of the bank desk opened into the rows that make them (domain.md §5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from concilia.cash.models import Match
from concilia.cash.queries.bank import in_answers, statements
from concilia.cash.queries.bank_figures import (
    SPAN_DAYS,
    UNTOUCHED,
    Figure,
    Rate,
    Scope,
    answers,
    figures,
    line_rate,
    rates,
    reversal_rate,
    reversed_matches,
)
from concilia.cash.queries.unapplied import READ_AT_ONCE, Unapplied, UnappliedRows
from concilia.interfaces.components.formats import base_language, shared_currency
from concilia.interfaces.desk import bank_words
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.pages import KeysFirst, KnownCount
from concilia.kernel.money import Money
from concilia.receivables.models import BankStatement

ROWS_MAX: Final = 50
EXPORT_MAX: Final = 50_000
SPANS: Final = {"30": 30, "90": 90, "365": 365}
TOUCHED: Final = "touched"
ALL: Final = "all"
FORMULAS: Final = {
    Figure.PAYMENTS: _("payments posted without a person ÷ payments that came"),
    Figure.LINES: _("lines of payments posted without a person ÷ all lines"),
    Figure.AMOUNT: _("amount posted without a person ÷ amount that came"),
    Figure.UNAPPLIED: _("payments that wait + money on customers' accounts − returns not settled"),
    Figure.REVERSED: _("postings without a person taken back within 30 days ÷ all of 30 days"),
}


@require_GET
@desk_page()
def figure(request: DeskRequest, name: str) -> HttpResponseBase:
    """One figure: its formula in numbers and the rows behind it, as a page or as CSV."""
    if name not in set(Figure):
        raise Http404
    which = Figure(name)
    if which is Figure.UNAPPLIED:
        return _unapplied(request)
    scope, statement = _scope(request)
    only = request.GET.get("only", "") if which is not Figure.REVERSED else ""
    rows = _rows(request, which, scope, only)
    if request.GET.get("format") == "csv":
        return _as_csv(which, rows)
    numbers, known = _numbers(request, which, scope)
    page = KeysFirst(rows, ROWS_MAX, known.get(only)).get_page(request.GET.get("page"))
    inside = in_answers(page.object_list)
    context = {
        "name": which,
        "title": bank_words.FIGURES[which],
        "formula": FORMULAS[which],
        "numbers": numbers,
        "page": page,
        "rows": [
            (
                match,
                bank_words.RULES.get(match.rule, match.rule),
                inside[match.pk].items if match.pk in inside else 1,
            )
            for match in page
        ],
        "page_sum": bank_words.sum_words(
            [(match.currency, match.bank_entry.amount_minor) for match in page],
            base_language(request.user.language),
        ),
        "currency": shared_currency(match.currency for match in page),
        "statement": statement,
        "span": request.GET.get("days", ""),
        "spans": SPANS,
        "only": only,
        "has_scope": which is not Figure.REVERSED,
        "kept": urlencode({k: v for k, v in request.GET.items() if k in {"statement", "days"}}),
    }
    return render(request, "desk/bank/figure.html", context)


@require_GET
@desk_page()
def strip(request: DeskRequest) -> HttpResponse:
    """The figures under the bank desk, which a page of it asks for when it stands."""
    scope, statement = _scope(request)
    asked = figures(entity_id=request.seat.entity.pk, scope=scope, as_of=timezone.localdate())
    query = urlencode({"statement": statement.pk if statement else ALL})
    return render(request, "desk/bank/rates.html", {"figures": asked, "figure_query": query})


def _rows(request: DeskRequest, which: Figure, scope: Scope, only: str) -> QuerySet[Match]:
    """The payments behind a figure, the last booked first."""
    entity_id = request.seat.entity.pk
    rows = (
        reversed_matches(entity_id=entity_id, as_of=timezone.localdate())
        if which is Figure.REVERSED
        else answers(entity_id=entity_id, scope=scope)
    )
    if only == TOUCHED:
        rows = rows.exclude(UNTOUCHED)
    return rows.select_related("bank_entry", "customer", "decided_by").order_by(
        "-bank_entry__booking_date", "-bank_entry_id"
    )


def _scope(request: DeskRequest) -> tuple[Scope, BankStatement | None]:
    """The statement or the days the address names; the last 30 days if it names neither."""
    key = key_of(request.GET.get("statement"))
    if key is not None:
        rows = statements(entity_id=request.seat.entity.pk)
        statement = rows.filter(pk=key).first()
        if statement is None:
            raise Http404
        return Scope(statement_id=statement.pk), statement
    days = SPANS.get(request.GET.get("days", ""), SPAN_DAYS)
    return Scope.last(days, timezone.localdate()), None


def _numbers(
    request: DeskRequest, which: Figure, scope: Scope
) -> tuple[Sequence[dict[str, Any]], dict[str, int]]:
    """
    The formula in numbers, and how many rows are behind it in each of the two lists.

    Where amounts are compared there is one line for each currency.
    """
    entity_id = request.seat.entity.pk
    if which is Figure.REVERSED:
        rate = reversal_rate(entity_id=entity_id, as_of=timezone.localdate())
        return [_parts(rate)], {"": rate.part}
    told = rates(entity_id=entity_id, scope=scope)
    known = {"": told.answered, TOUCHED: told.answered - told.untouched}
    if which is Figure.AMOUNT:
        return [_parts(rate, code) for code, rate in told.amounts.items()], known
    if which is Figure.LINES:
        return [_parts(line_rate(entity_id=entity_id, scope=scope, told=told))], known
    return [_parts(told.payments)], known


def _parts(rate: Rate, currency: str = "") -> dict[str, Any]:
    return {"part": rate.part, "whole": rate.whole, "share": rate.share, "currency": currency}


def _as_csv(which: Figure, rows: QuerySet[Match]) -> HttpResponseBase:
    rows = rows.annotate(n_items=Count("allocations__item"))[:EXPORT_MAX]
    head = ("booked", "payer", "customer", "amount", "currency", "state", "rule", "lines")
    lines = (
        (
            match.bank_entry.booking_date.isoformat(),
            match.bank_entry.payer_name,
            match.customer.name if match.customer else "",
            Money(match.bank_entry.amount_minor, match.currency).to_decimal(),
            match.currency,
            match.state,
            match.rule,
            getattr(match, "n_items", 0),
            match.decided_by.name if match.decided_by else "",
        )
        for match in rows.iterator(chunk_size=READ_AT_ONCE)
    )
    return csv_response(f"bank-{which}.csv", (*head, "decided_by"), lines)


def _unapplied(request: DeskRequest) -> HttpResponseBase:
    entity_id, today = request.seat.entity.pk, timezone.localdate()
    age = request.GET.get("age", "")
    rows = UnappliedRows(entity_id=entity_id, as_of=today, age=age)
    if request.GET.get("format") == "csv":
        return _unapplied_csv(rows)
    sums = rows.sums()
    found = sum(each.rows.get(age, 0) if age else sum(each.rows.values()) for each in sums.values())
    page = KnownCount(rows, ROWS_MAX, found).get_page(request.GET.get("page"))
    context = {
        "name": Figure.UNAPPLIED,
        "title": bank_words.FIGURES["unapplied"],
        "formula": FORMULAS[Figure.UNAPPLIED],
        "aged": [
            (code, list(each.minor.items()), sum(each.minor.values()))
            for code, each in sums.items()
        ],
        "page": page,
        "page_sum": bank_words.sum_words(
            [(row.currency, row.amount_minor) for row in page],
            base_language(request.user.language),
        ),
        "currency": shared_currency(row.currency for row in page),
        "age": age,
        "kinds": {
            "waiting": gettext("waits for a person"),
            "account": gettext("on account"),
            "return": gettext("taken back by the bank"),
        },
    }
    return render(request, "desk/bank/unapplied.html", context)


def _unapplied_csv(rows: Iterable[Unapplied]) -> HttpResponseBase:
    head = ("since", "days", "kind", "payer", "customer", "document", "amount", "currency")
    lines = (
        (
            row.day.isoformat(),
            row.age_days,
            row.kind,
            row.payer,
            row.customer,
            row.number,
            Money(row.amount_minor, row.currency).to_decimal(),
            row.currency,
        )
        for row in rows
    )
    return csv_response("bank-unapplied.csv", head, lines)

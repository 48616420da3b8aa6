"""The figures of the bank desk opened into the rows that make them (domain.md §5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from concilia.cash.models import Match
from concilia.cash.queries.bank import statements
from concilia.cash.queries.bank_figures import (
    UNTOUCHED,
    Figure,
    Figures,
    Scope,
    Unapplied,
    ages,
    answers,
    figures,
    reversed_matches,
    unapplied_rows,
)
from concilia.interfaces.components.formats import base_language, shared_currency
from concilia.interfaces.desk import bank_words
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.exports import csv_response
from concilia.kernel.money import Money
from concilia.receivables.models import BankStatement

ROWS_MAX: Final = 50
EXPORT_MAX: Final = 50_000
SPANS: Final = {"30": 30, "90": 90, "365": 365}
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
    today = timezone.localdate()
    scope, statement = _scope(request)
    if which is Figure.UNAPPLIED:
        return _unapplied(request)
    entity_id = request.seat.entity.pk
    rows = (
        reversed_matches(entity_id=entity_id, as_of=today)
        if which is Figure.REVERSED
        else answers(entity_id=entity_id, scope=scope)
    )
    only = request.GET.get("only", "")
    if only == "touched" and which is not Figure.REVERSED:
        rows = rows.exclude(UNTOUCHED)
    listed = (
        rows.select_related("bank_entry", "customer", "decided_by")
        .annotate(n_items=Count("allocations"))
        .order_by("-bank_entry__booking_date", "-pk")
    )
    if request.GET.get("format") == "csv":
        return _as_csv(which, listed[:EXPORT_MAX])
    told = figures(entity_id=entity_id, scope=scope, as_of=today)
    page = Paginator(listed, ROWS_MAX).get_page(request.GET.get("page"))
    context = {
        "name": which,
        "title": bank_words.FIGURES[which],
        "formula": FORMULAS[which],
        "numbers": _numbers(which, told),
        "page": page,
        "rows": [(match, bank_words.RULES.get(match.rule, match.rule)) for match in page],
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


def _scope(request: DeskRequest) -> tuple[Scope, BankStatement | None]:
    """The statement or the days the address names; the last 30 days if it names neither."""
    key = key_of(request.GET.get("statement"))
    if key is not None:
        rows = statements(entity_id=request.seat.entity.pk)
        statement = rows.filter(pk=key).first()
        if statement is None:
            raise Http404
        return Scope(statement_id=statement.pk), statement
    days = SPANS.get(request.GET.get("days", ""), 30)
    return Scope(since=timezone.localdate() - timedelta(days=days)), None


def _numbers(which: Figure, told: Figures) -> Sequence[dict[str, Any]]:
    """The formula in numbers; one line for each currency where amounts are compared."""
    if which is Figure.AMOUNT:
        return [
            {"part": rate.part, "whole": rate.whole, "share": rate.share, "currency": currency}
            for currency, rate in told.amounts.items()
        ]
    rates = {
        Figure.PAYMENTS: told.payments,
        Figure.LINES: told.lines,
        Figure.REVERSED: told.reversed,
    }
    rate = rates[which]
    return [{"part": rate.part, "whole": rate.whole, "share": rate.share, "currency": ""}]


def _as_csv(which: Figure, rows: Iterable[Match]) -> HttpResponseBase:
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
        for match in rows
    )
    return csv_response(f"bank-{which}.csv", (*head, "decided_by"), lines)


def _unapplied(request: DeskRequest) -> HttpResponseBase:
    entity_id, today = request.seat.entity.pk, timezone.localdate()
    rows = unapplied_rows(entity_id=entity_id, as_of=today)
    aged = ages(rows)
    age = request.GET.get("age", "")
    if age:
        rows = [row for row in rows if row.age == age]
    if request.GET.get("format") == "csv":
        return _unapplied_csv(rows)
    page = Paginator(rows, ROWS_MAX).get_page(request.GET.get("page"))
    context = {
        "name": Figure.UNAPPLIED,
        "title": bank_words.FIGURES["unapplied"],
        "formula": FORMULAS[Figure.UNAPPLIED],
        "aged": [(code, list(sums.items()), sum(sums.values())) for code, sums in aged.items()],
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

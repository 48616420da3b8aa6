"""A strategy tried on the past: asked for, watched, opened into customers, taken along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from concilia.dunning.actions import NewBacktest, ask_backtest, cancel_backtest
from concilia.dunning.actions.backtests import KEPT
from concilia.dunning.core.backtest.figures import span_days
from concilia.dunning.core.backtest.moments import Pace, full_months
from concilia.dunning.models import Backtest, BacktestCustomer
from concilia.dunning.queries.backtests import backtest_of, sheets_of
from concilia.interfaces.components.rights import LOG_READERS, WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.backtest_words import (
    PACES,
    SPANS,
    days_words,
    known_of,
    sections_of,
)
from concilia.interfaces.desk.bank_forms import KEY_MAX
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.kernel.money import Money

LATEST: Final = 20
ROWS_MAX: Final = 50
UNREADABLE: Final = 422
CHOSEN: Final[Mapping[str, tuple[str | Promise, Q]]] = {
    "earlier": (_("heard earlier"), Q(days__lt=0)),
    "later": (_("heard later"), Q(days__gt=0)),
    "same": (_("heard on the same day"), Q(days=0)),
    "only_so": (_("heard with this plan only"), Q(first_then_date=None)),
    "only_then": (_("heard in reality only"), Q(first_so_date=None)),
    "unneeded": (_("asked although they paid anyway"), Q(unneeded__gt=0)),
}
HEAD: Final = (
    "customer_number", "customer", "first_touch", "first_touch_with_plan", "days_later",
    "touches", "touches_with_plan", "not_needed", "firmest", "firmest_with_plan", "first_asked",
    "currency",
)  # fmt: skip


@require_GET
@desk_page(allow=LOG_READERS)
def backtests(request: DeskRequest) -> HttpResponse:
    """The form, and what was tried before."""
    return _form(request, request.GET, "")


@require_POST
@desk_page(allow=WORKERS)
def ask(request: DeskRequest) -> HttpResponse:
    """Have the past taken through a version; the page that is opened watches it."""
    try:
        new = _new(request.POST)
        row = ask_backtest(new=new, member=request.seat.membership, at=timezone.now())
    except REFUSALS as refused:
        return _form(request, request.POST, words_of(refused))
    except ValueError as problem:
        return _form(request, request.POST, str(problem))
    return redirect("desk:backtest", row.pk)


@require_POST
@desk_page(allow=WORKERS)
def cancel(request: DeskRequest, backtest_id: int) -> HttpResponse:
    """Stop it; what it has found stays."""
    row = _find(request, backtest_id)
    cancel_backtest(backtest_id=row.pk, member=request.seat.membership, at=timezone.now())
    return redirect("desk:backtest", row.pk)


@require_GET
@desk_page(allow=LOG_READERS)
def backtest(request: DeskRequest, backtest_id: int) -> HttpResponse:
    """How far it is, both sides of each figure, and the customers behind them."""
    row = _find(request, backtest_id)
    rows, chosen = _chosen(row, request.GET)
    pages = Paginator(rows.select_related("customer"), ROWS_MAX)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "tried": row,
        "sections": sections_of(row),
        "known": known_of(row),
        "pace": PACES[row.pace],
        "page": page,
        "rows": [(one, days_words(one.days)) for one in page],
        "chosen": chosen,
        "choices": [(name, words) for name, (words, _q) in CHOSEN.items()],
        "query": _kept(request.GET),
        "may_act": request.seat.may(*WORKERS),
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "desk/runs/backtest_part.html" if is_part else "desk/runs/backtest.html"
    return render(request, template, context)


@require_GET
@desk_page(allow=LOG_READERS)
def export(request: DeskRequest, backtest_id: int) -> HttpResponseBase:
    """Every customer of it as one table, or those that are chosen."""
    row = _find(request, backtest_id)
    rows, _words = _chosen(row, request.GET)
    return csv_response(f"backtest-{row.pk}.csv", HEAD, _lines(rows, row.currency))


def _lines(rows: QuerySet[BacktestCustomer], currency: str) -> Iterator[tuple[object, ...]]:
    for one in rows.select_related("customer").iterator(chunk_size=2_000):
        yield (
            one.customer.number,
            one.customer.name,
            one.first_then_date or "",
            one.first_so_date or "",
            "" if one.days is None else one.days,
            one.touches_then,
            one.touches_so,
            one.unneeded,
            f"T{one.firmest_then}" if one.touches_then else "",
            f"T{one.firmest_so}" if one.touches_so else "",
            Money(one.minor, currency).to_decimal_string(),
            currency,
        )


def _chosen(row: Backtest, asked: QueryDict) -> tuple[QuerySet[BacktestCustomer], str]:
    """The customers behind a figure, and what they have in common."""
    rows, so, span = row.customers.all(), asked.get("so", ""), asked.get("span", "")
    if so in CHOSEN:
        words, condition = CHOSEN[so]
        order = ["-unneeded", "pk"] if so == "unneeded" else ["-minor", "pk"]
        return rows.filter(condition).order_by(*order), str(words)
    if span in SPANS:
        first, last = span_days(span)
        return rows.filter(days__gte=first, days__lte=last).order_by("-minor", "pk"), str(
            SPANS[span]
        )
    return rows.order_by("-minor", "pk"), ""


def _kept(asked: QueryDict) -> str:
    kept = asked.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _form(request: DeskRequest, typed: QueryDict, problem: str) -> HttpResponse:
    entity = request.seat.entity
    since, until = full_months(timezone.localdate())
    sheets = sheets_of(entity)
    rows = Backtest.objects.filter(entity=entity).select_related("asked_by__user")
    context = {
        "sheets": sheets,
        "version": typed.get("version", str(sheets[0].version)),
        "since": typed.get("since") or since.isoformat(),
        "until": typed.get("until") or until.isoformat(),
        "pace": typed.get("pace", ""),
        "paces": list(PACES.items()),
        "problem": problem,
        "kept": KEPT,
        "earlier": rows.order_by("-asked_at", "-pk")[:LATEST],
        "may_act": request.seat.may(*WORKERS),
    }
    status = UNREADABLE if problem else 200
    return render(request, "desk/runs/backtests.html", context, status=status)


def _new(form: QueryDict) -> NewBacktest:
    try:
        version = int(form.get("version", ""))
        since, until = (date.fromisoformat(form.get(name, "")) for name in ("since", "until"))
    except ValueError:
        raise ValueError(gettext("Choose a version and both days.")) from None
    pace = form.get("pace", "")
    return NewBacktest(
        version=version, since=since, until=until, pace=Pace(pace) if pace in set(Pace) else None
    )


def _find(request: DeskRequest, backtest_id: int) -> Backtest:
    entity = request.seat.entity
    found = backtest_of(entity=entity, backtest_id=backtest_id) if backtest_id <= KEY_MAX else None
    if found is None:
        raise Http404
    return found

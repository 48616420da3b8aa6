"""Customers as a list: found by name, ordered by what they owe, with saved views."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from concilia.customers.models import Customer
from concilia.interfaces.components.formats import base_language, money_text, shared_currency
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.saved_views import drop_view, keep_view, own_views
from concilia.kernel.money import Money
from concilia.reporting.queries.customers import (
    ORDERS,
    SHOWS,
    CustomerRow,
    Wanted,
    countries_of,
    customers_of,
    with_amounts,
)

PER_PAGE: Final = 25
EXPORT_CHUNK: Final = 500
PAGE_NAME: Final = "customers"
VIEWS: Final[Mapping[str, str | Promise]] = {
    "": _("All"),
    "overdue": _("Past due"),
    "contested": _("With open claims"),
    "limit": _("Over the credit limit"),
}
ORDER_WORDS: Final[Mapping[str, str | Promise]] = {
    "name": _("name"),
    "number": _("number"),
    "-open": _("open amount"),
    "-overdue": _("amount past due"),
    "-contested": _("contested amount"),
}
# What a column is sorted by, its heading, and whether it holds figures.
COLUMNS: Final[Sequence[tuple[str, str | Promise, bool]]] = (
    ("name", _("Customer"), False),
    ("number", _("Number"), False),
    ("country", _("Country"), False),
    ("-overdue", _("Past due"), True),
    ("-contested", _("Contested"), True),
    ("claims", _("Claims"), True),
    ("-open", pgettext_lazy("amount", "Open"), True),
)
KEPT: Final = ("show", "q", "country", "mine", "sort")


@require_GET
@desk_page()
def customers(request: DeskRequest) -> HttpResponse:
    """The list."""
    wanted, entity = wanted_of(request), request.seat.entity
    today = timezone.localdate()
    found = customers_of(entity=entity, wanted=wanted, today=today)
    page: Page[Customer] = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = with_amounts(list(page.object_list), entity=entity, today=today)
    context = {
        "page": page,
        "rows": rows,
        "wanted": wanted,
        "is_mine": bool(wanted.managed_by),
        "sums": _sums(rows),
        "currency": shared_currency(owed.currency for row in rows for owed in row.owed),
        "columns": [
            (
                name,
                words,
                _query(request, sort=name) if name in ORDERS else "",
                is_money,
                _sorted(name, wanted),
            )
            for name, words, is_money in COLUMNS
        ],
        "views": [(name, words, _query(request, show=name)) for name, words in VIEWS.items()],
        "saved": own_views(request, PAGE_NAME),
        "kept": _kept(request.GET),
        "orders": [
            (name, words, _query(request, sort=name)) for name, words in ORDER_WORDS.items()
        ],
        "order_words": ORDER_WORDS[wanted.order],
        "countries": countries_of(entity_id=entity.pk),
        "chips": _chips(request, wanted),
        "export": reverse("desk:customers-export") + f"?{_kept(request.GET)}",
        "hints": _hints(),
    }
    return render(request, "desk/customers.html", context)


@require_GET
@desk_page()
def export(request: DeskRequest) -> HttpResponseBase:
    """The whole list as a CSV file, a line for each customer and currency."""
    head = (
        "number",
        "name",
        "country",
        "currency",
        "open",
        "past due",
        "open claims",
        "contested",
        "payment days",
    )
    return csv_response("customers.csv", head, _lines(request.seat, wanted_of(request)))


@require_POST
@desk_page()
def save_view(request: DeskRequest) -> HttpResponse:
    """Keep a list under a name, or forget it; an equal name is replaced."""
    query = _kept(QueryDict(request.POST.get("query", "")[:1000]))
    if request.POST.get("act") == "forget":
        drop_view(request, page=PAGE_NAME, view_id=_number(request.POST.get("view", "")))
    else:
        keep_view(request, page=PAGE_NAME, query=query)
    return redirect(reverse("desk:customers") + (f"?{query}" if query else ""))


def wanted_of(request: DeskRequest) -> Wanted:
    """This will be what the address asks for; what it cannot ask for is left out."""
    asked = request.GET
    show, order = asked.get("show", ""), asked.get("sort", "name")
    countries = [code.upper() for code in asked.getlist("country") if len(code) == len("IT")]
    return Wanted(
        text=" ".join(asked.get("q", "").replace("\0", "").split())[:100],
        countries=tuple(dict.fromkeys(countries)),
        show=show if show in SHOWS else "",
        managed_by=request.seat.membership.pk if asked.get("mine") == "1" else None,
        order=order if order in ORDERS else "name",
    )


def _lines(seat: Seat, wanted: Wanted) -> Iterator[list[object]]:
    today = timezone.localdate()
    found = customers_of(entity=seat.entity, wanted=wanted, today=today)
    for chunk in _chunks(found.iterator(chunk_size=EXPORT_CHUNK)):
        for row in with_amounts(chunk, entity=seat.entity, today=today):
            yield from _line(row)


def _chunks(customers: Iterable[Customer]) -> Iterator[list[Customer]]:
    chunk: list[Customer] = []
    for customer in customers:
        chunk.append(customer)
        if len(chunk) == EXPORT_CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _line(row: CustomerRow) -> Iterator[list[object]]:
    for owed in row.owed:
        yield [
            row.customer.number,
            row.customer.name,
            row.customer.country,
            owed.currency,
            Money(owed.open_minor, owed.currency).to_decimal(),
            Money(owed.overdue_minor, owed.currency).to_decimal(),
            owed.claims,
            Money(owed.contested_minor, owed.currency).to_decimal(),
            row.customer.payment_days,
        ]


def _sums(rows: Sequence[CustomerRow]) -> str:
    """What the customers of this page owe, by currency."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        for owed in row.owed:
            sums[owed.currency] += owed.open_minor
    language = base_language(get_language())
    written = [money_text(minor, code, language) for code, minor in sorted(sums.items()) if minor]
    return " · ".join(written)


def _chips(request: DeskRequest, wanted: Wanted) -> list[tuple[str, str, str]]:
    """What narrows the list: its name, its value, and the list without it."""
    chips = []
    if wanted.text:
        chips.append((gettext("Name or number"), wanted.text, _query(request, q="")))
    if wanted.countries:
        chips.append((gettext("Country"), ", ".join(wanted.countries), _query(request, country="")))
    if wanted.managed_by:
        chips.append((gettext("Account manager"), gettext("me"), _query(request, mine="")))
    return chips


def _query(request: DeskRequest, **changes: str) -> str:
    """The address of the list with something changed; always its first page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    for name, value in changes.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    return f"?{asked.urlencode()}"


def _kept(asked: QueryDict) -> str:
    pairs = [(name, value) for name in KEPT for value in asked.getlist(name) if value]
    return urlencode(pairs)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0  # noqa: PLR2004 - a bigint


def _sorted(name: str, wanted: Wanted) -> str:
    """How a column is sorted, as `aria-sort` says it; empty if the list is not by it."""
    if name != wanted.order:
        return ""
    return "descending" if name.startswith("-") else "ascending"


def _hints() -> list[dict[str, object]]:
    return [
        {"keys": ["J", "K"], "does": gettext("move")},
        {"keys": ["↵"], "does": gettext("open")},
        {"keys": ["/"], "does": gettext("find")},
        {"keys": ["V"], "does": gettext("views")},
        {"keys": ["?"], "does": gettext("all keys")},
    ]

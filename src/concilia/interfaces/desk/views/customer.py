"""One customer: what may be asked for and why not the rest, claims, payments, conversation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from concilia.cash.models import Match
from concilia.claims.models import Claim
from concilia.claims.queries.windows import window_shown
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.dunning.actions.plan_endings import MAY_CALL_IN
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import base_language, shared_currency
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.components.templatetags.concilia import clock, day
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.call_words import calls_context
from concilia.interfaces.desk.claim_clock import window_words
from concilia.interfaces.desk.customer_story import story_context
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.settings_words import country_name, language_name
from concilia.kernel.money import Money
from concilia.kernel.numbers import BASIS_POINTS
from concilia.reporting.queries.customer import (
    SHOWS,
    Habits,
    ItemRow,
    MayAsk,
    Shown,
    claims_of,
    family_of,
    habits_of,
    items_of,
    may_ask,
    payments_of,
    talk_with,
)

CLAIMS_HEAD: Final = (
    *("case", "received", "reason", "invoice", "state", "currency"),
    *("claimed", "valid", "not valid"),
)
PAYMENTS_HEAD: Final = ("booked", "payer", "purpose", "state", "by", "currency", "amount")
PER_PAGE: Final = 25
TALK_PER_PAGE: Final = 15
EXPORT_MAX: Final = 1_000_000
TABS: Final = (
    ("customer", _("Open items")),
    ("customer-claims", _("Claims")),
    ("customer-payments", _("Payments")),
    ("customer-talk", _("Conversation")),
    ("customer-learned", _("How they pay")),
)
SHOW_WORDS: Final = {
    "all": _("All open"),
    "ask": _("To ask for"),
    "held": _("Held for credits"),
    "disputed": _("Disputed"),
    "promised": _("Promised"),
    "planned": _("In instalments"),
    "placed": _("Handed over"),
    "not_due": _("Not due yet"),
    "credits": _("Credits to assign"),
}


@dataclass(frozen=True, slots=True)
class Balance:
    """What is open in one currency as slices that open into their rows."""

    may: MayAsk
    parts: list[Part]


@require_GET
@desk_page()
def customer(request: DeskRequest, customer_id: int) -> HttpResponse:
    """What is open, what of it may be asked for, and who the customer is."""
    found, today = customer_of(request, customer_id), timezone.localdate()
    balances = [_balance(request, may) for may in may_ask(customer=found, today=today)]
    shown = _shown(request, found)
    items = items_of(customer=found, shown=shown, today=today)
    if shown.page > 1 and not items.rows:
        shown = replace(shown, page=1)
        items = items_of(customer=found, shown=shown, today=today)
    habits = habits_of(customer=found, today=today)
    context = {
        "balances": balances,
        "balance": next(
            (each for each in balances if each.may.currency == shown.currency), balances[0]
        ),
        "items": items,
        "page": Paginator(range(items.found), shown.per_page).get_page(shown.page),
        "rows": [(row, _claims(row)) for row in items.rows],
        "shown": shown,
        "shows": [
            (name, words, _query(show=name, currency=shown.currency))
            for name, words in SHOW_WORDS.items()
        ],
        "show_words": SHOW_WORDS[shown.show],
        "today": today,
        "habits": habits,
        "bars": _bars(habits),
        "discount": Decimal(found.discount_bp) / BASIS_POINTS,
        "family": family_of(customer=found),
        "contacts": found.contacts.order_by("name"),
        "window": (shown_window := window_shown(found)),
        "window_words": window_words(shown_window.window) if shown_window.window else "",
        "may_work": request.seat.may(*WORKERS),
        "may_call_in": request.seat.may(*MAY_CALL_IN),
        **story_context(found, today, timezone.now()),
        **calls_context(found, may_work=request.seat.may(*WORKERS)),
    }
    return answer(request, found, "customer", context)


@require_GET
@desk_page()
def claims(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """All claims of the customer, newest first, as a page or as CSV."""
    found = customer_of(request, customer_id)
    asked = claims_of(customer=found)
    if request.GET.get("format") == "csv":
        return csv_response(
            f"claims-{found.pk}.csv", CLAIMS_HEAD, map(_claim_line, asked.iterator())
        )
    page = _page(request, asked, PER_PAGE)
    context = {
        "page": page,
        "rows": [(claim, address("claim", claim.pk)) for claim in page.object_list],
        "currency": shared_currency(claim.currency for claim in page.object_list),
    }
    return answer(request, found, "customer-claims", context)


@require_GET
@desk_page()
def payments(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """What the customer paid, newest first, and what became of it; as a page or as CSV."""
    found = customer_of(request, customer_id)
    asked = payments_of(customer=found)
    if request.GET.get("format") == "csv":
        lines = map(_payment_line, asked.iterator())
        return csv_response(f"payments-{found.pk}.csv", PAYMENTS_HEAD, lines)
    page = _page(request, asked, PER_PAGE)
    context = {
        "page": page,
        "rows": [
            (match.bank_entry, match, address("bank-payment", match.bank_entry_id))
            for match in page.object_list
        ],
        "currency": shared_currency(match.currency for match in page.object_list),
    }
    return answer(request, found, "customer-payments", context)


@require_GET
@desk_page()
def talk(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Everything written to, by and about the customer."""
    found = customer_of(request, customer_id)
    page = _page(request, talk_with(customer=found), TALK_PER_PAGE)
    messages = [(message, _said_at(message)) for message in page.object_list]
    return answer(request, found, "customer-talk", {"page": page, "messages_shown": messages})


@require_GET
@desk_page()
def export(request: DeskRequest, customer_id: int) -> HttpResponseBase:
    """The open items as a CSV file, each with where its cents are."""
    found, today = customer_of(request, customer_id), timezone.localdate()
    shown = _shown(request, found)
    everything = Shown(
        show=shown.show, currency=shown.currency, text=shown.text, per_page=EXPORT_MAX
    )
    items = items_of(customer=found, shown=everything, today=today)
    head = (
        "document",
        "kind",
        "issued",
        "due",
        "currency",
        "open",
        "disputed",
        "promised",
        "in instalments",
        "handed over",
        "not due",
        "held for credits",
        "to ask for",
    )
    rows = (
        [
            row.document_number,
            row.kind,
            row.issue_date,
            row.due_date,
            row.currency,
            *(
                Money(minor, row.currency).to_decimal()
                for minor in (
                    row.open_minor,
                    row.disputed,
                    row.promised,
                    row.planned,
                    row.placed,
                    row.not_due,
                    row.held,
                    row.ask,
                )
            ),
        ]
        for row in items.rows
    )
    return csv_response(f"open-items-{found.pk}.csv", head, rows)


def _claim_line(claim: Claim) -> list[object]:
    return [
        claim.case.number,
        timezone.localtime(claim.received_at).date(),
        claim.reason,
        claim.invoice.number if claim.invoice else "",
        claim.state,
        claim.currency,
        *(
            Money(minor, claim.currency).to_decimal()
            for minor in (claim.claimed_minor, claim.approved_minor, claim.denied_minor)
        ),
    ]


def _payment_line(match: Match) -> list[object]:
    entry = match.bank_entry
    signed = -entry.amount_minor if entry.is_return else entry.amount_minor
    return [
        entry.booking_date,
        entry.payer_name,
        entry.text,
        match.state,
        match.decided_by.name if match.decided_by else "",
        match.currency,
        Money(signed, match.currency).to_decimal(),
    ]


def customer_of(request: DeskRequest, customer_id: int) -> Customer:
    """
    This will be a customer of the person's entity.

    :raises Http404: if there is none, or it is another creditor's
    """
    rows = Customer.objects.select_related("parent", "payer_group", "account_manager__user")
    return get_object_or_404(rows, pk=customer_id, entity=request.seat.entity)


def answer(
    request: DeskRequest, found: Customer, tab: str, context: dict[str, Any]
) -> HttpResponse:
    """A tab of a customer's page."""
    language = base_language(get_language())
    shell = {
        "customer": found,
        "country": country_name(found.country, language),
        "tongue": language_name(found.language, language),
        "tabs": [(name, words, address(name, found.pk), name == tab) for name, words in TABS],
        "export": address("customer-export", found.pk) + f"?{request.GET.urlencode()}",
    }
    template = f"desk/customer/{tab.removeprefix('customer-')}.html"
    return render(request, template, shell | context)


def _page(request: DeskRequest, rows: QuerySet[Any], per_page: int) -> Page[Any]:
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def _shown(request: DeskRequest, found: Customer) -> Shown:
    asked = request.GET
    show, currency = asked.get("show", ""), asked.get("currency", "").upper()
    page = asked.get("page", "")
    return Shown(
        show=show if show in SHOWS else "all",
        currency=currency if len(currency) == len("EUR") else found.currency,
        text=asked.get("q", "").replace("\0", "").strip()[:60],
        page=min(int(page), EXPORT_MAX) if page.isdecimal() and int(page) > 0 else 1,
        per_page=PER_PAGE,
    )


def _balance(request: DeskRequest, may: MayAsk) -> Balance:
    """Every cent of what is open in exactly one slice; a held slice only where there is one."""

    def part(kind: str, show: str, minor: int, rows: int) -> Part:
        note = gettext("%(count)s items") % {"count": rows} if rows != 1 else gettext("1 item")
        href = _query(show=show, currency=may.currency) + "#items"
        return Part(kind, minor, SHOW_WORDS[show], note, href)

    parts = [
        part("accent", "ask", may.ask, may.ask_items),
        part("open", "disputed", may.disputed, may.disputed_items),
        part("none", "not_due", may.not_due, may.not_due_items),
    ]
    if may.planned:
        parts.insert(1, part("good", "planned", may.planned, may.planned_items))
    if may.placed:
        parts.insert(1, part("none", "placed", may.placed, may.placed_items))
    if may.promised:
        parts.insert(1, part("paid", "promised", may.promised, may.promised_items))
    if may.held:
        parts.insert(1, part("soft", "held", may.held, may.held_items))
    return Balance(may, parts)


def _claims(row: ItemRow) -> list[tuple[str, str, int]]:
    """The claims that keep an item out: where they are, their number, how much they keep out."""
    return [(address("claim", pk), number, minor) for pk, number, minor in row.claims]


def _said_at(message: Message) -> str:
    """When, and to whom if it left."""
    moment = f"{day(message.written_at)} {clock(message.written_at)}"
    subject = f" · {message.subject}" if message.subject else ""
    return f"{message.recipient} · {moment}{subject}" if message.recipient else moment + subject


def _bars(habits: Habits) -> list[int]:
    """Heights of the bars in per cent of the latest payment; punctual ones are a hairline."""
    most = max(habits.bars, default=0) or 1
    return [max(4, bar * 100 // most) for bar in habits.bars]


def _query(**asked: str) -> str:
    return f"?{urlencode(asked)}"

"""Collections: who to go on with and why, and what a person writes down about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.queries.office import today_of
from concilia.cash.core.typed import amount_typed
from concilia.customers.models import Customer
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    NewPromise,
    cancel_promise,
    finish_next_act,
    record_motive,
    record_promise,
    withdraw_motive,
)
from concilia.dunning.core.motives import Source
from concilia.dunning.models import CallBack, Motive, Plan, Promise
from concilia.dunning.queries.calls import BACKS_SHOWN, call_backs
from concilia.dunning.queries.payments import debits_of
from concilia.dunning.queries.work import KINDS, Next, count_urgent, is_due, next_customers
from concilia.identity.models import Entity
from concilia.interfaces.components.formats import shared_currency
from concilia.interfaces.components.rights import LOG_READERS, WORKERS
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.call_words import WHYS, Word
from concilia.interfaces.desk.collection_words import (
    VIEWS,
    act_words,
    motive_words,
    plan_task_words,
    state_words,
)
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.kernel.currencies import EXPONENTS

PER_PAGE: Final = 25
PAGES_MAX: Final = 100_000
NOTE_MAX: Final = 500


@require_GET
@desk_page()
def collections(request: DeskRequest) -> HttpResponse:
    """Customers in the order of what to do next, each with every reason why."""
    asked = request.GET
    kind = asked.get("show", "") if asked.get("show") in KINDS else ""
    typed = asked.get("page", "")
    page = min(int(typed), PAGES_MAX) if typed.isdecimal() and int(typed or 0) > 0 else 1
    today = timezone.localdate()
    entity, skip = request.seat.entity, (page - 1) * PER_PAGE
    found = next_customers(entity=entity, today=today, kind=kind, skip=skip, per_page=PER_PAGE)
    counts = found.counts or next_customers(entity=entity, today=today, per_page=1).counts
    context = {
        "rows": [(row, _motives(row), _plans(row)) for row in found.rows],
        "found": found.found,
        "is_kept": found.is_kept,
        "page": Paginator(range(found.found), PER_PAGE).get_page(page),
        "views": [
            (name, words, counts.get(name, 0), name == kind) for name, words in VIEWS.items()
        ],
        "currency": shared_currency(each.currency for row in found.rows for each in row.owes),
        "today": today,
        "kind": kind,
        "debits": debits_of(entity=entity),
        "may_work": request.seat.may(*WORKERS),
        "may_see_runs": request.seat.may(*LOG_READERS),
        "call_backs": _call_backs(entity) if not kind and page == 1 else [],
    }
    return render(request, "desk/collections.html", context)


def _call_backs(entity: Entity) -> list[tuple[CallBack, Word]]:
    """Who is to be called back until this evening, and why."""
    rows = call_backs(entity_id=entity.pk, until=evening_of(entity))[:BACKS_SHOWN]
    return [(row, WHYS[row.why]) for row in rows]


@require_POST
@desk_page(allow=WORKERS)
def motive(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Write down why a customer does not pay."""
    found = get_object_or_404(Customer, pk=customer_id, entity=request.seat.entity)
    sent = request.POST

    def act() -> str:
        says = sent.get("source") == Source.CUSTOMER
        new = NewMotive(
            customer_id=found.pk,
            code=sent.get("code", ""),
            source=Source.CUSTOMER if says else Source.AGENT,
            item_id=key_in(sent, "item"),
            note=words_in(sent, "note", most=NOTE_MAX),
        )
        row = record_motive(new=new, by=request.seat.membership, at=timezone.now())
        return gettext("Written down. Next: %(act)s.") % {"act": act_words(row.code)}

    return _done(request, act, found.pk)


@require_POST
@desk_page(allow=WORKERS)
def promise(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Take a promise."""
    found = get_object_or_404(Customer, pk=customer_id, entity=request.seat.entity)
    sent = request.POST

    def act() -> str:
        currency = sent.get("currency", "") or found.currency
        new = NewPromise(
            customer_id=found.pk,
            currency=currency,
            due_date=_day(sent.get("due", "")),
            amount_minor=_amount(sent.get("amount", ""), currency),
            method=sent.get("method", Promise.Method.TRANSFER),
            channel=sent.get("channel", Promise.Channel.PHONE),
            note=words_in(sent, "note", most=NOTE_MAX),
            replaces_id=key_in(sent, "replaces"),
        )
        record_promise(new=new, by=request.seat.membership, at=timezone.now())
        return gettext("Taken. What was promised is not asked for meanwhile.")

    return _done(request, act, found.pk)


@require_POST
@desk_page(allow=WORKERS)
def motive_act(request: DeskRequest, motive_id: int) -> HttpResponse:
    """Withdraw a motive, or say that what it wants next was done."""
    row = get_object_or_404(Motive, pk=motive_id, entity=request.seat.entity)

    def act() -> str:
        if request.POST.get("act") == "withdraw":
            withdraw_motive(motive_id=row.pk, by=request.seat.membership, at=timezone.now())
            return gettext("Withdrawn.")
        finish_next_act(motive_id=row.pk, by=request.seat.membership, at=timezone.now())
        return gettext("Done.")

    return _done(request, act, row.customer_id)


@require_POST
@desk_page(allow=WORKERS)
def promise_end(request: DeskRequest, promise_id: int) -> HttpResponse:
    """Say that a promise is not waited for any more, and why."""
    row = get_object_or_404(Promise, pk=promise_id, entity=request.seat.entity)

    def act() -> str:
        why = words_in(request.POST, "why", most=200)
        member = request.seat.membership
        cancel_promise(promise_id=row.pk, why=why, by=member, at=timezone.now())
        return gettext("It is not waited for any more.")

    return _done(request, act, row.customer_id)


def _done(request: DeskRequest, act: Callable[[], str], customer_id: int) -> HttpResponse:
    """Do it, say what happened or why not, and go back to where the person was."""
    try:
        messages.success(request, act())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    if request.POST.get("from") == "collections":
        return redirect("desk:collections")
    return redirect(reverse("desk:customer", args=[customer_id]) + "#story")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Say until when.")) from no_day


def _amount(text: str, currency: str) -> int | None:
    """An amount as typed; nothing typed means all that is due."""
    if currency not in EXPONENTS:
        raise CollectionRefused(gettext_noop("Choose one of the list."))
    if not text.strip():
        return None
    minor = amount_typed(text, currency)
    if minor is None:
        raise CollectionRefused(gettext_noop("This is no amount."))
    return minor


def _motives(row: Next) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "row": each,
            "words": motive_words(each.code),
            "state": state_words(each, today),
            "act": act_words(each.code) if each.acted_at is None else "",
            "is_due": is_due(each, today),
        }
        for each in row.motives
    ]


def _plans(row: Next) -> list[tuple[str, Plan]]:
    return [(plan_task_words(task), task.plan) for task in row.plans]


def evening_of(entity: Entity) -> datetime:
    """The end of the day where a company works."""
    zone = ZoneInfo(entity.timezone)
    tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), zone)


def _urgent(seat: Seat) -> int:
    entity = seat.entity
    return count_urgent(entity_id=entity.pk, today=today_of(entity, timezone.now()))


count_with("collections", _urgent)

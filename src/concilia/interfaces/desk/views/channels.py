"""Channels: set up, tried on oneself, priced; customers called by the automatic line and back."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from concilia.cash.core.typed import amount_typed
from concilia.correspondence.actions import (
    LineDraft,
    LineRefused,
    change_line,
    note_agreement,
    set_costs,
    try_text,
)
from concilia.correspondence.actions.lines import CHANNELS, SOURCE_MAX
from concilia.correspondence.core.numbers import international
from concilia.customers.models import Customer
from concilia.dunning.actions import finish_call_back, place_call, place_test_call, set_person
from concilia.dunning.core.calls.speaking import language_of
from concilia.dunning.core.short_words import short_text
from concilia.dunning.models import Call, CallBack
from concilia.identity.models import Role
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.call_words import rule_words
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

SECTION: Final = "channels"
VALUE_MAX: Final = 500
NOTE_MAX: Final = 300
AUTOMATIC: Final = "IVR"


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change(request: DeskRequest) -> HttpResponse:
    """Call, or chat, by this gateway from now on, or no more."""
    given = request.POST
    gateway = given.get("gateway", "")
    draft = LineDraft(
        way=given.get("way", ""),
        is_on=given.get("on") == "1",
        gateway=gateway,
        values={
            key.removeprefix(f"{gateway}-"): str(value)[:VALUE_MAX]
            for key, value in given.items()
            if key.startswith(f"{gateway}-")
        },
    )
    try:
        access = change_line(draft=draft, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    done, off = (
        gettext("The gateway answers, and is used from now on."),
        gettext("Saved. It is off."),
    )
    messages.success(request, done if access.is_on else off)
    return back_to(SECTION)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def costs(request: DeskRequest) -> HttpResponse:
    """Keep what a contact by each channel costs, and who takes calls."""
    currency, given = request.seat.entity.currency, request.POST
    try:
        found = {name: _cost(given.get(f"cost-{name}", ""), currency) for name in CHANNELS}
        set_costs(costs=found, by=request.seat.membership, at=timezone.now())
        number = given.get("person", "").strip()
        set_person(number=number, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, gettext("Kept."))
    return back_to(SECTION)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def agreed(request: DeskRequest) -> HttpResponse:
    """Write down that somebody agreed to be called automatically, or took that back."""
    seat, given = request.seat, request.POST
    agrees = given.get("agrees") == "1"
    try:
        note_agreement(
            channel=AUTOMATIC,
            number=international(given.get("number", ""), seat.entity.country),
            agrees=agrees,
            source=words_in(given, "source", most=SOURCE_MAX),
            by=seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(
        request,
        gettext("Written down. They may be called automatically.")
        if agrees
        else gettext("Written down. They are not called automatically any more."),
    )
    return back_to(SECTION)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def try_out(request: DeskRequest) -> HttpResponse:
    """A call or a short message to one's own number."""
    seat, now = request.seat, timezone.now()
    number = international(request.POST.get("number", ""), seat.entity.country)
    try:
        if not number:
            raise LineRefused(gettext_noop("This is no telephone number with its country."))
        if request.POST.get("by") == "call":
            place_test_call(number=number, by=seat.membership, at=now)
        else:
            words = short_text("test", language_of(seat.user.language), company=seat.entity.name)
            try_text(number=number, words=words, by=seat.membership, at=now)
    except REFUSALS as refusal:
        return page(request, SECTION, error=words_of(refusal))
    messages.success(request, gettext("It is on its way to %(number)s.") % {"number": number})
    return back_to(SECTION)


@require_POST
@desk_page(allow=WORKERS)
def call(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Have a contact called by the automatic line."""
    found = get_object_or_404(Customer, pk=customer_id, entity=request.seat.entity)
    try:
        row = place_call(
            customer_id=found.pk,
            contact_id=key_in(request.POST, "contact") or 0,
            by=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        if row.state == Call.State.WITHHELD:
            said = gettext("Held back, nobody was called: %(rule)s.")
            messages.error(request, said % {"rule": rule_words(row)})
        else:
            messages.success(request, gettext("The automatic line is calling."))
    return redirect(reverse("desk:customer", args=[found.pk]) + "#calls")


@require_POST
@desk_page(allow=WORKERS)
def called_back(request: DeskRequest, call_back_id: int) -> HttpResponse:
    """Say that somebody was called back."""
    row = get_object_or_404(CallBack, pk=call_back_id, entity=request.seat.entity)
    note = words_in(request.POST, "note", most=NOTE_MAX)
    try:
        finish_call_back(
            call_back_id=row.pk, note=note, by=request.seat.membership, at=timezone.now()
        )
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, gettext("Done."))
    if row.customer_id is None or request.POST.get("from") == "collections":
        return redirect("desk:collections")
    return redirect(reverse("desk:customer", args=[row.customer_id]) + "#calls")


def _cost(text: str, currency: str) -> int:
    if not text.strip():
        return 0
    minor = amount_typed(text, currency)
    if minor is None:
        raise LineRefused(gettext_noop("This is no amount."))
    return minor

"""Late detail on the bank desk: what a payer says is joined, taken over or dismissed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_POST

from concilia.cash.actions import (
    ItemsChanged,
    PersonsJoin,
    PostingRefused,
    accept_reallocation,
    dismiss_reallocation,
    join_remittance,
    part_remittance,
    set_aside,
)
from concilia.cash.models import Match
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.bank import (
    CONFLICT,
    UNREADABLE,
    Shown,
    address,
    entry_of,
    kept_query,
    next_of,
    page,
    statement_of,
)
from concilia.receivables.models import BankEntry

REASON_MAX = 300


@require_POST
@desk_page(allow=WORKERS)
def accept(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Take over what the payer says instead of what was posted."""
    entry = entry_of(request, entry_id)

    def act() -> str:
        match_id = _advised(entry).pk
        member = request.seat.membership
        accept_reallocation(match_id=match_id, member=member, at=timezone.now())
        return gettext("Posted anew, as the payer says.")

    return _done(request, entry, act)


@require_POST
@desk_page(allow=WORKERS)
def dismiss(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Leave the payment as it was posted, with the reason the person gives."""
    entry = entry_of(request, entry_id)

    def act() -> str:
        dismiss_reallocation(
            match_id=_advised(entry).pk,
            reason=request.POST.get("reason", "")[:REASON_MAX],
            member=request.seat.membership,
            at=timezone.now(),
        )
        return gettext("The posting stays as it is.")

    return _done(request, entry, act)


@require_POST
@desk_page(allow=WORKERS)
def aside(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Say that the money is no customer's payment; where wished, go on to a rule for its text."""
    entry = entry_of(request, entry_id)
    label = request.POST.get("label", "").replace("\0", "")

    def act() -> str:
        set_aside(
            bank_entry_id=entry.pk,
            label=label,
            member=request.seat.membership,
            at=timezone.now(),
        )
        if entry.is_return:
            return gettext("Set aside: no payment to reverse.")
        return gettext("Set aside: no customer's payment.")

    undo = address("bank-undo", entry.pk, query=kept_query(request))
    rule = reverse("desk:text-rules") + f"?entry={entry.pk}#write"
    return _done(request, entry, act, undo=undo, then=rule if request.POST.get("remember") else "")


@require_POST
@desk_page(allow=WORKERS)
def join(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Say that a remittance is about this payment."""
    entry = entry_of(request, entry_id)
    said = _said(request, entry)
    try:
        join_remittance(said=said, member=request.seat.membership, at=timezone.now())
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Joined; the payment is looked at anew."))
    return redirect(address("bank-payment", entry.pk, query=kept_query(request)))


@require_POST
@desk_page(allow=WORKERS)
def part(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Say that a remittance is not about this payment after all."""
    entry = entry_of(request, entry_id)
    said = _said(request, entry)
    try:
        part_remittance(said=said, member=request.seat.membership, at=timezone.now())
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Taken off; the remittance is free again."))
    return redirect(address("bank-payment", entry.pk, query=kept_query(request)))


def _done(
    request: DeskRequest,
    entry: BankEntry,
    act: Callable[[], str],
    undo: str = "",
    then: str = "",
) -> HttpResponse:
    """
    Do an act and go on, with the list if nothing else; refused, the payment as it is with the
    sentence.
    """
    try:
        told = act()
    except PostingRefused as refused:
        status = CONFLICT if isinstance(refused, ItemsChanged) else UNREADABLE
        shown = Shown(problems=(words_of(refused),), status=status)
        return page(request, statement_of(request, entry), entry, shown)
    messages.success(request, told, extra_tags=undo)
    return redirect(then or next_of(request, entry))


def _advised(entry: BankEntry) -> Match:
    match = Match.objects.filter(bank_entry=entry, state=Match.State.ADVISED).first()
    if match is None:
        raise PostingRefused(gettext_noop("This is no proposal any more: load the page again."))
    return match


def _said(request: DeskRequest, entry: BankEntry) -> PersonsJoin:
    return PersonsJoin(
        remittance_id=key_of(request.POST.get("remittance")) or 0, bank_entry_id=entry.pk
    )

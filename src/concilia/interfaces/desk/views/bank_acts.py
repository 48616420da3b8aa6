"""What a person does with payments: post, split, ask, take back, upload; one act each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from concilia.cash.actions import (
    ItemsChanged,
    PaymentQuestion,
    PersonsSplit,
    PostingRefused,
    ask_about_payment,
    match_entry,
    post_match,
    post_proposals,
    post_split,
    reverse_match,
    settle_return,
)
from concilia.cash.actions.refusals import refusal
from concilia.cash.core.drafts import split_of
from concilia.cash.core.splits import SplitRefused
from concilia.cash.models import Match
from concilia.cash.queries.payment import Asked, PaymentTable, line_of, payment_on_desk
from concilia.intake.actions import ArrivalRefused, Incoming, receive
from concilia.intake.models import Arrival
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk import bank_words, saved_views
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import (
    DraftForm,
    change_draft,
    key_of,
    read_draft,
)
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.views.bank import (
    CONFLICT,
    SAVED_AS,
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

SURE_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class _Desk:
    """What was on the desk when a button was pressed."""

    entry: BankEntry
    form: DraftForm
    table: PaymentTable


@require_POST
@desk_page(allow=WORKERS)
def draft(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Show the desk with one change to the draft; nothing is kept."""
    desk = _desk(request, entry_id)
    changed = change_draft(
        desk.form.draft,
        request.POST.get("change", ""),
        desk.table.open_minor,
        desk.entry.amount_minor,
    )
    find = request.POST.get("find", "").strip()[:80]
    asked = Asked(draft=changed, find=find)
    status = UNREADABLE if desk.form.problems else 200
    shown = Shown(asked=asked, problems=desk.form.problems, status=status)
    return page(request, statement_of(request, desk.entry), desk.entry, shown)


@require_POST
@desk_page(allow=WORKERS)
def post(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Post the payment as it stands: the proposal if nobody changed it, else a split."""
    desk = _desk(request, entry_id)
    problems = list(desk.form.problems)
    left = desk.table.sum.left_minor
    if left and not problems:
        amount = money_text(left, desk.entry.currency, base_language(request.user.language))
        problems.append(gettext("%(amount)s is not explained yet.") % {"amount": amount})
    match = desk.table.match
    if match and key_of(request.POST.get("version")) not in {match.version, None}:
        problems = [gettext("Somebody has changed this payment meanwhile: look again.")]
    if problems:
        return _again(request, desk, tuple(problems), UNREADABLE)
    try:
        posted = _post(request, desk, timezone.now())
    except SplitRefused as refused:
        return _again(request, desk, (words_of(refusal(refused)),), UNREADABLE)
    except PostingRefused as refused:
        status = CONFLICT if isinstance(refused, ItemsChanged) else UNREADABLE
        return _again(request, desk, (words_of(refused),), status)
    amount = money_text(
        desk.entry.amount_minor, posted.currency, base_language(request.user.language)
    )
    undo = address("bank-undo", entry_id, query=kept_query(request))
    messages.success(request, gettext("%(amount)s posted.") % {"amount": amount}, extra_tags=undo)
    return redirect(next_of(request, desk.entry))


@require_POST
@desk_page(allow=WORKERS)
def sure(request: DeskRequest) -> HttpResponse:
    """Confirm the proposals whose sum the person saw; what changed meanwhile stays."""
    chosen = [key for text in request.POST.getlist("match")[:SURE_MAX] if (key := key_of(text))]
    ours = Match.objects.filter(pk__in=chosen, entity=request.seat.entity)
    try:
        done = post_proposals(
            match_ids=list(ours.values_list("pk", flat=True)),
            member=request.seat.membership,
            at=timezone.now(),
        )
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
        return redirect(address("bank", query=kept_query(request)))
    n = len(done.posted)
    told = ngettext("%(n)s payment posted.", "%(n)s payments posted.", n) % {"n": n}
    if done.changed:
        left = len(done.changed)
        rest = ngettext("%(n)s has changed and waits.", "%(n)s have changed and wait.", left)
        told = f"{told} {rest % {'n': left}}"
    (messages.success if n else messages.warning)(request, told)
    return redirect(address("bank", query=kept_query(request)))


@require_POST
@desk_page(allow=WORKERS)
def reverse_posting(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Take a posting back, with the reason the person gives."""
    return _reverse(request, entry_id, request.POST.get("reason", ""))


@require_POST
@desk_page(allow=WORKERS)
def undo(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Take back what was posted a moment ago."""
    answer = _reverse(request, entry_id, gettext("Undone right after posting"))
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(
            address("bank-payment", entry_id, query=kept_query(request))
        )
    return answer


@require_POST
@desk_page(allow=WORKERS)
def ask(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Ask the customer what the payment is for."""
    entry = entry_of(request, entry_id)
    question = PaymentQuestion(
        customer_id=key_of(request.POST.get("customer")) or 0,
        to=request.POST.get("to", "")[:254],
        subject=request.POST.get("subject", "")[:300],
        text=request.POST.get("text", "")[:8000],
    )
    try:
        message = ask_about_payment(
            bank_entry_id=entry.pk,
            question=question,
            member=request.seat.membership,
            at=timezone.now(),
        )
    except PostingRefused as refused:
        shown = Shown(problems=(words_of(refused),), status=UNREADABLE)
        return page(request, statement_of(request, entry), entry, shown)
    if message.state == message.State.WITHHELD:
        why = bank_words.WITHHELD.get(message.withheld_why, message.withheld_why)
        messages.warning(request, gettext("Held back: %(why)s.") % {"why": why})
    else:
        messages.success(request, gettext("Asked %(who)s.") % {"who": message.recipient})
    return redirect(address("bank-payment", entry.pk, query=kept_query(request)))


@require_POST
@desk_page(allow=WORKERS)
def again(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Put the payment to the engine once more: something came or went since."""
    entry = entry_of(request, entry_id)
    try:
        match_entry(bank_entry_id=entry.pk, at=timezone.now())
    except PostingRefused as refused:
        messages.error(request, words_of(refused))
    return redirect(address("bank-payment", entry.pk, query=kept_query(request)))


@require_POST
@desk_page(allow=WORKERS)
def settle(request: DeskRequest, entry_id: int) -> HttpResponse:
    """Say which payment the bank took back."""
    entry = entry_of(request, entry_id)
    try:
        settle_return(
            bank_entry_id=entry.pk,
            paid_entry_id=_chosen_payment(request).pk,
            member=request.seat.membership,
            at=timezone.now(),
        )
    except PostingRefused as refused:
        shown = Shown(problems=(words_of(refused),), status=CONFLICT)
        return page(request, statement_of(request, entry), entry, shown)
    messages.success(request, gettext("The payment is reversed; its items are open again."))
    return redirect(next_of(request, entry))


@require_POST
@desk_page(allow=WORKERS)
def upload(request: DeskRequest) -> HttpResponse:
    """Take in files of the bank; they are read like whatever else arrives."""
    is_part = bool(request.headers.get("HX-Request"))
    files = request.FILES.getlist("file")
    told: list[str] = []
    problems = [] if files else [gettext("Choose a file first.")]
    for file in files:
        try:
            told.append(_take_in(request, file))
        except ArrivalRefused as refused:
            problems.append(words_of(refused))
    if is_part and problems:
        answer = HttpResponse(status=UNREADABLE)
        answer.headers["X-Reason"] = quote(problems[0])
        return answer
    if is_part:
        return render(request, "desk/bank/uploaded.html", {"names": told})
    for problem in problems:
        messages.error(request, problem)
    for name in told:
        messages.success(request, gettext("%(name)s is being read.") % {"name": name})
    return redirect("desk:bank")


@require_POST
@desk_page()
def save_view(request: DeskRequest) -> HttpResponse:
    """Keep what the address narrows the list to under a name, or forget a view of this person."""
    kept = "&".join(
        part for part in kept_query(request).split("&") if not part.startswith("statement=")
    )
    if "forget" in request.POST:
        saved_views.drop_view(request, page=SAVED_AS, view_id=key_of(request.POST["forget"]))
    else:
        saved_views.keep_view(request, page=SAVED_AS, query=kept)
    return redirect(address("bank", query=kept_query(request)))


def _take_in(request: DeskRequest, file: UploadedFile[Any]) -> str:
    incoming = Incoming(
        channel=Arrival.Channel.UPLOAD, filename=file.name or "", content=file.read()
    )
    arrival = receive(
        entity_id=request.seat.entity.pk,
        incoming=incoming,
        at=timezone.now(),
        uploaded_by=request.user,
    )
    return arrival.filename


def _desk(request: DeskRequest, entry_id: int) -> _Desk:
    entry = entry_of(request, entry_id)
    form = read_draft(request.POST, entry.currency)
    asked = Asked(draft=form.draft)
    table = payment_on_desk(entity=request.seat.entity, entry_id=entry.pk, asked=asked)
    return _Desk(entry, form, table)


def _post(request: DeskRequest, desk: _Desk, at: datetime) -> Match:
    split = split_of(desk.form.draft, desk.table.open_minor)
    match, member = desk.table.match, request.seat.membership
    if match and match.state == Match.State.PROPOSED and _is_proposal(split, desk.table):
        return post_match(match_id=match.pk, member=member, at=at)
    return post_split(bank_entry_id=desk.entry.pk, split=split, member=member, at=at)


def _is_proposal(split: PersonsSplit, table: PaymentTable) -> bool:
    """Whether a person confirms what is proposed, line by line and cent by cent."""
    proposed = {row.item_id: line_of(row) for row in table.allocations}
    chosen = {line.item_id: line for line in split.lines}
    same_customer = table.match is not None and split.customer_id == table.match.customer_id
    return same_customer and chosen == proposed


def _again(
    request: DeskRequest, desk: _Desk, problems: tuple[str, ...], status: int
) -> HttpResponse:
    """The desk as the person left it, with what is wrong."""
    shown = Shown(asked=Asked(draft=desk.form.draft), problems=problems, status=status)
    return page(request, statement_of(request, desk.entry), desk.entry, shown)


def _reverse(request: DeskRequest, entry_id: int, reason: str) -> HttpResponse:
    entry = entry_of(request, entry_id)
    try:
        reverse_match(
            match_id=_posted_match(entry).pk,
            reason=reason,
            member=request.seat.membership,
            at=timezone.now(),
        )
    except PostingRefused as refused:
        if request.headers.get("HX-Request"):
            messages.error(request, words_of(refused))
            return redirect(address("bank-payment", entry.pk))
        shown = Shown(problems=(words_of(refused),), status=CONFLICT)
        return page(request, statement_of(request, entry), entry, shown)
    messages.success(request, gettext("Taken back; the payment waits again."))
    return redirect(address("bank-payment", entry.pk, query=kept_query(request)))


def _chosen_payment(request: DeskRequest) -> BankEntry:
    paid = key_of(request.POST.get("paid"))
    if paid is None:
        raise PostingRefused(gettext_noop("Choose the payment that the bank took back."))
    return entry_of(request, paid)


def _posted_match(entry: BankEntry) -> Match:
    posted = Match.objects.filter(bank_entry=entry, state=Match.State.POSTED).first()
    if posted is None:
        raise PostingRefused(gettext_noop("Only a posted payment can be reversed."))
    return posted

"""What a person does in the inbox: correct, confirm, set aside, file, upload; one act each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, gettext_noop, ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from concilia.cash.core.typed import amount_typed
from concilia.claims.actions.filing import FILED, file_paper, take_paper_back
from concilia.claims.actions.further import open_further_claim
from concilia.claims.actions.papers import PersonsWord, open_claim_from_document
from concilia.claims.models import Claim
from concilia.dunning.actions import confirm_answer
from concilia.intake.actions import (
    ArrivalRefused,
    Incoming,
    accept_proposed,
    choose_customer,
    confirm_reading,
    correct_reading,
    keep_as_read,
    read_again,
    receive,
    set_aside,
)
from concilia.intake.core.reading import CLAIM_KINDS
from concilia.intake.models import Arrival
from concilia.intake.queries.inbox import neighbours, rows_of
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.components.templatetags.concilia import day
from concilia.interfaces.components.uploads import require_size
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.answer_panel import means_typed
from concilia.interfaces.desk.collection_words import motive_words
from concilia.interfaces.desk.inbox_words import ASIDE
from concilia.interfaces.desk.readings import Edit
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.inbox import (
    Refusal,
    answer,
    arrival_of,
    kept_query,
    line_of,
    wanted_of,
)
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import Money

ID_DIGITS_MAX: Final = 18
BATCH_MAX: Final = 200
UNREADABLE_VALUE: Final = 422
CONFLICT: Final = 409
TOO_LARGE: Final = 413


@require_POST
@desk_page(allow=HELPERS)
def correct(request: DeskRequest, arrival_id: int) -> HttpResponse:
    """Put a person's word over what was read; the page comes back with it."""
    arrived = arrival_of(request, arrival_id)
    name, index = request.POST.get("field", ""), _number(request.POST.get("index"))
    try:
        _say(request, arrived, name, index)
    except REFUSALS as refused:
        if request.POST.get("act") == "accept":  # it has no field of its own that could stand open
            refusal = Refusal(sentence=words_of(refused), status=CONFLICT)
            return answer(request, arrived, refusal=refusal, is_chosen=True)
        edit = Edit(
            key=f"{name}:{index}",
            typed=request.POST.get("value", "")[:200],
            error=words_of(refused),
        )
        refusal = Refusal(status=UNREADABLE_VALUE)
        return answer(request, arrived, edit=edit, refusal=refusal, is_chosen=True)
    if request.headers.get("HX-Request"):
        return answer(request, arrival_of(request, arrival_id), is_chosen=True)
    return redirect(_to(request, arrival_id))


@require_POST
@desk_page(allow=HELPERS)
def act(request: DeskRequest, arrival_id: int) -> HttpResponse:
    """Do what the pressed button says, then go on with the next arrival of the list."""
    arrived = arrival_of(request, arrival_id)
    before, after = neighbours(
        entity_id=request.seat.entity.pk, wanted=wanted_of(request), arrival=arrived
    )
    deed = DEEDS.get(request.POST.get("act", "").partition(":")[0])
    try:
        if deed is None:
            raise ArrivalRefused(gettext_noop("There is no such act."))
        told, undo = deed(request, arrived, timezone.now())
    except REFUSALS as refused:
        refusal = Refusal(sentence=words_of(refused), status=CONFLICT)
        return answer(request, arrived, refusal=refusal, is_chosen=True)
    messages.success(request, told, extra_tags=undo)
    return redirect(_to(request, after or before))


@require_POST
@desk_page(allow=HELPERS)
def undo(request: DeskRequest, arrival_id: int) -> HttpResponse:
    """Take back what was set aside, or laid beside a claim."""
    here = reverse("desk:arrival", args=[arrival_id])
    arrived, member = arrival_of(request, arrival_id), request.seat.membership
    try:
        if arrived.outcome in FILED:
            take_paper_back(arrival_id=arrived.pk, reason="", member=member, at=timezone.now())
        else:
            read_again(arrival_id=arrived.pk, member=member, at=timezone.now())
    except REFUSALS as refused:
        messages.error(request, words_of(refused))
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(here)
    return redirect(here)


@require_POST
@desk_page(allow=HELPERS)
def batch(request: DeskRequest) -> HttpResponse:
    """Set aside what is ticked, or open the claims of those that are sure; each is its own act."""
    chosen = [_number(text) for text in request.POST.getlist("rows")[:BATCH_MAX]]
    rows = Arrival.objects.filter(entity=request.seat.entity, pk__in=chosen)
    found = list(rows.select_related("document__customer", "message", "uploaded_by"))
    wants_claims = request.POST.get("act") == "open"
    if wants_claims:
        lines = rows_of(entity_id=request.seat.entity.pk, arrivals=found)
        sure = {row.pk for row in lines if row.is_sure and row.kind in CLAIM_KINDS}
        found = [arrived for arrived in found if arrived.pk in sure]
    done = sum(_try(request, arrived, wants_claims=wants_claims) for arrived in found)
    told = (
        ngettext("%(count)s claim opened.", "%(count)s claims opened.", done)
        if wants_claims
        else ngettext("%(count)s set aside.", "%(count)s set aside.", done)
    )
    left = len(set(chosen)) - done
    rest = ngettext("%(count)s needs a look.", "%(count)s need a look.", left)
    told = told % {"count": done} + (" " + rest % {"count": left} if left else "")
    (messages.success if done else messages.warning)(request, told)
    return redirect(_to(request))


@require_POST
@desk_page(allow=HELPERS)
def upload(request: DeskRequest) -> HttpResponse:
    """Take in files a person drops; they are read like whatever else arrives."""
    is_part = bool(request.headers.get("HX-Request"))
    taken: list[Arrival] = []
    problems = []
    for file in request.FILES.getlist("file"):
        try:
            taken.append(_take_in(request, file))
        except REFUSALS as refused:
            problems.append(words_of(refused))
    if is_part:
        return _dropped(request, taken, problems)
    for problem in problems or ([] if taken else [gettext("Choose a file first.")]):
        messages.error(request, problem)
    if taken:
        text = ngettext("%(count)s file taken in.", "%(count)s files taken in.", len(taken))
        messages.success(request, text % {"count": len(taken)})
    return redirect("desk:inbox")


def _dropped(request: DeskRequest, taken: list[Arrival], problems: list[str]) -> HttpResponse:
    if problems or not taken:
        problem = problems[0] if problems else gettext("Choose a file first.")
        return _refused_file(problem, UNREADABLE_VALUE)
    known = next((arrived for arrived in taken if arrived.seen > 1), None)
    if known:
        since = timezone.localtime(known.received_at)
        text = gettext("This file is here already, since %(when)s.")
        return _refused_file(text % {"when": f"{since:%Y-%m-%d %H:%M}"}, CONFLICT)
    context = {"line": line_of(request.seat, taken[0]), "kept": "", "may_act": True}
    return render(request, "desk/inbox/row.html", context)


def _refused_file(problem: str, status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["X-Reason"] = quote(problem)
    return response


def _take_in(request: DeskRequest, file: UploadedFile[bytes]) -> Arrival:
    require_size(file)
    incoming = Incoming(
        channel=Arrival.Channel.UPLOAD,
        filename=file.name or "",
        content=file.read(),
        source=request.seat.user.email,
    )
    arrived = receive(
        entity_id=request.seat.entity.pk,
        incoming=incoming,
        at=timezone.now(),
        uploaded_by=request.seat.user,
    )
    arrived.refresh_from_db()
    return arrived


def _say(request: DeskRequest, arrived: Arrival, name: str, index: int) -> None:
    """The one act behind a field: keep it as read, or say what it is."""
    if arrived.document is None:
        raise ArrivalRefused("This has not been read yet.")
    if arrived.state == Arrival.State.DONE and not name.startswith("columns."):
        raise ArrivalRefused("Something came of this already.")  # a layout is for their next file
    said, value = request.POST.get("act", ""), request.POST.get("value", "").strip()
    document_id, at = arrived.document.pk, timezone.now()
    member = request.seat.membership
    if name == "customer":
        customer_id = _number(request.POST.get("customer"))
        choose_customer(document_id=document_id, customer_id=customer_id, member=member, at=at)
    elif said == "accept":
        accept_proposed(document_id=document_id, field=name, member=member, at=at)
    elif said == "keep":
        keep_as_read(document_id=document_id, field=name, member=member, at=at)
    else:
        likely = request.POST.get("likely", "") if said == "take" else ""
        chosen = said.partition(":")[2] or likely or value
        full: str | list[str] = _typed(arrived, name, chosen)
        if name.startswith("references."):
            values = arrived.document.values.get("references") or {}
            full = _replaced(values.get(name.partition(".")[2]) or [], index, chosen, said)
        correct_reading(document_id=document_id, field=name, value=full, member=member, at=at)


def _typed(arrived: Arrival, name: str, text: str) -> str:
    """An amount as the person writes amounts, as decimal text; anything else as it is."""
    currency = arrived.document.currency if arrived.document else ""
    if not name.endswith("_amount") or currency not in EXPONENTS:
        return text
    minor = amount_typed(text, currency)
    return text if minor is None else Money(minor, currency).to_decimal_string()


def _replaced(texts: list[str], index: int, chosen: str, said: str) -> list[str]:
    """A list of numbers with one of them replaced, added or left away."""
    kept = [] if said == "remove" or not chosen else [chosen]
    return [*texts[:index], *kept, *texts[index + 1 :]]


# Acts on the whole arrival. Each answers with what happened and the address that takes it back.
Deed = Callable[[DeskRequest, Arrival, datetime], tuple[str, str]]


def _open(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    word = PersonsWord(member=request.seat.membership)
    claim = open_claim_from_document(arrival_id=arrived.pk, at=at, word=word)
    assert claim is not None, "a person's word opens a claim, or is refused"
    return _linked(gettext("%(claim)s is open."), claim), ""


def _aside(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    outcome = request.POST.get("outcome", "no_claim")
    if outcome not in ASIDE:
        raise ArrivalRefused(gettext_noop("Choose one of the list."))
    member = request.seat.membership
    set_aside(arrival_id=arrived.pk, outcome=outcome, member=member, at=at)
    return gettext("Set aside."), reverse("desk:arrival-undo", args=[arrived.pk])


def _again(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    read_again(arrival_id=arrived.pk, member=request.seat.membership, at=at)
    return gettext("It is back among what is to be looked at."), ""


def _confirm(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    confirm_reading(arrival_id=arrived.pk, member=request.seat.membership, at=at)
    return gettext("Confirmed; it goes where it belongs."), ""


def _file(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    chosen = request.POST.get("act", "").partition(":")[2]
    claim = file_paper(
        arrival_id=arrived.pk,
        claim_id=_number(chosen or request.POST.get("claim")),
        member=request.seat.membership,
        at=at,
    )
    undo_at = reverse("desk:arrival-undo", args=[arrived.pk])
    return _linked(gettext("It lies beside %(claim)s now."), claim), undo_at


def _further(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    n = _number(request.POST.get("act", "").partition(":")[2])
    member = request.seat.membership
    claim = open_further_claim(arrival_id=arrived.pk, n=n, member=member, at=at)
    assert claim is not None, "a person's word opens a claim, or is refused"
    return _linked(gettext("%(claim)s is open."), claim), ""


def _linked(sentence: str, claim: Claim) -> str:
    """What happened, with the way to the claim in it."""
    before, _, after = sentence.partition("%(claim)s")
    where = reverse("desk:claim", args=[claim.pk])
    return format_html('{}<a class="u" href="{}">{}</a>{}', before, where, claim.case.number, after)


def _reply(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    """The customer's motive, and their promise where they make one, as the person confirms them."""
    document = arrived.document
    if document is None:
        raise ArrivalRefused(gettext_noop("This has not been read yet."))
    means = means_typed(request.POST, document)
    came = confirm_answer(arrival_id=arrived.pk, means=means, by=request.seat.membership, at=at)
    where = reverse("desk:customer", args=[came.motive.customer_id]) + "#story"
    told = gettext("Written down: %(reason)s.") % {"reason": motive_words(came.motive.code)}
    if came.promise is not None:
        amount = came.promise.amount_minor, came.promise.currency
        told += " " + gettext("Promised: %(amount)s for %(day)s.") % {
            "amount": money_text(*amount, base_language(get_language())),
            "day": day(came.promise.due_date),
        }
    return format_html(
        '{} <a class="u" href="{}">{}</a>', told, where, came.motive.customer.name
    ), ""


def _contest(request: DeskRequest, arrived: Arrival, at: datetime) -> tuple[str, str]:
    """An answer that disputes is a claim: from here it goes the way of all claims."""
    if arrived.document is None or arrived.state == Arrival.State.DONE:
        raise ArrivalRefused(gettext_noop("Something came of this already."))
    member = request.seat.membership
    correct_reading(
        document_id=arrived.document.pk, field="kind", value="claim", member=member, at=at
    )
    where = reverse("desk:arrival", args=[arrived.pk])
    told = gettext("It is a claim now: say what it contests.")
    return format_html('{} <a class="u" href="{}">{}</a>', told, where, gettext("Open it")), ""


DEEDS: Final[Mapping[str, Deed]] = {
    "contest": _contest,
    "reply": _reply,
    "open": _open,
    "aside": _aside,
    "again": _again,
    "confirm": _confirm,
    "file": _file,
    "further": _further,
}


def _try(request: DeskRequest, arrived: Arrival, *, wants_claims: bool) -> bool:
    """One act of a batch; what is refused is left for a person to look at."""
    try:
        (_open if wants_claims else _aside)(request, arrived, timezone.now())
    except REFUSALS:
        return False
    return True


def _to(request: DeskRequest, arrival_id: int | None = None) -> str:
    """The next page: an arrival or the list, the same list the person works through."""
    path = reverse("desk:arrival", args=[arrival_id]) if arrival_id else reverse("desk:inbox")
    kept = kept_query(request)
    return f"{path}?{kept}" if kept else path


def _number(text: str | None) -> int:
    """A row's number from a form; 0, which no row has, for anything else."""
    is_number = text is not None and text.isdecimal() and len(text) <= ID_DIGITS_MAX
    return int(text or 0) if is_number else 0

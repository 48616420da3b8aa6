"""Calling a customer: may it be, what to say, and what came of it in one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from concilia.correspondence.core.figures import Language, day, money
from concilia.customers.models import Customer
from concilia.dunning.actions import (
    CallOutcome,
    CollectionRefused,
    NewContactTerms,
    end_call,
    set_contact_terms,
    start_call,
    undo_call,
)
from concilia.dunning.actions.phone_calls import UNDONE_WITHIN
from concilia.dunning.core.call_guide import CallFacts, Line, Missed, call_guide
from concilia.dunning.models import CustomerCare, PhoneCall
from concilia.dunning.queries.care import collectors_of
from concilia.dunning.queries.contacts import calls_of
from concilia.dunning.queries.dunnable import Dunnable, dunnable_items, dunnable_of
from concilia.dunning.queries.plans import MissedRows, oldest_missed
from concilia.dunning.queries.story import story_of
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.collection_words import METHODS, motive_choices, motive_words
from concilia.interfaces.desk.contact_today import contact_context
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.phone_call_words import OUTCOMES, RESULT_WORDS, rule_sentence
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.typed_days import amount_in, day_in
from concilia.interfaces.desk.views.customer import answer, customer_of

CALLS_SHOWN: Final = 12
NOTE_MAX: Final = 500
PROTECTED_MAX: Final = 2_000


@require_GET
@desk_page(allow=WORKERS)
def call(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Whether they may be called now; while they are, what to say and what came of it."""
    found, at = customer_of(request, customer_id), timezone.now()
    today = timezone.localdate()
    owes = dunnable_of(entity=found.entity, customers=[found.pk], today=today)
    calls = list(calls_of(customer=found)[:CALLS_SHOWN])
    running = next((row for row in calls if row.state == PhoneCall.State.STARTED), None)
    people = [person for person in found.contacts.order_by("name") if person.phone]
    wrong = {row.phone for row in calls if row.result == PhoneCall.Result.WRONG_NUMBER}
    language = _language_of(running, found)
    missed = oldest_missed(customer=found, today=today)
    context = {
        "owes": owes,
        "missed": missed,
        "calls": [(row, _words(row), _may_undo(request, row, at)) for row in calls],
        "running": running if running and running.by_id == request.seat.membership.pk else None,
        "colleague": running if running and running.by_id != request.seat.membership.pk else None,
        "people": [(person, person.phone in wrong) for person in people],
        "lines": _guide(request, found, running, owes, missed, language),
        "guide_language": language,
        "leave_out": _leave_out(owes),
        "outcomes": OUTCOMES,
        "motive_choices": motive_choices(),
        "methods": list(METHODS.items()),
        "may_work": True,
        "today": today,
        "care": CustomerCare.objects.filter(customer=found).select_related("member__user").first(),
        "collectors": collectors_of(entity=found.entity),
        "reasons": [
            motive_words(row.code) for row in story_of(customer=found, today=today).in_force
        ],
        **contact_context(found, at),
    }
    return answer(request, found, "customer-phone", context)


@require_POST
@desk_page(allow=WORKERS)
def start(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Begin a call, or say by which rule it is withheld."""
    found = customer_of(request, customer_id)
    try:
        row = start_call(
            customer_id=found.pk,
            contact_id=key_in(request.POST, "contact"),
            is_incoming=request.POST.get("direction") == "in",
            by=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        if row.state == PhoneCall.State.WITHHELD:
            told = gettext("Not called: %(rule)s") % {"rule": rule_sentence(row)}
            messages.error(request, told)
    return redirect("desk:customer-phone", found.pk)


@require_POST
@desk_page(allow=WORKERS)
def end(request: DeskRequest, phone_call_id: int) -> HttpResponse:
    """Write down what came of a call, and go on with what follows."""
    row = _call(request, phone_call_id)

    def act() -> str:
        outcome = _outcome(request.POST, row)
        done = end_call(
            call_id=row.pk, outcome=outcome, by=request.seat.membership, at=timezone.now()
        )
        words = RESULT_WORDS[done.result]
        return gettext("Written down: %(result)s.") % {"result": words}

    is_done = _say(request, act, undo=reverse("desk:phone-call-undo", args=[row.pk]))
    if is_done and request.POST.get("result") == PhoneCall.Result.DISPUTE:
        return redirect(reverse("desk:claim-new") + f"?customer={row.customer_id}")
    return redirect("desk:customer-phone", row.customer_id)


@require_POST
@desk_page(allow=WORKERS)
def undo(request: DeskRequest, phone_call_id: int) -> HttpResponse:
    """Take a call back, with what followed from it."""
    row = _call(request, phone_call_id)

    def act() -> str:
        undo_call(
            call_id=row.pk,
            why=gettext("taken back with the call"),
            by=request.seat.membership,
            at=timezone.now(),
        )
        return gettext("Taken back. It counts for nothing.")

    _say(request, act)
    return redirect("desk:customer-phone", row.customer_id)


@require_POST
@desk_page(allow=WORKERS)
def contact(request: DeskRequest, customer_id: int) -> HttpResponse:
    """Keep how a customer may be contacted."""
    found, sent = customer_of(request, customer_id), request.POST

    def act() -> str:
        flags = {
            name: day_in(sent, f"until_{name}") if sent.get(f"until_{name}") else None
            for name in sent.getlist("flags")
        }
        new = NewContactTerms(
            customer_id=found.pk,
            time_zone=words_in(sent, "time_zone", most=40),
            opted_out=sent.getlist("opted_out"),
            consents=sent.getlist("consents"),
            details_agreed=sent.getlist("details_agreed"),
            preferred=words_in(sent, "preferred", most=8),
            courtesy=sent.get("courtesy") == "1",
            flags=flags,
        )
        set_contact_terms(new=new, by=request.seat.membership, at=timezone.now())
        return gettext("Kept. The contact policy goes by it from now on.")

    _say(request, act)
    return redirect(reverse("desk:customer", args=[found.pk]) + "#contact")


def _say(request: DeskRequest, act: Callable[[], str], undo: str = "") -> bool:
    try:
        messages.success(request, act(), extra_tags=undo)
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
        return False
    return True


def _call(request: DeskRequest, phone_call_id: int) -> PhoneCall:
    rows = PhoneCall.objects.select_related("customer")
    return get_object_or_404(rows, pk=phone_call_id, entity=request.seat.entity)


def _outcome(sent: QueryDict, row: PhoneCall) -> CallOutcome:
    result = sent.get("result", "")
    is_promise = result == PhoneCall.Result.PROMISED
    currency = sent.get("currency", "") or row.customer.currency
    return CallOutcome(
        result=result,
        note=words_in(sent, "note", most=NOTE_MAX),
        protected=words_in(sent, "protected", most=PROTECTED_MAX),
        callback_at=_moment(sent) if result == PhoneCall.Result.CALL_BACK else None,
        code=sent.get("code", ""),
        due_date=day_in(sent, "due") if is_promise else None,
        amount_minor=amount_in(sent, "amount", currency) if is_promise else None,
        currency=currency,
        method=sent.get("method", "") or "TRANSFER",
    )


def _moment(sent: QueryDict) -> datetime:
    """A day and time as typed, by the clock of the office."""
    try:
        typed = datetime.fromisoformat(sent.get("callback", ""))
    except ValueError as no_moment:
        raise CollectionRefused(gettext_noop("Say when they want to be called.")) from no_moment
    return typed if typed.tzinfo else timezone.make_aware(typed)


def _language_of(running: PhoneCall | None, found: Customer) -> str:
    person = running.contact if running else None
    return (person.language if person else "") or found.language


def _guide(
    request: DeskRequest,
    found: Customer,
    running: PhoneCall | None,
    owes: Sequence[Dunnable],
    missed: MissedRows | None,
    language: str,
) -> tuple[Line, ...]:
    ready = [each for each in owes if each.ready]
    today = timezone.localdate()
    items = dunnable_items(entity=found.entity, customers=[found.pk], today=today)
    oldest = next((item for item in items if item.dunnable and not item.rests), None)
    spoken = Language(language) if language in {each.value for each in Language} else Language.EN
    facts = CallFacts(
        language=language,
        caller=request.seat.user.name,
        creditor=found.entity.name,
        person=running.contact.name if running and running.contact else "",
        amount=", ".join(money(each.ready, each.currency, spoken) for each in ready),
        invoice=oldest.document_number if oldest else "",
        reason_known=any(
            row.code != "NR-00" for row in story_of(customer=found, today=today).in_force
        ),
        missed=_missed(missed, spoken) if missed else None,
    )
    return call_guide(facts)


def _missed(found: MissedRows, spoken: Language) -> Missed:
    oldest = found.rows[0]
    return Missed(
        n=oldest.n,
        count=len(found.shown.rows),
        day=day(oldest.due_date, spoken),
        left=money(found.open_minor, found.currency, spoken),
        many=len(found.rows),
        is_part=oldest.paid_minor > 0,
    )


def _leave_out(owes: Sequence[Dunnable]) -> list[tuple[int, int, str]]:
    """What is not spoken of: disputed and promised, by currency."""
    return [
        (each.disputed, each.promised, each.currency)
        for each in owes
        if each.disputed or each.promised
    ]


def _words(row: PhoneCall) -> str:
    if row.state == PhoneCall.State.WITHHELD:
        return gettext("withheld: %(rule)s") % {"rule": rule_sentence(row)}
    if row.state == PhoneCall.State.STARTED:
        return gettext("on the phone now")
    return str(RESULT_WORDS[row.result]) if row.result else gettext("begun and not made")


def _may_undo(request: DeskRequest, row: PhoneCall, at: datetime) -> bool:
    is_over = row.state == PhoneCall.State.ENDED and row.ended_at is not None
    return (
        is_over
        and row.by_id == request.seat.membership.pk
        and at - (row.ended_at or at) <= UNDONE_WITHIN
    )

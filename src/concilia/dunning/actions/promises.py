"""A promise to pay: taken, replaced, cancelled. What it comes to is judged by the money alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.office import today_of
from concilia.customers.models import Customer
from concilia.dunning.actions.motives import NOTE_MAX, require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.voices import Voice, voice_of
from concilia.dunning.core.promises import (
    GRACE_BUSINESS_DAYS,
    KEPT_LATE_DAYS,
    PROMISE_MACHINE,
    PaymentMethod,
    PromiseAction,
    PromiseContext,
    PromiseRefusal,
    PromiseState,
    default_tolerance,
    refusals_of,
)
from concilia.dunning.core.promises import Promise as Terms
from concilia.dunning.models import Promise, PromiseItem
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership, User
from concilia.identity.queries import actor_of
from concilia.kernel.money import Money
from concilia.receivables.models import OpenItem

OPEN: Final = (Promise.State.PENDING, Promise.State.DUE)
PLACES: Final = frozenset({1, 2})
RENEGOTIATED: Final = timedelta(days=90)
WHY_MAX: Final = 200
SENTENCES: Final = {
    PromiseRefusal.NOTHING: _("A promise is for an amount above zero."),
    PromiseRefusal.TOO_MUCH: _("{amount} is more than the {open_amount} that is open."),
    PromiseRefusal.PAST: _("The promised date {due} has passed."),
    PromiseRefusal.TOO_FAR: _("{due} is more than {days} days away: offer an instalment plan."),
    PromiseRefusal.TOO_MANY: _("There are {count} open promises already."),
    PromiseRefusal.TOO_OFTEN: _("It was renegotiated {count} times in 90 days."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPromise:
    """
    What somebody says they will pay.

    :param amount_minor: None for all that is open of the items and not promised or disputed
    :param items: the items it is about; none: those that are due, the oldest first
    :param replaces_id: the promise whose place it takes
    """

    customer_id: int
    currency: str
    due_date: date
    amount_minor: int | None = None
    items: Sequence[int] = ()
    method: str = PaymentMethod.TRANSFER
    channel: str = Promise.Channel.PHONE
    note: str = ""
    document_id: int | None = None
    replaces_id: int | None = None


@transaction.atomic(durable=True)
def record_promise(*, new: NewPromise, by: Membership, at: datetime) -> Promise:
    """
    Take a promise: its items are not chased for its amount until it is judged.

    :raises CollectionRefused: if it is too much, too far away, the third that is open, renegotiated
        too often, or about items that are not the customer's
    """
    require_collector(by)
    row = keep_promise(new=new, by=voice_of(by), at=at)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[promised(row)])
    return row


def keep_promise(*, new: NewPromise, by: Voice, at: datetime) -> Promise:
    """
    Write a promise inside the caller's transaction; the caller logs it.

    The customer is locked: two promises taken at once see each other.

    :raises CollectionRefused: as `record_promise`
    """
    assert connection.in_atomic_block, "a promise is kept with the act it belongs to"
    customer = (
        Customer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .filter(pk=new.customer_id, entity=by.entity)
        .first()
    )
    if customer is None:
        raise CollectionRefused(_("There is no such customer."))
    _require_words(new)
    today = today_of(customer.entity, at)
    replaced = _replaced(new, customer, by, at)
    room = _room(customer, new, today)
    open_minor = sum(minor for _item, minor in room)
    amount_minor = open_minor if new.amount_minor is None else new.amount_minor
    if new.amount_minor is None and not open_minor:
        raise CollectionRefused(_("Nothing is open that could be promised."))
    row = _draft(customer, new, amount_minor, today, replaced)
    _require_fair(row, customer, open_minor, today)
    taken = set(Promise.objects.filter(customer=customer, state__in=OPEN).values_list("place"))
    row.place = min(PLACES - {place for (place,) in taken})
    row.recorded_by, row.recorded_at, row.judged_at = by.user, at, at
    row.save()
    PromiseItem.objects.bulk_create(_parts(row, room))
    return row


@transaction.atomic(durable=True)
def cancel_promise(*, promise_id: int, why: str, by: Membership, at: datetime) -> Promise:
    """
    Take a promise back that is not to be waited for: what it is about may be chased again.

    :raises CollectionRefused: if it is over, or nobody says why
    """
    require_collector(by)
    if not why.strip():
        raise CollectionRefused(_("Say why it is not waited for."))
    row = _locked(promise_id, by.entity_id)
    _end(row, PromiseAction.CANCEL, by.user, at)
    row.ended_why = why.strip()[:WHY_MAX]
    row.save(update_fields=["state", "place", "judged_at", "ended_by", "ended_why"])
    act = Act("promise.cancelled", "customer", row.customer_id, {"promise": row.pk}, row.ended_why)
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row


def promised(row: Promise) -> Act:
    """The act of taking a promise, as the log keeps it."""
    data = {
        "promise": row.pk,
        "currency": row.currency,
        "amount": row.amount_minor,
        "to": row.due_date.isoformat(),
        "replaces": row.replaces_id,
    }
    return Act("promise.recorded", "customer", row.customer_id, data)


def _require_words(new: NewPromise) -> None:
    if new.method not in Promise.Method.values or new.channel not in Promise.Channel.values:
        raise CollectionRefused(_("Choose one of the list."))
    if len(new.note) > NOTE_MAX:
        raise CollectionRefused(_("A note has at most {most} characters."), most=NOTE_MAX)


def _replaced(new: NewPromise, customer: Customer, by: Voice, at: datetime) -> Promise | None:
    if new.replaces_id is None:
        return None
    row = _locked(new.replaces_id, customer.entity_id)
    if row.customer_id != customer.pk:
        raise CollectionRefused(_("There is no such promise."))
    _end(row, PromiseAction.REPLACE, by.user, at)
    row.save(update_fields=["state", "place", "judged_at", "ended_by"])
    return row


def _locked(promise_id: int, entity_id: int) -> Promise:
    row = (
        Promise.objects.select_for_update(no_key=True)
        .filter(pk=promise_id, entity_id=entity_id)
        .first()
    )
    if row is None:
        raise CollectionRefused(_("There is no such promise."))
    return row


def _end(row: Promise, act: PromiseAction, by: User | None, at: datetime) -> None:
    state = PromiseState(row.state)
    if not PROMISE_MACHINE.allows(state, act):
        raise CollectionRefused(_("This promise is over: take a new one."))
    row.state, row.place = Promise.State(PROMISE_MACHINE.after(state, act).value), None
    row.judged_at, row.ended_by = at, by


def _room(customer: Customer, new: NewPromise, today: date) -> list[tuple[DunnableItem, int]]:
    """Of which items how much can be promised, the oldest first; their rows are locked."""
    rows = dunnable_items(entity=customer.entity, customers=[customer.pk], today=today)
    mine = [row for row in rows if row.currency == new.currency]
    chosen = set(new.items)
    if chosen - {row.id for row in mine}:
        raise CollectionRefused(_("An item is not open, or not this customer's."))
    wanted = [row for row in mine if row.id in chosen] if chosen else mine
    keys = [row.id for row in wanted]
    list(OpenItem.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    due = wanted if chosen else sorted(wanted, key=lambda row: (row.due_date > today, row.due_date))
    found = [(row, row.open - row.disputed - row.promised) for row in due]
    if new.amount_minor is None and not chosen:
        found = [(row, minor) for row, minor in found if row.due_date < today]
    return [(row, minor) for row, minor in found if minor > 0]


def _draft(
    customer: Customer, new: NewPromise, amount_minor: int, today: date, replaced: Promise | None
) -> Promise:
    calendar = clock_of(customer.entity).calendar
    last = calendar.add_business_days(
        max(new.due_date, today), GRACE_BUSINESS_DAYS[PaymentMethod(new.method)]
    )
    tolerance = default_tolerance(Money(max(amount_minor, 0), new.currency))
    return Promise(
        entity=customer.entity,
        customer=customer,
        currency=new.currency,
        amount_minor=amount_minor,
        tolerance_minor=tolerance.minor,
        made_date=today,
        due_date=new.due_date,
        last_date=last,
        late_date=last + timedelta(days=KEPT_LATE_DAYS),
        method=new.method,
        channel=new.channel,
        note=new.note.strip(),
        document_id=new.document_id,
        state=Promise.State.DUE if new.due_date <= today else Promise.State.PENDING,
        replaces=replaced,
    )


def _require_fair(row: Promise, customer: Customer, open_minor: int, today: date) -> None:
    amount = Money(row.amount_minor, row.currency)
    terms = Terms(amount=amount, due=row.due_date, made_on=today)
    mine = Promise.objects.filter(customer=customer)
    since = row.made_date - RENEGOTIATED
    # The one that is renegotiated now counts when the next is.
    renegotiated = mine.filter(replaces__isnull=False, made_date__gte=since).count()
    context = PromiseContext(
        open_promises=mine.filter(state__in=OPEN).count(),
        renegotiations_in_90_days=renegotiated if row.replaces_id else 0,
        is_business=bool(customer.vat_number),
    )
    found = refusals_of(terms, Money(open_minor, row.currency), today, context)
    if found:
        refusal, values = found[0]
        raise CollectionRefused(SENTENCES[refusal], **values)


def _parts(row: Promise, room: Sequence[tuple[DunnableItem, int]]) -> Iterator[PromiseItem]:
    left = row.amount_minor
    for item, minor in room:
        part = min(left, minor)
        if part > 0:
            yield PromiseItem(promise=row, item_id=item.id, amount_minor=part)
        left -= part

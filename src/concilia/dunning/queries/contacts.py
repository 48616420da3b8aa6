"""How customers may be contacted: what is known of them and of every contact made, set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from concilia.cases.queries.office import today_of
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.contact.cases import Debt, PastContact, Raised
from concilia.dunning.core.contact.terms import Channel, Disputed, Flag
from concilia.dunning.core.contact.today import FLAG_OF, Known
from concilia.dunning.models import ContactTerms, Motive, PhoneCall
from concilia.dunning.queries.contacted import past_contacts
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.story import motives_in_force
from concilia.identity.models import Entity

# No limit of a pack looks further back.
LOOKS_BACK: Final = timedelta(days=100)
# A call that nobody ended is over by then.
CALL_LASTS: Final = timedelta(hours=2)


def known_of(*, entity: Entity, customers: Sequence[Customer], at: datetime) -> dict[int, Known]:
    """What the contact policy asks about each of these customers: six statements."""
    keys = [customer.pk for customer in customers]
    today = today_of(entity, at)
    terms = {row.customer_id: row for row in ContactTerms.objects.filter(customer__in=keys)}
    people: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(customer__in=keys).order_by("pk"):
        people[contact.customer_id].append(contact)
    past = past_contacts(customers=keys, since=at - LOOKS_BACK)
    motives = motives_in_force(customers=keys)
    items: dict[int, list[DunnableItem]] = defaultdict(list)
    for item in dunnable_items(entity=entity, customers=keys, today=today):
        items[item.customer_id].append(item)
    return {
        customer.pk: _known(
            customer,
            terms.get(customer.pk),
            people[customer.pk],
            motives.get(customer.pk, []),
            debts_of(items[customer.pk], today),
            past.get(customer.pk, ()),
        )
        for customer in customers
    }


def debts_of(items: Sequence[DunnableItem], today: date) -> tuple[Debt, ...]:
    """What would be asked for; where nothing is left to ask for, what is due and why not."""
    due = [item for item in items if item.due_date < today]
    asked = [item for item in due if item.dunnable > 0] or due
    return tuple(Debt(item.document_number, _disputed(item), item.due_date) for item in asked)


def _disputed(item: DunnableItem) -> Disputed:
    if item.disputed <= 0:
        return Disputed.NONE
    return Disputed.WHOLE if item.disputed >= item.open else Disputed.PART


def _known(
    customer: Customer,
    terms: ContactTerms | None,
    people: Sequence[Contact],
    motives: Sequence[Motive],
    debts: tuple[Debt, ...],
    past: tuple[PastContact, ...],
) -> Known:
    own = terms or ContactTerms(customer=customer)
    opted_out = _channels(own.opted_out)
    written = [person for person in people if person.email and person.bounced_at is None]
    if written and all(person.opted_out_at for person in written):
        opted_out |= {Channel.EMAIL}
    return Known(
        country=customer.country,
        is_business=bool(customer.vat_number),
        zone=own.time_zone,
        reachable=_reachable(written, has_phone=any(person.phone for person in people)),
        opted_out=opted_out,
        consents=_channels(own.consents),
        details_agreed=_channels(own.details_agreed),
        flags=_flags(own, motives),
        debts=debts,
        past=past,
    )


def _reachable(written: Sequence[Contact], *, has_phone: bool) -> frozenset[Channel]:
    """A letter and a visit go to where they live or work, which the invoice knows."""
    found = {Channel.LETTER, Channel.VISIT}
    if written:
        found.add(Channel.EMAIL)
    if has_phone:
        found |= {Channel.CALL, Channel.SMS, Channel.WHATSAPP}
    return frozenset(found)


def _channels(names: Sequence[str]) -> frozenset[Channel]:
    return frozenset(Channel(name) for name in names if name in Channel.__members__)


def _flags(terms: ContactTerms, motives: Sequence[Motive]) -> dict[Flag, Raised]:
    """Those that people raised, and those that a reason for the whole customer raises."""
    raised = {
        Flag(name): Raised(_day(days.get("since")), _day(days.get("until")))
        for name, days in terms.flags.items()
        if name in Flag.__members__
    }
    for row in motives:
        if row.item_id is None and row.code in FLAG_OF:
            raised[FLAG_OF[row.code]] = Raised(row.said_date, row.hold_until_date)
    return raised


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def calls_of(*, customer: Customer) -> QuerySet[PhoneCall]:
    """The calls with a customer, the newest first."""
    return (
        PhoneCall.objects.filter(customer=customer)
        .select_related("contact", "by__user", "motive", "promise")
        .order_by("-started_at", "-pk")
    )


def call_backs(*, entity_id: int, until: datetime) -> QuerySet[PhoneCall]:
    """Who wanted to be called back by a moment and was not called since, the longest wait first."""
    later = PhoneCall.objects.filter(
        customer=OuterRef("customer"),
        started_at__gt=OuterRef("started_at"),
        state__in=[PhoneCall.State.STARTED, PhoneCall.State.ENDED],
    )
    return (
        PhoneCall.objects.filter(
            ~Exists(later), entity=entity_id, state=PhoneCall.State.ENDED, callback_at__lte=until
        )
        .select_related("customer", "by__user")
        .order_by("callback_at", "pk")
    )

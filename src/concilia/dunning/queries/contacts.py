"""How customers may be contacted: what is known of them and of every contact made, set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from concilia.cases.queries.office import today_of
from concilia.correspondence.models import Reach
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.contact.cases import Debt, PastContact
from concilia.dunning.core.contact.terms import Channel, Disputed
from concilia.dunning.core.contact.today import Known
from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes, flags_of
from concilia.dunning.models import Motive, PhoneCall
from concilia.dunning.queries.calls import number_of
from concilia.dunning.queries.contacted import past_contacts
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.story import motives_in_force
from concilia.dunning.queries.wishes import wishes_of
from concilia.identity.models import Entity

# No limit of a pack looks further back.
LOOKS_BACK: Final = timedelta(days=100)
# A call that nobody ended is over by then.
CALL_LASTS: Final = timedelta(hours=2)


def known_of(*, entity: Entity, customers: Sequence[Customer], at: datetime) -> dict[int, Known]:
    """What the contact policy asks about each of these customers: six statements."""
    keys = [customer.pk for customer in customers]
    today = today_of(entity, at)
    wishes = wishes_of(keys)
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
            wishes.get(customer.pk, NO_WISHES),
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
    wishes: Wishes,
    people: Sequence[Contact],
    motives: Sequence[Motive],
    debts: tuple[Debt, ...],
    past: tuple[PastContact, ...],
) -> Known:
    opted_out = wishes.opted_out | _refused_by_number(customer, people)
    written = [person for person in people if person.email and person.bounced_at is None]
    if written and all(person.opted_out_at for person in written):
        opted_out |= {Channel.EMAIL}
    whole = [row for row in motives if row.item_id is None]
    return Known(
        country=customer.country,
        is_business=bool(customer.vat_number),
        zone=wishes.zone,
        reachable=_reachable(written, has_phone=any(person.phone for person in people)),
        opted_out=opted_out,
        consents=wishes.consents,
        details_agreed=wishes.details_agreed,
        flags=flags_of(wishes, [(row.code, row.said_date, row.hold_until_date) for row in whole]),
        debts=debts,
        past=past,
    )


def _refused_by_number(customer: Customer, people: Sequence[Contact]) -> frozenset[Channel]:
    """What was stopped by an answer such as STOP: from one of their numbers counts for all."""
    numbers = [number for number in map(number_of, people) if number]
    if not numbers:
        return frozenset()
    said = Reach.objects.filter(
        entity=customer.entity_id, number__in=numbers, opted_out_at__isnull=False
    )
    return frozenset(Channel(name) for name in said.values_list("channel", flat=True))


def _reachable(written: Sequence[Contact], *, has_phone: bool) -> frozenset[Channel]:
    """A letter and a visit go to where they live or work, which the invoice knows."""
    found = {Channel.LETTER, Channel.VISIT}
    if written:
        found.add(Channel.EMAIL)
    if has_phone:
        found |= {Channel.CALL, Channel.SMS, Channel.WHATSAPP}
    return frozenset(found)


def calls_of(*, customer: Customer) -> QuerySet[PhoneCall]:
    """The calls with a customer, the newest first."""
    return (
        PhoneCall.objects.filter(customer=customer)
        .select_related("contact", "by__user", "motive", "promise", "call_back")
        .order_by("-started_at", "-pk")
    )

"""How customers may be contacted: what is known of them and of every contact made, set-based."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from concilia.cases.queries.office import today_of
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.contact.cases import Debt, PastContact
from concilia.dunning.core.contact.terms import Channel, Disputed
from concilia.dunning.core.contact.today import Known
from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes, flags_of
from concilia.dunning.core.strategy.placing import Number
from concilia.dunning.core.strategy.terms import CHANNEL_OF, SHORT, Way
from concilia.dunning.models import Motive, PhoneCall
from concilia.dunning.queries.calls import number_of
from concilia.dunning.queries.contacted import past_contacts
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.run_numbers import numbers_of, reaches_of
from concilia.dunning.queries.story import motives_in_force
from concilia.dunning.queries.wishes import wishes_of
from concilia.identity.models import Entity

# No limit of a pack looks further back.
LOOKS_BACK: Final = timedelta(days=100)
TEXTED: Final = frozenset(CHANNEL_OF[way] for way in SHORT)
# A call that nobody ended is over by then.
CALL_LASTS: Final = timedelta(hours=2)


def known_of(*, entity: Entity, customers: Sequence[Customer], at: datetime) -> dict[int, Known]:
    """What the contact policy asks about each of these customers: nine statements."""
    keys = [customer.pk for customer in customers]
    today = today_of(entity, at)
    wishes = wishes_of(keys)
    people: dict[int, list[Contact]] = defaultdict(list)
    rows = Contact.objects.select_related("customer").filter(customer__in=keys)
    for contact in rows.order_by("pk"):
        people[contact.customer_id].append(contact)
    short = numbers_of(entity=entity, customers=keys, ways=SHORT)
    refused = _refused_by_number(entity, people)
    past = past_contacts(customers=keys, since=at - LOOKS_BACK)
    motives = motives_in_force(customers=keys)
    items: dict[int, list[DunnableItem]] = defaultdict(list)
    for item in dunnable_items(entity=entity, customers=keys, today=today):
        items[item.customer_id].append(item)
    return {
        customer.pk: _with_numbers(
            _known(
                customer,
                wishes.get(customer.pk, NO_WISHES),
                people[customer.pk],
                motives.get(customer.pk, []),
                debts_of(items[customer.pk], today),
                past.get(customer.pk, ()),
            ),
            short.working.get(customer.pk, {}),
            refused[customer.pk] | _channels(short.unwanted.get(customer.pk, ())),
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
    opted_out = wishes.opted_out
    written = [person for person in people if person.email and person.bounced_at is None]
    if written and all(person.opted_out_at for person in written):
        opted_out |= {Channel.EMAIL}
    whole = [row for row in motives if row.item_id is None]
    return Known(
        country=customer.country,
        is_business=bool(customer.vat_number),
        zone=wishes.zone,
        reachable=_reachable(written, people),
        opted_out=opted_out,
        consents=wishes.consents,
        details_agreed=wishes.details_agreed,
        flags=flags_of(wishes, [(row.code, row.said_date, row.hold_until_date) for row in whole]),
        debts=debts,
        past=past,
    )


def _refused_by_number(
    entity: Entity, people: Mapping[int, Sequence[Contact]]
) -> defaultdict[int, frozenset[Channel]]:
    """
    Which calls each customer stopped by a key or a word: from one of their numbers counts for all.

    Of short messages a run asks each number, and so do we (`numbers_of`).
    """
    numbers = {key: {*map(number_of, them)} - {""} for key, them in people.items()}
    asked = frozenset().union(*numbers.values())
    found: defaultdict[int, frozenset[Channel]] = defaultdict(frozenset)
    for (channel, number), row in reaches_of(entity=entity, numbers=asked).items():
        if row.opted_out_at is None or Channel(channel) in TEXTED:
            continue
        for key, theirs in numbers.items():
            if number in theirs:
                found[key] |= {Channel(channel)}
    return found


def _with_numbers(
    known: Known, working: Mapping[Way, Number], refused: frozenset[Channel]
) -> Known:
    """What is written down of them, with what they said by the numbers that a run would use."""
    agreed = {CHANNEL_OF[way] for way, number in working.items() if number.agreed}
    return replace(
        known,
        reachable=known.reachable | _channels(working) | (refused & TEXTED),
        opted_out=known.opted_out | refused,
        consents=known.consents | agreed,
    )


def _channels(ways: Iterable[Way]) -> frozenset[Channel]:
    return frozenset(CHANNEL_OF[way] for way in ways)


def _reachable(written: Sequence[Contact], people: Sequence[Contact]) -> frozenset[Channel]:
    """A letter and a visit go to where they live or work, which the invoice knows."""
    found = {Channel.LETTER, Channel.VISIT}
    if written:
        found.add(Channel.EMAIL)
    if any(person.phone for person in people):
        found.add(Channel.CALL)
    return frozenset(found)


def calls_of(*, customer: Customer) -> QuerySet[PhoneCall]:
    """The calls with a customer, the newest first."""
    return (
        PhoneCall.objects.filter(customer=customer)
        .select_related("contact", "by__user", "motive", "promise", "call_back")
        .order_by("-started_at", "-pk")
    )

"""Thanks: to who paid after they were asked, and to who completed a plan, once (domain.md E6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from concilia.cases.queries.office import today_of
from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.policy import Purpose as MailPurpose
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.short_messages import ShortDraft, queue_short_message
from concilia.dunning.core.contact.cases import PlannedContact
from concilia.dunning.core.contact.content import content_of
from concilia.dunning.core.contact.terms import Channel, Content, Purpose
from concilia.dunning.core.contact.wishes import NO_WISHES
from concilia.dunning.core.strategy.placing import WAY_OF, Number, ways_for
from concilia.dunning.core.strategy.terms import CHANNEL_OF, SHORT, Way
from concilia.dunning.core.texts.composing import Composed, compose
from concilia.dunning.core.texts.facts import Facts
from concilia.dunning.core.texts.keys import Key
from concilia.dunning.core.texts.keys import Way as TextWay
from concilia.dunning.models import Plan
from concilia.dunning.queries.calls import number_of
from concilia.dunning.queries.contacting import may_contact
from concilia.dunning.queries.run_numbers import carried_ways, numbers_of
from concilia.dunning.queries.run_texts import body_of
from concilia.dunning.queries.story import motives_in_force
from concilia.dunning.queries.texts import own_wordings
from concilia.dunning.queries.thanks import paid_after_asking
from concilia.dunning.queries.wishes import wishes_of

ASKED_WITHIN: Final = timedelta(days=60)
# The dead are not thanked, nor whose money is a court's or was somebody else's.
NOT_THANKED: Final = frozenset({"NR-13", "NR-14", "NR-17", "NR-20"})
WAYS: Final = (Way.EMAIL, Way.SMS)


@transaction.atomic(durable=True)
def thank_for_plan(*, plan_id: int, at: datetime) -> Message | None:
    """
    Thank who completed a plan, by their preferred way; a second time there is nothing to do.

    :return: None where no way is allowed
    """
    plan = Plan.objects.select_related("customer__entity").get(pk=plan_id)
    if plan.state != Plan.State.COMPLETED:
        return None
    is_plan = plan.kind == Plan.Kind.INSTALMENTS
    last = plan.rows.exclude(settled_date=None).order_by("-settled_date").first()
    day = (last.settled_date if last else None) or today_of(plan.customer.entity, at)
    return _thank(
        plan.customer,
        key=Key.PLAN_COMPLETED if is_plan else Key.THANKS,
        about=f"plan:{plan.pk}",
        facts=_facts(plan.customer, plan.principal_minor, plan.currency, day),
        at=at,
    )


def thank_for_payments(*, match_ids: Sequence[int], at: datetime) -> int:
    """
    Thank whose payments settled all that a message of a run asked for; how many were thanked.

    Each message is thanked for once, in a transaction of its own. What was in a plan is thanked for
    when the plan is completed.
    """
    thanked = 0
    for row in paid_after_asking(match_ids=match_ids, since=at - ASKED_WITHIN):
        with transaction.atomic(durable=True):
            message = _thank(
                row.customer,
                key=Key.THANKS,
                about=f"touch:{row.touch_id}",
                facts=_facts(row.customer, row.minor, row.currency, row.on),
                at=at,
            )
        thanked += message is not None
    return thanked


def _facts(customer: Customer, minor: int, currency: str, day: date) -> Facts:
    return Facts(
        creditor=customer.entity.name,
        customer=customer.name,
        is_consumer=not customer.vat_number,
        country=customer.country,
        currency=currency,
        amount=minor,
        day=day,
        reply_to=customer.entity.email,
    )


def _thank(
    customer: Customer, *, key: Key, about: str, facts: Facts, at: datetime
) -> Message | None:
    """By the first way that reaches them and that every rule allows; none is no loss."""
    name = f"thanks:{about}"
    known = Message.objects.filter(entity=customer.entity_id, key=name).first()
    motives = motives_in_force(customers=[customer.pk])[customer.pk]
    if known is not None or any(row.code in NOT_THANKED for row in motives):
        return known
    carried = carried_ways(entity=customer.entity)
    found = numbers_of(entity=customer.entity, customers=[customer.pk], ways=SHORT & carried)
    numbers = found.working.get(customer.pk, {})
    preferred = wishes_of([customer.pk]).get(customer.pk, NO_WISHES).preferred
    for way in ways_for(WAYS, preferred if preferred in WAY_OF else None, numbers):
        contact = _reached(customer, way, numbers)
        if contact is not None and _is_allowed(customer, contact, way, at):
            text = _written(customer, contact, key, way, facts)
            return _queue(customer, contact, way, text, name, at)
    return None


def _reached(customer: Customer, way: Way, numbers: dict[Way, Number]) -> Contact | None:
    people = Contact.objects.select_related("customer").filter(customer=customer).order_by("pk")
    if way in SHORT:
        return people.filter(pk=numbers[way].contact_id).first() if way in numbers else None
    return people.filter(opted_out_at=None, bounced_at=None).exclude(email="").first()


def _is_allowed(customer: Customer, contact: Contact, way: Way, at: datetime) -> bool:
    """A mail says how much came; a short message does not."""
    channel = CHANNEL_OF[way]
    content = content_of(channel, customer.country, is_business=bool(customer.vat_number))
    planned = PlannedContact(
        channel=channel,
        at=at,
        purpose=Purpose.SERVICE,
        content=content - {Content.DEBT_DETAILS},
    )
    return may_contact(customer=customer, number=number_of(contact), planned=planned).allowed


def _written(customer: Customer, contact: Contact, key: Key, way: Way, facts: Facts) -> Composed:
    place = key, TextWay(way.value), Language(contact.language or customer.language)
    return compose(*place, facts, own_wordings(entity=customer.entity).get(place))


def _queue(
    customer: Customer, contact: Contact, way: Way, text: Composed, name: str, at: datetime
) -> Message:
    if way in SHORT:
        draft = ShortDraft(
            key=name,
            channel=Channel(CHANNEL_OF[way]),
            number=number_of(contact),
            body=body_of(text, customer),
            language=text.language.value,
            template=text.key.value if way is Way.WHATSAPP else text.template,
        )
        return queue_short_message(customer=customer, draft=draft, at=at)
    outgoing = Outgoing(
        key=name,
        purpose=MailPurpose.ACKNOWLEDGE,
        to=contact.email,
        subject=text.subject,
        body=body_of(text, customer),
        language=text.language.value,
        author=None,
        template=text.template,
    )
    return queue_message(entity=customer.entity, customer=customer, outgoing=outgoing, at=at)

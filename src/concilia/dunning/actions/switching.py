"""A number that is dead: it is not used again, and what was lost goes another way."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from concilia.correspondence.actions import Outgoing, mark_reach, queue_message
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.correspondence.queries.lines import reach_of
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.run_switching import go_another_way, touch_of
from concilia.dunning.actions.short_messages import ShortDraft, queue_short_message
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.short_words import short_text
from concilia.dunning.queries.accounts import with_way_out
from concilia.dunning.queries.calls import contacts_with, number_of

CHANNEL_OF = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP}


def switch_way(*, message: Message, why: str, is_dead: bool, at: datetime) -> Message | None:
    """
    Send what was lost another way, inside the caller's transaction; None where there is none.

    A message of a run goes back into its run, and is asked about there once more.
    The next number of a company's contacts, else by mail. A consumer's other contacts may be family
    or neighbours: they hear nothing, only the same person's own mail is tried.
    """
    assert connection.in_atomic_block, "the other way is chosen with the loss of the first"
    channel = CHANNEL_OF[message.channel]
    if is_dead:
        mark_reach(
            entity_id=message.entity_id,
            channel=channel,
            number=message.recipient,
            at=at,
            what="dead",
            why=why,
        )
    customer = message.customer
    if customer is None or not is_dead:
        return None
    touch = touch_of(message)
    if touch is not None:
        go_another_way(touch=touch, at=at)
        return None
    number = _next_number(customer, channel, message.recipient) if customer.vat_number else ""
    if number:
        return queue_short_message(customer=customer, draft=_again(message, channel, number), at=at)
    return _by_mail(message, customer, at)


@transaction.atomic(durable=True)
def lose_message(*, message_id: int, why: str, at: datetime) -> None:
    """Take it that nobody can be reached where a message went: the carrier refused the number."""
    message = Message.objects.select_related("customer__entity").get(pk=message_id)
    switch_way(message=message, why=why, is_dead=True, at=at)


def _next_number(customer: Customer, channel: Channel, lost: str) -> str:
    rows = Contact.objects.filter(customer=customer).select_related("customer").order_by("pk")
    for number in dict.fromkeys(number_of(row) for row in rows):
        if not number or number == lost:
            continue
        known = reach_of(entity_id=customer.entity_id, number=number).get(channel)
        if known is None or (known.dead_at is None and known.opted_out_at is None):
            return number
    return ""


def _again(message: Message, channel: Channel, number: str) -> ShortDraft:
    return ShortDraft(
        key=f"again:{message.pk}:{number}",
        channel=channel,
        number=number,
        body=message.body,
        language=message.language,
        author=message.author,
        template=message.template,
    )


def _by_mail(message: Message, customer: Customer, at: datetime) -> Message | None:
    people = contacts_with(entity=customer.entity, number=message.recipient)
    same = [one for one in people if one.customer_id == customer.pk]
    if not same and customer.vat_number:
        same = list(Contact.objects.filter(customer=customer).order_by("pk"))
    contact = next(
        (one for one in same if one.email and not one.bounced_at and not one.opted_out_at), None
    )
    if contact is None:
        return None
    outgoing = Outgoing(
        key=f"again:{message.pk}:mail",
        purpose=Purpose.PERSONAL if message.author else Purpose.ACKNOWLEDGE,
        to=contact.email,
        subject=customer.entity.name,
        body=with_way_out(_as_mail(message.body), customer=customer, language=message.language),
        language=message.language,
        author=message.author,
        template=message.template,
    )
    return queue_message(entity=customer.entity, customer=customer, outgoing=outgoing, at=at)


def _as_mail(body: str) -> str:
    """The words of a short message without how to stop short messages: no mail is stopped so."""
    for language in Language:
        body = body.removesuffix(short_text("no_more", language)).rstrip()
    return body

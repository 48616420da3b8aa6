"""Short messages to customers: written only if the contact policy lets them go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from concilia.correspondence.events import MessageQueued
from concilia.correspondence.models import Message
from concilia.correspondence.queries.lines import reach_of
from concilia.customers.models import Customer
from concilia.dunning.core.contact.asking import VERSION
from concilia.dunning.core.contact.cases import PlannedContact
from concilia.dunning.core.contact.terms import Channel, Content, Purpose
from concilia.dunning.queries.contacting import may_contact
from concilia.foundation import events
from concilia.identity.models import User

CARRIED_BY: Final = {Channel.SMS: "sms", Channel.WHATSAPP: "whatsapp"}
DEAD: Final = "dead_number"
CONFIRMS: Final = "confirms-opt-out"  # a word back to who says STOP is no contact


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortDraft:
    """
    A short message to write.

    :param key: names the act it belongs to; the same act writes it once
    :param content: what it says of the debt
    :param requested_on: the day on which they asked for it
    :param template: on a messaging service: the approved template, `values` in its places
    """

    key: str
    channel: Channel
    number: str
    body: str
    language: str
    purpose: Purpose = Purpose.SERVICE
    content: frozenset[Content] = frozenset({Content.OPT_OUT_NOTICE})
    requested_on: date | None = None
    author: User | None = None
    template: str = ""
    in_reply_to: str = ""


def queue_short_message(*, customer: Customer, draft: ShortDraft, at: datetime) -> Message:
    """
    Write a short message inside the caller's transaction: it leaves only if every rule allows it.

    A withheld one is kept too, with the rule's name, so that nobody believes it was sent.
    """
    assert connection.in_atomic_block, "a message is written with the act that says it"
    why = _why_not(customer, draft, at)
    return _written(customer, draft, at, allowed_by="" if why else VERSION, why=why)


def confirm_opt_out(*, customer: Customer, draft: ShortDraft, at: datetime) -> Message:
    """Write the one word back to who said STOP, inside the caller's transaction."""
    return _written(customer, draft, at, allowed_by=CONFIRMS, why="")


def _why_not(customer: Customer, draft: ShortDraft, at: datetime) -> str:
    known = reach_of(entity_id=customer.entity_id, number=draft.number).get(draft.channel)
    if known is not None and known.dead_at is not None:
        return DEAD
    planned = PlannedContact(
        channel=draft.channel,
        at=at,
        purpose=draft.purpose,
        content=draft.content,
        requested_on=draft.requested_on,
    )
    return may_contact(customer=customer, number=draft.number, planned=planned).rule


def _written(
    customer: Customer, draft: ShortDraft, at: datetime, *, allowed_by: str, why: str
) -> Message:
    entity = customer.entity
    message, is_new = Message.objects.get_or_create(
        entity=entity,
        key=draft.key,
        defaults={
            "customer": customer,
            "lane": Message.Lane.OUT,
            "channel": CARRIED_BY[draft.channel],
            "state": Message.State.WITHHELD if why else Message.State.QUEUED,
            "author": draft.author,
            "sender_name": entity.name,
            "recipient": draft.number,
            "subject": "",
            "body": draft.body,
            "language": draft.language,
            "template": draft.template,
            "message_id": f"<{draft.key.replace(':', '.')}@{entity.code}.concilia>",
            "in_reply_to": draft.in_reply_to,
            "allowed_by": allowed_by,
            "withheld_why": why[:60],
            "written_at": at,
        },
    )
    if is_new and not why:
        events.record(MessageQueued(message.pk))
    return message

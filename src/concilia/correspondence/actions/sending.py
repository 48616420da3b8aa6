from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from concilia.correspondence.core.policy import Party, Planned, Purpose, may_write
from concilia.correspondence.events import MessageQueued
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.foundation import events
from concilia.foundation.jobs import defer
from concilia.identity.models import Entity, Membership, User

ATTEMPTS_MAX = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
RECIPIENT_LENGTH_MAX = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """
    A message to write.

    :param key: names the act it belongs to; the same act writes it once
    :param author: the person behind it; None for what a rule may send by itself
    :param in_reply_to: the Message-ID it answers
    """

    key: str
    purpose: Purpose
    to: str
    subject: str
    body: str
    language: str
    author: User | None
    template: str = ""
    in_reply_to: str = ""


def queue_message(
    *, entity: Entity, customer: Customer, outgoing: Outgoing, at: datetime
) -> Message:
    """
    Write a message inside the caller's transaction: it leaves only if the contact policy allows it.

    A withheld message is kept too, with its reason, so that nobody believes it was sent.
    """
    assert connection.in_atomic_block, "a message is written with the act that says it"
    answer = may_write(_planned(entity, customer, outgoing, at))
    state = Message.State.QUEUED if answer.allowed else Message.State.WITHHELD
    message, is_new = Message.objects.get_or_create(
        entity=entity,
        key=outgoing.key,
        defaults={
            "customer": customer,
            "lane": _lane(outgoing),
            "state": state,
            "author": outgoing.author,
            "sender": entity.email,
            "sender_name": entity.name,
            "recipient": outgoing.to.strip()[:RECIPIENT_LENGTH_MAX],
            "subject": outgoing.subject[:400],
            "body": outgoing.body,
            "language": outgoing.language,
            "template": outgoing.template,
            "message_id": f"<{outgoing.key.replace(':', '.')}@{entity.code}.concilia>",
            "in_reply_to": outgoing.in_reply_to,
            "allowed_by": answer.policy if answer.allowed else "",
            "withheld_why": answer.why or "",
            "written_at": at,
        },
    )
    if is_new and answer.allowed:
        events.record(MessageQueued(message.pk))
    return message


@transaction.atomic(durable=True)
def record_sent(*, message_id: int, at: datetime) -> None:
    """Keep that a message left; the second time changes nothing."""
    Message.objects.filter(pk=message_id, state=Message.State.QUEUED).update(
        state=Message.State.SENT, sent_at=at, error=""
    )


def hold_back(*, message_id: int, why: str) -> bool:
    """
    Withhold a message that has not left yet, inside the caller's transaction; whether it was so.

    :param why: the key of the reason people read
    """
    assert connection.in_atomic_block, "a message is withheld with the act that says why"
    return bool(
        Message.objects.filter(pk=message_id, state=Message.State.QUEUED).update(
            state=Message.State.WITHHELD, withheld_why=why[:60]
        )
    )


@transaction.atomic(durable=True)
def record_failed(*, message_id: int, error: str, permanent: bool, at: datetime) -> None:
    """Keep why a message did not leave, and try again later unless that cannot help."""
    message = Message.objects.select_for_update(no_key=True).get(pk=message_id)
    if message.state != Message.State.QUEUED:
        return
    message.attempts += 1
    message.error = error[:2000]
    if permanent or message.attempts >= ATTEMPTS_MAX:
        message.state = Message.State.FAILED
    else:
        wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
        defer("concilia.send_message", at=at + wait, message_id=message.pk)
    message.save(update_fields=["attempts", "error", "state"])


def _lane(outgoing: Outgoing) -> str:
    """What goes to a colleague is nothing outsiders may ever read."""
    is_inside = outgoing.purpose is Purpose.ASK_COLLEAGUE
    return Message.Lane.TEAM if is_inside else Message.Lane.OUT


def _planned(entity: Entity, customer: Customer, outgoing: Outgoing, at: datetime) -> Planned:
    address = outgoing.to.strip()
    contact = Contact.objects.filter(customer=customer, email__iexact=address).first()
    left_today = Message.objects.filter(
        entity=entity,
        recipient__iexact=address,
        author=None,
        lane__in=[Message.Lane.OUT, Message.Lane.TEAM],
        written_at__gte=at - timedelta(days=1),
    ).exclude(state=Message.State.WITHHELD)
    return Planned(
        address=address,
        party=_party(entity, customer, contact, address),
        purpose=outgoing.purpose,
        person=outgoing.author is not None,
        own_addresses=frozenset({entity.email} - {""}),
        opted_out=bool(contact and contact.opted_out_at),
        bounced=bool(contact and contact.bounced_at),
        sent_today=left_today.count() if outgoing.author is None else 0,
    )


def _party(entity: Entity, customer: Customer, contact: Contact | None, address: str) -> Party:
    """
    Whose address this is, by our own records.

    Carriers, agents and insurers are the entity's `partners`: `[{"name": …, "email": …}]`.
    """
    address = address.lower()
    if contact is not None or address.rpartition("@")[2] in customer.email_domains:
        return Party.CUSTOMER
    partners = entity.settings.get("partners", [])
    if address in {str(partner.get("email", "")).lower() for partner in partners}:
        return Party.THIRD_PARTY
    if Membership.objects.filter(entity=entity, is_active=True, user__email=address).exists():
        return Party.COLLEAGUE
    return Party.UNKNOWN

"""Many messages of one kind at once: as `queue_message`, in a few statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from concilia.correspondence.actions.sending import Outgoing
from concilia.correspondence.core.policy import Contact as Answer
from concilia.correspondence.core.policy import Party, Planned, may_write
from concilia.correspondence.events import MessageQueued
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.foundation import events
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Entity

SUBJECT_MAX = 400
MAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToContact:
    """
    A message to somebody at a customer, who is known by their row.

    :param channel: of `Message`; what is no mail has no sender's address
    """

    customer: Customer
    contact: Contact
    outgoing: Outgoing
    channel: str = MAIL


def may_queue(*, entity: Entity, wanted: ToContact) -> Answer:
    """Whether a message that a person stands behind may leave for a contact; no query."""
    contact = wanted.contact
    planned = Planned(
        address=contact.email,
        party=Party.CUSTOMER,
        purpose=wanted.outgoing.purpose,
        person=wanted.outgoing.author is not None,
        own_addresses=frozenset({entity.email} - {""}),
        opted_out=contact.opted_out_at is not None,
        bounced=contact.bounced_at is not None,
    )
    return may_write(planned)


def queue_messages(
    *, entity: Entity, wanted: Sequence[ToContact], allowed_by: str, at: datetime
) -> Mapping[str, Message]:
    """
    Write messages inside the caller's transaction, each with an event; by their keys.

    The caller has asked `may_queue` for each mail, and the contact policy of collections for each
    short message: nothing that was refused may be among them. A key that
    is there already is an error of the database, and nothing is written.

    :param allowed_by: the versions of the policies that let them go (INV-18)
    """
    assert connection.in_atomic_block, "messages are written with the act that says them"
    rows = [
        Message(
            entity=entity,
            customer=each.customer,
            lane=Message.Lane.OUT,
            channel=each.channel,
            state=Message.State.QUEUED,
            author=each.outgoing.author,
            sender=entity.email if each.channel == MAIL else "",
            sender_name=entity.name,
            recipient=each.outgoing.to,
            subject=each.outgoing.subject[:SUBJECT_MAX],
            body=each.outgoing.body,
            language=each.outgoing.language,
            template=each.outgoing.template,
            message_id=f"<{each.outgoing.key.replace(':', '.')}@{entity.code}.concilia>",
            key=each.outgoing.key,
            allowed_by=allowed_by,
            written_at=at,
        )
        for each in wanted
    ]
    written = insert_rows(rows)
    events.record(*(MessageQueued(row.pk) for row in written))
    return {row.key: row for row in written}

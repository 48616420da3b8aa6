from __future__ import annotations

from datetime import datetime

from django.db import transaction

from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act


@transaction.atomic(durable=True)
def record_bounce(*, message_id: int, error: str, at: datetime) -> None:
    """
    Keep that a message of ours cannot be delivered; nothing leaves for that address any more.

    The message is shown as failed, and its contact as unreachable. The second time changes nothing.

    :param error: what the carrier said, one sentence
    """
    message = Message.objects.select_for_update(no_key=True).get(
        pk=message_id, lane__in=[Message.Lane.OUT, Message.Lane.TEAM]
    )
    if message.state != Message.State.FAILED:
        message.state, message.error = Message.State.FAILED, error[:2000]
        message.save(update_fields=["state", "error"])
    contacts = Contact.objects.select_for_update(no_key=True).filter(
        customer__entity_id=message.entity_id, email__iexact=message.recipient, bounced_at=None
    )
    acts = [
        Act("contact.bounced", "contact", pk, {"message": message.pk})
        for pk in contacts.values_list("pk", flat=True)
    ]
    contacts.update(bounced_at=at)
    audit.log(entity_id=message.entity_id, actor=SYSTEM, at=at, acts=acts)

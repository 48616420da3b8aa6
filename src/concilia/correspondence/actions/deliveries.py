from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from concilia.correspondence.models import Delivery, Message
from concilia.correspondence.ports import Fate, TextReport
from concilia.correspondence.queries.lines import cost_of

CHANNEL_OF: Final = {"sms": "SMS", "whatsapp": "WHATSAPP"}
# An end stays an end, whatever a carrier says late; what was read was not lost.
ENDS: Final = frozenset({Delivery.State.READ, Delivery.State.LOST})


@transaction.atomic(durable=True)
def record_handed_over(*, message_id: int, reference: str, at: datetime) -> None:
    """Keep that a carrier took a short message; the second time changes nothing."""
    message = (
        Message.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .get(pk=message_id)
    )
    if message.state != Message.State.QUEUED:
        return
    message.state, message.sent_at, message.error = Message.State.SENT, at, ""
    message.save(update_fields=["state", "sent_at", "error"])
    cost = cost_of(message.entity, CHANNEL_OF.get(message.channel, "SMS"))
    _delivery(message, reference=reference[:120], cost_minor=cost, told_at=at)


@transaction.atomic(durable=True)
def take_in_hand(*, message_id: int, at: datetime) -> bool:
    """
    Keep, before a carrier is asked, that it is; False if it was before and nobody knows the answer.

    Carriers take the same message twice and send it twice. Rather one lost than one that comes
    twice: who finds it in hand sends it no more.
    """
    message = Message.objects.select_related("entity").get(pk=message_id)
    if Delivery.objects.filter(message=message).exists():
        return False
    _delivery(message, reference="", cost_minor=0, told_at=at)
    return True


@transaction.atomic(durable=True)
def let_go(*, message_id: int) -> None:
    """Take that back: the carrier said no, so that another try is the first."""
    Delivery.objects.filter(message=message_id, reference="").delete()


def _delivery(message: Message, **fields: object) -> None:
    given = {"entity": message.entity, "currency": message.entity.currency, **fields}
    Delivery.objects.update_or_create(message=message, defaults=given)


def keep_fate(*, entity_id: int, report: TextReport, at: datetime) -> Delivery | None:
    """
    Keep what a carrier says of a message, inside the caller's transaction.

    :return: the delivery if it was lost just now; None if nothing is to be done about it
    """
    assert connection.in_atomic_block, "what became of a message is kept with what follows from it"
    row = (
        Delivery.objects.select_for_update(of=("self",), no_key=True)
        .select_related("message__customer__entity")
        .filter(entity=entity_id, reference=report.reference)
        .first()
    )
    if row is None or row.state in ENDS or report.fate is Fate.ON_ITS_WAY:
        return None
    if report.fate is Fate.ARRIVED:
        row.state = Delivery.State.READ if report.is_read else Delivery.State.ARRIVED
    else:
        row.state = Delivery.State.LOST
        row.error = report.error[:300] or "It was not delivered."
    row.code, row.told_at = report.code[:20], at
    row.save(update_fields=["state", "code", "error", "told_at"])
    if row.state != Delivery.State.LOST:
        return None
    Message.objects.filter(pk=row.message_id).update(state=Message.State.FAILED, error=row.error)
    return row

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from concilia.cases.models import Notice, NoticeDelivery
from concilia.identity.models import Membership

ATTEMPTS_MAX: Final = 8
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
KEPT: Final = timedelta(days=90)
State = NoticeDelivery.State


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """One message about some notices, written in the reader's language."""

    recipient: str
    subject: str
    body: str
    language: str


@transaction.atomic(durable=True)
def write_delivery(
    *,
    member: Membership,
    channel: str,
    notices: Sequence[int],
    write: Callable[[], NewDelivery],
    at: datetime,
) -> NoticeDelivery | None:
    """
    Put notices into one message that waits to leave.

    :param write: writes it, in the same transaction: with it the links it carries come to be
    :return: None where some of them left, or were seen, meanwhile: the message speaks of them
    """
    is_mail = channel == NoticeDelivery.Channel.EMAIL
    unsent = {"mailed_at": None} if is_mail else {"texted_at": None}
    mine = Notice.objects.select_for_update(no_key=True).filter(
        pk__in=notices, person=member, seen_at=None, **unsent
    )
    if len(mine) != len(notices):
        return None
    message = write()
    Notice.objects.filter(pk__in=notices).update(**{"mailed_at" if is_mail else "texted_at": at})
    return NoticeDelivery.objects.create(
        entity_id=member.entity_id,
        person=member,
        channel=channel,
        # A notice leaves once by each channel: its key names the message it left in.
        key=f"{channel}:{min(notices)}",
        recipient=message.recipient,
        subject=message.subject[:200],
        body=message.body,
        language=message.language,
        notices=len(notices),
        written_at=at,
        next_attempt_at=at,
    )


@transaction.atomic(durable=True)
def record_delivery(*, delivery_id: int, reference: str, at: datetime) -> None:
    """Keep that the carrier took a message; the second time changes nothing."""
    NoticeDelivery.objects.filter(pk=delivery_id, state=State.QUEUED).update(
        state=State.SENT, sent_at=at, reference=reference[:120], error="", next_attempt_at=None
    )


@transaction.atomic(durable=True)
def record_delivery_failed(*, delivery_id: int, error: str, permanent: bool, at: datetime) -> None:
    """Keep why a message did not leave, and when to try again, unless that cannot help."""
    row = NoticeDelivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    if row.state != State.QUEUED:
        return
    row.attempts += 1
    row.error = error[:300]
    if permanent or row.attempts >= ATTEMPTS_MAX:
        row.state, row.next_attempt_at, row.ended_at = State.FAILED, None, at
    else:
        row.next_attempt_at = at + min(FIRST_WAIT * 2 ** (row.attempts - 1), LONGEST_WAIT)
    row.save(update_fields=["attempts", "error", "state", "next_attempt_at", "ended_at"])


@transaction.atomic(durable=True)
def record_arrival(*, delivery_id: int, arrived: bool, error: str = "", at: datetime) -> None:
    """Keep what the carrier says became of a message it took: it arrived, or never will."""
    NoticeDelivery.objects.filter(pk=delivery_id, state=State.SENT).update(
        state=State.DELIVERED if arrived else State.FAILED, error=error[:300], ended_at=at
    )


@transaction.atomic(durable=True)
def forget_old_deliveries(*, at: datetime) -> int:
    """Forget messages of the past that are over, and notices that were seen; returns how many."""
    old = NoticeDelivery.objects.filter(written_at__lt=at - KEPT).exclude(state=State.QUEUED)
    return old.delete()[0]

"""What arrives is kept before it is read, and arrives once, whatever brought it and how often."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit, events
from concilia.foundation.audit import SYSTEM, Act, Actor
from concilia.foundation.blobs import store_blob
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, User
from concilia.identity.queries import actor_of
from concilia.intake.events import ArrivalStored, DocumentRead
from concilia.intake.models import Arrival

SIZE_MAX = 100 * 1024 * 1024
HEADERS_MAX = 256 * 1024
MESSAGE_ID = re.compile(
    rb"^message-id:[ \t\r\n]*(<[^<>\r\n]{1,250}>)", re.IGNORECASE | re.MULTILINE
)
MAIL_NAMES = (".eml", ".msg")


class ArrivalRefused(Refused):
    """What came cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """
    Bytes as a channel delivered them.

    :param channel: of `Arrival.Channel`
    :param source: the mailbox, folder or program they came from
    """

    channel: str
    filename: str
    content: bytes
    source: str = ""


@transaction.atomic(durable=True)
def receive(
    *, entity_id: int, incoming: Incoming, at: datetime, uploaded_by: User | None = None
) -> Arrival:
    """
    Keep what arrived, raw and once, and queue its reading in the same transaction.

    The same bytes, or the same mail with other transport headers, add to `seen` of the first.

    :raises ArrivalRefused: if there are no bytes, or more than 100 MB
    """
    return keep_arrival(entity_id=entity_id, incoming=incoming, at=at, uploaded_by=uploaded_by)


def keep_arrival(
    *, entity_id: int, incoming: Incoming, at: datetime, uploaded_by: User | None = None
) -> Arrival:
    """
    Keep what arrived inside the caller's transaction; see `receive`.

    :raises ArrivalRefused: if there are no bytes, or more than 100 MB
    """
    assert connection.in_atomic_block, "what arrives is kept with what it belongs to"
    if not incoming.content:
        raise ArrivalRefused(_("{file} is empty."), file=incoming.filename or "–")
    if len(incoming.content) > SIZE_MAX:
        limit = SIZE_MAX // 1024**2
        raise ArrivalRefused(
            _("{file} is larger than {size} MB."), file=incoming.filename, size=limit
        )
    blob = store_blob(content=incoming.content, at=at)
    arrival, is_new = Arrival.objects.get_or_create(
        entity_id=entity_id,
        identity_key=identity_of(incoming),
        defaults={
            "channel": incoming.channel,
            "source": incoming.source[:255],
            "filename": _safe_name(incoming.filename),
            "blob": blob,
            "uploaded_by": uploaded_by,
            "received_at": at,
        },
    )
    if not is_new:
        Arrival.objects.filter(pk=arrival.pk).update(seen=F("seen") + 1)
        return arrival
    events.record(ArrivalStored(arrival.pk))
    act = Act(
        "arrival.stored", "arrival", arrival.pk, {"channel": arrival.channel, "size": blob.size}
    )
    actor = Actor("user", uploaded_by.name, uploaded_by.pk) if uploaded_by else SYSTEM
    audit.log(entity_id=entity_id, actor=actor, at=at, acts=[act])
    return arrival


def identity_of(incoming: Incoming) -> str:
    """What makes two arrivals one: a mail's own id with its body, else the bytes."""
    head, separator, body = incoming.content.partition(b"\r\n\r\n")
    if not separator or b"\n\n" in head:
        head, separator, body = incoming.content.partition(b"\n\n")
    named = MESSAGE_ID.search(head[:HEADERS_MAX])
    is_mail = incoming.filename.lower().endswith(MAIL_NAMES) or incoming.channel in {
        Arrival.Channel.MAILBOX,
        Arrival.Channel.PIPE,
    }
    if is_mail and named and separator:
        plain = body.replace(b"\r\n", b"\n").rstrip()
        return "mail:" + hashlib.sha256(named.group(1) + b"\n" + plain).hexdigest()
    return "sha:" + hashlib.sha256(incoming.content).hexdigest()


@transaction.atomic(durable=True)
def fail_reading(*, arrival_id: int, error: str, at: datetime) -> Arrival:
    """Keep why an arrival could not be read; a person sees it with its original."""
    arrival = Arrival.objects.select_for_update(no_key=True).get(pk=arrival_id)
    if arrival.state != Arrival.State.RECEIVED:
        return arrival
    arrival.state, arrival.error, arrival.outcome = Arrival.State.FAILED, error[:2000], "unreadable"
    arrival.save(update_fields=["state", "error", "outcome"])
    act = Act("arrival.failed", "arrival", arrival.pk, {"error": arrival.error})
    audit.log(entity_id=arrival.entity_id, actor=SYSTEM, at=at, acts=[act])
    return arrival


def settle_arrival(*, arrival_id: int, state: str, outcome: str, at: datetime) -> None:
    """Say what became of an arrival, inside the caller's transaction; its last word counts."""
    is_over = state in {Arrival.State.DONE, Arrival.State.NOTHING_TO_DO}
    Arrival.objects.filter(pk=arrival_id).update(
        state=state, outcome=outcome, settled_at=at if is_over else None
    )


@transaction.atomic(durable=True)
def mark_arrival(
    *, arrival_id: int, state: str, outcome: str, at: datetime, error: str = ""
) -> None:
    """Say what became of an arrival when nothing else changes with it, and what went wrong."""
    settle_arrival(arrival_id=arrival_id, state=state, outcome=outcome, at=at)
    if error:
        Arrival.objects.filter(pk=arrival_id).update(error=error[:2000])


@transaction.atomic(durable=True)
def set_aside(*, arrival_id: int, outcome: str, member: Membership, at: datetime) -> Arrival:
    """
    A person says that an arrival asks nothing of us, and why.

    :raises ArrivalRefused: if something came of it already
    """
    arrival = Arrival.objects.select_for_update(no_key=True).get(
        pk=arrival_id, entity_id=member.entity_id
    )
    if arrival.state == Arrival.State.DONE:
        raise ArrivalRefused(
            _("Something came of this already: look at it before setting it aside.")
        )
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.NOTHING_TO_DO, outcome=outcome, at=at)
    act = Act("arrival.set_aside", "arrival", arrival.pk, {"outcome": outcome})
    audit.log(entity_id=arrival.entity_id, actor=actor_of(member), at=at, acts=[act])
    arrival.refresh_from_db()
    return arrival


@transaction.atomic(durable=True)
def read_again(*, arrival_id: int, member: Membership, at: datetime) -> Arrival:
    """Put an arrival that failed or was set aside to the reader once more."""
    arrival = Arrival.objects.select_for_update(no_key=True).get(
        pk=arrival_id, entity_id=member.entity_id
    )
    if arrival.state not in {Arrival.State.FAILED, Arrival.State.NOTHING_TO_DO}:
        raise ArrivalRefused(_("This has been read; correct the reading instead."))
    settle_arrival(arrival_id=arrival.pk, state=Arrival.State.WAITING, outcome="unsure", at=at)
    if arrival.document_id is None:
        Arrival.objects.filter(pk=arrival.pk).update(state=Arrival.State.RECEIVED, outcome="")
        events.record(ArrivalStored(arrival.pk))
    else:
        events.record(DocumentRead(arrival.pk, arrival.document_id))
    act = Act("arrival.read_again", "arrival", arrival.pk)
    audit.log(entity_id=arrival.entity_id, actor=actor_of(member), at=at, acts=[act])
    return arrival


def entity_for(code: str) -> Entity:
    """
    The entity of this code; the only one there is when no code is given.

    :raises ArrivalRefused: if there is none, or several and no code
    """
    rows = list(Entity.objects.filter(code=code)[:1] if code else Entity.objects.all()[:2])
    if len(rows) == 1:
        return rows[0]
    known = ", ".join(Entity.objects.values_list("code", flat=True)) or "none yet"
    raise ArrivalRefused(_("Say for which entity: {known}."), known=known)


def _safe_name(name: str) -> str:
    """A file name without folders and control characters: it is shown, never opened."""
    bare = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in bare if c.isprintable())[:255] or "unnamed"

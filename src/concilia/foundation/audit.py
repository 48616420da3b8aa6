from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

from django.db import connection

from concilia.foundation.models import AuditEntry, AuditHead
from concilia.foundation.rows import write_values
from concilia.kernel.hashing import canonical_json

GENESIS: Final = "0" * 64
COLUMNS: Final = (
    "entity_id",
    "seq",
    "at",
    "actor_kind",
    "actor_id",
    "actor_name",
    "act",
    "subject_type",
    "subject_id",
    "data",
    "reason",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a `user` (id = User.pk), a `rule`, the `system`, a `customer`, or a `token`."""

    kind: str
    name: str
    id: int | None = None


SYSTEM: Final = Actor("system", "Concilia")


def rule_actor(name: str) -> Actor:
    """The machine acting by a named rule: shown grey in timelines, never as a person."""
    return Actor("rule", name)


@dataclass(frozen=True, slots=True)
class Act:
    """One act to log. `data` holds JSON values only; money as minor units beside its currency."""

    act: str
    subject_type: str
    subject_id: int
    data: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def log(*, entity_id: int, actor: Actor, at: datetime, acts: Sequence[Act]) -> None:
    """
    Append acts to the entity's audit chain, in order (domain.md INV-24).

    Takes the entity's chain lock until the transaction ends: call it last in an action.
    """
    assert connection.in_atomic_block, "an act is logged in the transaction that made it true"
    if not acts:
        return
    heads = AuditHead.objects.select_for_update(no_key=True).filter(pk=entity_id)
    head = heads.first()
    if head is None:
        AuditHead.objects.bulk_create([AuditHead(entity_id=entity_id)], ignore_conflicts=True)
        head = heads.get()
    entries = list(_chain(head, actor, at, acts))
    write_values(AuditEntry, COLUMNS, entries)
    last = dict(zip(COLUMNS, entries[-1], strict=True))
    AuditHead.objects.filter(pk=entity_id).update(seq=last["seq"], hash=last["hash"])


def first_broken_link(*, entity_id: int) -> int | None:
    """Return the sequence number of the first entry that was changed or removed, or None."""
    previous, expected = GENESIS, 1
    for entry in AuditEntry.objects.filter(entity_id=entity_id).order_by("seq").iterator(5000):
        if entry.seq != expected or entry.previous_hash != previous or entry.hash != hash_of(entry):
            return expected
        previous, expected = entry.hash, expected + 1
    head = AuditHead.objects.filter(pk=entity_id).first()
    if head and (head.seq, head.hash) != (expected - 1, previous):
        return expected
    return None


def hash_of(entry: AuditEntry) -> str:
    """The digest of an entry and of the one before it."""
    actor = Actor(entry.actor_kind, entry.actor_name, entry.actor_id)
    act = Act(entry.act, entry.subject_type, entry.subject_id, entry.data, entry.reason)
    said = _who_and_when(actor, entry.at)
    return _digest(entry.entity_id, entry.seq, said, act, entry.previous_hash)


def _digest(entity_id: int, seq: int, said: str, act: Act, previous: str) -> str:
    """
    The digest of an entry's canonical JSON, written down as it is: keys in order, no blanks.

    :param said: who acted and when, the same for all acts of a call
    """
    text = (
        f'{{"act":{canonical_json(act.act)},{said},"data":{canonical_json(canonical_json(act.data))}'
        f',"entity":{entity_id},"previous":{canonical_json(previous)},"reason":{canonical_json(act.reason)}'
        f',"seq":{seq},"subject":[{canonical_json(act.subject_type)},{act.subject_id}]}}'
    )
    return sha256(text.encode("ascii")).hexdigest()


def _who_and_when(actor: Actor, at: datetime) -> str:
    who = canonical_json([actor.kind, actor.id, actor.name])
    return f'"actor":{who},"at":"{at.astimezone(UTC).isoformat()}"'


def _chain(
    head: AuditHead, actor: Actor, at: datetime, acts: Sequence[Act]
) -> Iterator[tuple[Any, ...]]:
    """The values of each entry, in the order of `COLUMNS`."""
    seq, previous, said = head.seq, head.hash, _who_and_when(actor, at)
    for act in acts:
        seq += 1
        digest = _digest(head.entity_id, seq, said, act, previous)
        yield (
            head.entity_id,
            seq,
            at,
            actor.kind,
            actor.id,
            actor.name,
            act.act,
            act.subject_type,
            act.subject_id,
            dict(act.data),
            act.reason,
            previous,
            digest,
        )
        previous = digest

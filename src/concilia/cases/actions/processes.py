"""Change control of processes: a draft, a second pair of eyes, and versions that stand."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cases.core.process.model import Definition
from concilia.cases.core.process.reading import TEXT_MAX, read_process
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition, ProcessReason
from concilia.cases.queries.processes import digest_of, published_for, shipped_for
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

Status = ProcessDefinition.State
PUBLISHER_LEVEL_MIN: Final = 3
NAMING: Final = re.compile(r"process \S")


class ProcessRefused(Refused):
    """A process cannot be written or published so; the message says why."""


@transaction.atomic(durable=True)
def write_draft(
    *, text: str, member: Membership, at: datetime, seen_sha256: str | None = None
) -> ProcessDefinition:
    """
    Keep a text as the draft of the process it names; it replaces the draft before.

    A draft may be wrong: what is, is said beside it, and publishing refuses it. It counts as
    written by whoever wrote it last.

    :param seen_sha256: the digest of the draft the writer began with, empty for none; None where
        whatever is there is to be replaced
    :raises ProcessRefused: if the caller is no administrator, the text names no process, or the
        draft is another one than the writer saw
    """
    _require_writer(member)
    text = text.replace("\r\n", "\n").rstrip() + "\n"
    key = _key_of(text)
    entity = _lock(member)
    draft = ProcessDefinition.objects.filter(entity=entity, key=key, state=Status.DRAFT).first()
    if draft is None:
        draft = ProcessDefinition(entity=entity, key=key, version=_next_version(entity, key))
    elif seen_sha256 is not None and draft.sha256 != seen_sha256:
        assert draft.written_by is not None, "people write drafts"
        raise ProcessRefused(
            _("{name} changed the draft meanwhile. Yours is still here; saving replaces theirs."),
            name=draft.written_by.user.name,
        )
    draft.text, draft.sha256 = text, digest_of(text)
    draft.written_by, draft.written_at, draft.submitted_at = member, at, None
    draft.save()
    _log(draft, "process.written", member, at)
    return draft


@transaction.atomic(durable=True)
def submit_draft(*, key: str, member: Membership, at: datetime) -> ProcessDefinition:
    """
    Ask a second person to publish a draft.

    :raises ProcessRefused: if there is no draft, something in it must be put right, or the caller
        is no administrator
    """
    _require_writer(member)
    draft = _draft(_lock(member), key)
    _require_sound(draft)
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    _log(draft, "process.submitted", member, at)
    return draft


@transaction.atomic(durable=True)
def publish_draft(
    *, key: str, seen_sha256: str, member: Membership, at: datetime
) -> ProcessDefinition:
    """
    Put a draft in force: cases that begin from now on follow it, those under way stay where they
    are. Its reasons are spoken for by it alone.

    :param seen_sha256: the digest of the text the publisher looked at
    :raises ProcessRefused: if the publisher wrote it (four eyes), may not publish, saw another
        text, it was not submitted, something in it must be put right, or another process of
        the entity speaks for one of its reasons
    """
    if not may_publish(member):
        raise ProcessRefused(_("Only administrators and approvers from level 3 publish."))
    entity = _lock(member)
    draft = _draft(entity, key)
    if draft.written_by_id == member.pk:
        raise ProcessRefused(_("You wrote this draft: somebody else publishes it."))
    if draft.submitted_at is None:
        raise ProcessRefused(_("This draft is still being written."))
    if draft.sha256 != seen_sha256:
        raise ProcessRefused(_("The draft changed since you opened it: look at it again."))
    definition = _require_sound(draft)
    _require_free(draft, definition)
    ProcessDefinition.objects.filter(entity=entity, key=key, state=Status.PUBLISHED).update(
        state=Status.RETIRED, retired_at=at
    )
    draft.state, draft.published_by, draft.published_at = Status.PUBLISHED, member, at
    draft.save(update_fields=["state", "published_by", "published_at"])
    _speak_for(draft, definition)
    _log(draft, "process.published", member, at)
    return draft


def may_publish(member: Membership) -> bool:
    """Whether somebody may put a process in force that others wrote."""
    return member.role == Role.ADMIN or (
        member.role == Role.APPROVER and member.level >= PUBLISHER_LEVEL_MIN
    )


@transaction.atomic(durable=True)
def drop_draft(*, key: str, member: Membership, at: datetime) -> None:
    """
    Throw a draft away; what is published stays in force.

    :raises ProcessRefused: if there is none, or the caller is no administrator
    """
    _require_writer(member)
    draft = _draft(_lock(member), key)
    _log(draft, "process.dropped", member, at)
    draft.delete()


def process_row_for(*, entity_id: int, reason: str, at: datetime) -> ProcessDefinition:
    """
    The version a case of this reason follows if it begins now, inside the caller's transaction.

    What came with the program becomes a row the first time, so that the case keeps that text.
    """
    assert connection.in_atomic_block, "a case begins with its process"
    if row := published_for(entity_id=entity_id, reason=reason):
        return row
    own = shipped_for(reason)
    kept, _is_new = ProcessDefinition.objects.get_or_create(
        entity_id=entity_id,
        key=own.definition.key,
        sha256=own.sha256,
        state=Status.SHIPPED,
        defaults={"version": 0, "text": own.text, "written_at": at},
    )
    return kept


def _require_free(draft: ProcessDefinition, definition: Definition) -> None:
    others = ProcessReason.objects.filter(
        entity=draft.entity_id, reason__in=definition.reasons
    ).exclude(process__key=draft.key)
    taken = others.select_related("process").order_by("reason").first()
    if taken is not None:
        raise ProcessRefused(
            _("{reason} belongs to the process {key}: take it out there first."),
            reason=taken.reason,
            key=taken.process.key,
        )


def _speak_for(row: ProcessDefinition, definition: Definition) -> None:
    """Its reasons are its own now; reasons it left go back to what came with the program."""
    ProcessReason.objects.filter(entity=row.entity_id, process__key=row.key).delete()
    ProcessReason.objects.bulk_create(
        ProcessReason(entity_id=row.entity_id, reason=reason, process=row)
        for reason in definition.reasons
    )


def _require_sound(draft: ProcessDefinition) -> Definition:
    reading, found = prove(draft.text)
    if reading.definition is None or found:
        raise ProcessRefused(_("{n} things in this draft must be put right first."), n=len(found))
    return reading.definition


def _key_of(text: str) -> str:
    if len(text) > TEXT_MAX:
        raise ProcessRefused(_("This text is too long for a process."))
    if "\x00" in text:
        raise ProcessRefused(_("This line contains a sign one cannot see."))
    names = [line.split(maxsplit=1)[1] for line in text.splitlines() if NAMING.match(line)]
    reading = read_process(f"process {names[0].strip()}\n") if names else None
    if reading is None or not names or "" not in reading.lines:
        raise ProcessRefused(_("The text must begin by naming its process."))
    return names[0].strip()


def _require_writer(member: Membership) -> None:
    if member.role != Role.ADMIN:
        raise ProcessRefused(_("Only administrators write processes."))


def _lock(member: Membership) -> Entity:
    """Writers and publishers of one entity wait for each other."""
    return Entity.objects.select_for_update(no_key=True).get(pk=member.entity_id)


def _draft(entity: Entity, key: str) -> ProcessDefinition:
    draft = ProcessDefinition.objects.filter(entity=entity, key=key, state=Status.DRAFT).first()
    if draft is None:
        raise ProcessRefused(_("There is no draft of this process."))
    return draft


def _next_version(entity: Entity, key: str) -> int:
    rows = ProcessDefinition.objects.filter(entity=entity, key=key)
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1


def _log(row: ProcessDefinition, act: str, member: Membership, at: datetime) -> None:
    data = {"key": row.key, "version": row.version, "sha256": row.sha256}
    acts = [Act(act, "process", row.pk, data)]
    audit.log(entity_id=row.entity_id, actor=actor_of(member), at=at, acts=acts)

"""Change control of processes: a draft, a second pair of eyes, and versions that stand."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.process_rows import (
    ProcessRefused,
    draft_of,
    keep_text,
    key_of,
    lock_entity,
    log_process,
    next_version,
    require_seen,
    require_writer,
)
from concilia.cases.core.process.model import Definition
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition, ProcessReason, ProcessText
from concilia.cases.queries.processes import published_for, shipped_for
from concilia.identity.models import Membership, Role

Status = ProcessDefinition.State


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
    require_writer(member)
    text = text.replace("\r\n", "\n").rstrip() + "\n"
    key = key_of(text)
    entity = lock_entity(member)
    draft = ProcessDefinition.objects.filter(entity=entity, key=key, state=Status.DRAFT).first()
    if draft is None:
        draft = ProcessDefinition(entity=entity, key=key, version=next_version(entity, key))
    else:
        require_seen(draft, seen_sha256)
    return keep_text(draft, text, member, at)


@transaction.atomic(durable=True)
def submit_draft(*, key: str, member: Membership, at: datetime) -> ProcessDefinition:
    """
    Ask a second person to publish a draft.

    :raises ProcessRefused: if there is no draft, something in it must be put right, or the caller
        is no administrator
    """
    require_writer(member)
    draft = draft_of(lock_entity(member), key)
    _require_sound(draft)
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    log_process(draft, "process.submitted", member, at)
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
        raise ProcessRefused(_("Only administrators publish processes."))
    entity = lock_entity(member)
    draft = draft_of(entity, key)
    if draft.written_by_id == member.pk:
        raise ProcessRefused(_("You wrote this draft: somebody else publishes it."))
    if ProcessText.objects.filter(draft=draft, written_by=member).exists():
        raise ProcessRefused(_("You wrote part of this draft: somebody else publishes it."))
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
    ProcessText.objects.filter(draft=draft).delete()
    _speak_for(draft, definition)
    log_process(draft, "process.published", member, at)
    return draft


def may_publish(member: Membership) -> bool:
    """
    Whether somebody may put a process in force that others wrote.

    Who sets the rules signs nothing by them (SoD-6, domain.md §8.3): so approvers, of whichever
    level, do not publish.
    """
    return member.role == Role.ADMIN


@transaction.atomic(durable=True)
def drop_draft(*, key: str, member: Membership, at: datetime) -> None:
    """
    Throw a draft away; what is published stays in force.

    :raises ProcessRefused: if there is none, or the caller is no administrator
    """
    require_writer(member)
    draft = draft_of(lock_entity(member), key)
    log_process(draft, "process.dropped", member, at)
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

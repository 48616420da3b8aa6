"""Rows of processes, for the acts that change them: locked, kept with what they were before."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cases.core.process.reading import TEXT_MAX, read_process
from concilia.cases.models import ProcessDefinition, ProcessText
from concilia.cases.queries.processes import digest_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

Status = ProcessDefinition.State
NAMING: Final = re.compile(r"process \S")
TEXTS_MAX: Final = 200


class ProcessRefused(Refused):
    """A process cannot be written or published so; the message says why."""


def keep_text(
    draft: ProcessDefinition, text: str, member: Membership, at: datetime
) -> ProcessDefinition:
    """Give a draft another text; the one before can be gone back to."""
    if draft.text == text:
        return draft
    if draft.text:
        _keep(draft, draft.text, draft.written_by)
        ProcessText.objects.filter(draft=draft, n__gt=draft.text_n).delete()
        draft.text_n += 1
    put_text(draft, text, member, at)
    _keep(draft, text, member)
    ProcessText.objects.filter(draft=draft, n__lte=draft.text_n - TEXTS_MAX).delete()
    return draft


def _keep(draft: ProcessDefinition, text: str, member: Membership | None) -> None:
    ProcessText.objects.get_or_create(
        draft=draft, n=draft.text_n, defaults={"text": text, "written_by": member}
    )


def put_text(draft: ProcessDefinition, text: str, member: Membership, at: datetime) -> None:
    """Write a draft's row: it counts as written by whoever wrote it last."""
    draft.text, draft.sha256 = text, digest_of(text)
    draft.written_by, draft.written_at, draft.submitted_at = member, at, None
    draft.save()
    log_process(draft, "process.written", member, at)


def require_seen(draft: ProcessDefinition, seen_sha256: str | None) -> None:
    """
    Refuse to change a draft that is another one than the writer saw; None sees everything.

    :raises ProcessRefused: naming whoever changed it
    """
    if seen_sha256 is None or draft.sha256 == seen_sha256:
        return
    assert draft.written_by is not None, "people write drafts"
    raise ProcessRefused(
        _("{name} changed the draft meanwhile. Yours is still here; saving replaces theirs."),
        name=draft.written_by.user.name,
    )


def key_of(text: str) -> str:
    """
    The process a text names.

    :raises ProcessRefused: if it names none, or cannot be kept
    """
    if len(text) > TEXT_MAX:
        raise ProcessRefused(_("This text is too long for a process."))
    if "\x00" in text:
        raise ProcessRefused(_("This line contains a sign one cannot see."))
    names = [line.split(maxsplit=1)[1] for line in text.splitlines() if NAMING.match(line)]
    reading = read_process(f"process {names[0].strip()}\n") if names else None
    if reading is None or not names or "" not in reading.lines:
        raise ProcessRefused(_("The text must begin by naming its process."))
    return names[0].strip()


def require_writer(member: Membership) -> None:
    """Refuse whoever is no administrator."""
    if member.role != Role.ADMIN:
        raise ProcessRefused(_("Only administrators write processes."))


def lock_entity(member: Membership) -> Entity:
    """Writers and publishers of one entity wait for each other."""
    return Entity.objects.select_for_update(no_key=True).get(pk=member.entity_id)


def draft_of(entity: Entity, key: str) -> ProcessDefinition:
    """The draft of a process; refused where there is none."""
    draft = ProcessDefinition.objects.filter(entity=entity, key=key, state=Status.DRAFT).first()
    if draft is None:
        raise ProcessRefused(_("There is no draft of this process."))
    return draft


def next_version(entity: Entity, key: str) -> int:
    """The number the next draft gets."""
    rows = ProcessDefinition.objects.filter(entity=entity, key=key)
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1


def log_process(row: ProcessDefinition, act: str, member: Membership, at: datetime) -> None:
    """Keep in the audit log what was done to a version."""
    data = {"key": row.key, "version": row.version, "sha256": row.sha256}
    acts = [Act(act, "process", row.pk, data)]
    audit.log(entity_id=row.entity_id, actor=actor_of(member), at=at, acts=acts)

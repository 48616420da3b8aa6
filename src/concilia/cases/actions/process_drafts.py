"""Drafts of processes changed on the drawn route, begun from any version, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.process_rows import (
    ProcessRefused,
    draft_of,
    keep_text,
    key_of,
    lock_entity,
    log_process,
    next_version,
    put_text,
    require_seen,
    require_writer,
)
from concilia.cases.core.process.editing import Edit, edit, new_process
from concilia.cases.core.process.flow import EditRefused
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition, ProcessText
from concilia.cases.queries.processes import process_of, shipped, text_in_force, text_of_version
from concilia.identity.models import Entity, Membership

Status = ProcessDefinition.State
REFUSALS = {
    "text_unreadable": _("This text cannot be read: put it right as text first."),
    "step_unknown": _("There is no step “{name}” any more."),
    "not_a_group": _("“{name}” does not run together."),
    "group_in_branch": _("What runs together cannot stand inside a branch."),
    "last_step": _("A process needs at least one step."),
    "name_unreadable": _("“{name}” is no name: small letters, digits and “-”, at most 40."),
    "name_reserved": _("No step may be called “{name}”."),
    "name_taken": _("“{name}” is the name of another step already."),
}


@transaction.atomic(durable=True)
def begin_draft(
    *, key: str, version: int | None, member: Membership, at: datetime
) -> ProcessDefinition:
    """
    Begin a draft with the text of a version; 0 is the program's own, None the one in force.

    :raises ProcessRefused: if there is a draft already, there is no such version, or the caller is
        no administrator
    """
    require_writer(member)
    entity = lock_entity(member)
    text = _text_of(entity, key, version)
    return keep_text(_new_draft(entity, key), text, member, at)


@transaction.atomic(durable=True)
def begin_process(
    *, key: str, title: str, reason: str, member: Membership, at: datetime
) -> ProcessDefinition:
    """
    Begin a process from nothing: a draft that proposes, signs, posts, answers and asks the cause.

    :param title: in the writer's language
    :raises ProcessRefused: if there is one of this name, it cannot be called so, or the caller is
        no administrator
    """
    require_writer(member)
    entity = lock_entity(member)
    if process_of(entity, key) is not None:
        raise ProcessRefused(_("There is a process “{name}” already."), name=key)
    try:
        text = new_process(key, member.user.language[:2], " ".join(title.split()), reason)
    except EditRefused as refused:
        raise ProcessRefused(REFUSALS[refused.code], name=refused.name) from None
    key_of(text)
    return keep_text(_new_draft(entity, key), text, member, at)


@transaction.atomic(durable=True)
def edit_draft(
    *, key: str, change: Edit, seen_sha256: str, member: Membership, at: datetime
) -> tuple[ProcessDefinition, str]:
    """
    Change a draft by one act on its route; returns it with the step the act was about.

    :raises ProcessRefused: if there is no draft or another one than was seen, the act does not fit,
        or the caller is no administrator
    """
    require_writer(member)
    draft = draft_of(lock_entity(member), key)
    # Two quick clicks of one person follow each other; what somebody else did must be seen.
    require_seen(draft, None if draft.written_by_id == member.pk else seen_sha256)
    try:
        edited = edit(draft.text, change)
    except EditRefused as refused:
        raise ProcessRefused(REFUSALS[refused.code], name=refused.name) from None
    if key_of(edited.text) != key:
        raise ProcessRefused(_("The text must begin by naming its process."))
    return keep_text(draft, edited.text, member, at), edited.step


@transaction.atomic(durable=True)
def step_through_texts(
    *, key: str, by: int, seen_sha256: str, member: Membership, at: datetime
) -> ProcessDefinition:
    """
    Go back to the text a draft had before (`by` -1), or forward again (1).

    :raises ProcessRefused: if there is none, or the draft is another one than was seen
    """
    require_writer(member)
    draft = draft_of(lock_entity(member), key)
    require_seen(draft, seen_sha256)
    other = ProcessText.objects.filter(draft=draft, n=draft.text_n + by).first()
    if other is None:
        raise ProcessRefused(_("There is nothing more to take back or to do again."))
    draft.text_n = other.n
    put_text(draft, other.text, member, at)
    return draft


@transaction.atomic(durable=True)
def roll_back(*, key: str, version: int, member: Membership, at: datetime) -> ProcessDefinition:
    """
    Bring an older version back: its text becomes a draft that waits for a second person.

    It is published like every other draft (four eyes); the version it replaces stays readable.

    :param version: 0 is what came with the program
    :raises ProcessRefused: if there is a draft already, no such version, it is in force, or it is
        not sound by the rules of today
    """
    require_writer(member)
    entity = lock_entity(member)
    text = _text_of(entity, key, version)
    draft = _new_draft(entity, key)
    found = process_of(entity, key)
    if found is not None and text == text_in_force(found):
        raise ProcessRefused(_("This version says what is in force already."))
    draft.restores = version
    keep_text(draft, text, member, at)
    if prove(text)[1]:
        raise ProcessRefused(_("This version is not sound any more: begin a draft with it."))
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    log_process(draft, "process.rolled_back", member, at)
    return draft


def _text_of(entity: Entity, key: str, version: int | None) -> str:
    found = process_of(entity, key)
    if found is None or (version == 0 and key not in shipped()):
        raise ProcessRefused(_("There is no such version."))
    text = text_in_force(found) if version is None else text_of_version(entity, key, version)
    if not text:
        raise ProcessRefused(_("There is no such version."))
    return text


def _new_draft(entity: Entity, key: str) -> ProcessDefinition:
    if ProcessDefinition.objects.filter(entity=entity, key=key, state=Status.DRAFT).exists():
        raise ProcessRefused(_("There is a draft already: throw it away first."))
    return ProcessDefinition(entity=entity, key=key, version=next_version(entity, key))

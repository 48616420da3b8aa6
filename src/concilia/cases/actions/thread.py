from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.resting import wake
from concilia.cases.models import Case, CaseMessage, Mention
from concilia.correspondence.models import Message
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of, members_of

NOTE_LENGTH_MAX = 20_000
PROGRAM = "Concilia"
MENTION = re.compile(r"@([\w\u00c0-\u017f'\u2019-]+(?:\s[\w\u00c0-\u017f'\u2019-]+)?)")


class NoteRefused(Refused):
    """A note cannot be kept as it is; the message says why."""


def add_to_thread(*, case: Case, message: Message) -> CaseMessage:
    """
    Give a message its place in a case, inside the caller's transaction; once.

    What somebody wrote wakes a case that rests.
    """
    assert connection.in_atomic_block, "a message joins a thread with the act that brings it"
    row, is_new = CaseMessage.objects.get_or_create(message=message, defaults={"case": case})
    if is_new and message.lane == Message.Lane.IN:
        wake(case=case)
    return row


@transaction.atomic(durable=True)
def write_note(*, case_id: int, text: str, member: Membership, at: datetime) -> CaseMessage:
    """
    Keep an internal note in a case's thread; members named with @ find it on their home page.

    :raises NoteRefused: if it is empty or too long
    """
    case = Case.objects.get(pk=case_id, entity_id=member.entity_id)
    placed, act = keep_note(case=case, text=text, member=member, at=at)
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return placed


def keep_note(
    *, case: Case, text: str, member: Membership, at: datetime
) -> tuple[CaseMessage, Act]:
    """
    Write a note inside the caller's transaction; returns it with its log.

    :raises NoteRefused: if it is empty or too long
    """
    assert connection.in_atomic_block, "a note is kept with the act that writes it"
    text = text.strip()
    if not text:
        raise NoteRefused(_("A note needs words."))
    if len(text) > NOTE_LENGTH_MAX:
        raise NoteRefused(_("A note has at most {most} characters."), most=NOTE_LENGTH_MAX)
    message = Message.objects.create(
        entity_id=case.entity_id,
        customer_id=case.customer_id,
        lane=Message.Lane.NOTE,
        channel="desk",
        state=Message.State.WRITTEN,
        author=member.user,
        sender_name=member.user.name,
        body=text,
        language=member.user.language,
        key=f"note:{uuid4()}",
        written_at=at,
    )
    placed = add_to_thread(case=case, message=message)
    mentioned = _mentioned(text, case.entity_id)
    Mention.objects.bulk_create(
        [Mention(case_message=placed, member=each) for each in mentioned if each != member]
    )
    return placed, Act("case.noted", "case", case.pk, {"message": message.pk})


def tell_owner(*, case: Case, text: str, language: str, at: datetime) -> CaseMessage:
    """
    Tell a case's owner what happened without them, inside the caller's transaction.

    It stands in the thread as a note of the program, and on the owner's home page until read.
    """
    assert connection.in_atomic_block, "the owner is told with the act that happened"
    message = Message.objects.create(
        entity_id=case.entity_id,
        customer_id=case.customer_id,
        lane=Message.Lane.NOTE,
        channel="desk",
        state=Message.State.WRITTEN,
        sender_name=PROGRAM,
        body=text,
        language=language,
        key=f"note:{uuid4()}",
        written_at=at,
    )
    placed = add_to_thread(case=case, message=message)
    if case.owner_id:
        Mention.objects.create(case_message=placed, member_id=case.owner_id)
    return placed


@transaction.atomic(durable=True)
def read_mention(*, mention_id: int, member: Membership, at: datetime) -> None:
    """Mark a mention of this member as seen."""
    Mention.objects.filter(pk=mention_id, member=member, read_at=None).update(read_at=at)


def _mentioned(text: str, entity_id: int) -> list[Membership]:
    """Members whose full name, or whose first name if it is the only one, follows an @."""
    words = {match.group(1).casefold() for match in MENTION.finditer(text)}
    if not words:
        return []
    firsts = {word.split()[0] for word in words}
    members = list(members_of(entity_id=entity_id))
    by_first: dict[str, list[Membership]] = {}
    for each in members:
        by_first.setdefault(each.user.name.split()[0].casefold(), []).append(each)
    full = [each for each in members if each.user.name.casefold() in words]
    lone = [found[0] for first in firsts if len(found := by_first.get(first, [])) == 1]
    return list(dict.fromkeys([*full, *lone]))

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.models import Case, CaseMessage, Mention, Notice, NoticeKind
from concilia.correspondence.models import Message
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of, members_of

NOTE_LENGTH_MAX = 20_000
PROGRAM = "Concilia"


class NoteRefused(Refused):
    """A note cannot be kept as it is; the message says why."""


def add_to_thread(*, case: Case, message: Message) -> CaseMessage:
    """Give a message its place in a case, inside the caller's transaction; once."""
    assert connection.in_atomic_block, "a message joins a thread with the act that brings it"
    row, is_new = CaseMessage.objects.get_or_create(message=message, defaults={"case": case})
    if is_new and message.lane == Message.Lane.IN and message.written_at > case.opened_at:
        _tell_of_answer(case, row, message)
    return row


def _tell_of_answer(case: Case, placed: CaseMessage, message: Message) -> None:
    """Whose case it is hears that somebody wrote; of what was said the notice says nothing."""
    if case.owner_id is None:
        return
    told = NewNotice(
        person_id=case.owner_id,
        kind=NoticeKind.MESSAGE,
        key=f"message:{placed.pk}",
        case_id=case.pk,
        facts={
            "number": case.number,
            "from": message.sender_name or message.sender,
            "entry": placed.pk,
        },
    )
    record_notices(entity_id=case.entity_id, notices=[told], at=message.written_at)


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
    mentioned = [each for each in _mentioned(text, case.entity_id) if each != member]
    Mention.objects.bulk_create([Mention(case_message=placed, member=each) for each in mentioned])
    facts = {"number": case.number, "by": member.user.name, "entry": placed.pk}
    told = [
        NewNotice(
            person_id=each.pk,
            kind=NoticeKind.MENTION,
            key=f"mention:{placed.pk}",
            case_id=case.pk,
            facts=facts,
        )
        for each in mentioned
    ]
    record_notices(entity_id=case.entity_id, notices=told, at=at)
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
    mention = Mention.objects.filter(pk=mention_id, member=member, read_at=None).first()
    if mention is None:
        return
    Mention.objects.filter(pk=mention.pk).update(read_at=at)
    told = Notice.objects.filter(person=member, key=f"mention:{mention.case_message_id}")
    told.filter(seen_at=None).update(seen_at=at)


def _mentioned(text: str, entity_id: int) -> list[Membership]:
    """
    Members whose full name, or whose first name if it is the only one, follows an @.

    The longest name that fits counts: `@Anna Maria Rossi` is not Anna Maria.
    """
    if "@" not in text:
        return []
    members = list(members_of(entity_id=entity_id))
    named: dict[str, Membership | None] = {}
    for each in members:
        first = each.user.name.split()[0].casefold()
        named[first] = None if first in named else each
    named |= {each.user.name.casefold(): each for each in members}
    names = sorted((name for name, each in named.items() if each), key=len, reverse=True)
    if not names:
        return []
    pattern = re.compile(rf"(?<!\w)@({'|'.join(map(re.escape, names))})(?!\w)")
    found = [named[match.group(1)] for match in pattern.finditer(text.casefold())]
    return [each for each in dict.fromkeys(found) if each]

"""What colleagues do with a message of a thread: react, read, take its words away."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.models import (
    Case,
    CaseDocument,
    CaseMessage,
    Mention,
    NoteFile,
    Notice,
    NoticeKind,
    Reaction,
    Step,
)
from concilia.correspondence.actions import redact_message
from concilia.correspondence.models import Message
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of

READ = """
INSERT INTO cases_threadread (case_id, member_id, upto, read_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (case_id, member_id) DO UPDATE SET upto = excluded.upto, read_at = excluded.read_at
WHERE cases_threadread.upto < excluded.upto
"""
COPIED_MAX = 2000  # of a mail's words an answered step keeps a copy
OF_THE_THREAD = (NoticeKind.MENTION, NoticeKind.MESSAGE)
STAND_IN_THE_LOG = ("decision", "ask:")


class TalkRefused(Refused):
    """What is asked of a message cannot be; the message says why."""


@transaction.atomic(durable=True)
def react(*, entry_id: int, sign: str, member: Membership, at: datetime) -> bool:
    """
    Put a sign of this member on a message, or take it off again; returns whether it is there now.

    :raises CaseMessage.DoesNotExist: if their entity has no such message
    :raises TalkRefused: if there is no such sign
    """
    if sign not in Reaction.Sign.values:
        raise TalkRefused(_("There is no such sign."))
    entry = CaseMessage.objects.get(pk=entry_id, case__entity_id=member.entity_id)
    mine = Reaction.objects.filter(case_message=entry, member=member, sign=sign)
    if mine.delete()[0]:
        return False
    Reaction.objects.bulk_create(
        [Reaction(case_message=entry, member=member, sign=sign, at=at)], ignore_conflicts=True
    )
    return True


@transaction.atomic(durable=True)
def read_thread(*, case_id: int, upto: int, member: Membership, at: datetime) -> None:
    """
    Keep that a member has read a case's thread up to an entry; what told them of it is seen.

    Nobody un-reads: an older entry changes nothing.

    :raises Case.DoesNotExist: if their entity has no such case
    """
    case = Case.objects.get(pk=case_id, entity_id=member.entity_id)
    newest = CaseMessage.objects.filter(case=case, pk__lte=upto).order_by("-pk").first()
    if newest is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(READ, [case.pk, member.pk, newest.pk, at])
    Mention.objects.filter(
        member=member, read_at=None, case_message__case=case, case_message_id__lte=newest.pk
    ).update(read_at=at)
    told = Notice.objects.filter(person=member, case=case, kind__in=OF_THE_THREAD, seen_at=None)
    told.filter(facts__entry__lte=newest.pk).update(seen_at=at)


@transaction.atomic(durable=True)
def redact(*, entry_id: int, reason: str, member: Membership, at: datetime) -> CaseMessage:
    """
    Take the words of a message away for good; that it was said, by whom and when stays.

    The words go from the thread, from every search and from what was copied of them into the case.

    :raises CaseMessage.DoesNotExist: if their entity has no such message
    :raises TalkRefused: without a reason; for somebody else's words, unless an approver asks; for
        what is on its way or is part of a decision or a question
    """
    entry = CaseMessage.objects.select_related("message", "case").get(
        pk=entry_id, case__entity_id=member.entity_id
    )
    said = entry.message
    _require_redactable(said, member)
    body = said.body
    redact_message(message_id=said.pk, reason=reason, by=member.user, at=at)
    papers = NoteFile.objects.filter(case_message=entry).values("paper")
    CaseDocument.objects.filter(pk__in=papers).update(says="")
    if body:
        Step.objects.filter(case=entry.case, answer=body[:COPIED_MAX].strip()).update(answer="")
    Mention.objects.filter(case_message=entry, read_at=None).update(read_at=at)
    act = Act("case.redacted", "case", entry.case_id, {"message": said.pk}, reason.strip())
    audit.log(entity_id=entry.case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return entry


def _require_redactable(said: Message, member: Membership) -> None:
    is_own = said.author_id == member.user_id
    if not is_own and member.role not in {Role.APPROVER, Role.ADMIN}:
        raise TalkRefused(_("Only who wrote it, or an approver, takes words away."))
    if said.redacted_at:
        raise TalkRefused(_("These words are gone already."))
    if said.state == Message.State.QUEUED:
        raise TalkRefused(_("This is on its way; wait until it has left."))
    if said.lane == Message.Lane.OUT and any(part in said.key for part in STAND_IN_THE_LOG):
        raise TalkRefused(_("This belongs to a decision or a question and stays readable there."))

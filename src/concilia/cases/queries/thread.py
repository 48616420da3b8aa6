"""The conversation of a case: its entries with all that hangs on them, and how far it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from concilia.cases.models import (
    CaseMessage,
    CustomerLane,
    Mention,
    NoteFile,
    Reaction,
    ThreadRead,
)
from concilia.identity.models import Membership, User

# One statement of counters that only grow or change when something in the conversation does.
MARK = """
SELECT count(*), coalesce(max(t.id), 0), count(m.redacted_at), count(m.sent_at),
       count(*) FILTER (WHERE m.state IN ('FAILED', 'WITHHELD')),
       (SELECT concat(count(*), '-', coalesce(max(r.id), 0)) FROM cases_reaction r
         JOIN cases_casemessage x ON x.id = r.case_message_id WHERE x.case_id = %(case)s),
       (SELECT coalesce(sum(upto), 0) FROM cases_threadread WHERE case_id = %(case)s)
  FROM cases_casemessage t JOIN correspondence_message m ON m.id = t.message_id
 WHERE t.case_id = %(case)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """
    What hangs on the entries of one conversation, by the entry's id.

    `readers` are colleagues by the last entry they have read; `upto` is how far the person asking
    has read, 0 for nothing yet.
    """

    reactions: Mapping[int, Sequence[Reaction]] = field(default_factory=dict)
    files: Mapping[int, Sequence[NoteFile]] = field(default_factory=dict)
    readers: Mapping[int, Sequence[User]] = field(default_factory=dict)
    mentioned: Mapping[int, Sequence[str]] = field(default_factory=dict)
    upto: int = 0


def around(*, case_id: int, member: Membership) -> Around:
    """Reactions, files and readers of a case's conversation. Five statements."""
    reactions: dict[int, list[Reaction]] = defaultdict(list)
    marks = Reaction.objects.filter(case_message__case=case_id).select_related("member__user")
    for mark in marks.order_by("pk"):
        reactions[mark.case_message_id].append(mark)
    files: dict[int, list[NoteFile]] = defaultdict(list)
    dropped = NoteFile.objects.filter(case_message__case=case_id)
    for file in dropped.select_related("paper__document").order_by("pk"):
        files[file.case_message_id].append(file)
    readers: dict[int, list[User]] = defaultdict(list)
    upto = 0
    reads = list(ThreadRead.objects.filter(case=case_id).select_related("member__user"))
    places = list(
        CaseMessage.objects.filter(case=case_id).order_by("pk").values_list("pk", flat=True)
    )
    for read in reads:
        if read.member_id == member.pk:
            upto = read.upto
            continue
        last = max((place for place in places if place <= read.upto), default=None)
        if last is not None:
            readers[last].append(read.member.user)
    mentioned: dict[int, list[str]] = defaultdict(list)
    asked = Mention.objects.filter(case_message__case=case_id)
    for entry, name in asked.values_list("case_message_id", "member__user__name"):
        mentioned[entry].append(name)
    return Around(reactions=reactions, files=files, readers=readers, mentioned=mentioned, upto=upto)


def mark_of_talk(*, case_id: int) -> str:
    """A word that is another one whenever the conversation of a case shows something else."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"case": case_id})
        row = cursor.fetchone()
    assert row is not None
    return ".".join(map(str, row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """One message as its customer may read it. An empty `body` of a redacted one says nothing."""

    id: int
    lane: str
    sender_name: str
    subject: str
    body: str
    language: str
    written_at: datetime
    is_redacted: bool


def customer_lane(*, entity_id: int, case_id: int, most: int = 500) -> list[Outside]:
    """
    What a case's customer may read of it, oldest first; nothing else can come out of here.

    It reads the database's view of that lane, which has no notes and no words with third parties.
    """
    rows = CustomerLane.objects.filter(entity_id=entity_id, case_id=case_id)
    return [
        Outside(
            id=row.pk,
            lane=row.lane,
            sender_name=row.sender_name,
            subject=row.subject,
            body=row.body,
            language=row.language,
            written_at=row.written_at,
            is_redacted=row.is_redacted,
        )
        for row in reversed(rows.order_by("-written_at", "-pk")[:most])
    ]

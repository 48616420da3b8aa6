from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.models import Case, NoticeKind, Watch, WatchHead
from concilia.foundation.models import AuditHead
from concilia.identity.models import Membership

ENTRIES_AT_ONCE: Final = 20_000
# What stands in the log for those who check it, and what only follows from another act.
SILENT: Final = ("claim.moved", "claim.verdict_computed")
NEWS: Final = """
SELECT w.member_id, w.case_id, e.seq, e.act, e.actor_kind, e.actor_name
  FROM foundation_auditentry e
  JOIN cases_watch w ON w.entity_id = e.entity_id AND w.case_id = e.subject_id
  JOIN identity_membership m ON m.id = w.member_id AND m.is_active
 WHERE e.entity_id = %(entity)s AND e.seq > %(told)s AND e.seq <= %(until)s
   AND e.subject_type = 'case' AND e.at >= w.since_at AND NOT e.act = ANY(%(silent)s)
   AND NOT (e.actor_kind IN ('user', 'token') AND e.actor_id IS NOT DISTINCT FROM m.user_id)
 ORDER BY e.seq
"""
# Many cases that change hands in one act are one entry of the log, about none of them.
HANDED: Final = """
SELECT w.member_id, w.case_id, e.seq, 'case.handed_over', e.actor_kind, e.actor_name
  FROM foundation_auditentry e
  JOIN cases_handedover h ON h.hand_over_id = e.subject_id AND h.step_id IS NULL
  JOIN cases_watch w ON w.case_id = h.case_id AND e.at >= w.since_at
  JOIN identity_membership m ON m.id = w.member_id AND m.is_active
 WHERE e.entity_id = %(entity)s AND e.seq > %(told)s AND e.seq <= %(until)s
   AND e.subject_type = 'hand_over' AND e.act = 'case.handed_over_together'
   AND e.actor_id IS DISTINCT FROM m.user_id
"""


@transaction.atomic(durable=True)
def watch(*, cases: Sequence[int], member: Membership, at: datetime) -> int:
    """
    Let a member hear of what others do to these cases; returns how many they did not watch before.

    Watching is a person's own and changes nothing: the log says nothing of it.
    """
    found = Case.objects.filter(entity_id=member.entity_id, pk__in=list(cases))
    known = Watch.objects.filter(member=member, case__in=found).values("case")
    fresh = [
        Watch(entity_id=member.entity_id, case_id=key, member=member, since_at=at)
        for key in found.exclude(pk__in=known).values_list("pk", flat=True)
    ]
    Watch.objects.bulk_create(fresh, ignore_conflicts=True)
    _begin_reading(member.entity_id)
    return len(fresh)


@transaction.atomic(durable=True)
def stop_watching(*, cases: Sequence[int], member: Membership) -> int:
    """Let a member hear of these cases no more; returns how many they watched."""
    gone, _by_model = Watch.objects.filter(member=member, case__in=list(cases)).delete()
    return gone


@transaction.atomic(durable=True)
def tell_watchers(*, entity_id: int, at: datetime) -> int:
    """
    Tell those who watch cases what others did to them since the last time; returns how many words.

    Reads the log from where it was read last; entries and watches meet in one statement. Killed
    before it commits, it has told nobody, and reads the same again.
    """
    last = AuditHead.objects.filter(pk=entity_id).values_list("seq", flat=True).first()
    if last is None:
        return 0
    WatchHead.objects.bulk_create([WatchHead(entity_id=entity_id, seq=last)], ignore_conflicts=True)
    head = WatchHead.objects.select_for_update(no_key=True).get(pk=entity_id)
    until = min(last, head.seq + ENTRIES_AT_ONCE)
    if until == head.seq:
        return 0
    news = list(_news(entity_id, head.seq, until))
    told = record_notices(entity_id=entity_id, notices=news, at=at)
    head.seq = until
    head.save(update_fields=["seq"])
    return told


def _begin_reading(entity_id: int) -> None:
    if WatchHead.objects.filter(pk=entity_id).exists():
        return
    last = AuditHead.objects.filter(pk=entity_id).values_list("seq", flat=True).first() or 0
    WatchHead.objects.bulk_create([WatchHead(entity_id=entity_id, seq=last)], ignore_conflicts=True)


def _news(entity_id: int, told: int, until: int) -> Iterator[NewNotice]:
    values: dict[str, Any] = {"entity": entity_id, "told": told, "until": until}
    values["silent"] = list(SILENT)
    with connection.cursor() as cursor:
        for sql in (NEWS, HANDED):
            cursor.execute(sql, values)
            for member, case, seq, act, kind, name in cursor.fetchall():
                yield NewNotice(
                    person_id=member,
                    kind=NoticeKind.WATCHED,
                    key=f"watched:{case}:{seq}",
                    case_id=case,
                    facts={"act": act, "by": name if kind == "user" else ""},
                )

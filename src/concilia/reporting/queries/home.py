"""What home says beside the list: contested now, done since yesterday, running, mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Sum

from concilia.cases.models import Mention, Watch
from concilia.claims.core.work import WITH_OTHERS
from concilia.claims.models import Claim
from concilia.claims.queries.worklist import seats_of, steps_of
from concilia.identity.models import Membership
from concilia.intake.models import ImportRun

MENTIONS_MAX: Final = 8
RUNS_MAX: Final = 3

# What was decided counts as decided; what the rules proved and nobody doubts, as proven; the rest
# is being checked. What is booked already is contested no more: only what was refused is left, and
# nothing where that was paid. Whoever used four fifths of the time, the clock running, may be late.
CONTESTED: Final = """
SELECT l.currency, count(*) AS claims, sum(l.claimed_minor) AS claimed,
       sum(CASE WHEN l.approved_minor + l.denied_minor = l.claimed_minor THEN l.approved_minor
                WHEN l.state IN ('DECISION_PROPOSED', 'IN_APPROVAL') AND l.valid_minor IS NOT NULL
                THEN least(l.valid_minor, l.claimed_minor) ELSE 0 END) AS valid,
       sum(CASE WHEN l.approved_minor + l.denied_minor = l.claimed_minor THEN l.denied_minor
                WHEN l.state IN ('DECISION_PROPOSED', 'IN_APPROVAL') AND l.valid_minor IS NOT NULL
                THEN greatest(l.claimed_minor - l.valid_minor, 0) ELSE 0 END) AS not_valid,
       count(*) FILTER (WHERE l.state NOT IN ('WAITING_CUSTOMER', 'WAITING_THIRD_PARTY')
                          AND c.due_at - (c.due_at - c.opened_at) * 0.2 <= %(at)s) AS may_be_late
  FROM cases_case c
  JOIN (SELECT case_id, entity_id, currency, state, valid_minor, denied_minor,
               CASE WHEN state = ANY(%(booked)s) THEN 0 ELSE approved_minor END AS approved_minor,
               claimed_minor - CASE WHEN state = ANY(%(booked)s) THEN approved_minor ELSE 0 END
               AS claimed_minor
          FROM claims_claim
         WHERE state NOT IN ('CLOSED', 'WITHDRAWN', 'DUPLICATE', 'REPAID')
           AND (state <> ALL(%(booked)s) OR approved_minor < claimed_minor)) l
    ON l.case_id = c.id AND l.entity_id = c.entity_id
 WHERE c.entity_id = %(entity)s AND c.closed_at IS NULL
 GROUP BY 1 ORDER BY l.currency <> %(currency)s, 3 DESC
"""
BOOKED: Final = ("POSTED", "CUSTOMER_NOTIFIED", "ACCEPTED", "ESCALATED_LEGAL", "COLLECT_BACK")
# Of one person: an index gives their open cases.
MINE: Final = """
SELECT count(*) FILTER (WHERE ours AND c.due_at < %(at)s) AS late,
       count(*) FILTER (WHERE ours AND c.due_at >= %(at)s AND c.due_at < %(tonight)s) AS today,
       count(*) FILTER (WHERE NOT ours) AS others,
       count(*) FILTER (WHERE c.snoozed_until_at > %(at)s) AS resting
  FROM cases_case c
  JOIN LATERAL (SELECT NOT l.state = ANY(%(others)s) AS ours FROM claims_claim l
                 WHERE l.case_id = c.id AND l.state NOT IN ('CLOSED', 'WITHDRAWN', 'DUPLICATE')) l
    ON true
 WHERE c.entity_id = %(entity)s AND c.closed_at IS NULL AND c.owner_id = %(member)s
"""
DONE: Final = """
SELECT (SELECT count(*) FROM receivables_bankentry b
         WHERE b.entity_id = %(entity)s AND b.booking_date >= %(day)s AND NOT b.is_return)
       AS payments,
       (SELECT count(*) FROM receivables_bankentry b
          JOIN cash_match m ON m.bank_entry_id = b.id AND m.state = 'POSTED'
         WHERE b.entity_id = %(entity)s AND b.booking_date >= %(day)s AND NOT b.is_return
           AND m.decided_by_id IS NULL) AS untouched,
       (SELECT count(*) FROM documents_document d
         WHERE d.entity_id = %(entity)s AND d.received_at >= %(since)s AND d.state = 'READ'
           AND d.parent_id IS NULL) AS documents,
       (SELECT count(*) FROM claims_claim l
         WHERE l.entity_id = %(entity)s AND l.received_at >= %(since)s) AS claims,
       (SELECT count(*) FROM claims_claim l
         WHERE l.entity_id = %(entity)s AND l.received_at >= %(since)s
           AND l.origin = 'short_payment') AS short_payments,
       (SELECT count(*) FROM ledger_posting p
         WHERE p.entity_id = %(entity)s AND p.state = 'POSTED' AND p.posted_at >= %(since)s)
       AS posted
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """Open claims of one currency; `claimed = valid + not_valid + checked`, minor units."""

    currency: str
    claims: int
    claimed_minor: int
    valid_minor: int
    not_valid_minor: int
    may_be_late: int

    @property
    def checked_minor(self) -> int:
        """What nobody knows yet."""
        return self.claimed_minor - self.valid_minor - self.not_valid_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What happened since the morning of the day before, in numbers."""

    payments: int
    untouched: int
    documents: int
    claims: int
    short_payments: int
    posted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An import that goes on: rows done of all rows."""

    run_id: int
    source: str
    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """Somebody asked the person by name; `claim_id` is where."""

    mention_id: int
    claim_id: int | None
    case_number: str
    who: str
    text: str
    language: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """
    How much of a person's own is where: their cases, what is asked of them, what they watch.

    :param asked: steps, also in the cases of others; `sign`: signatures whose turn it is
    """

    late: int
    today: int
    others: int
    resting: int
    asked: int
    sign: int
    watched: int


def mine_now(*, member: Membership, at: datetime) -> Mine:
    """Counts that open into rows. Four statements."""
    zone = ZoneInfo(member.entity.timezone)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    values: dict[str, Any] = {
        "entity": member.entity_id,
        "member": member.pk,
        "at": at,
        "tonight": datetime.combine(tomorrow, time(), zone),
        "others": list(WITH_OTHERS),
    }
    with connection.cursor() as cursor:
        cursor.execute(MINE, values)
        late, today, others, resting = cursor.fetchone() or (0, 0, 0, 0)
    return Mine(
        late=late,
        today=today,
        others=others,
        resting=resting,
        asked=steps_of(member).filter(case__closed_at=None).values("case").distinct().count(),
        sign=seats_of(member).count(),
        watched=Watch.objects.filter(member=member, case__closed_at=None).count(),
    )


def contested_now(*, entity_id: int, currency: str, at: datetime) -> list[Contested]:
    """What is contested in open claims, by currency, the entity's own first: one statement."""
    asked = {"entity": entity_id, "currency": currency, "at": at, "booked": list(BOOKED)}
    rows = _rows(CONTESTED, asked)
    return [
        Contested(
            currency=row["currency"],
            claims=row["claims"],
            claimed_minor=int(row["claimed"]),
            valid_minor=int(row["valid"]),
            not_valid_minor=int(row["not_valid"]),
            may_be_late=row["may_be_late"],
        )
        for row in rows
    ]


def morning_before(at: datetime, zone: ZoneInfo) -> datetime:
    """Yesterday's first minute in a time zone; after a weekend, Friday's."""
    local = at.astimezone(zone)
    back = {0: 3, 6: 2}.get(local.weekday(), 1)
    return datetime.combine(local.date() - timedelta(days=back), time.min, zone)


def done_since(*, entity_id: int, since: datetime) -> Done:
    """What was done since a moment: one statement of counts, each by its date."""
    parameters = {
        "entity": entity_id,
        "since": since,
        "day": since.date(),
    }
    return Done(**_rows(DONE, parameters)[0])


def running_imports(*, entity_id: int) -> list[Running]:
    """Imports that are being checked or saved now: one statement."""
    runs = (
        ImportRun.objects.filter(
            entity_id=entity_id,
            state__in=[ImportRun.State.CHECKING, ImportRun.State.SAVING],
            finished_at=None,
        )
        .order_by("-started_at")
        .annotate(done=Sum("files__done_rows"), total=Sum("files__total_rows"))[:RUNS_MAX]
    )
    return [
        Running(
            run_id=run.pk,
            source=run.source,
            state=run.state,
            done=run.done or 0,
            total=run.total or 0,
        )
        for run in runs
    ]


def mentions_of(*, member: Membership) -> list[Mentioned]:
    """Notes that name the person and that they have not read, newest first: two statements."""
    rows = (
        Mention.objects.filter(
            member=member, read_at=None, case_message__case__entity_id=member.entity_id
        )
        .select_related("case_message__case", "case_message__message")
        .order_by("-case_message__message__written_at")[:MENTIONS_MAX]
    )
    found = list(rows)
    claims = claims_of_cases([row.case_message.case_id for row in found])
    return [
        Mentioned(
            mention_id=row.pk,
            claim_id=claims.get(row.case_message.case_id),
            case_number=row.case_message.case.number,
            who=row.case_message.message.sender_name,
            text=row.case_message.message.body,
            language=row.case_message.message.language,
            written_at=row.case_message.message.written_at,
        )
        for row in found
    ]


def claims_of_cases(case_ids: Sequence[int]) -> dict[int, int]:
    """The claim each case is about."""
    if not case_ids:
        return {}
    return dict(Claim.objects.filter(case_id__in=case_ids).values_list("case_id", "pk"))


def _rows(sql: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

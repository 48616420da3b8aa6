"""The team: who holds what, what is late, how full the next days are, who is away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from concilia.cases.actions import clock_of
from concilia.cases.core.people import Absence, absence_of
from concilia.cases.core.workload import Load, capacity_minutes, working_days
from concilia.cases.queries.office import today_of, weights_of
from concilia.claims.core.work import WITH_OTHERS
from concilia.identity.models import Absence as AbsenceRow
from concilia.identity.models import Entity, Membership, Role

CARDS_A_LANE: Final = 7
LOOK_AHEAD: Final = timedelta(days=14)

LIVE: Final = """
cases_case c JOIN claims_claim l ON l.case_id = c.id AND l.entity_id = %(entity)s
   AND l.state NOT IN ('CLOSED', 'WITHDRAWN', 'DUPLICATE')
"""
OURS: Final = "NOT l.state = ANY(%(others)s)"
AWAKE: Final = "(c.snoozed_until_at IS NULL OR c.snoozed_until_at <= %(at)s)"
TALLY: Final = f"""
SELECT c.owner_id, count(*) AS cases, count(*) FILTER (WHERE {OURS}) AS ours,
       count(*) FILTER (WHERE {OURS} AND {AWAKE}) AS awake,
       count(*) FILTER (WHERE {OURS} AND c.due_at < %(at)s) AS late,
       count(*) FILTER (WHERE {OURS} AND c.due_at >= %(at)s AND c.due_at < %(tonight)s) AS today
  FROM {LIVE}
 WHERE c.entity_id = %(entity)s AND c.closed_at IS NULL AND (
       c.owner_id = ANY(%(members)s)
       OR c.owner_id IS NULL AND c.department = ANY(%(departments)s))
 GROUP BY c.owner_id
"""  # noqa: S608 - our own words only
STEPS: Final = """
SELECT t.assignee_id, count(*) FROM cases_step t
  JOIN cases_case c ON c.id = t.case_id AND c.entity_id = %(entity)s AND c.closed_at IS NULL
 WHERE t.state = 'OPEN' AND t.holder = 'us' AND t.assignee_id = ANY(%(members)s)
   AND c.owner_id IS DISTINCT FROM t.assignee_id
 GROUP BY t.assignee_id
"""
SHOWN: Final = """
SELECT few.owner_id, c.id AS case_id, l.id AS claim_id, c.number, cu.name AS customer, l.reason,
       l.state, l.currency, l.claimed_minor AS minor, c.due_at, c.opened_at,
       c.snoozed_until_at AS rests_until, c.snoozed_why AS rests_why, s.started_at AS paused_at
  FROM few JOIN cases_case c ON c.id = few.id
  JOIN claims_claim l ON l.case_id = c.id
  JOIN customers_customer cu ON cu.id = c.customer_id
  LEFT JOIN cases_clockstop s ON s.case_id = c.id AND s.ended_at IS NULL
 ORDER BY few.owner_id NULLS FIRST, c.due_at NULLS LAST, c.id
"""
# An index gives each lane its few first ones, however many it holds.
CARDS: Final = f"""
WITH few AS MATERIALIZED (
    SELECT o.id AS owner_id, k.id FROM unnest(%(members)s) AS o(id) CROSS JOIN LATERAL (
        SELECT id FROM cases_case
         WHERE entity_id = %(entity)s AND owner_id = o.id AND closed_at IS NULL
         ORDER BY due_at NULLS LAST, id LIMIT %(limit)s) k
    UNION ALL
    (SELECT NULL, id FROM cases_case
      WHERE entity_id = %(entity)s AND owner_id IS NULL AND closed_at IS NULL
        AND department = ANY(%(departments)s)
      ORDER BY due_at NULLS LAST, id LIMIT %(limit)s))
{SHOWN}
"""  # noqa: S608 - our own words only


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A case on the board; amounts in minor units."""

    owner_id: int | None
    case_id: int
    claim_id: int
    number: str
    customer: str
    reason: str
    state: str
    currency: str
    minor: int
    due_at: datetime | None
    opened_at: datetime
    rests_until: datetime | None
    rests_why: str
    paused_at: datetime | None

    @property
    def is_with_others(self) -> bool:
        """Whether somebody else than the owner has the ball."""
        return self.state in WITH_OTHERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """
    What one person holds; `member` is None for what nobody holds.

    :param ours: cases in which they have the ball; `resting` of these are put off
    :param steps: what they are asked in the cases of others
    """

    member: Membership | None
    cases: int = 0
    ours: int = 0
    late: int = 0
    today: int = 0
    resting: int = 0
    steps: int = 0
    load: Load = field(default_factory=lambda: Load(0, 0))
    away: AbsenceRow | None = None
    away_soon: AbsenceRow | None = None
    cards: Sequence[Card] = ()

    @property
    def hidden(self) -> int:
        """How many of their cases do not fit on the board."""
        return max(self.cases - len(self.cards), 0)

    @property
    def has_left(self) -> bool:
        """Whether the person does not work here any more."""
        return self.member is not None and not self.member.is_active


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People of one department, or of all, with what they hold; `free` is what nobody holds."""

    lanes: Sequence[Lane]
    free: Lane
    days: Sequence[date]


def team_of(
    *, entity: Entity, departments: Sequence[str], at: datetime, cards: bool = True
) -> Team:
    """
    What the people of these departments hold; five statements however much it is.

    Who left is there as long as cases are in their name. The busiest come first where only figures
    are asked for, else people stand in the order of their names.
    """
    asking = _Asking(entity, departments, at)
    tally = {row["owner_id"]: row for row in asking.rows(TALLY)}
    members = [one for one in asking.members if one.is_active or one.pk in tally]
    steps = {row["assignee_id"]: row["count"] for row in asking.rows(STEPS)}
    shown: dict[int | None, list[Card]] = {}
    for row in asking.rows(CARDS) if cards else []:
        shown.setdefault(row["owner_id"], []).append(Card(**row))
    lanes = [
        _lane(asking, one, tally.get(one.pk, {}), steps.get(one.pk, 0), shown.get(one.pk, ()))
        for one in members
    ]
    if not cards:
        lanes.sort(key=lambda lane: (-(lane.load.percent or 0), -lane.cases))
    free = _lane(asking, None, tally.get(None, {}), 0, shown.get(None, ()))
    return Team(lanes=lanes, free=free, days=asking.days)


class _Asking:
    def __init__(self, entity: Entity, departments: Sequence[str], at: datetime) -> None:
        self.entity, self.departments, self.at = entity, list(departments), at
        self.today = today_of(entity, at)
        self.clock = clock_of(entity)
        self.days = working_days(self.clock, self.today)
        self.minutes = weights_of(entity).case_minutes
        found = Membership.objects.filter(entity=entity, department__in=self.departments)
        self.members = list(
            found.exclude(role=Role.AUDITOR).select_related("user").order_by("user__name", "pk")
        )
        self.absences = absences_between(
            entity_id=entity.pk, first=self.today, last=self.today + LOOK_AHEAD
        )

    def rows(self, sql: str) -> list[dict[str, Any]]:
        zone = ZoneInfo(self.entity.timezone)
        values: dict[str, Any] = {
            "entity": self.entity.pk,
            "members": [one.pk for one in self.members],
            "departments": self.departments,
            "others": list(WITH_OTHERS),
            "at": self.at,
            "tonight": datetime.combine(self.today + timedelta(days=1), time(), zone),
            "limit": CARDS_A_LANE,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _lane(
    asking: _Asking,
    member: Membership | None,
    tally: Mapping[str, int],
    steps: int,
    cards: Iterable[Card],
) -> Lane:
    own = [row for row in asking.absences if member and row.member_id == member.pk]
    plain = [plainly(row) for row in own]
    here = member is not None and member.is_active
    now = absence_of(member.pk, plain, asking.today) if member else None
    away = own[plain.index(now)] if now else None
    capacity = capacity_minutes(asking.clock, asking.days, plain) if here else 0
    awake, ours = tally.get("awake", 0), tally.get("ours", 0)
    return Lane(
        member=member,
        cases=tally.get("cases", 0),
        ours=ours,
        late=tally.get("late", 0),
        today=tally.get("today", 0),
        resting=ours - awake,
        steps=steps,
        load=Load((awake + steps) * asking.minutes, capacity),
        away=away,
        away_soon=None if away else next(iter(own), None),
        cards=list(cards),
    )


def absences_between(*, entity_id: int, first: date, last: date) -> list[AbsenceRow]:
    """Absences with a day in a span, both ends included, with their people; the earliest first."""
    found = AbsenceRow.objects.filter(
        entity_id=entity_id, starts_date__lte=last, ends_date__gte=first
    )
    people = found.select_related("member__user", "delegate__user")
    return list(people.order_by("starts_date", "pk"))


def plainly(row: AbsenceRow) -> Absence:
    """An absence as the rules see it."""
    return Absence(row.member_id, row.delegate_id, row.starts_date, row.ends_date)


def standing_in_for(*, member: Membership, at: datetime) -> list[AbsenceRow]:
    """Those whose work a member has today because they are away, the earliest back first."""
    on = today_of(member.entity, at)
    rows = AbsenceRow.objects.filter(
        entity=member.entity_id, delegate=member, starts_date__lte=on, ends_date__gte=on
    )
    return list(rows.select_related("member__user").order_by("ends_date", "pk"))

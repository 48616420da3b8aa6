"""Open cases in turn, with how much of their time is gone, computed in columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final

import numpy as np
from django.db import connection
from django.db.models import Count, Q

from concilia.cases.core.forecast import HISTORY_MIN, of_others
from concilia.cases.core.ladder import Person, ladder
from concilia.cases.core.notices import Reach
from concilia.cases.core.process.model import Definition
from concilia.cases.models import Case, ProcessDefinition, Step
from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.notices import reaches_of
from concilia.cases.queries.processes import definition_of
from concilia.identity.models import Absence, Entity, Membership
from concilia.kernel.deadlines import SlaClock
from concilia.kernel.working_time import Moments, WorkingTime, micros

AT_ONCE: Final = 5_000
AHEAD: Final = timedelta(days=400)  # how far a forecast may look
MARGIN: Final = timedelta(days=30)
HISTORY: Final = timedelta(days=365)
MINUTE: Final = 60_000_000
MEDIANS: Final = """
SELECT process_key, step, percentile_cont(0.5) WITHIN GROUP (ORDER BY working_minutes), count(*)
FROM cases_steptime WHERE entity_id = %s AND closed_at >= %s GROUP BY 1, 2 HAVING count(*) >= %s
"""
CASES: Final = """
SELECT c.id, c.number, c.department, c.owner_id, coalesce(c.restarted_at, c.opened_at), c.due_at,
       coalesce(k.told_percent, 0), k.case_id, k.road::text, c.process_id,
       CASE WHEN c.process_state IS NULL THEN NULL ELSE c.process_state->'open' END::text,
       k.net_minutes, k.expected_at, coalesce(k.is_late_likely, false)
FROM cases_case c LEFT JOIN cases_caseclock k ON k.case_id = c.id
WHERE c.entity_id = %s AND c.closed_at IS NULL AND c.id > %s
ORDER BY c.id LIMIT %s
"""
STOPS: Final = """
SELECT case_id, started_at, ended_at FROM cases_clockstop WHERE case_id = ANY(%s)
"""
STEPS: Final = """
SELECT s.id, s.case_id, s.n, s.place, s.department, s.assignee_id, s.opened_at, s.due_at,
       s.told_percent, c.number, c.department, c.owner_id, s.holder
FROM cases_step s JOIN cases_case c ON c.id = s.case_id
WHERE c.entity_id = %s AND c.closed_at IS NULL AND s.state = 'OPEN' AND s.due_at IS NOT NULL
  AND s.told_percent < 200 AND s.id > %s
ORDER BY s.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """An open case as the clock run reads it."""

    id: int
    number: str
    department: str
    owner: int | None
    started_at: datetime
    due_at: datetime | None
    told: int
    clock: int | None
    road: str | None
    process: int | None
    open: str | None
    net_minutes: int | None
    expected_at: datetime | None
    is_late_likely: bool


@dataclass(frozen=True, slots=True)
class StepRow:
    """An open step in somebody's list as the clock run reads it."""

    id: int
    case: int
    n: int
    place: str
    department: str
    assignee: int | None
    opened_at: datetime
    due_at: datetime
    told: int
    number: str
    of_case: str
    owner: int | None
    holder: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """When clocks stood, in columns: which row of a chunk, from when, until when."""

    row: Moments
    begins: Moments
    ends: Moments
    is_over: np.ndarray[Any, np.dtype[np.bool_]]


@dataclass
class House:
    """What is the same for all cases of an entity during a run; read once."""

    entity: Entity
    at: datetime
    _times: dict[str, WorkingTime] = field(default_factory=dict)
    _rungs: dict[tuple[str, int | None], tuple[int, ...]] = field(default_factory=dict)
    _definitions: dict[int, Definition] = field(default_factory=dict)
    _of_others: dict[int, frozenset[str]] = field(default_factory=dict)

    def clock(self, department: str) -> SlaClock:
        """The working clock of a department."""
        return clock_of(self.entity, department)

    def times(self, department: str) -> WorkingTime:
        """Its working time since the oldest open case, added up."""
        if department not in self._times:
            first, last = (self._oldest - MARGIN).date(), (self.at + AHEAD).date()
            self._times[department] = WorkingTime(self.clock(department), first, last)
        return self._times[department]

    @cached_property
    def _oldest(self) -> datetime:
        rows = Case.objects.filter(entity=self.entity, closed_at=None)
        return rows.order_by("opened_at").values_list("opened_at", flat=True).first() or self.at

    @cached_property
    def people(self) -> list[Person]:
        """Who works here, with what they have open and who stands in for them today."""
        return people_of(self.entity, self.at)

    @cached_property
    def teams(self) -> dict[str, list[int]]:
        """Who works in each department; without heads of the house where others do."""
        found: dict[str, list[int]] = {}
        for one in self.people:
            found.setdefault(one.department, []).append(one.id)
        return found

    @cached_property
    def reaches(self) -> Mapping[tuple[int, str], Reach]:
        """How each of them wants to hear of what, by kind of notice."""
        return reaches_of(entity_id=self.entity.pk, people=list(self.names))

    @cached_property
    def names(self) -> dict[int, str]:
        """What people are called."""
        rows = Membership.objects.filter(entity=self.entity)
        return dict(rows.values_list("pk", "user__name"))

    def rungs(self, department: str, holder: int | None) -> tuple[int, ...]:
        """The ladder above who has the ball."""
        key = (department, holder)
        if key not in self._rungs:
            self._rungs[key] = ladder(self.people, department, holder)
        return self._rungs[key]

    def holders(self, department: str, person: int | None) -> list[int]:
        """Who has the ball: the person, with who stands in for them; else all of the department."""
        if person is not None:
            return [person, *self._deputies.get(person, ())]
        return self.teams.get(department, [])

    @cached_property
    def _deputies(self) -> dict[int, list[int]]:
        here = {one.id for one in self.people if not one.is_away}
        return {one.id: [one.stand_in] for one in self.people if one.stand_in in here}

    def definition(self, process: int) -> Definition:
        """What a version of a process says."""
        if process not in self._definitions:
            self._definitions[process] = definition_of(
                ProcessDefinition.objects.values_list("text", flat=True).get(pk=process)
            )
        return self._definitions[process]

    def of_others(self, process: int) -> frozenset[str]:
        """The steps of a version of a process in which others have the ball."""
        if process not in self._of_others:
            self._of_others[process] = of_others(self.definition(process))
        return self._of_others[process]

    @cached_property
    def medians(self) -> Mapping[str, Mapping[str, int]]:
        """How long steps have taken, in working minutes, by process and step."""
        return medians_of(self.entity, self.at)


def people_of(entity: Entity, at: datetime) -> list[Person]:
    """Who works for an entity, with what they have open and who stands in for them today."""
    today = at.astimezone(clock_of(entity).tz).date()
    away = dict(
        Absence.objects.filter(
            entity=entity, starts_date__lte=today, ends_date__gte=today
        ).values_list("member", "delegate")
    )
    cases, steps = _loads(entity)
    return [
        Person(
            id=key,
            department=department,
            level=level,
            load=cases.get(key, 0) + steps.get(key, 0),
            is_away=key in away,
            stand_in=away.get(key),
        )
        for key, department, level in Membership.objects.filter(entity=entity, is_active=True)
        .exclude(role="auditor")
        .order_by("pk")
        .values_list("pk", "department", "level")
    ]


def _loads(entity: Entity) -> tuple[dict[int, int], dict[int, int]]:
    owned = Case.objects.filter(entity=entity, closed_at=None, owner__isnull=False)
    asked = Step.objects.filter(
        Q(case__entity=entity, case__closed_at=None), state=Step.State.OPEN, assignee__isnull=False
    )
    return (
        dict(owned.order_by().values_list("owner").annotate(n=Count("pk"))),
        dict(asked.order_by().values_list("assignee").annotate(n=Count("pk"))),
    )


def medians_of(entity: Entity, at: datetime) -> dict[str, dict[str, int]]:
    """How long steps took in the last year, in working minutes, by process and step."""
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(MEDIANS, [entity.pk, at - HISTORY, HISTORY_MIN])
        for key, step, median, _count in cursor.fetchall():
            found.setdefault(key, {})[step] = round(median)
    return found


def open_cases(*, entity_id: int, after: int) -> list[CaseRow]:
    """The next open cases of an entity after one, in the order of their keys."""
    with connection.cursor() as cursor:
        cursor.execute(CASES, [entity_id, after, AT_ONCE])
        return [CaseRow(*row) for row in cursor.fetchall()]


def open_steps(*, entity_id: int, after: int) -> list[StepRow]:
    """The next open steps in lists after one, in the order of their keys."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS, [entity_id, after, AT_ONCE])
        return [StepRow(*row) for row in cursor.fetchall()]


def stops_in(cases: Sequence[int], at: datetime) -> Stopped:
    """When the clocks of these cases stood until now, by their place in the sequence."""
    places: dict[int, list[int]] = {}
    for n, case in enumerate(cases):
        places.setdefault(case, []).append(n)
    with connection.cursor() as cursor:
        cursor.execute(STOPS, [list(places)])
        found = [
            (n, micros(begins), micros(ends or at), ends is not None)
            for case, begins, ends in cursor.fetchall()
            for n in places[case]
        ]
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    row, begins, ends = (np.array(one, dtype=np.int64) for one in columns[:3])
    return Stopped(row, begins, ends, np.array(columns[3], dtype=np.bool_))


@dataclass(frozen=True, slots=True)
class Used:
    """Net working time, in microseconds: what was allowed, and what is gone."""

    allowed: Moments
    used: Moments

    @property
    def percent(self) -> Moments:
        """The share that is gone; all of it where nothing was allowed."""
        share: Moments = np.where(
            self.allowed > 0, self.used * 100 // np.maximum(self.allowed, 1), 100
        )
        return share


def used_of(
    times: WorkingTime, starts: Moments, dues: Moments, stops: Stopped, at: datetime
) -> Used:
    """
    How much of their time rows have used.

    A deadline was moved by the stops that are over; one that lasts moves it only when it ends.
    """
    now = np.int64(micros(at))
    begins = np.maximum(stops.begins, starts[stops.row])
    until_now = times.between(begins, np.minimum(stops.ends, now))
    moved = times.between(begins, np.minimum(stops.ends, dues[stops.row])) * stops.is_over
    stood, allowed_less = np.zeros_like(starts), np.zeros_like(starts)
    np.add.at(stood, stops.row, until_now)
    np.add.at(allowed_less, stops.row, moved)
    used = times.between(starts, np.full_like(starts, now)) - stood
    return Used(times.between(starts, dues) - allowed_less, used)


def by_team(departments: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    """Which rows belong to which department."""
    found: dict[str, list[int]] = {}
    for n, department in enumerate(departments):
        found.setdefault(department, []).append(n)
    yield from found.items()


def part_of(stops: Stopped, rows: Sequence[int], count: int) -> Stopped:
    """The stops of some rows, numbered anew."""
    new = np.full(count, -1, dtype=np.int64)
    new[np.array(rows, dtype=np.int64)] = np.arange(len(rows))
    chosen = new[stops.row] >= 0
    return Stopped(
        new[stops.row][chosen], stops.begins[chosen], stops.ends[chosen], stops.is_over[chosen]
    )


def column(moments: Sequence[datetime]) -> Moments:
    """Moments as a column of microseconds."""
    return np.fromiter((micros(one) for one in moments), dtype=np.int64, count=len(moments))

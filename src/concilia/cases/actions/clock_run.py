"""
The clock run over open cases: what is told, what is expected, and steps whose time runs out.

Each act takes a chunk of rows and is one transaction. What was told is kept with what was said, so
a run that is killed goes on where it was and says nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db import connection, transaction

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.core.clockwork import BREACH, Tell, passed, tells
from concilia.cases.core.forecast import Road, minutes_left, road_of
from concilia.cases.core.process.codec import from_data
from concilia.cases.models import Case
from concilia.cases.queries.clocks import (
    MINUTE,
    CaseRow,
    House,
    StepRow,
    Stopped,
    Used,
    by_team,
    column,
    part_of,
    stops_in,
    used_of,
)
from concilia.kernel.working_time import Moments, micros, moment_of

# A forecast that moved less is not worth writing.
MOVED: Final = timedelta(hours=1)
KEEP: Final = """
INSERT INTO cases_caseclock AS kept
    (case_id, told_percent, road, net_minutes, expected_at, is_late_likely)
SELECT said.id, said.told, said.road, said.net, said.expected, said.late
FROM jsonb_to_recordset(%s::jsonb) AS said
    (id bigint, told int, road jsonb, net int, expected timestamptz, late bool)
JOIN cases_case c ON c.id = said.id AND c.closed_at IS NULL
ON CONFLICT (case_id) DO UPDATE SET
    told_percent = greatest(kept.told_percent, excluded.told_percent),
    road = coalesce(kept.road, excluded.road), net_minutes = excluded.net_minutes,
    expected_at = excluded.expected_at, is_late_likely = excluded.is_late_likely
"""
KEEP_STEPS: Final = """
UPDATE cases_step SET told_percent = greatest(told_percent, said.told)
FROM unnest(%s::bigint[], %s::int[]) AS said(id, told) WHERE cases_step.id = said.id
"""


@dataclass(frozen=True, slots=True)
class _Outlook:
    """What is expected of a case."""

    net_minutes: int | None
    expected_at: datetime | None
    is_late_likely: bool


@transaction.atomic(durable=True)
def tell_of_cases(*, house: House, rows: Sequence[CaseRow], at: datetime) -> int:
    """
    Tell of cases whose time is going, and keep what is expected of them; one chunk.

    At 50 and 80 percent who has the case is reminded; from 100 on those above hear of it, a rung
    higher at 120 and 200. Nothing is decided.

    :return: how many notices were new
    """
    roads = _roads(house, rows)
    notices: list[NewNotice] = []
    kept: list[dict[str, Any]] = []
    stops = stops_in([row.id for row in rows], at)
    for team, places in by_team([row.department for row in rows]):
        chosen = [rows[n] for n in places]
        used = _used(house, team, chosen, part_of(stops, places, len(rows)), at)
        for row, percent, outlook in zip(
            chosen, used.percent, _outlooks(house, team, chosen, roads, used, at), strict=True
        ):
            new = passed(row.told, int(percent)) if row.due_at else ()
            rungs = house.rungs(row.department, row.owner)
            holders = house.holders(row.department, row.owner)
            notices += _notices_of_case(row, tells(new, holders, rungs))
            if new or row.clock is None or row.road is None or _has_moved(row, outlook):
                kept.append(_kept(row, new, roads[row.id], outlook))
    new_count = record_notices(
        entity_id=house.entity.pk, notices=notices, at=at, reaches=house.reaches
    )
    if kept:
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [json.dumps(kept)])
    return new_count


@transaction.atomic(durable=True)
def tell_of_steps(*, house: House, rows: Sequence[StepRow], at: datetime) -> int:
    """
    Remind of what stands in people's lists, before it is due and after; one chunk.

    What a process asks is told late by the process. Of what others owe us only the owner hears.

    :return: how many notices were new
    """
    notices: list[NewNotice] = []
    told: list[tuple[int, int]] = []
    for team, places in by_team([row.department or row.of_case for row in rows]):
        chosen = [rows[n] for n in places]
        starts = column([row.opened_at for row in chosen])
        times = house.times(team)
        allowed = times.between(starts, column([row.due_at for row in chosen]))
        used = times.between(starts, np.full_like(starts, micros(at)))
        for row, percent in zip(chosen, Used(allowed, used).percent, strict=True):
            new = passed(row.told, int(percent))
            if new:
                notices += _notices_of_step(house, row, new)
                told.append((row.id, new[-1]))
    new_count = record_notices(
        entity_id=house.entity.pk, notices=notices, at=at, reaches=house.reaches
    )
    if told:
        with connection.cursor() as cursor:
            cursor.execute(KEEP_STEPS, list(map(list, zip(*told, strict=True))))
    return new_count


def _used(house: House, team: str, rows: Sequence[CaseRow], stops: Stopped, at: datetime) -> Used:
    starts = column([row.started_at for row in rows])
    dues = column([row.due_at or row.started_at for row in rows])
    return used_of(house.times(team), starts, dues, stops, at)


def _roads(house: House, rows: Sequence[CaseRow]) -> dict[int, Road | None]:
    """The road ahead of each case; computed where it was never kept."""
    roads = {row.id: json.loads(row.road) if row.road else None for row in rows}
    unknown = [row.id for row in rows if row.road is None and row.process is not None]
    states = Case.objects.filter(pk__in=unknown, process_state__isnull=False)
    for key, process, data in states.values_list("pk", "process__id", "process_state"):
        assert data is not None, "only cases with a state were asked for"
        roads[key] = road_of(house.definition(process), from_data(data))
    return roads


def _outlooks(
    house: House,
    team: str,
    rows: Sequence[CaseRow],
    roads: Mapping[int, Road | None],
    used: Used,
    at: datetime,
) -> Iterator[_Outlook]:
    """What is expected of each case of a team, by how long such steps have taken."""
    times, now = house.times(team), np.array([micros(at)], dtype=np.int64)
    done = int(times.until(now)[0])
    lefts = _lefts(house, team, rows, roads, at)
    everything = np.array([left[1] if left else 0 for left in lefts], dtype=np.int64)
    when: Moments = times.when(done + everything * MINUTE)
    for n, (row, left) in enumerate(zip(rows, lefts, strict=True)):
        if left is None:
            yield _Outlook(None, None, is_late_likely=False)
            continue
        spare = int(used.allowed[n] - used.used[n]) // MINUTE
        is_late = row.due_at is not None and 0 <= spare < left[0]
        yield _Outlook(left[0], moment_of(when[n]).replace(second=0, microsecond=0), is_late)


def _lefts(
    house: House,
    team: str,
    rows: Sequence[CaseRow],
    roads: Mapping[int, Road | None],
    at: datetime,
) -> list[tuple[int, int] | None]:
    """Working minutes of ours, and of everybody, still to come; None where nothing is known."""
    opened = [_open_steps(house, row) if roads[row.id] else {} for row in rows]
    begun = column([since for steps in opened for since in steps.values()])
    minutes = iter(house.times(team).between(begun, np.full_like(begun, micros(at))) // MINUTE)
    found: list[tuple[int, int] | None] = []
    for row, steps in zip(rows, opened, strict=True):
        elapsed = {step: int(next(minutes)) for step in steps}
        road = roads[row.id]
        if not road or not row.open or row.process is None:
            found.append(None)
            continue
        definition = house.definition(row.process)
        usual = house.medians.get(definition.key)
        if not usual:
            found.append(None)
            continue
        left = minutes_left(road, usual, house.of_others(row.process), elapsed)
        found.append((left.ours, left.all))
    return found


def _open_steps(house: House, row: CaseRow) -> dict[str, datetime]:
    """When the open steps of a case began, as far as it is known how long such steps take."""
    if row.process is None or not row.open:
        return {}
    usual = house.medians.get(house.definition(row.process).key, {})
    return {
        step: datetime.fromisoformat(since)
        for step, since, _late in json.loads(row.open)
        if step in usual
    }


def _has_moved(row: CaseRow, now: _Outlook) -> bool:
    if (row.expected_at is None) != (now.expected_at is None):
        return True
    moved = (
        abs(row.expected_at - now.expected_at)
        if row.expected_at is not None and now.expected_at is not None
        else timedelta(0)
    )
    return row.is_late_likely != now.is_late_likely or moved >= MOVED


def _kept(row: CaseRow, new: Sequence[int], road: Road | None, outlook: _Outlook) -> dict[str, Any]:
    expected = outlook.expected_at
    return {
        "id": row.id,
        "told": new[-1] if new else row.told,
        # A road that is kept already stays: who moves the case on writes the next one.
        "road": road if row.road is None else None,
        "net": outlook.net_minutes,
        "expected": None if expected is None else expected.isoformat(),
        "late": outlook.is_late_likely,
    }


def _notices_of_case(row: CaseRow, said: Iterator[Tell]) -> Iterator[NewNotice]:
    begun = int(row.started_at.timestamp())
    for one in said:
        yield NewNotice(
            person_id=one.person,
            kind=one.say,
            key=f"case:{row.id}:{begun}:{one.percent}",
            case_id=row.id,
            facts={
                "number": row.number,
                "percent": one.percent,
                "due": row.due_at.isoformat() if row.due_at else "",
            },
        )


def _notices_of_step(house: House, row: StepRow, new: Sequence[int]) -> Iterator[NewNotice]:
    department = row.department or row.of_case
    is_ours = row.holder == "us"
    if is_ours:
        holders = house.holders(department, row.assignee)
        wanted = [one for one in new if not row.place or one < BREACH]
    else:
        holders = house.holders(row.of_case, row.owner)
        wanted = [one for one in new if one >= BREACH]
    rungs = house.rungs(department, row.assignee)
    for one in tells(wanted, holders, rungs, climbs=is_ours and not row.place):
        yield NewNotice(
            person_id=one.person,
            kind=one.say,
            key=f"step:{row.id}:{one.percent}",
            case_id=row.case,
            facts={
                "number": row.number,
                "percent": one.percent,
                "due": row.due_at.isoformat(),
                "question": row.id,
            },
        )

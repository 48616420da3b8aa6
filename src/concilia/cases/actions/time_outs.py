"""
Steps of processes whose time runs out: told to the engine, which reminds, escalates or hands over.

The engine has no way to approve by time; what it asks for is done here, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from concilia.cases.actions.notices import NewNotice, record_notices
from concilia.cases.actions.running import keep_standing
from concilia.cases.core.clockwork import RUNGS_AT, Say, due_runs, rung
from concilia.cases.core.ladder import successor, with_load
from concilia.cases.core.process.codec import from_data, open_data, open_from
from concilia.cases.core.process.engine import advance, stays_when_late
from concilia.cases.core.process.model import Definition, Holder, Kind, WhoKind, Within
from concilia.cases.core.process.model import Step as ProcessStep
from concilia.cases.core.process.state import Do, Effect, EventRefused, OpenStep, State, TimedOut
from concilia.cases.events import TimeWentOn
from concilia.cases.models import Case
from concilia.cases.queries.clocks import CaseRow, House, Used, by_team, column, stops_in
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, rule_actor
from concilia.kernel.deadlines import SlaClock, Unit
from concilia.kernel.working_time import micros

HOUR: Final = timedelta(hours=1)
TOLD: Final = frozenset({Do.REMIND, Do.ESCALATE, Do.DELEGATE})
OF_A_TEAM: Final = frozenset({WhoKind.DEPARTMENT, WhoKind.LEAST_LOADED})
# Lists go as arrays: hundreds of marks in a statement take longer to read than their rows.
HELD: Final = """
SELECT id, number, department, owner_id, process_id, process_state->'open' #>> '{}' FROM cases_case
WHERE id = ANY(%s) AND closed_at IS NULL AND process_id IS NOT NULL AND process_state IS NOT NULL
ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
"""
ASKED: Final = """
SELECT case_id, place, id, department, assignee_id FROM cases_step
WHERE case_id = ANY(%s) AND state = 'OPEN' AND place <> ''
"""
EXPECTED: Final = """
SELECT r.case_id, s.expected_id FROM cases_approvalseat s
JOIN cases_approvalrequest r ON r.id = s.request_id
WHERE r.case_id = ANY(%s) AND r.state = 'OPEN' AND s.is_open AND s.expected_id IS NOT NULL
ORDER BY s.id
"""
# Only its open steps changed: the rest of a state, most of it, is not sent again.
STAND: Final = """
UPDATE cases_case SET owner_id = coalesce(said.owner, owner_id),
    process_state = jsonb_set(process_state, '{open}', said.open)
FROM jsonb_to_recordset(%s::jsonb) AS said(id bigint, open jsonb, owner bigint)
WHERE cases_case.id = said.id
"""
GIVE_STEPS: Final = """
UPDATE cases_step SET assignee_id = said.person
FROM unnest(%s::bigint[], %s::bigint[]) AS said(id, person)
WHERE cases_step.id = said.id AND cases_step.state = 'OPEN'
"""


@dataclass(frozen=True, slots=True)
class RunOut:
    """A step of a case whose time ran out so often by now."""

    case: int
    step: str
    since: datetime
    runs: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    case: int
    step: ProcessStep
    since: datetime
    late: int
    team: str


def run_outs(house: House, rows: Sequence[CaseRow], at: datetime) -> list[RunOut]:
    """The open steps of a chunk of cases whose time ran out since their process was told last."""
    waiting = [one for row in rows for one in _waiting(house, row)]
    found: list[RunOut] = []
    for team, places in by_team([one.team for one in waiting]):
        chosen = [waiting[n] for n in places]
        starts = column([one.since for one in chosen])
        dues = _dues(house.clock(team), chosen)
        times, now = house.times(team), np.full_like(starts, micros(at))
        # While others have the ball their time runs, and ours does not.
        stops = stops_in([one.case if one.step.clock is Holder.US else 0 for one in chosen], at)
        begins = np.maximum(stops.begins, starts[stops.row])
        used = times.between(starts, now)
        np.subtract.at(used, stops.row, times.between(begins, stops.ends))
        percents = Used(times.between(starts, dues), used).percent
        for one, percent in zip(chosen, percents, strict=True):
            runs = due_runs(int(percent))
            if runs > one.late:
                found.append(RunOut(one.case, one.step.id, one.since, runs))
    return found


def _waiting(house: House, row: CaseRow) -> Iterator[_Waiting]:
    if row.process is None or not row.open:
        return
    definition = house.definition(row.process)
    for name, since, late in json.loads(row.open):
        step = definition.step(name)
        if step.within is not None and late < len(RUNGS_AT):
            moment = datetime.fromisoformat(since)
            yield _Waiting(row.id, step, moment, late, _team(step, row.department))


def _team(step: ProcessStep, department: str) -> str:
    return step.who.name if step.who and step.who.kind in OF_A_TEAM else department


def _dues(clock: SlaClock, waiting: Sequence[_Waiting]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """When each step is due, before stops; steps begun on one day are due on one day."""
    known: dict[tuple[object, ...], datetime] = {}
    dues = []
    for one in waiting:
        within = one.step.within
        assert within is not None, "only steps with a deadline wait here"
        key = _day_key(clock, one.since, within)
        if key not in known:
            known[key] = clock.deadline(one.since, within.n, within.unit).due
        dues.append(known[key])
    return column(dues)


def _day_key(clock: SlaClock, since: datetime, within: Within) -> tuple[object, ...]:
    if within.unit is Unit.HOURS:
        return within.n, within.unit, since
    local = since.astimezone(clock.tz)
    return within.n, within.unit, local.date(), local.time() > clock.cutoff


@dataclass
class _Said:
    """What one transaction of time-outs gathers before it is written."""

    notices: list[NewNotice] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    cases: list[dict[str, Any]] = field(default_factory=list)
    given: dict[int, int] = field(default_factory=dict)
    steps: dict[int, int] = field(default_factory=dict)
    owners: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Held:
    """A case that nobody else works on at this moment."""

    id: int
    number: str
    department: str
    owner: int | None
    process: int
    open: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A step of a process as it stands in somebody's list."""

    id: int
    department: str
    assignee: int | None


@dataclass(frozen=True, slots=True)
class _Lists:
    """What stands in people's lists of these cases, and who is expected to sign."""

    rows: Mapping[tuple[int, str], _Asked]
    seats: Mapping[int, list[int]]


@dataclass(frozen=True, slots=True)
class _Late:
    """A step of a case whose time has run out so many times, or never before this run."""

    case: _Held
    step: ProcessStep
    row: _Asked | None
    times: int
    is_first: bool

    @property
    def team(self) -> str:
        """Whose step it is."""
        return (self.row.department if self.row else "") or _team(self.step, self.case.department)

    @property
    def holder(self) -> int | None:
        """Who has it, if it is one person's."""
        return self.row.assignee if self.row else self.case.owner

    @property
    def percent(self) -> int:
        """How much of its time is gone at least."""
        return RUNGS_AT[min(self.times, len(RUNGS_AT)) - 1]


@transaction.atomic(durable=True)
def time_out(*, house: House, found: Sequence[RunOut], at: datetime) -> int:
    """
    Tell processes that the time of steps ran out, and do what they ask for; one chunk.

    A case that somebody works on at this moment is left for the next run.

    :return: how many cases were told
    """
    by_case: dict[int, list[RunOut]] = {}
    for one in found:
        by_case.setdefault(one.case, []).append(one)
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(by_case)])
        cases = [_Held(*row) for row in cursor.fetchall()]
        lists = _lists(cursor, [case.id for case in cases])
    said = _Said()
    for case in cases:
        _tell(house, case, by_case[case.id], lists, said, at)
    _write(said)
    record_notices(entity_id=house.entity.pk, notices=said.notices, at=at, reaches=house.reaches)
    actor = rule_actor("time-out")
    audit.log(entity_id=house.entity.pk, actor=actor, at=at, acts=said.acts)
    return len(cases)


def _write(said: _Said) -> None:
    """Write where cases stand and whose they and their steps are now."""
    with connection.cursor() as cursor:
        if said.cases:
            cursor.execute(STAND, [json.dumps(said.cases)])
        if said.steps:
            cursor.execute(GIVE_STEPS, [list(said.steps), list(said.steps.values())])


def _lists(cursor: CursorWrapper, cases: list[int]) -> _Lists:
    cursor.execute(ASKED, [cases])
    rows = {(case, place): _Asked(*asked) for case, place, *asked in cursor.fetchall()}
    seats: dict[int, list[int]] = {}
    cursor.execute(EXPECTED, [cases])
    for case, person in cursor.fetchall():
        seats.setdefault(case, []).append(person)
    return _Lists(rows, seats)


def _tell(
    house: House, case: _Held, found: Sequence[RunOut], lists: _Lists, said: _Said, at: datetime
) -> None:
    definition = house.definition(case.process)
    opened = {one.step: one for one in open_from(json.loads(case.open))}
    out = [one for one in found if _is_news(one, opened.get(one.step))]
    if not out:
        return
    stays = {one.step: stays_when_late(definition.step(one.step)) for one in out}
    if all(stays.values()):
        asked = {step: do for step, do in stays.items() if do}
        runs = {one.step: one.runs for one in out}
        now = [OpenStep(one.step, one.at, runs.get(one.step, one.late)) for one in opened.values()]
        _carry_out_all(house, case, (opened, runs, asked), lists, said)
        owner = said.owners.get(case.id)
        said.cases.append({"id": case.id, "open": open_data(now), "owner": owner})
        return
    _may_go_on(house, case, out, lists, said, at)


def _is_news(one: RunOut, step: OpenStep | None) -> bool:
    """Whether it is the same open step still, and its process was not told so often."""
    return step is not None and step.at == one.since and step.late < one.runs


def _may_go_on(
    house: House, case: _Held, found: Sequence[RunOut], lists: _Lists, said: _Said, at: datetime
) -> None:
    """Ask the engine, where time may open a way."""
    whole = Case.objects.select_related("process", "entity", "customer").get(pk=case.id)
    definition = house.definition(case.process)
    before = state = from_data(whole.process_state or {})
    effects: list[Effect] = []
    for one in found:
        state, more = _run_out(definition, state, one, at)
        effects += more
    asked = {effect.step: effect.do for effect in effects if effect.do in TOLD}
    runs = {one.step: one.runs for one in found}
    _carry_out_all(house, case, ({one.step: one for one in before.open}, runs, asked), lists, said)
    others = [effect for effect in effects if effect.do not in TOLD]
    if others or state.has_moved(before):
        keep_standing(whole, definition, state, at, others)
        events.record(TimeWentOn(case.id))
    elif asked:
        owner = said.owners.get(case.id)
        said.cases.append({"id": case.id, "open": open_data(state.open), "owner": owner})


def _carry_out_all(
    house: House,
    case: _Held,
    late: tuple[Mapping[str, OpenStep], Mapping[str, int], Mapping[str, Do]],
    lists: _Lists,
    said: _Said,
) -> None:
    opened, runs, asked = late
    definition = house.definition(case.process)
    for name, do in asked.items():
        begun, row = opened[name], lists.rows.get((case.id, name))
        one = _Late(case, definition.step(name), row, runs[name], begun.late == 0)
        key = f"process:{case.id}:{name}:{int(begun.at.timestamp())}"
        _carry_out(house, one, do, lists.seats.get(case.id, []), (key, said))


def _run_out(
    definition: Definition, state: State, one: RunOut, at: datetime
) -> tuple[State, list[Effect]]:
    """Tell the engine as often as the time ran out, as long as the step is the same open one."""
    effects: list[Effect] = []
    while any(
        each.step == one.step and each.at == one.since and each.late < one.runs
        for each in state.open
    ):
        try:
            state, more = advance(definition, state, TimedOut(one.step), at)
        except EventRefused:
            break
        effects += more
    return state, effects


def _carry_out(
    house: House, late: _Late, do: Do, seats: Sequence[int], where: tuple[str, _Said]
) -> None:
    """Remind who has it, tell those above, or hand it over, as the process says."""
    key, said = where
    holders = _holders(house, late, seats)
    told: dict[int, str] = {}
    if do is Do.DELEGATE and late.is_first:
        to = successor(with_load(house.people, said.given), late.team, late.holder)
        if to is not None:
            _hand_over(house, late, to, said)
            told[to] = "handed-over"
    for person in holders:
        told.setdefault(person, Say.LATE)
    if do is Do.ESCALATE or (do is Do.DELEGATE and late.times > 1):
        above = rung(house.rungs(late.team, late.holder), late.times - 1)
        if above is not None:
            told.setdefault(above, Say.ESCALATION)
    said.notices += [
        NewNotice(
            person_id=person,
            kind=say,
            key=f"{key}:{late.percent}",
            case_id=late.case.id,
            facts=_facts(late),
        )
        for person, say in told.items()
    ]


def _holders(house: House, late: _Late, seats: Sequence[int]) -> Sequence[int]:
    case = late.case
    if late.step.kind is Kind.APPROVAL:
        return seats or house.holders(case.department, case.owner)
    if late.row is not None:
        return house.holders(late.team, late.row.assignee)
    return house.holders(late.team, case.owner if late.team == case.department else None)


def _facts(late: _Late) -> dict[str, Any]:
    return {
        "number": late.case.number,
        "percent": late.percent,
        "step": late.step.id,
        "kind": late.step.kind.value,
        "code": late.step.code,
        "titles": dict(late.step.titles),
        "question": late.row.id if late.row else None,
    }


def _hand_over(house: House, late: _Late, to: int, said: _Said) -> None:
    """Give a step to somebody else; with nothing in a list of its own, the case goes."""
    said.given[to] = said.given.get(to, 0) + 1
    case, row = late.case, late.row
    data = {"to": house.names.get(to, ""), "from": house.names.get(late.holder or 0, "")}
    if row is not None:
        said.steps[row.id] = to
        said.acts.append(Act("step.handed_over", "case", case.id, data))
        return
    said.owners[case.id] = to
    said.acts.append(Act("case.handed_over", "case", case.id, data))

"""
Past cases taken through another process or under other limits (domain.md §8.1, §8.2).

What a case met then it meets again: papers that were needed, outcomes in their order, the time each
took. What it never met takes the usual time of the like and ends in the usual way. Nothing is drawn
by chance: the same cases give the same answer, and the process they followed gives what happened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concilia.cases.core.authority import FOUR_EYES_FROM, Amount, AuthorityMatrix, Level
from concilia.cases.core.limits import LimitTable, Subject
from concilia.cases.core.process.conditions import Both, Condition, Either, Facts, Missing, Not
from concilia.cases.core.process.model import LATE, Definition, Holder, Kind, Step, WhoKind
from concilia.cases.core.process.state import CANCELLED
from concilia.cases.core.whatif.axis import Seconds, WorkingAxis
from concilia.cases.core.whatif.columns import columns_of, holds
from concilia.cases.core.whatif.history import Past, PastCase, Times, Visit, holder_of, seconds
from concilia.cases.core.whatif.paths import Stage, Told, Turn, walk

NO_LEVEL: Final = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What is tried: a process in place of that of its reasons, other limits, or both."""

    definition: Definition | None
    limits: LimitTable | None


@dataclass(frozen=True)
class Lived:
    """
    Visits of many cases as columns, and how each case fared.

    `case` is the place of its case in the list. `late` of a visit: it took longer than it had.
    """

    case: Seconds
    step: list[str]
    holder: list[str]
    opened: Seconds
    closed: Seconds
    late: NDArray[np.bool_]
    ends: Seconds
    is_late: NDArray[np.bool_]
    outside: Seconds
    level: Seconds
    signatures: Seconds


@dataclass(frozen=True, slots=True)
class Row:
    """A visit before it becomes part of the columns."""

    case: int
    step: Step
    holder: str
    opened: int
    closed: int


def lived_then(pasts: Sequence[Past], axis: WorkingAxis) -> Lived:
    """What happened, in the same columns as what would have."""
    rows = []
    for n, past in enumerate(pasts):
        steps = {step.id: step for step in past.case.definition.steps}
        for visit in past.visits:
            step = steps[visit.step]
            holder = holder_of(step, past.case.department, past.case.level)
            rows.append(Row(n, step, holder, visit.opened, visit.closed))
    ends = seconds([past.closed for past in pasts])
    due = _dues(pasts)
    return _columns(
        rows, axis, ends, ends > due, [(past.case.level, past.case.signatures) for past in pasts]
    )


def lived_so(
    pasts: Sequence[Past], then: Lived, draft: Draft, times: Times, axis: WorkingAxis
) -> Lived:
    """What would have happened."""
    signed = _signings(pasts, draft.limits)
    by_definition: dict[int, list[int]] = {}
    for n, past in enumerate(pasts):
        by_definition.setdefault(id(past.case.definition), []).append(n)
    rows: list[Row] = []
    ends = np.zeros(len(pasts), dtype=np.int64)
    for members in by_definition.values():
        old = pasts[members[0]].case.definition
        new = draft.definition or old
        replayed = _Replay(old, new, pasts, signed, times, axis)
        found, over = replayed.run(members)
        rows += found
        ends[members] = over
    rows.sort(key=lambda row: (row.case, row.opened))
    last_then = _last(pasts)
    shifted = then.ends + ends - last_then
    outside = _outside(rows, len(pasts))
    is_late = shifted > _dues(pasts) + outside - then.outside
    return _columns(rows, axis, shifted, is_late, signed)


def _last(pasts: Sequence[Past]) -> Seconds:
    """When each process ended, which may be before its case was closed."""
    return seconds([max((v.closed for v in past.visits), default=past.opened) for past in pasts])


def _dues(pasts: Sequence[Past]) -> Seconds:
    never = np.iinfo(np.int64).max // 4
    return seconds([never if past.due is None else past.due for past in pasts])


def _signings(pasts: Sequence[Past], limits: LimitTable | None) -> list[tuple[int, int]]:
    """Of each the highest level that signs, and how many do: as it was, or by other limits."""
    matrices: dict[Subject, AuthorityMatrix] = {}
    found = []
    for past in pasts:
        case = past.case
        if limits is None or not case.signatures or not case.asked:
            found.append((case.level, case.signatures))
            continue
        if case.subject not in matrices:
            matrices[case.subject] = limits.matrix_for(case.subject)
        found.append(_signing(case, matrices[case.subject]))
    return found


def _signing(case: PastCase, matrix: AuthorityMatrix) -> tuple[int, int]:
    levels = [
        matrix.lowest_level(act, Amount(minor, rolling, matrix.currency, share, rows))
        for act, minor, rolling, share, rows in case.asked
    ]
    known = [level for level in levels if level is not None]
    level = max(known, default=None)
    if level is None or len(known) < len(levels):
        return Level.L6, 2
    return level, 2 if level >= FOUR_EYES_FROM else 1


def _columns(
    rows: Sequence[Row],
    axis: WorkingAxis,
    ends: Seconds,
    is_late: NDArray[np.bool_],
    signed: Sequence[tuple[int, int]],
) -> Lived:
    opened, closed = seconds([r.opened for r in rows]), seconds([r.closed for r in rows])
    late = np.zeros(len(rows), dtype=bool)
    by_within: dict[object, list[int]] = {}
    for n, row in enumerate(rows):
        if row.step.within is not None:
            by_within.setdefault(row.step.within, []).append(n)
    for places in by_within.values():
        within = rows[places[0]].step.within
        assert within is not None, "only steps with a time are here"
        late[places] = closed[places] > axis.due(opened[places], within)
    return Lived(
        case=seconds([r.case for r in rows]),
        step=[r.step.id for r in rows],
        holder=[r.holder for r in rows],
        opened=opened,
        closed=closed,
        late=late,
        ends=ends,
        is_late=is_late,
        outside=_outside(rows, len(ends)),
        level=seconds([level for level, _n in signed]),
        signatures=seconds([n for _level, n in signed]),
    )


def _outside(rows: Sequence[Row], n: int) -> Seconds:
    """How long others had the ball, by case."""
    waited = np.zeros(n, dtype=np.int64)
    for row in rows:
        if row.step.clock is not Holder.US:
            waited[row.case] += row.closed - row.opened
    return waited


@dataclass(slots=True)
class _Replay:
    """The cases of one version taken through another; those that take the same way at once."""

    old: Definition
    new: Definition
    pasts: Sequence[Past]
    signed: Sequence[tuple[int, int]]
    times: Times
    axis: WorkingAxis

    def run(self, members: Sequence[int]) -> tuple[list[Row], Seconds]:
        """Visits, and when the last one ended."""
        alike = _alike(self.old, self.new)
        skips = self._skips(members, alike)
        ways: dict[Told, list[int]] = {}
        for place, n in enumerate(members):
            skipped = frozenset(name for name, column in skips.items() if column[place])
            ways.setdefault(Told(skipped, _outcomes(self.pasts[n], alike)), []).append(place)
        rows: list[Row] = []
        over = np.zeros(len(members), dtype=np.int64)
        for told, places in ways.items():
            cases = [members[place] for place in places]
            over[places] = self._along(walk(self.new, told), cases, alike, rows)
        return rows, over

    def _skips(
        self, members: Sequence[int], alike: Mapping[str, Step]
    ) -> dict[str, NDArray[np.bool_]]:
        """For each step, which cases pass it over."""
        pasts = [self.pasts[n] for n in members]
        told = [_needed(past) for past in pasts]
        facts = [self._facts(n) for n in members]
        codes = {code for step in self.new.steps for code in _papers(step.skip)}
        columns = columns_of(facts, told, sorted(codes))
        found: dict[str, NDArray[np.bool_]] = {}
        for step in self.new.steps:
            skipped = np.zeros(len(members), dtype=bool)
            if step.skip is not None:
                skipped = holds(step.skip, columns) == 1
            was = alike.get(step.id)
            if was is not None:
                _as_then(skipped, pasts, was, step, told)
            found[step.id] = skipped
        return found

    def _facts(self, n: int) -> Facts:
        facts = self.pasts[n].case.facts
        signatures = self.signed[n][1]
        is_other = signatures != self.pasts[n].case.signatures
        return replace(facts, signatures=signatures) if is_other else facts

    def _along(
        self,
        stages: Sequence[Stage],
        cases: Sequence[int],
        alike: Mapping[str, Step],
        rows: list[Row],
    ) -> Seconds:
        """Go the stages with all cases at once; returns when each had gone them."""
        steps = {step.id: step for step in self.new.steps}
        taken = {n: _taken(self.pasts[n], alike) for n in cases}
        at = seconds([self.pasts[n].opened for n in cases])
        for stage in stages:
            lived: list[tuple[int, Turn, Seconds, Seconds]] = []
            ends = []
            for b, branch in enumerate(stage.branches):
                time = at
                for turn in branch:
                    begun, step = time, steps[turn[0]]
                    time = begun + self._durations(step, turn, cases, taken, begun)
                    lived.append((b, turn, begun, time))
                ends.append(time)
            over = np.sort(np.stack([ends[b] for b in stage.over]), axis=0)[stage.nth - 1]
            for _b, turn, begun, ended in lived:
                self._keep(
                    rows, steps[turn[0]], cases, begun, np.minimum(ended, over), begun <= over
                )
            at = over
        return at

    def _keep(
        self,
        rows: list[Row],
        step: Step,
        cases: Sequence[int],
        begun: Seconds,
        ended: Seconds,
        is_met: NDArray[np.bool_],
    ) -> None:
        for n, first, last, met in zip(
            cases, begun.tolist(), ended.tolist(), is_met.tolist(), strict=True
        ):
            if met:
                holder = holder_of(step, self.pasts[n].case.department, self.signed[n][0])
                rows.append(Row(n, step, holder, first, last))

    def _durations(
        self,
        step: Step,
        turn: Turn,
        cases: Sequence[int],
        taken: Mapping[int, Mapping[str, Sequence[Visit]]],
        begun: Seconds,
    ) -> Seconds:
        """How long a step takes in each case: as then, or as the like usually does."""
        name, k = turn
        found = []
        limit = self.axis.due(begun, step.within) - begun if step.within else None
        for place, n in enumerate(cases):
            visits = taken[n].get(name, ())
            most = int(limit[place]) if limit is not None else 0
            found.append(self._duration(step, n, visits[k] if k < len(visits) else None, most))
        return seconds(found)

    def _duration(self, step: Step, n: int, visit: Visit | None, limit: int) -> int:
        case = self.pasts[n].case
        holder = holder_of(step, case.department, self.signed[n][0])
        usual = self.times.usual(step, holder)
        if visit is None:
            return limit if usual is None else usual
        then = case.definition.step(visit.step)
        if visit.outcome == LATE and step.within != then.within:
            return limit
        if step.who is not None and step.who != then.who and then.who is not None:
            if step.who.kind is WhoKind.SYSTEM:
                return 0 if usual is None else usual
            if step.kind is not Kind.APPROVAL and usual is not None:
                return usual
        return visit.closed - visit.opened


def _alike(old: Definition, new: Definition) -> dict[str, Step]:
    """For each new step the old one it is: of its name, else the only one that asks the same."""
    before = {step.id: step for step in old.steps}
    found: dict[str, Step] = {}
    for step in new.steps:
        was = before.get(step.id)
        if was is not None and (was.kind, was.code) == (step.kind, step.code):
            found[step.id] = was
    taken = {step.id for step in found.values()}
    for step in new.steps:
        if step.id not in found and step.kind is not Kind.FORM:
            same = [
                one
                for one in before.values()
                if (one.kind, one.code) == (step.kind, step.code) and one.id not in taken
            ]
            if len(same) == 1:
                found[step.id] = same[0]
                taken.add(same[0].id)
    return found


def _as_then(
    skipped: NDArray[np.bool_],
    pasts: Sequence[Past],
    was: Step,
    step: Step,
    told: Sequence[Mapping[str, bool]],
) -> None:
    """Where the same condition was asked then, what it answered then holds."""
    for place, past in enumerate(pasts):
        is_met = any(v.step == was.id for v in past.visits)
        if step.skip == was.skip and (is_met or was.id in past.skipped):
            skipped[place] = not is_met
        elif step.kind is Kind.EVIDENCE and told[place].get(step.code) is False:
            skipped[place] = True


def _needed(past: Past) -> dict[str, bool]:
    """Of which papers it is known whether they were needed."""
    codes = {s.id: s.code for s in past.case.definition.steps if s.kind is Kind.EVIDENCE}
    told = {codes[name]: False for name in past.skipped if name in codes}
    told |= {codes[v.step]: True for v in past.visits if v.step in codes}
    return told


def _papers(condition: Condition | None) -> frozenset[str]:
    """The papers a condition asks for."""
    if isinstance(condition, Missing):
        return frozenset({condition.evidence})
    if isinstance(condition, Not):
        return _papers(condition.part)
    if isinstance(condition, Both | Either):
        return frozenset().union(*map(_papers, condition.parts))
    return frozenset()


def _outcomes(past: Past, alike: Mapping[str, Step]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    taken = _taken(past, alike)
    return tuple(sorted((name, tuple(v.outcome for v in visits)) for name, visits in taken.items()))


def _taken(past: Past, alike: Mapping[str, Step]) -> dict[str, list[Visit]]:
    """The visits of each step that were not broken off, by the name the step has now."""
    by_old: dict[str, list[Visit]] = {}
    for visit in past.visits:
        if visit.outcome != CANCELLED:
            by_old.setdefault(visit.step, []).append(visit)
    return {name: by_old[was.id] for name, was in alike.items() if was.id in by_old}

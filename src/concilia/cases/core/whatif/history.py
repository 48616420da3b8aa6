"""What happened to past cases: who had which step from when to when, read from where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from concilia.cases.core.authority import Act
from concilia.cases.core.limits import EVERYTHING, Subject
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.model import Definition, Group, Holder, Step, WhoKind
from concilia.cases.core.process.state import CANCELLED, SKIPPED
from concilia.cases.core.whatif.axis import Seconds, WorkingAxis


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCase:
    """
    A case that was closed: moments in seconds since 1970, amounts in the company's currency.

    `passed`: steps of its process in the order in which they ended: step, outcome, moment. `level`
    and `signatures`: those of its last decision, 0 if it needed none; `asked`: what that asked for
    (act, amount, the customer's 30 days, share, rows), `subject`: what limits may differ by.
    """

    id: int
    definition: Definition
    facts: Facts
    opened: int
    closed: int
    due: int | None
    department: str
    passed: Sequence[tuple[str, str, int]]
    level: int = 0
    signatures: int = 0
    asked: Sequence[tuple[Act, int, int, int, int]] = ()
    subject: Subject = EVERYTHING
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A step somebody had, and how it ended; places on the axis."""

    step: str
    outcome: str
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Past:
    """A case on the axis: its visits, and which steps were passed over."""

    case: PastCase
    opened: int
    closed: int
    due: int | None
    visits: tuple[Visit, ...]
    skipped: frozenset[str]


@dataclass(frozen=True, slots=True)
class Times:
    """The usual time of a step, in working seconds: by who does what, by what, by its kind."""

    medians: Mapping[tuple[str, ...], int] = field(default_factory=dict)

    def usual(self, step: Step, holder: str) -> int | None:
        """The median of steps like this one; None if there was none."""
        for key in _keys(step, holder):
            if key in self.medians:
                return self.medians[key]
        return None


NOBODY: Final = "system"


def holder_of(step: Step, department: str, level: int) -> str:
    """
    Whose load a step is: `department LOG`, `role clerk`, `person …`, `level 3`, or `system`.

    What others hold the ball for is the load of `customer` or `third`.
    """
    if step.clock is not Holder.US:
        return step.clock.value
    who = step.who
    if who is None or who.kind is WhoKind.SYSTEM:
        return NOBODY
    if who.kind is WhoKind.MATRIX:
        return f"level {level}"
    name = department if who.kind is WhoKind.OWNER else who.name
    in_department = {WhoKind.OWNER, WhoKind.LEAST_LOADED, WhoKind.DEPARTMENT}
    return f"{'department' if who.kind in in_department else who.kind} {name}".strip()


def past_of(case: PastCase, axis: WorkingAxis) -> Past:
    """A case on the axis."""
    moments = [case.opened, case.closed, case.due or case.closed, *(at for *_x, at in case.passed)]
    opened, closed, due, *ends = axis.at(np.array(moments, dtype=np.int64)).tolist()
    visits, skipped = _visits(case, opened, ends)
    return Past(case, opened, closed, due if case.due else None, visits, skipped)


def _visits(
    case: PastCase, opened: int, ends: Sequence[int]
) -> tuple[tuple[Visit, ...], frozenset[str]]:
    """When each step was put to somebody: when what lies before it on its way had ended."""
    known = _places(case.definition)
    entered = last = opened
    node = -1
    branches: dict[int, int] = {}
    visits, skipped = [], set()
    for (step, outcome, _at), end in zip(case.passed, ends, strict=True):
        if step not in known:
            continue
        here, branch = known[step]
        if here != node or branch < 0:
            node, entered, branches = here, last, {}
        if outcome == SKIPPED:
            skipped.add(step)
        else:
            visits.append(Visit(step, outcome, branches.get(branch, entered), end))
        branches[branch] = last = max(last, end)
    return tuple(visits), frozenset(skipped)


def _places(definition: Definition) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for n, node in enumerate(definition.nodes):
        if isinstance(node, Group):
            found |= {s.id: (n, b) for b, branch in enumerate(node.branches) for s in branch}
        else:
            found[node.id] = (n, -1)
    return found


def times_of(pasts: Sequence[Past]) -> Times:
    """The usual time of every kind of step, of all that was done and not broken off."""
    found: dict[tuple[str, ...], list[int]] = {}
    for past in pasts:
        steps = {step.id: step for step in past.case.definition.steps}
        for visit in past.visits:
            if visit.outcome == CANCELLED:
                continue
            step = steps[visit.step]
            holder = holder_of(step, past.case.department, past.case.level)
            for key in _keys(step, holder):
                found.setdefault(key, []).append(visit.closed - visit.opened)
    return Times({key: int(np.median(taken)) for key, taken in found.items()})


def _keys(step: Step, holder: str) -> Iterator[tuple[str, ...]]:
    kind = holder if holder.startswith("level") else step.kind.value
    yield kind, step.code, holder
    if holder == NOBODY:
        return
    yield kind, step.code
    yield (step.kind.value,)


def seconds(values: Sequence[int]) -> Seconds:
    """A column of seconds."""
    return np.array(values, dtype=np.int64)

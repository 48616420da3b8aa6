"""How promises and plans stood on each day, from the log of their changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from concilia.dunning.core.backtest.past import Whole

OPEN: Final = frozenset({"PENDING", "DUE"})
KEPT: Final = frozenset({"KEPT", "KEPT_LATE"})
NOT_KEPT: Final = frozenset({"BROKEN", "PARTIAL"})
IN_FORCE: Final = frozenset({"ACTIVE", "AT_RISK"})
DEFAULTED, COMPLETED, SETTLEMENT = "DEFAULTED", "COMPLETED", "SETTLEMENT"


class Change(NamedTuple):
    """
    A state that began.

    :param known: the place of the first day on which it is known; `leaves`: of the first on which
        it is more than a year ago
    :param on: its day, as an ordinal
    """

    state: str
    known: int
    on: int
    leaves: int


class Phase(NamedTuple):
    """A state from one day up to another, by their places."""

    state: str
    first: int
    end: int
    on: int
    leaves: int


def phases_of(changes: Sequence[Change], days: int) -> list[Phase]:
    """Return the states one after the other, each until the next begins."""
    ends = [*(change.known for change in changes[1:]), days]
    return [
        Phase(change.state, change.known, end, change.on, change.leaves)
        for change, end in zip(changes, ends, strict=True)
        if change.known < end
    ]


class Allocated(NamedTuple):
    """Money on an item: when it is known, until when it stays, its value date as an ordinal."""

    known: int
    end: int
    value: int
    minor: int


class Promised(NamedTuple):
    """A promise about one item; days as ordinals: made, and the last that counts."""

    promise: int
    minor: int
    made: int
    late: int


def promised_of(
    promises: Sequence[Promised],
    money: Iterable[Allocated],
    phases: Mapping[int, Sequence[Phase]],
    days: int,
) -> Whole:
    """
    Return what of one item was promised on each day and not paid yet.

    :param promises: in the order of their promised days: each cent of the money counts for the
        first of them whose days it falls into, and for no other
    """
    rests = [np.full(days, one.minor, dtype=np.int64) for one in promises]
    for paid in sorted(money, key=lambda one: (one.value, one.known)):
        left = paid.minor
        for one, rest in zip(promises, rests, strict=True):
            if left and one.made <= paid.value <= one.late and paid.known < days:
                taken = min(left, int(rest[paid.known]))
                rest[paid.known : paid.end] -= taken
                left -= taken
    promised = np.zeros(days, dtype=np.int64)
    for one, rest in zip(promises, rests, strict=True):
        for phase in phases.get(one.promise, ()):
            if phase.state in OPEN:
                promised[phase.first : phase.end] += np.maximum(rest[phase.first : phase.end], 0)
    return promised


class PlanPart(NamedTuple):
    """An item in a plan: how much of it, with what is given up once it is paid."""

    row: int
    minor: int


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """
    A plan: its kind, its parts (the last item first), its rows and how it stood.

    :param rows: due dates as ordinals with what of each row is principal, in their order
    """

    kind: str
    parts: Sequence[PlanPart]
    rows: Sequence[tuple[int, int]]
    phases: Sequence[Phase]


def planned_of(plan: PlanTerms, open_minor: Whole, days: Whole) -> Iterator[tuple[int, Whole]]:
    """
    Yield for each item of a plan what of it the plan kept from being asked for on each day.

    What came off the item since the plan was agreed came off its part. Of a plan that was not kept
    only what was to come counts.

    :param open_minor: by item and day
    :param days: as ordinals
    """
    n = len(days)
    first = plan.phases[0].first if plan.phases else n
    if first >= n or not plan.parts:
        return
    gone = [
        np.clip(open_minor[part.row, first] - open_minor[part.row], 0, part.minor)
        for part in plan.parts
    ]
    to_come = _to_come(plan.rows, np.sum(gone, axis=0, dtype=np.int64), days)
    later = np.zeros(n, dtype=np.int64)
    for part, paid in zip(plan.parts, gone, strict=True):
        rest = part.minor - paid
        kept = np.zeros(n, dtype=np.int64)
        for phase in plan.phases:
            span = slice(phase.first, phase.end)
            if phase.state in IN_FORCE or (phase.state, plan.kind) == (COMPLETED, SETTLEMENT):
                kept[span] = rest[span]
            elif phase.state == DEFAULTED:
                kept[span] = np.clip(to_come[span] - later[span], 0, rest[span])
        later += rest
        yield part.row, kept


def _to_come(rows: Sequence[tuple[int, int]], paid: Whole, days: Whole) -> Whole:
    """
    By day, the principal of rows that were not due yet and not paid in advance.

    Money pays the oldest row that is due first, and what is left shortens the plan from its end;
    money that went back is taken off the last of it.
    """
    to_come = np.zeros(len(days), dtype=np.int64)
    receipts: list[tuple[int, int]] = []
    for n, (day, more) in enumerate(zip(days.tolist(), np.diff(paid, prepend=0), strict=True)):
        if more > 0:
            receipts.append((day, int(more)))
        elif more < 0:
            receipts = _without(receipts, -int(more))
        rests = _dealt(rows, receipts)
        to_come[n] = sum(rest for (due, _minor), rest in zip(rows, rests, strict=True) if due > day)
    return to_come


def _dealt(rows: Sequence[tuple[int, int]], receipts: Sequence[tuple[int, int]]) -> list[int]:
    rests = [minor for _due, minor in rows]
    for day, received in receipts:
        minor = received
        is_due = [n for n, (due, _minor) in enumerate(rows) if due <= day]
        for n in (*is_due, *reversed(range(len(rows)))):
            taken = min(minor, rests[n])
            rests[n], minor = rests[n] - taken, minor - taken
    return rests


def _without(receipts: Sequence[tuple[int, int]], minor: int) -> list[tuple[int, int]]:
    kept = list(receipts)
    while kept and minor:
        day, last = kept.pop()
        if last > minor:
            kept.append((day, last - minor))
        minor = max(0, minor - last)
    return kept


class Judged(NamedTuple):
    """How promises were judged, as spans of days: a row, first and end, and a number."""

    promises: list[tuple[int, int, int, int]]
    broken: list[tuple[int, int, int, int]]
    broken_on: list[tuple[int, int, int, int]]


def judged_of(phases: Iterable[tuple[int, Sequence[Phase]]]) -> Judged:
    """
    Return how often promises were judged and broken within a year, and when they were broken.

    :param phases: of each promise, with the row of its customer
    """
    found = Judged([], [], [])
    for row, each in phases:
        for phase in each:
            end = min(phase.end, phase.leaves)
            if phase.state in KEPT | NOT_KEPT:
                found.promises.append((row, phase.first, end, 1))
            if phase.state in NOT_KEPT:
                found.broken.append((row, phase.first, end, 1))
                found.broken_on.append((row, phase.first, phase.end, phase.on))
    return found

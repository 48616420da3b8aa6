"""
Which cases will be late: what is left to do, by how long such steps have taken (domain.md §5.9).

The road ahead is plain data: names of steps in order, and for branches that run together a list of
roads. It goes the usual way; what its condition surely skips is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from concilia.cases.core.process.model import END, NEXT, Definition, Group, Holder, Step
from concilia.cases.core.process.state import UNANSWERED, Result, State

# Fewer say nothing about the next one.
HISTORY_MIN: Final = 5
Road = list[Any]


@dataclass(frozen=True, slots=True)
class Left:
    """
    Working minutes still to come: our own, and with those in which others have the ball.

    `unknown` steps have no history and count as nothing.
    """

    ours: int
    all: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Taken:
    """How long an open step has been so that ended now, in which process."""

    step: str
    opened_at: datetime


def road_of(definition: Definition, state: State) -> Road:
    """The steps ahead, those that are open first; nothing where the case has ended."""
    if state.ended is not None:
        return []
    road: Road = []
    node = definition.nodes[definition.index(state.node)]
    is_open = frozenset(one.step for one in state.open)
    target = _here(node, state, is_open, road)
    passed = {node.id}
    while target != END and target not in passed:
        passed.add(target)
        node = definition.nodes[definition.index(target)]
        target = _ahead(node, state, road)
    return road


def _here(node: Step | Group, state: State, is_open: frozenset[str], road: Road) -> str:
    if isinstance(node, Step):
        if node.id in is_open:
            road.append(node.id)
        return node.ways[0].target
    branches = [
        _branch(steps[branch.at :], state, is_open)
        for steps, branch in zip(node.branches, state.branches, strict=True)
        if branch.result is Result.RUNNING
    ]
    _add(road, branches)
    assert node.met is not None, "a valid group leads on"
    return node.met.target


def _ahead(node: Step | Group, state: State, road: Road) -> str:
    if isinstance(node, Step):
        if not _is_skipped(node, state):
            road.append(node.id)
        return node.ways[0].target
    _add(road, [_branch(steps, state) for steps in node.branches])
    assert node.met is not None, "a valid group leads on"
    return node.met.target


def _branch(
    steps: Sequence[Step], state: State, is_open: frozenset[str] = frozenset()
) -> list[str]:
    return [step.id for step in _usual(steps) if step.id in is_open or not _is_skipped(step, state)]


def _usual(steps: Sequence[Step]) -> Iterator[Step]:
    """The steps of a branch until its usual way leaves it."""
    for step in steps:
        yield step
        if step.ways[0].target != NEXT:
            return


def _add(road: Road, branches: list[list[str]]) -> None:
    filled = [branch for branch in branches if branch]
    if filled:
        road.append(filled)


def _is_skipped(step: Step, state: State) -> bool:
    return step.skip is not None and step.skip.holds(state.facts) is True


def minutes_left(
    road: Road, usual: Mapping[str, int], theirs: frozenset[str], elapsed: Mapping[str, int]
) -> Left:
    """
    How much working time the road ahead takes.

    :param usual: the median of each step, in working minutes; a step without history is not in it
    :param theirs: steps in which others have the ball
    :param elapsed: how long the open steps have been so, in working minutes
    """
    ours = everything = unknown = 0
    for part in road:
        if isinstance(part, str):
            left = max(usual.get(part, 0) - elapsed.get(part, 0), 0)
            ours += 0 if part in theirs else left
            everything += left
            unknown += part not in usual
        else:
            branches = [minutes_left(branch, usual, theirs, elapsed) for branch in part]
            ours += max(one.ours for one in branches)
            everything += max(one.all for one in branches)
            unknown += sum(one.unknown for one in branches)
    return Left(ours, everything, unknown)


def steps_in(road: Road) -> Iterator[str]:
    """The names of all steps of a road."""
    for part in road:
        if isinstance(part, str):
            yield part
        else:
            for branch in part:
                yield from branch


def of_others(definition: Definition) -> frozenset[str]:
    """The steps in which others have the ball."""
    return frozenset(step.id for step in definition.steps if step.clock is not Holder.US)


def taken(before: State, after: State) -> Iterator[Taken]:
    """The steps that were done between two states, with when they had begun."""
    still = {(one.step, one.at) for one in after.open}
    ended = {one.step: one.outcome for one in after.passed}
    for one in before.open:
        if (one.step, one.at) not in still and ended.get(one.step) not in {None, *UNANSWERED}:
            yield Taken(one.step, one.at)

"""The way a case takes through a definition when it is known what is skipped and what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concilia.cases.core.process.model import END, FAIL, NEXT, Definition, Group, Step, Way

STAGES_MAX: Final = 120

Turn = tuple[str, int]  # a step, and the how-manieth time


@dataclass(frozen=True, slots=True)
class Stage:
    """
    A step, or branches that run together.

    It is over when the `nth` of the branches `over` is; what others still had is broken off.
    """

    branches: tuple[tuple[Turn, ...], ...]
    over: tuple[int, ...] = (0,)
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a case: steps that are skipped, and how often each ended how, in order."""

    skipped: frozenset[str]
    outcomes: tuple[tuple[str, tuple[str, ...]], ...]


def walk(definition: Definition, told: Told) -> tuple[Stage, ...]:
    """The stages from the beginning to the end; every outcome nobody knows is the usual one."""
    walker = _Walker(definition, told.skipped, dict(told.outcomes), {}, {})
    stages: list[Stage] = []
    index = {node.id: n for n, node in enumerate(definition.nodes)}
    at = definition.nodes[0].id if definition.nodes else END
    while at in index and len(stages) < STAGES_MAX:
        node = definition.nodes[index[at]]
        if isinstance(node, Group):
            stage, at = walker.group(node)
        else:
            stage, at = walker.step(node)
        if stage is not None:
            stages.append(stage)
    return tuple(stages)


@dataclass(slots=True)
class _Walker:
    definition: Definition
    skipped: frozenset[str]
    outcomes: Mapping[str, tuple[str, ...]]
    turns: dict[str, int]
    gone: dict[str, int]

    def step(self, step: Step) -> tuple[Stage | None, str]:
        if not step.ways:
            return None, END
        if step.id in self.skipped:
            return None, step.ways[0].target
        turn, way = self.take(step)
        return Stage((((step.id, turn),),)), way.target

    def take(self, step: Step) -> tuple[int, Way]:
        """The next visit of a step and the way it goes; a way back that is used up is not gone."""
        turn = self.turns.get(step.id, 0)
        self.turns[step.id] = turn + 1
        known = self.outcomes.get(step.id, ())
        way = step.way(known[turn]) if turn < len(known) else None
        if way is not None and way.at_most:
            name = f"{step.id} {way.outcome}"
            self.gone[name] = self.gone.get(name, 0) + 1
            if self.gone[name] > way.at_most:
                way = None
        return turn, way or step.ways[0]

    def group(self, group: Group) -> tuple[Stage | None, str]:
        branches: list[tuple[Turn, ...]] = []
        met: list[tuple[int, str]] = []
        failed: list[tuple[int, str]] = []
        left: list[tuple[int, str]] = []
        for branch in group.branches:
            turns, end = self.branch(branch)
            if not turns:
                continue
            n = len(branches)
            branches.append(turns)
            (met if end == NEXT else failed if end == FAIL else left).append((n, end))
        onward = group.met.target if group.met else END
        if not branches:
            return None, onward
        if left:
            n, target = left[0]
            return Stage(tuple(branches), (n,), 1), target
        wanted = group.wanted(len(branches))
        if len(met) >= wanted:
            return Stage(tuple(branches), tuple(n for n, _ in met), max(1, wanted)), onward
        over = tuple(n for n, _end in failed)
        target = self.back(group, onward)
        return Stage(tuple(branches), over, max(1, len(branches) - wanted + 1)), target

    def back(self, group: Group, onward: str) -> str:
        """Where a group that failed leads, as often as it may."""
        way = group.failed
        if way is None:
            return onward
        name = f"{group.id} failed"
        self.gone[name] = self.gone.get(name, 0) + 1
        is_used_up = bool(way.at_most) and self.gone[name] > way.at_most
        return onward if is_used_up else way.target

    def branch(self, steps: tuple[Step, ...]) -> tuple[tuple[Turn, ...], str]:
        """The visits of a branch, and how it ends: well, badly, or elsewhere."""
        turns: list[Turn] = []
        for step in steps:
            if step.id in self.skipped or not step.ways:
                continue
            turn, way = self.take(step)
            turns.append((step.id, turn))
            if way.target != NEXT:
                return tuple(turns), way.target
        return tuple(turns), NEXT

"""
A running case taken from one version of a process to another: where it stood, where it lands.

Steps are found again by their name. What cannot be found stays where it is: nothing is guessed, no
step that needs signatures is reached without, and no signature counts for what it was not given for
(`docs/decisions/0085-changing-a-process-by-hand.md`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from concilia.cases.core.process.engine import advance
from concilia.cases.core.process.graph import places
from concilia.cases.core.process.model import Definition, Group, Kind, Step, Way
from concilia.cases.core.process.running import Run
from concilia.cases.core.process.state import (
    CANCELLED,
    UNANSWERED,
    Branch,
    FactsChanged,
    OpenStep,
    Result,
    State,
)


class Why(StrEnum):
    """Why a case stays on its version."""

    ENDED = "ended"
    REASON_LEFT = "reason-left"  # the new version does not speak for its reason
    STEP_GONE = "step-gone"  # its step is not there, and nobody said where to go instead
    OTHER_KIND = "other-kind"  # its step asks for something else now
    CHOSEN = "chosen"  # somebody chose that it stays
    UNSIGNED = "unsigned"  # there one stands only with signatures it does not have
    SIGNED = "signed"  # its signatures would not count any more, and it is being carried out
    WOULD_END = "would-end"  # nothing would be left to do: a person closes cases


class Signatures(StrEnum):
    """What becomes of signatures that were given or asked for."""

    NONE = "none"
    STAY = "stay"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Stays:
    """The case stays; `step` is the one that has no place."""

    why: Why
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """
    The case lands in `state`.

    `kept`: steps that stay open. `closed`: of the old version, open no more. `opened`: new ones.
    """

    state: State
    kept: tuple[str, ...]
    closed: tuple[str, ...]
    opened: tuple[str, ...]
    signatures: Signatures


STAYS: Final = "stay"  # a choice: cases at this step stay where they are


def migrate(
    old: Definition,
    new: Definition,
    state: State,
    at: datetime,
    choices: Mapping[str, str] | None = None,
) -> Moves | Stays:
    """
    Where a case lands.

    :param choices: for steps of the old version, the step of the new one to land at, or `stay`
    """
    targets = _targets(old, new, state, choices or {})
    if isinstance(targets, Stays):
        return targets
    signatures = _signatures(old, new, state)
    if signatures is Signatures.FALL:
        if state.signed:
            return Stays(Why.SIGNED)
        targets = _proposal(new, targets)
        if not targets:
            return Stays(Why.UNSIGNED)
    return _landed(new, state, targets, at, signatures)


def _targets(
    old: Definition, new: Definition, state: State, choices: Mapping[str, str]
) -> dict[str, OpenStep] | Stays:
    """Each open step by the name it has in the new version, with since when it is open."""
    if state.ended is not None:
        return Stays(Why.ENDED)
    if state.facts.reason and state.facts.reason not in new.reasons:
        return Stays(Why.REASON_LEFT)
    known = {step.id: step for step in new.steps}
    found: dict[str, OpenStep] = {}
    for one in state.open:
        name = choices.get(one.step, one.step)
        if (why := _why_not(old, known.get(name), one.step, name)) is not None:
            return Stays(why, one.step)
        found.setdefault(name, one)
    return found


def _why_not(old: Definition, new: Step | None, before: str, name: str) -> Why | None:
    """Why a case that stands at one step cannot go on at another; None if it can."""
    if name == STAYS:
        return Why.CHOSEN
    if new is None:
        return Why.STEP_GONE
    was = old.step(before)
    is_other = name == before and (was.kind, was.code) != (new.kind, new.code)
    return Why.OTHER_KIND if is_other else None


def _signatures(old: Definition, new: Definition, state: State) -> Signatures:
    """Signatures count on where the new version asks for the same ones of the same decision."""
    is_asked = any(old.step(one.step).kind is Kind.APPROVAL for one in state.open)
    if state.carried_out or not (state.signed or state.agreed or is_asked):
        return Signatures.NONE
    return Signatures.STAY if _signing(old) == _signing(new) else Signatures.FALL


def _signing(definition: Definition) -> list[tuple[object, ...]]:
    """What is put to signature and who signs: all that a signature was given for."""
    said = {Kind.PROPOSE, Kind.APPROVAL}
    return [
        (step.id, step.kind, step.who if step.kind is Kind.APPROVAL else None, step.skip)
        for step in definition.steps
        if step.kind in said
    ]


def _proposal(new: Definition, targets: Mapping[str, OpenStep]) -> dict[str, OpenStep]:
    """The last proposal before where the case would land."""
    here = min(new.node_of(name) for name in targets)
    reached = places(new)
    before = [
        node.id
        for node in new.nodes[: here + 1]
        if isinstance(node, Step) and node.kind is Kind.PROPOSE and (node.id, False) in reached
    ]
    return {before[-1]: next(iter(targets.values()))} if before else {}


def _landed(
    new: Definition,
    state: State,
    targets: Mapping[str, OpenStep],
    at: datetime,
    signatures: Signatures,
) -> Moves | Stays:
    n = min(new.node_of(name) for name in targets)
    node = new.nodes[n]
    signed = state.signed and signatures is not Signatures.FALL
    if (node.id, signed) not in places(new):
        return Stays(Why.UNSIGNED, node.id)
    here = {name: one for name, one in targets.items() if new.node_of(name) == n}
    run = Run(
        new,
        _carried_over(new, state, node.id, signed=signed, falls=signatures is Signatures.FALL),
        at,
    )
    run.change(open=tuple(_since(name, one, at) for name, one in here.items()))
    if isinstance(node, Group):
        _branch_off(run, node, state, set(here))
    after, _effects = advance(new, run.state, FactsChanged(run.state.facts), at)
    if after.ended is not None:
        return Stays(Why.WOULD_END)
    return _compared(state, after, signatures)


def _since(name: str, one: OpenStep, at: datetime) -> OpenStep:
    """A step that stays keeps its time; one that was chosen instead begins now."""
    return one if one.step == name else OpenStep(name, at)


def _carried_over(new: Definition, state: State, node: str, *, signed: bool, falls: bool) -> State:
    """What is known of the case, as far as the new version has words for it."""
    names = {step.id for step in new.steps}
    bounds = {f"{owner} {way.outcome}": way.at_most for owner, way in _ways(new)}
    return replace(
        state,
        node=node,
        open=(),
        branches=(),
        signed=signed,
        agreed=state.agreed and not falls,
        carried_out=state.carried_out and signed,
        passed=tuple(one for one in state.passed if one.step in names),
        loops=tuple((name, min(n, bounds[name])) for name, n in state.loops if bounds.get(name)),
    )


def _ways(definition: Definition) -> Iterator[tuple[str, Way]]:
    for node in definition.nodes:
        yield from ((node.id, way) for way in node.ways)
        if isinstance(node, Group):
            yield from ((step.id, way) for step in node.steps for way in step.ways)


def _branch_off(run: Run, group: Group, before: State, here: set[str]) -> None:
    """Each branch at the step that is open; others as they ended, or from their beginning."""
    ends = {one.step: one.outcome for one in before.passed}
    run.change(branches=tuple(Branch(0) for _ in group.branches))
    fresh = []
    for b, branch in enumerate(group.branches):
        at = next((k for k, step in enumerate(branch) if step.id in here), None)
        if at is not None:
            run.put(b, Branch(at))
        elif all(ends.get(step.id, CANCELLED) != CANCELLED for step in branch):
            is_met = any(ends[step.id] not in UNANSWERED for step in branch)
            run.put(b, Branch(len(branch), Result.MET if is_met else Result.SKIPPED))
        else:
            fresh.append(b)
    _close_doubles(run, group)
    for b in fresh:
        run.go_on_in(group, b, 0)


def _close_doubles(run: Run, group: Group) -> None:
    """One step of a branch is open at a time: the first of those that were."""
    at = {branch[one.at].id for branch, one in zip(group.branches, run.state.branches, strict=True)
          if one.result is Result.RUNNING and one.at < len(branch)}  # fmt: skip
    run.change(open=tuple(one for one in run.state.open if one.step in at))


def _compared(before: State, after: State, signatures: Signatures) -> Moves:
    old = [one.step for one in before.open]
    new = [one.step for one in after.open]
    return Moves(
        state=after,
        kept=_in(old, new),
        closed=tuple(name for name in old if name not in new),
        opened=tuple(name for name in new if name not in old),
        signatures=signatures,
    )


def _in(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in others)

"""Which approvals a process asks for on its way from a proposal to what is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.model import (
    END,
    SIGNED_FIRST,
    Definition,
    Group,
    Kind,
    Node,
    Step,
    Who,
)
from concilia.cases.core.process.running import Run
from concilia.cases.core.process.state import State

# Nothing happens to the case here, so no moment is kept.
BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ApprovalAhead:
    """
    Approvals that are asked together: their steps with whom they ask, and how many must approve.

    One step of the limits stands alone; who signs there, the matrix says.
    """

    steps: tuple[tuple[str, Who], ...]
    needed: int
    is_matrix: bool = False


def approvals_ahead(
    definition: Definition, state: State, facts: Facts
) -> tuple[ApprovalAhead, ...]:
    """
    What will be asked once something is proposed, as the facts are now.

    The road is known then: between a proposal and what carries it out one way leads on (see
    `validation.unready`). A step whose condition surely holds is not asked.
    """
    run = Run(definition, replace(state, facts=facts), BEGINNING)
    return tuple(_ahead(run, _first(definition, state)))


def _first(definition: Definition, state: State) -> str:
    """The proposal at hand or ahead, else the last one behind; else where the case stands."""
    here = definition.index(state.node)
    proposals = [
        n
        for n, node in enumerate(definition.nodes)
        if isinstance(node, Step) and node.kind is Kind.PROPOSE
    ]
    ahead = [n for n in proposals if n >= here]
    behind = [n for n in proposals if n < here]
    chosen = ahead[0] if ahead else behind[-1] if behind else here
    return definition.nodes[chosen].id


def _ahead(run: Run, first: str) -> Iterator[ApprovalAhead]:
    target, is_first, seen = first, True, set[str]()
    while target != END and target not in seen:
        seen.add(target)
        node = run.definition.nodes[run.definition.index(target)]
        if not is_first and _stops(node):
            return
        if isinstance(node, Group):
            if found := _of_group(run, node):
                yield found
            assert node.met is not None, "a valid group leads on"
            target = node.met.target
        else:
            if node.kind is Kind.APPROVAL and not run.is_skipped(node):
                yield _of_step(node)
            target = node.ways[0].target
        is_first = False


def _stops(node: Node) -> bool:
    return isinstance(node, Step) and node.kind in {*SIGNED_FIRST, Kind.PROPOSE}


def _of_step(step: Step) -> ApprovalAhead:
    assert step.who is not None, "a valid approval says who"
    return ApprovalAhead(((step.id, step.who),), 1, is_matrix=step.is_matrix)


def _of_group(run: Run, group: Group) -> ApprovalAhead | None:
    active = [branch for branch in group.branches if not all(map(run.is_skipped, branch))]
    asked = [
        (step.id, step.who)
        for branch in active
        for step in branch
        if step.kind is Kind.APPROVAL and not run.is_skipped(step) and step.who is not None
    ]
    if not asked:
        return None
    return ApprovalAhead(tuple(asked), min(len(asked), group.wanted(len(active))))

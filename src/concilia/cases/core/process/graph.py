"""
The graph of a process: where each step leads, and what has been signed when one gets there.

A place on the main road is a step or a whole group. It is walked with one bit: whether what will be
posted is signed. Proposing takes the signature away, an approval by the matrix of limits gives it,
a group gives it when it cannot end well without one. A company's own approvers can only refuse.
Both the validation and the engine ask here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from concilia.cases.core.process.conditions import Both, Compared, Condition
from concilia.cases.core.process.model import (
    APPROVED,
    END,
    FAIL,
    NEXT,
    Definition,
    Group,
    Join,
    Kind,
    Node,
    Step,
)

Place = tuple[str, bool]
INSIDE: Final = frozenset({NEXT, FAIL})


def targets_of(node: Node) -> Iterator[str]:
    """Every place a node of the main road may lead to: steps, groups and the end."""
    yield from (way.target for way in node.ways)
    if isinstance(node, Group):
        for step in node.steps:
            yield from (way.target for way in step.ways if way.target not in INSIDE)


def asks_no_signature(condition: Condition | None) -> bool:
    """Whether a condition holds only where the matrix asks for no signature at all."""
    if isinstance(condition, Both):
        return any(asks_no_signature(part) for part in condition.parts)
    return (
        isinstance(condition, Compared)
        and condition.fact == "signatures"
        and condition.sign in {"=", "<="}
        and condition.values[0] == 0
    )


def signs(group: Group) -> bool:
    """
    Whether a group that ended well has been signed by those the limits name: all of it, or any
    branch that may end it. Own approvers sign besides, never instead.
    """
    signing = [any(step.is_matrix for step in branch) for branch in group.branches]
    return any(signing) if group.join is Join.ALL else bool(signing) and all(signing)


def follow(node: Node, *, signed: bool) -> Iterator[Place]:
    """Where a node leads, each with whether it is signed there."""
    if isinstance(node, Step):
        for way in node.ways:
            yield way.target, _after(node, way.outcome, signed=signed)
        return
    if node.met:
        yield node.met.target, signed or signs(node)
    if node.failed:
        yield node.failed.target, False
    for step in node.steps:
        for way in step.ways:
            if way.target not in INSIDE:
                yield way.target, False


def _after(step: Step, outcome: str, *, signed: bool) -> bool:
    if step.kind is Kind.APPROVAL:
        # Skipped, it goes its first way; the matrix's own only where nobody need sign.
        return outcome == APPROVED and (signed or step.is_matrix)
    return signed and step.kind is not Kind.PROPOSE


def places(definition: Definition) -> frozenset[Place]:
    """Every place that can be reached from the beginning, signed or not."""
    if not definition.nodes:
        return frozenset()
    nodes = {node.id: node for node in definition.nodes}
    found: set[Place] = set()
    ahead: list[Place] = [(definition.nodes[0].id, False)]
    while ahead:
        place = ahead.pop()
        node = nodes.get(place[0])
        if place in found or node is None:
            continue
        found.add(place)
        ahead += follow(node, signed=place[1])
    return frozenset(found)


def longest(definition: Definition) -> int:
    """The most steps a case meets on its way forward; branches that run together count once."""
    rank = {node.id: n for n, node in enumerate(definition.nodes)}
    length = {END: 0}
    for n in reversed(range(len(definition.nodes))):
        node = definition.nodes[n]
        ahead = [length.get(to, 0) for to in targets_of(node) if rank.get(to, len(rank)) > n]
        own = max(map(len, node.branches), default=0) if isinstance(node, Group) else 1
        length[node.id] = own + max(ahead, default=0)
    return length[definition.nodes[0].id] if definition.nodes else 0

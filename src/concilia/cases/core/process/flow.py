"""The flow of a definition kept while steps come and go: who led where leads on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from concilia.cases.core.process.model import (
    END,
    FAIL,
    NEXT,
    Definition,
    Group,
    Join,
    Node,
    Step,
    Way,
)

BRANCHES_MIN: Final = 2
BACK_AT_MOST: Final = 2
INSIDE: Final = frozenset({NEXT, FAIL})
# Which branch of a group, and which step of the branch; None for what stands on the main road.
InBranch = tuple[int, int] | None


class EditRefused(ValueError):
    """A change that cannot be made; `code` says why, `name` of what."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(f"{code} {name}".strip())
        self.code = code
        self.name = name


def place_of(definition: Definition, name: str) -> tuple[int, InBranch]:
    """
    Where something stands: on the main road, and in which branch.

    :raises EditRefused: if it is not there
    """
    for n, node in enumerate(definition.nodes):
        if node.id == name:
            return n, None
        if isinstance(node, Group):
            for b, branch in enumerate(node.branches):
                for k, step in enumerate(branch):
                    if step.id == name:
                        return n, (b, k)
    raise EditRefused("step_unknown", name)


def replaced(definition: Definition, name: str, by: Node) -> Definition:
    """Another step or group in the place of one."""
    n, branch = place_of(definition, name)
    node = definition.nodes[n]
    if branch is not None and isinstance(node, Group):
        assert isinstance(by, Step)
        b, k = branch
        steps = (*node.branches[b][:k], by, *node.branches[b][k + 1 :])
        by = replace(node, branches=(*node.branches[:b], steps, *node.branches[b + 1 :]))
    return replace(definition, nodes=(*definition.nodes[:n], by, *definition.nodes[n + 1 :]))


def redirected(
    definition: Definition, old: str, new: str, *, but: str = "", before: int | None = None
) -> Definition:
    """
    What led to `old` leads to `new`.

    :param but: a step that keeps its ways
    :param before: only what stands before this place of the main road
    """
    nodes = [
        node if before is not None and n >= before else _turned(node, old, new, but)
        for n, node in enumerate(definition.nodes)
    ]
    return replace(definition, nodes=tuple(nodes))


def _turned(node: Node, old: str, new: str, but: str) -> Node:
    def turned(way: Way | None) -> Way | None:
        return replace(way, target=new) if way and way.target == old else way

    if isinstance(node, Step):
        ways = tuple(turned(way) or way for way in node.ways)
        return node if node.id == but else replace(node, ways=ways)
    branches = tuple(
        tuple(_step_of(_turned(step, old, new, but)) for step in branch) for branch in node.branches
    )
    return replace(node, branches=branches, met=turned(node.met), failed=turned(node.failed))


def _step_of(node: Node) -> Step:
    assert isinstance(node, Step)
    return node


def inserted(definition: Definition, node: Node, anchor: str, *, after: bool) -> Definition:
    """
    Put a step or group between what led to a place and where that leads.

    :raises EditRefused: for a group inside a branch, or a place that is not there
    """
    n, branch = place_of(definition, anchor)
    home = definition.nodes[n]
    if branch is not None and isinstance(home, Group):
        if isinstance(node, Group):
            raise EditRefused("group_in_branch", node.id)
        b, k = branch
        at = k + after
        steps = (*home.branches[b][:at], _in_branch(node), *home.branches[b][at:])
        made = replace(home, branches=(*home.branches[:b], steps, *home.branches[b + 1 :]))
        return replaced(definition, home.id, made)
    if after:
        usual = _usual(definition, n)
        definition = replaced(definition, home.id, _leading(home, usual, node.id))
        return _put(definition, _on_road(node, usual), n + 1)
    led = redirected(definition, anchor, node.id, before=n)
    if n and led == definition:
        # Only ways back lead here: then they lead to what is put before it.
        led = redirected(definition, anchor, node.id)
    return _put(led, _on_road(node, anchor), n)


def _put(definition: Definition, node: Node, n: int) -> Definition:
    return replace(definition, nodes=(*definition.nodes[:n], node, *definition.nodes[n:]))


def _usual(definition: Definition, n: int) -> str:
    """Where a place of the main road usually leads; by order, if it does not say."""
    ways = definition.nodes[n].ways
    if ways:
        return ways[0].target
    return definition.nodes[n + 1].id if n + 1 < len(definition.nodes) else END


def _leading(node: Node, usual: str, target: str) -> Node:
    """A node whose usual ways lead to another target."""
    if isinstance(node, Group):
        turned = _turned(replace(node, branches=()), usual, target, "")
        assert isinstance(turned, Group)
        met = turned.met or Way("met", target)
        return replace(node, met=met, failed=turned.failed)
    return (
        _turned(node, usual, target, "")
        if node.ways
        else replace(node, ways=(Way("done", target),))
    )


def _on_road(node: Node, target: str) -> Node:
    """A node that leads to a target; what led on inside a branch leads there too."""
    if isinstance(node, Group):
        return replace(node, met=Way("met", target))
    first, *others = node.ways or (Way("done", target),)
    kept = [replace(way, target=target) if way.target in INSIDE else way for way in others]
    return replace(node, ways=(replace(first, target=target), *kept))


def _in_branch(node: Step) -> Step:
    first, *others = node.ways or (Way("done", NEXT),)
    return replace(node, ways=(replace(first, target=NEXT), *others))


def detached(definition: Definition, name: str) -> tuple[Definition, Node]:
    """
    Take a step or group out; what led to it leads to where it usually led.

    :raises EditRefused: if it is not there
    """
    n, branch = place_of(definition, name)
    node = definition.nodes[n]
    if branch is None or isinstance(node, Step):
        return _without(definition, n), node
    b, k = branch
    step = node.branches[b][k]
    steps = (*node.branches[b][:k], *node.branches[b][k + 1 :])
    branches = [*node.branches[:b], *((steps,) if steps else ()), *node.branches[b + 1 :]]
    if len(branches) < BRANCHES_MIN:
        return _dissolved(definition, n, branches[0] if branches else ()), step
    is_some = node.join is Join.SOME
    made = replace(
        node,
        branches=tuple(branches),
        of=len(branches) if is_some else 0,
        needed=min(node.needed, len(branches)) if is_some else 0,
    )
    return replaced(definition, node.id, made), step


def _without(definition: Definition, n: int) -> Definition:
    node = definition.nodes[n]
    onward = _usual(definition, n)
    gone = {node.id, *(step.id for step in node.steps)} if isinstance(node, Group) else {node.id}
    if onward in gone:
        onward = definition.nodes[n + 1].id if n + 1 < len(definition.nodes) else END
    rest = replace(definition, nodes=(*definition.nodes[:n], *definition.nodes[n + 1 :]))
    return redirected(rest, node.id, onward)


def _dissolved(definition: Definition, n: int, steps: Iterable[Step]) -> Definition:
    """A group of one branch is no group: its steps stand on the main road."""
    group = definition.nodes[n]
    assert isinstance(group, Group)
    met = _usual(definition, n)
    failed = group.failed.target if group.failed else met
    chain = list(steps)
    road = []
    for k, step in enumerate(chain):
        onward = chain[k + 1].id if k + 1 < len(chain) else met
        targets = {NEXT: onward, FAIL: failed}
        ways = tuple(replace(w, target=targets.get(w.target, w.target)) for w in step.ways)
        road.append(replace(step, ways=ways))
    if not road:
        return _without(definition, n)
    nodes = (*definition.nodes[:n], *road, *definition.nodes[n + 1 :])
    return redirected(replace(definition, nodes=nodes), group.id, road[0].id)


def bounded(definition: Definition) -> Definition:
    """The same with a bound on every way back, and on none that leads forward."""
    index = {node.id: n for n, node in enumerate(definition.nodes)}
    made: list[Node] = []
    for n, node in enumerate(definition.nodes):

        def sound(way: Way, n: int = n) -> Way:
            is_back = way.target in index and index[way.target] <= n
            return replace(way, at_most=(way.at_most or BACK_AT_MOST) if is_back else 0)

        if isinstance(node, Step):
            made.append(replace(node, ways=tuple(map(sound, node.ways))))
            continue
        branches = tuple(
            tuple(replace(step, ways=tuple(map(sound, step.ways))) for step in branch)
            for branch in node.branches
        )
        made.append(
            replace(
                node,
                branches=branches,
                met=sound(node.met) if node.met else None,
                failed=sound(node.failed) if node.failed else None,
            )
        )
    return replace(definition, nodes=tuple(made))

"""Whether a call flow is fit for use: complete, no dead ends, silent until it may speak."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from concilia.dunning.core.calls.terms import (
    DIGITS_MAX,
    NEEDS_IDENTITY,
    OUTCOMES,
    REPEATS_MAX,
    Ask,
    Deed,
    Do,
    End,
    Flow,
    Node,
    Say,
    ways_of,
)

KEYS = frozenset("0123456789*")


def problems_of(flow: Flow, texts: frozenset[str]) -> list[str]:
    """
    Say in sentences what is wrong with a flow; an empty list lets it be used.

    :param texts: the keys that have words in every language
    """
    unknown = [
        f"“{name}” leads to “{way}”, which is none."
        for name, node in flow.nodes.items()
        for way in ways_of(node)
        if way not in flow.nodes
    ]
    unknown += [f"“{way}” is none." for way in (flow.start, flow.rescue) if way not in flow.nodes]
    if unknown:
        return unknown
    return [
        *_unreachable(flow),
        *_endless(flow),
        *_circles(flow),
        *(words for name, node in flow.nodes.items() for words in _of_node(name, node, texts)),
        *_too_early(flow),
    ]


def _reached(flow: Flow, start: str, without: frozenset[str] = frozenset()) -> set[str]:
    """Every node there is a way to, not through those of `without`."""
    found, left = {start}, [start]
    while left:
        name = left.pop()
        if name in without:
            continue
        for way in ways_of(flow.nodes[name]):
            if way not in found:
                found.add(way)
                left.append(way)
    return found


def _unreachable(flow: Flow) -> Iterator[str]:
    reached = _reached(flow, flow.start) | _reached(flow, flow.rescue)
    yield from (f"Nothing leads to “{name}”." for name in flow.nodes if name not in reached)


def _endless(flow: Flow) -> Iterator[str]:
    for name in flow.nodes:
        ends = [one for one in _reached(flow, name) if isinstance(flow.nodes[one], End)]
        if not ends:
            yield f"From “{name}” there is no way to an end."


def _circles(flow: Flow) -> Iterator[str]:
    """A circle in which nobody is asked anything would go on for ever without a word of theirs."""
    asks = frozenset(name for name, node in flow.nodes.items() if isinstance(node, Ask))
    for name in flow.nodes:
        if name in asks:
            continue
        after = {
            one for way in ways_of(flow.nodes[name]) for one in _reached(flow, way, without=asks)
        }
        if name in after:
            yield f"“{name}” leads back to itself without asking anything."
    rescued = _reached(flow, flow.rescue)
    if rescued & asks:
        yield "Who went round too often is asked again."


def _of_node(name: str, node: Node, texts: frozenset[str]) -> Iterator[str]:
    said = getattr(node, "text", None)
    if said is not None and said not in texts:
        yield f"“{name}” says “{said}”, which has no words."
    if isinstance(node, Do) and node.ways.keys() != OUTCOMES[node.deed]:
        yield f"“{name}” must have a way for each of: {', '.join(sorted(OUTCOMES[node.deed]))}."
    if isinstance(node, Ask):
        yield from _of_ask(name, node)


def _of_ask(name: str, node: Ask) -> Iterator[str]:
    if not 1 <= node.repeats <= REPEATS_MAX:
        yield f"“{name}” asks up to {REPEATS_MAX} times."
    if bool(node.choices) == bool(node.then):
        yield f"“{name}” has either choices or one way on."
    if any(key not in KEYS or len(key) != 1 for key in node.choices):
        yield f"“{name}” has a choice that is no key."
    if not 1 <= node.digits <= DIGITS_MAX or (node.choices and node.digits != 1):
        yield f"“{name}” asks for up to {DIGITS_MAX} digits, or for one choice."


def _too_early(flow: Flow) -> Iterator[str]:
    """No word of a debt and no act before somebody has shown who they are."""
    shown = {name: _without_ok(node) for name, node in flow.nodes.items()}
    early = _reached(Flow(flow.name, flow.start, flow.rescue, shown), flow.start)
    early |= _reached(flow, flow.rescue)
    for name in sorted(early):
        node = flow.nodes[name]
        if isinstance(node, Say | Ask) and node.tells:
            yield f"“{name}” tells of a debt before anybody has shown who they are."
        if isinstance(node, Do) and node.deed in NEEDS_IDENTITY:
            yield f"“{name}” acts before anybody has shown who they are."


def _without_ok(node: Node) -> Node:
    if not isinstance(node, Do) or node.deed is not Deed.IDENTIFY:
        return node
    ways: Mapping[str, str] = {key: way for key, way in node.ways.items() if key != "ok"}
    return Do(node.deed, ways)

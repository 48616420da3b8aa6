"""A call walked a turn at a time: what is said, then keys, a deed, a person, or the end."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from concilia.dunning.core.calls.terms import (
    TURNS_MAX,
    Ask,
    Branch,
    Deed,
    Do,
    End,
    Fact,
    Flow,
    Hand,
    Line,
    Say,
)

STEPS_MAX = 100
NOT_HEARD = "not_heard"


@dataclass(frozen=True, slots=True)
class Step:
    """
    How far a call went before the program has something to do.

    :param says: keys of what is said on the way, in order
    :param asks: keys are waited for; `deed`: the program does something; `hands`: a person takes
        over; none of them: it is over
    """

    line: Line
    says: tuple[str, ...]
    asks: Ask | None = None
    deed: Deed | None = None
    hands: bool = False


def begun(flow: Flow, facts: Set[Fact]) -> Step:
    """Return the first words of a call."""
    return _onward(flow, Line(flow.start), facts)


def heard(
    flow: Flow, line: Line, digits: str, facts: Set[Fact], *, was_taken: bool = False
) -> Step:
    """
    Go on with what was pressed, empty for silence, from where keys were waited for.

    :param was_taken: a person who was called for took the call
    """
    node = flow.nodes[line.node]
    if isinstance(node, Hand):
        way = node.taken if was_taken else node.then
        return _onward(flow, replace(line, node=way), facts)
    assert isinstance(node, Ask), "keys are heard where they are asked for"
    line = replace(line, turns=line.turns + 1)
    if line.turns > TURNS_MAX:
        return _onward(flow, replace(line, node=flow.rescue, asked=0), facts)
    pressed = digits.strip().rstrip("#")[: node.digits]
    found = (node.choices.get(pressed) if node.choices else node.then) if pressed else None
    if found is not None:
        kept = {**line.kept, node.keep: pressed} if node.keep else line.kept
        return _onward(flow, replace(line, node=found, kept=kept, asked=0), facts)
    if line.asked + 1 >= node.repeats:
        return _onward(flow, replace(line, node=node.otherwise, asked=0), facts)
    again = replace(line, asked=line.asked + 1)
    return Step(again, (NOT_HEARD, node.text), asks=node)


def done(flow: Flow, line: Line, outcome: str, keeps: Mapping[str, str], facts: Set[Fact]) -> Step:
    """
    Go on after a deed.

    :param keeps: what it leaves for later turns
    """
    node = flow.nodes[line.node]
    assert isinstance(node, Do), "a deed was done where none is"
    kept = {**line.kept, **keeps}
    return _onward(flow, replace(line, node=node.ways[outcome], kept=kept), facts)


def _onward(flow: Flow, line: Line, facts: Set[Fact]) -> Step:
    says: list[str] = []
    for _step in range(STEPS_MAX):
        node = flow.nodes[line.node]
        match node:
            case Say():
                says.append(node.text)
                line = replace(line, node=node.then)
            case Branch():
                line = replace(line, node=node.yes if node.on in facts else node.no)
            case Ask():
                return Step(line, (*says, node.text), asks=node)
            case Do():
                return Step(line, tuple(says), deed=node.deed)
            case Hand():
                return Step(line, (*says, node.text), hands=True)
            case End():
                return Step(line, (*says, node.text))
    raise RuntimeError(f"flow {flow.name} goes round in circles")  # the check lets none through

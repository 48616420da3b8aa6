"""
A process changed by one act on its route: a step put in, moved, taken out, called otherwise.

Each act keeps the flow: what led to a step that goes leads on to where its usual outcome led, and
what is put in stands between. Whether the result is sound the validation says, not this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from concilia.cases.core.process.comments import comments_of, with_comments
from concilia.cases.core.process.flow import (
    EditRefused,
    bounded,
    detached,
    inserted,
    place_of,
    redirected,
    replaced,
)
from concilia.cases.core.process.model import (
    APPROVED,
    END,
    NEXT,
    RESERVED,
    Definition,
    Group,
    Holder,
    Join,
    Kind,
    Node,
    Step,
    Way,
    Who,
    WhoKind,
    Within,
    Words,
)
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.writing import write_process

NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
NAME_MAX: Final = 40
RETURNS_AT_MOST: Final = 9
BY_MACHINE: Final = frozenset({Kind.VERDICT, Kind.POST, Kind.AUTOMATIC})
CLOCKS: Final[Mapping[Kind, Holder]] = MappingProxyType(
    {Kind.ASK_CUSTOMER: Holder.CUSTOMER, Kind.ASK_THIRD: Holder.THIRD}
)


@dataclass(frozen=True, slots=True)
class Head:
    """Say what the process is called and which reasons it speaks for."""

    titles: Words
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Put another step in the place of one; it may be called otherwise."""

    step: str
    to: Step


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Say how branches come together, and where that leads."""

    group: str
    join: Join
    needed: int
    met: str
    failed: str
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class Add:
    """A new step of a kind (`code` as in the text) before or after a step or group."""

    kind: Kind
    code: str
    anchor: str
    after: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """A new step that runs together with one: a group is made of it, or gets a branch more."""

    kind: Kind
    code: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Move:
    """Put a step or group before or after another, also into its branch or out of it."""

    step: str
    anchor: str
    after: bool


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a step or group out; the last branch but one ends the group."""

    step: str


Edit = Head | Change | ChangeGroup | Add | Beside | Move | Delete


@dataclass(frozen=True, slots=True)
class Edited:
    """The text after an edit, and the step the edit was about (empty when it is gone)."""

    text: str
    step: str


def edit(text: str, change: Edit) -> Edited:
    """
    Change a text by one act; comments stay with the lines they speak of.

    :raises EditRefused: if the text cannot be read, or there is no such step
    """
    definition = read_process(text).definition
    if definition is None:
        raise EditRefused("text_unreadable")
    after, step = _EDITS[type(change)](definition, change)
    renamed = {change.step: step} if isinstance(change, Change) else {}
    written = with_comments(write_process(bounded(after)), comments_of(text), renamed)
    return Edited(written, step)


def new_process(key: str, language: str, title: str, reason: str) -> str:
    """
    The text of a process from nothing: propose, sign, post, answer, name the cause.

    :raises EditRefused: if it cannot be called so
    """
    _require_name(key, ())
    made = Definition(
        key=key,
        reasons=(reason,) if reason else (),
        nodes=(),
        titles={language: title} if title else {},
    )
    for kind in (Kind.PROPOSE, Kind.APPROVAL, Kind.POST, Kind.NOTIFY, Kind.ROOT_CAUSE):
        step = _new_step(made, kind, "")
        led = tuple(_led_on(node, step.id) for node in made.nodes[-1:])
        made = replace(made, nodes=(*made.nodes[:-1], *led, step))
    return write_process(bounded(made))


def places_for(definition: Definition, step: str) -> list[str]:
    """Steps and groups before or after which a step may be put."""
    ids = [one.id for node in definition.nodes for one in _with_inner(node)]
    return [name for name in ids if name != step]


def _with_inner(node: Node) -> Iterable[Node]:
    return (node, *node.steps) if isinstance(node, Group) else (node,)


def _led_on(node: Node, target: str) -> Node:
    assert isinstance(node, Step)
    return replace(node, ways=(replace(node.ways[0], target=target), *node.ways[1:]))


def _head(definition: Definition, change: Head) -> tuple[Definition, str]:
    return replace(definition, titles=change.titles, reasons=change.reasons), ""


def _change(definition: Definition, change: Change) -> tuple[Definition, str]:
    place_of(definition, change.step)
    after = change.to
    if after.id != change.step:
        _require_name(after.id, _names(definition))
    ways = tuple(
        replace(way, target=after.id) if way.target == change.step else way for way in after.ways
    )
    made = replaced(definition, change.step, replace(after, ways=ways))
    return redirected(made, change.step, after.id), after.id


def _change_group(definition: Definition, change: ChangeGroup) -> tuple[Definition, str]:
    group = _group(definition, change.group)
    is_some = change.join is Join.SOME
    made = replace(
        group,
        join=change.join,
        needed=change.needed if is_some else 0,
        of=len(group.branches) if is_some else 0,
        met=Way("met", change.met) if change.met else None,
        failed=Way("failed", change.failed, change.at_most) if change.failed else None,
    )
    return replaced(definition, group.id, made), group.id


def _group(definition: Definition, name: str) -> Group:
    n, _branch = place_of(definition, name)
    node = definition.nodes[n]
    if not isinstance(node, Group):
        raise EditRefused("not_a_group", name)
    return node


def _add(definition: Definition, change: Add) -> tuple[Definition, str]:
    place_of(definition, change.anchor)
    step = _new_step(definition, change.kind, change.code)
    return inserted(definition, step, change.anchor, after=change.after), step.id


def _beside(definition: Definition, change: Beside) -> tuple[Definition, str]:
    n, branch = place_of(definition, change.anchor)
    new = _new_step(definition, change.kind, change.code)
    new = replace(new, ways=(Way(_usual_name(new.kind), NEXT),))
    node = definition.nodes[n]
    if isinstance(node, Group):
        at = len(node.branches) if branch is None else branch[0] + 1
        branches = (*node.branches[:at], (new,), *node.branches[at:])
        group = replace(node, branches=branches, of=len(branches) if node.of else 0)
        return replaced(definition, node.id, group), new.id
    usual = node.ways[0].target if node.ways else _next(definition, n)
    ways = tuple(replace(w, target=NEXT, at_most=0) if w.target == usual else w for w in node.ways)
    name = _free("together", _names(definition))
    group = Group(
        id=name,
        branches=((replace(node, ways=ways or (Way("done", NEXT),)),), (new,)),
        met=Way("met", usual),
    )
    made = redirected(definition, node.id, name, but=node.id)
    nodes = (*made.nodes[:n], group, *made.nodes[n + 1 :])
    return replace(made, nodes=nodes), new.id


def _move(definition: Definition, change: Move) -> tuple[Definition, str]:
    if change.step == change.anchor:
        return definition, change.step
    place_of(definition, change.anchor)
    n, _branch = place_of(definition, change.step)
    home = definition.nodes[n]
    rest, node = detached(definition, change.step)
    anchor = change.anchor
    if isinstance(home, Group) and anchor == home.id and home.id not in _names(rest):
        # The group has ended with the move: its last steps stand where it stood.
        left = [step.id for step in home.steps if step.id != change.step]
        anchor = left[-1 if change.after else 0]
    return inserted(rest, node, anchor, after=change.after), change.step


def _delete(definition: Definition, change: Delete) -> tuple[Definition, str]:
    rest, _node = detached(definition, change.step)
    if not rest.nodes:
        raise EditRefused("last_step", change.step)
    return rest, ""


def _new_step(definition: Definition, kind: Kind, code: str) -> Step:
    """A step that has what its kind needs; people say the rest."""
    who = Who(WhoKind.OWNER)
    if kind is Kind.APPROVAL:
        who = Who(WhoKind.MATRIX)
    elif kind in BY_MACHINE:
        who = Who(WhoKind.SYSTEM)
    ways = [Way(_usual_name(kind), END)]
    proposals = [s.id for s in definition.nodes if isinstance(s, Step) and s.kind is Kind.PROPOSE]
    if kind is Kind.APPROVAL and proposals:
        back = proposals[-1]
        ways += [Way(outcome, back, RETURNS_AT_MOST) for outcome in ("returned", "rejected")]
    return Step(
        id=_free(_base(kind, code), _names(definition)),
        kind=kind,
        code=code,
        who=who,
        within=Within(2),
        clock=CLOCKS.get(kind, Holder.US),
        ways=tuple(ways),
    )


def _usual_name(kind: Kind) -> str:
    return APPROVED if kind is Kind.APPROVAL else "done"


def _base(kind: Kind, code: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", (code or kind.value).lower()).strip("-")
    return base if NAME.fullmatch(base) else f"step-{base}"


def _names(definition: Definition) -> set[str]:
    return {one.id for node in definition.nodes for one in _with_inner(node)}


def _free(base: str, taken: Iterable[str]) -> str:
    used = {*taken, *RESERVED}
    numbers = (f"{base[: NAME_MAX - 3]}-{n}" for n in range(2, 100))
    return base if base not in used else next(name for name in numbers if name not in used)


def _require_name(name: str, taken: Iterable[str]) -> None:
    if not NAME.fullmatch(name):
        raise EditRefused("name_unreadable", name)
    if name in RESERVED:
        raise EditRefused("name_reserved", name)
    if name in taken:
        raise EditRefused("name_taken", name)


def _next(definition: Definition, n: int) -> str:
    return definition.nodes[n + 1].id if n + 1 < len(definition.nodes) else END


_EDITS: Final[Mapping[type, Callable[..., tuple[Definition, str]]]] = MappingProxyType(
    {
        Head: _head,
        Change: _change,
        ChangeGroup: _change_group,
        Add: _add,
        Beside: _beside,
        Move: _move,
        Delete: _delete,
    }
)

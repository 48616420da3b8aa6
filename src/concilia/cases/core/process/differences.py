"""What differs between two versions of a process, as codes that pages say in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from concilia.cases.core.process.conditions import write_condition
from concilia.cases.core.process.model import Definition, Group, Step, Way, Who
from concilia.cases.core.process.writing import written_within


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    One change: what (`code`), of which step, from what to what.

    `before` and `after` are written as in the text of a process; empty for nothing.
    """

    code: str
    step: str = ""
    before: str = ""
    after: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def differences(before: Definition, after: Definition) -> list[Difference]:
    """Every change from one version to another, in the order of the newer one."""
    return [
        *_heads(before, after),
        *_steps(before, after),
        *_groups(before, after),
    ]


def _heads(before: Definition, after: Definition) -> Iterator[Difference]:
    old, new = set(before.reasons), set(after.reasons)
    if new - old:
        yield Difference(code="reasons_added", after=", ".join(sorted(new - old)))
    if old - new:
        yield Difference(code="reasons_left", before=", ".join(sorted(old - new)))
    if dict(before.titles) != dict(after.titles):
        yield Difference(code="titles")


def _steps(before: Definition, after: Definition) -> Iterator[Difference]:
    old = {step.id: step for step in before.steps}
    new = {step.id: step for step in after.steps}
    for name, step in new.items():
        if name not in old:
            yield Difference(code="step_added", step=name)
        elif old[name] != step:
            yield from _step(old[name], step)
    for name in old:
        if name not in new:
            yield Difference(code="step_gone", step=name)
    if [n for n in old if n in new] != [n for n in new if n in old]:
        yield Difference(code="order")


def _step(old: Step, new: Step) -> Iterator[Difference]:
    pairs = (
        ("kind", f"{old.kind} {old.code}".strip(), f"{new.kind} {new.code}".strip()),
        ("who", _who(old.who), _who(new.who)),
        (
            "within",
            written_within(old.within) if old.within else "",
            written_within(new.within) if new.within else "",
        ),
        ("clock", old.clock.value, new.clock.value),
        ("late", old.on_time_out.value, new.on_time_out.value),
        (
            "skip",
            write_condition(old.skip) if old.skip else "",
            write_condition(new.skip) if new.skip else "",
        ),
        ("fields", ", ".join(old.fields), ", ".join(new.fields)),
    )
    for code, before, after in pairs:
        if before != after:
            yield Difference(code=code, step=new.id, before=before, after=after)
    words = (dict(old.titles), dict(old.instructions))
    if words != (dict(new.titles), dict(new.instructions)):
        yield Difference(code="words", step=new.id)
    yield from _ways(new.id, old.ways, new.ways)


def _ways(name: str, old: tuple[Way, ...], new: tuple[Way, ...]) -> Iterator[Difference]:
    before = {way.outcome: way for way in old}
    after = {way.outcome: way for way in new}
    for outcome in dict.fromkeys([*after, *before]):
        was, now = before.get(outcome), after.get(outcome)
        if was != now:
            yield Difference(
                code="way",
                step=name,
                before=_way(was),
                after=_way(now),
                values={"outcome": outcome},
            )
    if before == after and old != new:
        yield Difference(code="usual", step=name, after=new[0].outcome)


def _groups(before: Definition, after: Definition) -> Iterator[Difference]:
    old = {node.id: node for node in before.nodes if isinstance(node, Group)}
    new = {node.id: node for node in after.nodes if isinstance(node, Group)}
    for name, group in new.items():
        was = old.get(name)
        if was is None:
            yield Difference(code="group_added", step=name)
            continue
        if (was.join, was.needed) != (group.join, group.needed):
            yield Difference(code="join", step=name, before=_join(was), after=_join(group))
        if _places(was) != _places(group):
            yield Difference(code="branches", step=name)
        yield from _ways(name, was.ways, group.ways)
    yield from (Difference(code="group_gone", step=name) for name in old if name not in new)


def _places(group: Group) -> list[list[str]]:
    return [[step.id for step in branch] for branch in group.branches]


def _join(group: Group) -> str:
    return f"{group.needed} of {group.of}" if group.needed else group.join.value


def _who(who: Who | None) -> str:
    return f"{who.kind} {who.name}".strip() if who else ""


def _way(way: Way | None) -> str:
    if way is None:
        return ""
    return f"{way.target} {way.at_most}" if way.at_most else way.target

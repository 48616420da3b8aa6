"""Write a process as the text it is read from: the same definition gives the same text."""

from __future__ import annotations

from collections.abc import Iterator

from concilia.cases.core.process.conditions import write_condition
from concilia.cases.core.process.model import (
    Definition,
    Group,
    Holder,
    Join,
    OnTimeOut,
    Step,
    Way,
    Within,
    Words,
)
from concilia.kernel.deadlines import Unit

UNIT_WORDS = {
    Unit.BUSINESS_DAYS: ("working day", "working days"),
    Unit.CALENDAR_DAYS: ("day", "days"),
    Unit.HOURS: ("hour", "hours"),
}


def write_process(definition: Definition) -> str:
    """Write a definition; `read_process` reads exactly the same again."""
    lines = [f"process {definition.key}"]
    lines += _words("title", definition.titles)
    if definition.reasons:
        lines.append(f"for {', '.join(definition.reasons)}")
    for node in definition.nodes:
        lines.append("")
        lines += _group(node) if isinstance(node, Group) else _step(node)
    return "\n".join(lines) + "\n"


def _group(group: Group) -> Iterator[str]:
    yield f"together {group.id}"
    for branch in group.branches:
        yield "  branch"
        for step in branch:
            yield from (f"    {line}" for line in _step(step))
    how = f"{group.needed} of {group.of}" if group.join is Join.SOME else group.join.value
    yield f"  join: {how}"
    yield from (f"    {_way(way)}" for way in group.ways)


def _step(step: Step) -> Iterator[str]:
    code = f" {step.code}" if step.code else ""
    yield f"step {step.id}: {step.kind}{code}"
    yield from (f"  {line}" for line in _words("title", step.titles))
    yield from (f"  {line}" for line in _words("how", step.instructions))
    if step.who:
        yield f"  who: {step.who.kind} {step.who.name}".rstrip()
    if step.within:
        yield f"  within: {written_within(step.within)}"
    if step.clock is not Holder.US:
        yield f"  clock: {step.clock}"
    if step.on_time_out is not OnTimeOut.REMIND:
        yield f"  if late: {step.on_time_out}"
    if step.skip:
        yield f"  skip if: {write_condition(step.skip)}"
    if step.fields:
        yield f"  ask for: {', '.join(step.fields)}"
    yield from (f"  {_way(way)}" for way in step.ways)


def written_within(within: Within) -> str:
    """For example `3 working days`."""
    return f"{within.n} {UNIT_WORDS[within.unit][within.n != 1]}"


def _way(way: Way) -> str:
    bound = f", at most {way.at_most} time{'' if way.at_most == 1 else 's'}" if way.at_most else ""
    return f"{way.outcome} -> {way.target}{bound}"


def _words(what: str, words: Words) -> list[str]:
    return [f"{what} {language}: {said}" for language, said in words.items()]

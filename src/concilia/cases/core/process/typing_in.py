"""A step as somebody fills it in on a page, read by the reader of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concilia.cases.core.process.conditions import (
    Condition,
    Flag,
    Missing,
    Not,
    write_condition,
)
from concilia.cases.core.process.model import Group, Step
from concilia.cases.core.process.problems import Problem
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.writing import UNIT_WORDS
from concilia.kernel.deadlines import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """
    What stands in the fields of a step; each is written as in the text, empty for nothing.

    `kind`: with its code, `evidence POD`. `ways`: outcome, target, how often at most. `fields`:
    what a form asks, with commas between.
    """

    name: str
    kind: str
    who: str = ""
    within: str = ""
    unit: str = Unit.BUSINESS_DAYS.value
    clock: str = ""
    late: str = ""
    skip: str = ""
    fields: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    instructions: Mapping[str, str] = field(default_factory=dict)
    ways: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be read, and in which field it stands (`skip`, `title it`, `way 2`)."""

    field: str
    problem: Problem


def read_typed(typed: Typed) -> tuple[Step | None, tuple[Wrong, ...]]:
    """The step that was filled in; None with what is wrong where it cannot be read."""
    lines = _lines(typed)
    fields = dict(enumerate((name for name, _said in lines), start=2))
    reading = read_process("process typed\n" + "\n".join(said for _name, said in lines) + "\n")
    if reading.definition is None:
        return None, tuple(Wrong(fields.get(one.line, "name"), one) for one in reading.problems)
    node = reading.definition.nodes[0]
    assert not isinstance(node, Group), "a step was written"
    return node, ()


def with_part(skip: str, word: str, part: str) -> str:
    """A condition with one part more, joined by `and` or `or`."""
    if not skip.strip():
        return part
    return (
        f"({skip.strip()}) {word} {part}"
        if " or " in skip or word == "or"
        else (f"{skip.strip()} {word} {part}")
    )


def part_of(fact: str, sign: str, value: str) -> str:
    """
    One part of a condition from what was chosen: a fact, a sign, a value.

    Flags and papers have `is` and `is not`; a text is put in quotation marks, several are a list.
    """
    said = value.replace('"', "").strip()
    if fact.startswith("missing "):
        return _negated(Missing(fact.removeprefix("missing ")), sign)
    if fact in {"qualified", "money"}:
        return _negated(Flag(fact), sign)
    if fact in {"amount", "signatures"}:
        return f"{fact} {sign} {said}"
    values = [one.strip() for one in said.split(",") if one.strip()]
    if len(values) > 1:
        quoted = ", ".join(f'"{one}"' for one in values)
        listed = f"{fact} in ({quoted})"
        return f"not ({listed})" if sign == "!=" else listed
    return f'{fact} {sign} "{said}"'


def _negated(part: Condition, sign: str) -> str:
    return write_condition(Not(part) if sign == "!=" else part)


def _lines(typed: Typed) -> list[tuple[str, str]]:
    """Each field as its line; what people type stays on one line."""
    lines = [("name", f"step {_one(typed.name)}: {_one(typed.kind)}")]
    for what, words in (("title", typed.titles), ("how", typed.instructions)):
        written = ((language, _one(text)) for language, text in words.items())
        lines += [(f"{what} {code}", f"{what} {code}: {text}") for code, text in written if text]
    if typed.within.strip():
        lines.append(("within", f"within: {_one(typed.within)} {_unit(typed)}"))
    for name, key, said in (
        ("who", "who", typed.who),
        ("clock", "clock", typed.clock),
        ("late", "if late", typed.late),
        ("skip", "skip if", typed.skip),
        ("fields", "ask for", typed.fields),
    ):
        if _one(said):
            lines.append((name, f"{key}: {_one(said)}"))
    for n, (outcome, target, at_most) in enumerate(typed.ways):
        if _one(outcome):
            often = _one(at_most)
            bound = f", at most {often} times" if often and often != "0" else ""
            lines.append((f"way {n}", f"{_one(outcome)} -> {_one(target)}{bound}"))
    return lines


def _unit(typed: Typed) -> str:
    unit = Unit(typed.unit) if typed.unit in set(Unit) else Unit.BUSINESS_DAYS
    return UNIT_WORDS[unit][1]


def _one(text: str) -> str:
    return " ".join(text.split())

"""Two strategies beside each other: what is new, gone, or moved, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from concilia.dunning.core.strategy.sheet import NUMBERS, write_rule, write_step
from concilia.dunning.core.strategy.terms import Strategy


class Change(StrEnum):
    """What happened to a line of a strategy."""

    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One line that is in one of two strategies only.

    :param where: `rules`, `numbers`, `experiment`, or the name of a plan
    """

    where: str
    change: Change
    line: str


def differences(before: Strategy, after: Strategy) -> list[Difference]:
    """Return what changes from one strategy to the other, in the order of the sheet."""
    names = list(dict.fromkeys([*before.plans, *after.plans]))
    found = [*_changed("numbers", _numbers(before), _numbers(after))]
    old, new = [write_rule(one) for one in before.rules], [write_rule(one) for one in after.rules]
    found += _changed("rules", old, new)
    for name in names:
        old = [write_step(step) for step in before.plans.get(name, ())]
        new = [write_step(step) for step in after.plans.get(name, ())]
        found += _changed(name, old, new)
    found += _changed("experiment", _experiment(before), _experiment(after))
    return found


def _changed(where: str, before: list[str], after: list[str]) -> Iterator[Difference]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        yield from (Difference(where, Change.DROPPED, line) for line in before[first:last])
        yield from (Difference(where, Change.ADDED, line) for line in after[begin:end])


def _numbers(strategy: Strategy) -> list[str]:
    said = [f"name {strategy.name}"]
    return said + [f"{word} {getattr(strategy, name)}" for word, (name, *_) in NUMBERS.items()]


def _experiment(strategy: Strategy) -> list[str]:
    one = strategy.experiment
    return [f"{one.name}: {one.plan} / {one.challenger} {one.percent}%"] if one else []

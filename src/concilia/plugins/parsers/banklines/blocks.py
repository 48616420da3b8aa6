"""Files whose records come between a head and a foot: CFONB and Norma 43."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from concilia.plugins.parsers.banklines import Findings, lines_of


@dataclass(frozen=True, slots=True)
class Shape:
    """
    What the records of a format are: two figures at the beginning of every line.

    :param key: the columns that name the account in every record, so that none gets among others
    :param ignored: records that say nothing about an account
    """

    width: int
    head: str
    foot: str
    inner: frozenset[str]
    key: tuple[slice, ...] = ()
    ignored: frozenset[str] = frozenset()


@dataclass(slots=True)
class Block:
    """The records of one account, in their order, each with the number of its line."""

    head: str
    lines: list[tuple[int, str]] = field(default_factory=list)
    foot: str | None = None


def blocks(text: str, shape: Shape, found: Findings) -> Iterator[Block]:
    """Cut a file into its accounts; a record that belongs to none is named and left out."""
    current: Block | None = None
    for number, line in lines_of(text, shape.width):
        code = line[:2]
        if code in shape.ignored:
            continue
        if code == shape.head:
            if current is not None:
                end = f"the one before has no end ({shape.foot})"
                found.add(f"line {number}: a new statement begins, {end}")
                yield current
            current = Block(line)
        elif current is None or (problem := _problem(line, current, shape)):
            problem = "outside of a statement" if current is None else problem
            found.add(f"line {number}: a record {code} {problem} was not read")
        elif code == shape.foot:
            current.foot = line
            yield current
            current = None
        else:
            current.lines.append((number, line))
    if current is not None:
        found.add(f"the file ends before the record {shape.foot} of its statement: it is cut off")
        yield current


def _problem(line: str, block: Block, shape: Shape) -> str:
    if line[:2] not in shape.inner | {shape.foot}:
        return "that is not known"
    if any(line[part] != block.head[part] for part in shape.key):
        return "of another account"
    return ""

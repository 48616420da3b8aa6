"""What a change of limits would do to requests that are open, before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from concilia.cases.core.authority import Act, Amount, Level
from concilia.cases.core.limits import LimitRow, LimitTable, Subject
from concilia.cases.core.planning import signatures_for


@dataclass(frozen=True, slots=True)
class Put:
    """A request as it was put to signature: what is asked for, about what."""

    id: int
    subject: Subject
    asked: tuple[tuple[Act, Amount], ...]


class Effect(StrEnum):
    """What other limits would do to a request."""

    SAME = "same"
    MORE = "more"
    FEWER = "fewer"
    HIGHER = "higher"
    LOWER = "lower"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Previewed:
    """What a request needs now and would need: how many sign, of which level; None is nobody may"""

    put: Put
    before: Level | None
    after: Level | None
    effect: Effect


def preview(now: LimitTable, then: LimitTable, puts: Iterable[Put]) -> list[Previewed]:
    """What each request needs by the limits in force, and would need by others."""
    return [_previewed(now, then, put) for put in puts]


def _previewed(now: LimitTable, then: LimitTable, put: Put) -> Previewed:
    before, after = (_needed(table, put) for table in (now, then))
    return Previewed(put, before, after, _effect(before, after))


def _needed(table: LimitTable, put: Put) -> Level | None:
    matrix = table.matrix_for(put.subject)
    levels = [matrix.lowest_level(act, amount) for act, amount in put.asked]
    known = [level for level in levels if level is not None]
    return max(known) if known and len(known) == len(levels) else None


def _effect(before: Level | None, after: Level | None) -> Effect:
    if before == after:
        return Effect.SAME
    if after is None:
        return Effect.NOBODY
    if before is None:
        return Effect.FEWER
    was, will = signatures_for(before), signatures_for(after)
    if was != will:
        return Effect.MORE if will > was else Effect.FEWER
    return Effect.HIGHER if after > before else Effect.LOWER


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that differs between two tables; None is no authority."""

    row: LimitRow
    level: Level
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class TableChanges:
    """Rows that came, rows that went, cells that differ."""

    added: tuple[LimitRow, ...]
    removed: tuple[LimitRow, ...]
    cells: tuple[CellChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.cells)


def compare(now: LimitTable, then: LimitTable) -> TableChanges:
    """What differs between two tables, row by row and cell by cell."""
    before, after = _by_key(now), _by_key(then)
    cells = [
        CellChange(after[key], level, before[key].limits.get(level), after[key].limits.get(level))
        for key in after
        if key in before
        for level in Level
        if before[key].limits.get(level) != after[key].limits.get(level)
    ]
    return TableChanges(
        added=tuple(row for key, row in after.items() if key not in before),
        removed=tuple(row for key, row in before.items() if key not in after),
        cells=tuple(cells),
    )


def _by_key(table: LimitTable) -> Mapping[object, LimitRow]:
    return {row.key: row for row in table.rows}

"""Conditions over columns of facts: one answer for each case, in one pass for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concilia.cases.core.process.conditions import (
    FACTS,
    SIGNS,
    Both,
    Compared,
    Condition,
    Either,
    Facts,
    Flag,
    Missing,
    Not,
    Type,
)

Answers = NDArray[np.int8]  # 1 yes, 0 no, -1 not known
UNKNOWN: Final = -1
SCALE: Final = 10_000  # amounts are exact to four places


@dataclass(frozen=True)
class Columns:
    """Facts of many cases: for each the values, and for which cases they are known."""

    values: Mapping[str, NDArray[np.generic]]
    known: Mapping[str, NDArray[np.bool_]]
    missing: Mapping[str, Answers]
    n: int


def columns_of(
    facts: Sequence[Facts], needed: Sequence[Mapping[str, bool]], codes: Sequence[str]
) -> Columns:
    """
    Facts as columns.

    :param needed: for each case the papers of which it is known whether they were needed
    :param codes: papers that conditions may ask for
    """
    values: dict[str, NDArray[np.generic]] = {}
    known: dict[str, NDArray[np.bool_]] = {}
    for name, kind in FACTS.items():
        column = [getattr(one, name) for one in facts]
        known[name] = np.array([one not in {None, ""} for one in column], dtype=bool)
        values[name] = _column(column, kind)
    missing = {
        code: np.array(
            [_missing(one, told, code) for one, told in zip(facts, needed, strict=True)],
            dtype=np.int8,
        )
        for code in codes
    }
    return Columns(values, known, missing, len(facts))


def _column(column: Sequence[object], kind: Type) -> NDArray[np.generic]:
    if kind is Type.TEXT:
        return np.array([one or "" for one in column], dtype=str)
    if kind is Type.AMOUNT:
        scaled = [int(one * SCALE) if isinstance(one, Decimal) else 0 for one in column]
        return np.array(scaled, dtype=np.int64)
    return np.array([int(bool(one)) if kind is Type.FLAG else _int(one) for one in column])


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def _missing(facts: Facts, told: Mapping[str, bool], code: str) -> int:
    if code in told:
        return int(told[code])
    return UNKNOWN if facts.missing is None else int(code in facts.missing)


def holds(condition: Condition, columns: Columns) -> Answers:
    """Whether a condition holds, for each case: as `Condition.holds` says it, one by one."""
    if isinstance(condition, Missing):
        unknown = np.full(columns.n, UNKNOWN, dtype=np.int8)
        return columns.missing.get(condition.evidence, unknown)
    if isinstance(condition, Not):
        inner = holds(condition.part, columns)
        return np.where(inner == UNKNOWN, UNKNOWN, 1 - inner).astype(np.int8)
    if isinstance(condition, Both | Either):
        parts = np.stack([holds(part, columns) for part in condition.parts])
        decisive = 0 if isinstance(condition, Both) else 1
        is_decided = (parts == decisive).any(axis=0)
        is_open = (parts == UNKNOWN).any(axis=0)
        rest = np.where(is_open, UNKNOWN, 1 - decisive)
        return np.where(is_decided, decisive, rest).astype(np.int8)
    known = columns.known[condition.fact]
    return np.where(known, _leaf(condition, columns), UNKNOWN).astype(np.int8)


def _leaf(condition: Compared | Flag, columns: Columns) -> NDArray[np.generic]:
    column = columns.values[condition.fact]
    if isinstance(condition, Flag):
        return column
    if FACTS[condition.fact] is Type.AMOUNT:
        wanted = [int(Decimal(str(value)) * SCALE) for value in condition.values]
    elif FACTS[condition.fact] is Type.NUMBER:
        wanted = [int(Decimal(str(value))) for value in condition.values]
    else:
        return np.isin(column, [str(value) for value in condition.values]) ^ (
            condition.sign == "!="
        )
    if condition.sign == "in":
        return np.isin(column, wanted)
    answers: NDArray[np.generic] = np.asarray(_COMPARE[condition.sign](column, wanted[0]))
    return answers


_COMPARE: Final = {
    "=": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
assert set(_COMPARE) | {"in"} == set(SIGNS), "every sign has its column"

"""
The limits of a company as one table: a row for each act, and narrower rows for single reasons,
departments or countries. The table is data: read from a sheet, written as a sheet, compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from concilia.cases.core.authority import (
    SHIPPED_MATRIX,
    Act,
    AuthorityMatrix,
    Level,
    Limit,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about, as far as limits may differ; empty where it is not known."""

    reason: str = ""
    department: str = ""
    country: str = ""


EVERYTHING: Final = Subject()
SEPARATOR: Final = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRow:
    """
    How far each level may go with an act, for what the row speaks of.

    Empty `reasons`, `departments`, `countries` mean all. A reason is a code (`NC-01`) or a family
    (`NC`). A level that is missing has no authority.
    """

    act: Act
    limits: Mapping[Level, Limit]
    reasons: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def speaks_of(self, subject: Subject) -> bool:
        """Whether this row is about a subject. What is not known is spoken of by wide rows only."""
        code = subject.reason
        is_reason = not self.reasons or bool(code and {code, family_of(code)} & self.reasons)
        return (
            is_reason
            and (not self.departments or subject.department in self.departments)
            and (not self.countries or subject.country in self.countries)
        )

    def nearness(self, subject: Subject) -> int:
        """How narrowly the row speaks of a subject: its reason counts most, its country least."""
        by_code = subject.reason in self.reasons
        return (
            8 * by_code
            + 4 * (bool(self.reasons) and not by_code)
            + 2 * bool(self.departments)
            + bool(self.countries)
        )

    @property
    def key(self) -> tuple[Act, frozenset[str], frozenset[str], frozenset[str]]:
        """What the row speaks of; a table has no two with one."""
        return self.act, self.reasons, self.departments, self.countries

    @property
    def is_general(self) -> bool:
        """Whether the row speaks of everything."""
        return not (self.reasons or self.departments or self.countries)


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitTable:
    """
    All limits of a company, in one currency. `version` is frozen on every request.

    Of the rows of an act that speak of a subject, the narrowest counts, alone.
    """

    version: str
    currency: str
    rows: tuple[LimitRow, ...] = field(default=())

    def matrix_for(self, subject: Subject) -> AuthorityMatrix:
        """The limits that count for a subject, by act and level."""
        limits: dict[tuple[Act, Level], Limit] = {}
        for act in Act:
            rows = [row for row in self.rows if row.act is act and row.speaks_of(subject)]
            if rows:
                narrowest = max(rows, key=lambda row: row.nearness(subject))
                limits |= {(act, level): limit for level, limit in narrowest.limits.items()}
        return AuthorityMatrix(self.version, self.currency, MappingProxyType(limits))


def name_of(row: LimitRow) -> str:
    """What a row speaks of as one text: its act, and what it is narrowed to where it is."""
    if row.is_general:
        return row.act.value
    scopes = (row.reasons, row.departments, row.countries)
    return SEPARATOR.join([row.act.value, *(" ".join(sorted(scope)) for scope in scopes)])


def row_named(name: str, limits: Mapping[Level, Limit]) -> LimitRow:
    """
    The row of which `name_of` gives this name, with these limits.

    :raises ValueError: if it names no act
    """
    act, *scopes = name.split(SEPARATOR)
    reasons, departments, countries = (
        frozenset(scope.split()) for scope in (*scopes, "", "", "")[:3]
    )
    return LimitRow(
        act=Act(act),
        limits=MappingProxyType(dict(limits)),
        reasons=reasons,
        departments=departments,
        countries=countries,
    )


def table_with(table: LimitTable, changed: Mapping[str, LimitRow]) -> LimitTable:
    """A table with rows in the place of those of their name; those it has not are added."""
    names = {name_of(row) for row in table.rows}
    kept = (changed.get(name_of(row), row) for row in table.rows)
    new = (row for name, row in changed.items() if name not in names)
    return LimitTable(version=table.version, currency=table.currency, rows=(*kept, *new))


def family_of(reason: str) -> str:
    """The family of a reason: `NC-01` is of `NC`."""
    return reason.partition("-")[0]


def overlaps(one: LimitRow, other: LimitRow) -> bool:
    """
    Whether two rows of an act might speak of one subject with the same nearness.

    Then nobody could say which counts: a table has no two such rows.
    """
    if one.act is not other.act:
        return False
    return (
        _meet(one.departments, other.departments)
        and _meet(one.countries, other.countries)
        and (one.reasons == other.reasons or bool(one.reasons & other.reasons))
    )


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both name something, and something in common; or neither names anything."""
    return one == other or bool(one & other)


def shipped_table(currency: str) -> LimitTable:
    """The template of domain.md §8.1, its numbers taken in the company's own currency."""
    return LimitTable(
        version=SHIPPED_MATRIX.version, currency=currency, rows=tuple(_shipped_rows())
    )


def _shipped_rows() -> Iterator[LimitRow]:
    for act in Act:
        found = {level: SHIPPED_MATRIX.limit(act, level) for level in Level}
        told = {level: limit for level, limit in found.items() if limit is not None}
        yield LimitRow(act=act, limits=MappingProxyType(told))


# Acts in which a share of a debt is given up, and in which it is paid in rows.
WITH_SHARE: Final = frozenset({Act.SETTLEMENT_WAIVER})
WITH_ROWS: Final = frozenset({Act.INSTALMENT_PLAN})
# What a rule never does by itself (domain.md §2.7, §8.1).
NEVER_BY_RULE: Final = frozenset({Act.DENY_CLAIM, Act.START_LEGAL})

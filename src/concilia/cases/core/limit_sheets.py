"""
Read and write the table of limits as a sheet: what an administrator edits, imports and exports.

    act,reasons,departments,countries,L0,L1,L2,L3,L4,L5,L6
    APPROVE_CLAIM,,,,100,500,2500,10000,50000,500000,any
    SETTLEMENT_WAIVER,,,,0% 0,0% 0,10% 500,20% 5000,30% 25000,any% 250000,any
    INSTALMENT_PLAN,,,,3x 300,6x 1500,12x 5000,24x 25000,36x 100000,any,any
    APPROVE_CLAIM,NC-01 NC-02,,DE,50,250,1000,5000,50000,500000,any

An empty cell is no authority, `any` has no limit. Nothing is guessed: what cannot be read is named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType
from typing import Final

from concilia.cases.core.authority import ANY, Act, Level, Limit
from concilia.cases.core.limits import (
    NEVER_BY_RULE,
    WITH_ROWS,
    WITH_SHARE,
    LimitRow,
    LimitTable,
    overlaps,
)
from concilia.cases.core.process.problems import Problem
from concilia.kernel.money import AmountUnreadable, Money
from concilia.kernel.reason_words import Department
from concilia.kernel.reasons import REASONS

SCOPES: Final = ("reasons", "departments", "countries")
HEADER: Final = ("act", *SCOPES, *(level.name for level in Level))
TEXT_MAX: Final = 40_000
ROWS_MAX: Final = 300
ANY_WORD: Final = "any"
ROWS_OF_PLAN_MAX: Final = 600
PERCENT_MAX: Final = 100
_FAMILIES: Final = frozenset(code.partition("-")[0] for code in REASONS)
_DEPARTMENTS: Final = frozenset(map(str, Department))
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SHARE: Final = re.compile(r"(any|\d{1,3}(?:\.\d{1,2})?)%")
_PLAN: Final = re.compile(r"(any|\d{1,3})x")
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet as read. `table` is None while anything must be put right; `problems` say what."""

    table: LimitTable | None
    problems: tuple[Problem, ...]


class _Wrong(Exception):
    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read_sheet(text: str, *, currency: str, version: str = "") -> SheetRead:
    """
    Read a table of limits and prove it: each act has a general row, no level may less than the one
    below it, no two rows speak of the same, rules neither refuse nor go to court.

    :param currency: the company's; amounts are decimal in it, such as `2500` or `2500.00`
    """
    if len(text) > TEXT_MAX:
        return SheetRead(None, (Problem(code="limits_too_long"),))
    lines = text.lstrip("\ufeff").splitlines()
    head = next((line for line in lines if line.strip()), "")
    delimiter = ";" if ";" in head else ","
    told = csv.reader(lines, delimiter=delimiter)
    problems: list[Problem] = []
    rows: list[tuple[int, LimitRow]] = []
    try:
        for cells in told:
            if not any(cell.strip() for cell in cells) or _is_header(cells):
                continue
            try:
                rows.append((told.line_num, _row(cells, currency)))
            except _Wrong as wrong:
                problems.append(Problem(code=wrong.code, line=told.line_num, values=wrong.values))
    except csv.Error:
        problems.append(Problem(code="limits_unreadable", line=told.line_num))
    problems += _proven(rows)
    if len(rows) > ROWS_MAX:
        problems.append(Problem(code="limits_too_long"))
    table = LimitTable(version=version, currency=currency, rows=tuple(row for _, row in rows))
    return SheetRead(None if problems else table, tuple(problems))


def write_sheet(table: LimitTable) -> str:
    """Write a table; `read_sheet` reads exactly the same again."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\n")
    sheet.writerow(HEADER)
    for row in table.rows:
        scopes = (row.reasons, row.departments, row.countries)
        cells = (write_cell(row.limits.get(level), row.act, table.currency) for level in Level)
        sheet.writerow([row.act.value, *(" ".join(sorted(scope)) for scope in scopes), *cells])
    return out.getvalue()


def write_cell(limit: Limit | None, act: Act, currency: str) -> str:
    """A limit as it stands in a cell: `2500`, `10% 500`, `12x 5000`, `any`, or nothing."""
    if limit is None:
        return ""
    if limit == ANY:
        return ANY_WORD
    parts = []
    if act in WITH_SHARE:
        share = limit.share_bp
        parts.append("any%" if share is None else f"{(Decimal(share) / 100).normalize():f}%")
    if act in WITH_ROWS:
        parts.append(f"{ANY_WORD if limit.rows is None else limit.rows}x")
    parts.append(ANY_WORD if limit.minor is None else _amount_text(limit.minor, currency))
    return " ".join(parts)


def read_cell(text: str, act: Act, currency: str) -> Limit | None:
    """
    Read a cell; nothing is no authority.

    :raises ValueError: if it cannot be read; the code of the problem is its text
    """
    try:
        return _cell(text.strip(), act, currency)
    except _Wrong as wrong:
        raise ValueError(wrong.code) from wrong


def _is_header(cells: Sequence[str]) -> bool:
    return cells[0].strip().lower() == HEADER[0]


def _row(cells: Sequence[str], currency: str) -> LimitRow:
    if any(_UNSEEN.search(cell) for cell in cells):
        raise _Wrong("unseen_sign")
    told = [cell.strip() for cell in cells]
    if len(told) != len(HEADER):
        raise _Wrong("cells_missing", n=str(len(told)), of=str(len(HEADER)))
    if told[0] not in set(Act):
        raise _Wrong("act_unknown", name=told[0][:30])
    act = Act(told[0])
    reasons, departments, countries = (frozenset(told[n].split()) for n in (1, 2, 3))
    _require_known(reasons, frozenset(REASONS) | _FAMILIES, "reason_unknown")
    _require_known(departments, _DEPARTMENTS, "department_unknown")
    for country in countries:
        if not _COUNTRY.fullmatch(country):
            raise _Wrong("country_unknown", name=country[:20])
    limits = {
        level: limit
        for level, cell in zip(Level, told[4:], strict=True)
        if (limit := _cell(cell, act, currency)) is not None
    }
    return LimitRow(
        act=act,
        limits=MappingProxyType(limits),
        reasons=reasons,
        departments=departments,
        countries=countries,
    )


def _require_known(named: frozenset[str], known: frozenset[str], code: str) -> None:
    for name in sorted(named - known):
        raise _Wrong(code, name=name[:20])


def _cell(text: str, act: Act, currency: str) -> Limit | None:
    if not text or text in {"-", "–"}:
        return None
    if text in {ANY_WORD, "*"}:
        return ANY
    *bounds, amount = text.split()
    share: int | None = None
    rows: int | None = None
    wanted = (act in WITH_SHARE) + (act in WITH_ROWS)
    if len(bounds) != wanted:
        raise _Wrong("limit_unreadable", text=text[:30])
    for bound in bounds:
        if act in WITH_SHARE:
            share = _share(bound)
        else:
            rows = _plan(bound)
    return Limit(_amount(amount, currency), share, rows)


def _share(text: str) -> int | None:
    found = _SHARE.fullmatch(text)
    if found is None or (found[1] != ANY_WORD and Decimal(found[1]) > PERCENT_MAX):
        raise _Wrong("limit_unreadable", text=text[:30])
    return None if found[1] == ANY_WORD else int(Decimal(found[1]) * 100)


def _plan(text: str) -> int | None:
    found = _PLAN.fullmatch(text)
    if found is None or (found[1] != ANY_WORD and int(found[1]) > ROWS_OF_PLAN_MAX):
        raise _Wrong("limit_unreadable", text=text[:30])
    return None if found[1] == ANY_WORD else int(found[1])


def _amount(text: str, currency: str) -> int | None:
    if text == ANY_WORD:
        return None
    try:
        minor = Money.parse(text, currency).minor
    except AmountUnreadable as error:
        raise _Wrong("limit_unreadable", text=text[:30]) from error
    if minor < 0:
        raise _Wrong("limit_below_zero", text=text[:30])
    return minor


def _amount_text(minor: int, currency: str) -> str:
    text = Money(minor, currency).to_decimal_string()
    whole, _, cents = text.partition(".")
    return whole if not cents.strip("0") else text


def _proven(rows: Sequence[tuple[int, LimitRow]]) -> Iterator[Problem]:
    general = {row.act for _, row in rows if row.is_general}
    for act in Act:
        if act not in general:
            yield Problem(code="act_missing", step=act.value)
    for line, row in rows:
        if row.act in NEVER_BY_RULE and Level.L0 in row.limits:
            yield Problem(code="never_by_rule", line=line, step=row.act.value)
        if not _is_rising(row):
            yield Problem(code="limits_fall", line=line, step=row.act.value)
    for (first, one), (second, other) in combinations(rows, 2):
        if overlaps(one, other):
            yield Problem(
                code="limits_overlap", line=second, step=one.act.value, values={"first": str(first)}
            )


def _is_rising(row: LimitRow) -> bool:
    """Whoever stands higher may all that those below may; so nobody is missing above somebody."""
    told = [row.limits.get(level) for level in Level]
    first = next((n for n, limit in enumerate(told) if limit is not None), len(told))
    limits = told[first:]
    if any(limit is None for limit in limits):
        return False
    bounds = zip(
        *((limit.minor, limit.share_bp, limit.rows) for limit in limits if limit), strict=True
    )
    return all(_rises(bound) for bound in bounds)


def _rises(bound: Sequence[int | None]) -> bool:
    known = [float("inf") if most is None else most for most in bound]
    return known == sorted(known)

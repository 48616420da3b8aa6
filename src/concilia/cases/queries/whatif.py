"""Past cases as the replay wants them, read some thousand at a time; and what was tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet

from concilia.cases.core.authority import Act, Level, Limit
from concilia.cases.core.limits import (
    LimitRow,
    LimitTable,
    Subject,
    name_of,
    row_named,
    table_with,
)
from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.whatif.history import PastCase
from concilia.cases.core.whatif.replay import Draft
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, ProcessDefinition, WhatIf
from concilia.cases.queries.limits import subject_from, table_for
from concilia.cases.queries.processes import definition_of
from concilia.identity.models import Entity
from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import Money

CHUNK: Final = 2_000
# What other limits can be tried for, and for which levels.
LIMITED_ACTS: Final = ("APPROVE_CLAIM", "DENY_CLAIM", "WRITE_OFF", "GOODWILL")
LEVELS: Final = range(1, 7)
COLUMNS: Final = (
    "pk",
    "process_id",
    "process_state",
    "department",
    "opened_at",
    "closed_at",
    "due_at",
)


def past_cases(
    *, entity: Entity, since: date, until: date, reasons: Sequence[str] = ()
) -> QuerySet[Case]:
    """
    Cases that were closed on these days of the entity's calendar, with a process.

    :param reasons: of these reasons only; empty for all
    """
    zone = ZoneInfo(entity.timezone)
    first = datetime.combine(since, time(), tzinfo=zone)
    last = datetime.combine(until + timedelta(days=1), time(), tzinfo=zone)
    found = Case.objects.filter(
        entity=entity, closed_at__gte=first, closed_at__lt=last, process__isnull=False
    )
    return found.filter(process_state__facts__reason__in=list(reasons)) if reasons else found


def read_past(cases: QuerySet[Case], currency: str) -> Iterator[list[PastCase]]:
    """Past cases in order of their keys, some thousand at a time: three statements for each."""
    last = 0
    texts: dict[int, str] = {}
    while rows := list(cases.filter(pk__gt=last).order_by("pk").values(*COLUMNS)[:CHUNK]):
        last = rows[-1]["pk"]
        unknown = {row["process_id"] for row in rows} - set(texts)
        known = ProcessDefinition.objects.filter(pk__in=unknown).values_list("pk", "text")
        texts |= dict(known)
        signed = _signed([row["pk"] for row in rows])
        yield [
            _past(row, texts[row["process_id"]], signed.get(row["pk"], {}), currency)
            for row in rows
        ]


def draft_of(tried: WhatIf) -> Draft:
    """What is tried, as the replay wants it."""
    definition = read_process(tried.text).definition if tried.text else None
    return Draft(definition, table_of_limits(tried.limits, tried) if tried.limits else None)


def table_of_limits(limits: Mapping[str, Any], tried: WhatIf) -> LimitTable:
    """
    The table in force with these rows instead.

    :param limits: name of the row (`core.limits.name_of`) to level to amount, null for any
    """
    table = table_for(tried.entity)
    rules = {name_of(row): row.limits.get(Level.L0) for row in table.rows}
    changed = {}
    for name, levels in limits.items():
        cells = {Level(int(level)): Limit(minor) for level, minor in levels.items()}
        if (by_rule := rules.get(name)) is not None:
            cells[Level.L0] = by_rule
        changed[name] = row_named(name, cells)
    return table_with(table, changed)


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the limits in force as people write it: `*` is any amount, nothing no authority."""

    name: str
    row: LimitRow
    cells: Mapping[int, str]


def limits_shown(entity: Entity) -> list[RowShown]:
    """The rows of the limits in force that can be tried otherwise, narrow ones too. One query."""
    table = table_for(entity)
    rows = [row for row in table.rows if row.act in LIMITED_ACTS]
    rows.sort(key=lambda row: (LIMITED_ACTS.index(row.act), not row.is_general, name_of(row)))
    return [
        RowShown(
            name_of(row),
            row,
            {n: _text_of(row.limits.get(Level(n)), table.currency) for n in LEVELS},
        )
        for row in rows
    ]


def _text_of(limit: Limit | None, currency: str) -> str:
    if limit is None:
        return ""
    return "*" if limit.minor is None else Money(limit.minor, currency).to_decimal_string()


def latest_what_if(entity: Entity, sha256: str) -> WhatIf | None:
    """The last time a text was tried to the end; None if it never was."""
    found = WhatIf.objects.filter(entity=entity, sha256=sha256, state=WhatIf.State.DONE)
    return found.order_by("-asked_at", "-pk").first()


def _signed(cases: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The last signed decision of each case: what, how much, by which level, by how many."""
    rows = (
        ApprovalRequest.objects.filter(case__in=cases, state=ApprovalRequest.State.APPROVED)
        .order_by("case", "-version")
        .distinct("case")
        .values("pk", "case_id", "act", "amount_minor", "rolling_minor", "asked", "about")
    )
    requests: dict[int, dict[str, Any]] = {int(str(row["pk"])): dict(row) for row in rows}
    seats = (
        ApprovalSeat.objects.filter(request__in=requests)
        .order_by()
        .values_list("request")
        .annotate(level=Max("level"), n=Count("pk"))
    )
    for request, level, n in seats:
        requests[request] |= {"level": level, "signatures": n}
    return {row["case_id"]: row for row in requests.values()}


def _past(row: Mapping[str, Any], text: str, signed: Mapping[str, Any], currency: str) -> PastCase:
    state = from_data(row["process_state"])
    amount = signed.get("amount_minor")
    if amount is None:
        amount = int((state.facts.amount or Decimal()).scaleb(exponent_of(currency)))
    return PastCase(
        id=row["pk"],
        definition=definition_of(text),
        facts=state.facts,
        opened=int(row["opened_at"].timestamp()),
        closed=int(row["closed_at"].timestamp()),
        due=int(row["due_at"].timestamp()) if row["due_at"] else None,
        department=row["department"],
        passed=[(one.step, one.outcome, int(one.at.timestamp())) for one in state.passed],
        level=signed.get("level", 0),
        signatures=signed.get("signatures", 0),
        asked=_asked(signed),
        subject=_subject(signed, state.facts, row["department"]),
        amount_minor=amount,
    )


def _asked(signed: Mapping[str, Any]) -> list[tuple[Act, int, int, int, int]]:
    """All that was asked for; requests older than limits in versions kept one act only."""
    if not signed:
        return []
    one = [signed["act"], signed["amount_minor"], signed["rolling_minor"], 0, 0]
    rows = signed["asked"] or [one]
    return [(Act(act), *numbers) for act, *numbers in rows if act in set(Act)]


def _subject(signed: Mapping[str, Any], facts: Facts, department: str) -> Subject:
    """What the request was about; where it did not say, what the case was about."""
    if signed.get("about"):
        return subject_from(signed["about"])
    return Subject(facts.reason, department, facts.country)

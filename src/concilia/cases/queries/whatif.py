"""Past cases as the replay wants them, read some thousand at a time; and what was tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet

from concilia.cases.core.authority import Act, AuthorityMatrix, Level, Limit
from concilia.cases.core.limits import EVERYTHING
from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.whatif.history import PastCase
from concilia.cases.core.whatif.replay import Draft
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, ProcessDefinition, WhatIf
from concilia.cases.queries.limits import table_for
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
    return Draft(definition, matrix_of_limits(tried.limits, tried) if tried.limits else None)


def matrix_of_limits(limits: Mapping[str, Any], tried: WhatIf) -> AuthorityMatrix:
    """The matrix in force with these cells instead: act to level to amount, null for any."""
    cells = dict(table_for(tried.entity).matrix_for(EVERYTHING).limits)
    for act, levels in limits.items():
        for level in Level:
            cells.pop((Act(act), level), None)
        for level, minor in levels.items():
            cells[Act(act), Level(int(level))] = Limit(minor)
    return AuthorityMatrix("draft", tried.currency, MappingProxyType(cells))


def limits_shown(entity: Entity) -> dict[tuple[int, str], str]:
    """
    The limits in force for whatever has no narrower row, as people write them, by level and act.

    `*` is any amount, nothing is no authority. One query.
    """
    matrix = table_for(entity).matrix_for(EVERYTHING)
    return {(n, act): _text_of(matrix, Act(act), Level(n)) for n in LEVELS for act in LIMITED_ACTS}


def _text_of(matrix: AuthorityMatrix, act: Act, level: Level) -> str:
    limit = matrix.limit(act, level)
    if limit is None:
        return ""
    return "*" if limit.minor is None else Money(limit.minor, matrix.currency).to_decimal_string()


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
        .values("pk", "case_id", "act", "amount_minor", "rolling_minor")
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
        act=signed.get("act", ""),
        amount_minor=amount,
        total_minor=amount + signed.get("rolling_minor", 0),
    )

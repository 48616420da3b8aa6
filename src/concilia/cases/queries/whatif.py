"""Past cases as the replay wants them, read some thousand at a time; and what was tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet

from concilia.cases.core.limits import EVERYTHING
from concilia.cases.core.previewing import Put
from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.whatif.history import PastCase
from concilia.cases.core.whatif.replay import Draft
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, ProcessDefinition, WhatIf
from concilia.cases.queries.limits import put_of, sheet_read
from concilia.cases.queries.processes import definition_of
from concilia.identity.models import Entity
from concilia.kernel.currencies import exponent_of

CHUNK: Final = 2_000
COLUMNS: Final = (
    "pk",
    "process_id",
    "process_state",
    "department",
    "opened_at",
    "closed_at",
    "due_at",
)


@dataclass(frozen=True, slots=True)
class Signed:
    """A decision that was signed: its amount, the highest level, how many, and what was asked."""

    amount_minor: int
    level: int
    signatures: int
    put: Put


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
            _past(row, texts[row["process_id"]], signed.get(row["pk"]), currency) for row in rows
        ]


def draft_of(tried: WhatIf) -> Draft:
    """What is tried, as the replay wants it."""
    definition = read_process(tried.text).definition if tried.text else None
    table = sheet_read(tried.limits, tried.entity).table if tried.limits else None
    return Draft(definition, table)


def latest_what_if(entity: Entity, sha256: str) -> WhatIf | None:
    """The last time a text was tried to the end; None if it never was."""
    found = WhatIf.objects.filter(entity=entity, sha256=sha256, state=WhatIf.State.DONE)
    return found.order_by("-asked_at", "-pk").first()


def _signed(cases: Sequence[int]) -> dict[int, Signed]:
    """The last signed decision of each case: what, how much, by which level, by how many."""
    rows = (
        ApprovalRequest.objects.filter(case__in=cases, state=ApprovalRequest.State.APPROVED)
        .order_by("case", "-version")
        .distinct("case")
    )
    requests = {row.pk: row for row in rows}
    seats = (
        ApprovalSeat.objects.filter(request__in=requests)
        .order_by()
        .values_list("request")
        .annotate(level=Max("level"), n=Count("pk"))
    )
    counted = {request: (level, n) for request, level, n in seats}
    return {
        row.case_id: Signed(row.amount_minor, *counted.get(row.pk, (0, 0)), put_of(row))
        for row in requests.values()
    }


def _past(row: Mapping[str, Any], text: str, signed: Signed | None, currency: str) -> PastCase:
    state = from_data(row["process_state"])
    known = state.facts.amount or Decimal()
    amount = signed.amount_minor if signed else int(known.scaleb(exponent_of(currency)))
    return PastCase(
        id=row["pk"],
        definition=definition_of(text),
        facts=state.facts,
        opened=int(row["opened_at"].timestamp()),
        closed=int(row["closed_at"].timestamp()),
        due=int(row["due_at"].timestamp()) if row["due_at"] else None,
        department=row["department"],
        passed=[(one.step, one.outcome, int(one.at.timestamp())) for one in state.passed],
        level=signed.level if signed else 0,
        signatures=signed.signatures if signed else 0,
        amount_minor=amount,
        asked=signed.put.asked if signed else (),
        subject=signed.put.subject if signed else EVERYTHING,
    )

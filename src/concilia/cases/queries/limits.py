"""The limits of an entity: those in force, the draft, every version, and what a change would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db.models import Q, QuerySet

from concilia.cases.core.authority import Act, Amount
from concilia.cases.core.limit_sheets import SheetRead, read_sheet, write_sheet
from concilia.cases.core.limits import LimitTable, Subject, shipped_table
from concilia.cases.core.previewing import Effect, Previewed, Put, preview
from concilia.cases.models import ApprovalRequest, LimitVersion
from concilia.identity.models import Entity

Status = LimitVersion.State
LOOKED_BACK: Final = timedelta(days=90)
PREVIEWED_MAX: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsInUse:
    """What counts now, and what is being written; `version` 0 is the template that came along."""

    version: int
    table: LimitTable
    sheet: str
    published: LimitVersion | None
    draft: LimitVersion | None


def limits_in_use(entity: Entity) -> LimitsInUse:
    """The table in force and the draft. One query."""
    rows = LimitVersion.objects.filter(entity=entity, state__in=[Status.PUBLISHED, Status.DRAFT])
    found = {
        row.state: row for row in rows.select_related("written_by__user", "published_by__user")
    }
    published = found.get(Status.PUBLISHED)
    table = table_of(published, entity)
    return LimitsInUse(
        version=published.version if published else 0,
        table=table,
        sheet=published.sheet if published else write_sheet(table),
        published=published,
        draft=found.get(Status.DRAFT),
    )


def table_of(row: LimitVersion | None, entity: Entity) -> LimitTable:
    """The table of a version; the shipped template, in its currency, where there is none."""
    if row is None:
        return shipped_table(entity.currency)
    table = _read(row.sheet, entity.currency, str(row.version)).table
    assert table is not None, "what was published can be read"
    return table


def table_for(entity: Entity, version: str = "") -> LimitTable:
    """
    The table in force, or the one a request was put to signature with. One query at most.

    :param version: as a request keeps it; empty for the one in force
    """
    if version == shipped_table(entity.currency).version:
        return shipped_table(entity.currency)
    rows = LimitVersion.objects.filter(entity=entity).exclude(state=Status.DRAFT)
    if version.isdecimal():
        return table_of(rows.filter(version=int(version)).first(), entity)
    return table_of(rows.filter(state=Status.PUBLISHED).first(), entity)


def sheet_read(sheet: str, entity: Entity, version: str = "") -> SheetRead:
    """Read a sheet in the entity's currency."""
    return _read(sheet, entity.currency, version)


@lru_cache(maxsize=64)
def _read(sheet: str, currency: str, version: str) -> SheetRead:
    return read_sheet(sheet, currency=currency, version=version)


def versions_of_limits(entity: Entity) -> QuerySet[LimitVersion]:
    """Every version there was, the newest first."""
    rows = LimitVersion.objects.filter(entity=entity).order_by("-version")
    return rows.select_related("written_by__user", "published_by__user")


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedOnRequests:
    """What other limits would do: to what is open, and to the last 90 days had they counted."""

    open: Sequence[tuple[ApprovalRequest, Previewed]]
    settled: int
    settled_changed: int

    def of(self, effect: Effect) -> list[ApprovalRequest]:
        """The open requests that would be affected so."""
        return [row for row, told in self.open if told.effect is effect]


def try_on_requests(*, entity: Entity, table: LimitTable, at: datetime) -> TriedOnRequests:
    """Hold a table against what is open and the last 90 days. Two queries."""
    now = limits_in_use(entity).table
    rows = (
        ApprovalRequest.objects.filter(case__entity=entity)
        .filter(Q(state="OPEN") | Q(requested_at__gte=at - LOOKED_BACK))
        .select_related("case__customer")
        .order_by("-requested_at")[:PREVIEWED_MAX]
    )
    known = {row.pk: row for row in rows}
    told = preview(now, table, [put_of(row) for row in known.values()])
    settled = [one for one in told if known[one.put.id].state == ApprovalRequest.State.APPROVED]
    return TriedOnRequests(
        open=[
            (known[one.put.id], one)
            for one in told
            if known[one.put.id].state == ApprovalRequest.State.OPEN
        ],
        settled=len(settled),
        settled_changed=sum(one.effect is not Effect.SAME for one in settled),
    )


def put_of(row: ApprovalRequest) -> Put:
    """What a kept request asked for."""
    asked = row.asked or [[row.act, row.amount_minor, row.rolling_minor, 0, 0]]
    return Put(
        id=row.pk,
        subject=subject_from(row.about),
        asked=tuple(
            (Act(act), Amount(minor, rolling, row.currency, share, rows))
            for act, minor, rolling, share, rows in asked
        ),
    )


def subject_from(about: dict[str, Any]) -> Subject:
    """What a request was about, as it is kept."""
    return Subject(about.get("reason", ""), about.get("department", ""), about.get("country", ""))

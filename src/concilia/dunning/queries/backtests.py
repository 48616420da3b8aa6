"""Backtests: their days and customers, since when the past is known, and those that were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from concilia.cases.queries.office import today_of
from concilia.correspondence.queries.lines import cost_of
from concilia.dunning.core.backtest.moments import Moments, Pace, every_monday
from concilia.dunning.core.strategy.sheet import write_strategy
from concilia.dunning.core.strategy.shipped import SHIPPED
from concilia.dunning.core.strategy.terms import CHANNEL_OF, Way
from concilia.dunning.models import Backtest, Run, StrategyVersion
from concilia.identity.models import Entity

CUSTOMERS: Final = """
SELECT customer_id, count(*) FROM receivables_openitem
 WHERE entity_id = %(entity)s AND due_date < %(until)s AND original_minor > 0
 GROUP BY 1 ORDER BY 1
"""
# Since when each part of the past is known; null where there is nothing.
KNOWN: Final = """
SELECT (SELECT min(posting_date) FROM ledger_journalentry WHERE entity_id = %(entity)s) AS ledger,
       (SELECT min(released_at AT TIME ZONE %(zone)s)::date FROM dunning_run
         WHERE entity_id = %(entity)s AND released_at IS NOT NULL) AS runs,
       (SELECT min(r.planned_at AT TIME ZONE %(zone)s)::date FROM dunning_run r
         WHERE r.entity_id = %(entity)s AND r.released_at IS NOT NULL
           AND EXISTS (SELECT 1 FROM dunning_runpass p WHERE p.run_id = r.id)) AS passes,
       (SELECT min(at AT TIME ZONE %(zone)s)::date FROM dunning_contactmade
         WHERE entity_id = %(entity)s) AS contacts,
       (SELECT min(recorded_at AT TIME ZONE %(zone)s)::date FROM dunning_motive
         WHERE entity_id = %(entity)s) AS motives,
       (SELECT min(recorded_at AT TIME ZONE %(zone)s)::date FROM dunning_promise
         WHERE entity_id = %(entity)s) AS promises
"""
WISHES_CHANGED: Final = """
SELECT count(*) FROM dunning_contactterms t JOIN customers_customer c ON c.id = t.customer_id
 WHERE c.entity_id = %(entity)s AND t.changed_at >= %(since)s
"""
PASSES: Final = """
SELECT why, CASE WHEN why = 'policy' THEN detail ELSE '' END, count(*) FROM dunning_runpass
 WHERE run_id = ANY(%(runs)s) GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class RealRuns:
    """The runs that people released in a span of days, the oldest first."""

    keys: tuple[int, ...]
    versions: tuple[int, ...]
    moments: Moments


@dataclass(frozen=True, slots=True)
class Sheet:
    """A version of a strategy that can be tried; 0 is the one that came along."""

    version: int
    state: str
    text: str


def real_runs(*, entity: Entity, since: date, until: date) -> RealRuns:
    """The runs of these days that were released, each with when it was planned. One query."""
    rows = Run.objects.filter(
        entity=entity, on_date__gte=since, on_date__lte=until, released_at__isnull=False
    ).order_by("planned_at", "pk")
    found = list(rows.only("pk", "on_date", "planned_at", "released_at", "strategy_version"))
    zone = ZoneInfo(entity.timezone)
    leaves = [row.released_at.astimezone(zone).date() for row in found if row.released_at]
    return RealRuns(
        tuple(row.pk for row in found),
        tuple(sorted({row.strategy_version for row in found})),
        Moments(
            tuple(row.on_date for row in found),
            tuple(row.planned_at.astimezone(zone) for row in found),
            tuple(leaves),
        ),
    )


def moments_of(*, entity: Entity, since: date, until: date, pace: Pace, runs: RealRuns) -> Moments:
    """The days of a backtest: those of the real runs, or every Monday."""
    if pace is Pace.RUNS:
        return runs.moments
    return every_monday(since, until, ZoneInfo(entity.timezone))


def customers_of(*, entity: Entity, until: date) -> list[tuple[int, int]]:
    """Who had something due by a day, with how many items, by their keys. One query."""
    asked: dict[str, Any] = {"entity": entity.pk, "until": until + timedelta(days=1)}
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMERS, asked)
        found: list[tuple[int, int]] = cursor.fetchall()
        return found


def known_of(*, entity: Entity, since: date, at: datetime) -> dict[str, Any]:
    """
    Since when each part of the past is known, as dates, and what is known as of today only.

    That is the wishes of customers who changed them since the first day, and what a touch costs.
    """
    first = datetime.combine(since, time.min, tzinfo=ZoneInfo(entity.timezone))
    asked: dict[str, Any] = {"entity": entity.pk, "zone": entity.timezone, "since": first}
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, asked)
        names = [column.name for column in cursor.description or ()]
        days = dict(zip(names, cursor.fetchone(), strict=True))
        cursor.execute(WISHES_CHANGED, asked)
        changed = cursor.fetchone()[0]
    return {
        "as_of": today_of(entity, at).isoformat(),
        "wishes_changed": changed,
        "costs": costs_of(entity),
        "since": {name: day.isoformat() if day else None for name, day in days.items()},
    }


def passes_of(*, runs: Sequence[int]) -> tuple[dict[str, int], dict[str, int]]:
    """How often somebody heard nothing in these runs, by reason, and by rule of the policy."""
    with connection.cursor() as cursor:
        cursor.execute(PASSES, {"runs": list(runs)})
        rows = cursor.fetchall()
    whys = {why: sum(n for *_, n in some) for why, some in groupby(rows, lambda row: row[0])}
    return whys, {rule: n for _why, rule, n in rows if rule}


def costs_of(entity: Entity) -> dict[str, int]:
    """What one touch by each way costs, as the company has set it; others are absent."""
    costs = {way.value: cost_of(entity, CHANNEL_OF[way]) for way in Way}
    return {way: cost for way, cost in costs.items() if cost}


def sheets_of(entity: Entity) -> list[Sheet]:
    """What can be tried: the draft first, then what is or was in force, and what came along."""
    rows = StrategyVersion.objects.filter(entity=entity).order_by("-version")
    found = [Sheet(row.version, row.state, row.sheet) for row in rows]
    return [*found, Sheet(0, "", write_strategy(SHIPPED))]


def backtest_of(*, entity: Entity, backtest_id: int) -> Backtest | None:
    """One of an entity, with who asked for it."""
    rows = Backtest.objects.select_related("asked_by__user", "entity")
    return rows.filter(pk=backtest_id, entity=entity).first()

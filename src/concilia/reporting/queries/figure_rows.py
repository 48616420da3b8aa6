"""The rows behind the dashboard's figures: the largest first, all of them for a download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from concilia.identity.models import Entity
from concilia.kernel.periods import Period
from concilia.reporting.queries.day_figures import Cause

SHOWN: Final = 8
CHUNK: Final = 2000

OPEN_ITEMS: Final = """
SELECT i.id AS pk, 'item' AS kind, i.document_number AS name, cu.id AS customer_id,
       cu.name AS customer, i.kind AS what, i.due_date AS day, i.open_minor AS minor
  FROM receivables_openitem i JOIN customers_customer cu ON cu.id = i.customer_id
 WHERE i.entity_id = %(entity)s AND i.currency = %(currency)s AND i.open_minor <> 0
 ORDER BY i.open_minor DESC, i.id
"""
OPEN_CLAIMS: Final = """
SELECT l.id AS pk, 'claim' AS kind, c.number AS name, cu.id AS customer_id, cu.name AS customer,
       l.reason AS what, (c.due_at AT TIME ZONE %(zone)s)::date AS day, l.claimed_minor AS minor
  FROM claims_claim l JOIN cases_case c ON c.id = l.case_id AND c.closed_at IS NULL
  JOIN customers_customer cu ON cu.id = l.customer_id
 WHERE l.entity_id = %(entity)s AND l.currency = %(currency)s
   AND l.state NOT IN ('CLOSED', 'WITHDRAWN', 'DUPLICATE')
 ORDER BY l.claimed_minor DESC, l.id
"""
# Late ones first: they are what keeps the figure from a hundred.
RESOLVED: Final = """
SELECT l.id AS pk, 'claim' AS kind, c.number AS name, cu.id AS customer_id, cu.name AS customer,
       l.reason AS what, (c.closed_at AT TIME ZONE %(zone)s)::date AS day,
       l.claimed_minor AS minor, (c.due_at IS NULL OR c.closed_at <= c.due_at) AS good
  FROM cases_case c JOIN claims_claim l ON l.case_id = c.id AND l.currency = %(currency)s
   AND l.state NOT IN ('WITHDRAWN', 'DUPLICATE')
  JOIN customers_customer cu ON cu.id = l.customer_id
 WHERE c.entity_id = %(entity)s AND c.closed_at >= %(start)s AND c.closed_at < %(end)s
 ORDER BY good, c.closed_at DESC, c.id
"""
DEDUCTIONS: Final = """
SELECT i.id AS pk, 'item' AS kind, i.document_number AS name, cu.id AS customer_id,
       cu.name AS customer, i.kind AS what, i.issue_date AS day, i.open_minor AS minor
  FROM receivables_openitem i JOIN customers_customer cu ON cu.id = i.customer_id
 WHERE i.entity_id = %(entity)s AND i.currency = %(currency)s AND i.kind = 'deduction'
   AND i.open_minor <> 0
 ORDER BY i.open_minor DESC, i.id
"""
# Those somebody had to look at, newest first.
PAYMENTS: Final = """
SELECT b.id AS pk, 'payment' AS kind, b.payer_name AS name, cu.id AS customer_id,
       coalesce(cu.name, '') AS customer, coalesce(m.rule, '') AS what, b.booking_date AS day,
       b.amount_minor AS minor, (m.id IS NOT NULL AND m.decided_by_id IS NULL) AS good
  FROM receivables_bankentry b
  LEFT JOIN cash_match m ON m.bank_entry_id = b.id AND m.state = 'POSTED'
  LEFT JOIN customers_customer cu ON cu.id = coalesce(m.customer_id, b.customer_id)
 WHERE b.entity_id = %(entity)s AND b.currency = %(currency)s AND NOT b.is_return
   AND b.booking_date >= %(first)s AND b.booking_date <= %(last)s
   AND m.rule IS DISTINCT FROM 'NOT' {only}
 ORDER BY b.booking_date DESC, b.id
"""
STATEMENTS: Final[Mapping[str, str]] = {
    "dso": OPEN_ITEMS,
    "dso_in_dispute": OPEN_CLAIMS,
    "contested": OPEN_CLAIMS,
    "resolved_in_time": RESOLVED,
    "deductions": DEDUCTIONS,
    "posted_untouched": PAYMENTS.format(only=""),
}
SHOWN_INSTEAD: Final = PAYMENTS.format(only="AND (m.id IS NULL OR m.decided_by_id IS NOT NULL)")
CAUSES: Final = """
SELECT l.reason, count(*) AS claims, sum(l.approved_minor) AS valid, sum(l.denied_minor) AS denied
  FROM claims_claim l
 WHERE l.entity_id = %(entity)s AND l.currency = %(currency)s
   AND l.received_at >= %(from)s AND l.approved_minor + l.denied_minor > 0
   AND l.decided_at >= %(start)s AND l.decided_at < %(end)s
 GROUP BY 1 ORDER BY sum(l.approved_minor + l.denied_minor) DESC LIMIT %(most)s
"""
CAUSES_MOST: Final = 8
# A claim decided in the period was received before it, but not for ever.
LONGEST_DAYS: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """
    One row behind a figure: an item, a claim or a payment, with its amount in minor units.

    `what` is a claim's reason, an item's kind or a payment's rule; `day` is due, resolved, taken or
    booked, as the figure needs; `is_good` counts for a share.
    """

    pk: int
    kind: str
    name: str
    customer_id: int | None
    customer: str
    what: str
    day: date | None
    minor: int
    is_good: bool = True


def shown_rows(*, entity: Entity, name: str, currency: str, period: Period) -> list[FigureRow]:
    """The first rows behind a figure: one statement that reads few rows."""
    sql = SHOWN_INSTEAD if name == "posted_untouched" else STATEMENTS[name]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT {SHOWN}", _parameters(entity, currency, period))
        names = [column.name for column in cursor.description or ()]
        return [_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def all_rows(*, entity: Entity, name: str, currency: str, period: Period) -> Iterator[FigureRow]:
    """Every row behind a figure, read while they are used: a million do not fit into memory."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(STATEMENTS[name], _parameters(entity, currency, period))
        names: list[str] = []
        while rows := cursor.fetchmany(CHUNK):
            names = names or [column.name for column in cursor.description or ()]
            yield from (_row(dict(zip(names, row, strict=True))) for row in rows)


def some_rows(
    *, entity: Entity, name: str, currency: str, period: Period, skip: int, most: int
) -> list[FigureRow]:
    """Rows behind a figure from a place in their order on: one statement."""
    parameters = _parameters(entity, currency, period) | {"skip": skip, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(f"{STATEMENTS[name]} OFFSET %(skip)s LIMIT %(most)s", parameters)
        names = [column.name for column in cursor.description or ()]
        return [_row(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def causes_in(*, entity: Entity, currency: str, period: Period) -> list[Cause]:
    """What was found valid and not valid in a period, by reason, the largest first."""
    parameters = _parameters(entity, currency, period) | {"most": CAUSES_MOST}
    with connection.cursor() as cursor:
        cursor.execute(CAUSES, parameters)
        return [
            Cause(reason, claims, int(valid), int(denied))
            for reason, claims, valid, denied in cursor.fetchall()
        ]


def _row(found: dict[str, Any]) -> FigureRow:
    good = found.pop("good", True)
    return FigureRow(**found, is_good=bool(good))


def _parameters(entity: Entity, currency: str, period: Period) -> dict[str, Any]:
    zone = ZoneInfo(entity.timezone)
    start = datetime.combine(period.start, time.min, zone)
    return {
        "entity": entity.pk,
        "currency": currency,
        "zone": entity.timezone,
        "first": period.start,
        "last": period.last,
        "start": start,
        "end": datetime.combine(period.end, time.min, zone),
        "from": start - timedelta(days=LONGEST_DAYS),
    }

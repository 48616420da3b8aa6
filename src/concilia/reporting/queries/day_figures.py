"""
Day by day what moved: receivables, contested amounts, deductions, claims, payments.

Each statement reads one table once, set by set, and gives few rows: (currency, day, amounts).
Receivables come from the ledger, so their history is as true as the entries are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from concilia.identity.models import Entity
from concilia.reporting.core.days import HISTORY_DAYS, Day, DayBook, days_from
from concilia.reporting.core.kpis import AGEING_BOUNDS, bucket_labels
from concilia.reporting.models import DayFigures, FiguresTaken

# A company whose figures take no longer than this is added up each time somebody looks.
LIVE_MS_MAX: Final = 60

# What was booked on an item counts from its posting; until its due date it is not due.
LEDGER_MOVES: Final = """
WITH moves AS MATERIALIZED (
    SELECT l.currency, e.posting_date, i.due_date, i.kind = 'deduction' AS held,
           sum(l.debit_minor - l.credit_minor) AS amount
      FROM ledger_journalline l
      JOIN ledger_journalentry e ON e.id = l.entry_id
      JOIN receivables_openitem i ON i.id = l.item_id
     WHERE l.entity_id = %(entity)s AND l.item_id IS NOT NULL
     GROUP BY 1, 2, 3, 4)
SELECT currency, posting_date AS day, sum(amount) AS receivables,
       sum(amount) FILTER (WHERE due_date >= posting_date) AS not_due,
       sum(amount) FILTER (WHERE held) AS deductions_open
  FROM moves GROUP BY 1, 2
 UNION ALL
SELECT currency, due_date + 1, 0, -sum(amount), 0
  FROM moves WHERE due_date >= posting_date GROUP BY 1, 2
"""
SALES: Final = """
SELECT currency, issue_date AS day,
       sum(CASE kind WHEN 'credit_note' THEN -gross_minor ELSE gross_minor END) AS sales
  FROM receivables_invoice
 WHERE entity_id = %(entity)s AND issue_date >= %(first)s AND kind <> 'debit_note'
 GROUP BY 1, 2
"""
DEDUCTIONS: Final = """
SELECT currency, issue_date AS day, sum(original_minor) AS deductions_taken
  FROM receivables_openitem
 WHERE entity_id = %(entity)s AND kind = 'deduction' AND issue_date >= %(first)s
 GROUP BY 1, 2
"""
OPENED: Final = """
SELECT currency, (received_at AT TIME ZONE %(zone)s)::date AS day, sum(claimed_minor) AS contested,
       count(*) AS claims_opened, count(*) AS claims_open
  FROM claims_claim WHERE entity_id = %(entity)s GROUP BY 1, 2
"""
CLOSED: Final = """
SELECT l.currency, (c.closed_at AT TIME ZONE %(zone)s)::date AS day,
       -sum(l.claimed_minor) AS contested, count(*) AS claims_closed, -count(*) AS claims_open,
       count(*) FILTER (WHERE l.state NOT IN ('WITHDRAWN', 'DUPLICATE')) AS claims_resolved,
       count(*) FILTER (WHERE l.state NOT IN ('WITHDRAWN', 'DUPLICATE')
                          AND (c.due_at IS NULL OR c.closed_at <= c.due_at)) AS in_time
  FROM claims_claim l JOIN cases_case c ON c.id = l.case_id
 WHERE l.entity_id = %(entity)s AND c.closed_at IS NOT NULL GROUP BY 1, 2
"""
# What is set aside (rule NOT) is no customer's payment.
PAYMENTS: Final = """
SELECT b.currency, b.booking_date AS day,
       count(*) FILTER (WHERE m.rule IS DISTINCT FROM 'NOT') AS payments,
       count(m.id) FILTER (WHERE m.decided_by_id IS NULL) AS untouched
  FROM receivables_bankentry b
  LEFT JOIN cash_match m ON m.bank_entry_id = b.id AND m.state = 'POSTED'
 WHERE b.entity_id = %(entity)s AND b.booking_date >= %(first)s AND NOT b.is_return
 GROUP BY 1, 2
"""
AGEING: Final = """
SELECT currency,
       CASE WHEN due_date >= %(today)s THEN 0
            ELSE 1 + width_bucket(%(today)s - due_date, %(starts)s::int[]) END AS bucket,
       count(*) AS items, sum(open_minor) AS open,
       sum(CASE WHEN kind = 'deduction' THEN open_minor ELSE disputed_minor END) AS disputed
  FROM receivables_openitem WHERE entity_id = %(entity)s AND open_minor <> 0 GROUP BY 1, 2
"""
LATE: Final = """
SELECT l.currency, count(*) AS late
  FROM cases_case c JOIN claims_claim l ON l.case_id = c.id
 WHERE c.entity_id = %(entity)s AND c.closed_at IS NULL AND c.due_at < %(at)s GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class AgeBucket:
    """Open amounts of one age in minor units; what is disputed of them includes deductions."""

    label: str
    items: int
    open_minor: int
    disputed_minor: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What was decided of claims with one reason in a period, in minor units."""

    reason: str
    claims: int
    valid_minor: int
    not_valid_minor: int


@dataclass(frozen=True, slots=True)
class CurrencyFigures:
    """
    One currency: its days, and how its receivables are aged on the last of them.

    `causes` are kept by the length of the period; empty where figures are added up while one waits.
    """

    book: DayBook
    ageing: tuple[AgeBucket, ...]
    causes: Mapping[int, tuple[Cause, ...]] = field(default_factory=dict)

    @property
    def items(self) -> int:
        """How many items are open."""
        return sum(bucket.items for bucket in self.ageing)


@dataclass(frozen=True, slots=True)
class EntityFigures:
    """All figures of an entity as of a moment, by currency."""

    as_of: datetime
    by_currency: Mapping[str, CurrencyFigures]

    def of(self, currency: str) -> CurrencyFigures:
        """One currency; days without anything when there is nothing in it."""
        if currency in self.by_currency:
            return self.by_currency[currency]
        any_book = next(iter(self.by_currency.values()), None)
        last = any_book.book.last if any_book else self.as_of.date()
        first = last - timedelta(days=HISTORY_DAYS)
        return CurrencyFigures(DayBook(days_from({}, first, last), currency), ())


Moves = dict[str, dict[date, dict[str, int]]]


@dataclass(slots=True)
class _Asked:
    entity: Entity
    at: datetime
    parameters: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        today = self.at.astimezone(ZoneInfo(self.entity.timezone)).date()
        self.parameters = {
            "entity": self.entity.pk,
            "zone": self.entity.timezone,
            "at": self.at,
            "today": today,
            "first": today - timedelta(days=HISTORY_DAYS),
            "starts": [bound + 1 for bound in AGEING_BOUNDS],
        }


def add_up(*, entity: Entity, at: datetime) -> EntityFigures:
    """
    Add all figures up from the rows, now: eight statements.

    Some milliseconds for a small company, seconds for a million items: then
    `reporting.actions.take_figures` keeps the answer and `figures_of` gives it.
    """
    asked = _Asked(entity, at)
    moves: Moves = defaultdict(lambda: defaultdict(dict))
    for sql in (LEDGER_MOVES, SALES, DEDUCTIONS, OPENED, CLOSED, PAYMENTS):
        for row in _rows(sql, asked.parameters):
            moved = moves[row.pop("currency")][row.pop("day")]
            for name, amount in row.items():
                moved[name] = moved.get(name, 0) + int(amount or 0)
    late = {row["currency"]: int(row["late"]) for row in _rows(LATE, asked.parameters)}
    aged = _ageing(asked)
    first, last = asked.parameters["first"], asked.parameters["today"]
    return EntityFigures(
        at,
        {
            currency: CurrencyFigures(
                DayBook(days_from(moves[currency], first, last), currency, late.get(currency, 0)),
                aged.get(currency, ()),
            )
            for currency in sorted({*moves, *aged, entity.currency})
        },
    )


def figures_of(*, entity: Entity, at: datetime) -> EntityFigures:
    """
    The figures a page shows: now's where adding up is quick, else those last taken.

    How quick it is was measured when they were taken; `as_of` says which moment they are of.
    """
    taken = FiguresTaken.objects.filter(entity=entity).only("milliseconds").first()
    if taken is None or taken.milliseconds <= LIVE_MS_MAX:
        return add_up(entity=entity, at=at)
    return kept_figures(entity=entity) or add_up(entity=entity, at=at)


def kept_figures(*, entity: Entity) -> EntityFigures | None:
    """The figures as they were last taken: two statements; None before the first time."""
    taken = FiguresTaken.objects.filter(entity=entity).first()
    if taken is None:
        return None
    days: dict[str, list[Day]] = defaultdict(list)
    rows = DayFigures.objects.filter(entity=entity).order_by("currency", "day_date")
    for row in rows.values_list("currency", "day_date", *COLUMNS):
        days[row[0]].append(Day(day=row[1], **dict(zip(NAMES, row[2:], strict=True))))
    figures = {
        currency: CurrencyFigures(
            DayBook(found, currency, int(kept["late"])),
            tuple(AgeBucket(*each) for each in kept["ageing"]),
            {
                int(length): tuple(Cause(*each) for each in rows)
                for length, rows in kept["causes"].items()
            },
        )
        for currency, found in days.items()
        if (kept := taken.today.get(currency))
    }
    return EntityFigures(taken.taken_at, figures)


NAMES: Final = (
    "receivables",
    "not_due",
    "contested",
    "deductions_open",
    "claims_open",
    "sales",
    "deductions_taken",
    "claims_opened",
    "claims_closed",
    "claims_resolved",
    "in_time",
    "payments",
    "untouched",
)
AMOUNTS: Final = frozenset(
    {"receivables", "not_due", "contested", "deductions_open", "sales", "deductions_taken"}
)
COLUMNS: Final = tuple(f"{name}_minor" if name in AMOUNTS else name for name in NAMES)


def _ageing(asked: _Asked) -> dict[str, tuple[AgeBucket, ...]]:
    labels = bucket_labels(AGEING_BOUNDS)
    found: dict[str, dict[int, AgeBucket]] = defaultdict(dict)
    for row in _rows(AGEING, asked.parameters):
        place = int(row["bucket"])
        found[row["currency"]][place] = AgeBucket(
            labels[place], int(row["items"]), int(row["open"]), int(row["disputed"])
        )
    return {
        currency: tuple(
            buckets.get(place, AgeBucket(label, 0, 0, 0)) for place, label in enumerate(labels)
        )
        for currency, buckets in found.items()
    }


def _rows(sql: str, parameters: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))

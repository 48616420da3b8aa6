"""Figures added up once and kept, so that nobody waits for a million rows to be read."""

from __future__ import annotations

import time
from dataclasses import astuple
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from concilia.identity.models import Entity
from concilia.reporting.core.days import PERIODS
from concilia.reporting.models import CustomerFigures, DayFigures, FiguresTaken
from concilia.reporting.queries.day_figures import COLUMNS, NAMES, EntityFigures, add_up
from concilia.reporting.queries.figure_rows import causes_in

CUSTOMERS: Final = """
INSERT INTO reporting_customerfigures
       (entity_id, customer_id, currency, open_minor, overdue_minor, contested_minor)
SELECT %(entity)s, customer_id, currency, sum(open_minor), sum(overdue), sum(contested)
  FROM (SELECT customer_id, currency, sum(open_minor) AS open_minor,
               coalesce(sum(open_minor) FILTER (WHERE due_date < %(today)s), 0) AS overdue,
               0 AS contested
          FROM receivables_openitem WHERE entity_id = %(entity)s AND open_minor <> 0 GROUP BY 1, 2
         UNION ALL
        SELECT l.customer_id, l.currency, 0, 0, sum(l.claimed_minor)
          FROM claims_claim l JOIN cases_case c ON c.id = l.case_id
         WHERE l.entity_id = %(entity)s AND c.closed_at IS NULL GROUP BY 1, 2) owed
 GROUP BY 2, 3
"""


@transaction.atomic(durable=True)
def take_figures(*, entity_id: int, at: datetime) -> FiguresTaken:
    """
    Add up an entity's figures and keep them in place of those taken before (domain.md §5.8).

    Everything is read from one moment's state of the database. Not logged: nothing is decided,
    and anyone can add up again.
    """
    if not connection.savepoint_ids:  # a part of a larger transaction reads as that one does
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    begun = time.perf_counter()
    entity = Entity.objects.get(pk=entity_id)
    figures = add_up(entity=entity, at=at)
    _keep_days(entity, figures)
    CustomerFigures.objects.filter(entity=entity).delete()
    today = next(iter(figures.by_currency.values())).book.last
    with connection.cursor() as cursor:
        cursor.execute(CUSTOMERS, {"entity": entity.pk, "today": today})
    taken, _ = FiguresTaken.objects.update_or_create(
        entity=entity,
        defaults={
            "taken_at": at,
            "milliseconds": int((time.perf_counter() - begun) * 1000),
            "today": {
                currency: {
                    "late": each.book.overdue_open,
                    "ageing": [
                        [bucket.label, bucket.items, bucket.open_minor, bucket.disputed_minor]
                        for bucket in each.ageing
                    ],
                    "causes": {
                        str(length): [
                            astuple(cause)
                            for cause in causes_in(
                                entity=entity,
                                currency=currency,
                                period=each.book.period(length),
                            )
                        ]
                        for length in PERIODS
                    },
                }
                for currency, each in figures.by_currency.items()
            },
        },
    )
    return taken


def _keep_days(entity: Entity, figures: EntityFigures) -> None:
    DayFigures.objects.filter(entity=entity).delete()
    DayFigures.objects.bulk_create(
        [
            DayFigures(
                entity=entity,
                currency=currency,
                day_date=day.day,
                **{column: getattr(day, name) for column, name in zip(COLUMNS, NAMES, strict=True)},
            )
            for currency, each in figures.by_currency.items()
            for day in each.book.days
        ],
        batch_size=500,
    )

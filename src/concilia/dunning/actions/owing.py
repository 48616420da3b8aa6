"""Who owes something that nothing holds back, summed for all customers at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from concilia.cases.queries.office import today_of
from concilia.dunning.queries.work import OWING, parameters_of_owing
from concilia.identity.models import Entity

KEEP: Final = f"""{OWING}, gone AS (
    DELETE FROM dunning_owing o WHERE o.entity_id = %(entity)s
       AND NOT EXISTS (SELECT 1 FROM owing WHERE owing.customer_id = o.customer_id)
)
INSERT INTO dunning_owing AS kept (entity_id, customer_id, weight)
SELECT %(entity)s, customer_id, weight FROM owing
    ON CONFLICT (customer_id) DO UPDATE SET weight = excluded.weight
 WHERE kept.weight <> excluded.weight
"""  # noqa: S608 - our own words only


@transaction.atomic(durable=True)
def sum_owing(*, entity: Entity, at: datetime) -> None:
    """Keep who owes what nothing holds back, by weight: one statement, whatever their number."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP, parameters_of_owing(entity=entity, today=today_of(entity, at)))

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from concilia.cases.queries.office import weights_of
from concilia.claims.core.work import HISTORY, ODDS_UNKNOWN_BP
from concilia.identity.models import Entity

# Three circles, each drawn towards the wider one (`cases.core.worth.odds_of`): all claims of the
# entity, those of a reason, those of a reason and a customer. Whole numbers, as the core has them.
REFRESH: Final = """
WITH decided AS MATERIALIZED (
    SELECT reason, customer_id, LEAST(approved_minor * 10000 / claimed_minor, 10000) AS share
      FROM claims_claim
     WHERE entity_id = %(entity)s AND claimed_minor > 0 AND received_at >= %(since)s
       AND ((decided_at IS NOT NULL AND state IN (
               'CLOSED', 'REPAID', 'ACCEPTED', 'CUSTOMER_NOTIFIED', 'COLLECT_BACK'))
            OR state = 'WITHDRAWN')),
whole AS (
    SELECT (coalesce(sum(share), 0)::bigint + %(prior)s::bigint * %(unknown)s)
           / (count(*) + %(prior)s) AS odds FROM decided),
by_reason AS MATERIALIZED (
    SELECT reason, (sum(share)::bigint + %(prior)s * whole.odds) / (count(*) + %(prior)s) AS odds
      FROM decided, whole GROUP BY reason, whole.odds),
by_customer AS MATERIALIZED (
    SELECT d.reason, d.customer_id,
           (sum(d.share)::bigint + %(prior)s * r.odds) / (count(*) + %(prior)s) AS odds
      FROM decided d JOIN by_reason r USING (reason) GROUP BY d.reason, d.customer_id, r.odds),
fresh AS (
    SELECT l.id, coalesce(c.odds, r.odds, whole.odds) AS odds
      FROM claims_claim l CROSS JOIN whole
      LEFT JOIN by_reason r ON r.reason = l.reason
      LEFT JOIN by_customer c ON c.reason = l.reason AND c.customer_id = l.customer_id
     WHERE l.entity_id = %(entity)s AND l.state NOT IN ('CLOSED', 'WITHDRAWN', 'DUPLICATE')
       AND l.odds_bp IS DISTINCT FROM coalesce(c.odds, r.odds, whole.odds)
     ORDER BY l.id FOR NO KEY UPDATE OF l)
UPDATE claims_claim l SET odds_bp = fresh.odds FROM fresh WHERE l.id = fresh.id
"""


@transaction.atomic(durable=True)
def learn_odds(*, entity_id: int, at: datetime) -> int:
    """
    Write to every open claim which share of it history expects to be valid; returns how many moved.

    One statement over the last three years; a claim whose odds stay is not written.
    """
    entity = Entity.objects.get(pk=entity_id)
    values: dict[str, int | datetime] = {
        "entity": entity_id,
        "since": at - HISTORY,
        "prior": weights_of(entity).prior_cases,
        "unknown": ODDS_UNKNOWN_BP,
    }
    with connection.cursor() as cursor:
        cursor.execute(REFRESH, values)
        return int(cursor.rowcount)

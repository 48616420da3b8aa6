"""Who paid all that a message of a run asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from concilia.customers.models import Customer
from concilia.dunning.queries.dunnable import rows_of

# Of each customer the last touch that asked for something; what of it came by these payments, and
# nothing of it is left to ask for. What is in a plan is another's thanks.
PAID: Final = """
WITH came AS (
    SELECT m.customer_id, a.item_id, sum(a.applied_minor) AS minor, max(b.value_date) AS value_date
      FROM cash_match m JOIN cash_allocation a ON a.match_id = m.id
      JOIN receivables_bankentry b ON b.id = m.bank_entry_id
     WHERE m.id = ANY(%(matches)s) AND m.state = 'POSTED' AND NOT b.is_return
       AND m.customer_id IS NOT NULL AND a.applied_minor > 0
     GROUP BY 1, 2
), last AS (
    SELECT DISTINCT ON (t.customer_id, t.currency) t.id, t.customer_id, t.currency
      FROM dunning_runtouch t
     WHERE t.customer_id IN (SELECT customer_id FROM came) AND t.tone > 0
       AND t.state IN ('QUEUED', 'DONE') AND t.ran_at >= %(since)s
     ORDER BY t.customer_id, t.currency, t.ran_at DESC
)
SELECT last.id, last.customer_id, last.currency, sum(coalesce(came.minor, 0)) AS minor,
       max(came.value_date) AS value_date
  FROM last JOIN dunning_runtouchitem i ON i.touch_id = last.id AND i.asked_minor > 0
  JOIN receivables_openitem o ON o.id = i.item_id
  LEFT JOIN came ON came.item_id = i.item_id
 GROUP BY 1, 2, 3
HAVING sum(greatest(o.open_minor - o.disputed_minor, 0)) = 0 AND sum(coalesce(came.minor, 0)) > 0
   AND NOT bool_or(EXISTS (SELECT 1 FROM dunning_planitem p WHERE p.item_id = i.item_id))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidAfterAsking:
    """Whose payment settled a touch: how much of it came, in minor units, and on which day."""

    touch_id: int
    customer: Customer
    currency: str
    minor: int
    on: date


def paid_after_asking(*, match_ids: Sequence[int], since: datetime) -> list[PaidAfterAsking]:
    """Those whose payments settled all that they were asked for since a moment. Two statements."""
    rows = rows_of(PAID, {"matches": list(match_ids), "since": since})
    keys = [row["customer_id"] for row in rows]
    customers = Customer.objects.select_related("entity").in_bulk(keys)
    return [
        PaidAfterAsking(
            touch_id=row["id"],
            customer=customers[row["customer_id"]],
            currency=row["currency"],
            minor=int(row["minor"]),
            on=row["value_date"],
        )
        for row in rows
    ]

"""Which plans somebody looks at now: asked for, broken, about to break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from concilia.dunning.models import Plan
from concilia.dunning.queries.dunnable import rows_of

SOON_DAYS: Final = 3
RETURNED_DAYS: Final = 10

# `asked`: it waits for one of us; an offer waits for the customer until its first day has passed.
# `failed` and `risk` until somebody speaks with them; `returned`: a debit of theirs came back;
# `soon`: a row falls due, and the one before it was late; `waive`: a settlement was paid, and the
# rest is to be written off in the books.
PLAN_TASKS: Final = """
SELECT * FROM (
    SELECT p.id, p.customer_id, p.judged_at::date AS day, CASE
        WHEN p.state = 'PROPOSED' THEN
            CASE WHEN NOT p.is_covered OR p.customer_at IS NOT NULL OR p.first_date < %(today)s
                 THEN 'asked' END
        WHEN p.state = 'DEFAULTED' AND NOT spoken.since AND opened.some THEN 'failed'
        WHEN p.state = 'AT_RISK' AND NOT spoken.since THEN 'risk'
        WHEN p.state = 'COMPLETED' THEN 'waive'
        WHEN p.state IN ('ACTIVE', 'AT_RISK') AND EXISTS (
            SELECT 1 FROM dunning_motive m
             WHERE m.customer_id = p.customer_id AND m.source = 'bank_code'
               AND m.withdrawn_at IS NULL AND m.acted_at IS NULL
               AND m.said_date >= %(today)s - %(returned)s) THEN 'returned'
        WHEN p.state IN ('ACTIVE', 'AT_RISK') AND EXISTS (
            SELECT 1 FROM dunning_planrow r JOIN dunning_planrow before
                ON before.plan_id = r.plan_id AND before.n = r.n - 1 AND before.was_late
             WHERE r.plan_id = p.id AND r.settled_date IS NULL
               AND r.due_date BETWEEN %(today)s AND %(today)s + %(soon)s) THEN 'soon'
        END AS why
      FROM dunning_plan p
      CROSS JOIN LATERAL (SELECT
            EXISTS (SELECT 1 FROM dunning_promise n WHERE n.customer_id = p.customer_id
                       AND n.recorded_at > p.judged_at)
         OR EXISTS (SELECT 1 FROM dunning_motive n WHERE n.customer_id = p.customer_id
                       AND n.recorded_at > p.judged_at AND n.withdrawn_at IS NULL)
         OR EXISTS (SELECT 1 FROM dunning_plan n WHERE n.customer_id = p.customer_id
                       AND n.proposed_at > p.judged_at) AS since) spoken
      CROSS JOIN LATERAL (SELECT EXISTS (
            SELECT 1 FROM dunning_planitem i JOIN receivables_openitem o ON o.id = i.item_id
             WHERE i.plan_id = p.id AND o.open_minor > 0) AS some) opened
     WHERE p.entity_id = %(entity)s
       AND (p.state IN ('PROPOSED', 'ACTIVE', 'AT_RISK', 'DEFAULTED')
            OR (p.state = 'COMPLETED' AND EXISTS (
                    SELECT 1 FROM dunning_settlement s
                     WHERE s.plan_id = p.id AND s.booked_at IS NULL)))
) looked WHERE why IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class PlanTask:
    """A plan to look at, and why: `asked`, `failed`, `risk`, `returned`, `soon`, `waive`."""

    plan: Plan
    why: str


def parameters_of_tasks(today: date) -> dict[str, Any]:
    """What `PLAN_TASKS` is asked with besides the entity."""
    return {"today": today, "soon": SOON_DAYS, "returned": RETURNED_DAYS}


def plans_to_look_at(
    *, entity_id: int, today: date, customers: Sequence[int] | None = None
) -> list[PlanTask]:
    """The plans somebody looks at now, of all customers or of some. Two statements."""
    asked = parameters_of_tasks(today) | {"entity": entity_id, "customers": list(customers or ())}
    whose = "" if customers is None else " AND customer_id = ANY(%(customers)s)"
    why = {row["id"]: row["why"] for row in rows_of(PLAN_TASKS + whose, asked)}
    rows = Plan.objects.filter(pk__in=why).order_by("judged_at", "pk")
    return [PlanTask(row, why[row.pk]) for row in rows]

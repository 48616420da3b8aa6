"""Which customer is next, and why: broken, a plan to look at, due, answered, to do, owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet

from concilia.customers.models import Customer
from concilia.dunning.core.courses import ALREADY_PAID
from concilia.dunning.models import Motive, Promise, PromiseItem
from concilia.dunning.queries.dunnable import (
    MOTIVES,
    OF_ALL,
    WHOEVER,
    Dunnable,
    dunnable_of,
    least_by_currency,
    least_of,
    parameters_of,
    rows_of,
)
from concilia.dunning.queries.plan_work import (
    PLAN_TASKS,
    PlanTask,
    parameters_of_tasks,
    plans_to_look_at,
)
from concilia.dunning.queries.story import FACT_DAYS, bank_facts, motives_in_force
from concilia.identity.models import Entity
from concilia.intake.models import Arrival
from concilia.receivables.models import OpenItem

# What may be next, the most urgent first; their places are the ranks of the statement.
KINDS: Final = ("broken", "plan", "due", "answer", "act", "owes")
RANKS: Final[Mapping[str, int]] = {kind: rank for rank, kind in enumerate(KINDS, start=1)}
# Who owes something that nothing holds back, as a set of sums by customer and currency.
OWING: Final = f"""{OF_ALL}, sums AS (
    SELECT customer_id, currency, sum(dunnable) AS ready,
           sum(dunnable::numeric * (%(today)s - due_date)) AS weight
      FROM buckets WHERE dunnable > 0 AND NOT rests GROUP BY 1, 2
), owing AS (
    SELECT customer_id,
           sum(CASE WHEN currency = %(currency)s THEN weight ELSE 0 END)::bigint AS weight
      FROM sums
     WHERE ready > coalesce((%(least)s::jsonb ->> currency)::bigint, %(usual_least)s)
     GROUP BY 1
)"""  # noqa: S608 - our own words only
KEPT: Final = f"""WITH {MOTIVES.format(**WHOEVER)}, owing AS (
    SELECT customer_id, weight FROM dunning_owing WHERE entity_id = %(entity)s
)"""  # noqa: S608
# Promises not kept of which nobody has spoken since, and those whose day has come.
BROKEN_OR_DUE: Final = """
    SELECT p.customer_id, 1 AS rank, p.due_date AS day
      FROM dunning_promise p
     WHERE p.entity_id = %(entity)s AND p.state IN ('PARTIAL', 'BROKEN')
       AND EXISTS (SELECT 1 FROM dunning_promiseitem i JOIN receivables_openitem o
                       ON o.id = i.item_id WHERE i.promise_id = p.id AND o.open_minor > 0)
       AND NOT EXISTS (SELECT 1 FROM dunning_promise n WHERE n.customer_id = p.customer_id
                          AND n.recorded_at > p.judged_at)
       AND NOT EXISTS (SELECT 1 FROM dunning_motive n WHERE n.customer_id = p.customer_id
                          AND n.recorded_at > p.judged_at AND n.withdrawn_at IS NULL)
    UNION ALL
    SELECT customer_id, 3, due_date FROM dunning_promise
     WHERE entity_id = %(entity)s AND state IN ('PENDING', 'DUE') AND due_date <= %(today)s
"""
URGENT: Final = f"""
SELECT (SELECT count(*) FROM ({BROKEN_OR_DUE}) promises)
     + (SELECT count(*) FROM ({PLAN_TASKS}) plans) AS n
"""  # noqa: S608 - our own words only
# Of those who only owe, no more are looked at than the page and those before it need.
WORK: Final = f""", plan_tasks AS ({PLAN_TASKS}), tasks AS (
    {BROKEN_OR_DUE}
    UNION ALL
    SELECT customer_id, 2, day FROM plan_tasks
    UNION ALL
    SELECT d.customer_id, 4, a.received_at::date
      FROM intake_arrival a JOIN documents_document d ON d.id = a.document_id
     WHERE a.entity_id = %(entity)s AND a.state = 'WAITING' AND d.kind = 'payment_reply'
       AND d.customer_id IS NOT NULL
    UNION ALL
    SELECT m.customer_id, 5, m.next_date FROM motives m
     WHERE m.acted_at IS NULL AND (m.next_date <= %(today)s OR m.code = %(already_paid)s)
       AND EXISTS (SELECT 1 FROM receivables_openitem o WHERE o.customer_id = m.customer_id
                      AND o.open_minor > 0)
    UNION ALL
    SELECT m.customer_id, 5, m.next_date FROM dunning_motive m
     WHERE m.entity_id = %(entity)s AND m.source = 'bank_code' AND m.withdrawn_at IS NULL
       AND m.acted_at IS NULL AND m.next_date <= %(today)s
       AND m.said_date > %(today)s - %(fact_days)s
       AND EXISTS (SELECT 1 FROM receivables_openitem o WHERE o.customer_id = m.customer_id
                      AND o.open_minor > 0)
), told AS (
    SELECT customer_id, min(rank) AS rank, array_agg(DISTINCT rank) AS ranks, min(day) AS day
      FROM tasks GROUP BY 1
), urgent AS (
    SELECT told.customer_id, rank, day, coalesce(weight, 0) AS weight,
           CASE WHEN weight IS NULL THEN ranks ELSE ranks || 6 END AS ranks
      FROM told LEFT JOIN owing USING (customer_id)
), counted AS (
    SELECT count(*) AS urgent,
           count(*) FILTER (WHERE 1 = ANY(ranks)) AS n1,
           count(*) FILTER (WHERE 2 = ANY(ranks)) AS n2,
           count(*) FILTER (WHERE 3 = ANY(ranks)) AS n3,
           count(*) FILTER (WHERE 4 = ANY(ranks)) AS n4,
           count(*) FILTER (WHERE 5 = ANY(ranks)) AS n5,
           (SELECT count(*) FROM owing) AS n6,
           count(*) FILTER (WHERE 6 = ANY(ranks)) AS n_both
      FROM urgent
), others AS (
    SELECT customer_id, 6 AS rank, NULL::date AS day, weight, ARRAY[6] AS ranks
      FROM owing
     WHERE %(rank)s IN (0, 6)
       AND NOT EXISTS (SELECT 1 FROM told WHERE told.customer_id = owing.customer_id)
     ORDER BY weight DESC, customer_id LIMIT %(limit)s + %(offset)s
), page AS (
    SELECT * FROM urgent WHERE %(rank)s = 0 OR %(rank)s = ANY(ranks)
    UNION ALL SELECT * FROM others
)
SELECT page.*, n1, n2, n3, n4, n5, n6, urgent + n6 - n_both AS in_all,
       CASE %(rank)s WHEN 0 THEN urgent + n6 - n_both WHEN 1 THEN n1 WHEN 2 THEN n2
            WHEN 3 THEN n3 WHEN 4 THEN n4 WHEN 5 THEN n5 ELSE n6 END AS found
  FROM page CROSS JOIN counted
 ORDER BY rank, day NULLS LAST, weight DESC, customer_id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608
# Up to here all is summed while the page waits; beyond, what the hourly round summed is asked.
SUMMED_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A customer to go on with: everything that is a reason to, and what they owe."""

    customer: Customer
    kind: str
    kinds: Sequence[str]
    broken: Sequence[Promise] = ()
    due: Sequence[Promise] = ()
    plans: Sequence[PlanTask] = ()
    answers: Sequence[Arrival] = ()
    motives: Sequence[Motive] = ()
    owes: Sequence[Dunnable] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """
    Some of those who are next, how many there are, and how many of each kind.

    `is_kept`: who owes was summed within the last hour, not now. Tasks and amounts always are.
    """

    rows: Sequence[Next]
    found: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    is_kept: bool = False


def next_customers(
    *,
    entity: Entity,
    today: date,
    kind: str = "",
    skip: int = 0,
    per_page: int = 25,
    at_once: int = SUMMED_AT_ONCE,
) -> WorkPage:
    """
    Who to go on with, the most urgent first: ten statements, however many owe.

    :param kind: one of `KINDS`; empty for all
    :param skip: how many come before those wanted
    :param at_once: up to how many open items who owes is summed now and not asked of `Owing`
    """
    asked = parameters_of_owing(entity=entity, today=today) | {
        **parameters_of_tasks(today),
        "already_paid": ALREADY_PAID,
        "fact_days": FACT_DAYS,
        "rank": RANKS.get(kind, 0),
        "limit": per_page,
        "offset": skip,
    }
    is_kept = _are_more(entity, at_once)
    rows = rows_of((KEPT if is_kept else OWING) + WORK, asked)
    if not rows:
        return WorkPage(rows=(), is_kept=is_kept)
    counts = {kind: rows[0][f"n{rank}"] for kind, rank in RANKS.items()} | {"": rows[0]["in_all"]}
    whole = _whole(entity, rows, today)
    return WorkPage(rows=whole, found=rows[0]["found"], counts=counts, is_kept=is_kept)


def parameters_of_owing(*, entity: Entity, today: date) -> dict[str, Any]:
    """What `OWING` is asked with."""
    return parameters_of(entity=entity, today=today) | {
        "currency": entity.currency,
        "least": least_by_currency(),
        "usual_least": least_of(""),
    }


def _are_more(entity: Entity, at_once: int) -> bool:
    """Whether an entity has more open items than that; no more of them are counted."""
    some = OpenItem.objects.filter(entity=entity).exclude(open_minor=0).order_by()
    return some[: at_once + 1].count() > at_once


def count_urgent(*, entity_id: int, today: date) -> int:
    """How many promises and plans were broken and not spoken of since, or fall due today."""
    asked = parameters_of_tasks(today) | {"entity": entity_id}
    (row,) = rows_of(URGENT, asked)
    return int(row["n"])


def broken_promises(*, entity_id: int) -> QuerySet[Promise]:
    """Promises that were not kept, of which something is open and nobody has spoken since."""
    later = {"customer": OuterRef("customer"), "recorded_at__gt": OuterRef("judged_at")}
    of_it = PromiseItem.objects.filter(promise=OuterRef("pk"), item__open_minor__gt=0)
    return Promise.objects.filter(
        ~Exists(Promise.objects.filter(**later)),
        ~Exists(Motive.objects.filter(**later, withdrawn_at=None)),
        Exists(of_it),
        entity=entity_id,
        state__in=["PARTIAL", "BROKEN"],
    )


def due_promises(*, entity_id: int, today: date) -> QuerySet[Promise]:
    """Promises whose day has come."""
    return Promise.objects.filter(
        entity=entity_id, state__in=["PENDING", "DUE"], due_date__lte=today
    )


def _whole(entity: Entity, rows: Sequence[Mapping[str, Any]], today: date) -> list[Next]:
    keys = [row["customer_id"] for row in rows]
    customers = Customer.objects.select_related("account_manager__user").in_bulk(keys)
    mine = {"customer__in": keys}
    broken = _by_customer(broken_promises(entity_id=entity.pk).filter(**mine))
    due = _by_customer(due_promises(entity_id=entity.pk, today=today).filter(**mine))
    answers: dict[int, list[Arrival]] = defaultdict(list)
    waiting = Arrival.objects.filter(
        entity=entity,
        state=Arrival.State.WAITING,
        document__kind="payment_reply",
        document__customer__in=keys,
    ).annotate(whose=F("document__customer"))
    for arrival in waiting.order_by("received_at"):
        answers[arrival.whose].append(arrival)
    owes: dict[int, list[Dunnable]] = defaultdict(list)
    for each in dunnable_of(entity=entity, customers=keys, today=today):
        owes[each.customer_id].append(each)
    plans: dict[int, list[PlanTask]] = defaultdict(list)
    for task in plans_to_look_at(entity_id=entity.pk, today=today, customers=keys):
        plans[task.plan.customer_id].append(task)
    motives, own = motives_in_force(customers=keys), entity.currency
    for key, facts in bank_facts(customers=keys, today=today).items():
        motives[key] += [fact for fact in facts if fact not in motives[key]]
    return [
        Next(
            customer=customers[key],
            kind=KINDS[row["rank"] - 1],
            kinds=[KINDS[rank - 1] for rank in sorted(row["ranks"])],
            broken=broken[key],
            due=due[key],
            plans=plans[key],
            answers=answers[key],
            motives=motives[key],
            owes=sorted(owes[key], key=lambda each: (each.currency != own, each.currency)),
        )
        for key, row in zip(keys, rows, strict=True)
    ]


def _by_customer(rows: QuerySet[Promise]) -> dict[int, list[Promise]]:
    found: dict[int, list[Promise]] = defaultdict(list)
    for row in rows.order_by("due_date", "pk"):
        found[row.customer_id].append(row)
    return found


def is_due(motive: Motive, today: date) -> bool:
    """Whether what a motive wants next is to be done now: looking for money does not wait."""
    return motive.acted_at is None and (motive.next_date <= today or motive.code == ALREADY_PAID)

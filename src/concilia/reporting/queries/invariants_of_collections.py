"""What must hold of plans, settlements and hand-overs as they stand: each cent in one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from django.db import connection

from concilia.cases.queries.office import today_of
from concilia.dunning.core.plans import JUDGED
from concilia.dunning.models import Plan, PlanRow
from concilia.dunning.queries.dunnable import dunnable_of_all
from concilia.dunning.queries.plan_money import money_of_plans, progress_of
from concilia.identity.models import Entity

# Rows looked at, rows that break it: rows and parts make the principal, and no row is paid beyond.
PLANS: Final = """
SELECT count(*), count(*) FILTER (WHERE r.principal <> p.principal_minor
       OR i.amount <> p.principal_minor OR r.beyond > 0)
  FROM dunning_plan p
  JOIN (SELECT plan_id, sum(principal_minor) AS principal,
               count(*) FILTER (WHERE principal_paid_minor > principal_minor
                                OR interest_paid_minor > interest_now_minor) AS beyond
          FROM dunning_planrow GROUP BY 1) r ON r.plan_id = p.id
  JOIN (SELECT plan_id, sum(amount_minor) AS amount FROM dunning_planitem GROUP BY 1) i
    ON i.plan_id = p.id
"""
# What was written off stands in the ledger to the cent; without signatures nothing does, and what
# was taken back is reversed.
SETTLEMENTS: Final = """
SELECT count(*), count(*) FILTER (WHERE
       (s.booked_at IS NULL AND w.live > 0) OR w.off > 0 OR w.live > s.waived_minor
       OR (s.booked_at IS NOT NULL AND (p.state <> 'COMPLETED' OR s.booked_by_id = p.proposed_by_id
           OR NOT EXISTS (SELECT 1 FROM dunning_waiversignature g
                           WHERE g.settlement_id = s.id AND g.signed_by_id = s.booked_by_id))))
  FROM dunning_settlement s JOIN dunning_plan p ON p.id = s.plan_id
  CROSS JOIN LATERAL (
       SELECT coalesce(sum(v.amount_minor) FILTER (WHERE v.taken_back_id IS NULL), 0) AS live,
              count(*) FILTER (WHERE l.credit <> v.amount_minor) AS off
         FROM dunning_waiver v
         JOIN (SELECT entry_id, item_id, sum(credit_minor) AS credit
                 FROM ledger_journalline GROUP BY 1, 2) l
           ON l.entry_id = v.entry_id AND l.item_id = v.item_id
        WHERE v.settlement_id = s.id) w
"""
# Only what is placed is live, and an item is in one live hand-over.
HAND_OVERS: Final = """
SELECT count(*), count(*) FILTER (WHERE (h.is_live AND p.state <> 'PLACED') OR h.amount_minor <= 0
       OR (h.is_live AND EXISTS (SELECT 1 FROM dunning_placementitem o
            WHERE o.item_id = h.item_id AND o.is_live AND o.id <> h.id)))
  FROM dunning_placementitem h JOIN dunning_placement p ON p.id = h.placement_id
"""


def plans_stand() -> tuple[int, int]:
    """Rows, parts and principal agree, and rows show what the money says."""
    looked_at, broken = _ask(PLANS)
    plans = {row.pk: row for row in Plan.objects.filter(state__in=JUDGED)}
    rows: dict[int, list[PlanRow]] = defaultdict(list)
    for row in PlanRow.objects.filter(plan__in=plans).order_by("plan", "n"):
        rows[row.plan_id].append(row)
    money = money_of_plans(plans)
    for key, plan in plans.items():
        paid = [state.paid.minor for state in progress_of(plan, rows[key], money[key]).rows]
        broken += paid != [row.paid_minor for row in rows[key]]
    return looked_at + len(plans), broken


def settlements_stand() -> tuple[int, int]:
    """What settlements gave up is signed, and in the ledger to the cent."""
    return _ask(SETTLEMENTS)


def hand_overs_stand() -> tuple[int, int]:
    """What is handed over is placed, once."""
    return _ask(HAND_OVERS)


def each_cent_is_in_one_place(at: datetime) -> tuple[int, int]:
    """What every customer owes is the sum of its places, none below zero."""
    looked_at = broken = 0
    for entity in Entity.objects.all():
        for one in dunnable_of_all(entity=entity, today=today_of(entity, at)):
            places = (
                one.dunnable, one.disputed, one.promised, one.planned, one.placed, one.not_due,
                one.held,
            )  # fmt: skip
            looked_at += 1
            broken += sum(places) != one.open or min(places) < 0
    return looked_at, broken


def check_collections(at: datetime) -> Mapping[str, tuple[int, int]]:
    """Of each check how many rows it looked at, and how many break it."""
    checks: Mapping[str, Callable[[], tuple[int, int]]] = {
        "plans": plans_stand,
        "settlements": settlements_stand,
        "hand_overs": hand_overs_stand,
        "each_cent_in_one_place": lambda: each_cent_is_in_one_place(at),
    }
    return {name: check() for name, check in checks.items()}


def _ask(statement: str) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        looked_at, broken = cursor.fetchone()
    return looked_at, broken

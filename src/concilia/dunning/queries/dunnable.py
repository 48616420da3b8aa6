"""
What may be chased (domain.md R-3.30 to R-3.33): each open cent in exactly one place, one statement.

`BUCKETS` is the statement every sum of what may be asked for is made of; reporting builds on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from concilia.cases.queries.calendars import clock_of
from concilia.identity.models import Entity
from concilia.kernel.currencies import EXPONENTS

LEAST_UNITS: Final = 10  # whole units of the currency: for less nothing is sent
TOLD_DAYS: Final = 5  # working days after the decision on a dispute
USUAL_EXPONENT: Final = 2
# Decided, and the customer does not know yet.
NOT_TOLD: Final = (
    "APPROVED", "PARTIALLY_APPROVED", "DENIED", "POSTING", "POSTING_FAILED", "POSTED",
)  # fmt: skip
NO_DISPUTE: Final = ("WITHDRAWN", "DUPLICATE")

# Disputed first (also for five working days after the decision), then promised, then in the rows of
# running plans (of one that was not kept, its rows to come: nobody called them in; of a settlement
# that was paid, what it gave up, while the books do not say so), then handed over, then not due;
# credits and payments that nobody has assigned hold back the oldest of the rest. A deduction is
# disputed by its nature. `{whose}` narrows to some customers. The motive in force for an item is
# its own, else its customer's: of what weighs most (`core.motives.rank_of`) the newest.
MOTIVES: Final = """motives AS (
    SELECT DISTINCT ON (m.customer_id, m.item_id) m.customer_id, m.item_id, m.code, m.stops,
           m.holds, m.hold_until_date, m.next_date, m.acted_at
      FROM dunning_motive m
     WHERE m.entity_id = %(entity)s AND m.withdrawn_at IS NULL {whose_motives}
     ORDER BY m.customer_id, m.item_id, m.rank DESC, m.said_date DESC, m.id DESC
)"""
BUCKETS: Final = """
WITH mine AS (
    SELECT id, customer_id, kind, document_number, issue_date, due_date, currency, open_minor,
           disputed_minor
      FROM receivables_openitem
     WHERE entity_id = %(entity)s AND open_minor <> 0 {whose}
), decided AS (
    SELECT d.item_id, sum(d.disputed_minor) AS minor
      FROM claims_disputeditem d JOIN claims_claim l ON l.id = d.claim_id
     WHERE l.entity_id = %(entity)s AND d.released_at IS NOT NULL {whose_claims}
       AND l.state <> ALL(%(no_dispute)s)
       AND (d.released_at >= %(told_since)s OR l.state = ANY(%(not_told)s))
     GROUP BY 1
), promised AS (
    SELECT i.item_id, sum(greatest(i.amount_minor - i.paid_minor, 0)) AS minor
      FROM dunning_promise p JOIN dunning_promiseitem i ON i.promise_id = p.id
     WHERE p.entity_id = %(entity)s AND p.state IN ('PENDING', 'DUE') {whose_promises}
     GROUP BY 1
), planned AS (
    SELECT item_id, sum(greatest(0, least(rest, to_come - later))) AS minor
      FROM (SELECT i.item_id, i.amount_minor - i.paid_minor + i.waived_minor AS rest,
                   sum(i.amount_minor - i.paid_minor + i.waived_minor) OVER (
                       PARTITION BY p.id ORDER BY i.id DESC ROWS UNBOUNDED PRECEDING)
                   - (i.amount_minor - i.paid_minor + i.waived_minor) AS later,
                   CASE WHEN p.state <> 'DEFAULTED' THEN 9000000000000000000 ELSE (
                       SELECT coalesce(sum(r.principal_minor - r.principal_paid_minor), 0)
                         FROM dunning_planrow r
                        WHERE r.plan_id = p.id AND r.due_date > %(today)s) END AS to_come
              FROM dunning_plan p JOIN dunning_planitem i ON i.plan_id = p.id
             WHERE p.entity_id = %(entity)s {whose_plans}
               AND (p.state IN ('ACTIVE', 'AT_RISK', 'DEFAULTED')
                    OR (p.state = 'COMPLETED' AND p.kind = 'SETTLEMENT'))) in_plans
     GROUP BY 1
), handed AS (
    SELECT i.item_id, i.amount_minor AS minor
      FROM dunning_placementitem i JOIN dunning_placement h ON h.id = i.placement_id
     WHERE h.entity_id = %(entity)s AND i.is_live {whose_placements}
), coming AS (
    SELECT m.customer_id, m.currency, b.amount_minor
      FROM cash_match m JOIN receivables_bankentry b ON b.id = m.bank_entry_id
     WHERE m.entity_id = %(entity)s AND m.state IN ('PROPOSED', 'OPEN') AND NOT b.is_return
       AND m.customer_id IS NOT NULL {whose_matches}
     UNION ALL
    SELECT m.customer_id, m.currency, c.amount_minor
      FROM dunning_checkout c JOIN cash_paymentrequest m ON m.id = c.request_id
     WHERE m.entity_id = %(entity)s AND c.state = 'PAID' AND c.told_at >= %(told_since)s
       {whose_matches} AND EXISTS (
           SELECT 1 FROM cash_requesteditem q JOIN mine ON mine.id = q.item_id
            WHERE q.request_id = m.id)
), waiting AS (
    SELECT customer_id, currency, sum(amount_minor) AS minor FROM coming GROUP BY 1, 2
), {motives}, contested AS (
    SELECT mine.*, CASE WHEN open_minor < 0 THEN 0 WHEN kind = 'deduction' THEN open_minor
           ELSE least(open_minor, disputed_minor + coalesce(decided.minor, 0)) END AS disputed
      FROM mine LEFT JOIN decided ON decided.item_id = mine.id
), split AS (
    SELECT contested.*,
           CASE WHEN open_minor < 0 THEN 0
                ELSE least(open_minor - disputed, coalesce(promised.minor, 0)) END AS promised
      FROM contested LEFT JOIN promised ON promised.item_id = contested.id
), in_rows AS (
    SELECT split.*,
           CASE WHEN open_minor < 0 THEN 0
                ELSE least(open_minor - disputed - promised, coalesce(planned.minor, 0)) END
           AS planned
      FROM split LEFT JOIN planned ON planned.item_id = split.id
), away AS (
    SELECT in_rows.*,
           CASE WHEN open_minor < 0 THEN 0
                ELSE least(open_minor - disputed - promised - planned,
                           coalesce(handed.minor, 0)) END AS placed
      FROM in_rows LEFT JOIN handed ON handed.item_id = in_rows.id
), due AS (
    SELECT away.*,
           CASE WHEN open_minor < 0 OR due_date < %(today)s THEN 0
                ELSE open_minor - disputed - promised - planned - placed END AS not_due,
           CASE WHEN open_minor < 0 OR due_date >= %(today)s THEN 0
                ELSE open_minor - disputed - promised - planned - placed END AS clear
      FROM away
), summed AS (
    SELECT due.*, -sum(least(open_minor, 0)) OVER whole AS credits,
           sum(clear) OVER (whole ORDER BY due_date, id ROWS UNBOUNDED PRECEDING) - clear AS before
      FROM due WINDOW whole AS (PARTITION BY customer_id, currency)
), asked AS (
    SELECT s.*, coalesce(w.minor, 0) AS waiting,
           least(s.clear, greatest(0, s.credits + coalesce(w.minor, 0) - s.before)) AS held
      FROM summed s LEFT JOIN waiting w USING (customer_id, currency)
), buckets AS (
    SELECT a.*, a.clear - a.held AS dunnable,
           CASE WHEN own.code IS NOT NULL THEN own.code ELSE whole.code END AS motive,
           CASE WHEN own.code IS NOT NULL THEN own.stops ELSE whole.stops END AS stops,
           CASE WHEN own.code IS NOT NULL THEN own.hold_until_date
                ELSE whole.hold_until_date END AS hold_until,
           coalesce(CASE WHEN own.code IS NOT NULL
               THEN own.stops OR (own.holds AND coalesce(own.hold_until_date >= %(today)s, true))
               ELSE whole.stops OR (whole.holds
                    AND coalesce(whole.hold_until_date >= %(today)s, true)) END, false) AS rests
      FROM asked a
      LEFT JOIN motives own ON own.item_id = a.id
      LEFT JOIN motives whole ON whole.customer_id = a.customer_id AND whole.item_id IS NULL
)
"""
PARTS: Final[Mapping[str, str]] = {
    "whose": "AND customer_id = ANY(%(customers)s)",
    "whose_claims": "AND l.customer_id = ANY(%(customers)s)",
    "whose_promises": "AND p.customer_id = ANY(%(customers)s)",
    "whose_plans": "AND p.customer_id = ANY(%(customers)s)",
    "whose_placements": "AND h.customer_id = ANY(%(customers)s)",
    "whose_matches": "AND m.customer_id = ANY(%(customers)s)",
    "whose_motives": "AND m.customer_id = ANY(%(customers)s)",
}
WHOEVER: Final = dict.fromkeys(PARTS, "")
OF_SOME: Final = BUCKETS.format(motives=MOTIVES.format(**PARTS), **PARTS)
OF_ALL: Final = BUCKETS.format(motives=MOTIVES.format(**WHOEVER), **WHOEVER)
SUMS: Final = """
SELECT customer_id, currency, sum(greatest(open_minor, 0)) AS open, sum(disputed) AS disputed,
       sum(promised) AS promised, sum(planned) AS planned, sum(placed) AS placed,
       sum(not_due) AS not_due, sum(held) AS held, sum(dunnable) AS dunnable,
       sum(dunnable) FILTER (WHERE NOT rests) AS ready,
       max(%(today)s - due_date) FILTER (WHERE dunnable > 0) AS days_late,
       bool_or(stops) AS stops, max(hold_until) FILTER (WHERE rests) AS hold_until,
       max(motive) FILTER (WHERE rests AND dunnable > 0) AS motive
  FROM buckets GROUP BY 1, 2
"""
ROWS: Final = """
SELECT id, customer_id, document_number, currency, due_date, open_minor AS open, disputed,
       promised, planned, placed, not_due, held, dunnable, rests, motive, hold_until
  FROM buckets WHERE open_minor > 0 ORDER BY customer_id, due_date, id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dunnable:
    """
    What a customer owes in one currency and where each cent of it is, in minor units.

    `open = dunnable + disputed + promised + planned + placed + not_due + held`. `ready` is the part
    of what is dunnable that no motive holds.

    :param motive: why the rest rests, and until when; None: until another motive takes over
    :param least: for less nothing is sent
    """

    customer_id: int
    currency: str
    open: int
    disputed: int
    promised: int
    planned: int
    placed: int
    not_due: int
    held: int
    dunnable: int
    ready: int
    days_late: int
    least: int
    stops: bool = False
    motive: str = ""
    hold_until: date | None = None

    @property
    def why_not(self) -> str:
        """Why nothing is sent: `stopped`, `resting`, `little` or `nothing`; empty if it is."""
        if not self.dunnable:
            return "nothing"
        if not self.ready:
            return "stopped" if self.stops else "resting"
        return "little" if self.ready <= self.least else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DunnableItem:
    """
    An open item, in minor units.

    `open = dunnable + disputed + promised + planned + placed + not_due + held`.
    """

    id: int
    customer_id: int
    document_number: str
    currency: str
    due_date: date
    open: int
    disputed: int
    promised: int
    planned: int
    placed: int
    not_due: int
    held: int
    dunnable: int
    rests: bool
    motive: str
    hold_until: date | None


def parameters_of(*, entity: Entity, today: date) -> dict[str, Any]:
    """What `BUCKETS` is asked with, besides whose."""
    clock = clock_of(entity)
    since = clock.calendar.add_business_days(today, -TOLD_DAYS)
    return {
        "entity": entity.pk,
        "today": today,
        "told_since": datetime.combine(since, time.min, tzinfo=ZoneInfo(entity.timezone)),
        "not_told": list(NOT_TOLD),
        "no_dispute": list(NO_DISPUTE),
    }


def least_of(currency: str) -> int:
    """For how little nothing is sent, in minor units: ten units of the currency."""
    return int(LEAST_UNITS * 10 ** EXPONENTS.get(currency, USUAL_EXPONENT))


def least_by_currency() -> str:
    """The same as JSON for a statement: currencies with other decimals than two."""
    others = [code for code, exponent in EXPONENTS.items() if exponent != USUAL_EXPONENT]
    return json.dumps({code: least_of(code) for code in others})


def dunnable_of(*, entity: Entity, customers: list[int], today: date) -> list[Dunnable]:
    """What may be chased of these customers, by currency: one statement."""
    asked = parameters_of(entity=entity, today=today) | {"customers": customers}
    return [_sum(row) for row in rows_of(OF_SOME + SUMS, asked)]


def dunnable_of_all(*, entity: Entity, today: date) -> Iterator[Dunnable]:
    """What may be chased of every customer of an entity, by currency: one statement."""
    asked = parameters_of(entity=entity, today=today)
    return (_sum(row) for row in rows_of(OF_ALL + SUMS, asked))


def dunnable_items(*, entity: Entity, customers: list[int], today: date) -> list[DunnableItem]:
    """The open items of these customers, each with where its cents are: one statement."""
    asked = parameters_of(entity=entity, today=today) | {"customers": customers}
    found = []
    for row in rows_of(OF_SOME + ROWS, asked):
        row["motive"] = row["motive"] or ""
        found.append(DunnableItem(**_whole(row)))
    return found


def rows_of(sql: str, asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a statement by the names of their columns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


AMOUNTS: Final = (
    "open",
    "disputed",
    "promised",
    "planned",
    "placed",
    "not_due",
    "held",
    "dunnable",
)


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    """Sums of whole cents come as decimals."""
    return row | {name: int(row[name]) for name in AMOUNTS}


def _sum(row: dict[str, Any]) -> Dunnable:
    return Dunnable(
        **_whole(row)
        | {
            "ready": int(row["ready"] or 0),
            "days_late": row["days_late"] or 0,
            "stops": bool(row["stops"]),
            "motive": row["motive"] or "",
            "least": least_of(row["currency"]),
        }
    )

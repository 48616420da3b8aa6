"""
Everybody who is past due, with all that a strategy asks about them: a few statements for a million.

`ITEMS` keeps the past due items of an entity, each with where its cents are, for the transaction;
`DEBTORS` has a row for each customer and currency of them. What falls due soon is kept apart
(`SOON`), of those alone of whom nothing may be asked for today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from concilia.claims.queries.authority import NoRate, in_company_currency
from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.contacts import LOOKS_BACK, Contact, exhausted_by, recent_of
from concilia.dunning.core.strategy.ladder import Last
from concilia.dunning.core.strategy.placing import NO_NUMBERS, Debtor
from concilia.dunning.core.strategy.segments import Behaviour
from concilia.dunning.core.strategy.terms import SHORT, Way
from concilia.dunning.queries.contacted import BY_DAY, NO_CALL
from concilia.dunning.queries.dunnable import OF_ALL, least_of, parameters_of
from concilia.dunning.queries.run_numbers import numbers_of
from concilia.dunning.queries.wishes import wishes_of
from concilia.identity.models import Entity
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.non_payment import UNKNOWN

NO_WAYS: Final[frozenset[Way]] = frozenset()
LATE_ITEMS: Final = "run_items"
PAID_WITHIN: Final = timedelta(days=365)
CHUNK: Final = 20_000

ITEMS: Final = f"""CREATE TEMP TABLE run_items ON COMMIT DROP AS {OF_ALL}
SELECT id, customer_id, currency, due_date, open_minor AS open, disputed::bigint AS disputed,
       promised::bigint AS promised, planned::bigint AS planned, placed::bigint AS placed,
       held::bigint AS held,
       (CASE WHEN due_date < %(today)s THEN dunnable ELSE not_due END)::bigint AS dunnable, rests,
       motive, stops, hold_until
  FROM buckets WHERE open_minor > 0 AND due_date <= %(soon)s
"""  # noqa: S608 - our own words only
# Of what falls due soon, what nobody was told of yet; of no one who hears that something is late.
SOON_ITEMS: Final = "soon_items"
SOON: Final = """
CREATE TEMP TABLE soon_items ON COMMIT DROP AS
SELECT * FROM run_items i
 WHERE due_date >= %(today)s
   AND (%(to_all)s OR customer_id IN (SELECT customer_id FROM dunning_contactterms WHERE courtesy))
   AND NOT EXISTS (
       SELECT 1 FROM run_items late WHERE late.customer_id = i.customer_id
          AND late.due_date < %(today)s AND late.dunnable > 0)
   AND NOT EXISTS (
       SELECT 1 FROM dunning_runtouchitem t JOIN dunning_runtouch r ON r.id = t.touch_id
        WHERE t.item_id = i.id AND r.customer_id = i.customer_id AND r.tone = 0
          AND r.state IN ('RELEASED', 'QUEUED', 'BY_HAND', 'DONE'));
DELETE FROM run_items WHERE due_date >= %(today)s
"""
ITEMS_READY: Final = "CREATE INDEX ON run_items (customer_id, currency); ANALYZE run_items"

# They wrote, said why, claimed, paid or promised: what the ladder rests for.
ACTED: Final = """
    SELECT customer_id, max(at) AS at FROM (
        SELECT customer_id, max(written_at) AS at FROM correspondence_message
         WHERE entity_id = %(entity)s AND lane = 'in' AND written_at >= %(since)s
           AND customer_id IS NOT NULL {whose} GROUP BY 1
        UNION ALL
        SELECT customer_id, max(recorded_at) FROM dunning_motive
         WHERE entity_id = %(entity)s AND source = 'customer' AND withdrawn_at IS NULL
           AND recorded_at >= %(since)s {whose} GROUP BY 1
        UNION ALL
        SELECT customer_id, max(received_at) FROM claims_claim
         WHERE entity_id = %(entity)s AND received_at >= %(since)s
           AND state NOT IN ('DUPLICATE') {whose} GROUP BY 1
        UNION ALL
        SELECT customer_id, max(posted_at) FROM cash_match
         WHERE entity_id = %(entity)s AND posted_at >= %(since)s AND reversed_at IS NULL
           AND customer_id IS NOT NULL {whose} GROUP BY 1
        UNION ALL
        SELECT customer_id, max(recorded_at) FROM dunning_promise
         WHERE entity_id = %(entity)s AND recorded_at >= %(since)s {whose} GROUP BY 1
        UNION ALL
        SELECT customer_id, max(at) FROM dunning_contactmade
         WHERE entity_id = %(entity)s AND at >= %(since)s
           AND (direction = 'IN' OR outcome = 'CONVERSATION') {whose} GROUP BY 1
    ) each GROUP BY 1"""
ACTED_OF_ALL: Final = ACTED.format(whose="")
ACTED_OF_SOME: Final = ACTED.format(whose="AND customer_id = ANY(%(customers)s)")

DEBTORS: Final = f"""
WITH sums AS (
    SELECT customer_id, currency, sum(open)::bigint AS open, sum(disputed)::bigint AS disputed,
           sum(promised)::bigint AS promised, sum(planned)::bigint AS planned,
           sum(placed)::bigint AS placed,
           sum(held)::bigint AS held,
           sum(dunnable)::bigint AS dunnable,
           coalesce(sum(dunnable) FILTER (WHERE NOT rests), 0)::bigint AS ready,
           min(due_date) FILTER (WHERE dunnable > 0 AND NOT rests) AS oldest_due,
           coalesce(bool_or(stops), false) AS stops,
           max(hold_until) FILTER (WHERE rests) AS hold_until,
           max(motive) FILTER (WHERE rests AND dunnable > 0) AS held_for,
           max(motive) FILTER (WHERE NOT rests AND dunnable > 0) AS motive
      FROM run_items GROUP BY 1, 2
), reach AS (
    SELECT DISTINCT ON (k.customer_id) k.customer_id,
           CASE WHEN opted_out_at IS NULL AND bounced_at IS NULL AND email <> ''
                THEN k.id END AS email_contact,
           first_value(k.id) OVER (PARTITION BY k.customer_id
                ORDER BY phone = '', lower(role) NOT IN ('ap', 'accounts payable'), k.id
           ) AS phone_contact,
           bool_or(opted_out_at IS NOT NULL) OVER (PARTITION BY k.customer_id) AS opted_out
      FROM customers_contact k JOIN customers_customer c ON c.id = k.customer_id
     WHERE c.entity_id = %(entity)s
     ORDER BY k.customer_id, opted_out_at IS NOT NULL OR bounced_at IS NOT NULL OR email = '',
           lower(role) NOT IN ('ap', 'accounts payable'), k.id
), touched AS (
    SELECT DISTINCT ON (t.customer_id, t.currency) t.customer_id, t.currency, t.id, t.step_day,
           t.tone, (t.ran_at AT TIME ZONE %(zone)s)::date AS ran
      FROM dunning_runtouch t JOIN dunning_run r ON r.id = t.run_id
     WHERE r.entity_id = %(entity)s AND t.state IN ('QUEUED', 'BY_HAND', 'DONE') AND t.tone > 0
     ORDER BY t.customer_id, t.currency, t.ran_at DESC
), noted AS (
    SELECT t.customer_id, max(t.ran_at) AS at
      FROM dunning_runtouch t JOIN dunning_run r ON r.id = t.run_id
     WHERE r.entity_id = %(entity)s AND t.state IN ('QUEUED', 'BY_HAND', 'DONE') AND t.tone = 0
     GROUP BY 1
), asked AS (
    SELECT touched.*, NOT EXISTS (
               SELECT 1 FROM dunning_runtouchitem i JOIN run_items o ON o.id = i.item_id
                WHERE i.touch_id = touched.id AND i.asked_minor > 0 AND o.dunnable > 0
           ) AS settled FROM touched
), under_way AS (
    SELECT DISTINCT t.customer_id FROM dunning_runtouch t JOIN dunning_run r ON r.id = t.run_id
     WHERE r.entity_id = %(entity)s AND t.state = 'RELEASED'
), acted AS ({ACTED_OF_ALL}
), broken AS (
    SELECT customer_id, max(judged_at) AS at,
           count(*) FILTER (WHERE judged_at >= %(year_ago)s) AS broken
      FROM dunning_promise WHERE entity_id = %(entity)s AND state IN ('BROKEN', 'PARTIAL')
     GROUP BY 1
), judged AS (
    SELECT customer_id, count(*) AS promises FROM dunning_promise
     WHERE entity_id = %(entity)s AND state IN ('KEPT', 'KEPT_LATE', 'BROKEN', 'PARTIAL')
       AND judged_at >= %(year_ago)s GROUP BY 1
), paid AS (
    SELECT o.customer_id, count(*) AS paid,
           count(*) FILTER (WHERE b.value_date > o.due_date) AS late,
           (sum(greatest(b.value_date - o.due_date, 0)::numeric * a.applied_minor)
                / nullif(sum(a.applied_minor), 0))::int AS days_late
      FROM cash_allocation a JOIN cash_match m ON m.id = a.match_id
      JOIN receivables_bankentry b ON b.id = m.bank_entry_id
      JOIN receivables_openitem o ON o.id = a.item_id
     WHERE m.entity_id = %(entity)s AND m.state = 'POSTED' AND a.applied_minor > 0
       AND b.value_date >= %(year_ago)s::date GROUP BY 1
), returned AS (
    SELECT customer_id, count(*) AS returned FROM dunning_motive
     WHERE entity_id = %(entity)s AND source = 'bank_code' AND recorded_at >= %(year_ago)s
     GROUP BY 1
)
SELECT s.customer_id, s.currency, c.country, c.segment, c.vat_number <> '' AS is_business,
       s.open, s.disputed, s.promised, s.planned, s.placed, s.held, s.dunnable, s.ready,
       s.oldest_due, s.stops,
       s.hold_until, coalesce(s.held_for, '') AS held_for,
       coalesce(s.motive, %(unknown)s) AS motive,
       asked.step_day, asked.tone, asked.ran, asked.settled,
       (acted.at AT TIME ZONE %(zone)s)::date AS acted_on,
       (broken.at AT TIME ZONE %(zone)s)::date AS broken_on,
       (noted.at AT TIME ZONE %(zone)s)::date AS noted_on,
       coalesce(paid.paid, 0) AS paid, coalesce(paid.late, 0) AS late,
       coalesce(paid.days_late, 0) AS days_late, coalesce(judged.promises, 0) AS promises,
       coalesce(broken.broken, 0) AS broken, coalesce(returned.returned, 0) AS returned,
       under_way.customer_id IS NOT NULL AS is_under_way, reach.email_contact,
       reach.phone_contact, coalesce(reach.opted_out, false) AS opted_out
  FROM sums s JOIN customers_customer c ON c.id = s.customer_id
  LEFT JOIN reach ON reach.customer_id = s.customer_id
  LEFT JOIN asked ON asked.customer_id = s.customer_id AND asked.currency = s.currency
  LEFT JOIN under_way ON under_way.customer_id = s.customer_id
  LEFT JOIN acted ON acted.customer_id = s.customer_id
  LEFT JOIN broken ON broken.customer_id = s.customer_id
  LEFT JOIN noted ON noted.customer_id = s.customer_id
  LEFT JOIN judged ON judged.customer_id = s.customer_id
  LEFT JOIN paid ON paid.customer_id = s.customer_id
  LEFT JOIN returned ON returned.customer_id = s.customer_id
 ORDER BY s.customer_id, s.currency <> %(currency)s, s.currency
"""  # noqa: S608
MOTIVES: Final = """
SELECT DISTINCT ON (customer_id) customer_id, code, said_date, hold_until_date
  FROM dunning_motive
 WHERE customer_id = ANY(%(customers)s) AND item_id IS NULL AND withdrawn_at IS NULL
 ORDER BY customer_id, rank DESC, said_date DESC, id DESC
"""


class Row(NamedTuple):
    """A row of `DEBTORS`, in its order: tuples are what a million rows are cheap as."""

    customer_id: int
    currency: str
    country: str
    segment: str
    is_business: bool
    open: int
    disputed: int
    promised: int
    planned: int
    placed: int
    held: int
    dunnable: int
    ready: int
    oldest_due: date | None
    stops: bool
    hold_until: date | None
    held_for: str
    motive: str
    step_day: int | None
    tone: int | None
    ran: date | None
    settled: bool | None
    acted_on: date | None
    broken_on: date | None
    noted_on: date | None
    paid: int
    late: int
    days_late: int
    promises: int
    broken: int
    returned: int
    is_under_way: bool
    email_contact: int | None
    phone_contact: int | None
    opted_out: bool


def parameters_of_run(*, entity: Entity, today: date, at: datetime) -> dict[str, Any]:
    """What the statements of this module are asked with."""
    return parameters_of(entity=entity, today=today) | {
        "currency": entity.currency,
        "zone": entity.timezone,
        "since": at - LOOKS_BACK,
        "year_ago": at - PAID_WITHIN,
        "unknown": UNKNOWN,
    }


def debtors_of(
    *,
    entity: Entity,
    asked: Mapping[str, Any],
    today: date,
    ways: Iterable[Way],
    items: str = LATE_ITEMS,
) -> Iterator[list[Debtor]]:
    """
    Everybody of `run_items`, some thousand at a time, in the order of customers.

    Needs `ITEMS` in the same transaction; the caller may write between two lots.

    :param ways: the ways a strategy names; numbers are looked up if short messages are among them
    :param items: `soon_items` for those to whom something falls due soon
    """
    statement = DEBTORS.replace(LATE_ITEMS, items)
    # Who prefers a messaging service may hear there in place of a plain short message.
    short = SHORT if SHORT.intersection(ways) else NO_WAYS
    with connection.cursor() as cursor:
        cursor.execute(f"DECLARE run_debtors NO SCROLL CURSOR FOR {statement}", asked)
        while True:
            cursor.execute(f"FETCH {CHUNK} FROM run_debtors")
            rows = [Row._make(row) for row in cursor.fetchall()]
            if not rows:
                cursor.execute("CLOSE run_debtors")
                return
            yield _debtors(entity, rows, asked, today, short)


class Told(NamedTuple):
    """What is known of contacts, reasons and wishes of some customers."""

    contacts: Mapping[int, list[Contact]]
    motives: Mapping[int, tuple[str, date, date | None]]
    wishes: Mapping[int, Wishes]


def _debtors(
    entity: Entity,
    rows: list[Row],
    asked: Mapping[str, Any],
    today: date,
    short: frozenset[Way],
) -> list[Debtor]:
    customers = sorted({row.customer_id for row in rows})
    told = told_of(customers, asked)
    unit: int = 10 ** EXPONENTS.get(entity.currency, 2)
    debtors = [_debtor(entity, row, told, today, unit) for row in rows]
    if not short:
        return debtors
    found = numbers_of(entity=entity, customers=customers, ways=short)
    return [
        replace(
            each,
            numbers=found.working.get(each.customer_id, NO_NUMBERS),
            unwanted=found.unwanted.get(each.customer_id, frozenset()),
        )
        for each in debtors
    ]


def told_of(customers: Iterable[int], asked: Mapping[str, Any]) -> Told:
    named = {**asked, "customers": list(customers)}
    contacts: dict[int, list[Contact]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(BY_DAY, named | {"but_not": NO_CALL})
        for customer_id, channel, direction, outcome, on in cursor.fetchall():
            contacts[customer_id].append((channel, direction, outcome, on))
        cursor.execute(MOTIVES, named)
        motives = {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}
    return Told(contacts, motives, wishes_of(named["customers"]))


def _debtor(entity: Entity, row: Row, told: Told, today: date, unit: int) -> Debtor:
    contacts, motive = told.contacts.get(row.customer_id, []), told.motives.get(row.customer_id)
    last = None
    if row.step_day is not None and row.tone is not None and row.ran is not None:
        last = Last(row.step_day, Tone(row.tone), row.ran, bool(row.settled))
    return Debtor(
        customer_id=row.customer_id,
        currency=row.currency,
        country=row.country,
        segment=row.segment,
        is_business=row.is_business,
        open=row.open,
        disputed=row.disputed,
        promised=row.promised,
        planned=row.planned,
        placed=row.placed,
        held=row.held,
        dunnable=row.dunnable,
        ready=row.ready,
        least=least_of(row.currency),
        value=company_minor(entity, row.ready, row.currency) // unit,
        oldest_due=row.oldest_due,
        stops=row.stops,
        hold_until=row.hold_until,
        held_for=row.held_for,
        motive=row.motive,
        motives=(motive,) if motive else (),
        wishes=told.wishes.get(row.customer_id, NO_WISHES),
        last=last,
        acted_on=row.acted_on,
        broken_on=row.broken_on,
        noted_on=row.noted_on,
        exhausted=exhausted_by(contacts, today),
        behaviour=Behaviour(
            row.paid, row.late, row.days_late, row.promises, row.broken, row.returned
        ),
        is_under_way=row.is_under_way,
        email_contact=row.email_contact,
        phone_contact=row.phone_contact,
        opted_out=row.opted_out,
        past=recent_of(contacts, today),
    )


def company_minor(entity: Entity, minor: int, currency: str) -> int:
    """In the company's currency; as it is where nobody set a rate."""
    try:
        return in_company_currency(entity, minor, currency)
    except NoRate:
        return minor

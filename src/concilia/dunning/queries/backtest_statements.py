"""
What was known of some customers on each day of a backtest: the statements.

Each says of every row from which of the days on it is known (`known`, the place of the day) and up
to which it counts; a row that is never known has the place after the last day. Days are ordinals,
as Python counts them.
"""

from __future__ import annotations

from typing import Final

from concilia.dunning.core.backtest.moments import Pace
from concilia.dunning.queries.contacted import BY_MACHINES

KNOWN: Final = "width_bucket({at} - interval '1 microsecond', %(moments)s::timestamptz[])"
PASSED: Final = "width_bucket({at}, %(moments)s::timestamptz[])"
ORDINAL: Final = "({day} - date '0001-01-01' + 1)"
LOCAL: Final = ORDINAL.format(day="({at} AT TIME ZONE %(zone)s)::date")
# On the days of the real runs what was booked by then; on Mondays what bears an earlier date.
BOOKED: Final = {
    Pace.RUNS: "{booked}",
    Pace.WEEKS: "({dated}::timestamp AT TIME ZONE %(zone)s)",
}
SENT: Final = "('QUEUED', 'BY_HAND', 'DONE')"


def known(at: str) -> str:
    """From which day on a moment is known."""
    return KNOWN.format(at=at)


def local(at: str) -> str:
    """The day of a moment where the company works, as an ordinal."""
    return LOCAL.format(at=at)


def ordinal(day: str) -> str:
    """A date as an ordinal."""
    return ORDINAL.format(day=day)


ITEMS: Final = f"""
WITH mine AS MATERIALIZED (
    SELECT id, customer_id, currency, kind = 'deduction' AS is_deduction, due_date
      FROM receivables_openitem
     WHERE entity_id = %(entity)s AND customer_id = ANY(%(customers)s)
       AND (due_date < %(until)s OR original_minor < 0)
), moves AS MATERIALIZED (
    SELECT l.item_id, {known("{booked}")} AS known,
           sum(l.debit_minor - l.credit_minor)::bigint AS minor, max(e.posting_date) AS moved,
           max(e.posting_date) FILTER (WHERE e.kind = 'PAYMENT_APPLIED') AS paid
      FROM ledger_journalline l JOIN mine ON mine.id = l.item_id
      JOIN ledger_journalentry e ON e.id = l.entry_id GROUP BY 1, 2
), kept AS (
    SELECT item_id,
           CASE WHEN sum(minor) = 0 AND max(paid) = max(moved) THEN max(paid) END AS closed
      FROM moves GROUP BY 1
    HAVING coalesce(sum(minor) FILTER (WHERE known = 0), 0) <> 0
        OR bool_or(known > 0 AND known < %(days)s)
)
SELECT m.id, m.customer_id, m.currency, m.is_deduction::int, {ordinal("m.due_date")},
       coalesce({ordinal("k.closed")}, 0), v.known, v.minor
  FROM kept k JOIN mine m ON m.id = k.item_id JOIN moves v ON v.item_id = m.id
 ORDER BY m.customer_id, m.currency <> %(currency)s, m.currency, m.due_date, m.id
"""  # noqa: S608 - our own words only
# Until five working days after the decision and until they were told; a claim that was withdrawn
# or was another one's twin disputes nothing after that.
DISPUTES: Final = f"""
SELECT d.item_id, {known("l.received_at")},
       CASE WHEN d.released_at IS NULL THEN %(days)s
            WHEN l.state = ANY(%(no_dispute)s) THEN {known("d.released_at")}
            WHEN l.state = ANY(%(not_told)s) THEN %(days)s
            ELSE greatest({known("d.released_at")}, {known("c.closed_at")},
                          width_bucket(d.released_at, %(told_since)s::timestamptz[])) END,
       d.disputed_minor
  FROM claims_disputeditem d JOIN claims_claim l ON l.id = d.claim_id
  JOIN cases_case c ON c.id = l.case_id
 WHERE l.entity_id = %(entity)s AND l.customer_id = ANY(%(customers)s)
"""  # noqa: S608
PROMISES: Final = f"""
SELECT p.id, p.customer_id, p.state, {known("p.recorded_at")}, {known("p.judged_at")},
       {local("p.judged_at")}, {PASSED.format(at="p.judged_at + interval '365 days'")},
       {ordinal("p.made_date")}, {ordinal("p.due_date")}, {ordinal("p.late_date")}
  FROM dunning_promise p WHERE p.entity_id = %(entity)s AND p.customer_id = ANY(%(customers)s)
 ORDER BY p.customer_id, p.due_date, p.id
"""  # noqa: S608
PROMISED_ITEMS: Final = """
SELECT i.promise_id, i.item_id, i.amount_minor FROM dunning_promiseitem i
  JOIN dunning_promise p ON p.id = i.promise_id
 WHERE p.entity_id = %(entity)s AND p.customer_id = ANY(%(customers)s) ORDER BY i.id
"""
# Promises and plans keep the state they are in; the log keeps each change.
JUDGED: Final = f"""
SELECT act, coalesce(data->>'promise', data->>'plan')::bigint, data->>'state', {known("at")},
       {local("at")}, {PASSED.format(at="at + interval '365 days'")}
  FROM foundation_auditentry
 WHERE entity_id = %(entity)s AND subject_type = 'customer' AND subject_id = ANY(%(customers)s)
   AND act IN ('promise.judged', 'plan.judged') ORDER BY seq
"""  # noqa: S608
PLANS: Final = f"""
SELECT p.id, p.customer_id, p.kind, p.state, {known("p.agreed_at")}, {known("p.judged_at")},
       i.item_id, i.amount_minor, i.waived_minor
  FROM dunning_plan p JOIN dunning_planitem i ON i.plan_id = p.id
 WHERE p.entity_id = %(entity)s AND p.customer_id = ANY(%(customers)s)
   AND p.agreed_at IS NOT NULL ORDER BY p.id, i.id DESC
"""  # noqa: S608
PLAN_ROWS: Final = f"""
SELECT r.plan_id, {ordinal("r.due_date")}, r.principal_minor
  FROM dunning_planrow r JOIN dunning_plan p ON p.id = r.plan_id
 WHERE p.entity_id = %(entity)s AND p.customer_id = ANY(%(customers)s)
   AND p.agreed_at IS NOT NULL ORDER BY r.plan_id, r.n
"""  # noqa: S608
# A plan that was not kept, and what was said after: until then nobody writes, somebody calls.
SAID_AFTER: Final = f"""
WITH said AS (
    SELECT customer_id, recorded_at AS at, NULL::timestamptz AS taken_back FROM dunning_promise
     WHERE customer_id = ANY(%(customers)s)
    UNION ALL
    SELECT customer_id, recorded_at, withdrawn_at FROM dunning_motive
     WHERE customer_id = ANY(%(customers)s)
    UNION ALL
    SELECT customer_id, proposed_at, NULL FROM dunning_plan WHERE customer_id = ANY(%(customers)s)
)
SELECT p.id, {known("a.at")}, {known("said.at")},
       CASE WHEN said.taken_back IS NULL THEN %(days)s ELSE {known("said.taken_back")} END
  FROM foundation_auditentry a
  JOIN dunning_plan p ON p.id = (a.data->>'plan')::bigint
  JOIN said ON said.customer_id = p.customer_id AND said.at > a.at
 WHERE a.entity_id = %(entity)s AND a.subject_type = 'customer'
   AND a.subject_id = ANY(%(customers)s) AND a.act = 'plan.judged'
   AND a.data->>'state' = 'DEFAULTED'
"""  # noqa: S608
NOTED: Final = f"""
SELECT t.customer_id, {known("t.ran_at")}, {local("t.ran_at")}
  FROM dunning_runtouch t JOIN dunning_run r ON r.id = t.run_id
 WHERE r.entity_id = %(entity)s AND t.customer_id = ANY(%(customers)s) AND t.tone = 0
   AND t.state IN {SENT}
"""  # noqa: S608
PLACED: Final = f"""
SELECT i.item_id, {known("h.signed_at")},
       CASE WHEN h.ended_at IS NULL THEN %(days)s ELSE {known("h.ended_at")} END, i.amount_minor
  FROM dunning_placement h JOIN dunning_placementitem i ON i.placement_id = h.id
 WHERE h.entity_id = %(entity)s AND h.customer_id = ANY(%(customers)s)
   AND h.signed_at IS NOT NULL AND h.state IN ('PLACED', 'RECALLED', 'CLOSED')
"""  # noqa: S608
# An answer waits until it is posted or another one takes its place.
WAITING: Final = f"""
SELECT m.customer_id, m.currency, {known("m.matched_at")},
       coalesce({known("m.posted_at")}, {known("n.matched_at")},
                CASE WHEN m.state IN ('PROPOSED', 'OPEN') THEN %(days)s ELSE 0 END),
       b.amount_minor
  FROM cash_match m JOIN receivables_bankentry b ON b.id = m.bank_entry_id
  LEFT JOIN cash_match n ON n.bank_entry_id = m.bank_entry_id AND n.version = m.version + 1
 WHERE m.entity_id = %(entity)s AND m.customer_id = ANY(%(customers)s) AND NOT b.is_return
   AND m.state <> 'ADVISED' AND m.posted_at IS DISTINCT FROM m.matched_at
"""  # noqa: S608
PAID_ONLINE: Final = f"""
SELECT m.customer_id, m.currency, {known("c.told_at")},
       width_bucket(c.told_at, %(told_since)s::timestamptz[]), c.amount_minor,
       (SELECT array_agg(q.item_id) FROM cash_requesteditem q WHERE q.request_id = m.id)
  FROM dunning_checkout c JOIN cash_paymentrequest m ON m.id = c.request_id
 WHERE m.entity_id = %(entity)s AND m.customer_id = ANY(%(customers)s) AND c.state = 'PAID'
"""  # noqa: S608
MOTIVES: Final = f"""
SELECT customer_id, item_id, code, stops, holds, coalesce({ordinal("hold_until_date")}, 0),
       {ordinal("said_date")}, {known("recorded_at")},
       coalesce({known("withdrawn_at")}, %(days)s),
       source, {PASSED.format(at="recorded_at + interval '365 days'")}
  FROM dunning_motive WHERE entity_id = %(entity)s AND customer_id = ANY(%(customers)s)
 ORDER BY rank, said_date, id
"""  # noqa: S608
# As `run_debtors.ACTED`; what a run's own call led to is told with the touch.
ACTED: Final = f"""
SELECT customer_id, {known("at")}, end_day, max({local("at")}) FROM (
    SELECT customer_id, written_at AS at, %(days)s AS end_day FROM correspondence_message
     WHERE entity_id = %(entity)s AND lane = 'in' AND customer_id = ANY(%(customers)s)
       AND written_at >= %(since)s
    UNION ALL
    SELECT customer_id, recorded_at, coalesce({known("withdrawn_at")}, %(days)s)
      FROM dunning_motive WHERE entity_id = %(entity)s AND source = 'customer'
       AND customer_id = ANY(%(customers)s) AND recorded_at >= %(since)s
    UNION ALL
    SELECT customer_id, received_at, %(days)s FROM claims_claim
     WHERE entity_id = %(entity)s AND state <> 'DUPLICATE'
       AND customer_id = ANY(%(customers)s) AND received_at >= %(since)s
    UNION ALL
    SELECT m.customer_id, {{booked}}, coalesce({known("m.reversed_at")}, %(days)s)
      FROM cash_match m JOIN receivables_bankentry b ON b.id = m.bank_entry_id
     WHERE m.entity_id = %(entity)s AND m.customer_id = ANY(%(customers)s)
       AND m.posted_at >= %(since)s
    UNION ALL
    SELECT customer_id, recorded_at, %(days)s FROM dunning_promise
     WHERE entity_id = %(entity)s AND customer_id = ANY(%(customers)s)
       AND recorded_at >= %(since)s
    UNION ALL
    SELECT c.customer_id, c.at, %(days)s FROM dunning_contactmade c
      LEFT JOIN dunning_runtouch t ON t.id = c.touch_id
     WHERE c.entity_id = %(entity)s AND c.customer_id = ANY(%(customers)s)
       AND c.at >= %(since)s AND (c.direction = 'IN' OR c.outcome = 'CONVERSATION')
       AND (t.run_id IS NULL OR t.run_id <> ALL(%(runs)s))
) each GROUP BY 1, 2, 3
"""  # noqa: S608
ALLOCATIONS: Final = f"""
SELECT o.customer_id, a.item_id, {known("{booked}")}, coalesce({known("m.reversed_at")}, %(days)s),
       width_bucket(b.value_date, %(year_ago)s::date[]), {ordinal("b.value_date")},
       greatest(b.value_date - o.due_date, 0), a.applied_minor
  FROM cash_allocation a JOIN cash_match m ON m.id = a.match_id
  JOIN receivables_bankentry b ON b.id = m.bank_entry_id
  JOIN receivables_openitem o ON o.id = a.item_id
 WHERE o.entity_id = %(entity)s AND o.customer_id = ANY(%(customers)s)
   AND m.state IN ('POSTED', 'REVERSED') AND a.applied_minor > 0
   AND b.value_date >= %(first_year_ago)s
"""  # noqa: S608
CONTACTS: Final = f"""
SELECT customer_id, {known("at")}, channel, direction, outcome,
       (at AT TIME ZONE %(zone)s)::date FROM (
    SELECT c.customer_id, c.channel, c.direction, c.outcome, c.at FROM dunning_contactmade c
      LEFT JOIN dunning_runtouch t ON t.id = c.touch_id
     WHERE c.customer_id = ANY(%(customers)s) AND c.at >= %(since)s
       AND (t.run_id IS NULL OR t.run_id <> ALL(%(runs)s))
    UNION ALL {BY_MACHINES}
) made ORDER BY customer_id, at
"""  # noqa: S608
PEOPLE: Final = f"""
SELECT c.id, c.country, c.segment, c.vat_number <> '', coalesce(m.department, ''),
       coalesce(r.mail_until, 0), coalesce(r.no_mails_from, %(days)s)
  FROM customers_customer c
  LEFT JOIN dunning_customercare k ON k.customer_id = c.id
  LEFT JOIN identity_membership m ON m.id = k.member_id
  LEFT JOIN LATERAL (
       SELECT max(CASE WHEN email <> '' THEN
                       least(coalesce({known("opted_out_at")}, %(days)s),
                             coalesce({known("bounced_at")}, %(days)s)) END) AS mail_until,
              min({known("opted_out_at")}) AS no_mails_from
         FROM customers_contact WHERE customer_id = c.id) r ON true
 WHERE c.id = ANY(%(customers)s) ORDER BY c.id
"""  # noqa: S608
REAL: Final = f"""
SELECT t.id, t.customer_id, t.currency, array_position(%(runs)s::bigint[], t.run_id) - 1,
       t.step_day, t.tone, t.way, t.state, t.why, t.asked_minor,
       coalesce({local("t.ran_at")}, 0), c.channel, c.direction, c.outcome,
       (c.at AT TIME ZONE %(zone)s)::date
  FROM dunning_runtouch t LEFT JOIN dunning_contactmade c ON c.touch_id = t.id
 WHERE t.customer_id = ANY(%(customers)s) AND t.run_id = ANY(%(runs)s) AND t.tone > 0
 ORDER BY t.id
"""  # noqa: S608
REAL_ITEMS: Final = """
SELECT i.touch_id, i.item_id, i.asked_minor FROM dunning_runtouchitem i
  JOIN dunning_runtouch t ON t.id = i.touch_id
 WHERE t.customer_id = ANY(%(customers)s) AND t.run_id = ANY(%(runs)s) AND i.asked_minor > 0
   AND t.tone > 0
 ORDER BY i.id
"""
BEFORE: Final = f"""
SELECT DISTINCT ON (t.customer_id, t.currency) t.customer_id, t.currency, t.step_day, t.tone,
       {local("t.ran_at")},
       (SELECT array_agg(i.item_id) FROM dunning_runtouchitem i
         WHERE i.touch_id = t.id AND i.asked_minor > 0)
  FROM dunning_runtouch t JOIN dunning_run r ON r.id = t.run_id
 WHERE t.customer_id = ANY(%(customers)s) AND r.entity_id = %(entity)s
   AND t.run_id <> ALL(%(runs)s) AND t.state IN {SENT} AND t.ran_at < %(first)s
   AND t.tone > 0
 ORDER BY t.customer_id, t.currency, t.ran_at DESC
"""  # noqa: S608
ASKED_BEFORE: Final = f"""
SELECT DISTINCT i.item_id FROM dunning_runtouchitem i JOIN dunning_runtouch t ON t.id = i.touch_id
 WHERE t.customer_id = ANY(%(customers)s) AND t.run_id <> ALL(%(runs)s) AND t.state IN {SENT}
   AND t.ran_at < %(first)s AND i.asked_minor > 0 AND t.tone > 0
"""  # noqa: S608

"""The statements behind a person's list; which rows it is, and what is shown of them."""

from __future__ import annotations

from typing import Final

OWN: Final = """
c.entity_id = %(entity)s AND c.closed_at IS NULL
AND (c.snoozed_until_at IS NULL OR c.snoozed_until_at <= %(at)s)
AND (c.owner_id = ANY(%(owners)s)
     OR ((c.owner_id IS NULL OR c.owner_id = ANY(%(uncovered)s))
         AND c.department = ANY(%(departments)s)))
"""
# A claim in these states has no open case: an index holds the others.
LIVE: Final = "l.state NOT IN ('CLOSED', 'WITHDRAWN', 'DUPLICATE') AND l.entity_id = %(entity)s"
# Which ones and how many is told by indexes alone; only what is shown is joined with the rest.
CLAIMS: Final = f"""
WITH own AS MATERIALIZED (
    SELECT l.id, c.id AS case_id, c.due_at, count(*) OVER () AS total
      FROM cases_case c JOIN claims_claim l ON l.case_id = c.id AND {LIVE}
     WHERE {OWN} AND l.state = ANY(%(states)s) = %(is_others)s
     ORDER BY c.due_at NULLS LAST, c.id LIMIT %(limit)s)
SELECT l.id AS pk, c.number, cu.name AS customer, l.state, l.reason, l.currency,
       l.claimed_minor AS minor, l.valid_minor, c.due_at, c.opened_at, i.number AS invoice,
       s.started_at AS paused_at, own.total, c.department,
       CASE WHEN c.owner_id <> %(member)s THEN u.name ELSE '' END AS owner,
       CASE WHEN c.snoozed_until_at > %(at)s - interval '1 day' THEN c.snoozed_until_at END
       AS rested_until, c.snoozed_why AS rested_why,
       EXISTS (SELECT 1 FROM claims_mergeproposal p
                WHERE p.state = 'OPEN' AND (p.claim_id = l.id OR p.twin_id = l.id)) AS twin
  FROM own
  JOIN cases_case c ON c.id = own.case_id
  JOIN claims_claim l ON l.id = own.id
  JOIN customers_customer cu ON cu.id = l.customer_id
  LEFT JOIN receivables_invoice i ON i.id = l.invoice_id
  LEFT JOIN cases_clockstop s ON s.case_id = c.id AND s.ended_at IS NULL
  LEFT JOIN identity_membership m ON m.id = c.owner_id
  LEFT JOIN identity_user u ON u.id = m.user_id
 ORDER BY own.due_at NULLS LAST, own.case_id
"""  # noqa: S608 - our own words only
HOLDERS: Final = """
SELECT DISTINCT ON (l.id) l.id AS claim_id, t.holder, t.department, t.question, t.evidence,
       t.due_at, u.name AS who
  FROM claims_claim l JOIN cases_step t ON t.case_id = l.case_id AND t.state = 'OPEN'
  LEFT JOIN identity_membership m ON m.id = t.assignee_id
  LEFT JOIN identity_user u ON u.id = m.user_id
 WHERE l.id = ANY(%(claims)s) ORDER BY l.id, t.due_at NULLS LAST, t.n
"""
SIGNERS: Final = """
SELECT DISTINCT ON (l.id) l.id AS claim_id, u.name AS who, a.level, a.due_at
  FROM claims_claim l JOIN cases_approvalrequest r ON r.case_id = l.case_id AND r.state = 'OPEN'
  JOIN cases_approvalseat a ON a.request_id = r.id AND a.is_open
  LEFT JOIN identity_membership m ON m.id = a.expected_id
  LEFT JOIN identity_user u ON u.id = m.user_id
 WHERE l.id = ANY(%(claims)s) ORDER BY l.id, a.n
"""
# The list and its count must be of the same: steps that are theirs, and the next signatures.
OWN_STEPS: Final = """
FROM cases_step t
      JOIN cases_case c ON c.id = t.case_id AND c.entity_id = %(entity)s AND c.closed_at IS NULL
     WHERE t.state = 'OPEN' AND t.holder = 'us'
       AND (c.snoozed_until_at IS NULL OR c.snoozed_until_at <= %(at)s)
       AND (t.assignee_id = %(member)s
            OR t.assignee_id = ANY(%(principals)s)
            OR ((t.assignee_id IS NULL OR t.assignee_id = ANY(%(uncovered)s))
                AND t.department = ANY(%(departments)s)))
"""
OWN_SEATS: Final = """
FROM cases_approvalseat a
      JOIN cases_approvalrequest r ON r.id = a.request_id AND r.state = 'OPEN'
      JOIN cases_case c ON c.id = r.case_id AND c.entity_id = %(entity)s
     WHERE a.is_open AND a.waits_since_at IS NULL
       AND (a.expected_id = %(member)s OR a.expected_id IN (
            SELECT member_id FROM identity_absence WHERE delegate_id = %(member)s
               AND starts_date <= %(today)s AND ends_date >= %(today)s
            UNION ALL
            SELECT member_id FROM identity_delegation WHERE delegate_id = %(member)s
               AND ended_at IS NULL AND way = 'MANUAL'
               AND starts_date <= %(today)s AND ends_date >= %(today)s))
"""
STEPS: Final = f"""
WITH own AS MATERIALIZED (
    SELECT t.id, t.due_at, count(*) OVER () AS total
      {OWN_STEPS}
     ORDER BY t.due_at NULLS LAST, t.id LIMIT %(limit)s)
SELECT t.id AS pk, t.kind AS step, t.evidence, t.question AS said, t.due_at, t.opened_at,
       l.id AS claim_id, c.number, cu.name AS customer, l.reason, l.currency,
       l.claimed_minor AS minor, own.total
  FROM own JOIN cases_step t ON t.id = own.id
  JOIN cases_case c ON c.id = t.case_id
  JOIN claims_claim l ON l.case_id = c.id
  JOIN customers_customer cu ON cu.id = l.customer_id
 ORDER BY own.due_at NULLS LAST, own.id
"""  # noqa: S608 - our own words only
SEATS: Final = f"""
WITH own AS MATERIALIZED (
    SELECT a.id, a.due_at, r.id AS request_id, count(*) OVER () AS total
      {OWN_SEATS}
     ORDER BY a.due_at NULLS LAST, a.id LIMIT %(limit)s)
SELECT a.id AS pk, a.level, a.due_at, r.requested_at AS opened_at, r.amount_minor AS minor,
       r.currency, l.id AS claim_id, l.reason, c.number, cu.name AS customer, u.name AS who,
       own.total
  FROM own JOIN cases_approvalseat a ON a.id = own.id
  JOIN cases_approvalrequest r ON r.id = own.request_id
  JOIN cases_case c ON c.id = r.case_id
  JOIN claims_claim l ON l.case_id = c.id
  JOIN customers_customer cu ON cu.id = l.customer_id
  JOIN identity_membership m ON m.id = r.requested_by_id
  JOIN identity_user u ON u.id = m.user_id
 ORDER BY own.due_at NULLS LAST, own.id
"""  # noqa: S608 - our own words only
ARRIVALS: Final = """
WITH oldest AS MATERIALIZED (
    SELECT id, count(*) OVER () AS total FROM intake_arrival
     WHERE entity_id = %(entity)s AND state = 'WAITING'
     ORDER BY received_at, id LIMIT %(limit)s)
SELECT a.id AS pk, a.outcome, a.received_at AS opened_at, coalesce(cu.name, m.sender_name, '')
       AS customer, coalesce(nullif(m.subject, ''), a.filename) AS said,
       coalesce(d.language, '') AS language, coalesce(nullif(d.currency, ''), %(currency)s)
       AS currency, d.claimed_minor AS minor, coalesce(d.reason, '') AS reason, oldest.total
  FROM oldest JOIN intake_arrival a ON a.id = oldest.id
  LEFT JOIN documents_document d ON d.id = a.document_id
  LEFT JOIN customers_customer cu ON cu.id = d.customer_id
  LEFT JOIN correspondence_message m ON m.id = a.message_id
 ORDER BY a.received_at, a.id
"""
WAITS: Final = "entity_id = %(entity)s AND state IN ('PROPOSED', 'OPEN')"
IS_ADVISED: Final = "entity_id = %(entity)s AND state = 'ADVISED'"
MATCHES: Final = f"""
WITH oldest AS MATERIALIZED (
    (SELECT id, count(*) OVER () AS total FROM cash_match
      WHERE {WAITS} ORDER BY matched_at, id LIMIT %(limit)s)
     UNION ALL
    (SELECT id, count(*) OVER () FROM cash_match
      WHERE {IS_ADVISED} ORDER BY matched_at, id LIMIT %(limit)s))
SELECT b.id AS pk, x.state, x.matched_at AS opened_at, coalesce(cu.name, b.payer_name) AS customer,
       b.currency, b.amount_minor AS minor, x.explanation -> 'parts' AS explanation, oldest.total
  FROM oldest JOIN cash_match x ON x.id = oldest.id
  JOIN receivables_bankentry b ON b.id = x.bank_entry_id
  LEFT JOIN customers_customer cu ON cu.id = x.customer_id
 ORDER BY x.matched_at, x.id
"""  # noqa: S608 - our own words only
COUNT: Final = f"""
SELECT (SELECT count(*) FROM cases_case c JOIN claims_claim l ON l.case_id = c.id AND {LIVE}
         WHERE {OWN} AND NOT l.state = ANY(%(states)s))
     + (SELECT count(*) {OWN_STEPS})
     + (SELECT count(*) {OWN_SEATS})
     + CASE WHEN %(is_clerk)s THEN
         (SELECT count(*) FROM (SELECT 1 FROM intake_arrival WHERE entity_id = %(entity)s
             AND state = 'WAITING' LIMIT %(shared)s) few)
       + (SELECT count(*) FROM (SELECT 1 FROM cash_match WHERE {WAITS} LIMIT %(shared)s) few)
       + (SELECT count(*) FROM (SELECT 1 FROM cash_match WHERE {IS_ADVISED} LIMIT %(shared)s) few)
       ELSE 0 END AS total
"""  # noqa: S608 - our own words only

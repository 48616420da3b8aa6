"""
The invariants of domain.md §7.7, looked at in the data as it stands.

Most of them the database refuses to break in the first place; here they are counted again, from
the rows, so that nobody needs to believe it. Each check gives how many rows it looked at and how
many break it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db import connection

from concilia.claims.core import codec
from concilia.claims.core.findings import Verdict
from concilia.claims.core.states import CLAIM_MACHINE, ClaimAction, ClaimState
from concilia.claims.core.verdict import replay
from concilia.claims.models import StoredVerdict
from concilia.foundation import audit
from concilia.foundation.models import AuditEntry, AuditHead
from concilia.identity.models import Entity
from concilia.kernel.machine import TransitionRefused
from concilia.reporting.queries.invariants_of_plans import (
    fees_never_fall,
    interest_is_monotone,
    plans_add_up,
    promises_hold,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw: rows looked at, rows that break the invariant."""

    looked_at: int
    broken: int

    @property
    def holds(self) -> bool:
        """Nothing breaks it."""
        return self.broken == 0


# Each statement gives (rows looked at, rows that break it).
SQL: Final[Mapping[str, str]] = {
    "INV-01": """
        SELECT count(*), count(*) FILTER (WHERE i.open_minor <> coalesce(l.net, 0))
          FROM receivables_openitem i LEFT JOIN (
               SELECT item_id, sum(debit_minor - credit_minor) AS net
                 FROM ledger_journalline WHERE item_id IS NOT NULL GROUP BY item_id) l
            ON l.item_id = i.id""",
    "INV-02": """
        SELECT count(*), count(*) FILTER (WHERE open_minor * original_minor < 0
               OR abs(open_minor) > abs(original_minor)) FROM receivables_openitem""",
    "INV-03": """
        SELECT count(*), count(*) FILTER (
               WHERE m.applied_minor + m.on_account_minor <> e.amount_minor
               OR m.on_account_minor < 0
               OR (coalesce(a.total, 0) <> m.applied_minor AND m.rule NOT IN ('RET', 'NOT')))
          FROM cash_match m JOIN receivables_bankentry e ON e.id = m.bank_entry_id
          LEFT JOIN (SELECT match_id, sum(applied_minor) AS total FROM cash_allocation GROUP BY 1) a
            ON a.match_id = m.id WHERE m.state IN ('POSTED', 'PROPOSED', 'ADVISED')""",
    "INV-04": """
        SELECT count(*), count(*) FILTER (WHERE c.claimed_minor <> coalesce(l.claimed, 0)
               OR c.approved_minor <> coalesce(l.approved, 0)
               OR c.denied_minor <> coalesce(l.denied, 0))
          FROM claims_claim c LEFT JOIN (
               SELECT claim_id, sum(claimed_minor) AS claimed, sum(approved_minor) AS approved,
                      sum(denied_minor) AS denied FROM claims_claimline GROUP BY claim_id) l
            ON l.claim_id = c.id""",
    "INV-05": """
        SELECT count(*), count(*) FILTER (WHERE approved_minor < 0 OR denied_minor < 0
               OR approved_minor + denied_minor > claimed_minor
               OR (state IN ('APPROVED', 'PARTIALLY_APPROVED', 'DENIED', 'POSTING', 'POSTED')
                   AND approved_minor + denied_minor <> claimed_minor))
          FROM (SELECT state, claimed_minor, approved_minor, denied_minor FROM claims_claim
                UNION ALL SELECT '', claimed_minor, approved_minor, denied_minor
                  FROM claims_claimline) x""",
    "INV-07": """
        SELECT count(*), count(*) FILTER (WHERE disputed_minor < 0
               OR disputed_minor > greatest(open_minor, 0)) FROM receivables_openitem""",
    "INV-08": """
        SELECT count(*), count(*) FILTER (WHERE net <> 0) FROM (
            SELECT entry_id, sum(debit_minor - credit_minor) AS net
              FROM ledger_journalline GROUP BY entry_id, currency) x""",
    "INV-09": """
        SELECT count(*), count(*) FILTER (WHERE coalesce(i.total, 0) <> coalesce(l.total, 0)) FROM
            (SELECT entity_id, currency, sum(open_minor) AS total
               FROM receivables_openitem GROUP BY 1, 2) i
            FULL JOIN (SELECT entity_id, currency, sum(debit_minor - credit_minor) AS total
               FROM ledger_journalline WHERE account IN ('AR', 'AR_DEDUCTION', 'UNAPPLIED_CASH')
              GROUP BY 1, 2) l USING (entity_id, currency)""",
    "INV-10": """
        SELECT count(*), count(*) FILTER (WHERE c.approved > i.gross_minor) FROM (
            SELECT l.invoice_id, sum(l.approved_minor) AS approved
              FROM claims_claimline l JOIN claims_claim c ON c.id = l.claim_id
             WHERE l.invoice_id IS NOT NULL AND c.origin <> 'history' AND c.reason NOT LIKE 'CO-%'
             GROUP BY 1) c JOIN receivables_invoice i ON i.id = c.invoice_id""",
    "INV-11": """
        SELECT count(*), count(*) FILTER (WHERE total <> not_due + past_due) FROM (
            SELECT entity_id, currency, sum(open_minor) AS total,
                   coalesce(sum(open_minor) FILTER (WHERE due_date >= current_date), 0) AS not_due,
                   coalesce(sum(open_minor) FILTER (WHERE due_date < current_date), 0) AS past_due
              FROM receivables_openitem GROUP BY 1, 2) x""",
    "INV-12": """
        SELECT count(*), count(*) - count(DISTINCT (entity_id, coalesce(nullif(erp_number, ''),
               external_ref))) FROM ledger_posting""",
    "INV-13": """
        SELECT count(*), count(*) FILTER (WHERE net <> 0) FROM (
            SELECT r.id, l.account, l.item_id,
                   sum(l.debit_minor - l.credit_minor) AS net
              FROM ledger_journalentry r
              JOIN ledger_journalline l ON l.entry_id IN (r.id, r.reverses_id)
             WHERE r.reverses_id IS NOT NULL GROUP BY 1, 2, 3) x""",
    "INV-14": """
        SELECT count(*), count(*) FILTER (WHERE j.posting_date <> b.value_date
               OR m.applied_minor + m.on_account_minor <> b.amount_minor)
          FROM cash_match m JOIN receivables_bankentry b ON b.id = m.bank_entry_id
          JOIN ledger_journalentry j ON j.id = m.entry_id
         WHERE m.state IN ('POSTED', 'REVERSED')""",
    "INV-17": """
        SELECT count(*), count(*) FILTER (WHERE signed_by_id = requested_by_id
               OR signed_for_id = requested_by_id) FROM cases_approvalseat
         WHERE signed_by_id IS NOT NULL""",
    "INV-18": """
        SELECT count(*), count(*) FILTER (WHERE allowed_by = '') FROM correspondence_message
         WHERE lane IN ('out', 'team') AND state IN ('QUEUED', 'SENT')""",
    "INV-19": """
        SELECT count(*), count(*) FILTER (WHERE c.opted_out_at < m.written_at
               OR c.bounced_at < m.written_at)
          FROM correspondence_message m
          LEFT JOIN customers_contact c ON c.customer_id = m.customer_id AND c.email = m.recipient
         WHERE m.lane = 'out' AND m.state = 'SENT'""",
    "INV-21": """
        SELECT count(*), count(*) FILTER (WHERE wrong) FROM (
            SELECT l.currency <> i.currency AS wrong FROM ledger_journalline l
              JOIN receivables_openitem i ON i.id = l.item_id
            UNION ALL SELECT l.currency <> c.currency FROM claims_claimline l
              JOIN claims_claim c ON c.id = l.claim_id
            UNION ALL SELECT a.currency <> i.currency FROM cash_allocation a
              JOIN receivables_openitem i ON i.id = a.item_id) x""",
    "INV-22": """
        SELECT count(*), count(*) FILTER (WHERE net_minor + vat_minor <> gross_minor)
          FROM receivables_invoice""",
    "INV-25": """
        SELECT count(*), count(*) FILTER (WHERE decided_by_id IS NULL AND alternatives <> '[]')
          FROM cash_match WHERE state = 'POSTED'""",
}


def check_invariants() -> dict[str, Finding]:
    """Look at all 26 invariants, over every entity here."""
    found = {name: _ask(statement) for name, statement in SQL.items()}
    for name, check in CHECKS.items():
        seen, before = Finding(*check()), found.get(name, Finding(0, 0))
        found[name] = Finding(before.looked_at + seen.looked_at, before.broken + seen.broken)
    return dict(sorted(found.items()))


def _ask(statement: str) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        looked_at, broken = cursor.fetchone()
    return Finding(looked_at, broken)


def cases_add_up() -> tuple[int, int]:
    """INV-06: a deduction's original is what is open, paid, credited, collected and written off."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT i.original_minor, i.open_minor,
                   coalesce(sum(l.debit_minor), 0), coalesce(sum(l.credit_minor), 0)
              FROM receivables_openitem i JOIN ledger_journalline l ON l.item_id = i.id
             WHERE i.kind = 'deduction' GROUP BY i.id, i.original_minor, i.open_minor
            """
        )
        rows = cursor.fetchall()
    broken = sum(
        1
        for original, still_open, born, closed in rows
        if born - closed != still_open or born % original or closed < 0
    )
    return len(rows), broken


def transitions_are_listed() -> tuple[int, int]:
    """INV-23: every move in the log is one of the machine's."""
    looked_at = broken = 0
    for data in AuditEntry.objects.filter(act="claim.moved").values_list("data", flat=True):
        looked_at += 1
        try:
            after = CLAIM_MACHINE.after(ClaimState(data["from"]), ClaimAction(data["action"]))
        except (TransitionRefused, ValueError):
            broken += 1
        else:
            broken += after.value != data["to"]
    return looked_at, broken


def audit_chains_hold() -> tuple[int, int]:
    """INV-24: every entity's log is whole, from its first entry on."""
    keys = list(AuditHead.objects.values_list("entity_id", flat=True))
    broken = sum(audit.first_broken_link(entity_id=key) is not None for key in keys)
    entries = AuditEntry.objects.count()
    unknown = set(keys) - set(Entity.objects.values_list("pk", flat=True))
    return entries, broken + len(unknown)


def verdicts_replay() -> tuple[int, int]:
    """INV-12: the same facts give the same verdict again, byte for byte."""
    looked_at = broken = 0
    for stored in StoredVerdict.objects.iterator(500):
        looked_at += 1
        verdict = codec.from_data(Verdict, stored.result)
        again = replay(json.dumps(stored.facts), verdict.rule.rule_id, verdict.rule.version)
        broken += codec.to_data(again) != stored.result
    return looked_at, broken


CHECKS: Final[Mapping[str, Callable[[], tuple[int, int]]]] = {
    "INV-06": cases_add_up,
    "INV-12": verdicts_replay,
    "INV-15": plans_add_up,
    "INV-16": promises_hold,
    "INV-20": interest_is_monotone,
    "INV-23": transitions_are_listed,
    "INV-24": audit_chains_hold,
    "INV-26": fees_never_fall,
}

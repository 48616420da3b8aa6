"""A hundred thousand claims: cases, lines, steps, what they hold, how they were decided."""

from __future__ import annotations

from bulk import DAYS, NOW, Bulk, currency_of, customer_of, gross_minor

from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case, ClockStop, Step
from concilia.claims.models import (
    Claim,
    ClaimDeduction,
    ClaimLine,
    Decision,
    DisputedItem,
    MergeProposal,
)
from concilia.identity.models import Entity, Membership
from concilia.ledger.models import JournalEntry, JournalLine, Posting
from concilia.receivables.models import BankEntry, Invoice, OpenItem

REASONS = "ARRAY['NC-01','NC-02','NC-05','NC-08','NC-17','NC-21','NC-23','CO-01','FI-01','FI-02']"
OPEN_STATES = (
    "ARRAY['QUALIFYING','INVESTIGATING','INVESTIGATING','WAITING_CUSTOMER','WAITING_INTERNAL',"
    "'WAITING_THIRD_PARTY','DECISION_PROPOSED','IN_APPROVAL','POSTING_FAILED','CUSTOMER_NOTIFIED']"
)


def write_cases(bulk: Bulk, entity: Entity) -> None:
    """Cases and claims, one line each; one of ten is open."""
    claims, live = bulk.size.claims, bulk.size.open_claims
    clerks = list(
        Membership.objects.filter(entity=entity, role="clerk").values_list("pk", flat=True)
    )
    opened = (
        f"CASE WHEN n <= {live} THEN TIMESTAMPTZ '{NOW}' - (n % 45) * interval '1 day' "
        f"ELSE TIMESTAMPTZ '{NOW}' - (10 + n % {DAYS - 10}) * interval '1 day' END"
    )
    due = f"({opened}) + interval '21 days'"
    closed = f"({opened}) + (1 + n % 28) * interval '1 day'"
    owner = f"(ARRAY{clerks})[1 + n % {len(clerks)}]"
    bulk.put(
        Case,
        claims,
        {
            "entity_id": str(entity.pk),
            "number": "'CLM-' || lpad(n::text, 6, '0')",
            "customer_id": customer_of(bulk),
            "department": "(ARRAY['CRD','LOG','SAL','ACC'])[1 + (n / 4) % 4]",
            "owner_id": f"CASE WHEN n % 4 = 3 THEN NULL ELSE {owner} END",
            "sla_days": "15",
            "opened_at": opened,
            "due_at": due,
            "closed_at": f"CASE WHEN n > {live} THEN least({closed}, '{NOW}') END",
            "net_minutes": f"CASE WHEN n > {live} THEN 480 * (1 + n % 20) END",
        },
    )
    gross = gross_minor()
    approved = f"CASE WHEN n <= {live} THEN 0 WHEN n % 3 = 0 THEN 0 ELSE {gross} END"
    denied = f"CASE WHEN n > {live} AND n % 3 = 0 THEN {gross} ELSE 0 END"
    bulk.put(
        Claim,
        claims,
        {
            "entity_id": str(entity.pk),
            "case_id": bulk.id_of(Case, "n"),
            "customer_id": customer_of(bulk),
            "origin": "(ARRAY['message','short_payment'])[1 + n % 2]",
            "channel": "'mailbox'",
            "state": (
                f"CASE WHEN n <= {live} THEN ({OPEN_STATES})[1 + (n / 20) % 10] ELSE 'CLOSED' END"
            ),
            "reason": f"({REASONS})[1 + n % 10]",
            "reason_is_confirmed": "true",
            "currency": currency_of(bulk.size.customers),
            "claimed_minor": gross,
            "approved_minor": approved,
            "denied_minor": denied,
            "valid_minor": f"CASE WHEN n % 3 = 0 THEN NULL ELSE {gross} / 2 END",
            "their_reference": "'BA-' || n",
            "invoice_id": bulk.id_of(Invoice, "n"),
            "received_at": opened,
            "decided_at": f"CASE WHEN n > {live} THEN least({closed}, '{NOW}') END",
        },
    )
    bulk.put(
        ClaimLine,
        claims,
        {
            "claim_id": bulk.id_of(Claim, "n"),
            "n": "1",
            "reason": f"({REASONS})[1 + n % 10]",
            "invoice_id": bulk.id_of(Invoice, "n"),
            "sku": "'SKU-' || lpad((1 + n % 200)::text, 3, '0')",
            "description": "'Product'",
            "quantity": "1",
            "unit_price": f"{gross} / 100.0",
            "currency": currency_of(bulk.size.customers),
            "claimed_minor": gross,
            "approved_minor": approved,
            "denied_minor": denied,
        },
    )


def write_claim_details(bulk: Bulk, entity: Entity) -> None:
    """What hangs on claims: steps, stopped clocks, items, twins, signatures."""
    live, clerk = bulk.size.open_claims, "(SELECT min(id) FROM identity_membership)"
    day = f"TIMESTAMPTZ '{NOW}' - (n % 45) * interval '1 day'"
    case = bulk.id_of(Case, "n")
    bulk.put(
        Step,
        live,
        {
            "case_id": case,
            "n": "1",
            "kind": "(ARRAY['evidence','question','qualify'])[1 + n % 3]",
            "evidence": "CASE WHEN n % 3 = 0 THEN 'POD' ELSE '' END",
            "department": "(ARRAY['LOG','SAL','ACC','TEC','CRD'])[1 + (n / 60) % 5]",
            "assignee_id": f"CASE WHEN n % 50 = 1 THEN {clerk} END",
            "holder": "(ARRAY['us','us','customer','third'])[1 + n % 4]",
            "question": "'Did it arrive?'",
            "opened_at": day,
            "due_at": f"({day}) + interval '5 days'",
        },
    )
    bulk.put(
        ClockStop,
        live,
        {"case_id": case, "why": "'WAITING_CUSTOMER'", "started_at": day},
        where="(n / 20) % 10 IN (3, 5)",
    )
    bulk.put(
        DisputedItem,
        live,
        {
            "claim_id": bulk.id_of(Claim, "n"),
            "item_id": bulk.id_of(OpenItem, "n"),
            "currency": currency_of(bulk.size.customers),
            "disputed_minor": gross_minor(),
        },
        where="n % 2 = 0",
    )
    items = OpenItem._meta.db_table
    bulk.run(
        f"UPDATE {items} i SET disputed_minor = d.disputed_minor "
        f"FROM claims_disputeditem d WHERE d.item_id = i.id AND i.entity_id = {entity.pk}"
    )
    _deductions(bulk, entity)
    bulk.put(
        MergeProposal,
        live // 50,
        {
            "claim_id": bulk.id_of(Claim, "n"),
            "twin_id": bulk.id_of(Claim, "n + 1"),
            "score_bp": "9000",
            "proposed_at": day,
        },
    )
    bulk.put(
        ApprovalRequest,
        live // 10,
        {
            "case_id": bulk.id_of(Case, "140 + n % 20 + 200 * ((n - 1) / 20)"),
            "version": "1",
            "act": "'CREDIT_NOTE'",
            "amount_minor": gross_minor(),
            "rolling_minor": gross_minor(),
            "currency": "'EUR'",
            "content_sha256": "repeat('a', 64)",
            "requested_by_id": clerk,
            "requested_at": day,
        },
    )
    approvers = list(
        Membership.objects.filter(entity=entity, role="approver").values_list("pk", flat=True)
    )
    bulk.put(
        ApprovalSeat,
        live // 10,
        {
            "request_id": bulk.id_of(ApprovalRequest, "n"),
            "n": "1",
            "level": "2",
            "expected_id": f"(ARRAY{approvers})[1 + n % {len(approvers)}]",
            "requested_by_id": clerk,
            "due_at": f"({day}) + interval '2 days'",
            "is_open": "true",
        },
    )


def _deductions(bulk: Bulk, entity: Entity) -> None:
    """One claim of five holds money as a deduction, open while the claim is."""
    claims, live = bulk.size.claims, bulk.size.open_claims
    issued = f"(SELECT opened_at::date FROM cases_case WHERE id = {bulk.id_of(Case, 'n * 5')})"
    bulk.put(
        OpenItem,
        claims // 5,
        {
            "entity_id": str(entity.pk),
            "customer_id": customer_of(bulk, "(n * 5)"),
            "kind": "'deduction'",
            "document_number": "'DED-' || n",
            "number_key": "'DED' || n",
            "invoice_id": bulk.id_of(Invoice, "n * 5"),
            "issue_date": issued,
            "due_date": issued,
            "currency": currency_of(bulk.size.customers, "(n * 5)"),
            "original_minor": gross_minor("(n * 5)"),
            "open_minor": f"CASE WHEN n * 5 <= {live} THEN {gross_minor('(n * 5)')} ELSE 0 END",
        },
    )
    line = {
        "entry_id": bulk.id_of(JournalEntry, "n"),
        "entity_id": str(entity.pk),
        "currency": currency_of(bulk.size.customers, "(n * 5)"),
        "account": "'AR_DEDUCTION'",
        "item_id": bulk.id_of(OpenItem, "n"),
    }
    amount = gross_minor("(n * 5)")
    bulk.put(JournalLine, claims // 5, line | {"debit_minor": amount})
    closed = f"n * 5 > {live}"
    bulk.put(JournalLine, claims // 5, line | {"credit_minor": amount}, where=closed)
    bulk.put(
        ClaimDeduction,
        claims // 5,
        {
            "claim_id": bulk.id_of(Claim, "n * 5"),
            "item_id": bulk.id_of(OpenItem, "n"),
            "bank_entry_id": bulk.id_of(BankEntry, "n"),
        },
    )
    bulk.put(
        Decision,
        claims // 2,
        {
            "claim_id": bulk.id_of(Claim, f"{live} + n"),
            "version": "1",
            "outcome": "'APPROVED'",
            "state": "'APPROVED'",
            "currency": "'EUR'",
            "approved_minor": gross_minor(),
            "denied_minor": "0",
            "lines": "'[]'::jsonb",
            "resolution": "'CREDIT_NOTE'",
            "proposed_by_id": "(SELECT min(id) FROM identity_membership)",
            "proposed_at": f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'",
        },
    )
    bulk.put(
        Posting,
        claims // 2,
        {
            "entity_id": str(entity.pk),
            "posting_id": "gen_random_uuid()",
            "idempotency_key": "'key-' || n",
            "external_ref": "'REF-' || n",
            "entry_id": bulk.id_of(JournalEntry, "n"),
            "customer_id": customer_of(bulk),
            "connector": "'folder'",
            "document_type": "'credit_note'",
            "currency": "'EUR'",
            "amount_minor": gross_minor(),
            "state": "'POSTED'",
            "request": "'{}'::jsonb",
            "erp_number": "'NC-' || n",
            "requested_at": f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'",
            "posted_at": f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'",
        },
    )

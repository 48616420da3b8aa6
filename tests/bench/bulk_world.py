"""
A large company, written set by set: a million open items, a hundred thousand claims, two years.

Rows go in by INSERT … SELECT with triggers asleep, so what triggers would keep true is made true
here: the ledger's lines open the items they name, claims add up from their lines.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, models, transaction

from concilia.cases.models import (
    ApprovalRequest,
    ApprovalSeat,
    Case,
    CaseMessage,
    ClockStop,
    Mention,
    Step,
)
from concilia.cash.models import Allocation, Match
from concilia.claims.models import (
    Claim,
    ClaimDeduction,
    ClaimLine,
    Decision,
    DisputedItem,
    MergeProposal,
)
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer, PayerAlias, PayerGroup
from concilia.documents.models import Document
from concilia.foundation.models import AuditEntry, AuditHead, Blob
from concilia.identity.models import ApprovalLimit, Entity, Membership, User
from concilia.intake.models import Arrival, ImportFile, ImportRun
from concilia.ledger.models import JournalEntry, JournalLine, Posting
from concilia.receivables.models import (
    BankAccount,
    BankEntry,
    BankStatement,
    Delivery,
    Invoice,
    InvoiceLine,
    OpenItem,
    Order,
    Product,
)

NOW = datetime(2026, 11, 19, 9, tzinfo=UTC)
TODAY = NOW.date()
CODE = "bench"
DAYS = 730
REASONS = "ARRAY['NC-01','NC-02','NC-05','NC-08','NC-17','NC-21','NC-23','CO-01','FI-01','FI-02']"
OPEN_STATES = (
    "ARRAY['QUALIFYING','INVESTIGATING','INVESTIGATING','WAITING_CUSTOMER','WAITING_INTERNAL',"
    "'WAITING_THIRD_PARTY','DECISION_PROPOSED','IN_APPROVAL','POSTING_FAILED','CUSTOMER_NOTIFIED']"
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many there are of what; the rest follows."""

    items: int = 1_000_000
    claims: int = 100_000
    customers: int = 5_000

    @property
    def open_claims(self) -> int:
        """One claim of ten is not closed."""
        return self.claims // 10

    @property
    def payments(self) -> int:
        """Bank entries of two years."""
        return self.claims * 2


class Bulk:
    """Writes rows of one model from an expression for each column; `n` counts from 1."""

    def __init__(self, size: Size, say: Callable[[str], None]) -> None:
        self.size, self.say = size, say
        self.base: dict[type[models.Model], int] = {}

    def put(
        self, model: type[models.Model], count: int, columns: Mapping[str, str], where: str = "true"
    ) -> None:
        """
        Insert `count` rows. Expressions are SQL over `n`; columns left out get their default.

        Keys start behind those the table has: `id_of` gives the expression of the n-th.
        """
        meta = model._meta
        key = meta.pk
        assert key is not None
        given = dict(columns)
        if isinstance(key, models.BigAutoField):
            self.base[model] = self._last(meta.db_table)
            given.setdefault(key.column, f"{self.base[model]} + n")
        for field in meta.local_concrete_fields:
            if field.column not in given:
                given[field.column] = _default(field)
        names = ", ".join(f'"{name}"' for name in given)
        values = ", ".join(f"({expression})" for expression in given.values())
        self.run(
            f'INSERT INTO "{meta.db_table}" ({names}) SELECT {values} '
            f"FROM generate_series(1, {count}) AS g(n) WHERE {where}"
        )
        if isinstance(key, models.BigAutoField):
            self.run(
                f"SELECT setval(pg_get_serial_sequence('{meta.db_table}', '{key.column}'), "
                f'(SELECT max("{key.column}") FROM "{meta.db_table}"))'
            )
        self.say(f"{count:>9,} {meta.model_name}")

    def id_of(self, model: type[models.Model], n: str) -> str:
        """The key of the n-th row written, as SQL."""
        return f"({self.base[model]} + ({n}))"

    def run(self, sql: str) -> None:
        """Run one statement."""
        with connection.cursor() as cursor:
            cursor.execute(sql)

    def _last(self, table: str) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            return int(cursor.fetchone()[0])


def _default(field: models.Field) -> str:  # type: ignore[type-arg]
    if field.has_default():
        value = field.get_default()
        if isinstance(value, bool | int):
            return str(value).lower()
        if isinstance(value, str):
            return f"'{value}'"
        return "'[]'::jsonb" if isinstance(value, list) else "'{}'::jsonb"
    if field.null:
        return "NULL"
    assert isinstance(field, models.CharField | models.TextField), f"{field} needs a value"
    return "''"


def build(size: Size, say: Callable[[str], None]) -> Entity:
    """Write the company into the database the settings name; it must not be there yet."""
    bulk = Bulk(size, say)
    with transaction.atomic():
        bulk.run("SET LOCAL session_replication_role = replica")
        bulk.run("SET LOCAL synchronous_commit = off")
        entity = _people()
        _customers(bulk, entity)
        _receivables(bulk, entity)
        _ledger(bulk, entity)
        _bank(bulk, entity)
        _cases(bulk, entity)
        _claim_details(bulk, entity)
        _papers(bulk, entity)
        _talk(bulk, entity)
        _log(bulk, entity)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return entity


def _people() -> Entity:
    entity = Entity.objects.create(
        code=CODE,
        name="Molino Aurora",
        legal_name="Molino Aurora S.r.l.",
        country="IT",
        currency="EUR",
        language="it",
        timezone="Europe/Rome",
        email="crediti@bench.example",
        next_case_number=1_000_000,
    )
    roles = ["clerk"] * 20 + ["resolver"] * 10 + ["approver"] * 8 + ["admin", "auditor"]
    for n, role in enumerate(roles):
        user = User(email=f"person{n}@bench.example", name=f"Person{n} Bench", language="en")
        user.set_unusable_password()
        user.save()
        Membership.objects.create(
            entity=entity, user=user, role=role, department="CRD", level=1 + n % 5
        )
    for level in range(7):
        for act in ("CREDIT_NOTE", "WRITE_OFF", "DENY"):
            ApprovalLimit.objects.create(
                entity=entity, level=level, act=act, limit_minor=100_000 * level, currency="EUR"
            )
    return entity


def _customers(bulk: Bulk, entity: Entity) -> None:
    count = bulk.size.customers
    bulk.put(
        PayerGroup,
        count // 25,
        {"entity_id": str(entity.pk), "code": "'G' || n", "name": "'Group ' || n"},
    )
    bulk.put(
        Customer,
        count,
        {
            "entity_id": str(entity.pk),
            "number": "'C-' || lpad(n::text, 6, '0')",
            "name": (
                "(ARRAY['Frischmarkt','Consorzio','Maison','Distribuciones','Hartley','Kornhaus'])"
                "[1 + n % 6] || ' ' || "
                "(ARRAY['Nord','Valdarno','Dorval','Peralta','Foods','Bio'])[1 + (n / 6) % 6]"
                " || ' ' || n"
            ),
            "country": "(ARRAY['DE','IT','FR','ES','GB'])[1 + n % 5]",
            "language": "(ARRAY['de','it','fr','es','en'])[1 + n % 5]",
            "currency": "CASE WHEN n % 5 = 4 THEN 'GBP' ELSE 'EUR' END",
            "payer_group_id": (
                f"CASE WHEN n % 3 = 0 THEN {bulk.id_of(PayerGroup, f'1 + n % {count // 25}')} END"
            ),
        },
    )
    customer = bulk.id_of(Customer, "n")
    bulk.put(
        Contact,
        count,
        {
            "customer_id": customer,
            "name": "'Contact ' || n",
            "email": "'contact' || n || '@customer.example'",
            "role": "'AP'",
            "language": "'en'",
        },
    )
    bulk.put(
        PayerAlias,
        count,
        {
            "entity_id": str(entity.pk),
            "customer_id": customer,
            "kind": "'iban'",
            "value": "'DE' || lpad(n::text, 20, '0')",
        },
    )


def _customer_of(bulk: Bulk, n: str = "n") -> str:
    """Big customers have more of everything: one in ten items is of the first fifty."""
    count = bulk.size.customers
    return bulk.id_of(
        Customer, f"CASE WHEN {n} % 10 = 0 THEN 1 + ({n} / 10) % 50 ELSE 1 + {n} % {count} END"
    )


def _gross(n: str = "n") -> str:
    return f"(5000 + ({n}::bigint * 7919) % 495000)"


def _issued(n: str = "n") -> str:
    # Newer invoices are likelier to be open: half of the open items are of the last 60 days.
    return (
        f"DATE '{TODAY}' - CASE WHEN {n} % 2 = 0 THEN (({n}::bigint * 31) % 60)::int"
        f" ELSE (({n}::bigint * 37) % {DAYS})::int END"
    )


def _receivables(bulk: Bulk, entity: Entity) -> None:
    items, count = bulk.size.items, bulk.size.customers
    customer = _customer_of(bulk)
    currency = _currency(count)
    for n in range(1, 201):
        Product.objects.create(entity=entity, sku=f"SKU-{n:03d}", name=f"Product {n}", vat_bp=1000)
    papers = {"entity_id": str(entity.pk), "customer_id": customer}
    bulk.put(
        Order,
        items // 5,
        papers
        | {
            "number": "'SO-' || n",
            "number_key": "'SO' || n",
            "customer_order_number": "'45' || n",
            "customer_order_key": "'45' || n",
            "order_date": _issued(),
            "currency": currency,
        },
    )
    bulk.put(
        Delivery,
        items // 5,
        papers
        | {
            "order_id": bulk.id_of(Order, "n"),
            "number": "'DDT-' || n",
            "number_key": "'DDT' || n",
            "carrier": "'Trasporti Alpe Nord'",
            "shipped_date": _issued(),
            "delivered_date": f"{_issued()} + 1",
        },
    )
    bulk.put(
        Invoice,
        items,
        papers
        | {
            "kind": "'invoice'",
            "number": "'FT-' || lpad(n::text, 8, '0')",
            "number_key": "n::text",
            "order_id": f"CASE WHEN n <= {items // 5} THEN {bulk.id_of(Order, 'n')} END",
            "delivery_id": f"CASE WHEN n <= {items // 5} THEN {bulk.id_of(Delivery, 'n')} END",
            "customer_order_number": "'45' || n",
            "issue_date": _issued(),
            "due_date": f"{_issued()} + 30 + (n % 3) * 30",
            "currency": currency,
            "net_minor": _gross(),
            "vat_minor": "0",
            "gross_minor": _gross(),
        },
    )
    bulk.put(
        InvoiceLine,
        items // 5,
        {
            "invoice_id": bulk.id_of(Invoice, "n"),
            "n": "1",
            "sku": "'SKU-' || lpad((1 + n % 200)::text, 3, '0')",
            "description": "'Product'",
            "quantity": "10",
            "unit_price": f"{_gross()} / 1000.0",
            "currency": currency,
            "net_minor": _gross(),
            "vat_minor": "0",
        },
    )
    bulk.put(
        OpenItem,
        items,
        papers
        | {
            "kind": "'invoice'",
            "document_number": "'FT-' || lpad(n::text, 8, '0')",
            "number_key": "n::text",
            "invoice_id": bulk.id_of(Invoice, "n"),
            "issue_date": _issued(),
            "due_date": f"{_issued()} + 30 + (n % 3) * 30",
            "currency": currency,
            "original_minor": _gross(),
            "open_minor": _gross(),
        },
    )


def _currency(count: int, n: str = "n") -> str:
    place = f"(CASE WHEN {n} % 10 = 0 THEN 1 + ({n} / 10) % 50 ELSE 1 + {n} % {count} END)"
    return f"(CASE WHEN {place} % 5 = 4 THEN 'GBP' ELSE 'EUR' END)"


def _ledger(bulk: Bulk, entity: Entity) -> None:
    items, currency = bulk.size.items, _currency(bulk.size.customers)
    bulk.put(
        JournalEntry,
        items,
        {
            "entity_id": str(entity.pk),
            "key": "'open:' || n",
            "kind": "'item_opened'",
            "posting_date": _issued(),
            "currency": currency,
            "booked_at": f"({_issued()})::timestamptz",
        },
    )
    line = {
        "entry_id": bulk.id_of(JournalEntry, "n"),
        "entity_id": str(entity.pk),
        "currency": currency,
        "customer_id": _customer_of(bulk),
    }
    item = bulk.id_of(OpenItem, "n")
    bulk.put(
        JournalLine, items, line | {"account": "'AR'", "debit_minor": _gross(), "item_id": item}
    )
    bulk.put(JournalLine, items, line | {"account": "'OPENING_BALANCE'", "credit_minor": _gross()})


def _bank(bulk: Bulk, entity: Entity) -> None:
    payments, own = bulk.size.payments, {"entity_id": str(entity.pk)}
    bulk.put(BankAccount, 2, own | {"iban": "'IT60X05428111010000' || n", "currency": "'EUR'"})
    _blobs(bulk, "s", DAYS)
    bulk.put(
        BankStatement,
        DAYS,
        own
        | {
            "account_id": bulk.id_of(BankAccount, "1"),
            "blob_id": _digest("s"),
            "identification": "'ST-' || n",
            "statement_date": f"DATE '{TODAY}' - n + 1",
            "currency": "'EUR'",
            "opening_minor": "0",
            "closing_minor": "1",
            "loaded_at": f"TIMESTAMPTZ '{NOW}' - (n - 1) * interval '1 day'",
        },
    )
    amount = f"{_gross()} * 3"
    bulk.put(
        BankEntry,
        payments,
        own
        | {
            "account_id": bulk.id_of(BankAccount, "1"),
            "statement_id": bulk.id_of(BankStatement, f"1 + n % {DAYS}"),
            "entry_key": "'ref-' || n",
            "n": f"n / {DAYS}",
            "booking_date": f"DATE '{TODAY}' - (n % {DAYS})::int",
            "value_date": f"DATE '{TODAY}' - (n % {DAYS})::int",
            "currency": "'EUR'",
            "amount_minor": amount,
            "payer_name": "'PAYER ' || n",
            "text": "'FT-' || lpad(n::text, 8, '0')",
            "customer_id": _customer_of(bulk),
        },
    )
    posted = "n % 200 >= 4"
    day = f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'"
    bulk.put(
        Match,
        payments,
        own
        | {
            "bank_entry_id": bulk.id_of(BankEntry, "n"),
            "version": "1",
            "customer_id": _customer_of(bulk),
            "state": f"CASE WHEN {posted} THEN 'POSTED' WHEN n % 200 < 3 THEN 'PROPOSED' "
            "ELSE 'OPEN' END",
            "rule": "'R1'",
            "confidence_bp": "9900",
            "currency": "'EUR'",
            "applied_minor": f"CASE WHEN n % 200 = 3 THEN 0 ELSE {amount} END",
            "on_account_minor": f"CASE WHEN n % 200 = 3 THEN {amount} ELSE 0 END",
            "explanation": """'{"parts": []}'::jsonb""",
            "entry_id": f"CASE WHEN {posted} THEN {bulk.id_of(JournalEntry, 'n')} END",
            "decided_by_id": (
                f"CASE WHEN {posted} AND n % 10 = 0 THEN (SELECT min(id) FROM identity_user) END"
            ),
            "matched_at": day,
            "posted_at": f"CASE WHEN {posted} THEN {day} END",
        },
    )
    bulk.put(
        Allocation,
        payments,
        {
            "match_id": bulk.id_of(Match, "n"),
            "item_id": bulk.id_of(OpenItem, "n"),
            "currency": "'EUR'",
            "applied_minor": amount,
        },
        where="n % 200 <> 3",
    )


def _cases(bulk: Bulk, entity: Entity) -> None:
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
            "customer_id": _customer_of(bulk),
            "department": "(ARRAY['CRD','LOG','SAL','ACC'])[1 + (n / 4) % 4]",
            "owner_id": f"CASE WHEN n % 4 = 3 THEN NULL ELSE {owner} END",
            "sla_days": "15",
            "opened_at": opened,
            "due_at": due,
            "closed_at": f"CASE WHEN n > {live} THEN least({closed}, '{NOW}') END",
            "net_minutes": f"CASE WHEN n > {live} THEN 480 * (1 + n % 20) END",
        },
    )
    gross = _gross()
    approved = f"CASE WHEN n <= {live} THEN 0 WHEN n % 3 = 0 THEN 0 ELSE {gross} END"
    denied = f"CASE WHEN n > {live} AND n % 3 = 0 THEN {gross} ELSE 0 END"
    bulk.put(
        Claim,
        claims,
        {
            "entity_id": str(entity.pk),
            "case_id": bulk.id_of(Case, "n"),
            "customer_id": _customer_of(bulk),
            "origin": "(ARRAY['message','short_payment'])[1 + n % 2]",
            "channel": "'mailbox'",
            "state": (
                f"CASE WHEN n <= {live} THEN ({OPEN_STATES})[1 + (n / 20) % 10] ELSE 'CLOSED' END"
            ),
            "reason": f"({REASONS})[1 + n % 10]",
            "reason_is_confirmed": "true",
            "currency": _currency(bulk.size.customers),
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
            "currency": _currency(bulk.size.customers),
            "claimed_minor": gross,
            "approved_minor": approved,
            "denied_minor": denied,
        },
    )


def _claim_details(bulk: Bulk, entity: Entity) -> None:
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
            "currency": _currency(bulk.size.customers),
            "disputed_minor": _gross(),
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
            "amount_minor": _gross(),
            "rolling_minor": _gross(),
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
            "customer_id": _customer_of(bulk, "(n * 5)"),
            "kind": "'deduction'",
            "document_number": "'DED-' || n",
            "number_key": "'DED' || n",
            "invoice_id": bulk.id_of(Invoice, "n * 5"),
            "issue_date": issued,
            "due_date": issued,
            "currency": _currency(bulk.size.customers, "(n * 5)"),
            "original_minor": _gross("(n * 5)"),
            "open_minor": f"CASE WHEN n * 5 <= {live} THEN {_gross('(n * 5)')} ELSE 0 END",
        },
    )
    line = {
        "entry_id": bulk.id_of(JournalEntry, "n"),
        "entity_id": str(entity.pk),
        "currency": _currency(bulk.size.customers, "(n * 5)"),
        "account": "'AR_DEDUCTION'",
        "item_id": bulk.id_of(OpenItem, "n"),
    }
    amount = _gross("(n * 5)")
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
            "approved_minor": _gross(),
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
            "customer_id": _customer_of(bulk),
            "connector": "'folder'",
            "document_type": "'credit_note'",
            "currency": "'EUR'",
            "amount_minor": _gross(),
            "state": "'POSTED'",
            "request": "'{}'::jsonb",
            "erp_number": "'NC-' || n",
            "requested_at": f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'",
            "posted_at": f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'",
        },
    )


def _papers(bulk: Bulk, entity: Entity) -> None:
    count = bulk.size.claims
    day = f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'"
    _blobs(bulk, "d", count)
    bulk.put(
        Document,
        count,
        {
            "entity_id": str(entity.pk),
            "blob_id": _digest("d"),
            "filename": "'claim-' || n || '.eml'",
            "format": "'eml'",
            "state": "'READ'",
            "kind": "'claim'",
            "reason": "'NC-01'",
            "language": "'de'",
            "currency": "'EUR'",
            "claimed_minor": _gross(),
            "needs_review": "n % 200 = 0",
            "customer_id": _customer_of(bulk),
            "received_at": day,
            "read_at": day,
        },
    )
    bulk.put(
        Arrival,
        count,
        {
            "entity_id": str(entity.pk),
            "channel": "'mailbox'",
            "source": "'crediti@bench.example'",
            "filename": "'claim-' || n || '.eml'",
            "blob_id": _digest("d"),
            "identity_key": "'a' || n",
            "state": "CASE WHEN n % 200 = 0 THEN 'WAITING' ELSE 'DONE' END",
            "outcome": "CASE WHEN n % 200 = 0 THEN 'unsure' ELSE 'claim_opened' END",
            "document_id": bulk.id_of(Document, "n"),
            "received_at": day,
        },
    )
    bulk.put(
        ImportRun,
        500,
        {
            "entity_id": str(entity.pk),
            "state": "'SAVED'",
            "started_at": day,
            "finished_at": day,
        },
    )
    bulk.put(
        ImportFile,
        1000,
        {
            "run_id": bulk.id_of(ImportRun, "1 + n / 2 % 500"),
            "blob_id": _digest("d"),
            "filename": "'items-' || n || '.csv'",
            "dataset": "'open_items'",
            "state": "'SAVED'",
            "total_rows": "1000",
            "done_rows": "1000",
            "new_rows": "1000",
        },
    )


def _talk(bulk: Bulk, entity: Entity) -> None:
    count = bulk.size.claims * 2
    day = f"TIMESTAMPTZ '{NOW}' - (n % {DAYS}) * interval '1 day'"
    bulk.put(
        Message,
        count,
        {
            "entity_id": str(entity.pk),
            "customer_id": _customer_of(bulk, f"(1 + n % {bulk.size.claims})"),
            "lane": "(ARRAY['in','note'])[1 + n % 2]",
            "state": "(ARRAY['RECEIVED','WRITTEN'])[1 + n % 2]",
            "sender_name": "'Jens Albers'",
            "subject": "'About FT-' || n",
            "body": "'We received less than you invoiced.'",
            "language": "'en'",
            "key": "'m' || n",
            "written_at": day,
        },
    )
    bulk.put(
        CaseMessage,
        count,
        {
            "case_id": bulk.id_of(Case, f"1 + n % {bulk.size.claims}"),
            "message_id": bulk.id_of(Message, "n"),
        },
    )
    bulk.put(
        Mention,
        2000,
        {
            "case_message_id": bulk.id_of(CaseMessage, "n"),
            "member_id": "(SELECT min(id) FROM identity_membership) + n % 20",
            "read_at": f"CASE WHEN n % 10 > 0 THEN {day} END",
        },
    )


def _log(bulk: Bulk, entity: Entity) -> None:
    count = bulk.size.claims * 3
    bulk.put(
        AuditEntry,
        count,
        {
            "entity_id": str(entity.pk),
            "seq": "n",
            "at": f"TIMESTAMPTZ '{NOW}' - ({count} - n) * interval '3 minutes'",
            "actor_kind": "'rule'",
            "actor_name": "'short payment'",
            "act": "(ARRAY['claim.opened','claim.verdict_computed','case.noted'])[1 + n % 3]",
            "subject_type": "'case'",
            "subject_id": bulk.id_of(Case, f"1 + n % {bulk.size.claims}"),
            "previous_hash": "repeat('0', 64)",
            "hash": "repeat('0', 64)",
        },
    )
    AuditHead.objects.create(entity_id=entity.pk, seq=count)


def _digest(kind: str, n: str = "n") -> str:
    return f"encode(sha256({_content(kind, n)}), 'hex')"


def _content(kind: str, n: str = "n") -> str:
    """A small message; its bytes must have their digest, for whoever reads them checks."""
    head = "From: Jens Albers <jens@customer.example>\\nSubject: Claim "
    body = "\\n\\nWe received less than you invoiced, document "
    return f"convert_to(E'{head}{kind}' || {n} || E'{body}' || {n}, 'UTF8')"


def _blobs(bulk: Bulk, kind: str, count: int) -> None:
    bulk.put(
        Blob,
        count,
        {
            "sha256": _digest(kind),
            "size": f"length({_content(kind)})",
            "content": _content(kind),
            "stored_at": f"TIMESTAMPTZ '{NOW}'",
        },
    )

"""
A large company, written set by set: a million open items, a hundred thousand claims, two years.

Rows go in by INSERT … SELECT with triggers asleep, so what triggers would keep true is made true
here: the ledger's lines open the items they name, claims add up from their lines.
"""

from __future__ import annotations

from collections.abc import Callable

from bulk import (
    DAYS,
    NOW,
    TODAY,
    Bulk,
    Size,
    blobs,
    currency_of,
    customer_of,
    digest,
    gross_minor,
    issued,
)
from bulk_claims import write_cases, write_claim_details
from bulk_papers import write_log, write_papers, write_talk
from django.db import connection, transaction

from concilia.cash.models import Allocation, Match
from concilia.customers.models import Contact, Customer, PayerAlias, PayerGroup
from concilia.identity.models import Entity, Membership, User
from concilia.ledger.models import JournalEntry, JournalLine
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

CODE = "bench"


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
        write_cases(bulk, entity)
        write_claim_details(bulk, entity)
        write_papers(bulk, entity)
        write_talk(bulk, entity)
        write_log(bulk, entity)
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


def _receivables(bulk: Bulk, entity: Entity) -> None:
    items, count = bulk.size.items, bulk.size.customers
    customer = customer_of(bulk)
    currency = currency_of(count)
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
            "order_date": issued(),
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
            "shipped_date": issued(),
            "delivered_date": f"{issued()} + 1",
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
            "issue_date": issued(),
            "due_date": f"{issued()} + 30 + (n % 3) * 30",
            "currency": currency,
            "net_minor": gross_minor(),
            "vat_minor": "0",
            "gross_minor": gross_minor(),
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
            "unit_price": f"{gross_minor()} / 1000.0",
            "currency": currency,
            "net_minor": gross_minor(),
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
            "issue_date": issued(),
            "due_date": f"{issued()} + 30 + (n % 3) * 30",
            "currency": currency,
            "original_minor": gross_minor(),
            "open_minor": gross_minor(),
        },
    )


def _ledger(bulk: Bulk, entity: Entity) -> None:
    items, currency = bulk.size.items, currency_of(bulk.size.customers)
    bulk.put(
        JournalEntry,
        items,
        {
            "entity_id": str(entity.pk),
            "key": "'open:' || n",
            "kind": "'item_opened'",
            "posting_date": issued(),
            "currency": currency,
            "booked_at": f"({issued()})::timestamptz",
        },
    )
    line = {
        "entry_id": bulk.id_of(JournalEntry, "n"),
        "entity_id": str(entity.pk),
        "currency": currency,
        "customer_id": customer_of(bulk),
    }
    item = bulk.id_of(OpenItem, "n")
    bulk.put(
        JournalLine,
        items,
        line | {"account": "'AR'", "debit_minor": gross_minor(), "item_id": item},
    )
    bulk.put(
        JournalLine, items, line | {"account": "'OPENING_BALANCE'", "credit_minor": gross_minor()}
    )


def _bank(bulk: Bulk, entity: Entity) -> None:
    payments, own = bulk.size.payments, {"entity_id": str(entity.pk)}
    bulk.put(BankAccount, 2, own | {"iban": "'IT60X05428111010000' || n", "currency": "'EUR'"})
    blobs(bulk, "s", DAYS)
    bulk.put(
        BankStatement,
        DAYS,
        own
        | {
            "account_id": bulk.id_of(BankAccount, "1"),
            "blob_id": digest("s"),
            "identification": "'ST-' || n",
            "statement_date": f"DATE '{TODAY}' - n + 1",
            "currency": "'EUR'",
            "opening_minor": "0",
            "closing_minor": "1",
            "loaded_at": f"TIMESTAMPTZ '{NOW}' - (n - 1) * interval '1 day'",
        },
    )
    amount = f"{gross_minor()} * 3"
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
            "customer_id": customer_of(bulk),
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
            "customer_id": customer_of(bulk),
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

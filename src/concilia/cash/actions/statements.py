from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from concilia.cash.core.statements import StatementDraft, StatementEntry
from concilia.cash.events import StatementLoaded
from concilia.foundation import audit, events
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.models import Blob
from concilia.identity.models import Entity
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.receivables.models import BankAccount, BankEntry, BankStatement


@transaction.atomic(durable=True)
def load_statement(
    *, entity_id: int, sha256: str, draft: StatementDraft, at: datetime
) -> BankStatement:
    """
    Take in a statement: its new entries are booked Dr BANK Cr SUSPENSE and wait to be matched.

    The same statement, and the same entry on overlapping statements, is taken once. Two queries
    and two COPY-like inserts, whatever the size.
    """
    entity = Entity.objects.get(pk=entity_id)
    account, _ = BankAccount.objects.get_or_create(
        entity=entity,
        iban=draft.iban,
        defaults={"currency": draft.currency, "name": draft.account_name[:120]},
    )
    statement, is_new = BankStatement.objects.get_or_create(
        account=account,
        identification=draft.identification[:60],
        defaults={
            "entity": entity,
            "blob": Blob.objects.defer("content").get(pk=sha256),
            "statement_date": draft.statement_date,
            "currency": draft.currency,
            "opening_minor": draft.opening_minor,
            "closing_minor": draft.closing_minor,
            "loaded_at": at,
        },
    )
    rows = _new_entries(statement, draft.entries)
    created = BankEntry.objects.bulk_create(rows, batch_size=2000)
    book_entries(entity_id=entity_id, bookings=[_received(row) for row in created], at=at)
    if created:
        events.record(StatementLoaded(statement.pk))
    if created or is_new:
        data = {"statement": statement.identification, "entries": len(created)}
        act = Act("bank.statement_loaded", "statement", statement.pk, data)
        audit.log(entity_id=entity_id, actor=SYSTEM, at=at, acts=[act])
    return statement


def _new_entries(statement: BankStatement, drafts: Sequence[StatementEntry]) -> list[BankEntry]:
    keys = _keys(drafts)
    known = set(
        BankEntry.objects.filter(account=statement.account_id, entry_key__in=keys).values_list(
            "entry_key", flat=True
        )
    )
    last = BankEntry.objects.filter(statement=statement).count()
    return [
        BankEntry(
            entity_id=statement.entity_id,
            account_id=statement.account_id,
            statement=statement,
            entry_key=key,
            n=last + n,
            booking_date=one.booking_date,
            value_date=one.value_date,
            currency=one.currency,
            amount_minor=one.amount_minor,
            is_return=one.is_return,
            return_reason=one.return_reason[:10],
            charges_minor=one.charges_minor,
            payer_name=one.payer_name[:160],
            payer_iban=one.payer_iban.replace(" ", "")[:40],
            ultimate_debtor=one.ultimate_debtor[:160],
            end_to_end_id=one.end_to_end_id[:60],
            structured_reference=one.structured_reference.replace(" ", "")[:60],
            text=one.text,
            remittance=one.remittance,
        )
        for n, (key, one) in enumerate(zip(keys, drafts, strict=True), start=1)
        if key not in known and one.amount_minor > 0
    ]


def _keys(drafts: Sequence[StatementEntry]) -> list[str]:
    """The bank's keys; a digest and a count where it gives none: twins of one day stay two."""
    seen: dict[str, int] = {}
    keys = []
    for one in drafts:
        key = one.key[:110] or _digest(one)
        seen[key] = seen.get(key, 0) + 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return keys


def _digest(one: StatementEntry) -> str:
    parts = (
        one.booking_date.isoformat(),
        one.value_date.isoformat(),
        str(one.amount_minor),
        one.currency,
        str(one.is_return),
        one.payer_name,
        one.payer_iban,
        one.end_to_end_id,
        one.structured_reference,
        one.text,
    )
    return "sha:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _received(row: BankEntry) -> Booking:
    """Cash is booked the moment the bank states it; whose it is comes later (INV-03)."""
    bank, other = AccountRole.BANK, AccountRole.SUSPENSE
    debit, credit = (other, bank) if row.is_return else (bank, other)
    return Booking(
        key=f"bank:{row.pk}",
        posting_date=row.value_date,
        text=row.payer_name,
        entry=Entry(
            kind=EntryKind.CASH_RECEIVED,
            currency=row.currency,
            lines=(
                Line(role=debit, debit_minor=row.amount_minor),
                Line(role=credit, credit_minor=row.amount_minor),
            ),
        ),
    )

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import Max

from concilia.cash.core.statements import StatementDraft, StatementEntry
from concilia.cash.events import StatementLoaded
from concilia.foundation import audit, events
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.memory import collector_rests
from concilia.foundation.models import Blob
from concilia.foundation.rows import next_keys, write_values
from concilia.identity.models import Entity
from concilia.ledger.actions import Booking, append_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.receivables.models import BankAccount, BankEntry, BankStatement

NAME_MAX: Final = 160
ENTRY: Final = (
    "id",
    "entity_id",
    "account_id",
    "statement_id",
    "entry_key",
    "n",
    "booking_date",
    "value_date",
    "currency",
    "amount_minor",
    "is_return",
    "return_reason",
    "charges_minor",
    "payer_name",
    "payer_iban",
    "ultimate_debtor",
    "end_to_end_id",
    "structured_reference",
    "text",
    "remittance",
)


@collector_rests()
@transaction.atomic(durable=True)
def load_statement(
    *, entity_id: int, sha256: str, draft: StatementDraft, at: datetime
) -> BankStatement:
    """
    Take in a statement: its new entries are booked Dr BANK Cr SUSPENSE and wait to be matched.

    The same statement, and the same entry on overlapping statements, is taken once; a batch that
    one statement books as a whole and another one by its payments, too. Two loads of one account
    wait for each other. The number of statements does not depend on the size.
    """
    entity = Entity.objects.get(pk=entity_id)
    account, _ = BankAccount.objects.get_or_create(
        entity=entity,
        iban=draft.iban,
        defaults={"currency": draft.currency, "name": draft.account_name[:120]},
    )
    BankAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
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
    created = _new_entries(statement, draft.entries)
    keys = next_keys(BankEntry, len(created))
    rows = [_row(statement, key, one) for key, one in zip(keys, created, strict=True)]
    write_values(BankEntry, ENTRY, rows)
    bookings = [_received(key, one.draft) for key, one in zip(keys, created, strict=True)]
    append_entries(entity_id=entity_id, bookings=bookings, at=at)
    if created:
        events.record(StatementLoaded(statement.pk))
    if created or is_new:
        data = {"statement": statement.identification, "entries": len(created)}
        act = Act("bank.statement_loaded", "statement", statement.pk, data)
        audit.log(entity_id=entity_id, actor=SYSTEM, at=at, acts=[act])
    return statement


class _Fresh(NamedTuple):
    """An entry the account does not have yet: its place on the statement and its key."""

    n: int
    entry_key: str
    draft: StatementEntry


def _new_entries(statement: BankStatement, drafts: Sequence[StatementEntry]) -> list[_Fresh]:
    keys = _keys(drafts)
    known, own = _known(statement, keys, drafts), set(keys)
    last = BankEntry.objects.filter(statement=statement).aggregate(last=Max("n"))["last"] or 0
    fresh = [
        (key, one)
        for key, one in zip(keys, drafts, strict=True)
        if one.amount_minor > 0 and not _is_known(key, one, known, own)
    ]
    return [
        _Fresh(last + n, _again(key, one) if key in known else key, one)
        for n, (key, one) in enumerate(fresh, start=1)
    ]


def _row(statement: BankStatement, key: int, fresh: _Fresh) -> tuple[Any, ...]:
    """The values of an entry, in the order of `ENTRY`."""
    one = fresh.draft
    return (
        key,
        statement.entity_id,
        statement.account_id,
        statement.pk,
        fresh.entry_key,
        fresh.n,
        one.booking_date,
        one.value_date,
        one.currency,
        one.amount_minor,
        one.is_return,
        one.return_reason[:10],
        one.charges_minor,
        one.payer_name[:NAME_MAX],
        one.payer_iban.replace(" ", "")[:40],
        one.ultimate_debtor[:NAME_MAX],
        one.end_to_end_id[:60],
        one.structured_reference.replace(" ", "")[:60],
        one.text,
        one.remittance,
    )


Stamp = tuple[int, bool, date]


def _known(
    statement: BankStatement, keys: Sequence[str], drafts: Sequence[StatementEntry]
) -> dict[str, Stamp]:
    """What the account has under these keys already, and under the batches they belong to."""
    wanted = {name for key in keys for name in (key, f"{key}/2", key.rpartition("/")[0])}
    wanted |= {_again(key, one) for key, one in zip(keys, drafts, strict=True)}
    rows = BankEntry.objects.filter(account=statement.account_id, entry_key__any_of=wanted - {""})
    return {
        key: (amount, is_return, booked)
        for key, amount, is_return, booked in rows.values_list(
            "entry_key", "amount_minor", "is_return", "booking_date"
        )
    }


def _is_known(
    key: str, one: StatementEntry, known: Mapping[str, Stamp], keys: Collection[str]
) -> bool:
    """Whether the account has this entry: itself, the batch it is a part of, or its parts."""
    same = known.get(key)
    if same == (one.amount_minor, one.is_return, one.booking_date) or _again(key, one) in known:
        return True
    second = f"{key}/2"
    if same is not None and second in keys and second not in known:
        return same[0] > one.amount_minor  # the first payment of a batch booked as a whole
    if same is not None and second in known:
        return same[0] < one.amount_minor  # a batch whose payments were booked one by one
    base, slash, part = key.rpartition("/")
    if not slash or not part.isdecimal() or base not in keys:
        return False
    whole = known.get(base)
    return whole is not None and f"{base}/2" not in known and whole[0] > one.amount_minor


def _again(key: str, one: StatementEntry) -> str:
    """The key of an entry whose reference the bank has given to another entry before."""
    return f"{key[:70]}:{_digest(one)[4:44]}"


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


def _received(key: int, one: StatementEntry) -> Booking:
    """Cash is booked the moment the bank states it; whose it is comes later (INV-03)."""
    bank, other = AccountRole.BANK, AccountRole.SUSPENSE
    debit, credit = (other, bank) if one.is_return else (bank, other)
    return Booking(
        key=f"bank:{key}",
        posting_date=one.value_date,
        text=one.payer_name[:NAME_MAX],
        entry=Entry(
            kind=EntryKind.CASH_RECEIVED,
            currency=one.currency,
            lines=(
                Line(role=debit, debit_minor=one.amount_minor),
                Line(role=credit, credit_minor=one.amount_minor),
            ),
        ),
    )

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from concilia.foundation.rows import insert_rows, write_values
from concilia.ledger.core.entries import Entry
from concilia.ledger.models import JournalEntry, JournalLine

LINE: Final = (
    "entry_id",
    "entity_id",
    "account",
    "currency",
    "debit_minor",
    "credit_minor",
    "item_id",
    "customer_id",
    "vat_bp",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """
    A balanced entry and the act that caused it.

    :param key: names the act, for example `match:812:post`; a second booking of it is refused
    """

    key: str
    entry: Entry
    posting_date: date
    text: str = ""


def book_entries(
    *, entity_id: int, bookings: Sequence[Booking], at: datetime
) -> list[JournalEntry]:
    """
    Append entries to the ledger inside the caller's transaction; open items follow by trigger.

    Two statements for any number of entries.

    :raises IntegrityError: if a key was booked before, an item would be over-applied (INV-02), or,
        at commit, an entry does not balance (INV-08)
    """
    assert connection.in_atomic_block, "money moves in the transaction of the act that moves it"
    entries = insert_rows(
        [
            JournalEntry(
                entity_id=entity_id,
                key=booking.key,
                kind=booking.entry.kind,
                posting_date=booking.posting_date,
                currency=booking.entry.currency,
                text=booking.text,
                reverses_id=booking.entry.reverses_id,
                booked_at=at,
            )
            for booking in bookings
        ]
    )
    write_values(
        JournalLine,
        LINE,
        [
            (
                entry.pk,
                entity_id,
                line.role.value,
                entry.currency,
                line.debit_minor,
                line.credit_minor,
                line.item_id,
                line.customer_id,
                line.vat_bp,
            )
            for entry, booking in zip(entries, bookings, strict=True)
            for line in booking.entry.lines
        ],
    )
    return entries

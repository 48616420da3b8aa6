from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from concilia.foundation.rows import COPY_MIN, insert_rows, next_keys, write_values
from concilia.ledger.core.entries import Entry
from concilia.ledger.models import JournalEntry, JournalLine

ENTRY: Final = (
    "id",
    "entity_id",
    "key",
    "kind",
    "posting_date",
    "currency",
    "text",
    "reverses_id",
    "booked_at",
)
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
    _write_lines(entity_id, [entry.pk for entry in entries], bookings)
    return entries


def append_entries(*, entity_id: int, bookings: Sequence[Booking], at: datetime) -> list[int]:
    """
    Append entries as `book_entries` does, for those who need their keys alone: many are quicker so.

    :raises IntegrityError: as `book_entries`
    """
    if len(bookings) < COPY_MIN:
        booked = book_entries(entity_id=entity_id, bookings=bookings, at=at)
        return [entry.pk for entry in booked]
    assert connection.in_atomic_block, "money moves in the transaction of the act that moves it"
    keys = next_keys(JournalEntry, len(bookings))
    write_values(
        JournalEntry,
        ENTRY,
        [
            (
                key,
                entity_id,
                booking.key,
                booking.entry.kind,
                booking.posting_date,
                booking.entry.currency,
                booking.text,
                booking.entry.reverses_id,
                at,
            )
            for key, booking in zip(keys, bookings, strict=True)
        ],
    )
    _write_lines(entity_id, keys, bookings)
    return keys


def _write_lines(entity_id: int, keys: Sequence[int], bookings: Sequence[Booking]) -> None:
    write_values(
        JournalLine,
        LINE,
        [
            (
                key,
                entity_id,
                line.role.value,
                booking.entry.currency,
                line.debit_minor,
                line.credit_minor,
                line.item_id,
                line.customer_id,
                line.vat_bp,
            )
            for key, booking in zip(keys, bookings, strict=True)
            for line in booking.entry.lines
        ],
    )

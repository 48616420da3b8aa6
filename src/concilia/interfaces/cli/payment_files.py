"""Payments from a CSV file of interfaces.md or from a bank's own file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from concilia.documents.core.formats import BANK_FORMATS, detect
from concilia.interfaces.cli.tables import (
    Bad,
    CellUnreadable,
    Problems,
    Table,
    TableUnreadable,
    cell_amount,
    cell_currency,
    cell_date,
    cell_text,
    require_cells,
)
from concilia.matching.records import Payment

PAYMENT_COLUMNS = (
    "payment_id",
    "booking_date",
    "value_date",
    "currency",
    "amount",
    "payer_name",
    "payer_iban",
    "remittance_text",
    "structured_reference",
    "end_to_end_id",
)
HEAD_BYTES = 8192


def read_payments(path: Path, problems: Problems) -> Iterator[Payment | Bad]:
    """
    This will yield the payments of a file in its order, and what could not be read in its place.

    :raises TableUnreadable: if the whole file cannot be read
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise TableUnreadable(f"{path}: {error.strerror}.") from error
    found = detect(head, path.name)
    if found in BANK_FORMATS:
        # Readers of banks' formats take longer to load than a small ledger to match.
        from concilia.interfaces.cli.bank_payments import read_bank_file

        yield from read_bank_file(path, str(found), problems)
    else:
        yield from _read_csv(path, problems)


def _read_csv(path: Path, problems: Problems) -> Iterator[Payment | Bad]:
    seen: set[str] = set()
    for chunk in Table(path, PAYMENT_COLUMNS, PAYMENT_COLUMNS[5:]).chunks():
        for row, line in chunk.numbered():
            try:
                payment = _payment(row, seen)
            except CellUnreadable as error:
                problems.add(path, line, f"this payment was not matched: {error}.")
                yield Bad(row[0].strip() or None, f"line {line}: {error}")
                continue
            seen.add(payment.payment_id)
            yield payment


def _payment(row: Sequence[str], seen: set[str]) -> Payment:
    require_cells(row, PAYMENT_COLUMNS)
    payment_id = cell_text(row[0], "payment_id")
    if payment_id in seen:
        raise CellUnreadable(f"payment_id {payment_id[:40]} is already on another line")
    currency = cell_currency(row[3])
    booked_on = cell_date(row[1], "booking_date")
    return Payment(
        payment_id=payment_id,
        booked_on=booked_on,
        valued_on=cell_date(row[2], "value_date") if row[2].strip() else booked_on,
        currency=currency,
        amount_minor=cell_amount(row[4], currency, "amount"),
        payer_name=row[5].strip(),
        payer_iban=row[6].strip(),
        text=row[7],
        structured_reference=row[8].strip(),
        end_to_end_id=row[9].strip(),
    )

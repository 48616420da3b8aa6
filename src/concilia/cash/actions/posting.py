"""A match becomes money: items close, differences are booked, deductions are born."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count

from concilia.cash.events import DeductionOpened
from concilia.cash.models import Allocation, Match
from concilia.foundation import events
from concilia.kernel.money import Money
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import EntryRefused
from concilia.ledger.core.resolutions.items import Item
from concilia.ledger.core.resolutions.payments import (
    Application,
    Cash,
    Difference,
    bank_charge,
    earned_discount,
    exchange_difference,
    payment_applied,
    small_difference,
    split_vat,
    withheld,
)
from concilia.ledger.core.vat import VatRoom, VatShare, split_over_invoice
from concilia.receivables.models import InvoiceLine, ItemKind, OpenItem

ROLE_OF_KIND = {
    ItemKind.DEDUCTION: AccountRole.AR_DEDUCTION,
    ItemKind.ON_ACCOUNT: AccountRole.UNAPPLIED_CASH,
}


class PostingRefused(ValueError):
    """A match cannot be posted as it stands; the message says why."""


@dataclass(frozen=True, slots=True)
class _Books:
    """What posting some matches needs, read in a few queries."""

    items: Mapping[int, OpenItem]
    rooms: Mapping[int, tuple[VatRoom, ...]]
    deductions_before: Mapping[int, int]


def post_matches(*, matches: Sequence[Match], at: datetime) -> None:
    """
    Post matches inside the caller's transaction: one ledger entry each, Dr SUSPENSE.

    Items are locked in order, so that two postings wait for each other and never deadlock. What is
    missing opens a deduction (domain.md §6.5 point 6); what is too much stands on account.

    :raises PostingRefused: if an item is not open enough any more
    """
    assert connection.in_atomic_block, "a match is posted in the transaction of its act"
    allocations = _allocations(matches)
    books = _read_books([one for rows in allocations.values() for one in rows])
    bookings = []
    for match in matches:
        rows = allocations.get(match.pk, [])
        _open_deductions(match, rows, books)
        on_account = _open_on_account(match)
        bookings.append(_booking(match, rows, books, on_account))
    for match, entry in zip(
        matches,
        book_entries(entity_id=matches[0].entity_id, bookings=bookings, at=at) if matches else [],
        strict=True,
    ):
        match.entry = entry
        match.state = Match.State.POSTED
        match.posted_at = at
        for row in allocations.get(match.pk, []):
            if row.deduction_item_id:
                events.record(
                    DeductionOpened(
                        row.deduction_item_id,
                        match.bank_entry_id,
                        row.deduction_reason,
                        row.deduction_text,
                    )
                )
    Match.objects.bulk_update(
        matches, ["entry", "state", "posted_at", "on_account_item"], batch_size=1000
    )


def _allocations(matches: Sequence[Match]) -> dict[int, list[Allocation]]:
    grouped: dict[int, list[Allocation]] = {}
    for row in Allocation.objects.filter(match__in=matches).order_by("pk"):
        grouped.setdefault(row.match_id, []).append(row)
    return grouped


def _read_books(rows: Sequence[Allocation]) -> _Books:
    keys = sorted({row.item_id for row in rows})
    items = {
        item.pk: item
        for item in OpenItem.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    discounted = [items[row.item_id].invoice_id for row in rows if row.discount_minor]
    taxed = [items[row.item_id].invoice_id for row in rows if row.writeoff_reason == "FI-07"]
    before = dict(
        OpenItem.objects.filter(origin_item__in=keys, kind=ItemKind.DEDUCTION)
        .values_list("origin_item")
        .annotate(n=Count("pk"))
    )
    return _Books(items, _rooms([pk for pk in [*discounted, *taxed] if pk]), before)


def _rooms(invoices: Sequence[int]) -> dict[int, tuple[VatRoom, ...]]:
    sums: dict[int, dict[int, list[int]]] = {}
    for line in InvoiceLine.objects.filter(invoice__in=invoices):
        rate = sums.setdefault(line.invoice_id, {}).setdefault(line.vat_bp, [0, 0])
        rate[0] += line.net_minor + line.vat_minor
        rate[1] += line.vat_minor
    return {
        invoice: tuple(
            VatRoom(vat_bp=bp, gross_minor=gross, vat_minor=vat)
            for bp, (gross, vat) in sorted(rates.items(), reverse=True)
            if gross > 0
        )
        for invoice, rates in sums.items()
    }


def _open_deductions(match: Match, rows: Sequence[Allocation], books: _Books) -> None:
    for row in rows:
        if not row.deduction_minor or row.deduction_item_id:
            continue
        origin = books.items[row.item_id]
        count = books.deductions_before.get(origin.pk, 0) + 1
        number = f"{origin.document_number}-D{count}"
        row.deduction_item = OpenItem.objects.create(
            entity_id=match.entity_id,
            customer_id=origin.customer_id,
            kind=ItemKind.DEDUCTION,
            document_number=number,
            number_key=number,
            invoice_id=origin.invoice_id,
            origin_item=origin,
            order_number=origin.order_number,
            delivery_number=origin.delivery_number,
            issue_date=match.bank_entry.value_date,
            due_date=origin.due_date,
            currency=origin.currency,
            original_minor=row.deduction_minor,
        )
        row.save(update_fields=["deduction_item"])


def _open_on_account(match: Match) -> Item | None:
    if not match.on_account_minor:
        return None
    if match.customer_id is None:
        raise PostingRefused("Say on whose account the rest of the payment goes.")
    number = f"ACC-{match.bank_entry_id}-{match.version}"
    match.on_account_item = OpenItem.objects.create(
        entity_id=match.entity_id,
        customer_id=match.customer_id,
        kind=ItemKind.ON_ACCOUNT,
        document_number=number,
        number_key=number,
        issue_date=match.bank_entry.value_date,
        due_date=match.bank_entry.value_date,
        currency=match.currency,
        original_minor=-match.on_account_minor,
    )
    return Item(
        item_id=match.on_account_item.pk,
        customer_id=match.customer_id,
        currency=match.currency,
        role=AccountRole.UNAPPLIED_CASH,
    )


def _booking(
    match: Match, rows: Sequence[Allocation], books: _Books, on_account: Item | None
) -> Booking:
    try:
        entry = payment_applied(
            cash=Cash(
                amount_minor=match.bank_entry.amount_minor,
                currency=match.currency,
                role=AccountRole.SUSPENSE,
            ),
            applications=[_application(row, books) for row in rows],
            on_account=on_account,
        )
    except EntryRefused as refusal:
        raise PostingRefused(
            f"This payment cannot be posted any more, an item has changed: {refusal}"
        ) from refusal
    return Booking(
        key=f"match:{match.pk}",
        entry=entry,
        posting_date=match.bank_entry.value_date,
        text=f"{match.rule} {match.bank_entry.payer_name}".strip(),
    )


def _application(row: Allocation, books: _Books) -> Application:
    item = books.items[row.item_id]
    deduction = None
    if row.deduction_item_id:
        deduction = Item(
            item_id=row.deduction_item_id,
            customer_id=item.customer_id,
            currency=item.currency,
            role=AccountRole.AR_DEDUCTION,
        )
    return Application(
        item=Item(
            item_id=item.pk,
            customer_id=item.customer_id,
            currency=item.currency,
            open_minor=item.open_minor,
            role=ROLE_OF_KIND.get(ItemKind(item.kind), AccountRole.AR),
        ),
        applied_minor=row.applied_minor,
        differences=_differences(row, item, books),
        deduction=deduction,
        deducted_minor=row.deduction_minor,
    )


def _differences(row: Allocation, item: OpenItem, books: _Books) -> tuple[Difference, ...]:
    found: tuple[Difference, ...] = ()
    rooms = books.rooms.get(item.invoice_id or 0, ())
    if row.discount_minor:
        found += earned_discount(_shares(row.discount_minor, row.currency, rooms))
    if row.writeoff_minor:
        found += _writeoff(row, rooms)
    return found


def _writeoff(row: Allocation, rooms: Sequence[VatRoom]) -> tuple[Difference, ...]:
    amount, reason = row.writeoff_minor, row.writeoff_reason
    if reason == "FI-07" and sum(room.vat_minor for room in rooms) == amount:
        shares = [
            VatShare(vat_bp=room.vat_bp, net_minor=0, vat_minor=room.vat_minor) for room in rooms
        ]
        return split_vat(shares)
    builders = {"FI-03": bank_charge, "FI-04": exchange_difference, "FI-06": withheld}
    return builders.get(reason, small_difference)(amount)


def _shares(amount: int, currency: str, rooms: Sequence[VatRoom]) -> tuple[VatShare, ...]:
    if not rooms or amount > sum(room.gross_minor for room in rooms):
        return (VatShare(vat_bp=0, net_minor=amount, vat_minor=0),)
    return split_over_invoice(Money(amount, currency), rooms)

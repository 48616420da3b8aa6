"""A match becomes money: items close, differences are booked, deductions are born."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Count
from django.utils.translation import gettext_noop as _

from concilia.cash.events import DeductionMoved, DeductionsOpened, PaymentsPosted
from concilia.cash.models import Allocation, Match
from concilia.foundation import events
from concilia.foundation.events import Event
from concilia.foundation.refusals import Refused
from concilia.foundation.rows import insert_rows, update_rows
from concilia.kernel.money import Money
from concilia.kernel.references import normalise_reference
from concilia.ledger.actions import Booking, append_entries
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
WRITEOFFS = {
    "FI-03": bank_charge,
    "FI-04": exchange_difference,
    "FI-05": small_difference,
    "FI-06": withheld,
}


class PostingRefused(Refused):
    """A payment cannot be posted or taken back as asked; the message says why."""


class ItemsChanged(PostingRefused):
    """An item was settled by somebody else meanwhile: ask again with what is open now."""


@dataclass(frozen=True, slots=True)
class _Books:
    """What posting some matches needs, read in a few queries; `items` follow what is posted."""

    items: Mapping[int, OpenItem]
    rooms: Mapping[int, tuple[VatRoom, ...]]
    deductions_before: dict[int, int]


def post_matches(
    *,
    matches: Sequence[Match],
    at: datetime,
    moved: Mapping[int, int] | None = None,
    drafts: Mapping[int, Sequence[Allocation]] | None = None,
) -> None:
    """
    Post matches of one entity inside the caller's transaction: one ledger entry each, Dr SUSPENSE.

    Items are locked in order, so that two postings wait for each other and never deadlock. What is
    missing opens a deduction (domain.md §6.5 point 6); what is too much stands on account. The
    number of statements does not depend on the number of matches.

    :param moved: earlier deductions by the items they were kept from: their claims go over to the
        deductions that open now
    :param drafts: what matches that are not written yet do, by their keys; the caller then writes
        both, in this transaction
    :raises ItemsChanged: if an item is not open enough any more
    :raises PostingRefused: if the match itself cannot be booked
    """
    assert connection.in_atomic_block, "a match is posted in the transaction of its act"
    if not matches:
        return
    allocations = _allocations(matches) if drafts is None else drafts
    books = _read_books([one for rows in allocations.values() for one in rows])
    born = _open_deductions(matches, allocations, books)
    _open_on_account(matches)
    bookings = [_booking(match, allocations.get(match.pk, []), books) for match in matches]
    try:
        with transaction.atomic():
            entries = append_entries(entity_id=matches[0].entity_id, bookings=bookings, at=at)
    except IntegrityError as refusal:
        raise ItemsChanged(_("An item has changed meanwhile: look again.")) from refusal
    for match, entry in zip(matches, entries, strict=True):
        match.entry_id, match.state, match.posted_at = entry, Match.State.POSTED, at
    if drafts is None:
        update_rows(born, ["deduction_item"])
        update_rows(matches, ["entry", "state", "posted_at", "on_account_item"])
    _tell(matches, allocations, moved or {})


def _tell(
    matches: Sequence[Match],
    allocations: Mapping[int, Sequence[Allocation]],
    moved: Mapping[int, int],
) -> None:
    told: list[Event] = [PaymentsPosted(tuple(match.pk for match in matches))]
    opened: list[int] = []
    for match in matches:
        for row in allocations.get(match.pk, []):
            if row.deduction_item_id is None:
                continue
            before = moved.get(row.item_id)
            if before is None:
                opened.append(row.deduction_item_id)
            else:
                told.append(_moved(match, row, row.deduction_item_id, before))
    if opened:
        told.append(DeductionsOpened(tuple(opened)))
    events.record(*told)


def _moved(match: Match, row: Allocation, item_id: int, before: int) -> DeductionMoved:
    told = (match.bank_entry_id, row.deduction_reason, row.deduction_text)
    return DeductionMoved(item_id, *told, before)


def _allocations(matches: Sequence[Match]) -> dict[int, list[Allocation]]:
    grouped: dict[int, list[Allocation]] = {}
    for row in Allocation.objects.filter(match__in=matches).order_by("pk"):
        grouped.setdefault(row.match_id, []).append(row)
    return grouped


def _read_books(rows: Sequence[Allocation]) -> _Books:
    keys = sorted({row.item_id for row in rows})
    items = {
        item.pk: item
        for item in OpenItem.objects.select_for_update(no_key=True)
        .filter(pk__any_of=keys)
        .order_by("pk")
    }
    discounted = [items[row.item_id].invoice_id for row in rows if row.discount_minor]
    taxed = [items[row.item_id].invoice_id for row in rows if row.writeoff_reason == "FI-07"]
    before = dict(
        OpenItem.objects.filter(origin_item__any_of=keys, kind=ItemKind.DEDUCTION)
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


def _open_deductions(
    matches: Sequence[Match], allocations: Mapping[int, Sequence[Allocation]], books: _Books
) -> list[Allocation]:
    """Open what was kept back as items; returns the allocations that name them now."""
    rows = [
        (match, row)
        for match in matches
        for row in allocations.get(match.pk, [])
        if row.deduction_minor and not row.deduction_item_id
    ]
    born = insert_rows([_deduction(match, row, books) for match, row in rows])
    for (_match, row), item in zip(rows, born, strict=True):
        row.deduction_item_id = item.pk
    return [row for _match, row in rows]


def _deduction(match: Match, row: Allocation, books: _Books) -> OpenItem:
    origin = books.items[row.item_id]
    count = books.deductions_before.get(origin.pk, 0) + 1
    books.deductions_before[origin.pk] = count
    number = f"{origin.document_number[:50]}-D{count}"
    return OpenItem(
        entity_id=match.entity_id,
        customer_id=origin.customer_id,
        kind=ItemKind.DEDUCTION,
        document_number=number,
        number_key=normalise_reference(number),
        invoice_id=origin.invoice_id,
        origin_item=origin,
        order_number=origin.order_number,
        delivery_number=origin.delivery_number,
        issue_date=match.bank_entry.value_date,
        due_date=origin.due_date,
        currency=origin.currency,
        original_minor=row.deduction_minor,
    )


def _open_on_account(matches: Sequence[Match]) -> None:
    resting = [match for match in matches if match.on_account_minor]
    if any(match.customer_id is None for match in resting):
        raise PostingRefused(_("Say on whose account the rest of the payment goes."))
    born = insert_rows([_account_item(match) for match in resting])
    for match, item in zip(resting, born, strict=True):
        match.on_account_item = item


def _account_item(match: Match) -> OpenItem:
    assert match.customer_id is not None, "money on account is somebody's"
    number = f"ACC-{match.bank_entry_id}-{match.version}"
    day = match.bank_entry.value_date
    return OpenItem(
        entity_id=match.entity_id,
        customer_id=match.customer_id,
        kind=ItemKind.ON_ACCOUNT,
        document_number=number,
        number_key=normalise_reference(number),
        issue_date=day,
        due_date=day,
        currency=match.currency,
        original_minor=-match.on_account_minor,
    )


def _booking(match: Match, rows: Sequence[Allocation], books: _Books) -> Booking:
    applications = [_application(row, books) for row in rows]
    try:
        entry = payment_applied(
            cash=Cash(
                amount_minor=match.bank_entry.amount_minor,
                currency=match.currency,
                role=AccountRole.SUSPENSE,
            ),
            applications=applications,
            on_account=_resting(match),
        )
    except EntryRefused as refusal:
        raise ItemsChanged(_("An item has changed meanwhile: look again.")) from refusal
    for application in applications:
        # Another match of this call may settle the rest of the same item.
        books.items[application.item.item_id].open_minor -= application.closed_minor
    return Booking(
        key=f"match:{match.pk}",
        entry=entry,
        posting_date=match.bank_entry.value_date,
        text=f"{match.rule} {match.bank_entry.payer_name}".strip(),
    )


def _resting(match: Match) -> Item | None:
    if match.on_account_item is None:
        return None
    return Item(
        item_id=match.on_account_item.pk,
        customer_id=match.customer_id,
        currency=match.currency,
        role=AccountRole.UNAPPLIED_CASH,
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
    if reason == "FI-07":
        if sum(room.vat_minor for room in rooms) != amount:
            raise PostingRefused(_("This is not the VAT of the invoice."))
        shares = [
            VatShare(vat_bp=room.vat_bp, net_minor=0, vat_minor=room.vat_minor) for room in rooms
        ]
        return split_vat(shares)
    return WRITEOFFS.get(reason, small_difference)(amount)


def _shares(amount: int, currency: str, rooms: Sequence[VatRoom]) -> tuple[VatShare, ...]:
    if not rooms or amount > sum(room.gross_minor for room in rooms):
        return (VatShare(vat_bp=0, net_minor=amount, vat_minor=0),)
    return split_over_invoice(Money(amount, currency), rooms)

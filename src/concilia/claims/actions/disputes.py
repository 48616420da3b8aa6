"""What a claim keeps out of collection (domain.md §3.9, INV-07): parts of the acts that need it."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from concilia.claims.models import Claim, DisputedItem
from concilia.receivables.models import ItemKind, OpenItem


def flag_dispute(*, claim: Claim) -> None:
    """
    Keep what a claim contests of open items out of collection, inside the caller's transaction.

    At most what is claimed, and at most what is open and not disputed by others. Money the
    customer holds as a deduction is not collected anyway.
    """
    assert connection.in_atomic_block, "a dispute is flagged with the claim that disputes"
    left = claim.undecided_minor - _held(claim)
    for item in _contested_items(claim):
        disputed = min(left, item.open_minor - item.disputed_minor)
        if disputed <= 0:
            continue
        row, is_new = DisputedItem.objects.get_or_create(
            claim=claim,
            item=item,
            defaults={"currency": claim.currency, "disputed_minor": disputed},
        )
        if not is_new:
            if row.released_at is None:
                continue
            row.released_at, row.disputed_minor = None, disputed
            row.save(update_fields=["released_at", "disputed_minor"])
        item.disputed_minor += disputed
        item.save(update_fields=["disputed_minor"])
        left -= disputed


def release_disputes(*, claim: Claim, at: datetime) -> None:
    """Let collection go on with what a claim disputed, inside the caller's transaction."""
    assert connection.in_atomic_block, "a dispute ends with the act that ends it"
    live = DisputedItem.objects.filter(claim=claim, released_at=None)
    for disputed in live.order_by("item_id"):
        item = OpenItem.objects.select_for_update(no_key=True).get(pk=disputed.item_id)
        item.disputed_minor = max(0, item.disputed_minor - disputed.disputed_minor)
        item.save(update_fields=["disputed_minor"])
    live.update(released_at=at)


def _held(claim: Claim) -> int:
    rows = claim.deductions.select_related("item")
    return sum(row.item.open_minor for row in rows)


def _contested_items(claim: Claim) -> QuerySet[OpenItem]:
    """The open items of the invoices a claim speaks of, and what its deductions became again."""
    lines = claim.lines.values_list("invoice_id", flat=True)
    invoices = {key for key in (*lines, claim.invoice_id) if key}
    links = claim.deductions.select_related("item")
    born = {link.item_id for link in links}
    origins = {link.item.origin_item_id for link in links if link.item.origin_item_id}
    rows = OpenItem.objects.select_for_update(of=("self",), no_key=True).filter(
        entity_id=claim.entity_id, currency=claim.currency, open_minor__gt=0
    )
    of_invoices = rows.filter(invoice__in=invoices).exclude(kind=ItemKind.DEDUCTION)
    became = rows.filter(pk__in=origins) | rows.filter(
        origin_item__in=born, kind=ItemKind.DEBIT_NOTE
    )
    return (of_invoices | became).order_by("pk")

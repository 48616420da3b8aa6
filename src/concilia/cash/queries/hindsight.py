"""What a posted payment could settle if it were not posted."""

from __future__ import annotations

from dataclasses import replace

from concilia.cash.models import Allocation, Match
from concilia.cash.queries.candidates import (
    ITEM,
    Candidates,
    candidates_for,
    records_of_items,
)
from concilia.identity.models import Entity
from concilia.receivables.models import OpenItem


def candidates_before(*, entity: Entity, match: Match) -> Candidates:
    """
    Read what a posted payment could settle if its posting were taken back.

    What it settled is open again by as much, and what it left on account is not there.
    """
    rows = list(Allocation.objects.filter(match=match).select_related("item"))
    given = {
        f"{ITEM}{row.item_id}": row.applied_minor
        + row.discount_minor
        + row.writeoff_minor
        + row.deduction_minor
        for row in rows
    }
    asked = candidates_for(
        entity=entity,
        entries=[match.bank_entry],
        customers={row.item.customer_id for row in rows} | {match.customer_id or 0},
    )
    there = {item.item_id for item in asked.items}
    closed = [row.item_id for row in rows if f"{ITEM}{row.item_id}" not in there]
    items = [*asked.items, *records_of_items(OpenItem.objects.filter(pk__in=closed))]
    on_account = f"{ITEM}{match.on_account_item_id}"
    return replace(
        asked,
        items=[
            item._replace(open_minor=item.open_minor + given.get(item.item_id, 0))
            for item in items
            if item.item_id != on_account
        ],
    )

"""What payments could have settled: before one was posted, and at some moment of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from concilia.cash.models import Allocation, Match, Remittance
from concilia.cash.queries.advices import keys_of
from concilia.cash.queries.candidates import (
    Candidates,
    Payer,
    candidates_for,
    keys_in,
)
from concilia.cash.queries.item_columns import ITEM, columns_from, columns_of_items
from concilia.identity.models import Entity
from concilia.matching.book import OpenItems
from concilia.receivables.models import BankEntry, OpenItem


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
    there = set(asked.items.item_id)
    closed = [row.item_id for row in rows if f"{ITEM}{row.item_id}" not in there]
    more = columns_of_items(OpenItem.objects.filter(pk__in=closed))
    items = [*asked.items.rows(), *more.rows()]
    on_account = f"{ITEM}{match.on_account_item_id}"
    return replace(
        asked,
        items=OpenItems.of(
            item._replace(open_minor=item.open_minor + given.get(item.item_id, 0))
            for item in items
            if item.item_id != on_account
        ),
    )


PAST_ITEMS: Final = """
SELECT i.id, i.customer_id, i.kind, i.document_number, i.order_number, i.delivery_number,
       i.issue_date, i.due_date, i.currency, i.original_minor, l.open_minor, i.disputed_minor,
       i.discount_bp, i.discount_until_date, i.structured_reference, i.invoice_id
  FROM receivables_openitem i
 CROSS JOIN LATERAL (
       SELECT sum(l.debit_minor - l.credit_minor)::bigint AS open_minor
         FROM ledger_journalline l JOIN ledger_journalentry e ON e.id = l.entry_id
        WHERE l.item_id = i.id AND (e.booked_at < %(at)s
           OR e.booked_at = %(at)s AND e.kind NOT IN ('PAYMENT_APPLIED', 'REVERSAL'))) l
 WHERE i.entity_id = %(entity)s AND i.customer_id = ANY(%(customers)s)
   AND i.currency = ANY(%(currencies)s) AND i.kind <> 'deduction' AND l.open_minor <> 0
"""


def candidates_at(*, entity: Entity, entries: Sequence[BankEntry], at: datetime) -> Candidates:
    """
    Read what payments could settle at a moment of the past, in a constant number of queries.

    What was open then is the sum of what the ledger had booked before, to the cent; of that moment
    itself all but payments. Remittances
    that came later are left out. Whose an account or a name is, what is disputed and the terms of
    payment are as they are now: nothing keeps what they were.
    """
    keys = {key for entry in entries for key in keys_in(entry)}
    named = OpenItem.objects.filter(entity=entity, number_key__in=keys)
    asked = candidates_for(
        entity=entity,
        entries=entries,
        customers=set(named.values_list("customer", flat=True)),
        items_of=partial(_past_items, entity, at),
    )
    said = {key for one in asked.remittances for key in keys_of(one.remittance_id)}
    late = set(
        Remittance.objects.filter(pk__in=said, received_at__gte=at).values_list("pk", flat=True)
    )
    known = [one for one in asked.remittances if not late & set(keys_of(one.remittance_id))]
    return replace(asked, remittances=known)


def _past_items(
    entity: Entity, at: datetime, customers: Sequence[Payer], currencies: set[str]
) -> OpenItems:
    asked: dict[str, datetime | int | list[int] | list[str]] = {
        "at": at,
        "entity": entity.pk,
        "customers": [row.pk for row in customers],
        "currencies": sorted(currencies),
    }
    return columns_from(PAST_ITEMS, asked)

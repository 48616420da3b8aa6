"""The facts of a real customer, for a preview: their items, the rest made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from concilia.customers.models import Contact, Customer
from concilia.dunning.core.texts import Facts, Item
from concilia.dunning.core.texts.samples import sample_facts
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.identity.models import Entity
from concilia.receivables.models import OpenItem

ITEMS_MAX: Final = 500


def preview_facts(*, entity: Entity, customer: Customer | None, sender: str, today: date) -> Facts:
    """
    What a message to this customer would be made of today; made up where they owe nothing.

    Links, days and what no row holds are made up: a preview shows words, it is not sent.
    """
    made_up = sample_facts(
        creditor=entity.legal_name or entity.name,
        sender=sender,
        country=customer.country if customer else entity.country,
        currency=customer.currency if customer else entity.currency,
        today=today,
    )
    if entity.email:
        made_up = replace(made_up, reply_to=entity.email)
    if customer is None:
        return made_up
    contact = Contact.objects.filter(customer=customer).exclude(name="").order_by("pk").first()
    items = _items(entity, customer, today)
    return replace(
        made_up,
        customer=customer.legal_name or customer.name,
        contact=contact.name if contact else "",
        is_consumer=not customer.vat_number,
        items=items or made_up.items,
    )


def _items(entity: Entity, customer: Customer, today: date) -> tuple[Item, ...]:
    found = [
        row
        for row in dunnable_items(entity=entity, customers=[customer.pk], today=today)
        if row.dunnable or row.disputed
    ][:ITEMS_MAX]
    issued = dict(
        OpenItem.objects.filter(pk__in=[row.id for row in found]).values_list("pk", "issue_date")
    )
    return tuple(
        Item(
            number=row.document_number,
            currency=row.currency,
            issued=issued.get(row.id),
            due=row.due_date,
            days_late=max((today - row.due_date).days, 0),
            open=row.open,
            asked=row.dunnable,
            disputed=row.disputed,
        )
        for row in found
    )

"""Letters of collections that wait for the printer."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from tests.world.builders import NOON, TODAY
from tests.world.dunning_texts import facts

from concilia.customers.models import Customer
from concilia.dunning.actions import NewLetter, queue_letter
from concilia.dunning.core.texts import Key, Way, compose
from concilia.dunning.models import Letter
from concilia.identity.models import Membership

ADDRESS = "Forno Rossi\nVia Garibaldi 1\n20121 Milano"


def a_letter(
    customer: Customer,
    by: Membership,
    *,
    key: Key = Key.FORMAL_NOTICE,
    address: str = ADDRESS,
    name: str = "run-1",
    is_registered: bool = True,
    **known: Any,
) -> Letter:
    """A letter to a customer, as a run would write it."""
    told = facts(customer=customer.name, **known)
    new = NewLetter(
        key=f"{name}.{customer.pk}",
        customer_id=customer.pk,
        composed=compose(key, Way.LETTER, customer.language, told),
        facts=told,
        address=address,
        country=customer.country,
        is_registered=is_registered,
    )
    with transaction.atomic():
        return queue_letter(new=new, entity=customer.entity, by=by, at=NOON, written=TODAY)

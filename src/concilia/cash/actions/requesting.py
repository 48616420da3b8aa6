"""Asking for money under a reference of ours, so that what comes reconciles itself."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.translation import gettext_noop as _

from concilia.cash.models import PaymentRequest, RequestedItem
from concilia.customers.models import Customer
from concilia.foundation.refusals import Refused
from concilia.kernel.references import make_rf
from concilia.receivables.models import OpenItem

# No vowels and no twins: nothing reads as a word, and nothing is mistyped for another.
SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH: Final = 12
LOOKED_AT: Final = 20


class RequestRefused(Refused):
    """Money cannot be asked for so; the message says why."""


@dataclass(frozen=True, slots=True)
class PlanRowAsked:
    """A row of a plan that is asked for: the plan's number, and the row's interest."""

    plan_number: int | None = None
    interest_minor: int = 0


def keep_request(
    *,
    customer: Customer,
    currency: str,
    parts: Mapping[int, int],
    at: datetime,
    least_minor: int | None = None,
    row: PlanRowAsked | None = None,
) -> PaymentRequest:
    """
    Ask for these parts of items under one reference, inside the caller's transaction.

    Who asks for the same again gets the same reference: it may stand in a bank's app already.

    :param parts: minor units by the key of the item
    :param least_minor: the least that is welcome; None for all of it
    :param row: the plan a row of which it is, and the interest of that row besides the parts
    :raises RequestRefused: for nothing, for more than is open, or for items of others
    """
    assert connection.in_atomic_block, "a request is kept with the act it belongs to"
    wanted = {key: minor for key, minor in parts.items() if minor}
    row = row or PlanRowAsked()
    amount = sum(wanted.values()) + row.interest_minor
    if not amount or any(minor < 0 for minor in [*wanted.values(), row.interest_minor]):
        raise RequestRefused(_("There is nothing to pay here."))
    items = OpenItem.objects.filter(
        pk__in=wanted, customer=customer, entity=customer.entity_id, currency=currency
    )
    open_now = dict(items.values_list("pk", "open_minor"))
    if any(minor > open_now.get(key, 0) for key, minor in wanted.items()):
        raise RequestRefused(_("This has changed meanwhile: please look at the page again."))
    least = amount if least_minor is None else max(1, min(least_minor, amount))
    known = _same(customer, wanted, least, row)
    if known is not None:
        return known
    body = "".join(secrets.choice(SIGNS) for _place in range(LENGTH))
    request = PaymentRequest.objects.create(
        entity_id=customer.entity_id,
        customer=customer,
        reference=make_rf(body),
        currency=currency,
        amount_minor=amount,
        least_minor=least,
        interest_minor=row.interest_minor,
        plan_number=row.plan_number,
        made_at=at,
    )
    RequestedItem.objects.bulk_create(
        RequestedItem(request=request, item_id=key, amount_minor=minor)
        for key, minor in sorted(wanted.items())
    )
    return request


def _same(
    customer: Customer, wanted: Mapping[int, int], least: int, row: PlanRowAsked
) -> PaymentRequest | None:
    rows = PaymentRequest.objects.filter(
        customer=customer,
        amount_minor=sum(wanted.values()) + row.interest_minor,
        least_minor=least,
        interest_minor=row.interest_minor,
        plan_number=row.plan_number,
    ).prefetch_related("items")
    for known in rows.order_by("-pk")[:LOOKED_AT]:
        if {one.item_id: one.amount_minor for one in known.items.all()} == dict(wanted):
            return known
    return None

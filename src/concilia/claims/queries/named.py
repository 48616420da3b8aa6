"""Claims by what a person may have typed to find one again: numbers, names, an amount."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet

from concilia.claims.models import Claim
from concilia.customers.models import Customer
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Invoice

REFERENCE_LENGTH_MIN: Final = 3
FEW: Final = 500
CUSTOMERS_MAX: Final = 2_000


def named_among_open(*, entity_id: int, typed: str, minor: int | None) -> Q:
    """
    Open claims whose number, reference, customer or invoice contains some words, or of an amount.

    Open ones are few: each is looked at.

    :param minor: the amount in minor units, if the words are one
    """
    words, key = typed.strip(), normalise_reference(typed.strip())
    named = Q(customer__in=_customers(entity_id, words).values("pk"))
    invoice = Q(invoice__number_key__contains=key) if _is_long(key) else Q()
    return _any(_contains(words), named, invoice, Q(claimed_minor=minor) if minor else Q())


def named_among_all(*, entity_id: int, typed: str, minor: int | None) -> Q:
    """
    The same among all claims, however many: what few have is told by the indexes of words, so that
    nothing else is looked at. Of an invoice only the whole number finds them.
    """
    words, key = typed.strip(), normalise_reference(typed.strip())
    claims = Claim.objects.filter(entity=entity_id)
    by_number = claims.filter(case__number__icontains=words).values_list("pk", flat=True)
    by_reference = claims.filter(their_reference__icontains=words).values_list("pk", flat=True)
    few = list(by_number[: FEW + 1].union(by_reference[: FEW + 1], all=True))
    customers = _customers(entity_id, words).values_list("pk", flat=True)
    named = list(customers[: CUSTOMERS_MAX + 1])
    invoices = Invoice.objects.filter(entity=entity_id, number_key=key).values_list("pk", flat=True)
    return _any(
        Q(pk__in=few) if len(few) <= FEW else _contains(words),
        Q(customer__in=named if len(named) <= CUSTOMERS_MAX else customers.values("pk")),
        Q(invoice__in=list(invoices)) if _is_long(key) else Q(),
        Q(claimed_minor=minor) if minor else Q(),
    )


def _contains(words: str) -> Q:
    return Q(case__number__icontains=words) | Q(their_reference__icontains=words)


def _customers(entity_id: int, words: str) -> QuerySet[Customer]:
    return Customer.objects.filter(entity=entity_id, name__icontains=words)


def _is_long(key: str) -> bool:
    return len(key) >= REFERENCE_LENGTH_MIN


def _any(*asked: Q) -> Q:
    """One of those that ask something."""
    return reduce(or_, (each for each in asked if each))

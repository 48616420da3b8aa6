"""Customers as a list: what each owes, what is late, what they contest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from concilia.cases.models import Case
from concilia.claims.models import Claim
from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.receivables.models import OpenItem
from concilia.reporting.models import CustomerFigures, FiguresTaken
from concilia.reporting.queries.day_figures import LIVE_MS_MAX

SHOWS: Final = ("", "overdue", "contested", "limit")
ORDERS: Final[Mapping[str, str]] = {
    "name": "name",
    "number": "number",
    "-open": "open_minor",
    "-overdue": "overdue_minor",
    "-contested": "contested_minor",
}
OWED: Final = """
SELECT customer_id, currency, count(*) AS items, sum(open_minor) AS open_minor,
       coalesce(sum(open_minor) FILTER (WHERE due_date < %(today)s), 0) AS overdue_minor
  FROM receivables_openitem
 WHERE entity_id = %(entity)s AND customer_id = ANY(%(customers)s) AND open_minor <> 0
 GROUP BY 1, 2
"""
CONTESTED: Final = """
SELECT c.customer_id, l.currency, count(*) AS claims, sum(l.claimed_minor) AS contested_minor
  FROM cases_case c JOIN claims_claim l ON l.case_id = c.id
 WHERE c.entity_id = %(entity)s AND c.customer_id = ANY(%(customers)s) AND c.closed_at IS NULL
 GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    What of the customers is asked for. Empty words do not narrow it.

    :param show: `overdue`, `contested`, `limit` (owes more than the credit limit), or all
    :param order: one of `ORDERS`
    """

    text: str = ""
    countries: tuple[str, ...] = ()
    show: str = ""
    managed_by: int | None = None
    order: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a customer owes and contests in one currency, in minor units."""

    currency: str
    items: int = 0
    open_minor: int = 0
    overdue_minor: int = 0
    claims: int = 0
    contested_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRow:
    """A customer and what they owe, their own currency first."""

    customer: Customer
    owed: Sequence[Owed]


def customers_of(*, entity: Entity, wanted: Wanted, today: date) -> QuerySet[Customer]:
    """
    Customers as asked for, not read yet.

    By amount they are ordered in their own currency; a large company's by what was last added up.
    """
    rows = Customer.objects.filter(entity=entity).select_related("account_manager__user")
    rows = _narrowed(rows, entity, wanted, today)
    column = ORDERS.get(wanted.order, "name")
    if not wanted.order.startswith("-"):
        return rows.order_by(column, "pk")
    kept = _is_large(entity)
    amount = _kept_amount(column) if kept else _live_amount(column, entity, today)
    return rows.annotate(ordered_by=Coalesce(Subquery(amount), 0)).order_by(
        F("ordered_by").desc(), "name", "pk"
    )


def with_amounts(
    customers: Sequence[Customer], *, entity: Entity, today: date
) -> list[CustomerRow]:
    """These customers with what they owe now: two statements, by the customers' indexes."""
    parameters: dict[str, Any] = {
        "entity": entity.pk,
        "customers": [customer.pk for customer in customers],
        "today": today,
    }
    found: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        for sql in (OWED, CONTESTED):
            cursor.execute(sql, parameters)
            names = [column.name for column in cursor.description or ()][2:]
            for customer_id, currency, *values in cursor.fetchall():
                found[customer_id, currency] |= dict(zip(names, map(int, values), strict=True))
    by_customer: dict[int, list[Owed]] = defaultdict(list)
    for (customer_id, currency), amounts in sorted(found.items()):
        by_customer[customer_id].append(Owed(currency=currency, **amounts))
    return [
        CustomerRow(customer=customer, owed=_own_first(customer, by_customer[customer.pk]))
        for customer in customers
    ]


def countries_of(*, entity_id: int) -> list[str]:
    """The countries customers are in, in order of their codes."""
    rows = Customer.objects.filter(entity_id=entity_id).order_by("country")
    return list(rows.values_list("country", flat=True).distinct())


def find_customers(*, entity_id: int, text: str, most: int) -> list[Customer]:
    """Customers by name or number, for the search: those that begin so before the others."""
    rows = Customer.objects.filter(entity_id=entity_id)
    begins = list(
        rows.filter(Q(number__istartswith=text) | Q(name__istartswith=text)).order_by("name")[:most]
    )
    if len(begins) == most:
        return begins
    known = [customer.pk for customer in begins]
    return begins + list(
        rows.filter(name__icontains=text)
        .exclude(pk__in=known)
        .order_by("name")[: most - len(begins)]
    )


def _own_first(customer: Customer, owed: list[Owed]) -> list[Owed]:
    if not owed:
        return [Owed(currency=customer.currency)]
    return sorted(owed, key=lambda each: (each.currency != customer.currency, each.currency))


def _narrowed(
    rows: QuerySet[Customer], entity: Entity, wanted: Wanted, today: date
) -> QuerySet[Customer]:
    if wanted.text:
        named = Q(name__icontains=wanted.text) | Q(number__istartswith=wanted.text)
        rows = rows.filter(named | Q(vat_number__istartswith=wanted.text))
    if wanted.countries:
        rows = rows.filter(country__in=wanted.countries)
    if wanted.managed_by:
        rows = rows.filter(account_manager=wanted.managed_by)
    owes = OpenItem.objects.filter(entity=entity, customer=OuterRef("pk")).exclude(open_minor=0)
    if wanted.show == "overdue":
        rows = rows.filter(Exists(owes.filter(due_date__lt=today, open_minor__gt=0)))
    if wanted.show == "contested":
        rows = rows.filter(Exists(Case.objects.filter(customer=OuterRef("pk"), closed_at=None)))
    if wanted.show == "limit":
        total = owes.filter(currency=OuterRef("currency")).values("customer")
        sums = total.annotate(total=Sum("open_minor")).values("total")
        rows = rows.exclude(credit_limit_minor=None).filter(credit_limit_minor__lt=Subquery(sums))
    return rows


def _is_large(entity: Entity) -> bool:
    return FiguresTaken.objects.filter(entity=entity, milliseconds__gt=LIVE_MS_MAX).exists()


def _kept_amount(column: str) -> QuerySet[CustomerFigures, int]:
    rows = CustomerFigures.objects.filter(customer=OuterRef("pk"), currency=OuterRef("currency"))
    return rows.values_list(column, flat=True)[:1]


def _live_amount(column: str, entity: Entity, today: date) -> QuerySet[OpenItem] | QuerySet[Claim]:
    if column == "contested_minor":
        claims = Claim.objects.filter(
            entity=entity,
            customer=OuterRef("pk"),
            currency=OuterRef("currency"),
            case__closed_at=None,
        ).order_by()
        return claims.values("customer").annotate(total=Sum("claimed_minor")).values("total")  # type: ignore[return-value]
    items = OpenItem.objects.filter(
        entity=entity, customer=OuterRef("pk"), currency=OuterRef("currency")
    ).exclude(open_minor=0)
    if column == "overdue_minor":
        items = items.filter(due_date__lt=today)
    return items.order_by().values("customer").annotate(total=Sum("open_minor")).values("total")  # type: ignore[return-value]

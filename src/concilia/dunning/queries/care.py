"""Who works on whom, and who is next for one person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, F, Q, QuerySet

from concilia.customers.models import Customer
from concilia.dunning.models import CustomerCare, PhoneCall, Promise
from concilia.dunning.queries.work import Next, next_customers
from concilia.identity.models import Entity, Membership, Role

COLLECTORS: Final = (Role.CLERK, Role.APPROVER, Role.ADMIN)
PAGE: Final = 25
PAGES_MOST: Final = 20
SHOWN: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """What one person goes on with, and what they did today."""

    member: Membership
    customers: int
    resting: int
    calls: int
    promises: int
    names: Sequence[Customer]


def next_best(*, member: Membership, today: date, after: int = 0) -> Next | None:
    """
    The most urgent customer who is nobody else's and not left aside; None if there is none.

    :param after: a customer to go on from: whoever comes after them
    """
    is_passed = after == 0
    for page in range(PAGES_MOST):
        found = next_customers(
            entity=member.entity, today=today, skip=page * PAGE, per_page=PAGE
        ).rows
        others = set(_not_mine(member, [row.customer.pk for row in found], today))
        for row in found:
            if is_passed and row.customer.pk not in others:
                return row
            is_passed = is_passed or row.customer.pk == after
        if len(found) < PAGE:
            break
    return None


def _not_mine(member: Membership, customers: Sequence[int], today: date) -> list[int]:
    rows = CustomerCare.objects.filter(customer__in=customers).filter(
        Q(rests_until_date__gt=today) | (Q(member__is_active=True) & ~Q(member=member))
    )
    return list(rows.values_list("customer", flat=True))


def collectors_of(*, entity: Entity) -> QuerySet[Membership]:
    """Everybody who may collect, by name."""
    rows = Membership.objects.filter(entity=entity, is_active=True, role__in=COLLECTORS)
    return rows.select_related("user").order_by("user__name", "pk")


def team_of(*, entity: Entity, today: date, since: datetime) -> list[Seat]:
    """Everybody who may collect, with whom they go on with: five statements."""
    cares: dict[int, list[CustomerCare]] = {}
    for row in CustomerCare.objects.filter(entity=entity, member__isnull=False).select_related(
        "customer"
    ):
        assert row.member_id is not None
        cares.setdefault(row.member_id, []).append(row)
    calls = dict(
        PhoneCall.objects.filter(entity=entity, started_at__gte=since)
        .exclude(state__in=[PhoneCall.State.UNDONE, PhoneCall.State.WITHHELD])
        .values_list("by")
        .annotate(n=Count("pk"))
    )
    promises = dict(
        Promise.objects.filter(entity=entity, recorded_at__gte=since)
        .values_list(F("recorded_by"))
        .annotate(n=Count("pk"))
    )
    return [
        Seat(
            member=member,
            customers=len(mine := cares.get(member.pk, [])),
            resting=sum(1 for row in mine if row.rests_until_date and row.rests_until_date > today),
            calls=calls.get(member.pk, 0),
            promises=promises.get(member.user_id, 0),
            names=[row.customer for row in mine[:SHOWN]],
        )
        for member in collectors_of(entity=entity)
    ]

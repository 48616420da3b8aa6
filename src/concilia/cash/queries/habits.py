"""How payers were seen to pay: the verdicts of people, added up (decision 51)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.db.models import Count, Q, QuerySet

from concilia.cash.models import HabitVerdict
from concilia.matching.habits import probability_bp
from concilia.matching.records import PayerHabit

AGREED: Final = Count("pk", filter=Q(agreed=True))
OTHERWISE: Final = Count("pk", filter=Q(agreed=False))


def habits_of(payers: Mapping[int, str]) -> list[PayerHabit]:
    """
    The habits of some customers, added up by payer group; one query.

    :param payers: customers by key, and the payer group or customer they pay as
    """
    rows = (
        HabitVerdict.objects.filter(customer__any_of=payers)
        .order_by("customer", "kind")
        .values_list("customer", "kind")
        .annotate(agreed_n=AGREED, otherwise_n=OTHERWISE)
    )
    sums: dict[tuple[str, str], tuple[int, int, int]] = {}
    for customer, kind, agreed, otherwise in rows:
        key = (payers[customer], kind)
        first, confirmed, contradicted = sums.get(key, (customer, 0, 0))
        sums[key] = (first, confirmed + agreed, contradicted + otherwise)
    return [
        PayerHabit(str(first), kind, agreed, probability_bp(agreed, otherwise), otherwise)
        for (_, kind), (first, agreed, otherwise) in sorted(sums.items())
    ]


def verdicts_on(*, customers: Iterable[int], kind: str) -> QuerySet[HabitVerdict]:
    """The payments a habit rests on, the newest first."""
    rows = HabitVerdict.objects.filter(customer__in=customers, kind=kind)
    return rows.select_related("bank_entry").order_by("-bank_entry__booking_date", "-pk")

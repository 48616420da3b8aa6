"""What late interest may be asked of a customer today: information, never a demand by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from concilia.cash.models import Allocation, Match
from concilia.customers.models import Customer
from concilia.dunning.core.interest_demand import Demand, LatePart, demand_of, demanded, law_of
from concilia.dunning.core.interest_regimes import Regime
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestShown:
    """
    By item what may be asked for, in one currency.

    :param law: that of the country the company works in; None where we know none
    """

    law: Regime | None
    currency: str
    rows: Sequence[tuple[DunnableItem, Demand]]
    interest: Money
    fixed: Money


def interest_today(*, customer: Customer, currency: str, today: date) -> InterestShown:
    """
    Work out what the law grants on what may be asked for (R-3.30). Two statements.

    What is disputed, promised, in a plan or on hold bears interest silently; a denied part does
    from its due date on once it may be asked for (R-3.34).
    """
    rows = [
        row
        for row in dunnable_items(entity=customer.entity, customers=[customer.pk], today=today)
        if row.currency == currency and row.dunnable
    ]
    law = law_of(customer.entity.country, is_business=bool(customer.vat_number))
    paid = _paid_late([row.id for row in rows], currency)
    demands = [(row, demand_of(_part(row, paid[row.id]), law, today)) for row in rows]
    interest, fixed = demanded([demand for _row, demand in demands], currency)
    return InterestShown(law=law, currency=currency, rows=demands, interest=interest, fixed=fixed)


def _part(row: DunnableItem, paid: Sequence[tuple[date, Money]]) -> LatePart:
    return LatePart(
        key=row.id,
        asked=Money(row.dunnable, row.currency),
        due=row.due_date,
        paid=paid,
        reason=row.motive,
        rests=row.rests,
    )


def _paid_late(items: Collection[int], currency: str) -> dict[int, list[tuple[date, Money]]]:
    found: dict[int, list[tuple[date, Money]]] = defaultdict(list)
    rows = Allocation.objects.filter(
        item__in=items,
        match__state=Match.State.POSTED,
        applied_minor__gt=0,
        match__bank_entry__value_date__gt=F("item__due_date"),
    ).values_list("item", "match__bank_entry__value_date", "applied_minor")
    for item, on, minor in rows.order_by("item", "match__bank_entry__value_date", "pk"):
        found[item].append((on, Money(minor, currency)))
    return found

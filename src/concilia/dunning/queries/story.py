"""What a customer said and promised: the history, and which of it is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from concilia.customers.models import Customer
from concilia.dunning.models import Motive, Promise

STORY_MOST = 30
FACT_DAYS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """
    Why a customer does not pay and what they promised, newest first.

    `in_force` are the motives in force, and after them the bank's facts to do something about.
    """

    motives: Sequence[Motive]
    in_force: Sequence[Motive]
    promises: Sequence[Promise]

    @property
    def open_promises(self) -> list[Promise]:
        """Those that are still waited for."""
        return [row for row in self.promises if row.state in {"PENDING", "DUE"}]


def story_of(*, customer: Customer, today: date) -> Story:
    """The last of what a customer said and promised: four statements."""
    motives = Motive.objects.filter(customer=customer).select_related(
        "item", "recorded_by", "withdrawn_by", "acted_by", "document"
    )
    promises = Promise.objects.filter(customer=customer).select_related(
        "recorded_by", "ended_by", "document"
    )
    live = motives_in_force(customers=[customer.pk])[customer.pk]
    facts = bank_facts(customers=[customer.pk], today=today)
    return Story(
        motives=list(motives.order_by("-recorded_at", "-pk")[:STORY_MOST]),
        in_force=live + [row for row in facts[customer.pk] if row not in live],
        promises=list(promises.order_by("-recorded_at", "-pk")[:STORY_MOST]),
    )


def motives_in_force(*, customers: Sequence[int]) -> dict[int, list[Motive]]:
    """The motive of each of these customers as a whole first, then those of single items."""
    found: dict[int, list[Motive]] = defaultdict(list)
    rows = (
        Motive.objects.filter(customer__in=customers, withdrawn_at=None)
        .select_related("item", "recorded_by")
        .order_by("customer", "item", "-rank", "-said_date", "-pk")
        .distinct("customer", "item")
    )
    for row in sorted(rows, key=lambda one: (one.item_id is not None, one.pk)):
        found[row.customer_id].append(row)
    return found


def bank_facts(*, customers: Sequence[int], today: date) -> dict[int, list[Motive]]:
    """
    What the bank said of single debits in thirty days and nobody did anything about.

    Another word may rule the chase; a mandate that is wrong is to be put right all the same.
    """
    found: dict[int, list[Motive]] = defaultdict(list)
    rows = Motive.objects.filter(
        customer__in=customers,
        source=Motive.Source.BANK_CODE,
        withdrawn_at=None,
        acted_at=None,
        said_date__gt=today - timedelta(days=FACT_DAYS),
    ).select_related("item", "recorded_by")
    for row in rows.order_by("pk"):
        found[row.customer_id].append(row)
    return found

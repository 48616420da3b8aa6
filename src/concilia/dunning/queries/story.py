"""What a customer said and promised: the history, and which of it is in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from concilia.customers.models import Customer
from concilia.dunning.models import Motive, Promise

STORY_MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Why a customer does not pay and what they promised, newest first."""

    motives: Sequence[Motive]
    in_force: Sequence[Motive]
    promises: Sequence[Promise]

    @property
    def open_promises(self) -> list[Promise]:
        """Those that are still waited for."""
        return [row for row in self.promises if row.state in {"PENDING", "DUE"}]


def story_of(*, customer: Customer) -> Story:
    """The last of what a customer said and promised: three statements."""
    motives = Motive.objects.filter(customer=customer).select_related(
        "item", "recorded_by", "withdrawn_by", "acted_by", "document"
    )
    promises = Promise.objects.filter(customer=customer).select_related(
        "recorded_by", "ended_by", "document"
    )
    return Story(
        motives=list(motives.order_by("-recorded_at", "-pk")[:STORY_MOST]),
        in_force=motives_in_force(customers=[customer.pk])[customer.pk],
        promises=list(promises.order_by("-recorded_at", "-pk")[:STORY_MOST]),
    )


def motives_in_force(*, customers: Sequence[int]) -> dict[int, list[Motive]]:
    """The motive of each of these customers as a whole first, then those of single items."""
    found: dict[int, list[Motive]] = defaultdict(list)
    rows = (
        Motive.objects.filter(customer__in=customers, withdrawn_at=None)
        .select_related("item", "recorded_by")
        .order_by("customer", "item", "-outranks_model", "-said_date", "-pk")
        .distinct("customer", "item")
    )
    for row in sorted(rows, key=lambda one: (one.item_id is not None, one.pk)):
        found[row.customer_id].append(row)
    return found

"""What payers say about one payment: what is joined, what may be, and what it says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from concilia.cash.models import Allocation, Match, Remittance, RemittanceJoin
from concilia.cash.queries.advices import joins_of
from concilia.cash.queries.advices_near import advices_near
from concilia.cash.queries.payment import PaymentTable
from concilia.identity.models import Entity
from concilia.receivables.models import OpenItem


@dataclass(frozen=True, slots=True)
class Compared:
    """One item as it was posted and as the payer says; None where one of the two leaves it out."""

    item: OpenItem
    posted: Allocation | None
    said: Allocation | None

    @property
    def differs(self) -> bool:
        """Whether the item gets something else by the payer's word."""
        return self.posted is None or self.said is None or _does(self.posted) != _does(self.said)


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What the payer says beside what was posted, item by item."""

    match: Match
    posted: Match
    rows: tuple[Compared, ...]


@dataclass(frozen=True, slots=True)
class Advices:
    """Remittances joined to a payment, free ones it may be about, and what they say otherwise."""

    joined: tuple[RemittanceJoin, ...]
    near: tuple[Remittance, ...]
    otherwise: Otherwise | None


def advices_on_desk(*, entity: Entity, table: PaymentTable) -> Advices:
    """
    Read what payers say about the payment on the desk, in a constant number of queries.

    What is joined to it leaves nothing to join; money the bank took back is about nothing.
    """
    if table.entry.is_return:
        return Advices((), (), None)
    joined = tuple(joins_of([table.entry]).get(table.entry.pk, ()))
    customers = {row.pk for row in table.payer.members}
    near = () if joined else advices_near(entity=entity, entry=table.entry, customers=customers)
    return Advices(joined, tuple(near), _otherwise(table))


def _otherwise(table: PaymentTable) -> Otherwise | None:
    if table.match is None or table.match.state != Match.State.POSTED:
        return None
    advised = next((one for one in table.versions if one.state == Match.State.ADVISED), None)
    if advised is None:
        return None
    said = Allocation.objects.filter(match=advised).select_related("item__customer")
    return Otherwise(advised, table.match, _compared(table.allocations, list(said)))


def _compared(posted: Iterable[Allocation], said: Sequence[Allocation]) -> tuple[Compared, ...]:
    before = {row.item_id: row for row in posted}
    after = {row.item_id: row for row in said}
    items = {row.item_id: row.item for row in (*before.values(), *after.values())}
    rows = [Compared(item, before.get(key), after.get(key)) for key, item in items.items()]
    return tuple(sorted(rows, key=lambda row: (row.item.due_date, row.item.pk)))


def _does(row: Allocation) -> tuple[int, int, int, int, str]:
    return (
        row.applied_minor,
        row.discount_minor,
        row.writeoff_minor,
        row.deduction_minor,
        row.deduction_reason,
    )

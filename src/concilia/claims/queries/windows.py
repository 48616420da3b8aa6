from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from concilia.cases.queries.calendars import clock_of
from concilia.claims.core.states import ClaimState
from concilia.claims.core.windows import Window, last_day, nearest
from concilia.claims.models import Claim, ResponseWindow
from concilia.claims.models.claims import CLOSED_STATES
from concilia.customers.models import Customer
from concilia.identity.models import Entity

HEIGHT_MAX = 6  # how far up a hierarchy of customers is looked
ANSWERED = (
    ClaimState.POSTED, ClaimState.CUSTOMER_NOTIFIED, ClaimState.ACCEPTED, ClaimState.COLLECT_BACK,
    ClaimState.ESCALATED_LEGAL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WindowShown:
    """The window of a customer: what holds, and where it comes from (`own`, `above`, `group`)."""

    window: Window | None
    source: str
    own: ResponseWindow | None
    group: ResponseWindow | None


def windows_for(customers: Iterable[Customer]) -> dict[int, Window]:
    """The windows that hold for customers, by their keys; few queries however many."""
    known = {one.pk: one for one in customers}
    if not known:
        return {}
    entity_id = next(iter(known.values())).entity_id
    rows = ResponseWindow.objects.filter(entity=entity_id)
    of_customer: dict[int, Window] = {}
    of_group: dict[int, Window] = {}
    for row in rows:
        if row.customer_id is not None:
            of_customer[row.customer_id] = Window(row.days, row.unit)
        elif row.payer_group_id is not None:
            of_group[row.payer_group_id] = Window(row.days, row.unit)
    if not of_customer and not of_group:
        return {}
    parents = _parents(known)
    return {
        key: window
        for key, one in known.items()
        if (window := _found(one, parents, of_customer, of_group)) is not None
    }


def window_shown(customer: Customer) -> WindowShown:
    """What holds for a customer, and where it was set."""
    own = ResponseWindow.objects.filter(customer=customer).first()
    group = (
        ResponseWindow.objects.filter(payer_group=customer.payer_group_id).first()
        if customer.payer_group_id
        else None
    )
    window = windows_for([customer]).get(customer.pk)
    of_group = Window(group.days, group.unit) if group else None
    if own is not None:
        source = "own"
    else:
        source = "group" if window is not None and window == of_group else "above"
    return WindowShown(window, source if window else "", own, group)


def answer_by(entity: Entity, window: Window, paper: date) -> date:
    """The last day to answer a paper of that day, in the entity's calendar."""
    return last_day(window, paper, clock_of(entity).calendar)


def paper_day(claim: Claim, entity: Entity) -> date:
    """The day of their paper: as somebody said, else the day it came."""
    return claim.their_date or claim.received_at.astimezone(clock_of(entity).tz).date()


def unanswered(*, entity_id: int, until: date) -> list[Claim]:
    """Open claims with a last day up to a day that have no answer yet."""
    rows = Claim.objects.filter(
        entity=entity_id, answer_by_date__lte=until, case__closed_at=None
    ).exclude(state__in=[*ANSWERED, *CLOSED_STATES])
    return list(rows.select_related("case", "customer").order_by("pk"))


def _parents(known: Mapping[int, Customer]) -> dict[int, int | None]:
    parents: dict[int, int | None] = {key: one.parent_id for key, one in known.items()}
    for _ in range(HEIGHT_MAX):
        missing = {above for above in parents.values() if above is not None} - set(parents)
        if not missing:
            break
        parents |= dict(Customer.objects.filter(pk__in=missing).values_list("pk", "parent_id"))
    return parents


def _found(
    one: Customer,
    parents: Mapping[int, int | None],
    of_customer: Mapping[int, Window],
    of_group: Mapping[int, Window],
) -> Window | None:
    chain: list[int] = []
    key: int | None = one.pk
    while key is not None and key not in chain and len(chain) <= HEIGHT_MAX:
        chain.append(key)
        key = parents.get(key)
    own = [of_customer.get(key) for key in chain]
    return nearest([*own, of_group.get(one.payer_group_id or 0)])


def today_of(entity: Entity, at: datetime) -> date:
    """The day it is where the entity works."""
    return at.astimezone(clock_of(entity).tz).date()

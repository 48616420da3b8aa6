"""One customer: what is open and what of it may be asked for, claims, payments, how they pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from concilia.cash.models import Allocation, Match
from concilia.claims.models import Claim, ClaimDeduction, DisputedItem
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.dunning.queries.dunnable import OF_SOME, parameters_of
from concilia.kernel.money import Money
from concilia.reporting.core.figures import Figure
from concilia.reporting.core.kpi_cases import share
from concilia.reporting.core.kpis import Payment, weighted_days_late

SHOWS: Final = (
    "all",
    "ask",
    "disputed",
    "promised",
    "planned",
    "placed",
    "not_due",
    "held",
    "credits",
)
PAID_DAYS: Final = 365
PAID_MOST: Final = 500
BARS: Final = 18
FAMILY_MOST: Final = 12

# Where each cent is comes from `dunning.queries.dunnable` alone.
SUMS: Final = f"""{OF_SOME}
SELECT currency, count(*) FILTER (WHERE open_minor > 0) AS items,
       coalesce(sum(open_minor) FILTER (WHERE open_minor > 0), 0) AS open,
       sum(disputed) AS disputed, sum(promised) AS promised, sum(planned) AS planned,
       sum(placed) AS placed,
       sum(not_due) AS not_due, sum(held) AS held, sum(dunnable) AS ask,
       max(credits) AS credits, max(waiting) AS waiting,
       count(*) FILTER (WHERE disputed > 0) AS disputed_items,
       count(*) FILTER (WHERE promised > 0) AS promised_items,
       count(*) FILTER (WHERE planned > 0) AS planned_items,
       count(*) FILTER (WHERE placed > 0) AS placed_items,
       count(*) FILTER (WHERE not_due > 0) AS not_due_items,
       count(*) FILTER (WHERE held > 0) AS held_items,
       count(*) FILTER (WHERE dunnable > 0) AS ask_items,
       count(*) FILTER (WHERE open_minor < 0) AS credit_items
  FROM buckets GROUP BY 1
"""  # noqa: S608 - our own words only
CONDITIONS: Final[Mapping[str, str]] = {
    "all": "true",
    "ask": "dunnable > 0",
    "disputed": "disputed > 0",
    "promised": "promised > 0",
    "planned": "planned > 0",
    "placed": "placed > 0",
    "not_due": "not_due > 0",
    "held": "held > 0",
    "credits": "open_minor < 0",
}
PAGE: Final = """{items}
SELECT id, kind, document_number, issue_date, due_date, currency, open_minor, disputed, promised,
       planned, placed, not_due, held, dunnable AS ask, %(today)s - due_date AS days_late,
       count(*) OVER () AS found
  FROM buckets WHERE currency = %(currency)s AND {condition}
   AND (%(text)s = '' OR strpos(upper(document_number), upper(%(text)s)) > 0)
 ORDER BY due_date, id LIMIT %(limit)s OFFSET %(offset)s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MayAsk:
    """
    What is open in one currency and where each cent of it is (domain.md §3.9), in minor units.

    `open = ask + disputed + promised + planned + placed + not_due + held`; `credits` are credit
    notes and money on account that nobody has assigned, `waiting` payments that wait at the bank
    desk, as positive amounts.
    """

    currency: str
    items: int = 0
    open: int = 0
    disputed: int = 0
    promised: int = 0
    planned: int = 0
    placed: int = 0
    not_due: int = 0
    held: int = 0
    ask: int = 0
    credits: int = 0
    waiting: int = 0
    disputed_items: int = 0
    promised_items: int = 0
    planned_items: int = 0
    placed_items: int = 0
    not_due_items: int = 0
    held_items: int = 0
    ask_items: int = 0
    credit_items: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """An open item: `open = kept_out + ask`, except for credits, which are not asked for."""

    id: int
    kind: str
    document_number: str
    issue_date: date
    due_date: date
    currency: str
    open_minor: int
    disputed: int
    promised: int
    planned: int
    placed: int
    not_due: int
    held: int
    ask: int
    days_late: int
    claims: Sequence[tuple[int, str, int]] = ()

    @property
    def kept_out(self) -> int:
        """What is not asked for now."""
        return self.disputed + self.promised + self.planned + self.placed + self.not_due + self.held


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """Some of the items, and how many there are."""

    rows: Sequence[ItemRow]
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a customer paid in the last twelve months; `bars` are days late, oldest first."""

    days_late: Figure
    late: int
    payments: int
    bars: Sequence[int]
    valid_share: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Who belongs together: the parent, the children, and whoever pays through the same group."""

    parent: Customer | None
    children: Sequence[Customer]
    group: str
    members: Sequence[Customer]


def may_ask(*, customer: Customer, today: date) -> list[MayAsk]:
    """What may be asked for, by currency, the customer's own first: one statement."""
    parameters = _asked(customer, today)
    found = [
        MayAsk(currency=row.pop("currency"), **{name: int(value) for name, value in row.items()})
        for row in _rows(SUMS, parameters)
    ]
    found.sort(key=lambda each: (each.currency != customer.currency, each.currency))
    return found or [MayAsk(currency=customer.currency)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """
    Which items are asked for: one of `SHOWS`, a currency, part of a number, and which page.

    :param skip: how many items come before it, for those who do not count in pages
    """

    show: str
    currency: str
    text: str = ""
    page: int = 1
    per_page: int = 25
    skip: int | None = None


def items_of(*, customer: Customer, shown: Shown, today: date) -> ItemPage:
    """A page of the customer's open items, by due date: three statements."""
    parameters = _asked(customer, today) | {
        "currency": shown.currency,
        "text": shown.text,
        "limit": shown.per_page,
        "offset": (shown.page - 1) * shown.per_page if shown.skip is None else shown.skip,
    }
    sql = PAGE.format(items=OF_SOME, condition=CONDITIONS[shown.show])
    found = _rows(sql, parameters)
    total = int(found[0]["found"]) if found else 0
    claims = _claims_of([row["id"] for row in found])
    rows = [ItemRow(**_whole(row), claims=claims.get(row["id"], ())) for row in found]
    return ItemPage(rows=rows, found=total)


def claims_of(*, customer: Customer) -> QuerySet[Claim]:
    """The customer's claims, newest first."""
    return (
        Claim.objects.filter(entity_id=customer.entity_id, customer=customer)
        .select_related("case", "invoice")
        .order_by("-received_at", "-pk")
    )


def payments_of(*, customer: Customer) -> QuerySet[Match]:
    """What the customer paid, or seems to have: the live answers to payments, newest first."""
    live = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)
    return (
        Match.objects.filter(entity_id=customer.entity_id, customer=customer, state__in=live)
        .select_related("bank_entry", "decided_by")
        .order_by("-bank_entry__booking_date", "-bank_entry_id")
    )


def talk_with(*, customer: Customer) -> QuerySet[Message]:
    """Everything written to, by and about the customer, newest first."""
    return (
        Message.objects.filter(entity_id=customer.entity_id, customer=customer)
        .exclude(lane=Message.Lane.TEAM)
        .select_related("author")
        .order_by("-written_at", "-pk")
    )


def family_of(*, customer: Customer) -> Family:
    """Who belongs to the customer: one statement besides the customer's own."""
    of_family = Q(parent=customer)
    if customer.payer_group_id:
        of_family |= Q(payer_group=customer.payer_group_id)
    rows = Customer.objects.filter(of_family, entity_id=customer.entity_id).exclude(pk=customer.pk)
    found = list(rows.order_by("name")[: 2 * FAMILY_MOST])
    return Family(
        parent=customer.parent,
        children=[each for each in found if each.parent_id == customer.pk][:FAMILY_MOST],
        group=customer.payer_group.name if customer.payer_group else "",
        members=[
            each
            for each in found
            if customer.payer_group_id and each.payer_group_id == customer.payer_group_id
        ][:FAMILY_MOST],
    )


def habits_of(*, customer: Customer, today: date) -> Habits:
    """How the customer paid, from payments posted in twelve months: two statements."""
    rows = list(
        Allocation.objects.filter(
            match__customer=customer,
            match__state=Match.State.POSTED,
            currency=customer.currency,
            applied_minor__gt=0,
            match__bank_entry__value_date__gt=today - timedelta(days=PAID_DAYS),
        )
        .order_by("-match__bank_entry__value_date", "-pk")
        .values_list("applied_minor", "match__bank_entry__value_date", "item__due_date")[:PAID_MOST]
    )
    paid = [
        Payment(Money(applied, customer.currency), (value_date - due_date).days)
        for applied, value_date, due_date in rows
    ]
    return Habits(
        days_late=weighted_days_late(paid),
        late=sum(each.days_late > 0 for each in paid),
        payments=len(paid),
        bars=[max(each.days_late, 0) for each in reversed(paid[:BARS])],
        valid_share=_valid_share(customer),
    )


def _asked(customer: Customer, today: date) -> dict[str, Any]:
    asked = parameters_of(entity=customer.entity, today=today)
    return asked | {"customers": [customer.pk]}


def _valid_share(customer: Customer) -> Figure:
    """Of what was decided, by value, what was not valid (domain.md §5.3)."""
    sums = Claim.objects.filter(customer=customer, currency=customer.currency).aggregate(
        approved=Sum("approved_minor"), denied=Sum("denied_minor")
    )
    approved, denied = int(sums["approved"] or 0), int(sums["denied"] or 0)
    decided = Money(approved + denied, customer.currency)
    return share("invalid_rate", Money(denied, customer.currency), decided)


def _claims_of(item_ids: Sequence[int]) -> dict[int, list[tuple[int, str, int]]]:
    """By item: the claims that keep it out, with their number and how much each keeps out."""
    found: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    disputed = DisputedItem.objects.filter(item__in=item_ids, released_at=None)
    for item_id, claim_id, number, minor in disputed.values_list(
        "item_id", "claim_id", "claim__case__number", "disputed_minor"
    ):
        found[item_id].append((claim_id, number, minor))
    held = ClaimDeduction.objects.filter(item__in=item_ids)
    for item_id, claim_id, number, minor in held.values_list(
        "item_id", "claim_id", "claim__case__number", "item__open_minor"
    ):
        found[item_id].append((claim_id, number, minor))
    return found


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    amounts = {"open_minor", "disputed", "promised", "planned", "placed", "not_due", "held", "ask"}
    return {
        name: int(value) if name in amounts else value
        for name, value in row.items()
        if name != "found"
    }


def _rows(sql: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

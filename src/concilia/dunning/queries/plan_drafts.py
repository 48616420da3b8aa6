"""A plan before anybody agreed to it: which items, which rows, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_noop as _

from concilia.cases.queries.calendars import clock_of
from concilia.customers.models import Customer
from concilia.dunning.core.instalments import (
    ROWS_MAX,
    Model,
    PlanRefused,
    PlanTerms,
    plan,
)
from concilia.dunning.core.instalments import Plan as Rows
from concilia.dunning.core.plan_policy import (
    DATES_WINDOW,
    Breach,
    PlanPolicy,
    breaches_of,
    breaches_of_new_date,
    policy_from,
)
from concilia.dunning.models import Plan, PlanItem
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.refusals import CollectionRefused
from concilia.identity.models import Entity
from concilia.kernel.money import Money

SETTING: Final = "plans"
FIRST_MAX: Final = timedelta(days=366)
RATE_MAX: Final = 20
KINDS: Final = (Plan.Kind.INSTALMENTS, Plan.Kind.NEW_DATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """
    A plan as somebody asks for it.

    :param amount_minor: None for all that is due and may be asked for
    :param items: the items it is about; none: those that are due, the oldest first
    :param count: monthly rows; a first payment is one more, on `first_date`
    :param kind: NEW_DATE is one row on another day
    """

    customer_id: int
    currency: str
    first_date: date
    count: int = 1
    amount_minor: int | None = None
    items: Sequence[int] = ()
    down_payment_minor: int = 0
    model: str = Model.EQUAL
    rate_percent: Decimal = Decimal(0)
    kind: str = Plan.Kind.INSTALMENTS
    note: str = ""
    document_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The rows, the items with their parts, and why a customer cannot agree on it alone."""

    rows: Rows
    parts: Sequence[tuple[DunnableItem, int]]
    breaches: Sequence[Breach]


def policy_of(entity: Entity) -> PlanPolicy:
    """What a company keeps to in plans."""
    return policy_from(entity.settings.get(SETTING, {}))


def draft_plan(*, customer: Customer, new: NewPlan, today: date) -> Draft:
    """
    Work a plan out; nothing is written. Three statements.

    :raises CollectionRefused: for terms that make no plan, items that are not to be had, a second
        new date within a year
    """
    _require_terms(new, today)
    if new.kind == Plan.Kind.NEW_DATE:
        _require_no_other_date(customer, today)
    room = _room(customer, new, today)
    amount = sum(minor for _item, minor in room) if new.amount_minor is None else new.amount_minor
    _require_amount(amount, new, sum(minor for _item, minor in room))
    rows = _rows(customer, new, amount, today)
    policy, is_business = policy_of(customer.entity), bool(customer.vat_number)
    against = breaches_of_new_date if new.kind == Plan.Kind.NEW_DATE else breaches_of
    breaches = against(rows, policy, today=today, is_business=is_business)
    return Draft(rows, _parts(amount, room), breaches)


def room_in(rows: Sequence[DunnableItem]) -> list[tuple[DunnableItem, int]]:
    """
    What of open items a plan may take: neither disputed, nor in other hands.

    An item something is promised of, or that is in a plan, is not for another: no cent is to pay
    both.
    """
    taken = set(
        PlanItem.objects.filter(item__in=[row.id for row in rows], is_open=True).values_list(
            "item", flat=True
        )
    )
    return [
        (row, row.open - row.disputed)
        for row in rows
        if not (row.promised or row.planned or row.placed or row.id in taken)
        and row.open > row.disputed
    ]


def _room(customer: Customer, new: NewPlan, today: date) -> list[tuple[DunnableItem, int]]:
    rows = dunnable_items(entity=customer.entity, customers=[customer.pk], today=today)
    mine = [row for row in rows if row.currency == new.currency]
    found, chosen = room_in(mine), set(new.items)
    if chosen - {row.id for row in mine}:
        raise CollectionRefused(_("An item is not open, or not this customer's."))
    if chosen - {row.id for row, _minor in found}:
        raise CollectionRefused(_("An item is disputed, promised or in another plan."))
    if chosen:
        return [pair for pair in found if pair[0].id in chosen]
    if new.amount_minor is None:
        return [pair for pair in found if pair[0].due_date < today]
    return sorted(found, key=lambda pair: (pair[0].due_date >= today, pair[0].due_date))


def _require_terms(new: NewPlan, today: date) -> None:
    if new.kind not in KINDS or new.model not in Plan.Model.values:
        raise CollectionRefused(_("Choose one of the list."))
    if new.first_date < today:
        raise CollectionRefused(_("The first day {day} has passed."), day=new.first_date)
    if new.first_date > today + FIRST_MAX:
        raise CollectionRefused(_("The first day {day} is too far away."), day=new.first_date)
    if not 1 <= new.count <= ROWS_MAX:
        raise CollectionRefused(_("A plan has 1 to {most} instalments."), most=ROWS_MAX)
    if not (new.rate_percent.is_finite() and 0 <= new.rate_percent <= RATE_MAX):
        raise CollectionRefused(_("Interest is 0 to {most} % a year."), most=RATE_MAX)
    if (new.model == Model.EQUAL) == bool(new.rate_percent):
        raise CollectionRefused(_("Say a rate for a plan with interest, and none for one without."))
    is_plain = new.count == 1 and not new.down_payment_minor and new.model == Model.EQUAL
    if new.kind == Plan.Kind.NEW_DATE and not is_plain:
        raise CollectionRefused(_("Another day is one row without interest."))


def _require_amount(amount: int, new: NewPlan, room: int) -> None:
    if not room:
        raise CollectionRefused(_("Nothing is open that a plan could be about."))
    if amount <= 0:
        raise CollectionRefused(_("A plan is for an amount above zero."))
    if amount > room:
        raise CollectionRefused(
            _("{amount} is more than the {open_amount} a plan can be about."),
            amount=Money(amount, new.currency),
            open_amount=Money(room, new.currency),
        )
    if not 0 <= new.down_payment_minor < amount:
        raise CollectionRefused(_("The first payment is more than nothing and less than all."))
    if amount - new.down_payment_minor < new.count:
        raise CollectionRefused(_("There are more instalments than cents."))


def _rows(customer: Customer, new: NewPlan, amount: int, today: date) -> Rows:
    down = Money(new.down_payment_minor, new.currency) if new.down_payment_minor else None
    try:
        terms = PlanTerms(
            principal=Money(amount, new.currency),
            count=new.count,
            first_due=new.first_date,
            model=Model(new.model),
            rate=new.rate_percent,
            down_payment=down,
            start=today,
            calendar=clock_of(customer.entity).calendar,
        )
    except PlanRefused as no_plan:
        raise CollectionRefused(_("These terms make no plan.")) from no_plan
    return plan(terms)


def _require_no_other_date(customer: Customer, today: date) -> None:
    most = policy_of(customer.entity).new_dates
    moved = Plan.objects.filter(
        customer=customer, kind=Plan.Kind.NEW_DATE, start_date__gt=today - DATES_WINDOW
    ).exclude(state="CANCELLED", agreed_at=None)
    if moved.count() >= most:
        raise CollectionRefused(
            _("A due date is moved at most {most} times in twelve months."), most=most
        )


def _parts(amount: int, room: Sequence[tuple[DunnableItem, int]]) -> list[tuple[DunnableItem, int]]:
    parts, left = [], amount
    for item, minor in room:
        part = min(left, minor)
        if part > 0:
            parts.append((item, part))
        left -= part
    return parts

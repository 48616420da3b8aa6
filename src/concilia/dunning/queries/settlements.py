"""What an offer to settle is about, what going on is worth, and how much it gives up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_noop as _

from concilia.customers.models import Customer
from concilia.dunning.core.settlement import Prospect, discount_max, expected_value, is_worth_taking
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.interest import interest_today
from concilia.dunning.queries.plan_drafts import room_in
from concilia.dunning.queries.refusals import CollectionRefused
from concilia.kernel.money import Money
from concilia.kernel.numbers import BASIS_POINTS

MONTHS_IN_YEAR: Final = 12
MONTHS_MAX: Final = 120
RATE_MAX: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSettlement:
    """
    An offer to settle all that is due for less.

    :param probability_bp: of recovering the debt by going on, in basis points
    :param rate_percent: what money costs a year
    :param months: until it would come
    :param cost_minor: what going on would still cost
    """

    customer_id: int
    currency: str
    offer_minor: int
    pay_by: date
    probability_bp: int
    rate_percent: Decimal = Decimal(8)
    months: int = 18
    cost_minor: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class SettlementDraft:
    """
    An offer worked out: `parts` are items with what is paid and what is given up of each.

    `claim` is the debt and the interest that may be asked for; `expected` what going on is worth,
    the least offer worth taking (R-3.50); `discount` the most worth giving, in per cent.
    """

    offer: Money
    debt: Money
    interest: Money
    expected: Money
    discount: Decimal
    is_worth_it: bool
    parts: Sequence[tuple[DunnableItem, int, int]]

    @property
    def claim(self) -> Money:
        """The debt with the interest that may be asked for."""
        return self.debt + self.interest

    @property
    def waived(self) -> Money:
        """What is given up of the debt."""
        return self.debt - self.offer

    @property
    def share_bp(self) -> int:
        """Which share of the debt is given up, in basis points, rounded up."""
        return -(-self.waived.minor * BASIS_POINTS // self.debt.minor)


def draft_settlement(*, customer: Customer, new: NewSettlement, today: date) -> SettlementDraft:
    """
    Work an offer out for all that is due and in no other hands; nothing is written.

    :raises CollectionRefused: for an offer that is none, a day that has passed, figures out of
        bounds
    """
    _require_figures(new, today)
    rows = dunnable_items(entity=customer.entity, customers=[customer.pk], today=today)
    mine = [row for row in rows if row.currency == new.currency and row.due_date < today]
    room = room_in(mine)
    debt = sum(minor for _row, minor in room)
    if not 0 < new.offer_minor < debt:
        raise CollectionRefused(
            _("An offer to settle lies between nothing and the {debt} that is due."),
            debt=Money(debt, new.currency),
        )
    interest = interest_today(customer=customer, currency=new.currency, today=today)
    claim = Money(debt, new.currency) + interest.interest
    prospect = Prospect(
        claim=claim,
        probability=Decimal(new.probability_bp) / BASIS_POINTS,
        rate=new.rate_percent,
        years=Decimal(new.months) / MONTHS_IN_YEAR,
        cost=Money(new.cost_minor, new.currency),
    )
    offer = Money(new.offer_minor, new.currency)
    return SettlementDraft(
        offer=offer,
        debt=Money(debt, new.currency),
        interest=interest.interest,
        expected=expected_value(prospect),
        discount=discount_max(prospect),
        is_worth_it=is_worth_taking(offer, prospect),
        parts=_parts(new.offer_minor, room),
    )


def _require_figures(new: NewSettlement, today: date) -> None:
    if new.pay_by < today:
        raise CollectionRefused(_("The first day {day} has passed."), day=new.pay_by)
    if (new.pay_by - today).days > 366:  # noqa: PLR2004 - a year
        raise CollectionRefused(_("The first day {day} is too far away."), day=new.pay_by)
    is_within = (
        0 <= new.probability_bp <= BASIS_POINTS
        and new.rate_percent.is_finite()
        and 0 <= new.rate_percent <= RATE_MAX
        and 0 <= new.months <= MONTHS_MAX
        and 0 <= new.cost_minor < 10**15
    )
    if not is_within:
        raise CollectionRefused(_("Say a chance from 0 to 100 %, a rate, months and costs."))


def _parts(
    offer: int, room: Sequence[tuple[DunnableItem, int]]
) -> list[tuple[DunnableItem, int, int]]:
    """The offer pays the oldest first; what it does not reach is given up."""
    parts, left = [], offer
    for item, minor in sorted(room, key=lambda pair: (pair[0].due_date, pair[0].id)):
        paid = min(left, minor)
        parts.append((item, paid, minor - paid))
        left -= paid
    return parts

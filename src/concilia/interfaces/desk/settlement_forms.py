"""The form of an offer to settle, and what late interest may be asked for, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from concilia.cash.core.typed import amount_typed
from concilia.customers.models import Customer
from concilia.dunning.actions import CollectionRefused, NewSettlement
from concilia.dunning.core.interest import Segment
from concilia.dunning.core.interest_demand import WhyNot
from concilia.dunning.queries.interest import InterestShown
from concilia.interfaces.desk.inputs import words_in
from concilia.kernel.currencies import EXPONENTS

PAY_IN: Final = timedelta(days=14)
PERCENT: Final = 100
WHY_NOT: Final[Mapping[WhyNot, str | Promise]] = {
    WhyNot.LAW_UNKNOWN: _("no law of late payment is known here for this country"),
    WhyNot.NOTICE: _("it runs from a formal notice"),
    WhyNot.CONTRACT: _("it needs a rate agreed by contract"),
    WhyNot.RATE_MISSING: _("the rate of a half-year is not known"),
    WhyNot.RESTS: _("nothing is asked for meanwhile"),
    WhyNot.OUR_MISTAKE: _("the reason bears no interest"),
    WhyNot.LITTLE: _("the amount is small"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What was typed, as it was typed."""

    offer: str = ""
    pay_by: str = ""
    chance: str = "50"
    rate: str = "8"
    months: str = "12"
    cost: str = ""
    note: str = ""


def offered_in(sent: QueryDict, today: date) -> Offered:
    """What a form says; a fresh form has the usual figures."""
    if not sent:
        return Offered(pay_by=(today + PAY_IN).isoformat())
    return Offered(
        **{
            name: words_in(sent, name, most=500 if name == "note" else 40)
            for name in Offered.__dataclass_fields__
        }
    )


def settlement_asked(customer: Customer, currency: str, offered: Offered) -> NewSettlement:
    """
    An offer as it was typed.

    :raises CollectionRefused: for what is no amount, day or number
    """
    chance = _number(offered.chance)
    if not 0 <= chance <= PERCENT:
        raise CollectionRefused(gettext_noop("Say a chance from 0 to 100 %."))
    months = offered.months
    if not (months.isascii() and months.isdecimal()) or len(months) > len("120"):
        raise CollectionRefused(gettext_noop("Say in how many months it would come."))
    try:
        pay_by = date.fromisoformat(offered.pay_by)
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Say until when.")) from no_day
    return NewSettlement(
        customer_id=customer.pk,
        currency=currency,
        offer_minor=_amount(offered.offer, currency),
        pay_by=pay_by,
        probability_bp=int(chance * PERCENT),
        rate_percent=_number(offered.rate),
        months=int(months),
        cost_minor=_amount(offered.cost or "0", currency),
        note=offered.note,
    )


def interest_rows(shown: InterestShown) -> Iterator[dict[str, Any]]:
    """The items of which interest could be asked, each with its arithmetic or why not."""
    for row, demand in shown.rows:
        found = demand.found
        yield {
            "row": row,
            "interest": found.interest.minor if found else None,
            "fixed": demand.fixed,
            "segments": [_arithmetic(each) for each in found.segments] if found else [],
            "why_not": WHY_NOT[demand.why_not] if demand.why_not else "",
            "half_year": demand.half_year,
        }


def _arithmetic(segment: Segment) -> tuple[int, Decimal, int, int]:
    """Principal in minor units, rate in per cent, days, days of the year."""
    return segment.principal.minor, segment.rate, segment.days, segment.year_days


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation as no_number:
        raise CollectionRefused(gettext_noop("This is no number.")) from no_number
    if not number.is_finite():
        raise CollectionRefused(gettext_noop("This is no number."))
    return number


def _amount(text: str, currency: str) -> int:
    if currency not in EXPONENTS:
        raise CollectionRefused(gettext_noop("Choose one of the list."))
    minor = amount_typed(text, currency)
    if minor is None or minor < 0:
        raise CollectionRefused(gettext_noop("This is no amount."))
    return minor

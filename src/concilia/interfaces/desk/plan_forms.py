"""The form of a plan: what was typed, what would be due when, and what somebody can afford."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from concilia.cash.core.typed import amount_typed
from concilia.customers.models import Customer
from concilia.dunning.actions import CollectionRefused, NewPlan
from concilia.dunning.core.instalments import Model
from concilia.dunning.core.plan_policy import Breach, parts_of
from concilia.dunning.models import Plan
from concilia.dunning.queries.plan_drafts import Draft, draft_plan
from concilia.interfaces.desk.inputs import words_in
from concilia.kernel.currencies import EXPONENTS

NOTE_MAX: Final = 500
USUAL_PARTS: Final = 3
FIRST_IN: Final = timedelta(days=14)
MODELS: Final[Mapping[str, str | Promise]] = {
    Model.EQUAL: _("without interest"),
    Model.LINEAR: _("simple interest on what is left"),
    Model.ANNUITY: _("equal payments with interest"),
}
BREACHES: Final[Mapping[Breach, str | Promise]] = {
    Breach.WHO: _("customers do not agree on plans by themselves"),
    Breach.TOO_LITTLE: _("the amount is small for a plan"),
    Breach.TOO_MUCH: _("the amount is large"),
    Breach.PARTS: _("there are many rows"),
    Breach.MONTHS: _("it takes long"),
    Breach.SMALL_PART: _("a row is small"),
    Breach.SMALL_FIRST: _("the first row is small"),
    Breach.LATE_FIRST: _("the first day is far away"),
    Breach.INTEREST: _("the interest is not the usual one"),
    Breach.AUTHORITY: _("it is beyond what is agreed on without a person"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed, as it was typed."""

    amount: str = ""
    first_payment: str = ""
    parts: str = ""
    monthly: str = ""
    model: str = Model.EQUAL
    rate: str = ""
    first: str = ""
    kind: str = Plan.Kind.INSTALMENTS
    note: str = ""
    income: str = ""
    outgoings: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan that is not written yet, and what is left of somebody's income for it."""

    draft: Draft
    breaches: Sequence[str | Promise]
    left_minor: int | None

    @property
    def is_affordable(self) -> bool:
        """Whether the largest row is no more than what is left each month."""
        largest = max(row.payment.minor for row in self.draft.rows.rows)
        return self.left_minor is None or largest <= self.left_minor


def asked_in(sent: QueryDict, today: date) -> Asked:
    """What a form says; a fresh form says three rows from in two weeks on."""
    typed = {
        name: words_in(sent, name, most=NOTE_MAX if name == "note" else 40)
        for name in Asked.__dataclass_fields__
    }
    if not sent:
        typed |= {"parts": str(USUAL_PARTS), "first": (today + FIRST_IN).isoformat()}
    return Asked(**typed)


def plan_asked(customer: Customer, currency: str, asked: Asked) -> NewPlan:
    """
    A plan as it was typed.

    :raises CollectionRefused: for what is no amount, day or number
    """
    kind = asked.kind or Plan.Kind.INSTALMENTS
    is_date = kind == Plan.Kind.NEW_DATE
    amount = _amount(asked.amount, currency)
    first_payment = 0 if is_date else _amount(asked.first_payment, currency) or 0
    monthly = None if is_date else _amount(asked.monthly, currency)
    if monthly is not None and amount is None:
        raise CollectionRefused(gettext_noop("Say the amount where you say how much a month."))
    return NewPlan(
        customer_id=customer.pk,
        currency=currency,
        first_date=_day(asked.first),
        amount_minor=amount,
        down_payment_minor=first_payment,
        count=_count(asked, is_date, monthly, (amount or 0) - first_payment),
        model=Model.EQUAL if is_date else asked.model or Model.EQUAL,
        rate_percent=Decimal(0) if is_date else _rate(asked),
        kind=kind,
        note=asked.note,
    )


def preview_of(customer: Customer, currency: str, asked: Asked, today: date) -> Preview:
    """
    What would be due when, and what of an income is left for it.

    Income and outgoings are asked of natural persons only, if they like; they are kept nowhere.

    :raises CollectionRefused: as `plan_asked` and `draft_plan`
    """
    new = plan_asked(customer, currency, asked)
    draft = draft_plan(customer=customer, new=new, today=today)
    income = None if customer.vat_number else _amount(asked.income, currency)
    outgoings = _amount(asked.outgoings, currency) or 0
    return Preview(
        draft,
        [BREACHES[breach] for breach in draft.breaches],
        None if income is None else income - outgoings,
    )


def _count(asked: Asked, is_date: bool, monthly: int | None, rest: int) -> int:  # noqa: FBT001
    if is_date:
        return 1
    if monthly is not None:
        if monthly <= 0 or rest <= 0:
            raise CollectionRefused(gettext_noop("This is no amount."))
        return parts_of(rest, monthly)
    if not asked.parts.isdecimal() or len(asked.parts) > len("600"):
        raise CollectionRefused(gettext_noop("Say how many rows, or how much a month."))
    return int(asked.parts)


def _rate(asked: Asked) -> Decimal:
    if (asked.model or Model.EQUAL) == Model.EQUAL or not asked.rate:
        return Decimal(0)
    try:
        return Decimal(asked.rate.replace(",", ".").removesuffix("%").strip())
    except InvalidOperation as no_rate:
        raise CollectionRefused(gettext_noop("This is no rate.")) from no_rate


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Say when the first row is due.")) from no_day


def _amount(text: str, currency: str) -> int | None:
    if currency not in EXPONENTS:
        raise CollectionRefused(gettext_noop("Choose one of the list."))
    if not text:
        return None
    minor = amount_typed(text, currency)
    if minor is None or minor < 0:
        raise CollectionRefused(gettext_noop("This is no amount."))
    return minor

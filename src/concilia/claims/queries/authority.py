"""Whose signatures a decision needs: what is asked, the customer's 30-day total, who could sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Sum
from django.utils.translation import gettext_noop as _

from concilia.cases.core.authority import Act, Amount
from concilia.cases.core.people import Request
from concilia.cases.core.routes import Company
from concilia.cases.queries.company import company_on
from concilia.claims.core.decisions import Outcome
from concilia.claims.models import Claim
from concilia.claims.queries.settlement import accrual_left
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity
from concilia.kernel.currencies import exponent_of
from concilia.kernel.numbers import round_half_up

ROLLING = timedelta(days=30)


class NoRate(Refused):
    """An amount in another currency cannot be compared with the limits; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A decision as it is put to signature; `content` is the digest signatures count for."""

    outcome: Outcome
    approved_minor: int
    denied_minor: int
    requester: int
    content: str = ""


def request_for(*, claim: Claim, asked: Asked, at: datetime) -> Request:
    """
    What is put to signature: the act, its amount in company currency, what is denied besides.

    The 30-day total is that of `at`, so that two claims planned side by side cannot pass a limit
    together (domain.md §8.1, INV-17).

    :raises NoRate: where the entity has no rate for the claim's currency
    """
    granted = _amount(claim, asked.approved_minor, "approved_minor", at)
    refused = _amount(claim, asked.denied_minor, "denied_minor", at)
    is_denial = asked.outcome is Outcome.DENIED
    return Request(
        act=Act.DENY_CLAIM if is_denial else _act(claim, asked.approved_minor),
        amount=refused if is_denial else granted,
        requester=asked.requester,
        content=asked.content,
        also=((Act.DENY_CLAIM, refused),) if refused.minor and not is_denial else (),
        owner_department=claim.case.department,
        is_commercial=claim.reason.startswith("CO-"),
    )


def company_for(claim: Claim, at: datetime) -> Company:
    """Who could sign about a claim today, in the entity's calendar."""
    manager = claim.customer.account_manager_id
    return company_on(entity=claim.entity, on=today_of(claim.entity, at), account_manager=manager)


def today_of(entity: Entity, at: datetime) -> date:
    """The day it is where the entity works."""
    return at.astimezone(ZoneInfo(entity.timezone)).date()


def in_company_currency(entity: Entity, amount_minor: int, currency: str) -> int:
    """
    An amount in minor units of the entity's currency, at the rate of its settings.

    `settings["rates"]` holds units of company currency for one unit of the other, as text.

    :raises NoRate: if there is none
    """
    if currency == entity.currency or amount_minor == 0:
        return amount_minor
    rate = entity.settings.get("rates", {}).get(currency)
    if rate is None:
        raise NoRate(
            _("There is no rate for {currency}: set one so that limits can be compared."),
            currency=currency,
        )
    shift = Fraction(10) ** (exponent_of(entity.currency) - exponent_of(currency))
    return round_half_up(Fraction(Decimal(str(rate))) * amount_minor * shift)


def _act(claim: Claim, approved_minor: int) -> Act:
    """A trade deal nobody set money aside for has lower limits (§8.1)."""
    if not claim.reason.startswith("CO-"):
        return Act.APPROVE_CLAIM
    is_accrued = accrual_left(claim) >= approved_minor
    return Act.TRADE_DEAL_ACCRUED if is_accrued else Act.TRADE_DEAL_NOT_ACCRUED


def _amount(claim: Claim, amount: int, column: str, at: datetime) -> Amount:
    """Gross, in company currency; with what the customer had decided in the last 30 days (§8.1)."""
    rows = (
        Claim.objects.filter(customer=claim.customer_id, decided_at__gte=at - ROLLING)
        .exclude(pk=claim.pk)
        .values_list("currency")
        .annotate(total=Sum(column))
    )
    entity = claim.entity
    return Amount(
        in_company_currency(entity, amount, claim.currency),
        sum(in_company_currency(entity, total, currency) for currency, total in rows),
        entity.currency,
    )

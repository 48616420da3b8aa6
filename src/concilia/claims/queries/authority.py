"""Whose signatures a decision needs: what is asked, the customer's 30-day total, who could sign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as _

from concilia.cases.core.authority import Act, Amount
from concilia.cases.core.limits import Subject
from concilia.cases.core.people import Request
from concilia.cases.core.routes import Company
from concilia.cases.models import ApprovalRequest
from concilia.cases.queries.company import Matter, company_on
from concilia.claims.core.decisions import Outcome
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.separation import Apart, apart_from
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
    """
    A decision as it is put to signature; `content` is the digest signatures count for.

    `rate`: that of the day it was asked, for one asked before; None takes today's.
    """

    outcome: Outcome
    approved_minor: int
    denied_minor: int
    requester: int
    content: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What a claim of a customer was decided to, in company currency."""

    claim: int
    approved_minor: int
    denied_minor: int


def request_for(*, claim: Claim, asked: Asked, at: datetime) -> Request:
    """
    What is put to signature: the act, its amount in company currency, what is denied besides.

    The 30-day total is that of `at`, so that two claims planned side by side cannot pass a limit
    together (domain.md §8.1, INV-17).

    :raises NoRate: where the entity has no rate for the claim's currency
    """
    before = decided_before(entity=claim.entity, customers=[claim.customer_id], at=at)
    act = _act(claim, asked.approved_minor)
    return request_from(
        claim=claim,
        asked=asked,
        act=act,
        before=before[claim.customer_id],
        apart=apart_from(claim, at),
    )


def request_from(
    *, claim: Claim, asked: Asked, act: Act, before: Iterable[Decided], apart: Apart
) -> Request:
    """
    What is put to signature, from what is known already; no query.

    :param act: what a grant would be; a refusal is a refusal
    :param before: what the customer had decided in 30 days
    :param apart: whom separation of duties keeps from it
    :raises NoRate: where the entity has no rate for the claim's currency
    """
    others = [one for one in before if one.claim != claim.pk]
    granted = _amount(claim, asked, asked.approved_minor, sum(o.approved_minor for o in others))
    refused = _amount(claim, asked, asked.denied_minor, sum(o.denied_minor for o in others))
    is_denial = asked.outcome is Outcome.DENIED
    return Request(
        act=Act.DENY_CLAIM if is_denial else act,
        amount=refused if is_denial else granted,
        requester=asked.requester,
        content=asked.content,
        also=((Act.DENY_CLAIM, refused),) if refused.minor and not is_denial else (),
        owner_department=claim.case.department,
        is_commercial=claim.reason.startswith("CO-"),
        is_refund=apart.is_refund(asked.approved_minor),
        is_new_iban=apart.is_new_account(asked.approved_minor),
        negotiators=apart.settled_by(asked.approved_minor),
        maintainers=apart.maintainers,
        held_until=apart.held_until(asked.approved_minor),
    )


def company_for(claim: Claim, at: datetime, *, limits: str = "") -> Company:
    """
    Who could sign about a claim today, in the entity's calendar.

    :param limits: the version a request was put to signature with; empty for the one in force
    """
    return company_on(entity=claim.entity, at=at, matter=matter_of(claim, limits=limits))


def matter_of(claim: Claim, *, limits: str = "") -> Matter:
    """What limits and separation of duties may differ by."""
    return Matter(
        subject=subject_of(claim),
        account_manager=claim.customer.account_manager_id,
        limits=limits,
    )


def act_of_row(row: ApprovalRequest) -> Act:
    """What a grant would be, of a request kept before: as it was asked."""
    return Act(row.act)


def subject_of(claim: Claim) -> Subject:
    """What limits may differ by: reason, whose it is to judge, the customer's country."""
    return Subject(claim.reason, claim.case.department, claim.customer.country)


def today_of(entity: Entity, at: datetime) -> date:
    """The day it is where the entity works."""
    return at.astimezone(ZoneInfo(entity.timezone)).date()


def rate_of(entity: Entity, currency: str) -> Decimal | None:
    """
    Units of company currency for one unit of another, by the entity's settings; None for its own.

    `settings["rates"]` holds them as text.

    :raises NoRate: if there is none
    """
    if currency == entity.currency:
        return None
    rate = entity.settings.get("rates", {}).get(currency)
    if rate is None:
        raise NoRate(
            _("There is no rate for {currency}: set one so that limits can be compared."),
            currency=currency,
        )
    return Decimal(str(rate))


def in_company_currency(
    entity: Entity, amount_minor: int, currency: str, rate: Decimal | None = None
) -> int:
    """
    An amount in minor units of the entity's currency.

    :param rate: as `rate_of` gave it the day it was asked; None takes today's
    :raises NoRate: if there is none
    """
    if currency == entity.currency or amount_minor == 0:
        return amount_minor
    known = rate or rate_of(entity, currency)
    assert known is not None, "another currency has a rate"
    shift = Fraction(10) ** (exponent_of(entity.currency) - exponent_of(currency))
    return round_half_up(Fraction(known) * amount_minor * shift)


def _act(claim: Claim, approved_minor: int) -> Act:
    """A trade deal nobody set money aside for has lower limits (§8.1)."""
    if not claim.reason.startswith("CO-"):
        return Act.APPROVE_CLAIM
    is_accrued = accrual_left(claim) >= approved_minor
    return Act.TRADE_DEAL_ACCRUED if is_accrued else Act.TRADE_DEAL_NOT_ACCRUED


def _amount(claim: Claim, asked: Asked, minor: int, before: int) -> Amount:
    """Gross, in company currency; with what the customer had decided in the last 30 days (§8.1)."""
    amount = in_company_currency(claim.entity, minor, claim.currency, asked.rate)
    return Amount(amount, before, claim.entity.currency)


def decided_before(
    *, entity: Entity, customers: Collection[int], at: datetime
) -> defaultdict[int, list[Decided]]:
    """
    What customers had decided in 30 days, of each claim the newest decision. Two queries.

    Appealed or reopened, what was granted stays granted: it counts until it is decided anew. What
    was decided keeps the rate of the day it was asked.
    """
    since = at - ROLLING
    columns = ("approved_minor", "denied_minor", "currency")
    rows = (
        Decision.objects.filter(
            claim__customer__in=customers,
            state=Decision.State.APPROVED,
            decided_at__gte=since,
        )
        .order_by("claim", "-version")
        .distinct("claim")
        .values_list("claim__customer", "claim", *columns, "approval__rate")
    )
    taken_over = Claim.objects.filter(
        customer__in=customers,
        origin=Claim.Origin.HISTORY,
        decided_at__gte=since,
        decisions=None,
    ).values_list("customer", "pk", *columns)
    found: defaultdict[int, list[Decided]] = defaultdict(list)
    for customer, claim, approved, denied, currency, rate in (
        *rows,
        *((*row, None) for row in taken_over),
    ):
        told = (in_company_currency(entity, minor, currency, rate) for minor in (approved, denied))
        found[customer].append(Decided(claim, *told))
    return found

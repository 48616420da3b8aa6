"""Who may agree on a plan: the limits of the company, and what the customer had in 30 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Sum

from concilia.cases.core.authority import FOUR_EYES_FROM, Act, Amount, AuthorityMatrix, Level
from concilia.cases.core.limits import Subject
from concilia.cases.queries.limits import table_for
from concilia.claims.queries.authority import in_company_currency
from concilia.customers.models import Customer
from concilia.dunning.models import Plan

ROLLING: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class PlanAuthority:
    """
    What a plan or a settlement asks of the limits (domain.md §8.1), in company currency.

    A settlement is about what it gives up (`share_bp` of the debt), a plan about what is paid
    later.
    """

    act: Act
    matrix: AuthorityMatrix
    amount: Amount

    def covers(self, level: int) -> bool:
        """Whether a level may agree on it; 0 is a rule, such as the customer's own yes."""
        return self.matrix.may(self.act, Level(level), self.amount)

    @property
    def lowest(self) -> Level | None:
        """The lowest level of a person who may agree on it; None: nobody may."""
        return self.matrix.lowest_level(self.act, self.amount)

    @property
    def needs_two(self) -> bool:
        """Whether two people look at it (SoD-7)."""
        return self.lowest is None or self.lowest >= FOUR_EYES_FROM


def authority_over(
    *, customer: Customer, minor: int, currency: str, rows: int, at: datetime, share_bp: int = 0
) -> PlanAuthority:
    """
    What a plan for an amount in so many rows asks of the limits, or without rows a settlement that
    gives up an amount. Two queries.

    :raises NoRate: where the entity has no rate for the currency
    """
    entity = customer.entity
    asked = in_company_currency(entity, minor, currency)
    agreed = Plan.objects.filter(customer=customer, agreed_at__gte=at - ROLLING)
    agreed = agreed.exclude(state="CANCELLED")
    settled = agreed.filter(kind=Plan.Kind.SETTLEMENT)
    agreed = agreed.exclude(kind=Plan.Kind.SETTLEMENT) if rows else settled
    before = agreed.aggregate(minor=Sum("agreed_minor"))["minor"] or 0
    matrix = table_for(entity).matrix_for(Subject(country=customer.country))
    act = Act.INSTALMENT_PLAN if rows else Act.SETTLEMENT_WAIVER
    amount = Amount(asked, before, entity.currency, share_bp=share_bp, rows=rows)
    return PlanAuthority(act, matrix, amount)

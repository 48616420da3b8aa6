"""Proposals that are alike: by rule and payer, what each group would do, and its payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import Q, QuerySet

from concilia.cash.models import Allocation, Match
from concilia.cash.queries.bank import DOUBTS

GROUPS_MAX: Final = 50
MEMBERS_MAX: Final = 200
ALIKE_MIN: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """
    What the proposals of one rule for one payer would do together; amounts in minor units.

    `unsure` of them have an answer as good, or a doubt: these are not confirmed together.
    """

    rule: str
    customer_id: int
    customer: str
    currency: str
    payments: int
    unsure: int
    paid_minor: int
    items: int
    discount_minor: int
    writeoff_minor: int
    deductions: int
    deduction_minor: int
    on_account_minor: int

    @property
    def sure(self) -> int:
        """How many can be confirmed together."""
        return self.payments - self.unsure


@dataclass(frozen=True, slots=True)
class Member:
    """One proposal of a group: the documents it settles, and whether something speaks against."""

    match: Match
    allocations: tuple[Allocation, ...]
    is_sure: bool


GROUPS: Final = """
WITH alike AS (
    SELECT m.id, m.rule, m.customer_id, m.currency, m.on_account_minor, e.amount_minor,
           m.alternatives <> '[]'::jsonb OR EXISTS (
               SELECT 1 FROM jsonb_array_elements(coalesce(m.explanation -> 'parts', '[]'::jsonb)) p
                WHERE p ->> 'key' = ANY(%(doubts)s)) AS unsure
      FROM cash_match m JOIN receivables_bankentry e ON e.id = m.bank_entry_id
     WHERE m.entity_id = %(entity)s AND m.state = 'PROPOSED' AND m.customer_id IS NOT NULL
       AND NOT e.is_return),
  does AS (
    SELECT a.match_id, count(*) AS items, sum(a.discount_minor) AS discount,
           sum(a.writeoff_minor) AS writeoff,
           count(*) FILTER (WHERE a.deduction_minor > 0) AS deductions,
           sum(a.deduction_minor) AS deduction
      FROM cash_allocation a JOIN alike ON alike.id = a.match_id GROUP BY a.match_id)
SELECT x.rule, x.customer_id, c.name, x.currency, count(*) AS payments,
       count(*) FILTER (WHERE x.unsure), sum(x.amount_minor), coalesce(sum(d.items), 0),
       coalesce(sum(d.discount), 0), coalesce(sum(d.writeoff), 0),
       coalesce(sum(d.deductions), 0), coalesce(sum(d.deduction), 0), sum(x.on_account_minor)
  FROM alike x JOIN customers_customer c ON c.id = x.customer_id
  LEFT JOIN does d ON d.match_id = x.id
 GROUP BY x.rule, x.customer_id, c.name, x.currency
HAVING count(*) >= %(least)s
 ORDER BY count(*) DESC, x.rule, c.name, x.currency
 LIMIT %(most)s
"""


def groups_alike(*, entity_id: int) -> list[Alike]:
    """The largest groups of proposals that one rule made for one payer; one query."""
    asked: dict[str, int | list[str]] = {
        "entity": entity_id,
        "doubts": sorted(DOUBTS),
        "least": ALIKE_MIN,
        "most": GROUPS_MAX,
    }
    with connection.cursor() as cursor:
        cursor.execute(GROUPS, asked)
        rows = cursor.fetchall()
    return [
        Alike(
            rule=row[0],
            customer_id=row[1],
            customer=row[2],
            currency=row[3],
            payments=row[4],
            unsure=row[5],
            paid_minor=int(row[6]),
            items=int(row[7]),
            discount_minor=int(row[8]),
            writeoff_minor=int(row[9]),
            deductions=int(row[10]),
            deduction_minor=int(row[11]),
            on_account_minor=int(row[12]),
        )
        for row in rows
    ]


def members_alike(*, entity_id: int, rule: str, customer_id: int, currency: str) -> list[Member]:
    """The proposals of a group, the surest first, up to 200; two queries."""
    rows: QuerySet[Match] = Match.objects.filter(
        entity=entity_id,
        state=Match.State.PROPOSED,
        rule=rule,
        customer=customer_id,
        currency=currency,
        bank_entry__is_return=False,
    )
    matches = list(
        rows.select_related("bank_entry", "customer").order_by("-confidence_bp", "pk")[:MEMBERS_MAX]
    )
    does = _allocations(matches)
    return [Member(match, does.get(match.pk, ()), _is_sure(match)) for match in matches]


def _allocations(matches: Sequence[Match]) -> Mapping[int, tuple[Allocation, ...]]:
    found: dict[int, list[Allocation]] = {}
    rows = Allocation.objects.filter(Q(match__in=matches)).select_related("item").order_by("pk")
    for row in rows:
        found.setdefault(row.match_id, []).append(row)
    return {key: tuple(several) for key, several in found.items()}


def _is_sure(match: Match) -> bool:
    parts = match.explanation.get("parts") or ()
    return not match.alternatives and not DOUBTS & {one["key"] for one in parts}

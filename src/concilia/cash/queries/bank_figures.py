"""The figures under the bank desk, and the rows behind each (domain.md §5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from concilia.cash.models import NOT_APPLIED, RETURNED, Match
from concilia.cash.queries.unapplied import unapplied_totals

LIVE: Final = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)
REVERSED_WITHIN: Final = timedelta(days=30)
SPAN_DAYS: Final = 30


class Figure(StrEnum):
    """What can be asked for by name; the name is a part of its page's address."""

    PAYMENTS = "payments"
    LINES = "lines"
    AMOUNT = "amount"
    UNAPPLIED = "unapplied"
    REVERSED = "reversed"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it is made of; `share` is None while there is nothing to divide by."""

    part: int
    whole: int

    @property
    def share(self) -> Decimal | None:
        """The part of the whole, from 0 to 1."""
        return Decimal(self.part) / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which payments count: those of one statement, or those booked in a span of days."""

    statement_id: int | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def last(cls, days: int, today: date) -> Scope:
        """The payments booked in the days before `today`, and on it."""
        return cls(since=today - timedelta(days=days))

    def entries(self, prefix: str) -> Q:
        """The condition on bank entries reached by `prefix` (for example `bank_entry__`)."""
        if self.statement_id is not None:
            return Q(**{f"{prefix}statement": self.statement_id})
        wanted = Q()
        if self.since:
            wanted &= Q(**{f"{prefix}booking_date__gte": self.since})
        if self.until:
            wanted &= Q(**{f"{prefix}booking_date__lte": self.until})
        return wanted

    @property
    def condition(self) -> str:
        """The same as SQL on bank entries `e`; it takes `values`."""
        if self.statement_id is not None:
            return "e.statement_id = %(statement)s"
        spans = ((self.since, ">= %(since)s"), (self.until, "<= %(until)s"))
        return " AND ".join(f"e.booking_date {words}" for day, words in spans if day) or "true"

    @property
    def values(self) -> dict[str, int | date | None]:
        """What `condition` takes."""
        return {"statement": self.statement_id, "since": self.since, "until": self.until}


@dataclass(frozen=True, slots=True)
class Rates:
    """
    How much of what came was posted without a person, by payments and by amount.

    `amounts` has one rate for each currency, in minor units; currencies are never added up.
    `answered` payments are posted or wait for a person; the others wait for the engine.
    """

    payments: Rate
    amounts: Mapping[str, Rate]
    answered: int

    @property
    def untouched(self) -> int:
        """Payments posted without a person."""
        return self.payments.part


@dataclass(frozen=True, slots=True)
class Figures:
    """The three match rates, money nobody has applied, and the share of postings taken back."""

    payments: Rate
    lines: Rate
    amounts: Mapping[str, Rate]
    unapplied: Mapping[str, int]
    reversed: Rate


UNTOUCHED: Final = Q(state=Match.State.POSTED, decided_by=None)
# At most one answer of an entry is posted, and at most one waits: no entry is counted twice.
PAYMENTS: Final = """
SELECT e.currency,
       count(*) FILTER (WHERE coalesce(p.rule, '') <> ALL(%(no_payment)s)) AS payments,
       coalesce(sum(e.amount_minor) FILTER (
         WHERE coalesce(p.rule, '') <> ALL(%(no_payment)s)), 0) AS amount,
       count(*) FILTER (WHERE p.rule <> ALL(%(no_payment)s))
         + count(*) FILTER (WHERE w.rule <> ALL(%(no_payment)s)) AS answered,
       count(*) FILTER (
         WHERE p.rule <> ALL(%(no_payment)s) AND p.decided_by_id IS NULL) AS untouched,
       coalesce(sum(e.amount_minor) FILTER (
         WHERE p.rule <> ALL(%(no_payment)s) AND p.decided_by_id IS NULL), 0)
         AS untouched_amount
  FROM receivables_bankentry e
  LEFT JOIN cash_match p ON p.bank_entry_id = e.id AND p.state = 'POSTED'
  LEFT JOIN cash_match w ON w.bank_entry_id = e.id AND w.state IN ('PROPOSED', 'OPEN')
 WHERE e.entity_id = %(entity)s AND NOT e.is_return
   AND {scope}
 GROUP BY e.currency
"""


def figures(
    *,
    entity_id: int,
    scope: Scope,
    as_of: date,
    waiting: Mapping[str, tuple[int, int]] | None = None,
) -> Figures:
    """
    Compute the figures, in a constant number of queries.

    :param waiting: what waits by currency, if it is known already
    """
    told = rates(entity_id=entity_id, scope=scope)
    return Figures(
        payments=told.payments,
        lines=line_rate(entity_id=entity_id, scope=scope, told=told),
        amounts=told.amounts,
        unapplied=unapplied_totals(entity_id=entity_id, waiting=waiting),
        reversed=reversal_rate(entity_id=entity_id, as_of=as_of),
    )


def rates(*, entity_id: int, scope: Scope) -> Rates:
    """The rates by payments and by amount; one query. What the bank took back did not come."""
    asked = {"entity": entity_id, "no_payment": list(NOT_APPLIED), **scope.values}
    with connection.cursor() as cursor:
        cursor.execute(PAYMENTS.format(scope=scope.condition), asked)
        rows = [(currency, *map(int, rest)) for currency, *rest in cursor.fetchall()]
    payments, answered, untouched = (sum(row[place] for row in rows) for place in (1, 3, 4))
    rows = [row for row in sorted(rows, key=lambda row: -row[1]) if row[1]]
    return Rates(
        payments=Rate(untouched, payments),
        amounts={currency: Rate(part, whole) for currency, _, whole, _, _, part in rows},
        answered=answered,
    )


def line_rate(*, entity_id: int, scope: Scope, told: Rates) -> Rate:
    """
    The rate by lines; one query. A payment nobody could place counts as one line.

    :param told: the other rates of the same scope
    """
    rows = answers(entity_id=entity_id, scope=scope).filter(allocations__isnull=False)
    settled = rows.aggregate(
        answers=Count("pk", distinct=True),
        untouched_answers=Count("pk", distinct=True, filter=UNTOUCHED),
        lines=Count("allocations__item"),
        untouched_lines=Count("allocations__item", filter=UNTOUCHED),
    )
    return Rate(
        settled["untouched_lines"] + told.untouched - settled["untouched_answers"],
        settled["lines"] + told.payments.whole - settled["answers"],
    )


def answers(*, entity_id: int, scope: Scope) -> QuerySet[Match]:
    """The live answers to payments of the scope: not to what the bank took back."""
    return Match.objects.filter(
        scope.entries("bank_entry__"),
        entity=entity_id,
        state__in=LIVE,
        bank_entry__is_return=False,
    ).exclude(rule__in=NOT_APPLIED)


def automatic(*, entity_id: int, as_of: date) -> QuerySet[Match]:
    """What was posted without a person in the 30 days before `as_of`; some was reversed since."""
    since = as_of - REVERSED_WITHIN
    return Match.objects.filter(
        entity=entity_id,
        state__in=[Match.State.POSTED, Match.State.REVERSED],
        decided_by=None,
        posted_at__gte=datetime.combine(since, time.min, UTC),
    )


def reversed_matches(*, entity_id: int, as_of: date) -> QuerySet[Match]:
    """
    What was posted without a person and taken back within 30 days: false matches.

    A payment the bank took back was matched right.
    """
    went_back = Match.objects.filter(
        bank_entry=OuterRef("bank_entry"), rule=RETURNED, state=Match.State.POSTED
    )
    return automatic(entity_id=entity_id, as_of=as_of).filter(
        ~Exists(went_back),
        state=Match.State.REVERSED,
        reversed_at__lte=F("posted_at") + REVERSED_WITHIN,
    )


def reversal_rate(*, entity_id: int, as_of: date) -> Rate:
    """Of what was posted without a person in the 30 days before `as_of`, how much was wrong."""
    whole = automatic(entity_id=entity_id, as_of=as_of).count()
    return Rate(reversed_matches(entity_id=entity_id, as_of=as_of).count(), whole)

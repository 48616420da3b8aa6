"""The figures under the bank desk, and the rows behind each (domain.md §5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from concilia.cash.models import Match
from concilia.receivables.models import BankAccount, BankEntry, ItemKind, OpenItem

LIVE: Final = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)
WAITING: Final = (Match.State.PROPOSED, Match.State.OPEN)
RETURNED: Final = "RET"
REVERSED_WITHIN: Final = timedelta(days=30)
AGES: Final = ((30, "0-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"), (365, "181-365"))
OLDER: Final = "365+"


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


@dataclass(frozen=True, slots=True)
class Figures:
    """
    The three match rates, money nobody has applied, and the share of postings taken back.

    `amounts` has one rate for each currency, in minor units; currencies are never added up.
    """

    payments: Rate
    lines: Rate
    amounts: Mapping[str, Rate]
    unapplied: Mapping[str, int]
    reversed: Rate


UNTOUCHED: Final = Q(state=Match.State.POSTED, decided_by=None)


def figures(*, entity_id: int, scope: Scope, as_of: date, reversals: Rate | None = None) -> Figures:
    """
    Compute the figures, in a constant number of queries.

    A payment nobody could place counts as one line.

    :param reversals: `reversal_rate`, if it is known already
    """
    told = answers(entity_id=entity_id, scope=scope).aggregate(
        answered=Count("pk", distinct=True),
        untouched=Count("pk", distinct=True, filter=UNTOUCHED),
        lines=Count("allocations"),
        untouched_lines=Count("allocations", filter=UNTOUCHED),
        bare=Count("pk", filter=Q(allocations=None)),
        untouched_bare=Count("pk", filter=UNTOUCHED & Q(allocations=None)),
    )
    came = _came(entity_id, scope)
    payments = sum(n for n, _ in came.values())
    unasked = payments - told["answered"]
    return Figures(
        payments=Rate(told["untouched"], payments),
        lines=Rate(
            told["untouched_lines"] + told["untouched_bare"],
            told["lines"] + told["bare"] + unasked,
        ),
        amounts=_amounts(entity_id, scope, came),
        unapplied=unapplied_totals(entity_id=entity_id),
        reversed=reversals or reversal_rate(entity_id=entity_id, as_of=as_of),
    )


def answers(*, entity_id: int, scope: Scope) -> QuerySet[Match]:
    """The live answers to payments of the scope: not to what the bank took back."""
    return Match.objects.filter(
        scope.entries("bank_entry__"),
        entity=entity_id,
        state__in=LIVE,
        bank_entry__is_return=False,
    ).exclude(rule=RETURNED)


def _came(entity_id: int, scope: Scope) -> dict[str, tuple[int, int]]:
    """How many payments came, and how much, by currency; what went back did not come."""
    went_back = Match.objects.filter(
        bank_entry=OuterRef("pk"), rule=RETURNED, state=Match.State.POSTED
    )
    rows = (
        BankEntry.objects.filter(scope.entries(""), ~Exists(went_back), entity=entity_id)
        .filter(is_return=False)
        .values_list("currency")
        .annotate(n=Count("pk"), total=Sum("amount_minor"))
    )
    return {currency: (n, total) for currency, n, total in rows}


def _amounts(entity_id: int, scope: Scope, came: Mapping[str, tuple[int, int]]) -> dict[str, Rate]:
    untouched = dict(
        answers(entity_id=entity_id, scope=scope)
        .filter(UNTOUCHED)
        .values_list("currency")
        .annotate(total=Sum("bank_entry__amount_minor"))
    )
    return {
        currency: Rate(untouched.get(currency, 0), total)
        for currency, (_, total) in sorted(came.items(), key=lambda pair: -pair[1][0])
    }


def automatic(*, entity_id: int, as_of: date) -> QuerySet[Match]:
    """What was posted without a person in the 30 days before `as_of`; some was reversed since."""
    since = as_of - REVERSED_WITHIN
    return Match.objects.filter(
        entity=entity_id,
        # The index on booking days finds them; what is booked earlier is not posted this late.
        bank_entry__booking_date__gte=since - REVERSED_WITHIN,
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unapplied:
    """
    Money that settles nothing yet: `waiting` for an answer, on a customer's `account`, or taken
    back by the bank and not settled (`return`, below zero).
    """

    kind: str
    day: date
    currency: str
    amount_minor: int
    age_days: int
    entry_id: int | None = None
    payer: str = ""
    customer: str = ""
    number: str = ""

    @property
    def age(self) -> str:
        """The bucket it is in, as days: `0-30` … `365+`."""
        return next((name for days, name in AGES if self.age_days <= days), OLDER)


def unapplied_totals(*, entity_id: int) -> dict[str, int]:
    """Unapplied cash by currency: what stands on SUSPENSE and UNAPPLIED_CASH; three queries."""
    totals: dict[str, int] = {}
    waiting = (
        waiting_entries(entity_id=entity_id)
        .values_list("currency", "bank_entry__is_return")
        .annotate(total=Sum("bank_entry__amount_minor"))
        .order_by()
    )
    for currency, is_return, total in waiting:
        totals[currency] = totals.get(currency, 0) + (-total if is_return else total)
    on_account = (
        account_items(entity_id=entity_id)
        .values_list("currency")
        .annotate(total=Sum("open_minor"))
        .order_by()
    )
    for currency, total in on_account:
        totals[currency] = totals.get(currency, 0) - total
    return {currency: total for currency, total in sorted(totals.items()) if total}


def waiting_entries(*, entity_id: int) -> QuerySet[Match]:
    """Entries that wait for a person, as their answers."""
    return Match.objects.filter(entity=entity_id, state__in=WAITING)


def account_items(*, entity_id: int) -> QuerySet[OpenItem]:
    """What stands on customers' accounts; the index on open amounts holds the few credits."""
    currencies = BankAccount.objects.filter(entity=entity_id).values("currency").distinct()
    return OpenItem.objects.filter(
        entity=entity_id,
        currency__in=[row["currency"] for row in currencies],
        open_minor__lt=0,
        kind=ItemKind.ON_ACCOUNT,
    )


def unapplied_rows(*, entity_id: int, as_of: date) -> list[Unapplied]:
    """All money that settles nothing yet, the oldest first."""
    rows = [
        Unapplied(
            kind="return" if match.bank_entry.is_return else "waiting",
            day=match.bank_entry.value_date,
            currency=match.currency,
            amount_minor=match.bank_entry.amount_minor * (-1 if match.bank_entry.is_return else 1),
            age_days=max(0, (as_of - match.bank_entry.value_date).days),
            entry_id=match.bank_entry_id,
            payer=match.bank_entry.payer_name,
            customer=match.customer.name if match.customer else "",
        )
        for match in waiting_entries(entity_id=entity_id).select_related("bank_entry", "customer")
    ]
    items = list(account_items(entity_id=entity_id).select_related("customer"))
    entries = dict(
        Match.objects.filter(on_account_item__in=items).values_list("on_account_item", "bank_entry")
    )
    rows += [
        Unapplied(
            kind="account",
            day=item.issue_date,
            currency=item.currency,
            amount_minor=-item.open_minor,
            age_days=max(0, (as_of - item.issue_date).days),
            entry_id=entries.get(item.pk),
            customer=item.customer.name,
            number=item.document_number,
        )
        for item in items
    ]
    return sorted(rows, key=lambda row: (row.day, row.kind, row.entry_id or 0))


def ages(rows: list[Unapplied]) -> dict[str, dict[str, int]]:
    """Sums by currency and age bucket; every bucket is there, so that they add up to the whole."""
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        buckets = sums.setdefault(row.currency, {name: 0 for _, name in AGES} | {OLDER: 0})
        buckets[row.age] += row.amount_minor
    return sums

"""Money nobody has applied: its sums by currency and age, and the rows that make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from concilia.cash.models import Match
from concilia.receivables.models import BankAccount, ItemKind, OpenItem

WAITING: Final = (Match.State.PROPOSED, Match.State.OPEN)
AGES: Final = ((30, "0-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"), (365, "181-365"))
OLDER: Final = "365+"
BUCKETS: Final = (*(name for _, name in AGES), OLDER)
READ_AT_ONCE: Final = 2_000
# Both halves of the list have these columns, in this order; the first four put it in order.
COLUMNS: Final = (
    "day", "where", "entry_key", "row_key", "code", "minor", "payer", "who", "document",
)  # fmt: skip
SIGNED: Final = Case(
    When(bank_entry__is_return=True, then=-F("bank_entry__amount_minor")),
    default=F("bank_entry__amount_minor"),
    output_field=BigIntegerField(),
)


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


@dataclass(slots=True)
class Sums:
    """How many rows of one currency there are, and what they make in each bucket of ages."""

    rows: dict[str, int]
    minor: dict[str, int]


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


def sums_of(matches: QuerySet[Match]) -> dict[str, tuple[int, int]]:
    """
    How many entries some answers are for, and what these make together, by currency.

    Money taken back by the bank counts against it.
    """
    rows = matches.order_by().values_list("currency").annotate(n=Count("pk"), minor=Sum(SIGNED))
    return {currency: (n, minor) for currency, n, minor in rows}


def unapplied_totals(
    *, entity_id: int, waiting: Mapping[str, tuple[int, int]] | None = None
) -> dict[str, int]:
    """
    Unapplied cash by currency: what stands on SUSPENSE and UNAPPLIED_CASH; three queries.

    :param waiting: `sums_of` all that waits, if it is known already
    """
    if waiting is None:
        waiting = sums_of(waiting_entries(entity_id=entity_id))
    totals = {currency: minor for currency, (_, minor) in waiting.items()}
    on_account = (
        account_items(entity_id=entity_id)
        .values_list("currency")
        .annotate(total=Sum("open_minor"))
        .order_by()
    )
    for currency, total in on_account:
        totals[currency] = totals.get(currency, 0) - total
    return {currency: total for currency, total in sorted(totals.items()) if total}


class UnappliedRows:
    """
    All money that settles nothing yet, the oldest first; a slice is read by one query.

    :param age: only what is in this bucket of ages; one of `BUCKETS`, or nothing for all
    """

    def __init__(self, *, entity_id: int, as_of: date, age: str = "") -> None:
        self._as_of = as_of
        self._age = age
        self._waiting = waiting_entries(entity_id=entity_id)
        self._items = account_items(entity_id=entity_id)

    def sums(self) -> dict[str, Sums]:
        """
        By currency and bucket, of all ages; every bucket is there, so they add up to the whole.

        Two queries.
        """
        found: dict[str, Sums] = {}
        for rows, day, minor in (
            (self._waiting, "bank_entry__value_date", SIGNED),
            (self._items, "issue_date", -F("open_minor")),
        ):
            told: Any = (
                rows.order_by()
                .annotate(bucket=self._bucket(day))
                .values_list("currency", "bucket")
                .annotate(n=Count("pk"), minor=Sum(minor))
            )
            for currency, bucket, n, total in told:
                sums = found.setdefault(
                    currency, Sums(dict.fromkeys(BUCKETS, 0), dict.fromkeys(BUCKETS, 0))
                )
                sums.rows[bucket] += n
                sums.minor[bucket] += total
        return dict(sorted(found.items()))

    def __getitem__(self, wanted: slice) -> list[Unapplied]:
        return [self._row(values) for values in self._union()[wanted]]

    def __iter__(self) -> Iterator[Unapplied]:
        for values in self._union().iterator(chunk_size=READ_AT_ONCE):
            yield self._row(values)

    def _row(self, values: tuple[Any, ...]) -> Unapplied:
        day, kind, entry_id, _, currency, minor, payer, customer, number = values
        return Unapplied(
            kind=kind,
            day=day,
            currency=currency,
            amount_minor=minor,
            age_days=max(0, (self._as_of - day).days),
            entry_id=entry_id or None,
            payer=payer,
            customer=customer,
            number=number,
        )

    def _union(self) -> QuerySet[Any]:
        waiting = self._waiting.filter(self._of_age("bank_entry__value_date")).annotate(
            day=F("bank_entry__value_date"),
            where=Case(
                When(bank_entry__is_return=True, then=Value("return")),
                default=Value("waiting"),
                output_field=CharField(),
            ),
            entry_key=F("bank_entry"),
            row_key=F("pk"),
            code=F("currency"),
            minor=SIGNED,
            payer=F("bank_entry__payer_name"),
            who=Coalesce("customer__name", Value("")),
            document=Value(""),
        )
        paid_by = Match.objects.filter(on_account_item=OuterRef("pk")).order_by("-pk")
        items = self._items.filter(self._of_age("issue_date")).annotate(
            day=F("issue_date"),
            where=Value("account"),
            entry_key=Coalesce(
                Subquery(paid_by.values("bank_entry")[:1]), 0, output_field=BigIntegerField()
            ),
            row_key=F("pk"),
            code=F("currency"),
            minor=-F("open_minor"),
            payer=Value(""),
            who=F("customer__name"),
            document=F("document_number"),
        )
        both = waiting.order_by().values_list(*COLUMNS)
        return both.union(items.order_by().values_list(*COLUMNS), all=True).order_by(*COLUMNS[:4])

    def _bucket(self, day: str) -> Case:
        return Case(
            *(
                When(**{f"{day}__gte": self._as_of - timedelta(days=days)}, then=Value(name))
                for days, name in AGES
            ),
            default=Value(OLDER),
            output_field=CharField(),
        )

    def _of_age(self, day: str) -> Q:
        """The condition on a day to be in the bucket that is asked for."""
        if not self._age:
            return Q()
        if self._age not in BUCKETS:
            return Q(pk=None)
        place = BUCKETS.index(self._age)
        found = Q()
        if place < len(AGES):
            found &= Q(**{f"{day}__gte": self._as_of - timedelta(days=AGES[place][0])})
        if place:
            found &= Q(**{f"{day}__lt": self._as_of - timedelta(days=AGES[place - 1][0])})
        return found

"""What became of payments, as rows for other programs: one for each item a payment was put to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet

from concilia.cash.models import Match
from concilia.cash.queries.bank_figures import Scope
from concilia.kernel.money import Money

READ_AT_ONCE: Final = 2_000
LIVE: Final = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)
# The column of a result, and where it stands.
COLUMNS: Final[Mapping[str, str]] = {
    "payment": "bank_entry",
    "statement": "bank_entry__statement__identification",
    "account": "bank_entry__account__iban",
    "booked": "bank_entry__booking_date",
    "value": "bank_entry__value_date",
    "payer": "bank_entry__payer_name",
    "payer_iban": "bank_entry__payer_iban",
    "text": "bank_entry__text",
    "is_return": "bank_entry__is_return",
    "currency": "currency",
    "paid": "bank_entry__amount_minor",
    "state": "state",
    "rule": "rule",
    "confidence_bp": "confidence_bp",
    "customer": "customer__number",
    "customer_name": "customer__name",
    "on_account": "on_account_minor",
    "label": "explanation__label",
    "document": "allocations__item__document_number",
    "document_customer": "allocations__item__customer__number",
    "applied": "allocations__applied_minor",
    "discount": "allocations__discount_minor",
    "writeoff": "allocations__writeoff_minor",
    "writeoff_reason": "allocations__writeoff_reason",
    "deduction": "allocations__deduction_minor",
    "deduction_reason": "allocations__deduction_reason",
    "deduction_document": "allocations__deduction_item__document_number",
    "decided_by": "decided_by__name",
    "posted_at": "posted_at",
}
AMOUNTS: Final = frozenset({"paid", "on_account", "applied", "discount", "writeoff", "deduction"})
MAY_LACK: Final = AMOUNTS | {"posted_at"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    One item that a payment was put to; of a payment put to none, the payment alone.

    Amounts are decimals in the payment's currency, None where there is no item. `on_account` is the
    payment's and stands on its first row, as `paid` does: columns add up.
    """

    payment: int
    statement: str
    account: str
    booked: date
    value: date
    payer: str
    payer_iban: str
    text: str
    is_return: bool
    currency: str
    paid: Decimal | None
    state: str
    rule: str
    confidence_bp: int
    customer: str
    customer_name: str
    on_account: Decimal | None
    label: str
    document: str
    document_customer: str
    applied: Decimal | None
    discount: Decimal | None
    writeoff: Decimal | None
    writeoff_reason: str
    deduction: Decimal | None
    deduction_reason: str
    deduction_document: str
    decided_by: str
    posted_at: datetime | None


HEAD: Final = tuple(each.name for each in fields(Result))
Row = tuple[Any, ...]


class Results:
    """The results of a scope, by day and payment; a slice or the whole is read by one query."""

    def __init__(self, *, entity_id: int, scope: Scope) -> None:
        self._rows: QuerySet[Match, Row] = (
            Match.objects.filter(scope.entries("bank_entry__"), entity=entity_id, state__in=LIVE)
            .order_by("bank_entry__booking_date", "bank_entry", "allocations__pk")
            .values_list(*COLUMNS.values())
        )

    def __iter__(self) -> Iterator[Result]:
        last = 0
        for row in self._rows.iterator(chunk_size=READ_AT_ONCE):
            yield _result(row, is_first=row[0] != last)
            last = row[0]

    def page(self, skip: int, limit: int) -> list[Result]:
        """Some results from the `skip`-th on; the row before says whether a payment goes on."""
        rows = list(self._rows[max(skip - 1, 0) : skip + limit])
        before = rows.pop(0)[0] if skip and rows else 0
        found = []
        for row in rows:
            found.append(_result(row, is_first=row[0] != before))
            before = row[0]
        return found


def _result(row: Row, *, is_first: bool) -> Result:
    values = dict(zip(COLUMNS, row, strict=True))
    currency = values["currency"]
    for name in AMOUNTS:
        values[name] = _decimal(values[name], currency)
    if not is_first:
        values["paid"] = values["on_account"] = None
    bare: dict[str, Any] = {
        name: "" if value is None and name not in MAY_LACK else value
        for name, value in values.items()
    }
    return Result(**bare)


def _decimal(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else Money(minor, currency).to_decimal()

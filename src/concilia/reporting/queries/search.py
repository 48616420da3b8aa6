"""What the search finds: cases, invoices and items, payments and claims by their amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from concilia.cases.models import Case
from concilia.cash.core.typed import amount_typed
from concilia.claims.models import Claim
from concilia.claims.models.claims import CLOSED_STATES
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import BankEntry, OpenItem

MOST: Final = 6
NUMBER_MIN: Final = 3
DIGITS: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing found, with its amount in minor units and what it belongs to."""

    pk: int
    name: str
    customer: str
    customer_id: int | None
    minor: int
    currency: str
    day: date | None = None


def find_claims(*, entity_id: int, text: str, currency: str, most: int = MOST) -> list[Found]:
    """
    Claims by case number, by the customer's own number for them, or the latest for no text.

    Of an amount only the claims still open are found, in the currency given.

    A number may be typed without its letters and zeros: 418 finds CLM-0418.
    """
    rows = Claim.objects.filter(entity_id=entity_id).select_related("case", "customer")
    if not text:
        return [_claim(claim) for claim in rows.order_by("-received_at")[:most]]
    if not DIGITS.search(text):
        return []
    # Each by its own index; one condition with OR over two tables would read them all.
    cases = Case.objects.filter(entity_id=entity_id, number__in=_case_numbers(text))
    known = list(rows.filter(case__in=list(cases.values_list("pk", flat=True)))[:most])
    theirs = rows.filter(their_reference=text).order_by("-received_at")[:most]
    amount = _claims_of_amount(entity_id, text, currency)[:most]
    return [_claim(claim) for claim in dict.fromkeys([*known, *theirs, *amount])][:most]


def find_items(*, entity_id: int, text: str, most: int = MOST) -> list[Found]:
    """Documents of the sub-ledger with this number, whatever signs it is written with."""
    key = normalise_reference(text)
    if len(key) < NUMBER_MIN or not DIGITS.search(key):
        return []
    rows = OpenItem.objects.filter(entity_id=entity_id, number_key=key)
    found = rows.select_related("customer").order_by("-issue_date", "pk")[:most]
    return [_item(item) for item in found]


def find_amount(*, entity_id: int, text: str, currency: str, most: int = MOST) -> list[Found]:
    """Open items of exactly this amount; the amount may be written as in any of the languages."""
    minor = amount_typed(text, currency)
    if minor is None:
        return []
    rows = OpenItem.objects.filter(entity_id=entity_id, currency=currency, open_minor=minor)
    return [_item(item) for item in rows.select_related("customer").order_by("due_date")[:most]]


def find_payments(*, entity_id: int, text: str, most: int = MOST) -> list[Found]:
    """Payments by the reference their sender gave them."""
    if len(text) < NUMBER_MIN:
        return []
    rows = BankEntry.objects.filter(entity_id=entity_id, end_to_end_id=text)
    return [
        Found(
            pk=entry.pk,
            name=entry.payer_name,
            customer="",
            customer_id=entry.customer_id,
            minor=entry.amount_minor,
            currency=entry.currency,
            day=entry.booking_date,
        )
        for entry in rows.order_by("-booking_date")[:most]
    ]


def _claims_of_amount(entity_id: int, text: str, currency: str) -> QuerySet[Claim]:
    minor = amount_typed(text, currency)
    if minor is None:
        return Claim.objects.none()
    rows = Claim.objects.filter(entity_id=entity_id, currency=currency, claimed_minor=minor)
    rows = rows.exclude(state__in=CLOSED_STATES).select_related("case", "customer")
    return rows.order_by("-received_at")


def _case_numbers(text: str) -> Sequence[str]:
    written = text.upper()
    digits = re.sub(r"\D", "", text)
    padded = [f"CLM-{digits.lstrip('0').zfill(width)}" for width in range(4, 9)]
    return [written, *padded] if digits else [written]


def _claim(claim: Claim) -> Found:
    return Found(
        pk=claim.pk,
        name=claim.case.number,
        customer=claim.customer.name,
        customer_id=claim.customer_id,
        minor=claim.claimed_minor,
        currency=claim.currency,
    )


def _item(item: OpenItem) -> Found:
    return Found(
        pk=item.pk,
        name=item.document_number,
        customer=item.customer.name,
        customer_id=item.customer_id,
        minor=item.open_minor,
        currency=item.currency,
        day=item.due_date,
    )

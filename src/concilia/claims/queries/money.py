"""Where the money behind a claim is: every cent of its invoices in exactly one place (INV-06)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from concilia.claims.models import Claim, ClaimLine, Settlement
from concilia.ledger.models import JournalLine
from concilia.receivables.models import Invoice, ItemKind, OpenItem

CREDITS: Final = ("CREDIT_NOTE", "AP_OFFSET", "PENALTY_ACCEPTED")
GIVEN_UP: Final = ("WRITE_OFF", "DEBT_WRITTEN_OFF")
MOVEMENTS_MAX: Final = 60


@dataclass(frozen=True, slots=True)
class Movement:
    """One ledger line behind the figures; `minor` is what it changed of what the customer owes."""

    on: date
    kind: str
    document: str
    minor: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is found of a claim's undecided cents: by the rules, or nothing yet."""

    valid_minor: int = 0
    not_valid_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMoney:
    """
    The documents of a claim and where their cents are, in minor units of the claim's currency.

    `whole = paid + open_rest + given_up + credited + to_credit + to_collect + undecided`; none is
    negative. `contested` is what the claim is about, and the last part of the whole's picture.

    :param to_credit: found valid, not yet decided · `credited`: credits booked, this claim's and
        earlier ones
    :param to_collect: found not valid or refused, and still with the customer
    :param asked_of_paid: the part of the claim that asks back what was paid already
    """

    currency: str
    invoices: Sequence[Invoice]
    movements: Sequence[Movement]
    whole: int
    paid: int
    paid_on: date | None
    credited: int
    given_up: int
    open_rest: int
    contested: int
    to_credit: int
    to_collect: int
    undecided: int
    asked_of_paid: int

    def __post_init__(self) -> None:
        parts = (
            self.paid, self.credited, self.given_up, self.open_rest,
            self.to_credit, self.to_collect, self.undecided,
        )  # fmt: skip
        assert min(parts) >= 0, parts
        assert sum(parts) == self.whole, (parts, self.whole)


def money_of(claim: Claim, lines: Sequence[ClaimLine], found: Found) -> ClaimMoney:
    """
    Read where the money of a claim's invoices, deductions and credits is. Five statements.

    :param found: what the newest verdict says, while the claim is undecided
    """
    items = _items(claim, lines)
    movements = _movements(items)
    gone = {
        kind: -sum(m.minor for m in movements if m.kind in kind) for kind in (CREDITS, GIVEN_UP)
    }
    credited, given_up = max(0, gone[CREDITS]), max(0, gone[GIVEN_UP])
    standing = [item for item in items if item.kind != ItemKind.ON_ACCOUNT]
    left_open = sum(item.open_minor for item in standing)
    whole = sum(item.original_minor for item in standing if _is_root(item, standing))
    undecided = claim.undecided_minor
    # What is claimed lies in what is open, else in what was paid, else beyond what we billed.
    contested_open = min(undecided + claim.denied_minor, max(0, left_open))
    paid = whole - credited - given_up - left_open
    of_paid = undecided - min(undecided, contested_open)
    beyond = max(0, of_paid - paid)
    whole, paid = whole + beyond, paid + beyond - of_paid
    collect_back = contested_open - min(undecided, contested_open)
    return ClaimMoney(
        currency=claim.currency,
        invoices=_invoices(items),
        movements=movements[:MOVEMENTS_MAX],
        whole=whole,
        paid=paid,
        paid_on=max((m.on for m in movements if m.kind == "PAYMENT_APPLIED"), default=None),
        credited=credited,
        given_up=given_up,
        open_rest=left_open - contested_open,
        contested=claim.claimed_minor,
        to_credit=min(found.valid_minor, undecided),
        to_collect=min(found.not_valid_minor, undecided) + collect_back,
        undecided=undecided
        - min(found.valid_minor, undecided)
        - min(found.not_valid_minor, undecided),
        asked_of_paid=of_paid,
    )


def _items(claim: Claim, lines: Iterable[ClaimLine]) -> list[OpenItem]:
    """The invoices' items, the deductions, what those became, and credits given on account."""
    links = list(claim.deductions.select_related("item"))
    invoices = {line.invoice_id for line in lines} | {claim.invoice_id}
    origins = {link.item.origin_item_id for link in links}
    settled = Settlement.objects.filter(decision__claim=claim).values("entry")
    touched = JournalLine.objects.filter(entry__in=settled, item__isnull=False)
    # As numbers, not as a subquery: with one among the OR every item of the company is read.
    own = {*touched.values_list("item", flat=True), *(link.item_id for link in links), *origins}
    rows = OpenItem.objects.filter(
        Q(invoice__in=[key for key in invoices if key])
        | Q(pk__in=[key for key in own if key])
        | Q(origin_item__in=[link.item_id for link in links]),
        entity_id=claim.entity_id,
        currency=claim.currency,
    )
    return list(rows.exclude(kind=ItemKind.CREDIT_NOTE).select_related("invoice").order_by("pk"))


def _is_root(item: OpenItem, items: Sequence[OpenItem]) -> bool:
    """A deduction is a part of the invoice it was kept from, not one more debt."""
    return item.origin_item_id is None or all(item.origin_item_id != one.pk for one in items)


def _movements(items: Sequence[OpenItem]) -> list[Movement]:
    documents = {item.pk: item.document_number for item in items}
    rows = (
        JournalLine.objects.filter(item__in=documents)
        .annotate(really=Coalesce("entry__reverses__kind", "entry__kind"))
        .values_list("entry__posting_date", "really", "item", "entry__text", "entry")
        .annotate(net=Sum(F("debit_minor") - F("credit_minor")))
        .order_by("-entry", "item")
    )
    return [
        Movement(on, kind, documents[item], net, text)
        for on, kind, item, text, _entry, net in rows
        if item is not None
    ]


def _invoices(items: Iterable[OpenItem]) -> list[Invoice]:
    found = {item.invoice.pk: item.invoice for item in items if item.invoice}
    return list(found.values())

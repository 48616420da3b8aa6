"""What a customer sees of their account: only theirs, only what outsiders may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from concilia.cases.models import CustomerLane, Step
from concilia.cases.queries.office import today_of
from concilia.cash.models import Match, PaymentRequest
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Claim
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.dunning.models import Checkout, Promise
from concilia.dunning.queries.dunnable import (
    NOT_TOLD,
    Dunnable,
    DunnableItem,
    dunnable_items,
    dunnable_of,
)
from concilia.identity.models import Entity
from concilia.receivables.models import (
    BankEntry,
    Invoice,
    InvoiceLine,
    ItemKind,
    OpenItem,
)

PAID_DAYS: Final = timedelta(days=60)
THANKS_DAYS: Final = timedelta(days=14)
CASES_MAX: Final = 20
LIST_MAX: Final = 200
GONE: Final = (ClaimState.DUPLICATE, ClaimState.WITHDRAWN)
OVER: Final = (ClaimState.CLOSED, ClaimState.REPAID, *GONE)
OPEN_PROMISES: Final = (Promise.State.PENDING, Promise.State.DUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thanks:
    """Money that came from them and was posted: when it was valued, and how much."""

    minor: int
    currency: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeData:
    """
    A customer's account at a moment.

    :param sums: what is open, by currency, and where each cent of it is
    :param items: open items, each with where its cents are
    :param credits: what lowers what they owe: credit notes, money on account
    :param paid: items settled lately
    """

    today: date
    sums: Sequence[Dunnable]
    items: Sequence[DunnableItem]
    credits: Sequence[OpenItem]
    paid: Sequence[OpenItem]
    promises: Sequence[Promise]
    claims: Sequence[Claim]
    thanks: Sequence[Thanks]


def home_of(*, customer: Customer, entity: Entity, at: datetime) -> HomeData:
    """All that stands on the first page, in a constant number of statements."""
    today = today_of(entity, at)
    mine = OpenItem.objects.filter(customer=customer, entity=entity)
    paid = mine.filter(open_minor=0, kind=ItemKind.INVOICE, issue_date__gte=today - 3 * PAID_DAYS)
    return HomeData(
        today=today,
        sums=dunnable_of(entity=entity, customers=[customer.pk], today=today),
        items=dunnable_items(entity=entity, customers=[customer.pk], today=today)[:LIST_MAX],
        credits=list(mine.filter(open_minor__lt=0).order_by("-issue_date")[:LIST_MAX]),
        paid=list(paid.order_by("-due_date")[:10]),
        promises=list(
            Promise.objects.filter(customer=customer, state__in=OPEN_PROMISES).order_by("due_date")
        ),
        claims=claims_of(customer=customer),
        thanks=thanks_of(customer=customer, today=today),
    )


def was_told(claim: Claim) -> bool:
    """Whether its decision was told the customer."""
    return claim.decided_at is not None and claim.state not in NOT_TOLD


def claims_of(*, customer: Customer) -> Sequence[Claim]:
    """Their claims that are not over, the newest first."""
    rows = Claim.objects.filter(customer=customer, entity=customer.entity_id)
    rows = rows.exclude(state__in=OVER).select_related("case__owner__user", "invoice")
    return list(rows.order_by("-received_at")[:CASES_MAX])


def thanks_of(*, customer: Customer, today: date) -> Sequence[Thanks]:
    """What came from them lately and was posted."""
    rows = Match.objects.filter(
        customer=customer,
        state=Match.State.POSTED,
        bank_entry__is_return=False,
        bank_entry__value_date__gte=today - THANKS_DAYS,
    ).select_related("bank_entry")
    found: list[BankEntry] = [
        row.bank_entry for row in rows.order_by("-bank_entry__value_date")[:3]
    ]
    return [
        Thanks(minor=one.amount_minor, currency=one.currency, on=one.value_date) for one in found
    ]


def item_of(*, customer: Customer, item_id: int) -> OpenItem | None:
    """One item of theirs; None if it is not."""
    rows = OpenItem.objects.filter(customer=customer, entity=customer.entity_id)
    return rows.select_related("invoice").filter(pk=item_id).first()


def lines_of(invoice: Invoice | None) -> Sequence[InvoiceLine]:
    """The lines of an invoice."""
    return list(invoice.lines.order_by("n")) if invoice else []


def paper_of(*, customer: Customer, number: str) -> Document | None:
    """The invoice as a PDF, where we have it stored."""
    rows = Document.objects.filter(
        customer=customer, entity=customer.entity_id, kind="invoice", format="pdf"
    )
    return (
        rows.filter(values__references__invoice__contains=[number]).order_by("-received_at").first()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """
    A case as its customer may watch it.

    :param is_told: the decision was told them; before, they see none of it
    :param missing: what we wait for from them, in the words they were asked with
    :param waits_for_others: we wait for a carrier or another third party
    :param files: how many files they brought
    """

    claim: Claim
    is_told: bool
    is_decided: bool
    missing: Sequence[Step]
    waits_for_others: bool
    talk: Sequence[CustomerLane]
    files: int


def watched(*, customer: Customer, case_id: int) -> Watched | None:
    """A case of theirs; None if there is none. What colleagues say is read by nobody here."""
    rows = Claim.objects.filter(customer=customer, entity=customer.entity_id, case=case_id)
    claim = rows.exclude(state__in=GONE).select_related("case__owner__user", "invoice").first()
    if claim is None:
        return None
    steps = list(Step.objects.filter(case=case_id, state=Step.State.OPEN))
    lane = CustomerLane.objects.filter(case=case_id, customer=customer)
    return Watched(
        claim=claim,
        is_told=was_told(claim),
        is_decided=claim.decided_at is not None,
        missing=[one for one in steps if one.holder == "customer"],
        waits_for_others=any(one.holder == "third" for one in steps),
        talk=list(lane.order_by("written_at")),
        files=claim.case.documents.count(),
    )


def request_of(*, customer: Customer, reference: str) -> PaymentRequest | None:
    """A request for payment of theirs, by its reference."""
    rows = PaymentRequest.objects.filter(customer=customer, reference=reference)
    return rows.prefetch_related("items__item").first()


def received_for(request: PaymentRequest) -> Match | None:
    """The posted payment that settled what a request asked for."""
    rows = Match.objects.filter(
        customer=request.customer_id,
        state=Match.State.POSTED,
        posted_at__gte=request.made_at,
        bank_entry__amount_minor=request.amount_minor,
        allocations__item__in=[one.item_id for one in request.items.all()],
    )
    return rows.select_related("bank_entry").order_by("-posted_at").first()


def checkout_of(request: PaymentRequest) -> Checkout | None:
    """The newest payment begun at a provider for a request."""
    return Checkout.objects.filter(request=request).order_by("-pk").first()

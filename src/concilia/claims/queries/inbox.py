"""What our records say to a reading in the inbox, and what became of what was read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Sum

from concilia.cases.models import CaseDocument, CaseMessage
from concilia.claims.core.misprints import likely_number
from concilia.claims.models import Claim, FurtherClaim, MergeProposal
from concilia.claims.models.claims import CLOSED_STATES
from concilia.claims.queries.drafts import ReadLine, lines_from
from concilia.claims.queries.links import Links, find_links
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.intake.models import Arrival
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Delivery, Invoice, OpenItem, Order

CANDIDATES_MAX: Final = 400
FOUND_MAX: Final = 8
Record = Invoice | Order | Delivery
KINDS: Final[Mapping[str, type[Record]]] = {
    "invoice": Invoice,
    "order": Order,
    "delivery": Delivery,
}


@dataclass(frozen=True, slots=True)
class Number:
    """
    A number as printed, compared with our records.

    `likely` is what was probably meant where nothing was found, `via` the invoice that says so.
    """

    printed: str
    found: Record | None = None
    is_foreign: bool = False
    open_minor: int | None = None
    likely: str = ""
    via: str = ""


@dataclass(frozen=True, slots=True)
class ShortPayment:
    """A claim that a payment opened for the same invoice and the same money."""

    claim: Claim
    paid_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """
    A reading beside our records.

    :param customer_why: `person`, `sender` or `reference`; empty where nobody knows
    :param numbers: by `invoice`, `order`, `delivery`, in the order printed
    :param claim: what became of it already
    :param twins: claims for the same number of theirs, or the same invoice and money
    """

    customer: Customer | None = None
    customer_why: str = ""
    numbers: Mapping[str, tuple[Number, ...]] = field(default_factory=dict)
    invoice: Invoice | None = None
    lines: tuple[ReadLine, ...] = ()
    claim: Claim | None = None
    twins: tuple[Claim, ...] = ()
    short_payment: ShortPayment | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """The claim an arrival belongs to, and whether a twin of it waits to be merged."""

    claim_id: int
    number: str
    state: str
    has_twin: bool


def check_reading(*, entity_id: int, document: Document, sender: str) -> Checked:
    """
    Compare a reading with customers, invoices, orders, deliveries and claims.

    At most twenty-five queries, whatever the reading names.
    """
    is_said = "customer" in (document.values.get("corrected") or ())
    links = find_links(
        entity_id=entity_id,
        values=document.values,
        sender=sender,
        customer=document.customer if is_said else None,
    )
    currency = document.currency or (links.customer.currency if links.customer else "")
    lines = tuple(lines_from(document=document, links=links, currency=currency)) if currency else ()
    claimed = document.claimed_minor or sum(line.claimed_minor for line in lines)
    return Checked(
        customer=links.customer,
        customer_why=links.why.get("customer", ""),
        numbers=_numbers(entity_id, document.values, links),
        invoice=links.invoice,
        lines=lines,
        claim=claim_of(entity_id=entity_id, document=document),
        twins=_twins(entity_id, document, links, claimed),
        short_payment=_short_payment(entity_id, links, claimed),
    )


def claim_of(*, entity_id: int, document: Document) -> Claim | None:
    """The claim a document opened, joined, or is a paper of."""
    root = document.parent_id or document.pk
    rows = Claim.objects.filter(entity_id=entity_id).select_related("case", "customer")
    opened = rows.filter(document=root).first()
    if opened:
        return opened
    papers = CaseDocument.objects.filter(document__in={root, document.pk})
    cases = list(papers.values_list("case", flat=True)[:FOUND_MAX])
    return rows.filter(case__in=cases).order_by("pk").first() if cases else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """A further claim a message states, counted from 1, and the claim opened from it."""

    n: int
    said: Mapping[str, Any]
    claim: Claim | None

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of ours it names."""
        references = self.said.get("references") or {}
        return tuple(str(text) for name in KINDS for text in references.get(name) or ())


def further_of(document: Document) -> list[Further]:
    """The further claims of a message, at most one query."""
    said = document.values.get("further_claims") or []
    if not said:
        return []
    rows = FurtherClaim.objects.filter(document=document).select_related("claim__case")
    opened = {row.n: row.claim for row in rows}
    return [Further(n=n, said=one, claim=opened.get(n)) for n, one in enumerate(said, start=1)]


def became(*, entity_id: int, arrivals: Sequence[Arrival]) -> dict[int, Became]:
    """The claims these arrivals belong to, by the arrival's id. Three queries."""
    by_document = {row.document_id: row.pk for row in arrivals if row.document_id}
    by_message = {row.message_id: row.pk for row in arrivals if row.message_id}
    cases: dict[int, int] = {}
    for case_id, message_id in CaseMessage.objects.filter(
        message__in=by_message.keys(), case__entity_id=entity_id
    ).values_list("case_id", "message_id"):
        cases[case_id] = by_message[message_id]
    for case_id, document_id in CaseDocument.objects.filter(
        document__in=by_document.keys(), case__entity_id=entity_id
    ).values_list("case_id", "document_id"):
        cases[case_id] = by_document[document_id]
    proposed = MergeProposal.objects.filter(
        Q(claim=OuterRef("pk")) | Q(twin=OuterRef("pk")), state=MergeProposal.State.OPEN
    )
    rows = Claim.objects.filter(entity_id=entity_id, case__in=cases.keys())
    return {
        cases[row.case_id]: Became(row.pk, row.case.number, row.state, row.has_twin)
        for row in rows.select_related("case").annotate(has_twin=Exists(proposed))
    }


def known_claim_names(*, entity_id: int, names: Collection[str]) -> frozenset[str]:
    """Which of these numbers of customers a claim of ours already has. One query."""
    if not names:
        return frozenset()
    rows = Claim.objects.filter(entity_id=entity_id, their_reference__in=sorted(set(names)))
    return frozenset(rows.values_list("their_reference", flat=True))


def find_customers(*, entity_id: int, text: str) -> list[Customer]:
    """Customers by a part of their name, or the beginning of their number."""
    text = text.strip()
    if not text:
        return []
    named = Q(name__icontains=text) | Q(legal_name__icontains=text) | Q(number__istartswith=text)
    rows = Customer.objects.filter(named, entity_id=entity_id)
    return list(rows.order_by("name", "pk")[:FOUND_MAX])


def find_invoices(*, entity_id: int, text: str, customer: Customer | None) -> list[Invoice]:
    """Invoices by the beginning of their number, however it is typed; those of `customer` only."""
    key = normalise_reference(text)
    rows = Invoice.objects.filter(entity_id=entity_id)
    if customer:
        rows = rows.filter(customer=customer)
    elif not key:
        return []
    if key:
        rows = rows.filter(Q(number_key__startswith=key) | Q(number__icontains=text.strip()))
    return list(rows.select_related("customer").order_by("-issue_date", "-pk")[:FOUND_MAX])


def find_open_claims(*, entity_id: int, text: str, customer: Customer | None) -> list[Claim]:
    """Open claims a paper may belong to: by case number, or those of a customer."""
    rows = Claim.objects.filter(entity_id=entity_id).exclude(state__in=CLOSED_STATES)
    text = text.strip()
    if text:
        rows = rows.filter(
            Q(case__number__icontains=text)
            | Q(customer__name__icontains=text)
            | Q(their_reference__istartswith=text)
        )
    elif customer:
        rows = rows.filter(customer=customer)
    else:
        return []
    return list(rows.select_related("case", "customer").order_by("-received_at", "-pk")[:FOUND_MAX])


def _numbers(
    entity_id: int, values: Mapping[str, Any], links: Links
) -> dict[str, tuple[Number, ...]]:
    references = values.get("references") or {}
    printed = {name: [str(text) for text in references.get(name) or ()] for name in KINDS}
    found = {name: _by_number(links, kind) for name, kind in KINDS.items()}
    unknown = {
        name: [text for text in texts if normalise_reference(text) not in found[name]]
        for name, texts in printed.items()
    }
    meant = {name: _candidates(entity_id, name, links) if unknown[name] else () for name in KINDS}
    opened = _open_amounts([row for row in links.named if isinstance(row, Invoice)])
    return {
        name: tuple(_number(text, found[name], meant[name], links, opened) for text in texts)
        for name, texts in printed.items()
    }


def _by_number(links: Links, kind: type[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {
        key: row for key, row in links.shortened.items() if isinstance(row, kind)
    }
    for row in links.named:
        if isinstance(row, kind):
            found[row.number_key] = row
            if isinstance(row, Order) and row.customer_order_key:
                found[row.customer_order_key] = row
    return found


def _number(
    text: str,
    found: Mapping[str, Record],
    candidates: Sequence[tuple[str, str]],
    links: Links,
    opened: Mapping[int, int],
) -> Number:
    row = found.get(normalise_reference(text))
    if row is not None:
        open_minor = opened.get(row.pk, 0) if isinstance(row, Invoice) else None
        return Number(text, row, row.number in links.foreign, open_minor)
    likely = likely_number(text, [number for number, _ in candidates])
    own = [number for number, via in candidates if via]
    if likely is None and len(set(own)) == 1:
        likely = own[0]
    via = next((via for number, via in candidates if number == likely and via), "")
    return Number(text, likely=likely or "", via=via)


def _candidates(entity_id: int, name: str, links: Links) -> list[tuple[str, str]]:
    """Numbers that may be meant: of the invoices found, with their number; else of the customer."""
    if name != "invoice" and links.invoices:
        return _of_invoices(name, links.invoices)
    if links.customer is None:
        return []
    if name == "invoice":
        items = OpenItem.objects.filter(
            entity_id=entity_id, customer=links.customer, kind="invoice"
        ).exclude(open_minor=0)
        numbers = items.order_by("-issue_date").values_list("document_number", flat=True)
        return [(number, "") for number in numbers[:CANDIDATES_MAX]]
    if name == "delivery":
        deliveries = Delivery.objects.filter(entity_id=entity_id, customer=links.customer)
        newest = deliveries.order_by("-pk").values_list("number", flat=True)
        return [(number, "") for number in newest[:CANDIDATES_MAX]]
    orders = Order.objects.filter(entity_id=entity_id, customer=links.customer).order_by("-pk")
    pairs = orders.values_list("number", "customer_order_number")[:CANDIDATES_MAX]
    return [(number, "") for pair in pairs for number in pair if number]


def _of_invoices(name: str, invoices: Sequence[Invoice]) -> list[tuple[str, str]]:
    if name == "order":
        orders = [(row.order, row.number) for row in invoices if row.order]
        return [(order.customer_order_number or order.number, via) for order, via in orders]
    return [(row.delivery.number, row.number) for row in invoices if row.delivery]


def _open_amounts(invoices: Sequence[Invoice]) -> dict[int, int]:
    if not invoices:
        return {}
    rows = OpenItem.objects.filter(invoice__in=invoices, kind="invoice").values("invoice")
    return {row["invoice"]: row["left"] for row in rows.annotate(left=Sum("open_minor"))}


def _twins(entity_id: int, document: Document, links: Links, claimed: int) -> tuple[Claim, ...]:
    names = (document.values.get("references") or {}).get("claim") or []
    alike = Q(pk__in=[])
    if names and links.customer:
        alike |= Q(customer=links.customer, their_reference__in=[str(name) for name in names])
    if links.invoices and claimed:
        same = Q(invoice__in=links.invoices, claimed_minor=claimed)
        alike |= same & ~Q(origin=Claim.Origin.SHORT_PAYMENT)
    rows = Claim.objects.filter(alike, entity_id=entity_id)
    others = rows.exclude(document=document.pk) if document.pk else rows
    return tuple(others.select_related("case", "customer").order_by("-received_at", "-pk")[:3])


def _short_payment(entity_id: int, links: Links, claimed: int) -> ShortPayment | None:
    """The only claim a payment opened for this money and that no paper explains yet (R-2.1)."""
    if not links.invoices or not claimed:
        return None
    rows = Claim.objects.filter(
        entity_id=entity_id,
        origin=Claim.Origin.SHORT_PAYMENT,
        invoice__in=links.invoices,
        claimed_minor=claimed,
        document=None,
    ).exclude(state__in=CLOSED_STATES)
    found = list(rows.select_related("case", "customer")[:2])
    if len(found) != 1:
        return None
    link = found[0].deductions.select_related("bank_entry").first()
    entry = link.bank_entry if link else None
    return ShortPayment(found[0], entry.value_date if entry else None)

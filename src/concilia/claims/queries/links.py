"""Which of our records a paper speaks of: customer, invoice, order, delivery (domain.md §2.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from django.db.models import Q, QuerySet

from concilia.customers.models import Contact, Customer
from concilia.documents.core.lessons import SHARED_DOMAINS
from concilia.intake.queries.numbers import without_letters
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Delivery, Invoice, Order

Row = TypeVar("Row", Invoice, Order, Delivery)

NUMBER: Final = ("number_key",)
ORDER_NUMBERS: Final = ("number_key", "customer_order_key")


@dataclass(slots=True)
class Links:
    """
    What was found, and why it is believed; `customer` is None when nobody or several fit.

    `foreign` lists numbers that belong to another customer than the writer: a person must look.
    `named` are all records a number of the paper names, whoever they belong to; `shortened` those
    of the customer whose letters the paper leaves away, by the bare number printed.
    """

    customer: Customer | None = None
    invoices: list[Invoice] = field(default_factory=list)
    order: Order | None = None
    delivery: Delivery | None = None
    why: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    named: list[Invoice | Order | Delivery] = field(default_factory=list)
    shortened: dict[str, Invoice | Order | Delivery] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

    @property
    def invoice(self) -> Invoice | None:
        """The first invoice named; claims over several keep the others on their lines."""
        return self.invoices[0] if self.invoices else None

    @property
    def are_sure(self) -> bool:
        """A customer and a record of theirs, and no number that contradicts it."""
        return bool(self.customer and (self.invoices or self.delivery)) and not self.foreign


def find_links(
    *, entity_id: int, values: Mapping[str, Any], sender: str, customer: Customer | None = None
) -> Links:
    """
    Find the records a reading names, checked against who wrote.

    :param customer: whom a person says it is from; stands over the sender

    Numbers are compared as people type them (`kernel.references.normalise_reference`). An invoice
    reached through its order or delivery counts when it is the only one. At most eleven queries.
    """
    references: Mapping[str, list[str]] = values.get("references") or {}
    links = Links(customer=customer)
    all_invoices = Invoice.objects.filter(entity_id=entity_id).select_related(
        "customer", "order", "delivery"
    )
    all_orders = Order.objects.filter(entity_id=entity_id).select_related("customer")
    all_deliveries = Delivery.objects.filter(entity_id=entity_id).select_related("customer")
    said = {name: references.get(name, []) for name in ("invoice", "order", "delivery")}
    invoices = _by_key(all_invoices, NUMBER, said["invoice"])
    orders = _by_key(all_orders, ORDER_NUMBERS, said["order"])
    deliveries = _by_key(all_deliveries, NUMBER, said["delivery"])
    links.named = [*invoices, *orders, *deliveries]
    if customer is None:
        _choose_customer(links, entity_id, references, sender, links.named)
    else:
        links.why["customer"] = "person"
        links.foreign = _foreign(customer, links.named)
    invoices += _shortened(links, all_invoices, said["invoice"], NUMBER)
    orders += _shortened(links, all_orders, said["order"], ORDER_NUMBERS)
    deliveries += _shortened(links, all_deliveries, said["delivery"], NUMBER)
    links.invoices = _of(links, invoices)
    links.order = next(iter(_of(links, orders)), None)
    links.delivery = next(iter(_of(links, deliveries)), None)
    _complete(links, entity_id)
    known = {row.number_key for row in invoices} | set(links.shortened)
    links.unknown = [text for text in said["invoice"] if normalise_reference(text) not in known]
    return links


def find_customer_of_sender(*, entity_id: int, sender: str) -> Customer | None:
    """The only customer with this contact address, else the only one with this domain."""
    sender = sender.lower().strip()
    if "@" not in sender:
        return None
    contacts = Contact.objects.filter(customer__entity_id=entity_id, email__iexact=sender)
    found = {row.customer for row in contacts.select_related("customer")[:3]}
    domain = sender.rpartition("@")[2]
    if not found and domain not in SHARED_DOMAINS:
        customers = Customer.objects.filter(entity_id=entity_id, email_domains__contains=[domain])
        found = set(customers[:3])
    return found.pop() if len(found) == 1 else None


def _by_key(rows: QuerySet[Row], columns: Sequence[str], references: Iterable[str]) -> list[Row]:
    keys = {normalise_reference(text) for text in references} - {""}
    if not keys:
        return []
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__in": sorted(keys)})
    return list(rows.filter(wanted).order_by("pk")[:50])


def _shortened(
    links: Links, rows: QuerySet[Row], references: Iterable[str], columns: Sequence[str]
) -> list[Row]:
    """Records of the customer whose number is printed without letters (`5187` of `DDT 5187`)."""
    if links.customer is None:
        return []
    exact = {getattr(row, column, "") for row in links.named for column in columns}
    keys = {normalise_reference(text) for text in references} - exact
    found = without_letters(rows, columns, {(links.customer.pk, key) for key in keys})
    links.shortened |= {key: row for (_, key), row in found.items()}
    return list(found.values())


def _choose_customer(
    links: Links,
    entity_id: int,
    references: Mapping[str, list[str]],
    sender: str,
    named: Sequence[Invoice | Order | Delivery],
) -> None:
    writer = find_customer_of_sender(entity_id=entity_id, sender=sender)
    if writer is None and references.get("customer"):
        numbers = [text.strip() for text in references["customer"]]
        found = list(Customer.objects.filter(entity_id=entity_id, number__in=numbers)[:2])
        writer = found[0] if len(found) == 1 else None
    owners = {row.customer_id: row.customer for row in named}
    if writer:
        family = {key for key, row in owners.items() if are_related(writer, row)}
        # A head office writes for its stores: the paper's own customer is the one contested with.
        if writer.pk not in owners and len(family) == 1:
            links.customer = owners[family.pop()]
        else:
            links.customer = writer
        links.why["customer"] = "sender"
        links.foreign = _foreign(writer, named)
    elif len(owners) == 1:
        links.customer = next(iter(owners.values()))
        links.why["customer"] = "reference"


def _foreign(customer: Customer, named: Iterable[Invoice | Order | Delivery]) -> list[str]:
    """The numbers that belong to nobody of the customer's family."""
    return sorted({row.number for row in named if not are_related(customer, row.customer)})


def are_related(one: Customer, other: Customer) -> bool:
    """Whether two customers are one family: the same, parent and child, or of one payer group."""
    if one.pk in {other.pk, other.parent_id} or one.parent_id == other.pk:
        return True
    if one.payer_group_id and one.payer_group_id == other.payer_group_id:
        return True
    return bool(one.parent_id and one.parent_id == other.parent_id)


def _of(links: Links, rows: Sequence[Row]) -> list[Row]:
    if links.customer is None:
        return []
    return [row for row in rows if are_related(links.customer, row.customer)]


def _complete(links: Links, entity_id: int) -> None:
    """Reach the invoice through the order or the delivery, and the delivery through the invoice."""
    if not links.invoices and (links.order or links.delivery):
        named = Q()
        if links.delivery:
            named |= Q(delivery=links.delivery)
        if links.order:
            named |= Q(order=links.order)
        found = list(
            Invoice.objects.filter(named, entity_id=entity_id, kind=Invoice.Kind.INVOICE)
            .select_related("customer", "order", "delivery")
            .order_by("pk")[:2]
        )
        if len(found) == 1:
            links.invoices = found
            links.why["invoice"] = "delivery" if links.delivery else "order"
    if links.invoice:
        links.delivery = links.delivery or links.invoice.delivery
        links.order = links.order or links.invoice.order

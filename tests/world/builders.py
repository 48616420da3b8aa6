"""Small true worlds for tests: a company, its people, a customer, papers and money."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from concilia.customers.models import Contact, Customer, PayerAlias
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Entity, Membership, User
from concilia.kernel.references import normalise_reference
from concilia.ledger.actions import Booking, book_entries
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line
from concilia.receivables.models import (
    BankAccount,
    BankEntry,
    BankStatement,
    ContractPrice,
    Delivery,
    DeliveryLine,
    Invoice,
    InvoiceLine,
    OpenItem,
    Order,
    OrderLine,
    Product,
)

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
TODAY = NOON.date()
_numbers = itertools.count(1)


def today_here() -> date:
    """The date where the company of the tests is: near midnight not that of the machine."""
    return datetime.now(ZoneInfo("Europe/Rome")).date()


def an_entity(code: str = "aurora", **changes: object) -> Entity:
    fields = {
        "code": code,
        "name": "Molino Aurora",
        "legal_name": "Molino Aurora S.r.l.",
        "country": "IT",
        "currency": "EUR",
        "language": "it",
        "timezone": "Europe/Rome",
        "email": f"crediti@{code}.example",
    }
    return Entity.objects.create(**fields | changes)


def a_member(entity: Entity, name: str = "Giulia Ferri", **changes: object) -> Membership:
    """A user with a seat; the password is `sesame-opens-1`."""
    email = f"{name.split(maxsplit=1)[0].lower()}.{entity.code}.{next(_numbers)}@staff.example"
    user = User.objects.create_user(email, "sesame-opens-1", name=name, language="en")
    fields = {"role": "clerk", "department": "CRD", "level": 1}
    return Membership.objects.create(entity=entity, user=user, **fields | changes)


def a_customer(entity: Entity, name: str = "Frischmarkt Nord eG", **changes: object) -> Customer:
    number = f"C-{next(_numbers):05d}"
    fields = {
        "number": number,
        "name": name,
        "country": "DE",
        "language": "de",
        "currency": "EUR",
        "payment_days": 30,
        "email_domains": [f"{number.lower()}.example"],
    }
    customer = Customer.objects.create(entity=entity, **fields | changes)
    Contact.objects.create(
        customer=customer,
        name="Jens Albers",
        email=f"jens.albers@{customer.email_domains[0] if customer.email_domains else 'x.example'}",
        language=customer.language,
        role="AP",
    )
    return customer


def an_iban(customer: Customer, iban: str = "DE89370400440532013000") -> PayerAlias:
    return PayerAlias.objects.create(
        entity=customer.entity, customer=customer, kind="iban", value=iban
    )


LineSpec = tuple[str, str, str, int]


def an_invoice(
    customer: Customer,
    lines: list[LineSpec] | None = None,
    issue_date: date = TODAY - timedelta(days=20),
    at: datetime = NOON,
    **changes: object,
) -> Invoice:
    """
    An invoice with its order, its delivery and its open item, booked at a moment.

    `lines` are (sku, quantity, unit price, VAT basis points).
    """
    lines = lines or [("PEN-500", "100", "21.60", 0), ("FRO-350", "50", "27.00", 0)]
    n = next(_numbers)
    order = an_order(customer, lines, n, issue_date - timedelta(days=7))
    delivery = a_delivery(order, lines, n, issue_date)
    rows = [_billed(k, line, customer.currency) for k, line in enumerate(lines, start=1)]
    net, vat = sum(row.net_minor for row in rows), sum(row.vat_minor for row in rows)
    fields = {
        "number": f"FT-2026/{n:05d}",
        "number_key": normalise_reference(f"FT-2026/{n:05d}"),
        "kind": "invoice",
        "order": order,
        "delivery": delivery,
        "customer_order_number": order.customer_order_number,
        "issue_date": issue_date,
        "due_date": issue_date + timedelta(days=customer.payment_days),
        "currency": customer.currency,
        "discount_bp": customer.discount_bp,
        "discount_days": customer.discount_days,
    }
    invoice = Invoice.objects.create(
        entity=customer.entity,
        customer=customer,
        net_minor=net,
        vat_minor=vat,
        gross_minor=net + vat,
        **fields | changes,
    )
    for row in rows:
        row.invoice = invoice
    InvoiceLine.objects.bulk_create(rows)
    an_open_item(customer, invoice.gross_minor, invoice=invoice, at=at)
    return invoice


def an_order(customer: Customer, lines: list[LineSpec], n: int, on: date) -> Order:
    order = Order.objects.create(
        entity=customer.entity,
        customer=customer,
        number=f"SO-{n:05d}",
        number_key=normalise_reference(f"SO-{n:05d}"),
        customer_order_number=f"45001{n:05d}",
        customer_order_key=f"45001{n:05d}",
        order_date=on,
        currency=customer.currency,
    )
    for k, (sku, quantity, price, vat_bp) in enumerate(lines, start=1):
        Product.objects.get_or_create(
            entity=customer.entity, sku=sku, defaults={"name": f"Product {sku}", "vat_bp": vat_bp}
        )
        OrderLine.objects.create(order=order, n=k, sku=sku, quantity=quantity, unit_price=price)
    return order


def a_delivery(order: Order, lines: list[LineSpec], n: int, on: date) -> Delivery:
    delivery = Delivery.objects.create(
        entity=order.entity,
        customer=order.customer,
        order=order,
        number=f"DDT-{n:05d}",
        number_key=normalise_reference(f"DDT-{n:05d}"),
        carrier="Trasporti Alpe Nord",
        shipped_date=on - timedelta(days=1),
        delivered_date=on,
    )
    for k, (sku, quantity, _, _) in enumerate(lines, start=1):
        DeliveryLine.objects.create(delivery=delivery, n=k, sku=sku, quantity=quantity)
    return delivery


def _billed(n: int, line: LineSpec, currency: str) -> InvoiceLine:
    sku, quantity, price, vat_bp = line
    net = int((Decimal(quantity) * Decimal(price) * 100).to_integral_value())
    return InvoiceLine(
        n=n,
        sku=sku,
        description=f"Product {sku}",
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        vat_bp=vat_bp,
        currency=currency,
        net_minor=net,
        vat_minor=round(net * vat_bp / 10000),
    )


def an_open_item(
    customer: Customer,
    original_minor: int,
    invoice: Invoice | None = None,
    at: datetime = NOON,
    **changes: object,
) -> OpenItem:
    """An item with its opening entry in the ledger, booked at a moment."""
    number = invoice.number if invoice else f"X-{next(_numbers):05d}"
    fields = {
        "kind": "invoice" if original_minor > 0 else "credit_note",
        "document_number": number,
        "number_key": normalise_reference(number),
        "issue_date": invoice.issue_date if invoice else TODAY - timedelta(days=20),
        "due_date": invoice.due_date if invoice else TODAY + timedelta(days=10),
        "currency": customer.currency,
    }
    item = OpenItem.objects.create(
        entity=customer.entity,
        customer=customer,
        invoice=invoice,
        original_minor=original_minor,
        **fields | changes,
    )
    side, other = (
        ("debit_minor", "credit_minor") if original_minor > 0 else ("credit_minor", "debit_minor")
    )
    entry = Entry(
        kind=EntryKind.ITEM_OPENED,
        currency=item.currency,
        lines=(
            Line(
                role=AccountRole.AR,
                item_id=item.pk,
                customer_id=customer.pk,
                **{side: abs(original_minor)},
            ),
            Line(role=AccountRole.OPENING_BALANCE, **{other: abs(original_minor)}),
        ),
    )
    with transaction.atomic():
        book_entries(
            entity_id=customer.entity_id,
            bookings=[Booking(key=f"open:{item.pk}", entry=entry, posting_date=item.issue_date)],
            at=at,
        )
    item.refresh_from_db()
    return item


def a_contract_price(
    customer: Customer, sku: str, unit_price: str, **changes: object
) -> ContractPrice:
    fields = {"currency": customer.currency, "valid_from_date": date(2026, 1, 1)}
    return ContractPrice.objects.create(
        entity=customer.entity,
        customer=customer,
        sku=sku,
        unit_price=Decimal(unit_price),
        **fields | changes,
    )


def a_bank_entry(
    entity: Entity, amount_minor: int, text: str = "", payer_iban: str = "", **changes: object
) -> BankEntry:
    """A credit on a statement of its own (not yet in the ledger: `cash` books it when it loads)."""
    n = next(_numbers)
    account, _ = BankAccount.objects.get_or_create(
        entity=entity,
        iban="IT60X0542811101000000123456",
        defaults={"currency": entity.currency, "name": "Banca del Monviso"},
    )
    statement = BankStatement.objects.create(
        entity=entity,
        account=account,
        blob=store_blob(content=f"statement {n}".encode(), at=NOON),
        identification=f"ST-{n}",
        statement_date=TODAY,
        currency=entity.currency,
        loaded_at=NOON,
    )
    fields = {
        "booking_date": TODAY,
        "value_date": TODAY,
        "currency": entity.currency,
        "payer_name": "FRISCHMARKT NORD EG",
    }
    return BankEntry.objects.create(
        entity=entity,
        account=account,
        statement=statement,
        entry_key=f"ref-{n}",
        amount_minor=amount_minor,
        text=text,
        payer_iban=payer_iban,
        **fields | changes,
    )

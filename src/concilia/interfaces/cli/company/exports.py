"""The company's own data as the ERP would export it: one CSV for each kind of record."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import StringIO

from concilia.interfaces.cli.company.camt import decimal
from concilia.interfaces.cli.company.shapes import (
    Customer,
    Price,
    Product,
    Promotion,
    Sale,
    SaleLine,
)

Row = Sequence[str]
HEADERS = {
    "customers.csv": "customer_number,name,legal_name,country,language,vat_number,parent_number,"
    "payer_group,payment_days,discount_percent,discount_days,credit_limit,currency,segment,"
    "email_domains,ibans",
    "contacts.csv": "customer_number,name,email,phone,role,language",
    "products.csv": "sku,name,unit,vat_rate",
    "prices.csv": "customer_number,sku,currency,unit_price,valid_from,valid_to",
    "promotions.csv": "promotion_code,name,customer_number,sku,kind,discount_percent,promo_price,"
    "currency,starts,ends,budget",
    "orders.csv": "order_number,customer_order_number,customer_number,order_date,requested_date,"
    "currency,line,sku,quantity,unit_price",
    "deliveries.csv": "delivery_number,order_number,customer_number,shipped_date,delivered_date,"
    "carrier,line,sku,quantity,pod_signed_by,pod_date,pod_quantity,pod_damaged,pod_reserve",
    "invoices.csv": "invoice_number,kind,customer_number,order_number,customer_order_number,"
    "delivery_number,issue_date,due_date,currency,discount_percent,discount_days,credited_invoice,"
    "line,sku,description,quantity,unit_price,vat_rate,net_amount,vat_amount",
    "open_items.csv": "customer_number,document_kind,document_number,issue_date,due_date,currency,"
    "original_amount,open_amount,structured_reference",
}


def export_all(
    customers: Iterable[Customer],
    products: Mapping[str, Product],
    prices: Iterable[Price],
    promotions: Iterable[Promotion],
    sales: Sequence[Sale],
    open_from: date,
) -> dict[str, bytes]:
    """Give the import files; open items are those not settled before `open_from`."""
    people = list(customers)
    ordered = [sale for sale in sales if sale.kind == "invoice" and sale.repeats is None]
    rows: dict[str, Iterable[Row]] = {
        "customers.csv": map(_customer, people),
        "contacts.csv": (row for customer in people for row in _contacts(customer)),
        "products.csv": ([p.sku, p.name, p.unit, percent(p.vat_bp)] for p in products.values()),
        "prices.csv": map(_price, prices),
        "promotions.csv": map(_promotion, promotions),
        "orders.csv": (row for sale in ordered for row in _order(sale)),
        "deliveries.csv": (row for sale in ordered for row in _delivery(sale)),
        "invoices.csv": (row for sale in sales for row in _invoice(sale)),
        "open_items.csv": (
            _open_item(sale) for sale in sales if sale.paid_on is None or sale.paid_on >= open_from
        ),
    }
    return {name: _file(HEADERS[name], rows[name]) for name in HEADERS}


def percent(basis_points: int) -> str:
    """Write basis points as a percentage with two decimals."""
    return decimal(basis_points)


def _file(header: str, rows: Iterable[Row]) -> bytes:
    out = StringIO()
    out.write(header + "\n")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _customer(customer: Customer) -> Row:
    return [
        customer.number,
        customer.name,
        customer.legal_name,
        customer.country,
        customer.language,
        customer.vat_number,
        customer.parent_number,
        customer.payer_group,
        str(customer.payment_days),
        percent(customer.discount_bp),
        str(customer.discount_days),
        decimal(customer.credit_limit),
        customer.currency,
        customer.segment,
        customer.domain,
        customer.iban,
    ]


def _contacts(customer: Customer) -> Iterable[Row]:
    for person in customer.people:
        yield [
            customer.number,
            person.name,
            person.email,
            person.phone,
            person.role,
            person.language,
        ]


def _price(price: Price) -> Row:
    return [
        price.customer_number,
        price.sku,
        price.currency,
        decimal(price.unit_price),
        price.valid_from.isoformat(),
        _day(price.valid_to),
    ]


def _promotion(row: Promotion) -> Row:
    return [
        row.code,
        row.name,
        row.customer_number,
        row.sku,
        row.kind,
        percent(row.discount_bp) if row.discount_bp else "",
        decimal(row.promo_price) if row.promo_price else "",
        row.currency,
        row.starts.isoformat(),
        row.ends.isoformat(),
        decimal(row.budget) if row.budget else "",
    ]


def _goods(sale: Sale) -> Iterable[tuple[int, SaleLine]]:
    return enumerate((line for line in sale.lines if not line.is_service), start=1)


def _order(sale: Sale) -> Iterable[Row]:
    for n, line in _goods(sale):
        yield [
            sale.order_number,
            sale.customer_order,
            sale.customer.number,
            sale.order_date.isoformat(),
            sale.requested.isoformat(),
            sale.customer.currency,
            str(n),
            line.sku,
            str(line.quantity),
            decimal(line.order_price),
        ]


def _delivery(sale: Sale) -> Iterable[Row]:
    for n, line in _goods(sale):
        signed = sale.pod_date is not None
        yield [
            sale.delivery_number,
            sale.order_number,
            sale.customer.number,
            sale.shipped.isoformat(),
            _day(sale.delivered),
            sale.carrier,
            str(n),
            line.sku,
            str(line.quantity),
            sale.pod_signed_by,
            _day(sale.pod_date),
            str(line.pod_quantity) if signed else "",
            str(line.pod_damaged) if signed else "",
            line.pod_reserve if signed else "",
        ]


def _invoice(sale: Sale) -> Iterable[Row]:
    customer = sale.customer
    is_invoice = sale.kind == "invoice"
    for n, line in enumerate(sale.lines, start=1):
        yield [
            sale.number,
            sale.kind,
            customer.number,
            sale.order_number,
            sale.customer_order,
            sale.delivery_number,
            sale.issued.isoformat(),
            sale.due.isoformat(),
            customer.currency,
            percent(customer.discount_bp) if is_invoice else "0.00",
            str(customer.discount_days) if is_invoice else "0",
            sale.credits_invoice.number if sale.credits_invoice else "",
            str(n),
            line.sku,
            line.description,
            str(line.quantity),
            decimal(line.unit_price),
            percent(line.vat_bp),
            decimal(line.net),
            decimal(line.vat),
        ]


def _open_item(sale: Sale) -> Row:
    return [
        sale.customer.number,
        sale.kind,
        sale.number,
        sale.issued.isoformat(),
        sale.due.isoformat(),
        sale.customer.currency,
        decimal(sale.signed_total),
        decimal(sale.signed_total),
        sale.reference,
    ]

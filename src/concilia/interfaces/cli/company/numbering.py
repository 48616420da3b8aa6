"""
Numbers for orders, deliveries and invoices, once everything that happened is in order of time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from random import Random

from concilia.interfaces.cli.company.registers import creditor_reference
from concilia.interfaces.cli.company.shapes import Customer, Sale

ORDER_PATTERNS = {
    "IT": "OA {n}/{yy}",
    "DE": "4500{n6}",
    "FR": "CF-{n}",
    "ES": "P-{n}",
    "GB": "PO {n6}",
}
FIXED_ORDERS = {"lindner-tagliatelle": "4500198842"}


@dataclass(frozen=True, slots=True)
class Series:
    """How a creditor's documents begin, and the number before the first delivery note."""

    invoice: str = "FT"
    credit_note: str = "NC"
    order: str = "OV"
    delivery: str = "DDT"
    last_delivery: int = 2950


def number_sales(rng: Random, sales: list[Sale], series: Series) -> list[Sale]:
    """
    Number every sale in place and give them back in order of issue.

    Orders and invoices count from one each year, as the law wants, the first year from where the
    records begin; delivery notes run on.
    """
    sales.sort(key=lambda sale: (sale.issued, sale.kind, sale.key))
    ordered = [sale for sale in sales if sale.kind == "invoice" and sale.repeats is None]
    _number_orders(rng, ordered, series)
    counters: dict[tuple[int, str], int] = defaultdict(int)
    first = sales[0].issued
    counters[first.year, "invoice"] = first.timetuple().tm_yday * 3
    counters[first.year, "credit_note"] = first.timetuple().tm_yday // 3
    delivery = series.last_delivery
    for sale in sales:
        counters[sale.issued.year, sale.kind] += 1
        n = counters[sale.issued.year, sale.kind]
        origin = sale.repeats or sale.credits_invoice
        if sale.kind == "credit_note":
            sale.number = f"{series.credit_note}-{sale.issued.year}/{n:04d}"
        else:
            sale.number = f"{series.invoice}-{sale.issued.year}/{n:05d}"
            sale.reference = _reference(sale)
        if origin is None:
            delivery += 1
            sale.delivery_number = f"{series.delivery} {delivery}"
        else:
            sale.order_number = origin.order_number
            sale.customer_order = origin.customer_order
            sale.delivery_number = origin.delivery_number
    return sales


def _number_orders(rng: Random, sales: list[Sale], series: Series) -> None:
    counters: dict[int, int] = defaultdict(int)
    theirs: dict[str, int] = {}
    for sale in sorted(sales, key=lambda sale: (sale.order_date, sale.key)):
        year = sale.order_date.year
        counters[year] += 1
        sale.order_number = f"{series.order}-{year}/{counters[year]:05d}"
        sale.customer_order = FIXED_ORDERS.get(sale.key) or _their_number(
            rng, sale.customer, sale.order_date, theirs
        )


def _their_number(rng: Random, customer: Customer, day: date, theirs: dict[str, int]) -> str:
    start = 10_000 + int(customer.number) % 97 * 811
    n = theirs.get(customer.slug, start) + rng.randint(1, 40)
    theirs[customer.slug] = n
    pattern = ORDER_PATTERNS[customer.country]
    return pattern.format(n=n, n6=f"{n + 100_000:06d}", yy=f"{day.year % 100:02d}")


def _reference(sale: Sale) -> str:
    if sale.customer.pays != "rf":
        return ""
    return creditor_reference(sale.number.replace("-", "").replace("/", ""))

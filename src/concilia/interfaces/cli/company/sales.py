"""Eighteen months of ordinary business: orders, deliveries with their proof, invoices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from concilia.interfaces.cli.company.shapes import Customer, Product, Sale, SaleLine
from concilia.interfaces.cli.company.trade import PriceBook, PromotionBook
from concilia.interfaces.cli.company.workdays import is_workday, shift_workdays

FIRST_RATE, LAST_RATE = 4.0, 9.2  # orders a working day, eighteen months ago and now
LEAD_DAYS = {"IT": (1, 3), "DE": (2, 4), "FR": (2, 3), "ES": (3, 5), "GB": (4, 6)}
ALPE_NORD = "Trasporti Alpe Nord"
CARRIERS = {
    "IT": (ALPE_NORD, ALPE_NORD, "Corriere Langhe"),
    "DE": (ALPE_NORD, "Spedition Brennerhof"),
    "FR": ("Transports Léman Express", ALPE_NORD),
    "ES": ("LogiPirineo", "LogiPirineo"),
    "GB": ("Channel Link Freight", "Channel Link Freight"),
}
SIZES = {
    "shop": ((3, 6), (2, 9)),
    "retailer": ((4, 8), (12, 60)),
    "wholesaler": ((4, 9), (20, 80)),
    "foodservice": ((3, 6), (6, 28)),
    "e-shop": ((4, 7), (4, 18)),
}
RECEIVERS = [
    "Aigner",
    "Bo",
    "Costa",
    "Delgado",
    "Ferro",
    "Hansen",
    "Lahoz",
    "Mora",
    "Oldroyd",
    "Petit",
    "Rossi",
    "Wolf",
]
POD_SHARE = 0.88
POD_DAYS = 6


@dataclass(slots=True)
class Market:
    """Who buys what at which price: all a sale needs to be priced."""

    rng: Random
    customers: Mapping[str, Customer]
    products: Mapping[str, Product]
    prices: PriceBook
    promotions: PromotionBook
    as_of: date
    home: str = "IT"
    rates: tuple[float, float] = (FIRST_RATE, LAST_RATE)

    def line(self, customer: Customer, sku: str, quantity: int, day: date) -> SaleLine:
        """Give a line as it should be: contract price or promotion, VAT at home, none abroad."""
        product = self.products[sku]
        contract = self.prices.on(customer.slug, sku, day)
        price = self.promotions.price(customer, sku, day, contract)
        return SaleLine(
            sku=sku,
            description=product.name,
            quantity=quantity,
            order_price=price,
            unit_price=price,
            vat_bp=product.vat_bp if customer.country == self.home else 0,
            pod_quantity=quantity,
        )


def ordinary_sales(market: Market, first: date) -> list[Sale]:
    """Give the sales nothing is told about, day by day, more of them as the company grows."""
    customers = list(market.customers.values())
    weights = [customer.weight for customer in customers]
    length = (market.as_of - first).days
    slow, fast = market.rates
    sales: list[Sale] = []
    day = first
    while day < market.as_of:
        if is_workday(day):
            grown = (day - first).days / length
            rate = slow + (fast - slow) * grown**1.3
            count = int(rate) + (market.rng.random() < rate % 1)
            for customer in market.rng.choices(customers, weights, k=count):
                sales.append(_ordinary_sale(market, customer, day, len(sales)))
        day += timedelta(days=1)
    return [sale for sale in sales if sale.issued < market.as_of]


def make_sale(
    market: Market,
    *,
    key: str,
    customer: Customer,
    ordered: date,
    issued: date,
    lines: list[SaleLine],
) -> Sale:
    """
    Give a sale shipped and invoiced on `issued`, delivered as its country allows, still without
    proof.
    """
    low, high = LEAD_DAYS[customer.country]
    lead = low + len(key) % (high - low + 1)
    carriers = CARRIERS[customer.country]
    return Sale(
        key=key,
        customer=customer,
        order_date=ordered,
        requested=shift_workdays(issued, high),
        shipped=issued,
        delivered=shift_workdays(issued, lead),
        issued=issued,
        due=issued + timedelta(days=customer.payment_days),
        carrier=carriers[(len(lines) + issued.day) % len(carriers)],
        lines=lines,
    )


def sign(sale: Sale, *, by: str) -> None:
    """Record that the delivery note came back signed."""
    sale.pod_signed_by = by
    sale.pod_date = sale.delivered


def _ordinary_sale(market: Market, customer: Customer, day: date, n: int) -> Sale:
    rng = market.rng
    (few, many), (low, high) = SIZES[customer.segment]
    assortment = market.prices.assortment(customer.slug)
    skus = sorted(rng.sample(assortment, min(rng.randint(few, many), len(assortment))))
    lines = [market.line(customer, sku, rng.randint(low, high), day) for sku in skus]
    issued = shift_workdays(day, rng.randint(1, 3))
    sale = make_sale(
        market, key=f"sale-{n}", customer=customer, ordered=day, issued=issued, lines=lines
    )
    settled = shift_workdays(market.as_of, -POD_DAYS)
    if sale.delivered is not None and sale.delivered >= market.as_of:
        sale.delivered = None
    elif sale.delivered is not None and sale.delivered < settled and rng.random() < POD_SHARE:
        sign(sale, by=rng.choice(RECEIVERS))
    return sale

"""What was agreed with each customer: the assortment, contract prices by year, and promotions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from concilia.interfaces.cli.company.shapes import Customer, Price, Product, Promotion, share

FACTORS_BP = {
    "retailer": 9100,
    "wholesaler": 8700,
    "foodservice": 9500,
    "e-shop": 9700,
    "shop": 10_000,
}
ASSORTMENTS = {"retailer": 22, "wholesaler": 26, "foodservice": 16, "e-shop": 18, "shop": 12}
LAST_YEAR_BP = 9700
FIVE_CENTS = 5
PROMOTION_NAMES = {
    "it": "Settimana della pasta",
    "de": "Italienische Wochen",
    "fr": "Tables d'Italie",
    "es": "Semana italiana",
    "en": "Taste of Piedmont",
}
ORDINARY_PROMOTIONS = 26
ON_INVOICE = ("off_invoice", "promo_price")


@dataclass(slots=True)
class PriceBook:
    """
    Contract prices in cents per carton. `agreed` holds those the story fixes, the same every
    year.
    """

    year: int
    prices: dict[tuple[str, str], int] = field(default_factory=dict)
    agreed: dict[tuple[str, str], int] = field(default_factory=dict)
    assortments: dict[str, list[str]] = field(default_factory=dict)

    def on(self, slug: str, sku: str, day: date) -> int:
        """Give the contract price of an article for a customer on a day."""
        fixed = self.agreed.get((slug, sku))
        if fixed is not None:
            return fixed
        now = self.prices[slug, sku]
        return now if day.year >= self.year else share(now, LAST_YEAR_BP)

    def assortment(self, slug: str) -> list[str]:
        """
        Give the articles a customer has a price for, in catalogue order; ask once all are agreed.
        """
        if not self.assortments:
            for owner, sku in sorted(self.prices.keys() | self.agreed.keys()):
                self.assortments.setdefault(owner, []).append(sku)
        return self.assortments[slug]

    def rows(self, customers: Iterable[Customer], first: date) -> list[Price]:
        """Give the price list as dated rows: last year's until 31 December, then this year's."""
        turn = date(self.year, 1, 1)
        rows = []
        for customer in customers:
            for sku in self.assortment(customer.slug):
                old = self.on(customer.slug, sku, turn - timedelta(days=1))
                new = self.on(customer.slug, sku, turn)
                head = (customer.number, sku, customer.currency)
                if first < turn:
                    rows.append(Price(*head, old, first, turn - timedelta(days=1)))
                rows.append(Price(*head, new, max(first, turn), None))
        return rows


def agree_prices(
    rng: Random, customers: Iterable[Customer], products: Mapping[str, Product], year: int
) -> PriceBook:
    """Give every customer an assortment and prices that fit its size, rounded to five cents."""
    book = PriceBook(year)
    for customer in customers:
        jitter = rng.randint(-150, 150)
        count = ASSORTMENTS[customer.segment]
        for sku in rng.sample(sorted(products), count):
            wanted = share(products[sku].list_price, FACTORS_BP[customer.segment] + jitter)
            book.prices[customer.slug, sku] = wanted // FIVE_CENTS * FIVE_CENTS
    return book


def ordinary_promotions(
    rng: Random, customers: list[Customer], book: PriceBook, span: tuple[date, date]
) -> list[Promotion]:
    """Give promotions that were agreed and applied as they should be."""
    first, last = span
    big = [customer for customer in customers if customer.segment != "shop" and customer.weight > 1]
    promotions = []
    for n in range(ORDINARY_PROMOTIONS):
        customer = rng.choice(big)
        starts = first + timedelta(days=rng.randrange((last - first).days))
        as_price = rng.random() < 0.3  # noqa: PLR2004 - a share of the promotions
        for sku in rng.sample(book.assortment(customer.slug), 2):
            rate = rng.choice((500, 800, 1000, 1500))
            cut = share(book.on(customer.slug, sku, starts), 10_000 - rate)
            promotions.append(
                Promotion(
                    code=f"PR-{101 + n}",
                    name=PROMOTION_NAMES[customer.language],
                    customer_number=customer.number,
                    sku=sku,
                    kind="promo_price" if as_price else "off_invoice",
                    discount_bp=0 if as_price else rate,
                    promo_price=cut if as_price else 0,
                    currency=customer.currency,
                    starts=starts,
                    ends=starts + timedelta(days=20),
                    budget=0,
                )
            )
    return promotions


@dataclass(slots=True)
class PromotionBook:
    """Finds the promotion an order falls under."""

    by_article: dict[tuple[str, str], list[Promotion]] = field(default_factory=dict)

    def add(self, promotion: Promotion) -> None:
        """Take a promotion in."""
        self.by_article.setdefault((promotion.customer_number, promotion.sku), []).append(promotion)

    def price(self, customer: Customer, sku: str, day: date, contract: int) -> int:
        """
        Give the price of an article on a day: the contract's, or the promotion's where one runs.
        """
        for promotion in self.by_article.get((customer.number, sku), ()):
            if promotion.kind in ON_INVOICE and promotion.starts <= day <= promotion.ends:
                cut = share(contract, 10_000 - promotion.discount_bp)
                return promotion.promo_price or cut
        return contract

    def all(self) -> list[Promotion]:
        """Give every promotion by code."""
        rows = [row for promotions in self.by_article.values() for row in promotions]
        return sorted(rows, key=lambda row: (row.code, row.customer_number, row.sku))

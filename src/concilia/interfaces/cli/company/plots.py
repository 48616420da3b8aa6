"""
Turns scripts into sales: the orders behind the claims, with what went wrong planted in the
records.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from concilia.interfaces.cli.company.catalogue import all_products, invoiceable, short_name
from concilia.interfaces.cli.company.sales import ALPE_NORD, Market, make_sale, sign
from concilia.interfaces.cli.company.script import Item, Script
from concilia.interfaces.cli.company.shapes import Customer, Promotion, Sale, SaleLine, share
from concilia.interfaces.cli.company.workdays import shift_workdays

HOME_VAT = 2200
COMPANIONS = {
    "lindner-late": ("lindner", 10, "MA-1030:150@2160 MA-1050:150@1960", ""),
    "lindner-early": ("lindner", 6, "MA-1040:200@1935", ""),
    "kornhaus-preis-2": ("kornhaus", 14, "MA-2010:350 MA-2040:60", "MA-2010"),
    "kornhaus-preis-3": ("kornhaus", 17, "MA-2010:320 MA-1010:40", "MA-2010"),
}
EXTRAS = (
    ("sestri-equal-1", "sestri", 16, "MA-5010:20@5000"),
    ("sestri-equal-2", "sestri", 13, "MA-5010:20@5000"),
)
RESERVES = {
    "IT": ("mancano {n} colli {what}", "{n} colli {what} danneggiati"),
    "DE": ("es fehlen {n} Kt. {what}", "{n} Kt. {what} beschädigt"),
    "FR": ("manque {n} colis {what}", "{n} colis {what} cassés"),
    "ES": ("faltan {n} cajas {what}", "{n} cajas {what} rotas"),
    "GB": ("{n} cs {what} short", "{n} cs {what} damaged"),
}
CARRIERS_TOLD = dict.fromkeys(("frischmarkt-penne", "marceau-avarie"), ALPE_NORD)
PROMOTION_CODES = {"thornbury-promo": "SPRING", "vauclerc-promo": "TABLES"}


@dataclass(slots=True)
class Plot:
    """A script with the sales it is about: `twin` is the second invoice where there is one."""

    script: Script
    customer: Customer
    sender: Customer
    sale: Sale
    twin: Sale | None = None
    companions: list[Sale] = field(default_factory=list)

    @property
    def sales(self) -> list[Sale]:
        """Give every sale of the plot, the contested one first."""
        return [self.sale, *([self.twin] if self.twin else []), *self.companions]


def agree_story_prices(market: Market, scripts: tuple[Script, ...]) -> None:
    """Put the prices the scripts fix, and every article they name, into the price book."""
    orders = [(script.customer, script.order) for script in scripts]
    orders += [(slug, order) for slug, _, order, _ in COMPANIONS.values()]
    orders += [(slug, order) for _, slug, _, order in EXTRAS]
    products = all_products()
    for slug, order in orders:
        for sku, _, fixed in _parts(order):
            if fixed:
                market.prices.agreed[slug, sku] = fixed
            else:
                market.prices.prices.setdefault((slug, sku), products[sku].list_price)


def stage(market: Market, script: Script) -> Plot:
    """
    Give the sales behind a script, with wrong prices, missing cartons, second invoices in place.
    """
    customer = market.customers[script.customer]
    lines = _lines(market, customer, script)
    sale = _sale(market, script.key, customer, script.issued, lines)
    sale.carrier = CARRIERS_TOLD.get(script.key, sale.carrier)
    _plant(market, script, sale)
    if script.days_late:
        sale.delivered = shift_workdays(sale.requested, script.days_late)
    if script.has_pod and sale.delivered is not None and sale.delivered < market.as_of:
        sign(sale, by=customer.people[-2].name.split()[-1])
    plot = Plot(script, customer, market.customers[script.sender or script.customer], sale)
    if script.twin:
        plot.twin = _second_invoice(market, sale)
    for key in script.companions.split():
        plot.companions.append(_companion(market, key, script))
    return plot


def stage_extras(market: Market) -> list[Sale]:
    """Give invoices nobody contests that the bank day needs: two of the same amount."""
    sales = []
    for key, slug, days, order in EXTRAS:
        customer = market.customers[slug]
        script = Script(key, slug, 0, 9, days, order, (), "", "")
        sale = _sale(market, key, customer, days, _lines(market, customer, script))
        sign(sale, by=customer.people[-2].name.split()[-1])
        sales.append(sale)
    return sales


def story_promotions(plots: list[Plot]) -> list[Promotion]:
    """Give the promotions, rebates and contributions the claims rest on."""
    rows = []
    for plot in plots:
        for item in plot.script.items:
            row = _promotion(plot, item)
            if row is not None:
                rows.append(row)
    return rows


def _parts(order: str) -> list[tuple[str, int, int]]:
    parts = []
    for word in order.split():
        sku, rest = word.split(":")
        quantity, _, fixed = rest.partition("@")
        parts.append((sku, int(quantity), int(fixed or 0)))
    return parts


def _lines(market: Market, customer: Customer, script: Script) -> list[SaleLine]:
    ordered = shift_workdays(market.as_of, -script.issued - 2)
    lines = []
    for sku, quantity, _ in _parts(script.order):
        line = market.line(customer, sku, quantity, ordered)
        line.order_price = line.unit_price = market.prices.on(customer.slug, sku, ordered)
        lines.append(line)
    return lines


def _sale(market: Market, key: str, customer: Customer, days: int, lines: list[SaleLine]) -> Sale:
    issued = shift_workdays(market.as_of, -days)
    sale = make_sale(
        market,
        key=key,
        customer=customer,
        ordered=shift_workdays(issued, -2),
        issued=issued,
        lines=lines,
    )
    sale.is_story = True
    if sale.delivered is not None and sale.delivered >= market.as_of:
        sale.delivered = shift_workdays(market.as_of, -1)
    return sale


def _plant(market: Market, script: Script, sale: Sale) -> None:
    short_words, damaged_words = RESERVES[sale.customer.country]
    for item in script.items:
        if item.kind == "charge":
            sale.lines.append(_service(item, sale.customer))
        if not item.sku or item.kind == "charge":
            continue
        line = sale.line(item.sku)
        what = short_name(line.description)
        if item.kind == "short" and item.proven:
            line.pod_quantity = line.quantity - item.proven
            line.pod_reserve = short_words.format(n=item.proven, what=what)
        elif item.kind == "damaged" and item.proven:
            line.pod_damaged = item.proven
            line.pod_reserve = damaged_words.format(n=item.proven, what=what)
        elif item.kind == "price":
            line.unit_price += item.valid
        elif item.kind == "vat":
            line.vat_bp = HOME_VAT


def _service(item: Item, customer: Customer) -> SaleLine:
    return SaleLine(
        sku=item.sku,
        description=invoiceable()[item.sku].name,
        quantity=1,
        order_price=item.cents,
        unit_price=item.cents,
        vat_bp=HOME_VAT if customer.country == "IT" else 0,
        pod_quantity=1,
        is_service=True,
    )


def _second_invoice(market: Market, sale: Sale) -> Sale:
    """The same goods invoiced again two working days later: what a claim of NC-17 is about."""
    issued = shift_workdays(sale.issued, 2)
    return Sale(
        key=f"{sale.key}-twin",
        customer=sale.customer,
        order_date=sale.order_date,
        requested=sale.requested,
        shipped=sale.shipped,
        delivered=sale.delivered,
        issued=min(issued, shift_workdays(market.as_of, -1)),
        due=issued + timedelta(days=sale.customer.payment_days),
        carrier=sale.carrier,
        lines=sale.lines,
        repeats=sale,
        is_story=True,
    )


def _companion(market: Market, key: str, script: Script) -> Sale:
    slug, days, order, wrong = COMPANIONS[key]
    customer = market.customers[slug]
    copy = Script(key, slug, 0, 9, days, order, script.items, "", "")
    sale = _sale(market, key, customer, days, _lines(market, customer, copy))
    if wrong:
        sale.line(wrong).unit_price += script.items[0].valid
    if sale.delivered is not None and sale.delivered < market.as_of:
        sign(sale, by=customer.people[-2].name.split()[-1])
    return sale


def _promotion(plot: Plot, item: Item) -> Promotion | None:
    sale, customer = plot.sale, plot.customer
    code = PROMOTION_CODES.get(plot.script.key, plot.script.dn or plot.script.key)
    starts, ends = sale.order_date - timedelta(days=9), sale.order_date + timedelta(days=16)
    year = sale.issued.year
    if item.kind == "promo":
        if not item.valid:
            starts, ends = starts - timedelta(days=40), ends - timedelta(days=40)
        name, kind, rate, budget = "Promotion", "off_invoice", item.cents, 0
    elif item.kind == "rebate":
        starts, ends = sale.issued.replace(month=1, day=1), sale.issued.replace(month=12, day=31)
        name, kind, rate, budget = f"Rebate {year}", "rebate", item.cents, 0
    elif item.reason == "CO-03" and item.valid:
        name, kind, rate, budget = (
            f"Advertising {year}",
            "co_op",
            0,
            item.valid + share(item.valid, 3000),
        )
    else:
        return None
    return Promotion(
        code=code.format(year=year).upper(),
        name=name,
        customer_number=customer.number,
        sku=item.sku,
        kind=kind,
        discount_bp=rate,
        promo_price=0,
        currency=customer.currency,
        starts=starts,
        ends=ends,
        budget=budget,
    )

"""
Aurora UK Ltd, the small sister company: its own customers, bank and people, apart from the first.
"""
# ruff: noqa: E501 - a mail is one row

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from concilia.interfaces.cli.company.bank import BankBook, statements
from concilia.interfaces.cli.company.camt import NEW, Account
from concilia.interfaces.cli.company.catalogue import all_products
from concilia.interfaces.cli.company.contacts import people_of
from concilia.interfaces.cli.company.exports import export_all
from concilia.interfaces.cli.company.facts import money_text
from concilia.interfaces.cli.company.habits import book_transfer, plan_payments, transfers
from concilia.interfaces.cli.company.mailbox import Draft, compose
from concilia.interfaces.cli.company.numbering import Series, number_sales
from concilia.interfaces.cli.company.post import arrival
from concilia.interfaces.cli.company.registers import iban_of, vat_number_of
from concilia.interfaces.cli.company.sales import Market, ordinary_sales
from concilia.interfaces.cli.company.shapes import (
    Act,
    Company,
    Customer,
    Mail,
    Product,
    Sale,
    StaffMember,
    share,
)
from concilia.interfaces.cli.company.trade import PriceBook, PromotionBook, agree_prices
from concilia.interfaces.cli.company.workdays import shift_workdays

DOMAIN = "aurora-uk.example"
BOX = f"claims@{DOMAIN}"
HARRIET = f"harriet.cole@{DOMAIN}"
STAFF = (
    StaffMember(HARRIET, "Harriet Cole", "en", "CRD", "clerk", 1),
    StaffMember(f"owen.pratt@{DOMAIN}", "Owen Pratt", "en", "CRD", "approver", 3),
)
CLIENTS = (
    ("quayside", "Quayside Pantry", "Newcastle", "4 Sandhill", 4),
    ("marlowe", "Marlowe Delis", "Canterbury", "18 Burgate", 3),
    ("greenhithe", "Greenhithe Stores", "Kent", "2 High Street", 3),
    ("tarnside", "Tarnside Hotels", "Kendal", "Highgate House", 2),
    ("ossory", "Ossory & Vane", "London", "55 Lamb's Conduit Street", 4),
)
RATES = (0.4, 0.9)
POUNDS_BP = 8700
STANDARD_VAT = 2000
HISTORY_DAYS, WINDOW_DAYS = 360, 20
SEEN_AFTER_DAYS = 5
CLAIMS = (
    ("uk-quayside", "quayside", 6, 10.3, "{qty} cases short, {inv}",
     "Hi Harriet,\n\n{qty} cases of {product} were missing from {ddt} (invoice {inv}). Please credit {amount} GBP."),
    ("uk-marlowe", "marlowe", 4, 15.7, "Wrong price on {inv}",
     "Hello,\n\nwe were quoted less for {product} on {inv}. We make it {amount} GBP too much.\n\nMarlowe Delis"),
    ("uk-ossory", "ossory", 2, 9.1, "Proof of delivery {ddt}",
     "Please send a signed POD for {ddt}, invoice {inv}. We hold payment until then."),
    ("uk-tarnside", "tarnside", 1, 12.4, "Damaged on arrival: {inv}",
     "{qty} cases of {product} arrived crushed on {ddt}. Credit of {amount} GBP on {inv} please."),
)  # fmt: skip


def build_uk(seed: int, as_of: date) -> Company:
    """Give the second company on the same morning, with records and mail of its own."""
    rng = Random(seed + 1)  # noqa: S311 - a story, not a secret
    customers, products = _customers(), _products()
    first = as_of - timedelta(days=HISTORY_DAYS)
    prices = agree_prices(rng, customers.values(), products, as_of.year)
    market = Market(rng, customers, products, prices, PromotionBook(), as_of, "GB", RATES)
    series = Series("AU", "AC", "SO", "DN", 310)
    sales = number_sales(rng, ordinary_sales(market, first), series)
    plan_payments(rng, sales)
    window = [shift_workdays(as_of, -n) for n in range(WINDOW_DAYS, 0, -1)]
    book = BankBook("UK")
    for transfer in transfers(sales, customers, (window[0], window[-1])):
        book_transfer(rng, book, transfer)
    account = _account()
    mails = _mails(as_of, customers, sales)
    return Company(
        code="aurora-uk",
        name="Aurora UK",
        legal_name="Aurora UK Ltd",
        country="GB",
        currency="GBP",
        language="en",
        timezone="Europe/London",
        vat_number=vat_number_of("GB", 9),
        email=BOX,
        as_of=as_of,
        window_start=window[0],
        account_iban=account.iban,
        imports=_imports(customers, products, prices, sales, (first, window[0])),
        mails=mails,
        statements=statements(book, account, window, opening=9_120_044),
        acts=_acts(mails),
        papers={},
        staff=list(STAFF),
        stories=[],
        settled=[],
    )


def _account() -> Account:
    return Account(
        iban=iban_of("GB", 20_611_834),
        bic="ZZFBGB2LXXX",
        bank="Fellside Bank plc",
        owner="AURORA UK LTD",
        currency="GBP",
        version=NEW,
    )


def _products() -> dict[str, Product]:
    """The same articles in pounds: food without VAT, gifts at the standard rate."""
    return {
        sku: Product(
            sku,
            product.name,
            product.unit,
            STANDARD_VAT if product.group == "gifts" else 0,
            share(product.list_price, POUNDS_BP),
            product.group,
        )
        for sku, product in all_products().items()
    }


def _customers() -> dict[str, Customer]:
    found = {}
    for n, (slug, name, city, street, weight) in enumerate(CLIENTS, start=1):
        domain = f"{slug}.example"
        found[slug] = Customer(
            number=f"{91000 + n}",
            slug=slug,
            name=name,
            legal_name=f"{name} Ltd",
            country="GB",
            language="en",
            segment="shop",
            city=city,
            street=street,
            vat_number=vat_number_of("GB", 700 + n * 11),
            parent_number="",
            payer_group="",
            payer_slug=slug,
            payment_days=30,
            discount_bp=0,
            discount_days=0,
            credit_limit=1_000_000,
            currency="GBP",
            domain=domain,
            iban=iban_of("GB", 31_000_000 + n * 773),
            weight=weight,
            lateness=2 + n,
            pays="exact",
            people=people_of(slug, "GB", domain, 60 + n),
        )
    return found


def _imports(
    customers: dict[str, Customer],
    products: dict[str, Product],
    prices: PriceBook,
    sales: list[Sale],
    days: tuple[date, date],
) -> dict[str, bytes]:
    rows = prices.rows(customers.values(), days[0])
    return export_all(customers.values(), products, rows, [], sales, days[1])


def _mails(as_of: date, customers: dict[str, Customer], sales: list[Sale]) -> list[Mail]:
    mails = []
    for key, slug, days, hour, subject, body in CLAIMS:
        customer = customers[slug]
        before = shift_workdays(as_of, -days - SEEN_AFTER_DAYS)
        sale = [row for row in sales if row.customer is customer and row.issued < before][-1]
        line = sale.lines[0]
        quantity = max(1, line.quantity // 3)
        words = {
            "inv": sale.number,
            "ddt": sale.delivery_number,
            "qty": str(quantity),
            "product": line.description,
            "amount": money_text(quantity * line.unit_price, "en"),
        }
        person = customer.people[0]
        draft = Draft(
            key=key,
            at=arrival(as_of, days, hour),
            sender=(person.name, person.email),
            subject=subject.format_map(words),
            body=body.format_map(words),
            to=BOX,
            style=days,
        )
        mails.append(compose(draft))
    return mails


def _acts(mails: list[Mail]) -> list[Act]:
    """Harriet has looked at all but the newest."""
    return [
        Act(mail.received_at + timedelta(minutes=50), HARRIET, "confirm_reading", mail.key)
        for mail in mails[:-1]
    ]

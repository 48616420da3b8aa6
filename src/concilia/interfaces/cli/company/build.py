"""Puts the demonstration company together. One seed and one day give the same bytes each time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from concilia.interfaces.cli.company import noise, people, quirks
from concilia.interfaces.cli.company.bank import (
    BankBook,
    add_outgoing,
    add_strangers,
    statements,
)
from concilia.interfaces.cli.company.camt import Account
from concilia.interfaces.cli.company.catalogue import all_products, invoiceable
from concilia.interfaces.cli.company.clients import all_customers
from concilia.interfaces.cli.company.confirmations import confirm_proposals
from concilia.interfaces.cli.company.exports import export_all
from concilia.interfaces.cli.company.habits import (
    Transfer,
    book_transfer,
    plan_payments,
    transfers,
)
from concilia.interfaces.cli.company.numbering import Series, number_sales
from concilia.interfaces.cli.company.papers import remittance_paper
from concilia.interfaces.cli.company.past import PastClaim, settle_past
from concilia.interfaces.cli.company.plots import (
    Plot,
    agree_story_prices,
    stage,
    stage_extras,
    story_promotions,
)
from concilia.interfaces.cli.company.post import PostOffice
from concilia.interfaces.cli.company.registers import iban_of, vat_number_of
from concilia.interfaces.cli.company.sales import Market, ordinary_sales
from concilia.interfaces.cli.company.shapes import Company, Customer, Mail, Sale
from concilia.interfaces.cli.company.stories_it import ITALIAN
from concilia.interfaces.cli.company.stories_north import BRITISH, GERMAN
from concilia.interfaces.cli.company.stories_south import FRENCH, SPANISH
from concilia.interfaces.cli.company.story_bank import pay_extras, pay_stories
from concilia.interfaces.cli.company.telling import Stage, tell
from concilia.interfaces.cli.company.trade import PromotionBook, agree_prices, ordinary_promotions
from concilia.interfaces.cli.company.uk import build_uk
from concilia.interfaces.cli.company.workdays import at_rome, last_workday, shift_workdays

SCRIPTS = ITALIAN + GERMAN + BRITISH + FRENCH + SPANISH
HISTORY_DAYS = 548
WINDOW_DAYS = 60
NOW = (8, 45)
SETTLED_BEFORE_DAYS = 10
SENT_TWICE = "almazora-dto"


@dataclass(slots=True)
class World:
    """Everything known while the company is being made."""

    rng: Random
    as_of: date
    customers: dict[str, Customer]
    market: Market
    plots: list[Plot]
    sales: list[Sale] = field(default_factory=list)
    extras: list[Sale] = field(default_factory=list)
    past: list[PastClaim] = field(default_factory=list)
    book: BankBook = field(default_factory=BankBook)

    @property
    def window(self) -> list[date]:
        """Give the booked days, oldest first; the last is the working day before `as_of`."""
        return [shift_workdays(self.as_of, -n) for n in range(WINDOW_DAYS, 0, -1)]

    @property
    def now(self) -> datetime:
        """Give the moment the demonstration opens: a quarter to nine in Cuneo."""
        return at_rome(self.as_of, *NOW)


def build_company(seed: int, as_of: date) -> Company:
    """
    Give the demonstration company as it stands at a quarter to nine on the morning of `as_of`.

    Nothing in it happened later than that; where `as_of` is no working day, the last one before
    it is taken. The same arguments give the same bytes.
    """
    world = _trade(Random(seed), last_workday(as_of))  # noqa: S311 - a story, not a secret
    plan_payments(world.rng, world.sales)
    refs = pay_stories(world.plots, world.book, world.as_of, world.sales, world.customers)
    pay_extras(world.extras, world.book, world.as_of)
    office = PostOffice(world.as_of, world.sales)
    scene = Stage(
        rng=world.rng,
        as_of=world.as_of,
        now=world.now,
        customers=world.customers,
        book=world.book,
        office=office,
        refs=refs,
    )
    stories, acts = tell(scene, world.plots)
    paid = _ordinary_bank_days(world)
    acts += confirm_proposals(world.rng, paid, world.now)
    mails = [*office.mails.values(), *_other_mail(world, office, paid)]
    account = _account()
    return Company(
        code="aurora",
        name="Molino Aurora",
        legal_name="Molino Aurora S.r.l.",
        country="IT",
        currency="EUR",
        language="it",
        timezone="Europe/Rome",
        vat_number=vat_number_of("IT", 1),
        email=people.CLAIMS_BOX,
        as_of=world.as_of,
        window_start=world.window[0],
        account_iban=account.iban,
        imports=_imports(world),
        mails=sorted(mails, key=lambda mail: (mail.received_at, mail.key)),
        statements=statements(world.book, account, world.window),
        acts=sorted(acts, key=lambda act: act.at),
        papers=office.papers,
        staff=list(people.STAFF),
        stories=stories,
        settled=[claim.as_record(n) for n, claim in enumerate(world.past, start=1)],
        unpaid=_unpaid(world),
        second_entity=build_uk(seed, world.as_of),
    )


def _unpaid(world: World) -> frozenset[str]:
    """The invoices nobody disputes, and nobody pays before the visitor comes."""
    last = world.window[-1]
    return frozenset(
        sale.number
        for sale in world.sales
        if sale.kind == "invoice"
        and not sale.is_story
        and (sale.paid_on is None or sale.paid_on > last)
    )


def _account() -> Account:
    return Account(
        iban=iban_of("IT", 4417),
        bic="BMVZITZZXXX",
        bank="Banca del Monviso S.p.A.",
        owner="MOLINO AURORA S.R.L.",
        currency="EUR",
    )


def _trade(rng: Random, as_of: date) -> World:
    """Eighteen months of business, with what the stories need in its place, numbered."""
    customers = all_customers()
    first = as_of - timedelta(days=HISTORY_DAYS)
    prices = agree_prices(rng, customers.values(), all_products(), as_of.year)
    market = Market(rng, customers, invoiceable(), prices, PromotionBook(), as_of)
    agree_story_prices(market, SCRIPTS)
    plots = [stage(market, script) for script in SCRIPTS]
    told = {
        (sale.customer.number, line.sku)
        for plot in plots
        for sale in plot.sales
        for line in sale.lines
    }
    own = list(customers.values())
    for promotion in ordinary_promotions(rng, own, prices, (first, as_of)):
        if (promotion.customer_number, promotion.sku) not in told:
            market.promotions.add(promotion)
    for promotion in story_promotions(plots):
        market.promotions.add(promotion)
    world = World(rng, as_of, customers, market, plots)
    ordinary = ordinary_sales(market, first)
    world.past, notes = settle_past(rng, ordinary, as_of)
    world.extras = stage_extras(market)
    staged = [sale for plot in plots for sale in plot.sales]
    world.sales = number_sales(rng, [*ordinary, *notes, *world.extras, *staged], Series())
    return world


def _ordinary_bank_days(world: World) -> list[Transfer]:
    """Book what nobody contests, the odd payments among it, and what the company itself pays."""
    window = world.window
    paid = transfers(world.sales, world.customers, (window[0], window[-1]))
    notes = [sale for sale in world.sales if sale.kind == "credit_note"]
    settled = shift_workdays(window[0], -SETTLED_BEFORE_DAYS)
    for note in notes:
        if note.issued < settled:
            note.paid_on = note.issued
    quirks.net_credit_notes(paid, [note for note in notes if note.paid_on is None])
    quirks.plant(paid, world.book, window[-1])
    for transfer in paid:
        book_transfer(world.rng, world.book, transfer)
    add_strangers(world.book, world.as_of)
    add_outgoing(world.rng, world.book, window)
    return paid


def _other_mail(world: World, office: PostOffice, paid: list[Transfer]) -> list[Mail]:
    sample = remittance_paper(paid[0].payer, paid[0].sales, paid[0].paid, paid[0].day)
    return [
        *noise.plain_noise(world.as_of, world.customers),
        *noise.payment_replies(world.as_of, world.customers, world.sales),
        *noise.remittances(paid),
        *noise.difficult_files(world.as_of, world.customers, sample),
        noise.delivered_twice(office.mails[SENT_TWICE]),
    ]


def _imports(world: World) -> dict[str, bytes]:
    first = world.as_of - timedelta(days=HISTORY_DAYS)
    return export_all(
        world.customers.values(),
        invoiceable(),
        world.market.prices.rows(world.customers.values(), first),
        world.market.promotions.all(),
        world.sales,
        world.window[0],
    )

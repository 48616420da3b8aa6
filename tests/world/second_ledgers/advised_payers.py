"""Retailers who pay centrally for many stores and send a remittance advice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.world.second_ledgers import clerk, payers, people, reasons
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.records import (
    AdviceLine,
    Customer,
    Item,
    Lack,
    Truth,
    Verdict,
)

CHAINS = [
    "Superpiù",
    "Carrebon",
    "Hipersol",
    "Kaufgut",
    "Freshmart",
    "Iperbuono",
    "Leclos",
    "Mercado",
]
SEE_ADVICE = {
    "it": ["pagamento come da distinta {n}", "vedi avviso di pagamento {n}", ""],
    "fr": ["règlement selon avis {n}", "avis de virement {n}", ""],
    "es": ["pago según detalle {n}", "relación de pagos {n}", ""],
    "de": ["Zahlung laut Avis {n}", "Sammelzahlung Avis Nr. {n}", ""],
    "en": ["remittance {n}", "payment as per remittance advice {n}", ""],
}
ADDABLE = 30  # lines of an advice that a sheet tries in all ways
OWN_CODES = ["D07 ", "R12 ", "K3-", "Cod. 44 ", "", "", "", ""]


@dataclass(frozen=True, slots=True)
class Chain:
    """A head office that pays, and the stores that buy."""

    office: Customer
    stores: list[Customer]
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Settled:
    """Lines of an advice and what they mean for our items."""

    lines: list[AdviceLine]
    applied: dict[str, int]
    discounts: dict[str, int]
    lacks: list[Lack]

    @property
    def total(self) -> int:
        return sum(line.net for line in self.lines)


def open_chain(book: Book, *, stores: tuple[int, int] = (3, 9), per_store: int = 5) -> Chain:
    country = book.rng.choice(["IT", "IT", "FR", "ES", "DE", "GB"])
    group = f"G{len(book.customers)}"
    place = people.pick(book.rng, people.PLACES[people.LANGUAGES[country]])
    brand = f"{book.rng.choice(CHAINS)} {place} {len(book.customers)}"
    office = book.customer(country, name=f"{brand} Centrale", group=group)
    shops = [
        book.customer(country, name=f"{brand} n. {number}", group=group)
        for number in range(1, book.rng.randint(*stores) + 1)
    ]
    items = [
        book.item(shop, book.amount(8_000, 400_000))
        for shop in shops
        for _ in range(book.rng.randint(2, per_store))
    ]
    return Chain(office, shops, items)


def printed(book: Book, number: str, manner: int) -> str:
    """The retailer's system keeps our number in its own form."""
    ways = [number, number, re.sub(r"\W", "", number), re.sub(r"^[A-Z]+-?", "", number)]
    return ways[manner]


def settle(book: Book, items: Sequence[Item], *, short: float = 0.15) -> Settled:
    """Lines for these items, some with a deduction and its reason."""
    manner = book.rng.randrange(4)
    settled = Settled([], {}, {}, [])
    for item in items:
        deduction, text = 0, ""
        if item.open > 0 and book.chance(short):
            deduction = max(int(item.open * book.rng.uniform(0.03, 0.3)), 120)
            accepted, text = reasons.draw_reason(book.rng, item.customer.language)
            text = book.rng.choice(OWN_CODES) + text
            if book.chance(0.1):
                accepted, text = reasons.UNSAID, ""
            elif book.chance(0.1):
                accepted, text = reasons.CODE_ALONE, book.rng.choice(["D07", "Cod. 44", "R12"])
            settled.lacks.append(Lack(deduction, accepted, item.id))
        net = item.open - deduction
        settled.applied[item.id] = net
        number = printed(book, item.number, manner)
        settled.lines.append(AdviceLine(number, item.open, net, 0, deduction, text))
    return settled


def send(book: Book, chain: Chain, settled: Settled, day: date, *, late: bool = False) -> None:
    shift = book.rng.randint(1, 6) if late else -book.rng.randint(0, 6)
    iban = chain.office.ibans[0] if book.chance(0.5) else ""
    payer = (chain.office.name, iban)
    book.advise(payer, settled.total, settled.lines, day + timedelta(days=shift))


def see_advice(book: Book, chain: Chain) -> str:
    pattern = book.rng.choice(SEE_ADVICE[chain.office.language])
    return pattern.format(n=book.rng.randint(10_000, 99_999))


def pay_advised(
    book: Book, behaviour: str, chain: Chain, settled: Settled, *, late: bool = False
) -> None:
    day = book.day(6)
    send(book, chain, settled, day, late=late)
    truth = Truth(behaviour, Verdict.MUST, settled.applied, settled.discounts, settled.lacks)
    payer = payers.known(book, chain.office)
    book.pay(settled.total, payer, see_advice(book, chain), truth, day=day)


def some_of(book: Book, chain: Chain) -> list[Item]:
    return book.rng.sample(chain.items, book.rng.randint(2, len(chain.items)))


def advised(book: Book) -> None:
    chain = open_chain(book)
    pay_advised(book, "advised", chain, settle(book, some_of(book, chain)))


def advised_late(book: Book) -> None:
    chain = open_chain(book)
    pay_advised(book, "advised after payment", chain, settle(book, some_of(book, chain)), late=True)


def advised_with_credits(book: Book) -> None:
    chain = open_chain(book)
    chosen = some_of(book, chain)
    chosen += [
        book.item(book.rng.choice(chain.stores), -book.amount(1_500, 9_000), kind="credit_note")
        for _ in range(book.rng.randint(1, 3))
    ]
    settled = settle(book, chosen)
    if settled.total > 0:
        pay_advised(book, "advised with credit notes", chain, settled)


def advised_with_debit_note(book: Book) -> None:
    """The chain takes its own debit note off the sum: short on any of the invoices."""
    chain = open_chain(book)
    settled = settle(book, some_of(book, chain), short=0)
    amount = max(settled.total // 12, 500)
    largest = max(settled.applied, key=lambda item: settled.applied[item])
    if settled.applied[largest] <= amount:
        return
    accepted, text = reasons.draw_reason(book.rng, chain.office.language)
    number = f"ND{book.rng.randint(100_000, 999_999)}"
    settled.lines.append(AdviceLine(number, -amount, -amount, 0, 0, text))
    settled.applied[largest] -= amount
    day = book.day(6)
    send(book, chain, settled, day)
    truth = Truth(
        "advised with own debit note",
        Verdict.MAY,  # no two clerks put it on the same invoice
        settled.applied,
        lacks=[Lack(amount, accepted)],
        spread=True,
    )
    book.pay(
        settled.total, payers.known(book, chain.office), see_advice(book, chain), truth, day=day
    )


def advised_with_discount(book: Book) -> None:
    """A column for the cash discount; some of it is too late."""
    chain = open_chain(book, stores=(1, 3), per_store=3)
    day = book.day(6)
    settled = Settled([], {}, {}, [])
    for item in chain.items:
        item.discount_percent = "2"
        item.discount_until = day + timedelta(days=book.rng.choice([-25, 1, 3, 8]))
        discount = round(item.open * 2 / 100)
        settled.applied[item.id] = item.open - discount
        line = AdviceLine(item.number, item.open, item.open - discount, discount)
        settled.lines.append(line)
        if item.discount_until >= day:
            settled.discounts[item.id] = discount
        else:
            settled.lacks.append(Lack(discount, frozenset({"FI-02"}), item.id))
    send(book, chain, settled, day)
    truth = Truth(
        "advised with discount",
        Verdict.MUST,
        settled.applied,
        settled.discounts,
        settled.lacks,
    )
    book.pay(
        settled.total, payers.known(book, chain.office), see_advice(book, chain), truth, day=day
    )


def advised_with_foreign_document(book: Book) -> None:
    """One line names a document that we do not have open."""
    chain = open_chain(book)
    settled = settle(book, some_of(book, chain), short=0)
    strange = book.amount(3_000, 60_000)
    settled.lines.append(AdviceLine(f"X{book.rng.randint(10**6, 10**7)}", strange, strange))
    day = book.day(6)
    send(book, chain, settled, day)
    truth = Truth("advised, unknown document", Verdict.MAY, settled.applied, on_account=strange)
    book.pay(
        settled.total, payers.known(book, chain.office), see_advice(book, chain), truth, day=day
    )


def one_advice_two_payments(book: Book) -> None:
    """One advice, two payments, each for some of its lines."""
    chain = open_chain(book, per_store=3)
    items = some_of(book, chain)
    if len(items) < 4:
        return
    settled = settle(book, items, short=0.08)
    day, half = book.day(6), len(items) // 2
    send(book, chain, settled, day)
    nets = [line.net for line in settled.lines]
    parts = [items[:half], items[half:]]
    unique = len(nets) <= ADDABLE and clerk.count_sets(nets, sum(nets[:half])) == 1
    for part in parts:
        ids = {item.id for item in part}
        applied = {item: net for item, net in settled.applied.items() if item in ids}
        lacks = [lack for lack in settled.lacks if lack.item in ids]
        verdict = Verdict.MUST if unique else Verdict.NEVER
        truth = Truth("one advice, two payments", verdict, applied, lacks=lacks)
        payer = payers.known(book, chain.office)
        book.pay(sum(applied.values()), payer, see_advice(book, chain), truth, day=day)


def two_advices_one_payment(book: Book) -> None:
    """Two advices sent the same week add up to one payment."""
    chain = open_chain(book)
    items = some_of(book, chain)
    if len(items) < 4:
        return
    half, day = len(items) // 2, book.day(6)
    settled = [settle(book, part) for part in (items[:half], items[half:])]
    for part in settled:
        send(book, chain, part, day)
    truth = Truth(
        "two advices, one payment",
        Verdict.MUST,
        settled[0].applied | settled[1].applied,
        lacks=settled[0].lacks + settled[1].lacks,
    )
    total = settled[0].total + settled[1].total
    book.pay(total, payers.known(book, chain.office), see_advice(book, chain), truth, day=day)


def office_pays_named(book: Book) -> None:
    """The head office names the invoices of its stores in the text itself."""
    chain = open_chain(book, stores=(2, 4), per_store=3)
    chosen = chain.items[: book.rng.randint(1, 4)]
    text = ", ".join(item.number for item in chosen)
    truth = Truth(
        "office names stores' items", Verdict.MUST, {item.id: item.open for item in chosen}
    )
    amount = sum(item.open for item in chosen)
    book.pay(amount, payers.known(book, chain.office), text, truth)


def office_pays_nothing_named(book: Book) -> None:
    """No advice ever comes; the group has more items than sums can tell apart."""
    chain = open_chain(book, stores=(5, 9))
    chosen = some_of(book, chain)
    amount = sum(item.open for item in chosen)
    verdict = clerk.judge_sum(chain.items, amount)
    if len(chosen) == len(chain.items):
        verdict = Verdict.MAY
    truth = Truth("office, no advice", verdict, {item.id: item.open for item in chosen})
    book.pay(amount, payers.known(book, chain.office), see_advice(book, chain), truth)

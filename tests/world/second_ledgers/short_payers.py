"""Firms that pay less than they owe, for a reason told, guessed or unknown."""

from __future__ import annotations

from datetime import date, timedelta

from tests.world.second_ledgers import payers, people, reasons, writing
from tests.world.second_ledgers.book import VAT_RATES, Book
from tests.world.second_ledgers.plain_payers import in_full
from tests.world.second_ledgers.records import Customer, Item, Lack, Truth, Verdict

LATE = frozenset({"FI-02"})
LATE_OR_UNSAID = frozenset({"FI-02", "FI-16"})
CHARGES = frozenset({"FI-03"})
ROUNDED = frozenset({"FI-05", "FI-16"})


def named_text(book: Book, item: Item) -> str:
    return writing.write_list(book.rng, book.style, item.customer.language, [item]).text


def per_cent(amount: int, percent: int) -> int:
    """Rounded as merchants do."""
    return (amount * percent * 2 + 100) // 200


def deduction_of(book: Book, item: Item) -> int:
    """A part that is neither a usual discount nor small change."""
    return max(int(item.open * book.rng.uniform(0.05, 0.35)), 150)


def pays_short(book: Book, behaviour: str, item: Item, lack: Lack, text: str) -> None:
    paid = item.open - lack.amount
    truth = Truth(behaviour, Verdict.MUST, {item.id: paid}, lacks=[lack])
    book.pay(paid, payers.known(book, item.customer), text, truth)


def one_of_some(book: Book, country: str = "") -> Item:
    customer = book.customer(country)
    return book.stock(customer, 1, 6)[0]


def may_be_charges(item: Item, amount: int) -> bool:
    """From abroad so little is what banks take, whoever keeps it (domain.md §6.5.3)."""
    return item.customer.country != "IT" and amount <= 1500


def says_why(book: Book) -> None:
    item = one_of_some(book)
    amount = deduction_of(book, item)
    if may_be_charges(item, amount):
        return
    language = item.customer.language
    accepted, why = reasons.draw_reason(book.rng, language)
    text = f"{named_text(book, item)} {reasons.say_less(book.rng, language, amount, why)}"
    lack = Lack(amount, accepted, item.id)
    pays_short(
        book, "short, says why", item, lack, people.plain(text) if book.chance(0.5) else text
    )


def says_nothing(book: Book) -> None:
    item = one_of_some(book)
    lack = Lack(deduction_of(book, item), reasons.UNSAID, item.id)
    if may_be_charges(item, lack.amount):
        return
    pays_short(book, "short, no reason", item, lack, named_text(book, item))


def short_on_several(book: Book) -> None:
    """Several are named, the sum is short, nobody says on which."""
    customer = book.customer()
    items = book.stock(customer, 3, 8)[:3]
    amount = deduction_of(book, min(items, key=lambda item: item.open))
    accepted, why = reasons.draw_reason(book.rng, customer.language)
    text = writing.write_list(book.rng, book.style, customer.language, items).text
    text += f" {reasons.say_less(book.rng, customer.language, amount, why)}"
    applied = in_full(items)
    applied[items[0].id] -= amount
    truth = Truth(
        "short on several", Verdict.MAY, applied, lacks=[Lack(amount, accepted)], spread=True
    )
    book.pay(sum(applied.values()), payers.known(book, customer), text, truth)


def part_payment(book: Book) -> None:
    item = one_of_some(book)
    paid = max(item.open * book.rng.randint(2, 6) // 10 // 1000 * 1000, 1000)
    words = reasons.PART_WORDS[item.customer.language]
    number = writing.write_one(book.rng, book.style, item)
    text = book.rng.choice(words).format(ref=f"{writing.WORDS[item.customer.language][0]} {number}")
    truth = Truth("part payment", Verdict.MUST, {item.id: paid}, tolerates_lacks=True)
    book.pay(paid, payers.known(book, item.customer), text, truth)


def with_discount_terms(book: Book, *, days_left: int) -> tuple[Item, int, date]:
    """An item with a cash discount, the discount and a day so many days before its end."""
    customer = book.customer(book.rng.choice(["DE", "DE", "AT", "IT", "ES", "FR"]))
    percent = book.rng.choice([2, 2, 3])
    day = book.day()
    others = [book.item(customer) for _ in range(book.rng.randint(0, 5))]
    item = book.item(customer, book.amount(20_000))
    for each in [item, *others]:
        each.discount_percent = f"{percent}"
        each.discount_until = each.issued + timedelta(days=14)
    item.discount_until = day + timedelta(days=days_left)
    item.issued = item.discount_until - timedelta(days=14)
    item.due = item.issued + timedelta(days=30)
    return item, percent, day


def discount_text(book: Book, item: Item, percent: int) -> str:
    language = item.customer.language
    tail = f" {reasons.DISCOUNT_WORDS[language]} {percent}%" if book.chance(0.5) else ""
    return named_text(book, item) + tail


def discount_in_time(book: Book) -> None:
    item, percent, day = with_discount_terms(book, days_left=book.rng.randint(0, 9))
    discount = per_cent(item.open, percent)
    named = book.chance(0.8)
    truth = Truth(
        "discount in time",
        Verdict.MUST if named else Verdict.MAY,
        {item.id: item.open - discount},
        discounts={item.id: discount},
    )
    text = discount_text(book, item, percent) if named else ""
    book.pay(item.open - discount, payers.known(book, item.customer), text, truth, day=day)


def discount_on_several(book: Book) -> None:
    """Two invoices less two per cent each, both in time."""
    first, percent, day = with_discount_terms(book, days_left=book.rng.randint(1, 8))
    second = book.item(first.customer, book.amount(20_000), issued=first.issued)
    second.discount_percent, second.discount_until = first.discount_percent, first.discount_until
    discounts = {item.id: per_cent(item.open, percent) for item in (first, second)}
    applied = {item.id: item.open - discounts[item.id] for item in (first, second)}
    text = writing.write_list(book.rng, book.style, first.customer.language, [first, second]).text
    truth = Truth("discount on several", Verdict.MUST, applied, discounts=discounts)
    book.pay(sum(applied.values()), payers.known(book, first.customer), text, truth, day=day)


def discount_late(book: Book) -> None:
    item, percent, day = with_discount_terms(book, days_left=-book.rng.randint(16, 40))
    lack = Lack(per_cent(item.open, percent), LATE, item.id)
    truth = Truth("discount late", Verdict.MUST, {item.id: item.open - lack.amount}, lacks=[lack])
    text = discount_text(book, item, percent)
    book.pay(item.open - lack.amount, payers.known(book, item.customer), text, truth, day=day)


def discount_too_high(book: Book) -> None:
    """One per cent more than agreed: what was agreed may be granted, the rest not."""
    item, percent, day = with_discount_terms(book, days_left=book.rng.randint(1, 8))
    taken, allowed = (per_cent(item.open, share) for share in (percent + 1, percent))
    text = discount_text(book, item, percent + 1)
    reason = LATE if "%" in text else LATE_OR_UNSAID
    lack = Lack(taken - allowed, reason, item.id)
    truth = Truth(
        "discount too high",
        Verdict.MUST,
        {item.id: item.open - taken},
        discounts={item.id: allowed},
        lacks=[lack],
        other_lacks=[Lack(taken, reason, item.id)],  # nothing is due to who takes too much
    )
    book.pay(item.open - taken, payers.known(book, item.customer), text, truth, day=day)


def bank_charges(book: Book) -> None:
    item = one_of_some(book, book.rng.choice(["GB", "PL", "CH", "NL"]))
    while item.open < 20_000:
        item.open = item.original = item.open * 5
    charge = book.rng.choice([500, 750, 1000, 1200, 1500])
    lack = Lack(charge, CHARGES, item.id, may_be_written_off=True)
    pays_short(book, "bank charges", item, lack, named_text(book, item))


def other_currency(book: Book) -> None:
    """The invoice is in euro, the money is not: somebody must look at the rate."""
    item = one_of_some(book, book.rng.choice(["GB", "CH", "PL"]))
    currency, rate = book.rng.choice([("USD", 1.08), ("GBP", 0.86), ("CHF", 0.95)])
    amount = round(item.open * rate)
    truth = Truth("other currency", Verdict.NEVER, on_account=amount)
    payer = payers.known(book, item.customer)
    book.pay(amount, payer, named_text(book, item), truth, currency=currency)


def small_change(book: Book) -> None:
    """Cents are left out."""
    item = one_of_some(book)
    cents = item.open % 100
    if not cents or item.open < 20_100:
        return
    lack = Lack(cents, ROUNDED, item.id, may_be_written_off=True)
    pays_short(book, "small change", item, lack, named_text(book, item))


def split_vat(book: Book) -> None:
    """An Italian public body pays the price and keeps the tax."""
    town = people.pick(book.rng, people.PLACES["it"])
    office = book.rng.choice(["Comune di", "ASL di", "Azienda Ospedaliera di", "Provincia di"])
    customer = book.customer("IT", name=f"{office} {town}")
    item = book.stock(customer, 1, 5)[0]
    net = round(item.open * 100 / (100 + book.rng.choice([22, 22, 10, 4])))
    tail = book.rng.choice(
        [" split payment", " scissione pagamenti", " mandato 1123 CIG Z4B2F8A901", ""]
    )
    lack = Lack(item.open - net, frozenset({"FI-07"}), item.id)
    pays_short(book, "split VAT", item, lack, named_text(book, item) + tail)


def withholding(book: Book) -> None:
    """A customer who must withhold income tax from the net price."""
    share = book.rng.choice([20, 4])
    name = (
        f"Condominio Via {people.pick(book.rng, people.SURNAMES['it'])} {book.rng.randint(1, 90)}"
    )
    customer: Customer = book.customer("IT", name=name if share == 4 else "")
    item = book.stock(customer, 1, 4)[0]
    net = item.open * 100 / (100 + VAT_RATES["IT"])
    held = round(net * share / 100)
    tail = book.rng.choice([" netto ritenuta", " - R.A.", f" meno ritenuta {share}%"])
    lack = Lack(held, frozenset({"FI-06"}), item.id)
    pays_short(book, "withholding tax", item, lack, named_text(book, item) + tail)


def pays_undisputed_part(book: Book) -> None:
    """What is contested stays open; we know of it."""
    item = one_of_some(book)
    item.disputed = deduction_of(book, item)
    truth = Truth(
        "pays what is undisputed",
        Verdict.MUST,
        {item.id: item.open - item.disputed},
        tolerates_lacks=True,
    )
    text = named_text(book, item)
    book.pay(item.open - item.disputed, payers.known(book, item.customer), text, truth)

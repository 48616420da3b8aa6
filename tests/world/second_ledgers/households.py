"""Customers of a utility and their bills: many, alike, and with equal monthly sums."""

from __future__ import annotations

from datetime import date, timedelta

from tests.world.second_ledgers import people, references
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.records import Customer, Item

MONTHS_OPEN = [(2026, 3), (2026, 2), (2026, 1), (2025, 12)]


def household(book: Book, *, group: str = "", language: str = "") -> Customer:
    """A private customer; the customer number is what stands on the bill."""
    language = language or book.rng.choice(["it", "it", "it", "fr", "es", "de"])
    country = {"it": "IT", "fr": "FR", "es": "ES", "de": "DE"}[language]
    name = people.person_name(book.rng, language)
    customer = Customer(
        id=f"{30_000_000 + len(book.customers) * 13}",
        name=name,
        country=country,
        language=language,
        group=group,
        ibans=[people.iban(book.rng, country)] if book.chance(0.55) else [],
    )
    book.customers.append(customer)
    return customer


def bill(book: Book, customer: Customer, amount: int, month: tuple[int, int]) -> Item:
    """One bill with a payment reference of its own."""
    serial = book.serial()
    core = 10_000_000 + serial * 3
    issued = date(*month, 1)
    reference = book.make_reference(f"{core}{serial % 7}") if book.make_reference else ""
    item = Item(
        id=f"P{serial:07d}",
        customer=customer,
        kind="invoice",
        number=references.document_number(book.style, "invoice", issued, core),
        year=month[0],
        core=core,
        issued=issued,
        due=issued + timedelta(days=25),
        original=amount,
        open=amount,
        reference=reference,
    )
    book.items.append(item)
    return item


def monthly_sum(book: Book) -> int:
    """Sums on account are round more often than not."""
    amount = book.rng.randint(2_500, 24_000)
    return amount // 100 * 100 if book.chance(0.4) else amount


def with_bills(book: Book, months: int = 0, *, equal: bool = True, group: str = "") -> list[Item]:
    """A household and its open bills, the newest first."""
    customer = household(book, group=group)
    count = months or book.rng.choice([1, 1, 1, 2, 2, 3, 4])
    amount = monthly_sum(book)
    return [
        bill(book, customer, amount if equal else monthly_sum(book), month)
        for month in MONTHS_OPEN[:count]
    ]


def fill(book: Book, households: int) -> None:
    """Those who do not pay this month."""
    while len(book.customers) < households:
        with_bills(book, equal=book.chance(0.7))


def month_of(item: Item) -> int:
    return item.issued.month


def own_payer(book: Book, customer: Customer) -> tuple[str, str]:
    """From the account on file, or from a new one under the customer's name."""
    first, _, last = customer.name.partition(" ")
    name = book.rng.choice([customer.name, f"{last} {first}", people.plain(f"{last} {first}")])
    if customer.ibans and book.chance(0.8):
        return name, customer.ibans[0]
    return name, people.iban(book.rng, customer.country) if book.chance(0.8) else ""


def relative(book: Book, customer: Customer, *, same_name: bool) -> tuple[str, str]:
    """Another member of the family pays from an account of their own."""
    surname = customer.name.split()[-1] if same_name else ""
    name = people.person_name(book.rng, customer.language, surname)
    return people.plain(name), people.iban(book.rng, customer.country)

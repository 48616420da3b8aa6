"""Who a payment seems to come from."""

from __future__ import annotations

from tests.world.second_ledgers import people
from tests.world.second_ledgers.book import Book
from tests.world.second_ledgers.records import Customer

Payer = tuple[str, str]


def known(book: Book, customer: Customer) -> Payer:
    """The account is on file; the name may be written in any way."""
    name = customer.name if book.chance(0.6) else people.as_bank_writes(book.rng, customer.name)
    return name, customer.ibans[0]


def by_name(book: Book, customer: Customer) -> Payer:
    """A new account, or none, and the exact name."""
    name = customer.name if book.chance(0.5) else people.plain(customer.name)
    return name, people.iban(book.rng, customer.country) if book.chance(0.7) else ""


def vague(book: Book, customer: Customer) -> Payer:
    """A new account and a name that a person recognises."""
    return people.as_bank_writes(book.rng, customer.name), people.iban(book.rng, customer.country)


def owner(book: Book, customer: Customer) -> Payer:
    """The owner's private account."""
    return people.plain(customer.owner), people.iban(book.rng, customer.country)


def stranger(book: Book) -> Payer:
    country = book.rng.choice(["IT", "FR", "ES", "DE"])
    return people.company_name(book.rng, country)[0], people.iban(book.rng, country)


def anyhow(book: Book, customer: Customer) -> tuple[Payer, bool]:
    """The payer as it happens, and whether the files tell without doubt who it is."""
    draw = book.rng.random()
    if draw < 0.76:
        return known(book, customer), True
    if draw < 0.90:
        return by_name(book, customer), True
    if draw < 0.97:
        return vague(book, customer), False
    return owner(book, customer), False

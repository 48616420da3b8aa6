"""The ledger under construction: customers, items, payments and advices with running numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.world.second_ledgers import people, references
from tests.world.second_ledgers.records import (
    Advice,
    AdviceLine,
    Customer,
    Item,
    Payment,
    Truth,
)

FIRST_DAY = date(2026, 3, 2)
DAYS = 26
VAT_RATES = {"IT": 22, "FR": 20, "ES": 21, "DE": 19, "AT": 20, "BE": 21, "GB": 20}


@dataclass
class Book:
    seed: int
    style: str
    number_space: int
    rng: Random = field(init=False)
    customers: list[Customer] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)
    made: int = 0
    stems: set[str] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)
    make_reference: Callable[[str], str] | None = None

    def __post_init__(self) -> None:
        self.rng = Random(self.seed)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def customer(self, country: str = "", *, name: str = "", group: str = "") -> Customer:
        country = country or self.rng.choice(
            ["IT", "IT", "IT", "FR", "FR", "ES", "ES", "DE", "DE", "GB", "AT", "BE"]
        )
        made, owner = self._new_name(country)
        customer = Customer(
            id=f"K{100000 + len(self.customers) * 7}",
            name=name or made,
            country=country,
            language=people.LANGUAGES[country],
            group=group,
            ibans=[people.iban(self.rng, country)],
            owner=owner,
        )
        self.customers.append(customer)
        return customer

    def _new_name(self, country: str) -> tuple[str, str]:
        """A firm whose name no other has, not even with another legal form."""
        while True:
            name, owner = people.company_name(self.rng, country)
            stem = people.without_form(name)
            if stem not in self.stems:
                self.stems.add(stem)
                return name, owner

    def free_numbers(self, year: int, count: int = 1) -> int:
        """The first of so many running numbers in a row that no document has yet."""
        while True:
            first = self.rng.randint(1000, self.number_space)
            run = [(year, first + step) for step in range(count)]
            if not self.taken.intersection(run):
                self.taken.update(run)
                return first

    def amount(self, low: int = 4_000, high: int = 1_500_000) -> int:
        middle = (low * high) ** 0.5
        drawn = 0
        while not low <= drawn <= high:
            drawn = int(self.rng.lognormvariate(0, 1.1) * middle)
        return drawn

    def issue_day(self) -> date:
        return FIRST_DAY - timedelta(days=self.rng.randint(5, 130))

    def item(
        self,
        customer: Customer,
        amount: int | None = None,
        *,
        kind: str = "invoice",
        issued: date | None = None,
        core: int | None = None,
        terms: int = 30,
        currency: str = "EUR",
    ) -> Item:
        issued = issued or self.issue_day()
        core = core if core is not None else self.free_numbers(issued.year)
        size = self.amount() if amount is None else amount
        if kind == "credit_note" and amount is None:
            size = -self.amount(2_000, 40_000)
        item = Item(
            id=f"P{self.serial():07d}",
            customer=customer,
            kind=kind,
            number=references.document_number(self.style, kind, issued, core),
            year=issued.year,
            core=core,
            issued=issued,
            due=issued + timedelta(days=terms),
            original=size,
            open=size,
            currency=currency,
            order=f"45{self.rng.randint(10_000_000, 99_999_999)}" if self.chance(0.6) else "",
            delivery=f"8{self.rng.randint(100_000, 999_999)}" if self.chance(0.5) else "",
        )
        if self.make_reference:
            item.reference = self.make_reference(f"{self.rng.randint(10**8, 10**9 - 1)}")
        self.items.append(item)
        return item

    def serial(self) -> int:
        self.made += 1
        return self.made

    def stock(self, customer: Customer, low: int, high: int) -> list[Item]:
        """Some open invoices of a customer, no two with the same running number."""
        return [self.item(customer) for _ in range(self.rng.randint(low, high))]

    def run_of_items(self, customer: Customer, count: int) -> list[Item]:
        """Invoices made in one go: consecutive numbers."""
        issued = self.issue_day()
        first = self.free_numbers(issued.year, count)
        return [self.item(customer, issued=issued, core=first + n) for n in range(count)]

    def day(self, first: int = 0, last: int = DAYS) -> date:
        day = FIRST_DAY + timedelta(days=self.rng.randint(first, last))
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def pay(
        self,
        amount: int,
        payer: tuple[str, str],
        text: str,
        truth: Truth,
        *,
        day: date | None = None,
        currency: str = "EUR",
        reference: str = "",
        end_to_end: str = "",
    ) -> Payment:
        payment = Payment(
            id="",
            booked=day or self.day(),
            amount=amount,
            payer_name=payer[0],
            payer_iban=payer[1],
            text=text,
            truth=truth,
            currency=currency,
            reference=reference,
            end_to_end=end_to_end,
        )
        self.payments.append(payment)
        return payment

    def advise(
        self, payer: tuple[str, str], total: int, lines: list[AdviceLine], sent: date
    ) -> Advice:
        advice = Advice(f"A{len(self.advices) + 1:06d}", payer[0], payer[1], sent, total, lines)
        self.advices.append(advice)
        return advice

    def finish(self) -> None:
        """Payments stand in the order in which the bank booked them."""
        self.payments.sort(key=lambda payment: payment.booked)
        for place, payment in enumerate(self.payments, 1):
            payment.id = f"Z{place:07d}"

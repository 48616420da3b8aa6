"""
Ledgers of a European supplier with payments whose truth is known (tests/bench/bench_matching.py).

A world has customers, open items, payments and remittances as the files of interfaces.md have them,
and for every payment what it really settles: so a matching engine can be counted, not believed.
`knowable` is false where nobody could know from the files alone; None where it depends on luck.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.world import ledger_noise as noise

from concilia.kernel.references import make_rf

TODAY = date(2026, 3, 31)
COUNTRIES = ["IT"] * 10 + ["FR"] * 4 + ["ES"] * 3 + ["DE"] * 3 + ["GB"]


@dataclass
class Item:
    """One open item; `left` is what the simulated payers have not paid yet."""

    item_id: str
    customer_id: str
    kind: str
    number: str
    order_number: str
    delivery_number: str
    issued_on: date
    due_on: date
    currency: str
    minor: int
    disputed: int = 0
    discount_bp: int = 0
    discount_until: date | None = None
    reference: str = ""
    taken: bool = False


@dataclass
class Payer:
    """A customer and their open items."""

    customer_id: str
    name: str
    country: str
    group: str
    ibans: list[str]
    vat_number: str
    items: list[Item] = field(default_factory=list)
    habit: str = ""
    numbering: str = ""

    def free(self) -> list[Item]:
        """Invoices nobody has paid yet."""
        return [i for i in self.items if not i.taken and i.kind == "invoice" and not i.disputed]

    def credits(self) -> list[Item]:
        """Credit notes nobody has used yet."""
        return [i for i in self.items if not i.taken and i.kind == "credit_note"]


@dataclass
class Truth:
    """What a payment really is."""

    behaviour: str
    knowable: bool | None
    allocations: dict[str, int] = field(default_factory=dict)
    deductions: dict[str, tuple[int, str]] = field(default_factory=dict)
    on_account: int = 0
    group: frozenset[str] = frozenset()


@dataclass
class World:
    """Everything, and what is true."""

    payers: list[Payer]
    items: list[Item]
    payments: list[dict[str, Any]] = field(default_factory=list)
    remittances: list[dict[str, Any]] = field(default_factory=list)
    truths: dict[str, Truth] = field(default_factory=dict)
    groups: dict[str, list[Payer]] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """This will write the four CSV files."""
        folder.mkdir(parents=True, exist_ok=True)
        _write(
            folder / "customers.csv",
            "customer_id,name,payer_group,ibans,vat_number,email_domains",
            (
                (p.customer_id, p.name, p.group, "|".join(p.ibans), p.vat_number, "")
                for p in self.payers
            ),
        )
        _write(
            folder / "open_items.csv",
            "item_id,customer_id,document_kind,document_number,order_number,delivery_number,"
            "issue_date,due_date,currency,original_amount,open_amount,disputed_amount,"
            "discount_percent,discount_until,structured_reference",
            (_item_row(item) for item in self.items),
        )
        _write_dicts(folder / "payments.csv", self.payments)
        _write_dicts(folder / "remittances.csv", self.remittances)


def money(minor: int) -> str:
    """Return `1234.50`."""
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02d}"


def _item_row(item: Item) -> tuple[Any, ...]:
    return (
        item.item_id,
        item.customer_id,
        item.kind,
        item.number,
        item.order_number,
        item.delivery_number,
        item.issued_on,
        item.due_on,
        item.currency,
        money(item.minor),
        money(item.minor),
        money(item.disputed),
        f"{item.discount_bp / 100:.2f}" if item.discount_bp else "",
        item.discount_until or "",
        item.reference,
    )


def _write(path: Path, header: str, rows: Any) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(header + "\n")
        csv.writer(file).writerows(rows)


def _write_dicts(path: Path, rows: list[dict[str, Any]]) -> None:
    if not rows:
        path.unlink(missing_ok=True)
        return
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def make_world(
    *, seed: int, customers: int, items: int, payments: int, numbering: str = ""
) -> World:
    """
    This will make a world; the same arguments make the same one.

    :param numbering: a style of `_number`; by default that of each customer's country
    :param customers, items, payments: about how many of each; a payment needs three items or more
    """
    from tests.world import ledger_behaviours

    rng = random.Random(seed)
    taken: set[tuple[str, ...]] = set()
    payers = [_payer(rng, number, taken) for number in range(customers)]
    for payer in payers:
        payer.numbering = numbering or payer.country
    _group(rng, payers)
    weights = [1 / (1 + rng.paretovariate(1.1)) for _ in payers]
    shares = _shares(weights, items)
    all_items: list[Item] = []
    serial = rng.randrange(1000, 9000) if items < 50_000 else 100_000
    for payer, count in zip(payers, shares, strict=True):
        serial = _invoices(rng, payer, count, serial, all_items)
    world = World(payers, all_items)
    for payer in payers:
        world.groups.setdefault(payer.group or payer.customer_id, []).append(payer)
    rng.shuffle(all_items)
    ledger_behaviours.pay(rng, world, payments)
    return world


def _payer(rng: random.Random, number: int, taken: set[tuple[str, ...]]) -> Payer:
    country = rng.choice(COUNTRIES)
    name = noise.company(rng, country)
    while noise.telling(name) in taken:
        name = noise.company(rng, country)
    taken.add(noise.telling(name))
    ibans = [_iban(rng, country) for _ in range(rng.choice([0, 1, 1, 1, 1, 1, 2]))]
    habit = rng.choices(["", "statement", "subscription", "discount"], [70, 8, 10, 12])[0]
    return Payer(
        customer_id=f"K{100000 + number}",
        name=name,
        country=country,
        group="",
        ibans=ibans,
        vat_number=f"{country}{rng.randrange(10**10, 10**11)}",
        habit=habit,
    )


def _iban(rng: random.Random, country: str) -> str:
    return f"{country}{rng.randrange(10, 98)}{rng.randrange(10**19, 10**20)}"


def _group(rng: random.Random, payers: list[Payer]) -> None:
    place = 0
    while place < len(payers):
        size = rng.randrange(2, 7) if rng.random() < 0.04 else 1
        if size > 1:
            for payer in payers[place : place + size]:
                payer.group = f"G{place}"
                payer.ibans = payer.ibans if payer is payers[place] else []
            payers[place].ibans = payers[place].ibans or [_iban(rng, payers[place].country)]
        place += size


def _shares(weights: list[float], count: int) -> list[int]:
    total = sum(weights)
    return [max(1, round(weight * count / total)) for weight in weights]


def _invoices(
    rng: random.Random, payer: Payer, count: int, serial: int, all_items: list[Item]
) -> int:
    """Make a customer's items. One numbering for the whole house, as companies have it."""
    monthly = rng.randrange(2000, 90000)
    terms = rng.choice([30, 30, 60, 90])
    has_reference = rng.random() < 0.2
    for _ in range(count):
        serial += 1
        issued_on = TODAY - timedelta(days=rng.randrange(5, 170))
        kind = "credit_note" if rng.random() < 0.05 else "invoice"
        minor = (
            monthly
            if payer.habit == "subscription" and rng.random() < 0.8
            else max(1500, int(rng.lognormvariate(11, 1.1)))
        )
        if rng.random() < 0.1:
            minor = max(5000, round(minor, -3))
        item = Item(
            item_id=f"I{serial}",
            customer_id=payer.customer_id,
            kind=kind,
            number=_number(payer.numbering, kind, issued_on, serial),
            order_number=f"45{rng.randrange(10**7, 10**8)}" if rng.random() < 0.6 else "",
            delivery_number=f"8{rng.randrange(10**6, 10**7)}" if rng.random() < 0.3 else "",
            issued_on=issued_on,
            due_on=issued_on + timedelta(days=terms),
            currency="GBP" if payer.country == "GB" else "EUR",
            minor=minor if kind == "invoice" else -max(500, minor // 8),
        )
        if kind == "invoice" and payer.habit == "discount":
            item.discount_bp = 200
            item.discount_until = issued_on + timedelta(days=10)
        if kind == "invoice" and rng.random() < 0.02:
            item.disputed = item.minor // 2
        if has_reference and kind == "invoice":
            item.reference = make_rf(f"{serial}{issued_on:%m%d}")
        payer.items.append(item)
        all_items.append(item)
    return serial


def _number(style: str, kind: str, issued_on: date, serial: int) -> str:
    """How houses number their papers; `country` is a house with one style for each country."""
    prefix = "NC" if kind == "credit_note" else ""
    styles = {
        "IT": f"{prefix or 'FT'}{issued_on.year}/{serial:06d}",
        "DE": f"{prefix or 'RE'}-{issued_on.year}-{serial:06d}",
        "GB": f"{prefix or 'INV'}-{serial:07d}",
        "FR": f"{prefix or 'FA'}{issued_on:%y}-{serial:06d}",
        "ES": f"{prefix or 'FA'}{issued_on:%y}-{serial:06d}",
        "plain": f"{9 if prefix else 1}{serial:07d}",
        "year last": f"{prefix}{serial}/{issued_on.year}",
        "year first": f"{prefix}{issued_on.year}/{serial}",
        "letters between": f"{prefix or 'A'}{issued_on:%y}B{serial:06d}",
        "three groups": f"{prefix or 'VE'}-01-{issued_on.year}-{serial}",
    }
    return styles[style]

"""How the simulated customers pay: every behaviour of domain.md §6, each with its truth."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from tests.world import ledger_noise as noise
from tests.world.ledger_sums import is_only
from tests.world.ledgers import TODAY, Item, Payer, Truth, World, money

Paid = tuple[int, str, Truth] | None


class Cashier:
    """Makes payments one by one and keeps the truth about each."""

    def __init__(self, rng: random.Random, world: World) -> None:
        self.rng, self.world = rng, world
        self.number = 0

    def pay(
        self, payer: Payer, minor: int, text: str, truth: Truth, **more: str | date
    ) -> dict[str, object]:
        """This will add one payment."""
        rng = self.rng
        self.number += 1
        payment_id = f"P{self.number:07d}"
        centre = self.world.groups[payer.group or payer.customer_id][0]
        by_account = bool(centre.ibans) and rng.random() < 0.75
        name_of = centre if by_account else payer
        iban = rng.choice(centre.ibans) if by_account else ""
        if not by_account and rng.random() < 0.5:
            iban = f"{payer.country}{rng.randrange(10, 98)}{rng.randrange(10**19, 10**20)}"
        on = more.pop("on", None) or TODAY - timedelta(days=rng.randrange(0, 5))
        row: dict[str, object] = {
            "payment_id": payment_id,
            "booking_date": on,
            "value_date": on,
            "currency": "GBP" if payer.country == "GB" else "EUR",
            "amount": money(minor),
            "payer_name": noise.bank_name(rng, name_of.name, typo=0.08 if not iban else 0.02),
            "payer_iban": iban,
            "remittance_text": text,
            "structured_reference": "",
            "end_to_end_id": rng.choice(["", "NOTPROVIDED", f"E2E{self.number:09d}"]),
        }
        row.update(more)
        group = self.world.groups[payer.group or payer.customer_id]
        truth.group = frozenset(member.customer_id for member in group)
        is_plain = noise.telling(str(row["payer_name"])) == noise.telling(name_of.name)
        if truth.knowable and not by_account and not is_plain and not names_something(row):
            truth.knowable = None  # a damaged name and an amount: good for a proposal
        self.world.payments.append(row)
        self.world.truths[payment_id] = truth
        return row


def names_something(row: dict[str, object]) -> bool:
    """Whether the payment carries a number at all."""
    text = f"{row['remittance_text']} {row['structured_reference']}"
    return "ESTRATTO" not in text and any(mark.isdigit() for mark in text)


def pay(rng: random.Random, world: World, count: int) -> None:
    """This will make about `count` payments of all behaviours."""
    cashier = Cashier(rng, world)
    behaviours, weights = zip(*BEHAVIOURS.items(), strict=True)
    tries = 0
    while len(world.payments) < count and tries < count * 8:
        tries += 1
        payer = rng.choice(world.payers)
        behaviour = rng.choices(behaviours, weights)[0]
        behaviour(cashier, payer)


def take(items: list[Item]) -> dict[str, int]:
    """Mark items as paid and return what is applied to each."""
    for item in items:
        item.taken = True
    return {item.item_id: item.minor for item in items}


def some(cashier: Cashier, payer: Payer, low: int, high: int) -> list[Item] | None:
    """A few of the payer's invoices."""
    free = payer.free()
    size = cashier.rng.randint(low, high)
    return cashier.rng.sample(free, size) if len(free) >= size else None


def text_of(cashier: Cashier, payer: Payer, items: list[Item], *, serials: bool = True) -> str:
    """A text that names the items."""
    numbers = [noise.written(cashier.rng, item.number, serial_only=serials) for item in items]
    return noise.told(cashier.rng, payer.country, numbers)


def amounts_of(payer: Payer, world: World) -> list[int]:
    """All that could be meant when only an amount is known."""
    group = world.groups[payer.group or payer.customer_id]
    return [i.minor for member in group for i in member.items if not i.disputed]


def exact(cashier: Cashier, payer: Payer, low: int = 1, high: int = 1) -> None:
    items = some(cashier, payer, low, high)
    if items:
        text = text_of(cashier, payer, items)
        truth = Truth("exact" if len(items) == 1 else "several", knowable=True)
        truth.allocations = take(items)
        cashier.pay(payer, sum(i.minor for i in items), text, truth)


def several(cashier: Cashier, payer: Payer) -> None:
    exact(cashier, payer, 2, 6)


def in_a_row(cashier: Cashier, payer: Payer) -> None:
    """`1234/35/36` or `1234-1236`, of consecutive numbers."""
    free = sorted(payer.free(), key=lambda i: i.item_id)
    runs = [
        free[place : place + 3]
        for place in range(len(free) - 2)
        if int(free[place + 2].item_id[1:]) - int(free[place].item_id[1:]) == 2
        and len({i.issued_on.year for i in free[place : place + 3]}) == 1
    ]
    if not runs:
        return
    items = cashier.rng.choice(runs)
    serials = [noise.serial_of(i.number).lstrip("0") for i in items]
    if cashier.rng.random() < 0.5 and serials[0][:-2] == serials[-1][:-2]:
        written = "/".join([serials[0], *(serial[-2:] for serial in serials[1:])])
    else:
        written = f"{serials[0]}-{serials[-1]}"
    label = cashier.rng.choice(noise.LABELS[payer.country])
    truth = Truth("in a row", knowable=True, allocations=take(items))
    cashier.pay(payer, sum(i.minor for i in items), f"{label} {written}", truth)


def referred(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if items and items[0].reference:
        truth = Truth("reference", knowable=True, allocations=take(items))
        if cashier.rng.random() < 0.7:
            cashier.pay(payer, items[0].minor, "", truth, structured_reference=items[0].reference)
        else:
            reference = items[0].reference
            spaced = " ".join(reference[n : n + 4] for n in range(0, len(reference), 4))
            cashier.pay(payer, items[0].minor, f"REF {spaced}", truth)


def ordered(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if items and (items[0].order_number or items[0].delivery_number):
        number = items[0].order_number or items[0].delivery_number
        label = "ORD" if items[0].order_number else "DDT"
        truth = Truth("order", knowable=True, allocations=take(items))
        cashier.pay(payer, items[0].minor, f"{label} {number}", truth)


def amount_only(cashier: Cashier, payer: Payer, size: int = 1) -> None:
    items = some(cashier, payer, size, size)
    if not items:
        return
    minor = sum(i.minor for i in items)
    known = is_only(amounts_of(payer, cashier.world), minor, size)
    truth = Truth("amount only" if size == 1 else "combination", knowable=known)
    truth.allocations = take(items)
    text = cashier.rng.choice(["", "BONIFICO", "saldo", "VIREMENT SEPA", "pago", "Zahlung"])
    cashier.pay(payer, minor, text, truth)


def combination(cashier: Cashier, payer: Payer) -> None:
    amount_only(cashier, payer, cashier.rng.randint(2, 4))


def discounted(cashier: Cashier, payer: Payer) -> None:
    free = [i for i in payer.free() if i.discount_until]
    if not free:
        return
    rng = cashier.rng
    items = rng.sample(free, min(len(free), rng.randint(1, 3)))
    first = max(i.issued_on for i in items)
    last = min(i.discount_until for i in items if i.discount_until)
    early = rng.random() < 0.7 and first <= last
    on = (
        last if early else max(i.discount_until for i in items) + timedelta(days=rng.randint(3, 20))
    )
    on = min(max(on, first), TODAY)
    less = {i.item_id: (i.minor * i.discount_bp + 5000) // 10000 for i in items}
    truth = Truth("discount", knowable=True)
    truth.allocations = {i.item_id: i.minor - less[i.item_id] for i in items}
    late = {i.item_id for i in items if i.discount_until and i.discount_until < on}
    truth.deductions = {item_id: (less[item_id], "FI-02") for item_id in late}
    truth.behaviour = "unearned discount" if late else "discount"
    take(items)
    text = text_of(cashier, payer, items)
    cashier.pay(payer, sum(truth.allocations.values()), text, truth, on=on)


def short(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if not items or items[0].minor < 20_000:
        return
    rng, item = cashier.rng, items[0]
    kept = int(item.minor * rng.uniform(0.02, 0.25))
    reason = rng.choice(list(noise.REASONS)) if rng.random() < 0.75 else ""
    centre = cashier.world.groups[payer.group or payer.customer_id][0]
    if not reason and kept <= 1500 and {payer.country, centre.country} != {"IT"}:
        return  # as well the charges of a bank
    text = text_of(cashier, payer, items)
    if reason:
        words = rng.choice(noise.REASONS[reason])
        text += f" - {money(kept).replace('.', ',')} {words}" if rng.random() < 0.6 else f" {words}"
    truth = Truth("short", knowable=True, allocations={item.item_id: item.minor - kept})
    truth.deductions = {item.item_id: (kept, reason or "FI-16")}
    take(items)
    cashier.pay(payer, item.minor - kept, text, truth)


def small(cashier: Cashier, payer: Payer) -> None:
    """A few cents, charges of banks abroad, withheld tax."""
    items = some(cashier, payer, 1, 1)
    if not items or items[0].minor < 30_000:
        return
    rng, item = cashier.rng, items[0]
    text = text_of(cashier, payer, items)
    kind = rng.choice(["rounding", "rounding", "charges", "tax"])
    kept = rng.randrange(1, 100)
    truth = Truth(kind, knowable=True)
    if kind == "charges":
        if payer.country == "IT" or not payer.ibans:
            return
        kept = rng.choice([500, 750, 1000, 1250, 1500])
    if kind == "tax":
        if payer.country != "IT":
            return
        net = (item.minor * 100 * 2 + 122) // 244
        kept = item.minor - net if rng.random() < 0.4 else (net * 20 + 50) // 100
        truth.deductions = {item.item_id: (kept, "FI-07" if kept == item.minor - net else "FI-06")}
    truth.allocations = {item.item_id: item.minor - kept}
    take(items)
    more = {"payer_iban": payer.ibans[0]} if kind == "charges" else {}
    cashier.pay(payer, item.minor - kept, text, truth, **more)


def part(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if not items or items[0].minor < 50_000:
        return
    rng, item = cashier.rng, items[0]
    paid = int(item.minor * rng.uniform(0.3, 0.6)) // 1000 * 1000
    words = rng.choice(["acconto", "acompte", "a cuenta", "Anzahlung", "part payment", ""])
    text = f"{words} {text_of(cashier, payer, items)}".strip()
    truth = Truth("part", knowable=True, allocations={item.item_id: paid})
    take(items)
    cashier.pay(payer, paid, text, truth)


def too_much(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if items:
        more = cashier.rng.randrange(500, max(501, items[0].minor // 5))
        truth = Truth("too much", knowable=True, on_account=more)
        truth.allocations = take(items)
        cashier.pay(payer, items[0].minor + more, text_of(cashier, payer, items), truth)


def netted(cashier: Cashier, payer: Payer) -> None:
    items, credit = some(cashier, payer, 1, 3), payer.credits()
    if not items or not credit:
        return
    used = cashier.rng.choice(credit)
    minor = sum(i.minor for i in items) + used.minor
    if minor <= 0:
        return
    named = [*items, used] if cashier.rng.random() < 0.5 else items
    text = text_of(cashier, payer, named, serials=False)
    truth = Truth("netting", knowable=True)
    truth.allocations = take([*items, used])
    cashier.pay(payer, minor, text, truth)


def statement(cashier: Cashier, payer: Payer) -> None:
    world = cashier.world
    group = world.groups[payer.group or payer.customer_id]
    if len(group) > 1 or any(i.taken or i.disputed for i in payer.items) or len(payer.items) < 3:
        return
    ordered_items = sorted(payer.items, key=lambda i: i.due_on)
    days = sorted({i.due_on for i in ordered_items})
    day = cashier.rng.choice(days[len(days) // 2 :])
    items = [i for i in ordered_items if i.due_on <= day]
    minor = sum(i.minor for i in items)
    if minor <= 0 or len(items) < 2:
        return
    known = is_only(amounts_of(payer, world), minor, len(items)) or None  # it says what it is
    truth = Truth("statement", knowable=known, allocations=take(items))
    cashier.pay(payer, minor, f"SALDO ESTRATTO CONTO AL {day:%d/%m/%Y}", truth)


def advised(cashier: Cashier, payer: Payer) -> None:
    """A payment with a remittance advice, some lines with deductions or discounts."""
    rng, world = cashier.rng, cashier.world
    group = world.groups[payer.group or payer.customer_id]
    currency = "GBP" if payer.country == "GB" else "EUR"
    free = [i for member in group for i in member.free() if i.currency == currency]
    if len(free) < 2:
        return
    items = rng.sample(free, min(len(free), rng.randint(2, 8)))
    truth = Truth("advised", knowable=True)
    key = f"RA{cashier.number:07d}"
    lines, total = [], 0
    for place, item in enumerate(items):
        kept, reason, words = 0, "", ""
        if rng.random() < 0.2 and item.minor > 20_000:
            kept = int(item.minor * rng.uniform(0.02, 0.2))
            reason = rng.choice(list(noise.REASONS))
            words = rng.choice(noise.REASONS[reason])
            truth.deductions[item.item_id] = (kept, reason)
        truth.allocations[item.item_id] = item.minor - kept
        total += item.minor - kept
        lines.append((place + 1, item, kept, words))
    take(items)
    named = key if rng.random() < 0.3 else rng.choice(["", "REMITTANCE BY MAIL", "vedi avviso"])
    row = cashier.pay(payer, total, named, truth)
    dated = row["booking_date"]
    assert isinstance(dated, date)
    name = row["payer_name"] if rng.random() < 0.6 else group[0].name
    for place, item, kept, words in lines:
        world.remittances.append(
            {
                "remittance_id": key,
                "payer_name": name,
                "payer_iban": row["payer_iban"] if rng.random() < 0.5 else "",
                "date": dated - timedelta(days=rng.randrange(0, 3)) if place == 1 else dated,
                "currency": row["currency"],
                "total": money(total),
                "line": place,
                "document_number": noise.written(rng, item.number, serial_only=False),
                "gross": money(item.minor),
                "discount": "0.00",
                "deduction": money(kept),
                "reason_text": words,
                "net": money(item.minor - kept),
            }
        )


def twice(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 2)
    if items:
        minor, text = sum(i.minor for i in items), text_of(cashier, payer, items, serials=False)
        first = Truth("paid once", knowable=True, allocations=take(items))
        on = TODAY - timedelta(days=4)
        row = cashier.pay(payer, minor, text, first, on=on)
        again = Truth("paid twice", knowable=False, on_account=minor)
        iban, name = str(row["payer_iban"]), str(row["payer_name"])
        cashier.pay(payer, minor, text, again, payer_iban=iban, payer_name=name, on=TODAY)


def twins(cashier: Cashier, payer: Payer) -> None:
    """Two invoices of one amount, and a payment that does not say which."""
    free = payer.free()
    counted: dict[int, list[Item]] = {}
    for item in free:
        counted.setdefault(item.minor, []).append(item)
    pairs = [same for same in counted.values() if len(same) > 1]
    if pairs:
        item = cashier.rng.choice(pairs)[0]
        truth = Truth("twins", knowable=False, allocations={item.item_id: item.minor})
        cashier.pay(payer, item.minor, "SALDO", truth)
        for same in pairs:
            for one in same:
                one.taken = True


def anything(cashier: Cashier, payer: Payer) -> None:
    """An amount that has nothing to do with what is open."""
    minor = cashier.rng.randrange(1000, 900_000)
    truth = Truth("anything", knowable=False, on_account=minor)
    cashier.pay(payer, minor, cashier.rng.choice(["", "cauzione", "Kaution", "rimborso"]), truth)


def stranger(cashier: Cashier, payer: Payer) -> None:
    """Nobody knows the payer, and the amount is that of some customer's invoice."""
    items = some(cashier, payer, 1, 1)
    if items:
        items[0].taken = True
        truth = Truth("stranger", knowable=False, allocations={items[0].item_id: items[0].minor})
        name = noise.company(cashier.rng, "DE") + " Holding XYZ"
        cashier.pay(payer, items[0].minor, "", truth, payer_name=name, payer_iban="LU280019400644")


def closed(cashier: Cashier, payer: Payer) -> None:
    """Names an invoice that is not open any more, with the amount of one that is."""
    items = some(cashier, payer, 1, 1)
    if items:
        number = f"FT2025/{cashier.rng.randrange(900_000, 999_999)}"
        minor = items[0].minor
        items[0].taken = True
        truth = Truth("closed", knowable=False, on_account=minor)
        cashier.pay(payer, minor, f"FATT {number}", truth)


def typo(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if items:
        same = [i for i in payer.items if i.minor == items[0].minor and i is not items[0]]
        text = noise.told(
            cashier.rng, payer.country, [noise.mistyped(cashier.rng, items[0].number)]
        )
        truth = Truth("typo", knowable=None if same else True, allocations=take(items))
        cashier.pay(payer, items[0].minor, text, truth)


def cut(cashier: Cashier, payer: Payer) -> None:
    """The bank cuts the text, in the middle of a number."""
    items = some(cashier, payer, 2, 7)
    if items:
        numbers = [item.number for item in items]
        text = noise.told(cashier.rng, payer.country, numbers)
        for length in (27, 35, 140):
            if len(text) > length and cashier.rng.random() < 0.5:
                text = text[:length]
                break
        minor = sum(i.minor for i in items)
        shown = [item.minor for item in items if item.number in text]
        others = amounts_of(payer, cashier.world)
        for amount in shown:
            others.remove(amount)
        hidden = len(items) - len(shown)
        known = is_only(others, minor - sum(shown), hidden) if hidden else True
        truth = Truth("cut", knowable=known)
        truth.allocations = take(items)
        cashier.pay(payer, minor, text, truth)


def trapped(cashier: Cashier, payer: Payer) -> None:
    """Numbers that are not what they look like beside the right ones."""
    items = some(cashier, payer, 1, 1)
    if items:
        rng = cashier.rng
        other = rng.choice(cashier.world.items)
        trap = rng.choice(
            [
                f"ORD {other.item_id[1:]}",
                f"DEL {other.due_on:%d%m%Y}",
                f"CLIENTE {other.item_id[1:]}",
                f"KD-NR {rng.randrange(10**5, 10**6)} {other.due_on:%d.%m.%y}",
                f"TEL 02{rng.randrange(10**6, 10**7)}",
            ]
        )
        text = text_of(cashier, payer, items, serials=False)
        truth = Truth("trap", knowable=True, allocations=take(items))
        cashier.pay(payer, items[0].minor, f"{text} {trap}", truth)


def in_parts(cashier: Cashier, payer: Payer) -> None:
    items = some(cashier, payer, 1, 1)
    if items and items[0].minor > 50_000:
        item, text = items[0], text_of(cashier, payer, items, serials=False)
        first = int(item.minor * cashier.rng.uniform(0.2, 0.8))
        take(items)
        for paid in (first, item.minor - first):
            truth = Truth("in parts", knowable=True, allocations={item.item_id: paid})
            cashier.pay(payer, paid, text, truth)


BEHAVIOURS: dict[Callable[[Cashier, Payer], None], int] = {
    exact: 22,
    several: 12,
    in_a_row: 5,
    referred: 14,
    ordered: 6,
    amount_only: 8,
    combination: 5,
    discounted: 18,
    short: 12,
    small: 8,
    part: 4,
    too_much: 2,
    netted: 8,
    statement: 6,
    advised: 10,
    twice: 2,
    twins: 3,
    anything: 3,
    stranger: 2,
    closed: 1,
    typo: 3,
    cut: 4,
    trapped: 4,
    in_parts: 2,
}

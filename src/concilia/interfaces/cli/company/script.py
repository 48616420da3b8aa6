"""
How a claim of the demonstration company is written down: what was ordered, what went wrong, what
the customer wants, how it reaches us, and what the people did. `stories_*.py` hold the scripts
themselves.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """
    One contested thing and its truth.

    `kind`: short, damaged, price, promo, charge, flat, whole, goods, vat, rebate or paper (no
    money). `claimed` and `proven` are cartons; `cents` is the price difference, the rate in basis
    points or the flat amount. `valid` is the justified part of a flat amount in cents, or of a
    price or rate in its own unit; for a rebate, by how many basis points the customer's turnover
    is above ours.
    """

    kind: str
    reason: str
    sku: str = ""
    claimed: int = 0
    proven: int = 0
    cents: int = 0
    valid: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pay:
    """
    How the invoice of the script is paid, `day` working days before `as_of`.

    `how` is short (less the claim), full, late-discount (less a discount no longer due) or
    repaid. `text` is what the payer writes; {n} stands for the invoice's digits, {inv} for its
    whole number.
    """

    how: str
    day: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """
    One claim. Days count working days back from `as_of`: `issued` that of the invoice, `day` that
    of the claim's arrival at `hour` o'clock in Italy. `order` is "SKU:quantity[@contract price in
    cents] …". `steps` is read by `routes`. `again` names the second channel: mail, bank, or
    nothing.
    """

    key: str
    customer: str
    day: int
    hour: float
    issued: int
    order: str
    items: tuple[Item, ...]
    steps: str
    state: str
    channel: str = "mail"
    again: str = ""
    dn: str = ""
    layout: str = ""
    files: str = ""
    pay: Pay | None = None
    twin: str = ""
    days_late: int = 0
    companions: str = ""
    has_pod: bool = True
    sender: str = ""
    correct: str = ""
    language: str = ""

    @property
    def reason(self) -> str:
        """Give the reason of the claim as a whole: that of its first line."""
        return self.items[0].reason


def short(sku: str, claimed: int, proven: int, reason: str = "NC-01", note: str = "") -> Item:
    """Give cartons missing: claimed by the customer, proven by the reserve on the delivery note."""
    return Item("short", reason, sku, claimed, proven, note=note)


def damaged(sku: str, claimed: int, proven: int, note: str = "") -> Item:
    """Give cartons damaged on the way."""
    return Item("damaged", "NC-05", sku, claimed, proven, note=note)


def goods(reason: str, sku: str, claimed: int, proven: int) -> Item:
    """
    Give cartons that are wrong, faulty or sent back: whole price, no trace on the delivery note.
    """
    return Item("goods", reason, sku, claimed, proven)


def price(sku: str, cents: int, valid: int, reason: str = "NC-08") -> Item:
    """Give a difference in price per carton, in cents; what was invoiced too much is `valid`."""
    return Item("price", reason, sku, cents=cents, valid=valid)


def promo(sku: str, basis_points: int, valid: int) -> Item:
    """Give a promotion that the invoice left out, in basis points of the contract price."""
    return Item("promo", "CO-01", sku, cents=basis_points, valid=valid)


def charge(reason: str, sku: str, cents: int, valid: int) -> Item:
    """Give a service line of our invoice, net cents, that was not agreed."""
    return Item("charge", reason, sku, cents=cents, valid=valid)


def flat(reason: str, cents: int, valid: int, note: str = "") -> Item:
    """Give an amount the customer asks for, no matter what the invoice says."""
    return Item("flat", reason, cents=cents, valid=valid, note=note)


def wrong_vat(sku: str) -> Item:
    """Give a line invoiced at the ordinary instead of the reduced rate of VAT."""
    return Item("vat", "NC-20", sku)


def rebate(basis_points: int, turnover_above: int) -> Item:
    """Give a yearly rebate on the turnover of the half-year before, at a rate in basis points."""
    return Item("rebate", "CO-05", cents=basis_points, valid=turnover_above)


def whole(reason: str, *, is_valid: bool) -> Item:
    """Give the whole invoice."""
    return Item("whole", reason, valid=1 if is_valid else 0)


def paper(reason: str) -> Item:
    """Give a missing paper, which holds the invoice back and moves no money."""
    return Item("paper", reason)

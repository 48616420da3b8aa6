"""What a ledger consists of, and what is true of each payment in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(slots=True)
class Customer:
    """One account in our books; `language` and `owner` are known to the world, not to the files."""

    id: str
    name: str
    country: str
    language: str
    group: str = ""
    ibans: list[str] = field(default_factory=list)
    vat_number: str = ""
    domains: list[str] = field(default_factory=list)
    owner: str = ""


@dataclass(slots=True)
class Item:
    """One open item. `core` is the running number inside the document number."""

    id: str
    customer: Customer
    kind: str
    number: str
    year: int
    core: int
    issued: date
    due: date
    original: int
    open: int
    currency: str = "EUR"
    order: str = ""
    delivery: str = ""
    disputed: int = 0
    discount_percent: str = ""
    discount_until: date | None = None
    reference: str = ""


@dataclass(slots=True)
class AdviceLine:
    number: str
    gross: int
    net: int
    discount: int = 0
    deduction: int = 0
    reason_text: str = ""


@dataclass(slots=True)
class Advice:
    """A remittance advice as the customer sent it."""

    id: str
    payer_name: str
    payer_iban: str
    sent: date
    total: int
    lines: list[AdviceLine]
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Lack:
    """What a payer kept back: on which item (None: on any of them), and why."""

    amount: int
    reasons: frozenset[str]
    item: str | None = None
    may_be_written_off: bool = False


class Verdict(StrEnum):
    """What a careful clerk who has only these files could do with a payment."""

    MUST = "knowable"
    MAY = "defensible"  # two good clerks would disagree: not counted, unless booked wrongly
    NEVER = "unknowable"


@dataclass(slots=True)
class Truth:
    """Where the money belongs.

    `spread` means that only the sum over the items is known, not which item is short;
    `others` are further distributions that are as right as this one, `other_lacks` another
    reading of what was kept back.
    """

    behaviour: str
    verdict: Verdict
    applied: dict[str, int] = field(default_factory=dict)
    discounts: dict[str, int] = field(default_factory=dict)
    lacks: list[Lack] = field(default_factory=list)
    on_account: int = 0
    spread: bool = False
    tolerates_lacks: bool = False
    others: list[dict[str, int]] = field(default_factory=list)
    other_lacks: list[Lack] = field(default_factory=list)


@dataclass(slots=True)
class Payment:
    id: str
    booked: date
    amount: int
    payer_name: str
    payer_iban: str
    text: str
    truth: Truth
    currency: str = "EUR"
    reference: str = ""
    end_to_end: str = ""

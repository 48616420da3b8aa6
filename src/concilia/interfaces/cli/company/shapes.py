"""
What the demonstration company is made of: the values `build_company` gives back, and the records
the generator works with on the way there. Money is integer cents, rates are basis points, times are
aware UTC, and nothing here knows a database.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

JsonValue = str | int | bool | None | list["JsonValue"] | Mapping[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Mail:
    """One message as it reached the mailbox: raw RFC 5322 bytes and the moment it came in."""

    key: str
    received_at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class Statement:
    """One bank day as a camt.053 file. Its entries carry the keys acts refer to (AcctSvcrRef)."""

    key: str
    booking_date: date
    filename: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """A file somebody of the staff adds to a case: a signed delivery note, photos, a contract."""

    key: str
    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Act:
    """
    What a person of the staff (or a customer, `who` = "customer") did and when.

    `subject_key` is the key of the mail, or the AcctSvcrRef of the bank entry, that opened the
    claim; `routes.VERBS` lists every verb with its arguments.
    """

    at: datetime
    who: str
    verb: str
    subject_key: str
    args: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who logs in. Roles, departments and levels are those of domain.md §2.4 and §8.1."""

    email: str
    name: str
    language: str
    department: str
    role: str
    level: int


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of a claim: what is wanted, what the records prove. Amounts are gross cents."""

    reason: str
    sku: str
    quantity: int
    proven_quantity: int
    unit_price: int
    claimed: int
    valid: int


@dataclass(frozen=True, slots=True)
class ClaimStory:
    """
    What is true about a claim, for tests and for judging what was read: reason, records, amounts,
    and the state domain.md §2.2 it has reached at the company's `as_of`.
    """

    key: str
    subject_key: str
    customer_number: str
    reason: str
    state: str
    opened_at: datetime
    currency: str
    claimed: int
    valid: int
    lines: tuple[ClaimLine, ...]
    invoice_number: str
    mail_keys: tuple[str, ...]
    bank_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettledClaim:
    """A claim of the past, already settled, as analytics need it. Amounts are gross cents."""

    number: str
    customer_number: str
    invoice_number: str
    reason: str
    department: str
    opened: date
    due: date
    decided: date
    closed: date
    currency: str
    claimed: int
    credited: int
    collected_back: int
    written_off: int
    outcome: str
    fault: str
    carrier: str


@dataclass(frozen=True, slots=True)
class Company:
    """
    Everything the demonstration needs of one creditor, in the order of time it happened.

    `unpaid` are the numbers of undisputed invoices whose payment the visitor does not see.
    """

    code: str
    name: str
    legal_name: str
    country: str
    currency: str
    language: str
    timezone: str
    vat_number: str
    email: str
    as_of: date
    window_start: date
    account_iban: str
    imports: Mapping[str, bytes]
    mails: list[Mail]
    statements: list[Statement]
    acts: list[Act]
    papers: Mapping[str, Paper]
    staff: list[StaffMember]
    stories: list[ClaimStory]
    settled: list[SettledClaim]
    unpaid: frozenset[str] = frozenset()
    second_entity: Company | None = None


# What follows is the generator's own working memory.


@dataclass(frozen=True, slots=True)
class Person:
    """A contact at a customer."""

    name: str
    email: str
    phone: str
    role: str
    language: str


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer with the habits that make its orders and payments look like its own."""

    number: str
    slug: str
    name: str
    legal_name: str
    country: str
    language: str
    segment: str
    city: str
    street: str
    vat_number: str
    parent_number: str
    payer_group: str
    payer_slug: str
    payment_days: int
    discount_bp: int
    discount_days: int
    credit_limit: int
    currency: str
    domain: str
    iban: str
    weight: int
    lateness: int
    pays: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """An article of the catalogue: list price in cents per carton, VAT at home in basis points."""

    sku: str
    name: str
    unit: str
    vat_bp: int
    list_price: int
    group: str


@dataclass(slots=True)
class SaleLine:
    """One line of an order, its delivery and its invoice."""

    sku: str
    description: str
    quantity: int
    order_price: int
    unit_price: int
    vat_bp: int
    pod_quantity: int
    pod_damaged: int = 0
    pod_reserve: str = ""
    is_service: bool = False

    @property
    def net(self) -> int:
        return self.quantity * self.unit_price

    @property
    def vat(self) -> int:
        return share(self.net, self.vat_bp)

    @property
    def gross(self) -> int:
        return self.net + self.vat


@dataclass(slots=True)
class Sale:
    """An order with its delivery and its invoice; numbers are given once all sales are in order."""

    key: str
    customer: Customer
    order_date: date
    requested: date
    shipped: date
    delivered: date | None
    issued: date
    due: date
    carrier: str
    lines: list[SaleLine]
    pod_signed_by: str = ""
    pod_date: date | None = None
    order_number: str = ""
    customer_order: str = ""
    delivery_number: str = ""
    number: str = ""
    kind: str = "invoice"
    repeats: Sale | None = None
    credits_invoice: Sale | None = None
    paid_on: date | None = None
    reference: str = ""
    is_story: bool = False

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)

    @property
    def total(self) -> int:
        return sum(line.gross for line in self.lines)

    @property
    def signed_total(self) -> int:
        """Give the gross amount, negative for a credit note."""
        return self.total if self.kind == "invoice" else -self.total

    def line(self, sku: str) -> SaleLine:
        """Give the line of an article."""
        return next(line for line in self.lines if line.sku == sku)


@dataclass(frozen=True, slots=True)
class Promotion:
    """A promotion for one customer and article; its kind says how it is granted."""

    code: str
    name: str
    customer_number: str
    sku: str
    kind: str
    discount_bp: int
    promo_price: int
    currency: str
    starts: date
    ends: date
    budget: int


@dataclass(frozen=True, slots=True)
class Price:
    """
    A contract price per carton in cents, up to and including `valid_to`, or until further notice.
    """

    customer_number: str
    sku: str
    currency: str
    unit_price: int
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a bank day. Credits have a payer, debits a payee in the same fields."""

    ref: str
    booking_date: date
    amount: int
    is_credit: bool
    name: str
    iban: str
    text: tuple[str, ...]
    end_to_end: str = ""
    reference: str = ""
    ultimate: str = ""
    charges: int = 0
    documents: tuple[tuple[str, str, int, int], ...] = ()
    return_reason: str = ""
    family: str = "RCDT"


@dataclass(frozen=True, slots=True)
class File:
    """An attachment."""

    filename: str
    media_type: str
    content: bytes


def share(amount: int, basis_points: int) -> int:
    """Give `basis_points` of an amount in cents, halves rounded away from zero."""
    sign = -1 if amount < 0 else 1
    return sign * ((abs(amount) * basis_points * 2 + 10_000) // 20_000)

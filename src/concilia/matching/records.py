"""What goes into matching and what comes out. Plain values; money in minor units of `currency`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from concilia.matching.explanations import Explanation


class ItemKind(StrEnum):
    """What an open item is. Credit notes and amounts on account are negative (domain.md N-6)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DEBIT_NOTE = "debit_note"
    DEDUCTION = "deduction"
    ON_ACCOUNT = "on_account"


class Status(StrEnum):
    """What may be done with a match."""

    POSTED = "posted"  # safe without a person
    PROPOSED = "proposed"  # a person confirms
    UNMATCHED = "unmatched"  # money on account of the payer, or nobody's yet


# Named tuples where there may be a million: they cost a third of a frozen dataclass to make.


class OpenItem(NamedTuple):
    """
    One open item of a customer, as the ledger states it.

    `open_minor` and `original_minor` carry the item's sign. `hold` is the reason why no machine may
    settle it (legal, insolvency, plan, factor: domain.md R-6.3). `number` is the document number as
    we print it. `vat_minor` is the VAT contained in the original amount, where it is known.
    """

    item_id: str
    customer_id: str
    kind: str
    number: str
    issued_on: date | None
    due_on: date | None
    currency: str
    original_minor: int
    open_minor: int
    order_number: str = ""
    delivery_number: str = ""
    disputed_minor: int = 0
    discount_bp: int = 0
    discount_until: date | None = None
    structured_reference: str = ""
    hold: str = ""
    vat_minor: int | None = None


class RemittanceLine(NamedTuple):
    """One line of what the payer says: `net = gross - discount - deduction`, credits negative."""

    number: str
    gross_minor: int | None = None
    discount_minor: int = 0
    deduction_minor: int = 0
    reason_text: str = ""
    net_minor: int | None = None


class Asked(NamedTuple):
    """One item that we asked to be paid under a reference of ours, and how much of it."""

    item_id: str
    minor: int


class AgreedRow(NamedTuple):
    """What is open of one row of a plan; `whole_minor` is what it was agreed to be."""

    n: int
    due_on: date
    principal_minor: int
    interest_minor: int
    whole_minor: int

    @property
    def minor(self) -> int:
        """What is to be paid of it."""
        return self.principal_minor + self.interest_minor


class AgreedPlan(NamedTuple):
    """
    An instalment plan, another day or a settlement that was agreed with a customer.

    :param plan_id: its number, as papers call it
    :param principal_minor: what it is about in all
    :param rows: of which something is open, the oldest first
    :param parts: what of which item is still to be paid by the rows, in the plan's order
    :param documents: the numbers of all it is about, paid ones too
    """

    plan_id: str
    customer_id: str
    currency: str
    principal_minor: int
    rows: tuple[AgreedRow, ...]
    parts: tuple[Asked, ...]
    documents: tuple[str, ...] = ()
    is_settlement: bool = False


class Payment(NamedTuple):
    """
    One payment received. A negative amount is money the bank took back.

    `lines` is what the bank's own structured remittance says (camt `RfrdDocInf`). `asked` is what
    we asked for under the reference it carries, `asked_as` the rule that reference belongs to, and
    `plan_id` the plan a row of which it was.
    """

    payment_id: str
    booked_on: date
    valued_on: date
    currency: str
    amount_minor: int
    payer_name: str = ""
    payer_iban: str = ""
    text: str = ""
    structured_reference: str = ""
    end_to_end_id: str = ""
    lines: tuple[RemittanceLine, ...] = ()
    asked: tuple[Asked, ...] = ()
    asked_as: str = "M1"
    plan_id: str = ""


class Customer(NamedTuple):
    """Who owes us. Customers of one `payer_group` may be paid by one of them or by a centre."""

    customer_id: str
    name: str
    payer_group: str = ""
    ibans: tuple[str, ...] = ()
    vat_number: str = ""
    email_domains: tuple[str, ...] = ()


class PayerAlias(NamedTuple):
    """What clerks taught us: this IBAN or this name pays for this customer."""

    customer_id: str
    iban: str = ""
    name: str = ""


class PayerHabit(NamedTuple):
    """
    How a payer was seen to pay, and how often people agreed (M12).

    `kind` is `statement` (all due up to a day), `oldest` (oldest first), `credits` (all credits are
    netted), `rounds` (no cents), `rounds_tens` (no units), `late_discount` or `charges` (the banks'
    are left to us).
    """

    customer_id: str
    kind: str
    confirmations: int
    probability_bp: int
    contradictions: int = 0


@dataclass(frozen=True, slots=True)
class Remittance:
    """What a payer says a payment settles; it may come before or after the money."""

    remittance_id: str
    payer_name: str
    payer_iban: str
    dated_on: date | None
    currency: str
    total_minor: int
    lines: tuple[RemittanceLine, ...]


class Allocation(NamedTuple):
    """
    What one payment does to one item, with the item's sign.

    `applied` is money, `discount` an earned cash discount, `writeoff` a tolerated difference of
    which `writeoff_reason` is the canonical code (FI-03 bank charges, FI-05 rounding).
    """

    item_id: str
    applied_minor: int
    discount_minor: int = 0
    writeoff_minor: int = 0
    writeoff_reason: str = ""


class Deduction(NamedTuple):
    """What the payer kept of an item, and the canonical reason (domain.md §2.3)."""

    item_id: str
    amount_minor: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer to the same payment, as good as the one shown."""

    customer_id: str | None
    allocations: tuple[Allocation, ...]
    deductions: tuple[Deduction, ...]
    on_account_minor: int


class Match(NamedTuple):
    """
    The answer for one payment: `sum(applied) + on_account = amount`, always (INV-03).

    `rule` is M1 … M13 of domain.md §6.3, `confidence_bp` its confidence in basis points. `gave_up`
    says that the search for combinations ran out of its budget. `habits` are digests of what each
    habit would have answered (`matching.habits`), `elsewhere` is the rule of a person that takes
    it for no customer payment.
    """

    payment_id: str
    status: Status
    rule: str
    confidence_bp: int
    customer_id: str | None
    allocations: tuple[Allocation, ...]
    deductions: tuple[Deduction, ...]
    on_account_minor: int
    explanation: Explanation
    alternatives: tuple[Alternative, ...] = ()
    remittance_id: str | None = None
    duplicate_of: str | None = None
    gave_up: bool = False
    habits: Mapping[str, str] = {}
    elsewhere: str = ""

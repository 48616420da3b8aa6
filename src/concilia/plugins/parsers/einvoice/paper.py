"""An invoice, whatever its XML dialect: the few things everybody states, in one shape."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from concilia.documents.core.parsed import Attachment

# UNTDID 1001. What is not here is an invoice; `Gutschrift` of German law is 389, never 381.
CREDIT_NOTES: Final = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)
DEBIT_NOTES: Final = frozenset({"80", "84", "383"})
SELF_BILLED: Final = frozenset({"261", "389", "527", "500", "502"})


def kind_of_code(code: str | None) -> str:
    """Return the contract's kind for a document type code of UNTDID 1001."""
    if code in CREDIT_NOTES:
        return "credit_note"
    return "debit_note" if code in DEBIT_NOTES else "invoice"


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer. `code` is the number the other side gave them."""

    name: str | None = None
    vat: str | None = None
    registration: str | None = None
    code: str | None = None
    address: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A number the paper names: of an order, a delivery, an earlier invoice … with its date."""

    kind: str
    value: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """One position: what, how much, at which price. Numbers as printed."""

    number: str | None = None
    text: str | None = None
    article: str | None = None
    quantity: str | None = None
    unit: str | None = None
    price: str | None = None
    amount: Decimal | None = None
    extra: str | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An allowance (negative) or charge, with its reason."""

    reason: str | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A rate, what it is taken of, and the tax."""

    rate: str | None
    base: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums at the end; `payable` after prepayments and rounding."""

    net: Decimal | None = None
    tax: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    payable: Decimal | None = None

    @property
    def whole(self) -> Decimal | None:
        """What the document comes to: what is to be paid; its gross where all was paid before."""
        if self.payable or self.gross is None:
            return self.payable if self.payable is not None else self.net
        return self.gross


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of an e-invoice file."""

    kind: str
    type_code: str | None = None
    title: str | None = None
    number: str | None = None
    date: str | None = None
    due: str | None = None
    currency: str | None = None
    seller: Party = field(default_factory=Party)
    buyer: Party = field(default_factory=Party)
    mentions: tuple[Mention, ...] = ()
    buyer_reference: str | None = None
    positions: tuple[Position, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    taxes: tuple[TaxLine, ...] = ()
    totals: Totals = field(default_factory=Totals)
    terms: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    self_billed: bool = False

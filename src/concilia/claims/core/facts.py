"""
What a verdict may look at: facts about one claim, gathered by the shell and frozen.

A rule sees nothing else, so the same facts and the same rule version give the same verdict for
ever. Quantities and unit prices are exact decimals (prices net, in the currency's major unit);
amounts are integers of the minor unit; dates are business dates of the entity.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from concilia.kernel.currencies import exponent_of

ZERO = Decimal(0)


class VatBasis(StrEnum):
    """How the customer counted: with VAT, without it, or on an invoice that bears none."""

    GROSS = "GROSS"
    NET = "NET"
    NO_VAT = "NO_VAT"


class ChargedBy(StrEnum):
    """Who put a charge on paper: we on our invoice, or the customer on their debit note."""

    US = "US"
    CUSTOMER = "CUSTOMER"


@dataclass(frozen=True, slots=True)
class LineFact:
    """
    One line of what the customer claims.

    `reason` may differ from the claim's: one debit note can hold a shortage, a damage and a fee.
    `invoice` names the invoice it speaks of, where the claim is about several. `charged_by` and
    `charge_code` matter for charges only.
    """

    n: int
    claimed_minor: int
    reason: str = ""
    invoice: str = ""
    sku: str = ""
    description: str = ""
    claimed_quantity: Decimal | None = None
    claimed_unit_price: Decimal | None = None
    charged_by: ChargedBy | None = None
    charge_code: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLineFact:
    """A position of our invoice. `promotion` names a promotion its price already contains."""

    n: int
    quantity: Decimal
    unit_price: Decimal
    net_minor: int
    vat_bp: int = 0
    sku: str = ""
    description: str = ""
    promotion: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """
    Our invoice with its cash discount terms.

    `credited_minor` is what earlier credit notes took off its gross amount; `settled_minor` the
    gross amount the payment in question settled, None for the whole invoice.
    """

    number: str
    issued_on: date
    gross_minor: int
    lines: tuple[InvoiceLineFact, ...] = ()
    order_number: str = ""
    ordered_on: date | None = None
    delivery_number: str = ""
    discount_bp: int | None = None
    discount_days: int = 0
    credited_minor: int = 0
    settled_minor: int | None = None


@dataclass(frozen=True, slots=True)
class DeliveryLineFact:
    """Shipped by us; received and damaged as the proof of delivery says, else None."""

    sku: str
    shipped: Decimal
    received: Decimal | None = None
    damaged: Decimal | None = None
    unit_weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFact:
    """
    A delivery and its proof. `reserve` is what the receiver wrote on the paper, in their words.

    `invoice` is the invoice that billed it (none where the claim has only one); `notified_on` is
    when the customer first told us of a hidden loss; weights are kilograms of the whole delivery,
    at our gate and at theirs.
    """

    number: str
    shipped_on: date
    invoice: str = ""
    delivered_on: date | None = None
    signed_on: date | None = None
    reserve: str = ""
    notified_on: date | None = None
    weight_shipped: Decimal | None = None
    weight_received: Decimal | None = None
    lines: tuple[DeliveryLineFact, ...] = ()

    @property
    def is_signed(self) -> bool:
        """A proof of delivery came back."""
        return self.signed_on is not None


@dataclass(frozen=True, slots=True)
class PriceFact:
    """
    A price agreed for an article over [valid_from, valid_until), from `min_quantity` on.

    `source` names the contract or price list it stands in.
    """

    sku: str
    unit_price: Decimal
    valid_from: date
    valid_until: date | None = None
    min_quantity: Decimal = ZERO
    source: str = ""

    def covers(self, on: date) -> bool:
        """The price holds on that day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


@dataclass(frozen=True, slots=True)
class PromotionFact:
    """
    A promotion agreed with this customer over [starts_on, ends_on], both days included.

    Either a promotional net price or a rate off `list_price` (without one, off the invoiced price).
    No `sku` means every article; `max_quantity` caps what it covers.
    """

    code: str
    starts_on: date
    ends_on: date
    sku: str = ""
    unit_price: Decimal | None = None
    discount_bp: int = 0
    list_price: Decimal | None = None
    max_quantity: Decimal | None = None

    def covers(self, on: date) -> bool:
        """The promotion runs on that day."""
        return self.starts_on <= on <= self.ends_on


@dataclass(frozen=True, slots=True)
class ClauseFact:
    """
    What the contract says about a charge: agreed or excluded, and where it says so.

    A clause with no `charge_code` speaks of every charge (“no handling fees of any kind”).
    """

    agreed: bool
    where: str
    charge_code: str = ""
    max_minor: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentFact:
    """The payment that fell short: the day its value reached us, how many items it settled."""

    value_on: date
    items: int = 1


@dataclass(frozen=True, slots=True)
class EarlierClaimFact:
    """What another claim already granted on the same invoice: it cannot be granted twice."""

    reference: str
    reason: str
    invoice: str = ""
    sku: str = ""
    approved_quantity: Decimal = ZERO
    approved_minor: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceFact:
    """A paper we hold: its code of domain.md §2.4 (`POD`, `PHO`), its reference here, its title."""

    code: str
    ref: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class ToleranceFact:
    """
    The entity's tolerances as they stood when the facts were gathered.

    Notice days count from the delivery: calendar days for a hidden shortage, days other than
    Sundays and `rest_days` for a hidden damage (CMR art. 30). Grace days extend a discount date.
    """

    quantity: Decimal = ZERO
    weight_bp: int = 200
    shortage_notice_days: int = 8
    damage_notice_days: int = 7
    discount_grace_days: int = 0
    rest_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """
    Everything a rule may know about a claim.

    `vat_basis` is how the customer says they counted, None where they do not say and the amounts
    must show it. `other_invoice` is the second invoice of a double billing.
    """

    claim: str
    reason: str
    currency: str
    received_on: date
    lines: tuple[LineFact, ...]
    vat_basis: VatBasis | None = None
    invoices: tuple[InvoiceFact, ...] = ()
    other_invoice: InvoiceFact | None = None
    deliveries: tuple[DeliveryFact, ...] = ()
    prices: tuple[PriceFact, ...] = ()
    promotions: tuple[PromotionFact, ...] = ()
    clauses: tuple[ClauseFact, ...] = ()
    payment: PaymentFact | None = None
    earlier: tuple[EarlierClaimFact, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    tolerance: ToleranceFact = ToleranceFact()

    def __post_init__(self) -> None:
        exponent_of(self.currency)
        if not self.lines:
            raise ValueError(f"claim {self.claim} has no lines: nothing to judge")
        numbers = [line.n for line in self.lines]
        if len(set(numbers)) != len(numbers):
            raise ValueError(f"claim {self.claim} has two lines with the same number: {numbers}")
        if any(line.claimed_minor < 0 for line in self.lines):
            raise ValueError(f"claim {self.claim} has a line below zero")

    def reason_of(self, line: LineFact) -> str:
        """The line's own reason, or the claim's."""
        return line.reason or self.reason

    def refs(self, *codes: str) -> tuple[str, ...]:
        """References of the papers we hold under these codes, in the order of the codes."""
        return tuple(item.ref for code in codes for item in self.evidence if item.code == code)

    def lacks(self, *codes: str) -> tuple[str, ...]:
        """Those of these codes under which we hold no paper."""
        held = {item.code for item in self.evidence}
        return tuple(code for code in codes if code not in held)

    def invoice_of(self, line: LineFact) -> InvoiceFact | None:
        """The invoice a claim line speaks of: the one it names, or the only one there is."""
        if line.invoice:
            return next((item for item in self.invoices if item.number == line.invoice), None)
        return self.invoices[0] if len(self.invoices) == 1 else None

    def invoice_line_of(self, line: LineFact) -> InvoiceLineFact | None:
        """
        The position of the invoice a claim line speaks of: by article, or the only one there is.

        Where an article stands on the invoice twice, the one at the customer's price comes first.
        """
        invoice = self.invoice_of(line)
        if invoice is None:
            return None
        if not line.sku:
            return invoice.lines[0] if len(invoice.lines) == 1 else None
        same = [item for item in invoice.lines if item.sku == line.sku]
        same.sort(key=lambda item: item.unit_price != line.claimed_unit_price)
        return same[0] if same else None

    def deliveries_of(self, line: LineFact) -> tuple[DeliveryFact, ...]:
        """The deliveries behind the invoice a claim line speaks of."""
        invoice = self.invoice_of(line)
        number = invoice.number if invoice else line.invoice
        return tuple(item for item in self.deliveries if item.invoice in ("", number))

    def earlier_of(self, line: LineFact, reasons: frozenset[str]) -> tuple[EarlierClaimFact, ...]:
        """What was granted before for this article of this invoice, for reasons like these."""
        invoice = self.invoice_of(line)
        number = invoice.number if invoice else line.invoice
        return tuple(
            item
            for item in self.earlier
            if item.reason in reasons
            and item.invoice in ("", number)
            and item.sku in ("", line.sku)
        )

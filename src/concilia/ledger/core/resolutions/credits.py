"""What we give back by a document: A2, A3, A4, A9, A12 and A13 of domain.md §7.2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, EntryRefused, Line
from concilia.ledger.core.resolutions.items import Item, credit, debit, one_currency, positive
from concilia.ledger.core.resolutions.writeoffs import collected_back
from concilia.ledger.core.vat import VatShare

CREDIT_ROLES: Final = frozenset(
    {
        AccountRole.PRICE_ALLOWANCE,
        AccountRole.SALES_RETURNS,
        AccountRole.TRADE_ACCRUAL,
        AccountRole.TRADE_SPEND_EXPENSE,
        AccountRole.REFUND_LIABILITY,
        AccountRole.REVENUE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditNote:
    """
    A credit note to book: what it clears, its amounts by VAT rate, and what may still be credited.

    :param item: the deduction, or the invoice's own item, that the credit clears
    :param shares: net and VAT by rate; see `vat.split_over_invoice`
    :param room_minor: invoice original minus earlier credits, in minor units (INV-10)
    :param on_account: the UNAPPLIED_CASH item for a part that was already paid; without it a
        credit above the open amount is refused
    """

    item: Item
    shares: tuple[VatShare, ...]
    room_minor: int
    role: AccountRole = AccountRole.PRICE_ALLOWANCE
    on_account: Item | None = None

    def __post_init__(self) -> None:
        if self.role not in CREDIT_ROLES:
            raise EntryRefused(f"a credit note is not booked on {self.role}")
        if self.gross_minor > self.room_minor:
            raise EntryRefused(
                f"a credit of {self.gross_minor} is refused: {self.room_minor} of the invoice "
                f"are left to credit"
            )

    @property
    def gross_minor(self) -> int:
        """The total of the credit note, VAT included, in minor units."""
        return sum(share.gross_minor for share in self.shares)


def credit_note(note: CreditNote) -> Entry:
    """
    This will clear an item by a credit note; the output VAT falls with it (A2).

    :raises EntryRefused: if the credit is above what is open and no item is on account (INV-10)
    """
    net = tuple(
        line
        for share in note.shares
        for line in debit(note.role, share.net_minor, vat_bp=share.vat_bp, tax_code=share.tax_code)
    )
    return _credit_entry(note, net)


def promotion_credit_note(note: CreditNote, *, accrual_open_minor: int) -> Entry:
    """
    This will clear a promotion claim from the deal's accrual; the excess is an expense (A4, §7.3).

    :param accrual_open_minor: what is left accrued for this deal, in minor units
    """
    left = max(accrual_open_minor, 0)
    net: list[Line] = []
    for share in note.shares:
        accrued = min(share.net_minor, left)
        left -= accrued
        for role, amount in (
            (AccountRole.TRADE_ACCRUAL, accrued),
            (AccountRole.TRADE_SPEND_EXPENSE, share.net_minor - accrued),
        ):
            net.extend(debit(role, amount, vat_bp=share.vat_bp, tax_code=share.tax_code))
    return _credit_entry(note, tuple(net))


def _credit_entry(note: CreditNote, net: tuple[Line, ...]) -> Entry:
    positive(note.gross_minor, "a credit note")
    vat = tuple(
        line
        for share in note.shares
        for line in debit(
            AccountRole.VAT_OUT, share.vat_minor, vat_bp=share.vat_bp, tax_code=share.tax_code
        )
    )
    against_item = min(note.gross_minor, note.item.open_minor)
    cleared = (note.item.reduced_by(against_item),) if against_item else ()
    return Entry(
        kind=EntryKind.CREDIT_NOTE,
        currency=note.item.currency,
        lines=(*net, *vat, *cleared, *_already_paid(note, note.gross_minor - against_item)),
    )


def _already_paid(note: CreditNote, amount_minor: int) -> tuple[Line, ...]:
    if amount_minor == 0:
        return ()
    if note.on_account is None or note.on_account.role is not AccountRole.UNAPPLIED_CASH:
        raise EntryRefused(
            f"a credit of {note.gross_minor} is refused: {note.item.open_minor} is open, and there "
            f"is no item on account for the rest"
        )
    one_currency(note.item.currency, note.on_account.currency)
    return (note.on_account.increased_by(-amount_minor),)


def stock_returned(*, currency: str, cost_minor: int) -> Entry:
    """This will put returned goods back on stock at cost; it goes with a credit note (A3)."""
    positive(cost_minor, "the cost of returned goods")
    return Entry(
        kind=EntryKind.STOCK_RETURNED,
        currency=currency,
        lines=(
            Line(role=AccountRole.INVENTORY, debit_minor=cost_minor),
            Line(role=AccountRole.COGS, credit_minor=cost_minor),
        ),
    )


def carrier_held_liable(
    *, currency: str, amount_minor: int, income: AccountRole = AccountRole.SALES_RETURNS
) -> Entry:
    """
    This will claim a loss from the carrier, outside the scope of VAT (A9).

    :param income: SALES_RETURNS, which takes back the cost of the credit note, or CLAIMS_INCOME
    """
    positive(amount_minor, "a carrier claim")
    if income not in {AccountRole.SALES_RETURNS, AccountRole.CLAIMS_INCOME}:
        raise EntryRefused(f"a carrier claim is not booked on {income}")
    return Entry(
        kind=EntryKind.CARRIER_CLAIM,
        currency=currency,
        lines=(
            Line(role=AccountRole.CARRIER_CLAIM_REC, debit_minor=amount_minor),
            Line(role=income, credit_minor=amount_minor),
        ),
    )


def partly_approved(
    note: CreditNote, *, denied_minor: int, receivable: Item
) -> tuple[Entry, Entry]:
    """
    This will credit the approved part of a deduction and collect back the rest (A12).

    :param receivable: the AR item that takes the denied part; its due date is the original one
    :raises EntryRefused: if approved and denied do not make the whole deduction (INV-04, P-7)
    """
    open_minor = note.item.open_minor
    if note.gross_minor + denied_minor != open_minor:
        raise EntryRefused(
            f"approved {note.gross_minor} and denied {denied_minor} do not make {open_minor}"
        )
    rest = Item(
        item_id=note.item.item_id,
        customer_id=note.item.customer_id,
        currency=note.item.currency,
        open_minor=denied_minor,
        role=note.item.role,
    )
    return (
        credit_note(note),
        collected_back(rest, amount_minor=denied_minor, receivable=receivable),
    )


def invoiced(item: Item, *, shares: Sequence[VatShare]) -> Entry:
    """This will book a new invoice: receivable against revenue and output VAT by rate (A13)."""
    gross = positive(sum(share.gross_minor for share in shares), "an invoice")
    return Entry(
        kind=EntryKind.REINVOICED,
        currency=item.currency,
        lines=(
            item.increased_by(gross),
            *(
                line
                for share in shares
                for role, amount in (
                    (AccountRole.REVENUE, share.net_minor),
                    (AccountRole.VAT_OUT, share.vat_minor),
                )
                for line in credit(role, amount, vat_bp=share.vat_bp, tax_code=share.tax_code)
            ),
        ),
    )


def rebilled(note: CreditNote, *, item: Item, shares: Sequence[VatShare]) -> tuple[Entry, Entry]:
    """
    This will take back a wrong invoice in full and bill it anew: price, party or VAT (A13).

    :param note: the credit of all that is left of the wrong invoice
    :param item: the open item of the new invoice
    :param shares: the new invoice by VAT rate
    :raises EntryRefused: if the credit leaves a part of the wrong invoice standing
    """
    if note.gross_minor != note.room_minor:
        raise EntryRefused(
            f"a rebill credits the whole invoice: {note.room_minor}, not {note.gross_minor}"
        )
    return credit_note(note), invoiced(item, shares=shares)

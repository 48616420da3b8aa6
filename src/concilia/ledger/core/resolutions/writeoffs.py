"""Items closed, or moved, without a credit note: A5 to A8 and A10 of domain.md §7.2."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, EntryRefused, Line
from concilia.ledger.core.resolutions.items import Item, one_currency
from concilia.ledger.core.vat import VatShare


class WriteOffGround(StrEnum):
    """Why an amount is given up without a document for the customer."""

    SMALL = "SMALL"
    UNECONOMIC = "UNECONOMIC"
    GOODWILL = "GOODWILL"


ACCOUNT_OF: Final[dict[WriteOffGround, AccountRole]] = {
    WriteOffGround.SMALL: AccountRole.SMALL_DIFF,
    WriteOffGround.UNECONOMIC: AccountRole.BAD_DEBT_EXP,
    WriteOffGround.GOODWILL: AccountRole.TRADE_SPEND_EXPENSE,
}


def offset_against_payable(item: Item, *, amount_minor: int) -> Entry:
    """This will net a promotion service the customer invoiced to us against what it kept (A5)."""
    return _closed(EntryKind.AP_OFFSET, item, amount_minor, AccountRole.AP)


def written_off(item: Item, *, amount_minor: int, ground: WriteOffGround) -> Entry:
    """
    This will give up an amount in the books only; the output VAT is not reduced (A6, A7).

    See `vat_forgone` for what a credit note would have recovered.
    """
    return _closed(EntryKind.WRITE_OFF, item, amount_minor, ACCOUNT_OF[ground])


def vat_forgone(shares: Sequence[VatShare]) -> int:
    """This will be the VAT, in minor units, that only a credit note would recover (A7)."""
    return sum(share.vat_minor for share in shares)


def penalty_accepted(item: Item, *, amount_minor: int) -> Entry:
    """This will accept a logistics penalty in full: damages are outside the scope of VAT (A8)."""
    return _closed(EntryKind.PENALTY_ACCEPTED, item, amount_minor, AccountRole.PENALTIES_EXP)


def collected_back(deduction: Item, *, amount_minor: int, receivable: Item) -> Entry:
    """
    This will turn a denied deduction into a receivable that is chased again (A10).

    :param receivable: the AR item that takes the amount; it keeps the original due date
    """
    if (deduction.role, receivable.role) != (AccountRole.AR_DEDUCTION, AccountRole.AR):
        raise EntryRefused("a denied deduction moves from AR_DEDUCTION to AR")
    if deduction.customer_id != receivable.customer_id:
        raise EntryRefused("a denied deduction stays with its customer")
    currency = one_currency(deduction.currency, receivable.currency)
    taken = deduction.reduced_by(amount_minor)
    return Entry(
        kind=EntryKind.COLLECT_BACK,
        currency=currency,
        lines=(receivable.increased_by(amount_minor), taken),
    )


def _closed(kind: EntryKind, item: Item, amount_minor: int, role: AccountRole) -> Entry:
    line = item.reduced_by(amount_minor)
    if line.debit_minor:
        raise EntryRefused(f"open item {item.item_id} is what we owe; there is nothing to give up")
    return Entry(
        kind=kind,
        currency=item.currency,
        lines=(Line(role=role, debit_minor=amount_minor), line),
    )

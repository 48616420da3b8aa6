"""Open items as the builders see them, and the lines that change them."""

from __future__ import annotations

from dataclasses import dataclass

from concilia.ledger.core.accounts import ITEM_ROLES, AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, EntryRefused, Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    An open item of the sub-ledger. What the customer owes is positive, what we owe is negative.

    :param open_minor: what is open before the entry, in minor units; 0 for an item just created
    :param role: the control account the open amount stands on
    """

    item_id: int
    customer_id: int | None
    currency: str
    open_minor: int = 0
    role: AccountRole = AccountRole.AR

    def __post_init__(self) -> None:
        if self.role not in ITEM_ROLES:
            raise EntryRefused(f"{self.role} carries no open items")

    def reduced_by(self, amount_minor: int) -> Line:
        """
        This will be the line that brings the open amount nearer to zero.

        :param amount_minor: of the sign of the open amount, and not more than it
        :raises EntryRefused: if the open amount would grow or cross zero (INV-02)
        """
        inside = 0 < amount_minor <= self.open_minor or self.open_minor <= amount_minor < 0
        if not inside:
            raise EntryRefused(
                f"open item {self.item_id} has {self.open_minor} open; {amount_minor} does not fit"
            )
        return self._line(-amount_minor)

    def increased_by(self, amount_minor: int) -> Line:
        """
        This will be the line that opens the item, or opens more of it.

        :raises EntryRefused: if the amount is zero or of the other sign than what is open
        """
        if amount_minor == 0 or amount_minor * self.open_minor < 0:
            raise EntryRefused(
                f"open item {self.item_id} has {self.open_minor} open; "
                f"{amount_minor} cannot be added"
            )
        return self._line(amount_minor)

    def _line(self, net_minor: int) -> Line:
        return Line(
            role=self.role,
            debit_minor=max(net_minor, 0),
            credit_minor=max(-net_minor, 0),
            item_id=self.item_id,
            customer_id=self.customer_id,
        )


def debit(
    role: AccountRole, amount_minor: int, *, vat_bp: int | None = None, tax_code: str | None = None
) -> tuple[Line, ...]:
    """This will be a debit line, a credit line for a negative amount, or nothing for zero."""
    if amount_minor == 0:
        return ()
    return (
        Line(
            role=role,
            debit_minor=max(amount_minor, 0),
            credit_minor=max(-amount_minor, 0),
            vat_bp=vat_bp,
            tax_code=tax_code,
        ),
    )


def credit(
    role: AccountRole, amount_minor: int, *, vat_bp: int | None = None, tax_code: str | None = None
) -> tuple[Line, ...]:
    """This will be a credit line, a debit line for a negative amount, or nothing for zero."""
    return debit(role, -amount_minor, vat_bp=vat_bp, tax_code=tax_code)


def one_currency(*codes: str) -> str:
    """
    This will be the one currency of everything that meets in an entry.

    :raises EntryRefused: if there are several (INV-21)
    """
    different = sorted(set(codes))
    if len(different) != 1:
        raise EntryRefused(f"one entry has one currency, not {', '.join(different)}")
    return different[0]


def opened(item: Item, *, amount_minor: int) -> Entry:
    """
    This will bring an item into the ledger as the ERP states it, against OPENING_BALANCE.

    :param amount_minor: what is still open of it; negative for credit notes and cash on account
    """
    line = item.increased_by(amount_minor)
    return Entry(
        kind=EntryKind.ITEM_OPENED,
        currency=item.currency,
        lines=(line, *credit(AccountRole.OPENING_BALANCE, amount_minor)),
    )


def positive(amount_minor: int, what: str) -> int:
    """
    This will be the amount itself.

    :raises EntryRefused: if it is not above zero; the sentence names `what` it should have been
    """
    if amount_minor <= 0:
        raise EntryRefused(f"{what} must be above zero, not {amount_minor}")
    return amount_minor

"""Money that came in, and what it pays: A1, A11, A14, A15, A16 of domain.md §7.2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, EntryRefused, Line
from concilia.ledger.core.resolutions.items import Item, credit, debit, one_currency, positive
from concilia.ledger.core.vat import VatShare

CASH_ROLES: Final = frozenset(
    {
        AccountRole.BANK,
        AccountRole.CLIENT_MONEY,
        AccountRole.SUSPENSE,
        AccountRole.UNAPPLIED_CASH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cash:
    """
    Money to apply, in minor units, and where it stands now.

    :param item: the on-account item it comes from, for UNAPPLIED_CASH only
    """

    amount_minor: int
    currency: str
    role: AccountRole = AccountRole.BANK
    item: Item | None = None

    def __post_init__(self) -> None:
        if self.role not in CASH_ROLES:
            raise EntryRefused(f"{self.role} holds no cash")
        if (self.item is not None) != (self.role is AccountRole.UNAPPLIED_CASH):
            raise EntryRefused("cash on account, and no other, names its open item")
        one_currency(self.currency, self.item.currency if self.item else self.currency)

    def line(self) -> Line:
        """This will be the debit that takes the money from where it stands."""
        if self.item is not None:
            return self.item.reduced_by(-self.amount_minor)
        return Line(role=self.role, debit_minor=self.amount_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    What closes a part of an item without cash, in minor units; negative where we gain.

    Made by `earned_discount`, `withheld`, `split_vat`, `exchange_difference`, `bank_charge` and
    `small_difference` (domain.md §6.5).
    """

    role: AccountRole
    amount_minor: int
    vat_bp: int | None = None
    tax_code: str | None = None


def earned_discount(shares: Sequence[VatShare]) -> tuple[Difference, ...]:
    """This will be an earned cash discount: its net part, and the VAT that falls with it (A14)."""
    return tuple(
        Difference(role=role, amount_minor=amount, vat_bp=share.vat_bp, tax_code=share.tax_code)
        for share in shares
        for role, amount in (
            (AccountRole.CASH_DISCOUNT, share.net_minor),
            (AccountRole.VAT_OUT, share.vat_minor),
        )
        if amount
    )


def withheld(amount_minor: int) -> tuple[Difference, ...]:
    """This will be tax the customer withheld; a receivable until it is certified (A15)."""
    return (Difference(role=AccountRole.WHT_RECEIVABLE, amount_minor=amount_minor),)


def split_vat(shares: Sequence[VatShare]) -> tuple[Difference, ...]:
    """This will be VAT a public customer pays to the State instead of to us (A15)."""
    return tuple(
        Difference(
            role=AccountRole.VAT_OUT,
            amount_minor=share.vat_minor,
            vat_bp=share.vat_bp,
            tax_code=share.tax_code,
        )
        for share in shares
        if share.vat_minor
    )


def exchange_difference(amount_minor: int) -> tuple[Difference, ...]:
    """This will be an exchange loss, or a gain where the amount is negative (A16)."""
    role = AccountRole.FX_LOSS if amount_minor > 0 else AccountRole.FX_GAIN
    return (Difference(role=role, amount_minor=amount_minor),)


def bank_charge(amount_minor: int) -> tuple[Difference, ...]:
    """This will be what a bank on the way kept for itself (A16)."""
    return (Difference(role=AccountRole.BANK_CHARGES, amount_minor=amount_minor),)


def small_difference(amount_minor: int) -> tuple[Difference, ...]:
    """This will be a difference within tolerance, either way (domain.md §6.5 point 5)."""
    return (Difference(role=AccountRole.SMALL_DIFF, amount_minor=amount_minor),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """
    One item a payment pays, in minor units: cash, differences, and what the customer kept back.

    :param applied_minor: cash; negative where the payment nets a credit note
    :param deduction: the new AR_DEDUCTION item of a short payment; opens with `deducted_minor`
    """

    item: Item
    applied_minor: int
    differences: tuple[Difference, ...] = ()
    deduction: Item | None = None
    deducted_minor: int = 0

    def __post_init__(self) -> None:
        if (self.deduction is not None) != (self.deducted_minor > 0):
            raise EntryRefused("a deduction has its own open item and an amount above zero")
        if self.deduction is not None and self.deduction.role is not AccountRole.AR_DEDUCTION:
            raise EntryRefused("what a customer kept back stands on AR_DEDUCTION")

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies of the items it touches."""
        return tuple(item.currency for item in (self.item, self.deduction) if item is not None)

    @property
    def closed_minor(self) -> int:
        """How much of the item this closes, in minor units."""
        waived = sum(each.amount_minor for each in self.differences)
        return self.applied_minor + waived + self.deducted_minor

    def lines(self) -> tuple[Line, ...]:
        """This will be the item's line, the differences and the deduction, without the cash."""
        differences = [
            line
            for each in self.differences
            for line in debit(
                each.role, each.amount_minor, vat_bp=each.vat_bp, tax_code=each.tax_code
            )
        ]
        kept = [self.deduction.increased_by(self.deducted_minor)] if self.deduction else []
        return (*kept, *differences, self.item.reduced_by(self.closed_minor))


def payment_applied(
    *, cash: Cash, applications: Sequence[Application], on_account: Item | None = None
) -> Entry:
    """
    This will apply a payment: A1 with a short pay, A11, A14, A15 and A16.

    What is not applied goes on account, so that applied and unapplied make the payment (INV-03).

    :param on_account: the UNAPPLIED_CASH item for the rest; needed only where there is a rest
    :raises EntryRefused: if more is applied than was paid, an item is named twice, an item would
        cross zero, or there is a rest and no item for it
    """
    positive(cash.amount_minor, "a payment")
    one_currency(cash.currency, *(code for each in applications for code in each.currencies))
    names = [each.item.item_id for each in applications]
    if len(set(names)) != len(names):
        raise EntryRefused("a payment names each open item once")
    rest = cash.amount_minor - sum(each.applied_minor for each in applications)
    return Entry(
        kind=EntryKind.PAYMENT_APPLIED,
        currency=cash.currency,
        lines=(
            cash.line(),
            *(line for each in applications for line in each.lines()),
            *_on_account(rest, on_account, cash.currency),
        ),
    )


def set_off(*, owed: Item, owing: Item, amount_minor: int) -> Entry:
    """
    This will use what we owe a customer, a credit note or cash on account, for what it owes us.

    :param owed: the item we owe, with a negative open amount
    :param owing: the item the customer owes
    :param amount_minor: how much of both is closed, above zero
    """
    if owed.customer_id != owing.customer_id:
        raise EntryRefused("items of two customers are not set off against each other")
    return Entry(
        kind=EntryKind.SET_OFF,
        currency=one_currency(owed.currency, owing.currency),
        lines=(
            owed.reduced_by(-positive(amount_minor, "a set-off")),
            owing.reduced_by(amount_minor),
        ),
    )


def cash_received(*, cash: Cash, on_account: Item | None = None) -> Entry:
    """
    This will book money nobody can place yet: on account of a known payer, else on SUSPENSE.

    :param on_account: the UNAPPLIED_CASH item of the payer, `None` for an unknown one
    """
    positive(cash.amount_minor, "a payment")
    if on_account is None:
        lines = credit(AccountRole.SUSPENSE, cash.amount_minor)
    else:
        lines = _on_account(cash.amount_minor, on_account, cash.currency)
    return Entry(kind=EntryKind.CASH_RECEIVED, currency=cash.currency, lines=(cash.line(), *lines))


def _on_account(rest_minor: int, item: Item | None, currency: str) -> tuple[Line, ...]:
    if rest_minor == 0:
        return ()
    if rest_minor < 0:
        raise EntryRefused(f"{-rest_minor} more is applied than was paid")
    if item is None or item.role is not AccountRole.UNAPPLIED_CASH:
        raise EntryRefused(
            f"{rest_minor} of the payment is not applied and needs an item on account"
        )
    one_currency(currency, item.currency)
    return (item.increased_by(-rest_minor),)

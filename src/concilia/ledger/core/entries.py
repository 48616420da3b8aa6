"""A balanced entry: the only form in which money moves in the ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from concilia.kernel.currencies import exponent_of
from concilia.ledger.core.accounts import ITEM_ROLES, RECEIVABLE_ROLES, AccountRole

SIDES: Final = 2


class EntryRefused(ValueError):
    """The entry would break an invariant of the ledger; nothing was booked."""


class Unbalanced(EntryRefused):
    """Debits and credits of an entry differ (INV-08)."""


class EntryKind(StrEnum):
    """Why money moved; one kind for each row of domain.md §7.2, and the few that surround them."""

    ITEM_OPENED = "ITEM_OPENED"
    ITEM_RESTATED = "ITEM_RESTATED"
    CASH_RECEIVED = "CASH_RECEIVED"
    PAYMENT_APPLIED = "PAYMENT_APPLIED"
    CREDIT_NOTE = "CREDIT_NOTE"
    STOCK_RETURNED = "STOCK_RETURNED"
    SET_OFF = "SET_OFF"
    AP_OFFSET = "AP_OFFSET"
    WRITE_OFF = "WRITE_OFF"
    PENALTY_ACCEPTED = "PENALTY_ACCEPTED"
    CARRIER_CLAIM = "CARRIER_CLAIM"
    COLLECT_BACK = "COLLECT_BACK"
    REINVOICED = "REINVOICED"
    INTEREST_INVOICED = "INTEREST_INVOICED"
    SETTLEMENT = "SETTLEMENT"
    ALLOWANCE_ADJUSTED = "ALLOWANCE_ADJUSTED"
    DEBT_WRITTEN_OFF = "DEBT_WRITTEN_OFF"
    RECOVERY = "RECOVERY"
    AGENCY_REMITTANCE = "AGENCY_REMITTANCE"
    ACCRUAL = "ACCRUAL"
    ACCRUAL_RELEASED = "ACCRUAL_RELEASED"
    REVERSAL = "REVERSAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    One side of an entry: an amount in minor units, debit or credit, on the account of a role.

    :param item_id: the open item it changes; required on the roles of `ITEM_ROLES`, else `None`
    :param customer_id: who owes it; required on `RECEIVABLE_ROLES`
    :param vat_bp: the VAT rate in basis points, for lines that enter the VAT register
    :param tax_code: the company's code of that rate, where one rate has several (zero and exempt)
    """

    role: AccountRole
    debit_minor: int = 0
    credit_minor: int = 0
    item_id: int | None = None
    customer_id: int | None = None
    vat_bp: int | None = None
    tax_code: str | None = None

    def __post_init__(self) -> None:
        if min(self.debit_minor, self.credit_minor) != 0 or self.amount_minor <= 0:
            raise EntryRefused(
                f"a line is a positive debit or a positive credit; {self.role} has "
                f"debit {self.debit_minor} and credit {self.credit_minor}"
            )
        if (self.item_id is not None) != (self.role in ITEM_ROLES):
            raise EntryRefused(f"{self.role}: open item {self.item_id} does not fit this role")
        if self.role in RECEIVABLE_ROLES and self.customer_id is None:
            raise EntryRefused(f"{self.role}: a receivable names its customer")

    @property
    def amount_minor(self) -> int:
        """The amount without its side, in minor units."""
        return max(self.debit_minor, self.credit_minor)

    @property
    def net_minor(self) -> int:
        """Debit minus credit, in minor units."""
        return self.debit_minor - self.credit_minor

    def swapped(self) -> Line:
        """This will be the same line on the other side."""
        return replace(self, debit_minor=self.credit_minor, credit_minor=self.debit_minor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    Lines in one currency that balance; it is appended once and never changed (P-4).

    :param reverses_id: the entry this one takes back, for `EntryKind.REVERSAL` only
    :raises Unbalanced: if debits and credits differ (INV-08)
    :raises EntryRefused: if there are fewer than two lines
    :raises UnknownCurrency: if the currency is no code of ISO 4217
    """

    kind: EntryKind
    currency: str
    lines: tuple[Line, ...]
    reverses_id: int | None = None

    def __post_init__(self) -> None:
        exponent_of(self.currency)
        if len(self.lines) < SIDES:
            raise EntryRefused(f"{self.kind}: an entry has at least two lines")
        if (self.reverses_id is not None) != (self.kind is EntryKind.REVERSAL):
            raise EntryRefused(f"{self.kind}: only a reversal names the entry it takes back")
        difference = sum(line.net_minor for line in self.lines)
        if difference:
            raise Unbalanced(f"{self.kind}: debits minus credits are {difference}, not 0")

    @property
    def total_minor(self) -> int:
        """The sum of the debits, which is the sum of the credits."""
        return sum(line.debit_minor for line in self.lines)

    def net(self, role: AccountRole) -> int:
        """Debit minus credit this entry books on a role, in minor units."""
        return sum(line.net_minor for line in self.lines if line.role is role)

    def net_of_item(self, item_id: int) -> int:
        """Debit minus credit this entry books on an open item, in minor units."""
        return sum(line.net_minor for line in self.lines if line.item_id == item_id)


def reverse(entry: Entry, *, entry_id: int) -> Entry:
    """
    This will be the entry that takes back another one, line by line (P-4, INV-13).

    :param entry_id: the key under which the other entry was appended
    :raises EntryRefused: if the other entry is itself a reversal; book the original anew instead
    """
    if entry.kind is EntryKind.REVERSAL:
        raise EntryRefused("a reversal is not reversed; book the original again")
    return Entry(
        kind=EntryKind.REVERSAL,
        currency=entry.currency,
        lines=tuple(line.swapped() for line in entry.lines),
        reverses_id=entry_id,
    )


Balances = dict[tuple[str, AccountRole, int | None], int]


def balances(entries: Iterable[Entry]) -> Balances:
    """
    This will sum debit minus credit by currency, role and open item; what sums to zero is left out.

    Currencies are never added up (INV-21).
    """
    sums: defaultdict[tuple[str, AccountRole, int | None], int] = defaultdict(int)
    for entry in entries:
        for line in entry.lines:
            sums[entry.currency, line.role, line.item_id] += line.net_minor
    return {key: amount for key, amount in sums.items() if amount}

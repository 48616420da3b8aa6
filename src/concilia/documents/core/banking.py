"""What a bank statement says, entry by entry (domain.md §6.1, §6.2), amounts as the bank wrote."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Why less was paid: one `AdjstmntAmtAndRsn`. A positive `amount` lowers the payment."""

    amount: Decimal
    currency: str
    reason: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class ReferredDocument:
    """One document a payment is for: `RfrdDocInf` with `RfrdDocAmt`. Credit notes are negative."""

    kind: str | None
    number: str | None
    date: str | None = None
    due: Decimal | None = None
    discount: Decimal | None = None
    credited: Decimal | None = None
    tax: Decimal | None = None
    remitted: Decimal | None = None
    currency: str | None = None
    adjustments: tuple[Adjustment, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody named in a payment."""

    name: str | None = None
    iban: str | None = None
    identification: str | None = None


@dataclass(frozen=True, slots=True)
class BankEntry:
    """
    One payment on the account: a transaction of an entry, or the entry where it has none.

    `amount` is always positive; `direction` is `in` or `out`. `sequence` counts the transactions of
    one entry from 1, so (bank_reference, sequence) names a payment within a statement.
    """

    sequence: int
    amount: Decimal
    currency: str
    direction: str
    status: str | None = None
    reversal: bool = False
    booking_date: str | None = None
    value_date: str | None = None
    bank_reference: str | None = None
    entry_reference: str | None = None
    end_to_end_id: str | None = None
    transaction_id: str | None = None
    instruction_id: str | None = None
    mandate_id: str | None = None
    uetr: str | None = None
    batch_id: str | None = None
    batch_count: int | None = None
    transaction_code: str | None = None
    counterparty: Party = Party()
    ultimate_debtor: Party = Party()
    ultimate_creditor: Party = Party()
    remittance_text: tuple[str, ...] = ()
    creditor_references: tuple[str, ...] = ()
    documents: tuple[ReferredDocument, ...] = ()
    additional_remittance: tuple[str, ...] = ()
    return_reason: str | None = None
    return_text: str | None = None
    charges: Decimal | None = None
    original_amount: Decimal | None = None
    original_currency: str | None = None
    additional_info: str | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """One balance of the account; negative when overdrawn. `kind` is the bank's code (`OPBD` …)."""

    kind: str
    amount: Decimal
    currency: str
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One account's part of a statement file: `Stmt`, `Ntfctn` or `Rpt`."""

    identification: str | None
    iban: str | None = None
    currency: str | None = None
    owner: str | None = None
    statement_id: str | None = None
    number: str | None = None
    created: str | None = None
    balances: tuple[Balance, ...] = ()
    entries: tuple[BankEntry, ...] = ()
    additional_info: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole statement file. `message_id` names the file itself."""

    message_id: str | None
    accounts: tuple[Account, ...]

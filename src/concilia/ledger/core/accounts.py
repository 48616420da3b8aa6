"""The accounts of the ledger, named by what they are for, not by a number (domain.md §7.1)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class AccountRole(StrEnum):
    """What an account is for. Each company maps the roles to the accounts of its own chart."""

    AR = "AR"
    AR_DEDUCTION = "AR_DEDUCTION"
    AR_DISPUTED = "AR_DISPUTED"
    UNAPPLIED_CASH = "UNAPPLIED_CASH"
    SUSPENSE = "SUSPENSE"
    OPENING_BALANCE = "OPENING_BALANCE"
    BANK = "BANK"
    CLIENT_MONEY = "CLIENT_MONEY"
    WHT_RECEIVABLE = "WHT_RECEIVABLE"
    CARRIER_CLAIM_REC = "CARRIER_CLAIM_REC"
    INVENTORY = "INVENTORY"
    VAT_IN = "VAT_IN"
    ECL_ALLOWANCE = "ECL_ALLOWANCE"
    AP = "AP"
    VAT_OUT = "VAT_OUT"
    TRADE_ACCRUAL = "TRADE_ACCRUAL"
    REFUND_LIABILITY = "REFUND_LIABILITY"
    REVENUE = "REVENUE"
    SALES_RETURNS = "SALES_RETURNS"
    PRICE_ALLOWANCE = "PRICE_ALLOWANCE"
    TRADE_SPEND_EXPENSE = "TRADE_SPEND_EXPENSE"
    CASH_DISCOUNT = "CASH_DISCOUNT"
    LATE_INTEREST_INC = "LATE_INTEREST_INC"
    RECOVERY_COMP_INC = "RECOVERY_COMP_INC"
    CLAIMS_INCOME = "CLAIMS_INCOME"
    FX_GAIN = "FX_GAIN"
    FX_LOSS = "FX_LOSS"
    BANK_CHARGES = "BANK_CHARGES"
    SMALL_DIFF = "SMALL_DIFF"
    PENALTIES_EXP = "PENALTIES_EXP"
    COGS = "COGS"
    BAD_DEBT_EXP = "BAD_DEBT_EXP"
    AGENCY_FEES_EXP = "AGENCY_FEES_EXP"


class AccountClass(StrEnum):
    """The side of the balance sheet or of the result an account belongs to."""

    ASSET = "ASSET"
    LIABILITY = "LIABILITY"
    INCOME = "INCOME"
    EXPENSE = "EXPENSE"


# Contra accounts stand with the account they reduce: an allowance is a (negative) asset, a price
# allowance is (negative) income. The class decides how a balance is shown, never how it is booked.
CLASS_OF: Final[dict[AccountRole, AccountClass]] = {
    AccountRole.AR: AccountClass.ASSET,
    AccountRole.AR_DEDUCTION: AccountClass.ASSET,
    AccountRole.AR_DISPUTED: AccountClass.ASSET,
    AccountRole.SUSPENSE: AccountClass.LIABILITY,
    AccountRole.OPENING_BALANCE: AccountClass.LIABILITY,
    AccountRole.UNAPPLIED_CASH: AccountClass.LIABILITY,
    AccountRole.BANK: AccountClass.ASSET,
    AccountRole.CLIENT_MONEY: AccountClass.ASSET,
    AccountRole.WHT_RECEIVABLE: AccountClass.ASSET,
    AccountRole.CARRIER_CLAIM_REC: AccountClass.ASSET,
    AccountRole.INVENTORY: AccountClass.ASSET,
    AccountRole.VAT_IN: AccountClass.ASSET,
    AccountRole.ECL_ALLOWANCE: AccountClass.ASSET,
    AccountRole.AP: AccountClass.LIABILITY,
    AccountRole.VAT_OUT: AccountClass.LIABILITY,
    AccountRole.TRADE_ACCRUAL: AccountClass.LIABILITY,
    AccountRole.REFUND_LIABILITY: AccountClass.LIABILITY,
    AccountRole.REVENUE: AccountClass.INCOME,
    AccountRole.SALES_RETURNS: AccountClass.INCOME,
    AccountRole.PRICE_ALLOWANCE: AccountClass.INCOME,
    AccountRole.TRADE_SPEND_EXPENSE: AccountClass.INCOME,
    AccountRole.CASH_DISCOUNT: AccountClass.INCOME,
    AccountRole.LATE_INTEREST_INC: AccountClass.INCOME,
    AccountRole.RECOVERY_COMP_INC: AccountClass.INCOME,
    AccountRole.CLAIMS_INCOME: AccountClass.INCOME,
    AccountRole.FX_GAIN: AccountClass.INCOME,
    AccountRole.FX_LOSS: AccountClass.EXPENSE,
    AccountRole.BANK_CHARGES: AccountClass.EXPENSE,
    AccountRole.SMALL_DIFF: AccountClass.EXPENSE,
    AccountRole.PENALTIES_EXP: AccountClass.EXPENSE,
    AccountRole.COGS: AccountClass.EXPENSE,
    AccountRole.BAD_DEBT_EXP: AccountClass.EXPENSE,
    AccountRole.AGENCY_FEES_EXP: AccountClass.EXPENSE,
}

# A line on one of these roles names the open item it changes, so that the sub-ledger and the
# control account can be compared to the cent (INV-09). The others have no items.
ITEM_ROLES: Final = frozenset(
    {AccountRole.AR, AccountRole.AR_DEDUCTION, AccountRole.UNAPPLIED_CASH}
)

# Items on these roles are what a customer owes; a line on them names the customer too.
RECEIVABLE_ROLES: Final = frozenset({AccountRole.AR, AccountRole.AR_DEDUCTION})

"""Where customers pay to: our account for a currency, as the people of its country write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from concilia.dunning.core.epc import EURO, compact_iban, is_valid_iban

SETTING: Final = "pay_to"
FIELDS: Final = (
    "holder",
    "iban",
    "bic",
    "bank",
    "sort_code",
    "account_number",
    "routing_number",
    "creditor_id",
)
BRITISH_LENGTH: Final = 22
TEXT_MAX: Final = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTo:
    """
    An account of ours. Where there is a national number, people type that; the IBAN stands beside.

    :param holder: exactly as the bank has it: the payer's bank compares (verification of payee)
    """

    currency: str
    holder: str
    iban: str = ""
    bic: str = ""
    bank: str = ""
    sort_code: str = ""
    account_number: str = ""
    routing_number: str = ""
    creditor_id: str = ""

    @property
    def has_code(self) -> bool:
        """Whether a QR code for a transfer can be made: euro, and an IBAN."""
        return self.currency == EURO and is_valid_iban(self.iban)

    @property
    def is_usable(self) -> bool:
        """Whether somebody can pay to it at all."""
        return bool(self.iban or self.account_number)


def pay_to(
    kept: Mapping[str, Any] | None, *, currency: str, holder: str, iban: str = "", bank: str = ""
) -> PayTo:
    """
    Return the account for a currency: what the company set, else the one its statements come from.

    :param kept: the company's setting, by currency; what is not text in it is left out
    """
    own = (kept or {}).get(currency)
    told = {
        name: " ".join(str(own[name]).split())[:TEXT_MAX]
        for name in FIELDS
        if isinstance(own, Mapping) and isinstance(own.get(name), str)
    }
    account = compact_iban(told.get("iban") or ("" if told.get("account_number") else iban))
    british = account if len(account) == BRITISH_LENGTH and account.startswith("GB") else ""
    sort_code = british[8:14]
    return PayTo(
        currency=currency,
        holder=told.get("holder") or holder[:TEXT_MAX],
        iban=account,
        bic=told.get("bic", "").replace(" ", "").upper(),
        bank=told.get("bank") or bank,
        sort_code=told.get("sort_code") or "-".join([sort_code[:2], sort_code[2:4], sort_code[4:]])
        if british or told.get("sort_code")
        else "",
        account_number=told.get("account_number") or british[14:],
        routing_number=told.get("routing_number", ""),
        creditor_id=told.get("creditor_id", "").replace(" ", "").upper(),
    )


def in_fours(text: str) -> str:
    """Return a long number in groups of four, as people read and type it."""
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))

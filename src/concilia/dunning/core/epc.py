"""
The QR code of a credit transfer that banks' apps in the euro area read: EPC069-12, version 2.

The text has one value a line. A reader fills in beneficiary, account, amount and reference; the
payer only confirms.
"""

from __future__ import annotations

from typing import Final

from concilia.kernel.money import Money
from concilia.kernel.references import is_valid_rf

EURO: Final = "EUR"
NAME_MAX: Final = 70
BYTES_MAX: Final = 331
AMOUNT_MAX: Final = 99_999_999_999  # cents
IBAN_MIN, IBAN_MAX = 15, 34
BIC_LENGTHS: Final = frozenset({8, 11})
ERROR_CORRECTION: Final = "M"
_MODULUS: Final = 97


class CodeRefused(ValueError):
    """A transfer cannot be put into such a code; the message says why."""


def epc_text(*, name: str, iban: str, amount: Money, reference: str, bic: str = "") -> str:
    """
    Return what the code of a transfer says.

    :param name: the holder of the account; more than 70 characters are cut
    :param reference: a structured creditor reference (ISO 11649)
    :raises CodeRefused: for another currency than the euro, amounts the scheme does not carry, an
        account or a reference with wrong check digits
    """
    account = compact_iban(iban)
    if amount.currency != EURO:
        raise CodeRefused(f"the scheme carries euro only, not {amount.currency}")
    if not 0 < amount.minor <= AMOUNT_MAX:
        raise CodeRefused("the scheme carries 0.01 to 999,999,999.99 euro")
    if not is_valid_iban(account):
        raise CodeRefused("the check digits of the account are wrong")
    if not is_valid_rf(reference):
        raise CodeRefused("the check digits of the reference are wrong")
    if bic and len(bic) not in BIC_LENGTHS:
        raise CodeRefused("a BIC has 8 or 11 characters")
    holder = " ".join(name.split())[:NAME_MAX]
    euro = f"EUR{amount.minor // 100}.{amount.minor % 100:02d}"
    structured = "".join(reference.split()).upper()
    text = "\n".join(["BCD", "002", "1", "SCT", bic, holder, account, euro, "", structured])
    if not holder or len(text.encode()) > BYTES_MAX:
        raise CodeRefused("the name of the beneficiary is missing or too long")
    return text


def compact_iban(iban: str) -> str:
    """Return an IBAN without blanks, in capitals."""
    return "".join(iban.split()).upper()


def is_valid_iban(iban: str) -> bool:
    """Whether the check digits of an IBAN hold (ISO 13616)."""
    text = compact_iban(iban)
    if not (IBAN_MIN <= len(text) <= IBAN_MAX and text.isascii() and text.isalnum()):
        return False
    if not (text[:2].isalpha() and text[2:4].isdigit()):
        return False
    number = "".join(str(int(character, 36)) for character in text[4:] + text[:4])
    return int(number) % _MODULUS == 1

"""
Numbers that look real and pass their checks, and cannot belong to anybody: bank codes, tax office
codes and registers used here have never been given out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

ODD_VALUES = (
    1,
    0,
    5,
    7,
    9,
    13,
    15,
    17,
    19,
    21,
    2,
    4,
    18,
    20,
    11,
    3,
    6,
    8,
    12,
    14,
    16,
    10,
    22,
    25,
    24,
    23,
)
GB_WEIGHTS = (8, 7, 6, 5, 4, 3, 2)
FRENCH_KEY_WEIGHTS = (89, 15, 3)
SPANISH_WEIGHTS = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)


def as_digits(text: str) -> int:
    """Write letters as two digits, A = 10 … Z = 35, as ISO 7064 does."""
    return int("".join(str(int(char, 36)) for char in text))


def iban_of(country: str, serial: int) -> str:
    """Give the IBAN number `serial` of a bank that does not exist in `country`."""
    bban = BBAN_MAKERS[country](serial)
    check = 98 - as_digits(f"{bban}{country}00") % 97
    return f"{country}{check:02d}{bban}"


def creditor_reference(body: str) -> str:
    """Give the ISO 11649 reference of `body` (domain.md TV-6.1)."""
    check = 98 - as_digits(f"{body}RF00") % 97
    return f"RF{check:02d}{body}"


def vat_number_of(country: str, serial: int) -> str:
    """Give a VAT number of `country` whose check digits are right and whose range is not in use."""
    return country + VAT_MAKERS[country](serial)


def _italian_bban(serial: int) -> str:
    body = f"99417{99000 + serial % 37:05d}{serial:012d}"
    letters = sum(
        ODD_VALUES[int(char)] if index % 2 == 0 else int(char) for index, char in enumerate(body)
    )
    return chr(ord("A") + letters % 26) + body


def _french_bban(serial: int) -> str:
    bank, branch, account = "99417", "00999", f"{serial:011d}"
    parts = zip(FRENCH_KEY_WEIGHTS, (bank, branch, account), strict=True)
    key = 97 - sum(weight * int(part) for weight, part in parts) % 97
    return f"{bank}{branch}{account}{key:02d}"


def _spanish_check(digits: str) -> int:
    total = sum(weight * int(char) for weight, char in zip(SPANISH_WEIGHTS, digits, strict=True))
    check = 11 - total % 11
    return {11: 0, 10: 1}.get(check, check)


def _spanish_bban(serial: int) -> str:
    bank, branch, account = "9941", "0099", f"{serial:010d}"
    return f"{bank}{branch}{_spanish_check('00' + bank + branch)}{_spanish_check(account)}{account}"


def _german_bban(serial: int) -> str:
    return f"99417099{serial:010d}"


def _british_bban(serial: int) -> str:
    return f"ZZFB994170{serial:08d}"


def _luhn(digits: str) -> int:
    total = 0
    for char, doubled in zip(reversed(digits), cycle((True, False))):
        value = int(char) * 2 if doubled else int(char)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - sum of the two digits
    return -total % 10


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(char) * weight for char, weight in zip(digits, weights, strict=True))


def _italian_vat(serial: int) -> str:
    body = f"{9900000 + serial:07d}000"  # no tax office has the code 000
    return f"{body}{_luhn(body)}"


def _german_vat(serial: int) -> str:
    body, product = f"{99400000 + serial:08d}", 10
    for char in body:
        total = (int(char) + product) % 10 or 10
        product = 2 * total % 11
    return f"{body}{(11 - product) % 10}"


def _french_vat(serial: int) -> str:
    body = f"0009{serial:04d}"  # a SIREN never starts with 000
    siren = f"{body}{_luhn(body)}"
    return f"{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def _spanish_vat(serial: int) -> str:
    body = f"00{serial:05d}"  # no province has the code 00
    return f"B{body}{_luhn(body)}"


def _british_vat(serial: int) -> str:
    body = f"{9940000 + serial:07d}"
    return f"{body}{97 - _weighted(body, GB_WEIGHTS) % 97:02d}"


BBAN_MAKERS = {
    "IT": _italian_bban,
    "FR": _french_bban,
    "ES": _spanish_bban,
    "DE": _german_bban,
    "GB": _british_bban,
}
VAT_MAKERS = {
    "IT": _italian_vat,
    "FR": _french_vat,
    "ES": _spanish_vat,
    "DE": _german_vat,
    "GB": _british_vat,
}

"""References on payments and papers: ISO 11649, and numbers as people type them."""

from __future__ import annotations

import re
from typing import Final

RF_DIGITS_MAX: Final = 21
_RF: Final = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")
_RF_BODY: Final = re.compile(r"[0-9A-Z]{1,21}")
_MODULUS: Final = 97

_SEPARATORS: Final = re.compile(r"[\s/\-.\u2010-\u2015_]+")
# The longest first, so that FATT is not read as F + ATT. One of them, and only before a digit.
_PREFIX: Final = re.compile(r"^(?:FATT|FACT|FAC|INV|FT|RE)(?=[0-9])")
_PREFIX_LOOKALIKE: Final = re.compile(r"^(?:FATT|FACT|FAC|1NV|FT|RE)(?=[0-9])")
_LOOKALIKES: Final = str.maketrans("OI", "01")


class ReferenceRefused(ValueError):
    """The text cannot carry an ISO 11649 check."""


def make_rf(reference: str) -> str:
    """
    Return the ISO 11649 creditor reference of our own number: `1` gives `RF741`.

    :raises ReferenceRefused: if it is empty, longer than 21 characters, or has other characters
        than letters A-Z and digits (blanks are dropped)
    """
    body = "".join(reference.split()).upper()
    if not reference.isascii() or not _RF_BODY.fullmatch(body):
        raise ReferenceRefused(
            f"{reference[:40]!r} cannot become a creditor reference: 1 to {RF_DIGITS_MAX} "
            "letters A-Z and digits are allowed"
        )
    check = _MODULUS + 1 - _remainder(body + "RF00")
    return f"RF{check:02d}{body}"


def is_valid_rf(reference: str) -> bool:
    """Whether the text is an ISO 11649 reference whose check digits hold; blanks do not matter."""
    compact = "".join(reference.split()).upper()
    return bool(_RF.fullmatch(compact)) and _remainder(compact[4:] + compact[:4]) == 1


def rf_body(reference: str) -> str | None:
    """Return the number inside a valid ISO 11649 reference, or None if it is not valid."""
    return "".join(reference.split()).upper()[4:] if is_valid_rf(reference) else None


def normalise_reference(text: str) -> str:
    """
    Return the bare number behind the ways people type it (domain.md §6.3 M4).

    Blanks and `/ - .` go, then a prefix (FT, FAC, RE, INV ...) before digits, then leading zeros:
    `FT 2026/0012`, `2026-0012` and `ft.20260012` are all `20260012`.
    """
    return _bare(_compact(text), _PREFIX)


def lookalike_key(text: str) -> str:
    """
    Return the normalised number with O read as 0 and I as 1, as scanners confuse them.

    Two references that share this key and not the normalised number are alike, not equal.
    """
    return _bare(_compact(text).translate(_LOOKALIKES), _PREFIX_LOOKALIKE)


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", text).upper()


def _bare(compact: str, prefix: re.Pattern[str]) -> str:
    number = prefix.sub("", _without_zeros(compact), count=1) if compact else ""
    return _without_zeros(number)


def _without_zeros(number: str) -> str:
    return number.lstrip("0") or number[-1:]


def _remainder(text: str) -> int:
    return int("".join(str(int(character, 36)) for character in text)) % _MODULUS

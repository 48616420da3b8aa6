"""Telephone numbers as people write them, in the one form that carriers take: `+393331234567`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Country, its number, and what is dialled before a number inside it. In Italy the 0 stays.
COUNTRIES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "AT": ("43", "0"), "BE": ("32", "0"), "BG": ("359", "0"), "CH": ("41", "0"),
        "CY": ("357", ""), "CZ": ("420", ""), "DE": ("49", "0"), "DK": ("45", ""),
        "EE": ("372", ""), "ES": ("34", ""), "FI": ("358", "0"), "FR": ("33", "0"),
        "GB": ("44", "0"), "GR": ("30", ""), "HR": ("385", "0"), "HU": ("36", "06"),
        "IE": ("353", "0"), "IT": ("39", ""), "LT": ("370", "0"), "LU": ("352", ""),
        "LV": ("371", ""), "MT": ("356", ""), "NL": ("31", "0"), "NO": ("47", ""),
        "PL": ("48", ""), "PT": ("351", ""), "RO": ("40", "0"), "SE": ("46", "0"),
        "SI": ("386", "0"), "SK": ("421", "0"), "SM": ("378", ""), "US": ("1", "1"),
    }
)  # fmt: skip
NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
WRITTEN: Final = re.compile(r"[0-9+()\s./\u00a0\u2011\u2013-]+")
NOT_DIGITS: Final = re.compile(r"[^0-9]")
LENGTH_MIN: Final = 6
LENGTH_MAX: Final = 40


def international(text: str, country: str) -> str:
    """
    Return a number in international form; empty if it is none, or nobody knows of which country.

    :param country: of who has it, for numbers written without one
    """
    bare = text.strip()[:LENGTH_MAX].replace("(0)", "")
    if not WRITTEN.fullmatch(bare):
        return ""
    digits = NOT_DIGITS.sub("", bare)
    if bare.startswith("+"):
        found = f"+{digits}"
    elif digits.startswith("00"):
        found = f"+{digits[2:]}"
    else:
        found = _national(digits, country)
    return found if NUMBER.fullmatch(found) else ""


def _national(digits: str, country: str) -> str:
    known = COUNTRIES.get(country)
    if known is None or len(digits) < LENGTH_MIN:
        return ""
    code, trunk = known
    return f"+{code}{digits.removeprefix(trunk)}"

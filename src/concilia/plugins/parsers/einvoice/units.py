"""Codes of units and of allowances in words a person reads."""

from __future__ import annotations

from typing import Final

# UN/ECE Recommendation 20: pieces need no unit, the others have a sign everybody knows.
PIECES: Final = frozenset({"C62", "H87", "EA", "NAR", "PCE", "ZZ"})
UNITS: Final = {
    "KGM": "kg",
    "GRM": "g",
    "TNE": "t",
    "LTR": "l",
    "HLT": "hl",
    "CLT": "cl",
    "MLT": "ml",
    "MTR": "m",
    "KMT": "km",
    "MTK": "m\u00b2",
    "MTQ": "m\u00b3",
    "HUR": "h",
    "MIN": "min",
    "KWH": "kWh",
    "P1": "%",
}
# UNTDID 5189.
ALLOWANCES: Final = {
    "41": "bonus for works ahead of schedule",
    "42": "other bonus",
    "60": "manufacturer's consumer discount",
    "62": "due to military status",
    "63": "due to work accident",
    "64": "special agreement",
    "65": "production error discount",
    "66": "new outlet discount",
    "67": "sample discount",
    "68": "end-of-range discount",
    "70": "incoterm discount",
    "71": "point of sales threshold allowance",
    "88": "material surcharge or deduction",
    "95": "discount",
    "100": "special rebate",
    "102": "fixed long term",
    "103": "temporary",
    "104": "standard",
    "105": "yearly turnover",
}


def unit_of(code: str | None) -> str | None:
    """Return the unit's sign; nothing for pieces, the code where it has no sign."""
    if code is None or code.strip().upper() in PIECES:
        return None
    return UNITS.get(code.strip().upper(), code.strip())


def reason_of(text: str | None, code: str | None) -> str | None:
    """Return why an allowance or charge was made: in words, else what the code says."""
    return text or ALLOWANCES.get(code or "", code)

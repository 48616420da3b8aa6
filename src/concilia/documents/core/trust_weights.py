"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": 0.307,
    "dropped": 0.108,
    "is claim": 1.064,
    "is other": -0.762,
    "is paper": 1.338,
    "is payment_reply": -0.054,
    "is remittance_advice": 1.315,
    "kind of claim": 0.274,
    "kind of other": 0.799,
    "kind of paper": 0.415,
    "kind of payment_reply": 0.244,
    "kind of remittance_advice": 0.253,
    "length": -1.830,
    "lines": 1.341,
    "loose": -0.035,
    "motive": 0.353,
    "no numbers": -0.154,
    "numbers": -0.325,
    "one amount": -0.127,
    "parts": -0.223,
    "promise": 0.014,
    "reason": 0.246,
    "several amounts": -0.055,
    "some loose": -0.375,
    "some unlabelled": -0.621,
    "something named": 0.007,
    "total": -0.367,
    "unlabelled": -0.200,
}

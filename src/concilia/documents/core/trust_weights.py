"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": 0.118,
    "dropped": 0.119,
    "is claim": 0.983,
    "is other": -0.156,
    "is paper": 1.619,
    "is payment_reply": 0.338,
    "is remittance_advice": 1.617,
    "kind of claim": 0.273,
    "kind of other": 0.729,
    "kind of paper": 0.346,
    "kind of payment_reply": 0.236,
    "kind of remittance_advice": 0.188,
    "length": -2.231,
    "lines": 1.322,
    "loose": -0.050,
    "motive": 0.321,
    "no numbers": -0.322,
    "numbers": -0.316,
    "one amount": -0.050,
    "parts": -0.320,
    "promise": -0.073,
    "reason": 0.246,
    "several amounts": 0.138,
    "some loose": -0.299,
    "some unlabelled": -0.552,
    "something named": 0.051,
    "total": -0.257,
    "unlabelled": -0.204,
}

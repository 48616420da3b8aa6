"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": -0.428,
    "claim in doubt": -2.302,
    "claim of claim sure": -1.199,
    "claim of payment_reply sure": 0.159,
    "claim of remittance_advice sure": -0.137,
    "dropped": -0.063,
    "is claim": -0.172,
    "is other": -0.294,
    "is paper": 1.285,
    "is payment_reply": 0.528,
    "is remittance_advice": 0.700,
    "kind of claim": 0.166,
    "kind of other": 0.666,
    "kind of paper": 0.290,
    "kind of payment_reply": 0.123,
    "kind of remittance_advice": 0.272,
    "length": -0.283,
    "lines": 0.031,
    "loose": 0.019,
    "motive": 0.212,
    "no numbers": -0.347,
    "numbers": -0.186,
    "numbers in doubt": -2.121,
    "numbers sure": -0.440,
    "one amount": 0.337,
    "parts": -0.126,
    "promise": 0.088,
    "reason": 0.205,
    "several amounts": 0.380,
    "some loose": -0.140,
    "some unlabelled": -0.288,
    "something named": -0.604,
    "total": 0.216,
    "unlabelled": 0.018,
}

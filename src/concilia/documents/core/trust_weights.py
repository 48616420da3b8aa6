"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": -0.409,
    "claim in doubt": -2.073,
    "claim of claim sure": -1.124,
    "claim of payment_reply sure": 0.443,
    "claim of remittance_advice sure": -0.369,
    "dropped": -0.156,
    "is claim": -0.215,
    "is other": -0.153,
    "is paper": 0.977,
    "is payment_reply": 0.319,
    "is remittance_advice": 0.855,
    "kind of claim": 0.152,
    "kind of other": 0.619,
    "kind of paper": 0.343,
    "kind of payment_reply": 0.127,
    "kind of remittance_advice": 0.231,
    "length": 0.053,
    "lines": -0.245,
    "loose": 0.018,
    "motive": 0.241,
    "no numbers": -0.243,
    "numbers": -0.210,
    "numbers in doubt": -2.074,
    "numbers sure": -0.435,
    "one amount": 0.243,
    "parts": -0.268,
    "promise": 0.067,
    "reason": 0.213,
    "several amounts": 0.363,
    "some loose": -0.177,
    "some unlabelled": -0.140,
    "something named": -0.711,
    "total": 0.239,
    "unlabelled": -0.058,
}

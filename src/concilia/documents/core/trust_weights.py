"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": -0.506,
    "is claim": 2.169,
    "is other": -0.179,
    "is paper": 1.464,
    "is payment_reply": 2.022,
    "is remittance_advice": 2.726,
    "kind of claim": 0.163,
    "kind of other": 0.233,
    "kind of paper": 0.389,
    "kind of payment_reply": 0.201,
    "kind of remittance_advice": 0.080,
    "length": -4.714,
    "lines": 1.370,
    "motive": 0.261,
    "no numbers": -0.419,
    "numbers": -0.369,
    "one amount": 0.310,
    "parts": -0.832,
    "promise": -0.162,
    "reason": 0.210,
    "several amounts": 0.188,
    "something named": 1.640,
    "total": 0.337,
    "unlabelled": -0.434,
}

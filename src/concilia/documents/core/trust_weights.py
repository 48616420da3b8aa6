"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": 0.224,
    "dropped": 0.089,
    "is claim": 1.079,
    "is other": -0.372,
    "is paper": 1.394,
    "is payment_reply": 0.336,
    "is remittance_advice": 1.505,
    "kind of claim": 0.224,
    "kind of other": 0.675,
    "kind of paper": 0.344,
    "kind of payment_reply": 0.223,
    "kind of remittance_advice": 0.205,
    "length": -2.304,
    "lines": 1.254,
    "loose": -0.030,
    "motive": 0.313,
    "no numbers": -0.255,
    "numbers": -0.323,
    "one amount": 0.029,
    "parts": -0.236,
    "promise": 0.068,
    "reason": 0.248,
    "several amounts": 0.046,
    "some loose": -0.279,
    "some unlabelled": -0.491,
    "something named": 0.362,
    "total": -0.113,
    "unlabelled": -0.206,
}

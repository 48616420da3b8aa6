"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": 0.109,
    "dropped": 0.110,
    "is claim": 0.873,
    "is other": -0.289,
    "is paper": 1.578,
    "is payment_reply": 0.359,
    "is remittance_advice": 1.850,
    "kind of claim": 0.270,
    "kind of other": 0.728,
    "kind of paper": 0.336,
    "kind of payment_reply": 0.221,
    "kind of remittance_advice": 0.197,
    "length": -2.124,
    "lines": 0.932,
    "loose": -0.051,
    "motive": 0.325,
    "no numbers": -0.270,
    "numbers": -0.390,
    "one amount": -0.103,
    "parts": -0.443,
    "promise": -0.052,
    "reason": 0.268,
    "several amounts": 0.061,
    "some loose": -0.266,
    "some unlabelled": -0.664,
    "something named": 0.064,
    "total": -0.197,
    "unlabelled": -0.097,
}

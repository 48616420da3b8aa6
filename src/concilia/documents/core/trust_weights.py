"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": -0.508,
    "dropped": -0.143,
    "is claim": 1.825,
    "is other": -0.525,
    "is paper": 1.334,
    "is payment_reply": 1.715,
    "is remittance_advice": 2.475,
    "kind of claim": 0.171,
    "kind of other": 0.280,
    "kind of paper": 0.410,
    "kind of payment_reply": 0.185,
    "kind of remittance_advice": 0.077,
    "length": -3.780,
    "lines": 1.597,
    "loose": -0.087,
    "motive": 0.271,
    "no numbers": -0.345,
    "numbers": -0.416,
    "one amount": 0.268,
    "parts": -0.849,
    "promise": -0.315,
    "reason": 0.218,
    "several amounts": 0.203,
    "some loose": -0.502,
    "some unlabelled": -0.311,
    "something named": 1.559,
    "total": 0.341,
    "unlabelled": -0.310,
}

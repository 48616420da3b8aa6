"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": 0.285,
    "dropped": 0.087,
    "is claim": 1.187,
    "is other": -0.281,
    "is paper": 1.482,
    "is payment_reply": 0.393,
    "is remittance_advice": 1.564,
    "kind of claim": 0.202,
    "kind of other": 0.708,
    "kind of paper": 0.356,
    "kind of payment_reply": 0.219,
    "kind of remittance_advice": 0.191,
    "length": -2.480,
    "lines": 1.427,
    "loose": -0.043,
    "motive": 0.330,
    "no numbers": -0.313,
    "numbers": -0.318,
    "one amount": -0.017,
    "parts": -0.224,
    "promise": 0.061,
    "reason": 0.256,
    "several amounts": 0.085,
    "some loose": -0.364,
    "some unlabelled": -0.320,
    "something named": 0.418,
    "total": -0.113,
    "unlabelled": -0.332,
}

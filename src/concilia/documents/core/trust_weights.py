"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    "amounts, none claimed": -0.232,
    "claim in doubt": -2.426,
    "claim of claim sure": -1.231,
    "claim of payment_reply sure": 1.039,
    "claim of remittance_advice sure": -0.086,
    "dropped": 0.113,
    "is claim": 0.036,
    "is other": 0.308,
    "is paper": 1.068,
    "is payment_reply": -0.114,
    "is remittance_advice": 1.544,
    "kind of claim": 0.174,
    "kind of other": 0.831,
    "kind of paper": 0.445,
    "kind of payment_reply": 0.235,
    "kind of remittance_advice": 0.293,
    "length": -0.181,
    "lines": -0.807,
    "loose": 0.047,
    "motive": 0.322,
    "no numbers": -0.523,
    "numbers": -0.177,
    "numbers in doubt": -2.250,
    "numbers sure": -0.299,
    "one amount": 0.211,
    "parts": -0.205,
    "promise": 0.288,
    "reason": 0.233,
    "several amounts": 0.376,
    "some loose": -0.192,
    "some unlabelled": 0.013,
    "something named": -0.501,
    "total": 0.114,
    "unlabelled": -0.259,
}

"""How much each sign of a reading speaks for it: written by `tools/fit_trust.py`."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {}

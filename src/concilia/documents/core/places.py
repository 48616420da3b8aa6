"""Stretches of a text, to be asked which places and other stretches lie in one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

Span = tuple[int, int]


class Places:
    """Stretches [start, end) of a text; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reached = [*accumulate((end for _, end in ordered), max)]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __contains__(self, place: int) -> bool:
        return self.holds(place, place + 1)

    def holds(self, start: int, end: int) -> bool:
        """Return whether one of them has all characters [start, end) in it."""
        at = bisect_right(self._starts, start)
        return at > 0 and end <= self._reached[at - 1]

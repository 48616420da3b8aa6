"""Whether a sum tells which items are meant."""

from __future__ import annotations

from itertools import combinations


def is_only(amounts: list[int], target: int, size: int) -> bool | None:
    """
    Whether one combination makes the target; None where there are too many to tell.

    An invoice and a credit that cancel each other may be added to any: that is no other answer.
    """
    if len(amounts) > 16:
        return None
    hits: list[set[int]] = []
    for taken in range(1, len(amounts) + 1):
        for places in combinations(range(len(amounts)), taken):
            if sum(amounts[place] for place in places) == target:
                if not any(hit <= set(places) for hit in hits):
                    hits.append(set(places))
                if len(hits) > 1:
                    return False
    return len(hits) == 1

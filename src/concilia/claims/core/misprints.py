"""The number somebody meant when they wrote one that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from concilia.kernel.references import lookalike_key, normalise_reference

EDITS_MAX: Final = 2
NOT_WRITTEN: Final = re.compile(r"[\W_]+")
CHARACTERS_MIN: Final = 5
ENDING_MIN: Final = 3


def likely_number(printed: str, candidates: Iterable[str]) -> str | None:
    """
    The only candidate that is the printed number but for a slip: letters read as digits, one or two
    characters wrong, missing, doubled or swapped; or the only one that ends in it. None where there
    is none, or two are as near.

    Numbers below five characters are too short for slips, below three for endings.
    """
    wanted, known = normalise_reference(printed), list(dict.fromkeys(candidates))
    ending = _compact(printed)
    ends = [number for number in known if _compact(number).endswith(ending)]
    if len(ending) >= ENDING_MIN and len(ends) == 1:
        return ends[0]
    return _nearest(wanted, printed, known) if len(wanted) >= CHARACTERS_MIN else None


def _nearest(wanted: str, printed: str, candidates: Iterable[str]) -> str | None:
    nearest: dict[int, list[str]] = {}
    for number in candidates:
        distance = _distance(wanted, printed, number)
        if distance is not None:
            nearest.setdefault(distance, []).append(number)
    best = nearest[min(nearest)] if nearest else []
    return best[0] if len(best) == 1 else None


def differing(printed: str, meant: str) -> tuple[tuple[str, bool], ...]:
    """The meant number in stretches, each with whether it differs from what was printed."""
    stretches: list[tuple[str, bool]] = []
    for edit in Levenshtein.opcodes(printed, meant):
        piece = meant[edit.dest_start : edit.dest_end]
        if piece:
            stretches.append((piece, edit.tag != "equal"))
    return tuple(stretches)


def _compact(number: str) -> str:
    return NOT_WRITTEN.sub("", number).upper()


def _distance(wanted: str, printed: str, number: str) -> int | None:
    if lookalike_key(printed) == lookalike_key(number):
        return 0
    distance = OSA.distance(wanted, normalise_reference(number), score_cutoff=EDITS_MAX)
    return int(distance) if distance <= EDITS_MAX else None

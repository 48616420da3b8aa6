"""
Sign many like requests together, after some of them were judged one by one.

Alike is: one reason, one verdict, one act, one band of amounts. The sample is drawn by lot, so that
nobody chooses what is looked at; its seed is kept, so that anybody can draw it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from concilia.kernel.currencies import exponent_of

ALIKE_MIN: Final = 3
SAMPLE_MIN: Final = 5
SAMPLE_MAX: Final = 60
SAMPLE_SHARE: Final = 10  # one in ten
BATCH_MAX: Final = 5_000
# Upper ends of the bands, in whole units of the company's currency; what lies above is the last.
BANDS: Final = (100, 500, 2_500, 10_000, 50_000)


@dataclass(frozen=True, slots=True, order=True)
class Alike:
    """What requests have in common that are signed together; `band` counts from 0."""

    reason: str
    verdict: str
    act: str
    band: int

    @property
    def key(self) -> str:
        """As it is written in an address: `NC-01.VALID.APPROVE_CLAIM.2`."""
        return f"{self.reason}.{self.verdict}.{self.act}.{self.band}"


def band_of(minor: int, currency: str) -> int:
    """The band an amount lies in."""
    units = minor / 10 ** exponent_of(currency)
    return next((n for n, most in enumerate(BANDS) if units <= most), len(BANDS))


def band_ends(band: int) -> tuple[int, int | None]:
    """From and to where a band reaches, in whole units; None is without an end."""
    return (BANDS[band - 1] if band else 0), (BANDS[band] if band < len(BANDS) else None)


def sample_size(count: int) -> int:
    """
    How many of `count` are judged one by one: one in ten, at least 5, at most 60.

    After 60 without a mistake one may be 95 % sure that fewer than 1 in 20 is wrong.
    """
    tenth = -(-count // SAMPLE_SHARE)
    return min(count, max(SAMPLE_MIN, min(SAMPLE_MAX, tenth)))


def draw(seed: str, keys: Iterable[int], size: int) -> frozenset[int]:
    """
    Draw a sample: the same seed and keys give the same one, on every machine.

    One more key in the pot moves at most one out of the sample: nobody gets another sample by
    waiting for one more request.
    """
    return frozenset(sorted(set(keys), key=lambda key: _lot(seed, key))[:size])


def _lot(seed: str, key: int) -> bytes:
    return hashlib.sha256(f"{seed}:{key}".encode()).digest()


@dataclass(frozen=True, slots=True)
class Judged:
    """How far the sample has come: how many are right, wrong, and left to judge."""

    right: int
    wrong: int
    left: int

    @property
    def lets_the_rest(self) -> bool:
        """Whether the rest may be signed together: all were judged, and not one was wrong."""
        return not self.wrong and not self.left


def judged(outcomes: Sequence[str | None]) -> Judged:
    """
    What the sample says, by what was done to each: approved is right, anything else is wrong.

    :param outcomes: None where nobody has judged yet
    """
    right = sum(outcome == "APPROVE" for outcome in outcomes)
    left = sum(outcome is None for outcome in outcomes)
    return Judged(right, len(outcomes) - right - left, left)

"""The words of a payment's text that the engine relies on, marked where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.matching.mentions import BARE, find_mentions
from concilia.matching.numbering import NumberIndex
from concilia.matching.reasons import DISCOUNT_EARNED, DISCOUNT_UNEARNED, find_reason
from concilia.matching.scanning import plain, scan

NUMBER: Final = "number"
DISCOUNT: Final = "discount"
REASON: Final = "reason"
DISCOUNTS: Final = frozenset({DISCOUNT_EARNED, DISCOUNT_UNEARNED})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text; `kind` is `number`, `discount`, `reason` or empty."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """The text in pieces that make it again, and which of the numbers asked for it names."""

    pieces: tuple[Piece, ...]
    named: frozenset[int]


def mark(text: str, numbers: Sequence[tuple[str, date | None]], codes: Mapping[str, str]) -> Marked:
    """
    Find what a text says of these documents, and why less was paid.

    :param numbers: document numbers with their issue dates
    :param codes: the payers' own deduction codes to canonical reasons
    :return: the named documents as positions in `numbers`
    """
    if not text:
        return Marked((), frozenset())
    index = NumberIndex(numbers)
    mentions = find_mentions(scan(text), index).items
    spans = [(one.start, one.end, NUMBER) for one in mentions if one.strength >= BARE]
    named = {p for one in mentions if one.strength >= BARE for p in one.options}
    reason = find_reason(text, codes)
    if reason:
        kind = DISCOUNT if reason.code in DISCOUNTS else REASON
        spans.append((reason.start, reason.start + len(reason.words), kind))
    return Marked(_pieces(text, spans), frozenset(named))


def _pieces(text: str, spans: Sequence[tuple[int, int, str]]) -> tuple[Piece, ...]:
    places = _places(text)
    pieces: list[Piece] = []
    at = 0
    for start, end, kind in sorted(spans):
        first, last = places[min(start, len(places) - 1)], places[min(end, len(places) - 1)]
        if first < at or last <= first:
            continue  # inside what is marked already
        pieces += [Piece(text[at:first]), Piece(text[first:last], kind)]
        at = last
    pieces.append(Piece(text[at:]))
    return tuple(piece for piece in pieces if piece.text)


def _places(text: str) -> list[int]:
    """For each character the engine sees, and for the end, where it stands in the original."""
    places = [at for at, character in enumerate(text) for _ in plain(character)]
    return [*places, len(text)]

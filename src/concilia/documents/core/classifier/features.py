"""
What the classifier looks at: words, pairs of words, pieces of words, and what phrases spoke for.

A feature is a string, so that a model can be read and a decision explained: `w:manca`,
`p:manca collo`, `c:_manc`, `x:NC-01` (how strongly the phrase book speaks for a label).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from concilia.documents.core.words import Token

PIECE: Final = 4  # letters; shorter words are known whole
WORD_MAX: Final = 24
TOKENS_MAX: Final = 600  # what has not been said by then is a list
SKIPPED: Final = 1
DIGITS: Final = re.compile(r"[\d#]+")
PHRASE_SCALE: Final = 6.0  # points of score that count as one clear phrase
PHRASE_MAX: Final = 2.0
PAIR_SHARE: Final = 0.8
PIECE_SHARE: Final = 0.5
TEXT_SHARE: Final = 4.0  # all words together against one sign of another sort


@dataclass(frozen=True, slots=True)
class Features:
    """
    A document as the classifier sees it.

    `values` are weights by feature; `places` the tokens [first, last] of each word or pair, for
    showing where a decision comes from.
    """

    values: Mapping[str, float]
    places: Mapping[str, tuple[int, int]]


def features_of(tokens: Sequence[Token], given: Mapping[str, float]) -> Features:
    """
    Return the features of a text and of what is known about its document.

    Words count once, however often they stand there, and together as much as in any other text:
    a long letter is not surer than a short one.

    :param tokens: the live text's words, folded
    :param given: further features with their values, as they are (phrase scores, format …)
    """
    places = _places(tokens[:TOKENS_MAX])
    values: dict[str, float] = {}
    pieces: dict[str, float] = {}
    for name in places:
        values[name] = 1.0 if name[0] == "w" else PAIR_SHARE
        if name[0] == "w":
            pieces |= dict.fromkeys(_pieces(name[2:]), PIECE_SHARE)
    values |= pieces
    whole = math.sqrt(sum(value * value for value in values.values())) or 1.0
    scaled = {name: TEXT_SHARE * value / whole for name, value in values.items()}
    scaled.update(given)
    return Features(scaled, places)


def phrase_features(prefix: str, scores: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return how strongly a phrase book speaks for each label, between 0 and 2, and the best."""
    found = {f"{prefix}:{label}": min(score / PHRASE_SCALE, PHRASE_MAX) for label, score in scores}
    best = max(found.values(), default=0.0)
    for name, value in [*found.items()]:
        if value >= best:
            found[f"{name}!"] = min(best, 1.0)  # the best of them all
    return found


def masked(word: str) -> str:
    """Return a word as it is counted: a number by how it looks, a reference by its letters."""
    return word[:WORD_MAX] if word.isalpha() else DIGITS.sub("#", word[:WORD_MAX])


def _places(tokens: Sequence[Token]) -> dict[str, tuple[int, int]]:
    places: dict[str, tuple[int, int]] = {}
    words = [masked(token.text) for token in tokens]
    sentences = [token.sentence for token in tokens]
    for index, word in enumerate(words):
        places.setdefault(f"w:{word}", (index, index))
        for joint, last in (("p", index + 1), ("s", index + 1 + SKIPPED)):
            if last < len(words) and sentences[last] == sentences[index]:
                places.setdefault(f"{joint}:{word} {words[last]}", (index, last))
    return places


def _pieces(word: str) -> Iterable[str]:
    """Yield the beginnings, middles and ends of a word: spelling errors leave most of them."""
    if len(word) < PIECE or "#" in word:
        return
    padded = f"_{word}_"
    for start in range(len(padded) - PIECE + 1):
        yield "c:" + padded[start : start + PIECE]

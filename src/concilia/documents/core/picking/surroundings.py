"""
What stands around a number or a sum: the words before and after it, what they mean, what paper
they name.

A sign is a string with a weight, as those of the classifier (`classifier/features.py`):
`b0:albaran` (the word right before), `B:pedido` (a word before in its sentence), `zb:missing` (a
concept).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from concilia.documents.core.classifier.features import masked as counted
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.concepts import concepts_in
from concilia.documents.core.references import label_places, masked
from concilia.documents.core.words import Token, fold

BEFORE: Final = 8
AFTER: Final = 6
PLACED_BEFORE: Final = 4  # words whose distance counts
PLACED_AFTER: Final = 3
NEAR: Final = 3
FAR_SHARE: Final = 0.6
OTHER_SENTENCE: Final = 0.5
LABEL_BEFORE_CHARS: Final = 90
LABEL_AFTER_CHARS: Final = 40
DISTANCES: Final = (6, 20)
BLANK: Final = re.compile(r"\s")
LETTER: Final = re.compile(r"\w")

Signs = dict[str, float]


class Surroundings:
    """The words of a document's live text, ready to be looked up by place."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.tokens = context.tokens
        self._starts = [token.start for token in context.tokens]

    @cached_property
    def labels(self) -> Sequence[tuple[int, int, str]]:
        """Where words for papers stand, and of which kind they are."""
        return label_places(fold(masked(self.context.live)))

    def signs(self, start: int, end: int) -> Signs:
        """Return what stands around characters [start, end) of the live text."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        before = self.tokens[max(0, first - BEFORE) : first]
        after = self.tokens[last : last + AFTER]
        sentence = self.tokens[min(first, len(self.tokens) - 1)].sentence if self.tokens else 0
        signs: Signs = {"always": 1.0}
        _note_words(signs, "b", before[::-1], PLACED_BEFORE, sentence)
        _note_words(signs, "a", after, PLACED_AFTER, sentence)
        if len(before) > 1:
            signs[f"bb:{counted(before[-2].text)} {counted(before[-1].text)}"] = 1.0
        self._note_concepts(signs, before, after)
        self._note_labels(signs, start, end)
        text = self.context.live
        signs["pb:" + BLANK.sub("_", text[max(0, start - 2) : start])] = 1.0
        signs["pa:" + BLANK.sub("_", LETTER.sub("w", text[end : end + 2]))] = 1.0
        if start < self.context.body_start:
            signs["subject"] = 1.0
        return signs

    def _note_concepts(self, signs: Signs, before: list[Token], after: list[Token]) -> None:
        language = self.context.language or ""
        for concept, _, last in concepts_in(before, language):
            near = last >= len(before) - NEAR
            _add(signs, f"zb:{concept}", 1.0 if near else FAR_SHARE)
        for concept, first, _ in concepts_in(after, language):
            _add(signs, f"za:{concept}", 1.0 if first < NEAR else FAR_SHARE)

    def _note_labels(self, signs: Signs, start: int, end: int) -> None:
        before = [(start - e, kind) for _, e, kind in self.labels if start - e >= 0]
        after = [(s - end, kind) for s, _, kind in self.labels if s - end >= 0]
        for name, found, reach in (
            ("lb", before, LABEL_BEFORE_CHARS),
            ("la", after, LABEL_AFTER_CHARS),
        ):
            distance, kind = min(found, default=(reach, ""))
            if distance < reach:
                signs[f"{name}:{kind}"] = 1.0
                signs[f"{name}:{kind}:{bisect_left(DISTANCES, distance)}"] = 1.0


def _note_words(
    signs: Signs, side: str, nearest_first: list[Token], placed: int, sentence: int
) -> None:
    for distance, token in enumerate(nearest_first):
        word, inside = counted(token.text), token.sentence == sentence
        if distance < placed:
            signs[f"{side}{distance}:{word}"] = 1.0 if inside else OTHER_SENTENCE
        if inside:
            signs[f"{side.upper()}:{word}"] = FAR_SHARE


def _add(signs: Signs, name: str, weight: float) -> None:
    signs[name] = max(weight, signs.get(name, 0.0))

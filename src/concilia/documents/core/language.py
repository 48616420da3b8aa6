"""
Which of the five languages a text is in: by its small words, by words of the trade, by its letters.

Our own phrase books are all it learns from. On single sentences of the letters in the tests that is
as good as the general models we tried, which take a second to load and want to write files.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import Final

from concilia.documents.core.lexicon.small_words import SMALL_WORDS
from concilia.documents.core.scoring import own_reasons, phrases_of
from concilia.documents.core.words import fold
from concilia.kernel.languages import LANGUAGES

WORD: Final = re.compile(r"[a-z]+")
# Addresses and numbers: the `de` of `shop.de` and of `DE12 …` is no Spanish, nor French.
NO_WORD: Final = re.compile(
    r"@|://|^www\.|\.(?:de|com|it|fr|es|eu|net|org|at|ch|uk)\b|^[A-Za-z]{1,4}-?\d"
)
SAMPLE_CHARS: Final = 3000
CLEAR_LEAD: Final = 1.35
CLEAR_HITS: Final = 4
TRADE_HITS: Final = 2
LETTERS_MIN: Final = 8
LETTERS: Final = re.compile(r"[^\W\d_]+")
SMALL_WORD_WEIGHT: Final = 20
SMOOTHING: Final = 0.5
GROUPS: Final = 10_000  # as many different ones as there may be


def detect_language(text: str) -> str | None:
    """Return `en it fr es de`, the likeliest one; None where there are hardly any words."""
    sample = " ".join(
        word for word in text[:SAMPLE_CHARS].split() if word.isalpha() or not NO_WORD.search(word)
    )
    words = WORD.findall(fold(sample))
    if sum(len(word) for word in words) < LETTERS_MIN:
        return None
    hits = {name: sum(word in SMALL_WORDS[name] for word in words) for name in LANGUAGES}
    clear = _clear(hits, CLEAR_HITS)
    if clear is not None:
        return clear
    trade = {name: hits[name] + _trade_words(name, words) for name in LANGUAGES}
    clear = _clear(trade, TRADE_HITS)
    if clear is not None:
        return clear
    return _by_letters(sample)


def _clear(hits: dict[str, int], needed: int) -> str | None:
    """Return the language that leads by far, if one does."""
    best, second = sorted(LANGUAGES, key=lambda name: -hits[name])[:2]
    if hits[best] >= needed and hits[best] >= CLEAR_LEAD * hits[second]:
        return best
    return None


def _trade_words(language: str, words: list[str]) -> int:
    """Count the words our own phrases in a language begin with."""
    matcher = own_reasons(language)
    return sum(
        word in matcher.words or any(word[:size] in matcher.beginnings for size in matcher.lengths)
        for word in words
    )


def _by_letters(text: str) -> str:
    """Return the language whose words have most of the text's groups of three letters."""
    groups = [group for word in LETTERS.findall(text.lower()) for group in _groups(word)]
    scores = {}
    for language in LANGUAGES:
        known, unknown = _profile(language)
        scores[language] = sum(known.get(group, unknown) for group in groups)
    return max(LANGUAGES, key=lambda language: scores[language])


@cache
def _profile(language: str) -> tuple[dict[str, float], float]:
    """
    Return how likely groups of three letters are in a language, as logarithms.

    Learned from our own phrases, which are the words of the trade, and the small words, which are
    in everything.
    """
    counts: Counter[str] = Counter()
    for phrase in phrases_of(language):
        words = {word for each in LETTERS.findall(phrase.lower()) for word in (each, fold(each))}
        counts.update(group for word in words for group in _groups(word))
    for word in SMALL_WORDS[language]:
        counts.update(dict.fromkeys(_groups(word), SMALL_WORD_WEIGHT))
    whole = counts.total() + SMOOTHING * GROUPS
    known = {group: math.log((count + SMOOTHING) / whole) for group, count in counts.items()}
    return known, math.log(SMOOTHING / whole)


def _groups(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[start : start + 3] for start in range(len(padded) - 2)]

"""Sums of money in words: `trecentoventi euro`, `four hundred and fifty pounds`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Generic, TypeVar

from concilia.documents.core.lexicon.number_words import COUNT_WORDS, CURRENCY_WORDS, VALUES

Number = TypeVar("Number")
HUNDRED: Final = 100
THOUSAND: Final = 1000
MONEY_MIN: Final = 10  # below, `due euro` may be anything
WORDS_MAX: Final = 9
WORDS_CHARS: Final = 90
WORD_CHARS_MAX: Final = 44
PIECE_CHARS_MAX: Final = 13
CURRENCY: Final = re.compile(rf"\b(?:{'|'.join(CURRENCY_WORDS)})\b(?!\s?[\d(])")
WORD: Final = re.compile(r"[a-z]+")
LETTERS: Final = re.compile(r"\w+")
DIGIT_BEFORE: Final = re.compile(r"\d\s?$")
GAP: Final = re.compile(r"[ \n-]?")
FOUR: Final = 4
TWENTY: Final = 20


def money_in_words(folded: str) -> Iterator[tuple[int, str, int, int]]:
    """Yield value, currency, start and end of each sum written in words before its currency."""
    for currency in CURRENCY.finditer(folded):
        begin = max(0, currency.start() - WORDS_CHARS)
        before = folded[begin : currency.start()]
        words = list(WORD.finditer(before))[-WORDS_MAX:]
        value, start, end = None, 0, len(before)
        for word in reversed(words):
            pieces = _pieces(word[0])
            if pieces is None or not GAP.fullmatch(before[word.end() : end]):
                break
            start = end = word.start()
            value = [*pieces, *(value or [])]
        spoken = _value(value) if value else 0
        if spoken >= MONEY_MIN and not DIGIT_BEFORE.search(before[:start]):
            yield spoken, CURRENCY_WORDS[currency[0]], begin + start, currency.end()


class Counts(Generic[Number]):
    """The counts of a text with their places, to be looked up by place."""

    def __init__(self, found: Iterable[tuple[int, int, Number]]) -> None:
        """:param found: start, end and value of each, in order"""
        listed = list(found)
        self._starts = [start for start, _, _ in listed]
        self._ends = [end for _, end, _ in listed]
        self.values = [value for _, _, value in listed]

    def within(self, start: int, end: int) -> set[Number]:
        """Return the counts that stand wholly within a stretch of the text."""
        return set(self.values[bisect_left(self._starts, start) : bisect_right(self._ends, end)])


def counts_in_words(folded: str) -> Counts[int]:
    """Return the small counts a text says in words: `nueve cajas`."""
    if COUNT_WORDS.keys().isdisjoint(LETTERS.findall(folded)):
        return Counts(())
    return Counts(
        (found.start(), found.end(), COUNT_WORDS[found[0]])
        for found in LETTERS.finditer(folded)
        if found[0] in COUNT_WORDS
    )


@lru_cache(maxsize=2048)
def _pieces(word: str) -> tuple[int, ...] | None:
    """Return the values a number word is made of, longest first; None for any other word."""
    if len(word) > WORD_CHARS_MAX:
        return None
    for length in range(min(PIECE_CHARS_MAX, len(word)), 1, -1):
        value = VALUES.get(word[:length])
        if value is None:
            continue
        rest = _pieces(word[length:]) if length < len(word) else ()
        if rest is not None:
            return (value, *rest)
    return (0,) if word in {"e", "y"} else None


def _value(pieces: list[int]) -> int:
    """Return what the pieces say: 3, 100, 20 is 320."""
    whole, part, before = 0, 0, 0
    for piece in pieces:
        if piece == THOUSAND:
            whole, part = whole + max(part, 1) * THOUSAND, 0
        elif piece == HUNDRED:
            part = max(part, 1) * HUNDRED
        elif piece == TWENTY and before == FOUR:
            part += FOUR * TWENTY - FOUR  # quatre-vingts
        else:
            part += piece
        before = piece
    return whole + part

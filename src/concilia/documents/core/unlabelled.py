"""
Numbers of papers that stand there without a word before them: `4410 and 4415 are the same`.

What is left when amounts, dates, quantities, telephones and everything counted is taken away is
most likely the number of a paper. Its kind is that of the nearest word for a paper in its sentence,
else an invoice, which is what most people mean who give only a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from concilia.documents.core.lexicon.counts import COUNTED_AFTER, COUNTED_BEFORE, NOT_A_PAPER
from concilia.documents.core.lexicon.labels import UNIT
from concilia.documents.core.references import (
    AMOUNT,
    DATE,
    GOES_ON,
    LABEL,
    YEAR,
    Reference,
    alike,
    masked,
)
from concilia.documents.core.words import SENTENCE_END, fold

NUMBER: Final = re.compile(
    r"(?<![\w.,/+€£$-])(?:[A-Za-z]{1,6}[-/_.]?)?\d[A-Za-z0-9]*(?:[-/_.][A-Za-z0-9]+)*(?![\w])(?!,\d)"
)
BEFORE_CHARS: Final = 70
AFTER_CHARS: Final = 30
WORDS_BEFORE: Final = 22
PLAIN_DIGITS_MIN: Final = 4
DIGITS_MIN: Final = 3
DIGITS_MAX: Final = 16
ROUND: Final = re.compile(r"\d{1,3}[05]0+$")
TELEPHONE: Final = re.compile(r"0\d{2,4}[\s/-]?\d{3,}")
PERIOD: Final = re.compile(
    r"(?:19|20)\d\d[/-](?:19|20)?\d\d|\d{1,2}[/-](?:19|20)\d\d|\d{1,2}-\d{1,2}|\d+[a-z]{1,2}"
)
WORD: Final = re.compile(r"[A-Za-z]{3,}")


def find_unlabelled(text: str, known: Sequence[Reference]) -> list[Reference]:
    """
    Return further numbers of papers in a text, in order.

    :param known: what was found by a word or a telling shape; it stays what it is
    """
    blanked = masked(text)
    folded = fold(blanked)
    labels = _labels(folded)
    found = []
    for match in NUMBER.finditer(blanked):
        start, end = match.start(), match.start() + len(match[0].rstrip(".-/_"))
        if any(each.start < end and start < each.end for each in known):
            continue
        if _is_paper(blanked, folded, start, end):
            found.append((start, end))
    return [
        _kinded(blanked, span, labels, known)
        for span in found
        if _fits(blanked, span, labels, known)
    ]


def _labels(folded: str) -> list[tuple[int, int, str]]:
    return sorted(
        (match.start(), match.end(), kind)
        for kind, pattern in LABEL.items()
        for match in pattern.finditer(folded)
        if len(match[0]) > 1
    )


def _is_paper(text: str, folded: str, start: int, end: int) -> bool:
    value = text[start:end]
    if not _looks_like_one(value) or _is_other(text, value, start, end):
        return False
    if COUNTED_AFTER.match(folded, end):
        return False
    before = folded[max(0, start - WORDS_BEFORE) : start]
    return not (value.isdigit() and COUNTED_BEFORE.search(before))


def _looks_like_one(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    if not DIGITS_MIN <= digits <= DIGITS_MAX or NOT_A_PAPER.match(value):
        return False
    if value.isdigit():
        return _long_enough(value)
    plain = "-" not in value and "/" not in value
    return not (plain and digits < PLAIN_DIGITS_MIN and WORD.match(value))


def _long_enough(value: str) -> bool:
    return len(value) >= PLAIN_DIGITS_MIN and not (
        len(value) <= PLAIN_DIGITS_MIN + 1 and ROUND.fullmatch(value)
    )


def _is_other(text: str, value: str, start: int, end: int) -> bool:
    """Whether it is an amount, a date, a year, a quantity or a telephone number."""
    if AMOUNT.match(text, start) or DATE.fullmatch(value) or YEAR.fullmatch(value):
        return True
    if PERIOD.fullmatch(value):
        return True
    if GOES_ON.match(text, end) or UNIT.match(text, end):
        return True
    return bool(TELEPHONE.match(text, start) and value[0] == "0")


def _sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = max(0, start - BEFORE_CHARS), min(len(text), end + AFTER_CHARS)
    for found in SENTENCE_END.finditer(text, first, start):
        first = found.end()
    stop = SENTENCE_END.search(text, end, last)
    return first, stop.start() if stop else last


def _nearest(
    text: str, span: tuple[int, int], labels: Sequence[tuple[int, int, str]]
) -> str | None:
    """The kind of the nearest word for a paper, before the number rather than after it."""
    first, last = _sentence_bounds(text, *span)
    before = [kind for start, end, kind in labels if first <= start and end <= span[0]]
    after = [kind for start, end, kind in labels if span[1] <= start and end <= last]
    return before[-1] if before else after[0] if after else None


def _fits(
    text: str,
    span: tuple[int, int],
    labels: Sequence[tuple[int, int, str]],
    known: Sequence[Reference],
) -> bool:
    """A number with nothing beside it must look like one that is named, if any is."""
    if _nearest(text, span, labels) is not None:
        return True
    named = [each.value for each in known]
    return not named or any(alike(text[slice(*span)], value) for value in named)


def _kinded(
    text: str,
    span: tuple[int, int],
    labels: Sequence[tuple[int, int, str]],
    known: Sequence[Reference],
) -> Reference:
    value = text[slice(*span)]
    similar = next((each.kind for each in known if alike(value, each.value)), None)
    kind = similar or _nearest(text, span, labels) or "invoice"
    return Reference(kind, value, *span, labelled=False)

"""Letters that belong to a number behind a blank: `TW 30081`, `TB 51-220`; none that are words."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from concilia.documents.core.lexicon.labels import NUMBER_WORDS, PREFIXES
from concilia.documents.core.lexicon.no_series import NO_SERIES
from concilia.documents.core.references import COUNTING, CURRENCIES, Reference, label_places
from concilia.documents.core.words import fold

LETTERS: Final = re.compile(r"(?<![\w/.&-])[A-Z]{2,3} $")
PREFIXED: Final = re.compile(r"([A-Z]{2,6}) (?=\d)")
LETTERS_CHARS: Final = 6
CAPITALS: Final = re.compile(r"\b[A-Z]{3,}\b")
CAPITALS_MAX: Final = 2
WORDS: Final = re.compile(rf"{NUMBER_WORDS}\Z")
DIGITS_MIN: Final = 4


def with_series(reference: Reference, text: str) -> Reference:
    """Return a number with the letters before it, as printed, if they are no label's."""
    labelled = PREFIXED.match(reference.value)
    if labelled is not None and labelled[1] in PREFIXES and not reference.labelled:
        cut = labelled.end()
        value, kind = reference.value[cut:], PREFIXES[labelled[1]]
        return replace(reference, kind=kind, value=value, start=reference.start + cut)
    start = reference.start
    if sum(map(str.isdigit, reference.value)) < DIGITS_MIN or not reference.value[0].isdigit():
        return reference
    found = LETTERS.search(text, max(0, start - LETTERS_CHARS), start)
    if found is None or _is_a_word(found[0].strip()) or _is_in_capitals(text, start):
        return reference
    begin = found.start()
    return replace(reference, value=text[begin : reference.end], start=begin)


def _is_a_word(letters: str) -> bool:
    if (
        letters in PREFIXES
        or letters in NO_SERIES | COUNTING | CURRENCIES
        or WORDS.match(fold(letters))
    ):
        return True
    return bool(label_places(fold(letters)))


def _is_in_capitals(text: str, start: int) -> bool:
    """Whether the line is written in capitals, of which all words look like series."""
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)]
    return len(CAPITALS.findall(line)) > CAPITALS_MAX

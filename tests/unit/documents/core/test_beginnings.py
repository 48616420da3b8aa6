"""Patterns filed under their first letters find what the whole patterns find."""

from __future__ import annotations

import re
from pathlib import Path
from string import ascii_lowercase

import pytest

from concilia.documents.core.beginnings import (
    alternatives,
    at_word_start,
    by_letter,
    first_letters,
)
from concilia.documents.core.lexicon.labels import LABELS
from concilia.documents.core.references import label_places
from concilia.documents.core.words import fold

LETTERS = [*sorted((Path(__file__).parent / "letters").glob("*.txt"))]


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_words_for_papers_are_found_as_by_the_whole_patterns(path: Path):
    text = fold(path.read_text())
    starts = [found.start() for found in re.finditer(r"[a-z](?<![\w-][a-z])", text)]
    expected = []
    for kind, words in LABELS.items():
        whole, end = re.compile(rf"(?:{words})(?![a-z])"), 0
        for start in starts:
            if start >= end and (found := whole.match(text, start)):
                end = found.end()
                expected.append((start, end, kind))

    assert list(label_places(text)) == expected


def test_a_pattern_is_cut_only_outside_of_its_brackets():
    assert alternatives(r"a(?:b|c)|[|]d|\|e") == ["a(?:b|c)", "[|]d", r"\|e"]


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("invoice", "i"),
        ("(?:my |our )?number", "mno"),
        (r"(?<!\bpas )compte", "c"),
        ("(?:bestellt|ordered) mit", "bo"),
        ("n?umber", ascii_lowercase),
        (r"\d+", ascii_lowercase),
        ("(?:a?)b", ascii_lowercase),
    ],
)
def test_first_letters_are_all_a_match_may_begin_with(pattern: str, letters: str):
    assert first_letters(pattern) == frozenset(letters)


def test_the_first_alternative_that_fits_counts():
    filed = by_letter({"paper": "in|inv|invoice"}, end="(?![a-z])")

    (name, match), *others = filed["i"]
    found = match("an invoice", 3)

    assert not others
    assert name == "paper"
    assert found is not None
    assert found[0] == "invoice"
    assert filed["v"] == []


def test_a_word_within_another_does_not_begin_there():
    pattern = re.compile(at_word_start("eur|usd"))

    assert [found.start() for found in pattern.finditer("eur neur usd xusd")] == [0, 9]


def test_alternatives_that_begin_with_no_letter_are_refused():
    with pytest.raises(ValueError, match="begin with a letter"):
        at_word_start(r"eur|\d")

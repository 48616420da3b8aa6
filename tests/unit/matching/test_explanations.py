from __future__ import annotations

from string import Formatter

import pytest

from concilia.matching.explanations import LANGUAGES, explain, from_json, listing, part, render
from concilia.matching.sentences import SENTENCES


class TestSentences:
    @pytest.mark.parametrize("key", SENTENCES)
    def test_every_language_fills_in_the_same_words(self, key):
        fields = [
            {name for _, name, _, _ in Formatter().parse(sentence) if name}
            for sentence in SENTENCES[key]
        ]

        assert len(SENTENCES[key]) == len(LANGUAGES)
        assert all(names == fields[0] for names in fields)
        assert len(set(SENTENCES[key])) == len(LANGUAGES)


class TestRender:
    def test_one_line_in_the_clerks_language(self):
        explanation = explain(part("numbers", documents="FT 1"), None, part("review"))

        assert render(explanation, "it") == "La causale indica FT 1. Una persona conferma."
        assert render(explanation, "xx") == "The text names FT 1. A person confirms it."

    def test_survives_storage(self):
        explanation = explain(part("over", amount="80.00 EUR"))

        assert from_json(explanation.to_json()) == explanation

    def test_braces_in_strangers_text_are_only_text(self):
        assert "{0.__class__}" in render(explain(part("numbers", documents="{0.__class__}")))


class TestListing:
    def test_long_lists_are_counted(self):
        assert listing(["A", "B"]) == "A, B"
        assert listing(list("ABCDEFGH")) == "A, B, C, D, E, F (+2)"

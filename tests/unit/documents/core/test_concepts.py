from __future__ import annotations

import re
from collections import Counter

import pytest

from concilia.documents.core.lexicon.concepts import (
    Index,
    concepts,
    concepts_in,
    spellings,
)
from concilia.documents.core.words import tokenize
from concilia.kernel.languages import LANGUAGES


def found(text, language):
    return [concept for concept, _, _ in concepts_in(tokenize(text), language)]


class TestFile:
    def test_every_concept_has_forms_in_all_languages(self):
        assert all(set(forms) == set(LANGUAGES) for forms in concepts().values())
        assert all(all(forms.values()) for forms in concepts().values())

    def test_names_are_short_and_plain(self):
        assert all(re.fullmatch(r"[a-z]+(-[a-z]+){0,3}", name) for name in concepts())

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_form_means_more_than_two_things(self, language):
        counted = Counter(
            spelling
            for forms in concepts().values()
            for spelling in {words for form in forms[language] for words in spellings(form)}
        )
        assert [form for form, count in counted.items() if count > 2] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_forms_are_written_as_the_reader_takes_them(self, language):
        for forms in concepts().values():
            for form in forms[language]:
                words = form.split()
                assert 1 <= len(words) <= 3, form
                assert "*" not in form.strip("*").replace("* ", " "), form
                if form.startswith("*"):
                    assert language == "de", form
                    assert len(words) == 1, form


class TestConcepts:
    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("en", "two cartons missing", ["carton", "missing"]),
            ("it", "Mancano due colli", ["missing", "parcel"]),
            ("fr", "il manque deux cartons", ["missing", "carton"]),
            ("es", "faltan dos cajas", ["missing", "box"]),
            ("de", "Es fehlen zwei Kartons", ["missing", "carton"]),
            ("en", "please send a credit note", ["please", "send", "credit-note"]),
            ("it", "vi chiediamo l'accredito", ["ask", "credit"]),
            ("fr", "les palettes sont cassées", ["pallet", "broken"]),
            ("es", "pagada ayer por transferencia", ["paid", "yesterday", "transfer"]),
            ("de", "gestern per Überweisung bezahlt", ["yesterday", "transfer", "paid"]),
        ],
    )
    def test_examples(self, language, text, expected):
        seen = found(text, language)
        assert [concept for concept in seen if concept in expected] == expected

    @pytest.mark.parametrize(
        "text", ["Gutschrift zurück", "Gutschrift zurueck", "GUTSCHRIFT ZURUCK"]
    )
    def test_umlauts_as_they_are_typed(self, text):
        assert found(text, "de") == found("gutschrift zurück", "de") != []

    def test_a_phrase_goes_before_its_words(self):
        tokens = tokenize("nota di credito")
        assert concepts_in(tokens, "it") == [("credit-note", 0, 2)]

    def test_a_phrase_ends_with_its_sentence(self):
        assert "credit-note" not in found("Credit. Note the date", "en")

    def test_german_compounds(self):
        assert found("Hagelschaden", "de") == ["damage"]
        assert found("Teilabschlussrechnung", "de") == ["invoice"]

    def test_unknown_languages_are_all_of_them(self):
        assert found("fehlt", "") == found("manca", "") == found("missing", "xx") == ["missing"]

    def test_nothing_in_nothing(self):
        assert concepts_in([], "it") == []


class TestIndex:
    def index(self):
        index = Index()
        for concept, form in [
            ("word", "alfa"),
            ("short", "alf*"),
            ("long", "alfab*"),
            ("two", "alfa beta"),
            ("three", "beta gam* delta"),
            ("also", "beta gam* delta"),
            ("end", "*werk"),
            ("middle", "*wer*"),
        ]:
            index.add(concept, form)
        return index.finish()

    @pytest.mark.parametrize(
        ("word", "concepts"),
        [
            ("alfa", ("word",)),
            ("alfred", ("short",)),
            ("alfabeto", ("long",)),
            ("uhrwerk", ("end",)),
            ("uhrwerke", ("middle",)),
            ("uhr", ()),
        ],
    )
    def test_the_longest_form_counts(self, word, concepts):
        assert self.index().known(word).concepts == concepts

    def test_phrases_of_more_words_go_first(self, monkeypatch):
        monkeypatch.setattr(
            "concilia.documents.core.lexicon.concepts.index_of", lambda _: self.index()
        )
        assert concepts_in(tokenize("alfa beta gamma delta"), "de") == [
            ("word", 0, 0),
            ("three", 1, 3),
            ("also", 1, 3),
        ]
        assert concepts_in(tokenize("alfa beta"), "de") == [("two", 0, 1)]

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.lexicon import columns, messages, motives, titles
from concilia.documents.core.scoring import own_reasons, reason_matcher
from concilia.documents.core.words import Joined, Matcher, fold, lexicon, lower, tokenize
from concilia.kernel.languages import LANGUAGES
from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reasons import REASONS

PIECE_CHARS = 1200
BOOKS = [
    columns.COLUMNS,
    messages.MESSAGES,
    motives.MOTIVES,
    motives.ABOUT_A_REMINDER,
    titles.TITLES,
]


def matches(phrase, text):
    matcher = Matcher()
    matcher.add("label", 1.0, phrase)
    hits = matcher.finish().find(Joined(tokenize(text)))
    return [text[hit.start : hit.end] for hit in hits]


class TestPhrases:
    @pytest.mark.parametrize(
        ("phrase", "text", "seen"),
        [
            ("short deliver*", "a Short delivery again", ["Short delivery"]),
            ("manca .. collo", "manca ancora un collo", ["manca ancora un collo"]),
            ("(we|i) deducted", "I deducted it", ["I deducted"]),
            ("(our)? price", "our price", ["our price", "price"]),
            ("only #", "only 8 boxes", ["only 8"]),
            ("pallets?", "one pallet two pallets", ["pallet", "pallets"]),
            ("sell ?out", "sellout sell-out", ["sellout", "sell-out"]),
            ("mengen(differenz*|fehler)", "Mengendifferenzen", ["Mengendifferenzen"]),
            ("überzahlung*", "die Ueberzahlung", ["Ueberzahlung"]),
            ("l avoir", "l'avoir", ["l'avoir"]),
            ("((a|b) c|d)", "b c d", ["b c", "d"]),
        ],
    )
    def test_match_as_people_would_read_them(self, phrase, text, seen):
        assert matches(phrase, text) == seen

    @pytest.mark.parametrize(
        ("phrase", "text"),
        [
            ("manca .. collo", "manca. Il collo"),
            ("short", "shorter"),
            ("manca .. collo", "manca uno due tre quattro cinque sei collo"),
        ],
    )
    def test_do_not_match_across_sentences_or_inside_words(self, phrase, text):
        assert matches(phrase, text) == []

    def test_a_day_of_the_month_ends_no_sentence(self):
        text = "haben wir am 5. November überwiesen"
        assert matches("haben .. überwiesen", text) == [text]


class TestBooks:
    @pytest.mark.parametrize("book", BOOKS, ids=lambda book: next(iter(book)))
    def test_every_phrase_can_be_filed_and_compiled(self, book):
        matcher = Matcher()
        for label, weight, phrase, _ in lexicon(book):
            assert weight > 0
            matcher.add(label, weight, phrase)
        for filed in (*matcher.words.items(), *matcher.beginnings.items()):
            head, phrases = filed
            assert head
            for phrase in phrases:
                phrase.match("x ", 0)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_reason_but_the_two_without_words_has_phrases(self, language):
        matcher = own_reasons(language)
        labels = {
            phrase.label
            for book in (matcher.words, matcher.beginnings)
            for phrases in book.values()
            for phrase in phrases
        }
        assert labels == set(REASONS) - {"FI-16", "FI-17"}

    def test_every_motive_has_phrases(self):
        assert set(motives.MOTIVES) == set(NON_PAYMENT_REASONS)

    @pytest.mark.parametrize("language", [None, *LANGUAGES])
    def test_no_phrase_is_missed_for_the_words_it_is_filed_under(self, language):
        matcher = reason_matcher(language)
        phrases = {
            id(phrase): phrase
            for book in (matcher.words, matcher.beginnings)
            for filed in book.values()
            for phrase in filed
        }
        for path in sorted((Path(__file__).parent / "letters").glob("*.txt")):
            text = Joined(tokenize(path.read_text("utf-8")[:PIECE_CHARS]))
            everywhere = {
                (phrase.source, phrase.label, text.tokens[at].start)
                for at, start in enumerate(text.starts)
                for phrase in phrases.values()
                if (found := phrase.match(text.text, start)) and found[0].endswith(" ")
            }
            hits = {(hit.phrase, hit.label, hit.start) for hit in matcher.find(text)}
            assert hits == everywhere
            assert hits or language not in {None, path.name[:2]}


@given(st.text())
def test_letters_made_small_keep_their_places(text):
    assert len(lower(text)) == len(text)


@given(st.text())
def test_folding_keeps_every_place(text):
    folded = fold(text)
    assert len(folded) == len(text)
    for token in tokenize(text):
        assert folded[token.start : token.end] == token.text

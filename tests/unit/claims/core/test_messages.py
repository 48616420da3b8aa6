from __future__ import annotations

import string
from datetime import date
from decimal import Decimal

import pytest

from concilia.claims.core import messages
from concilia.claims.core.catalogue import CATALOGUE
from concilia.claims.core.messages import render, say
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.words_of_blame import blame_in


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", CATALOGUE)
class TestCatalogue:
    def test_has_every_sentence_in_five_languages_with_the_same_values(self, key):
        sentences = CATALOGUE[key]

        assert set(sentences) == set(Language)
        assert all(text.strip() == text and text for text in sentences.values())
        assert len({frozenset(placeholders(text)) for text in sentences.values()}) == 1

    def test_blames_nobody(self, key):
        for language, text in CATALOGUE[key].items():
            assert blame_in(text, language) == ()


class TestRender:
    def test_writes_figures_and_dates_as_each_language_does(self):
        said = say(
            "paid_too_late",
            messages.day("paid", date(2026, 11, 1)),
            messages.day("last", date(2026, 10, 8)),
        )

        assert render(said, "en", "EUR") == (
            "Paid on 1 November 2026; the discount was for payment until 8 October 2026"
        )
        assert render(said, "it", "EUR") == (
            "Pagato il 1º novembre 2026; lo sconto valeva fino all’8 ottobre 2026"
        )
        assert render(said, "fr", "EUR") == (
            "Payé le 1er novembre 2026 ; l’escompte valait jusqu’au 8 octobre 2026"
        )
        assert render(said, "es", "EUR") == (
            "Pagado el 1 de noviembre de 2026; el descuento valía hasta el 8 de octubre de 2026"
        )
        assert render(said, "de", "EUR") == (
            "Bezahlt am 1. November 2026; Skonto galt bis 8. Oktober 2026"
        )

    def test_writes_amounts_with_the_decimals_of_the_currency(self):
        said = say("already_credited", messages.money("amount", 1_234_500))

        assert render(said, "en", "EUR") == "Already credited: 12,345.00."
        assert render(said, "de", "EUR") == "Bereits gutgeschrieben: 12.345,00."
        assert render(said, "en", "JPY") == "Already credited: 1,234,500."
        assert render(said, "en", "KWD") == "Already credited: 1,234.500."

    def test_writes_prices_with_the_decimals_they_have(self):
        said = say("difference_is", messages.price("difference", Decimal("0.8050")))

        assert render(said, "es", "EUR") == "La diferencia es de 0,805 por unidad."

    def test_braces_of_a_stranger_stay_braces(self):
        said = say("pod_missing", messages.text("delivery", "{claim.__class__}"))

        assert "{claim.__class__}" in render(said, "en", "EUR")

    def test_an_unknown_sentence_is_a_mistake(self):
        with pytest.raises(KeyError, match="no sentence 'hello'"):
            say("hello")

    def test_another_language_is_refused(self):
        with pytest.raises(ValueError, match="'pt'"):
            render(say("not_yet_proven"), "pt", "EUR")

from __future__ import annotations

from string import Formatter

import pytest

from concilia.intake.core.imports.datasets import DATASETS
from concilia.intake.core.imports.headers import TERMS
from concilia.intake.core.imports.labels import DATASET_LABELS, FIELD_LABELS
from concilia.intake.core.imports.problems import KEYS, sentence
from concilia.intake.core.imports.sentences import SENTENCES
from concilia.kernel.languages import LANGUAGES


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


class TestSentences:
    @pytest.mark.parametrize("key", sorted(KEYS))
    def test_exist_in_five_languages_with_the_same_places(self, key):
        texts = SENTENCES[key]

        assert len(texts) == len(LANGUAGES)
        assert all(names(text) == names(texts[0]) for text in texts)

    def test_name_months_in_their_language(self):
        args = {"month": 11, "days": 30}

        assert sentence("month_has_days", args, "en") == "November has 30 days."
        assert sentence("month_has_days", args, "it-IT") == "Novembre ha 30 giorni."

    def test_are_english_for_others(self):
        assert sentence("no_date", {}, "pt") == "This is no date."


class TestLabels:
    def test_every_dataset_and_column_has_its_names(self):
        fields = {field.name for dataset in DATASETS.values() for field in dataset.fields}

        assert set(DATASET_LABELS) == set(DATASETS)
        assert set(FIELD_LABELS) == fields


class TestTerms:
    def test_every_language_names_every_column(self):
        for terms in TERMS.values():
            assert set(terms) == set(TERMS["en"])

    def test_every_column_has_terms(self):
        for dataset in DATASETS.values():
            for field in dataset.fields:
                known = {f"{dataset.name}.{field.name}", field.name}
                assert known & set(TERMS["en"]) or (dataset.name, field.name) == (
                    "invoices",
                    "kind",
                )

"""Whoever chose Italian, French, Spanish or German never meets an English sentence."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools/translations.py"


@pytest.fixture(scope="module")
def translations():
    spec = importlib.util.spec_from_file_location("translations", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(translations):
    return translations.collect()


@pytest.mark.parametrize("language", ["it", "fr", "es", "de"])
def test_every_text_is_translated_and_keeps_its_placeholders(translations, texts, language):
    catalog = translations.load(translations.place_of(language), language)

    assert list(translations.find_problems(catalog, texts)) == []

"""Short messages are counted as carriers do."""

from __future__ import annotations

import pytest

from concilia.dunning.core.texts.segments import Segments, plain_signs, segments_of


@pytest.mark.parametrize(("text", "counted"), [
    ("", Segments(0, 1, is_gsm=True)),
    ("a" * 160, Segments(160, 1, is_gsm=True)),
    ("a" * 161, Segments(161, 2, is_gsm=True)),
    ("a" * 306, Segments(306, 2, is_gsm=True)),
    ("a" * 307, Segments(307, 3, is_gsm=True)),
    ("€" * 80, Segments(160, 1, is_gsm=True)),
    ("€" * 81, Segments(162, 2, is_gsm=True)),
    ("a" * 152 + "€" + "a" * 153, Segments(307, 3, is_gsm=True)),
    ("ç" * 70, Segments(70, 1, is_gsm=False)),
    ("ç" * 71, Segments(71, 2, is_gsm=False)),
    ("è à ñ ü ß ¿", Segments(11, 1, is_gsm=True)),
    ("😀", Segments(2, 1, is_gsm=False)),
])  # fmt: skip
def test_places_and_parts(text: str, counted: Segments) -> None:
    assert segments_of(text) == counted


def test_typography_costs_no_second_part() -> None:
    assert plain_signs("l’8 ottobre – «ok»…") == 'l\'8 ottobre - "ok"...'

"""Texts that are sent often: whole in five languages, and never with a field left open unseen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.quick_answers import (
    CODES,
    FIELDS,
    fill,
    open_fields,
    shipped_text,
    shipped_title,
)
from concilia.correspondence.core.words_of_blame import blame_in
from concilia.kernel.money import Money


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", CODES)
def test_every_shipped_answer_is_whole_in_every_language(code, language):
    text = shipped_text(code, language)

    assert shipped_title(code, language)
    assert {"name", "sender", "company", "about", "claim"} <= open_fields(text) <= FIELDS
    assert not blame_in(text, language)


def test_values_are_written_as_the_language_writes_them():
    text = fill(
        "{amount} bis {until} von {name}",
        "de",
        {"amount": Money(55080, "EUR"), "until": date(2026, 11, 23), "name": ""},
    )

    assert text == "550,80\N{NO-BREAK SPACE}EUR bis 23. November 2026 von {name}"
    assert open_fields(text) == {"name"}


@given(st.text())
def test_a_strangers_value_opens_no_field_and_no_line(value):
    text = fill("Dear {name},", "en", {"name": value})

    assert open_fields(text) <= {"name"}
    assert "\n" not in text
    if value.strip():
        assert "{about}" not in fill("{name}", "en", {"name": "{about}" + value})

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.decoding import tidy

ODD = "E\u0301\u200b\r\n\u00c3\u00a9\u00c2\u00a0\u00e2\u0082\u00ac\u00ad\u2028a\u0302\u20ac\u2122 x"


class TestTidy:
    @given(st.text(alphabet=ODD, max_size=12))
    def test_tidy_text_is_tidy(self, text):
        assert tidy(tidy(text)) == tidy(text)

    @pytest.mark.parametrize(
        ("text", "seen"),
        [
            ("E\u200b\u0301UR", "\u00c9UR"),
            ("r\u00c3\u00a9gl\u00c3\u00a9", "r\u00e9gl\u00e9"),
            ("12\u00a0500,00\r\n", "12 500,00\n"),
        ],
    )
    def test_what_people_see(self, text, seen):
        assert tidy(text) == seen

"""Which places of a text lie in stretches of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concilia.documents.core.places import Places

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda each: (each[0], sum(each))),
    max_size=8,
)


@given(SPANS, st.integers(0, 45), st.integers(1, 12))
def test_a_stretch_is_held_if_one_of_them_has_all_of_it(
    spans: list[tuple[int, int]], start: int, length: int
):
    places = Places(spans)
    end = start + length

    assert places.holds(start, end) == any(a <= start and end <= b for a, b in spans)
    assert (start in places) == any(a <= start < b for a, b in spans)
    assert bool(places) == bool(spans)

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.sampling import SAMPLE_MAX, band_of, draw, judged, sample_size

keys = st.sets(st.integers(1, 10**6), min_size=1, max_size=300)
seeds = st.text(max_size=20)


class TestSample:
    @given(seeds, keys)
    def test_anybody_can_draw_it_again(self, seed, pot):
        size = sample_size(len(pot))
        drawn = draw(seed, pot, size)

        assert drawn == draw(seed, sorted(pot, reverse=True), size)
        assert len(drawn) == size
        assert drawn <= pot

    @given(seeds, keys, st.integers(1, 10**6))
    def test_waiting_for_one_more_does_not_draw_anew(self, seed, pot, more):
        size = sample_size(len(pot))

        assert len(draw(seed, pot, size) - draw(seed, {*pot, more}, size)) <= 1

    @given(st.integers(1, 10_000))
    def test_is_never_less_than_stated(self, count):
        size = sample_size(count)

        assert min(count, 5) <= size <= min(count, SAMPLE_MAX)
        assert size == SAMPLE_MAX or size >= count / 10

    @given(st.lists(st.sampled_from([None, "APPROVE", "RETURN", "REJECT"]), max_size=20))
    def test_one_wrong_or_unjudged_holds_the_rest(self, outcomes):
        told = judged(outcomes)

        assert told.lets_the_rest == all(outcome == "APPROVE" for outcome in outcomes)
        assert told.right + told.wrong + told.left == len(outcomes)

    def test_bands_meet(self):
        ends = [band_of(minor, "EUR") for minor in (10_000, 10_001, 50_000, 50_001, 10**9)]

        assert ends == [0, 1, 1, 2, 5]

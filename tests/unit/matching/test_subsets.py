from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.matching import subsets
from concilia.matching.policy import DEFAULT
from concilia.matching.subsets import coincidences, find_subsets

WORK = DEFAULT.subset_work_max
FIVE = [120_000, 87_550, 45_025, 33_010, 12_000]  # TV-6.4: A to E

amounts = st.lists(st.integers(-40, 60), min_size=1, max_size=9)
targets = st.integers(1, 150)


def all_subsets(values: list[int], target: int) -> list[tuple[int, ...]]:
    places = [place for place, value in enumerate(values) if value]
    return [
        chosen
        for size in range(1, len(places) + 1)
        for chosen in combinations(places, size)
        if sum(values[place] for place in chosen) == target
    ]


class TestFindSubsets:
    @pytest.mark.parametrize(
        ("target", "positions"),
        [(132_575, (1, 2)), (153_010, (0, 3)), (165_025, (0, 2)), (207_550, (0, 1))],
    )
    def test_finds_the_only_combination(self, target, positions):
        assert find_subsets(FIVE, target, work_max=WORK).unique == positions

    def test_two_combinations_are_no_answer(self):
        answer = find_subsets([10_000, 10_000, 5_000], 15_000, work_max=WORK)  # TV-6.5

        assert answer.solutions == ((0, 2), (1, 2))
        assert answer.unique is None

    def test_credits_lower_the_sum(self):
        assert find_subsets([500, 300, -120], 680, work_max=WORK).unique == (0, 1, 2)

    def test_does_not_start_what_exceeds_its_budget(self):
        many = [1_000_003 + 7 * number for number in range(80)]

        answer = find_subsets(many, sum(many[:30]), work_max=WORK)

        assert answer.solutions == ()
        assert not answer.is_complete

    def test_an_impossible_sum_needs_no_search(self):
        many = [2 * number + 2 for number in range(500)]

        assert find_subsets(many, 10_001, work_max=1).is_complete

    @pytest.mark.parametrize(("enumerated", "halved"), [(15, 34), (0, 34), (0, 0)])
    @settings(max_examples=150, deadline=None)
    @given(values=amounts, target=targets)
    def test_counts_like_trying_everything(self, enumerated, halved, values, target):
        expected = all_subsets(values, target)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(subsets, "ENUMERATED_MAX", enumerated)
            patch.setattr(subsets, "HALVED_MAX", halved)
            if halved and not enumerated:
                patch.setattr(subsets, "_reach", lambda *_: 10**12)

            found = find_subsets(values, target, work_max=10**13)

        if found.is_complete:
            assert len(found.solutions) == min(len(expected), 2)
        assert set(found.solutions) <= set(expected)


class TestCoincidences:
    def test_grows_with_the_number_of_items(self):
        few = coincidences([1_000_01, 2_000_03, 3_000_07], 300_004, 2)
        many = coincidences([100_001 + number for number in range(60)], 300_004, 4)

        assert few < DEFAULT.coincidence_max < many

    def test_round_amounts_meet_more_often(self):
        odd = coincidences([100_01, 200_02, 350_03], 300_03, 2)
        round_ = coincidences([100_00, 200_00, 350_00], 300_00, 2)

        assert odd < round_

"""One remittance for several payments, several for one: by sums that leave one answer only."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from concilia.cash.core.joining import TOGETHER_MAX, Advice, Paid, Share, parts_of, shares_of

amounts = st.integers(1, 500)
nets = st.integers(-200, 500).filter(bool)


def payments(*amounts_: int) -> list[Paid]:
    return [Paid(key, amount) for key, amount in enumerate(amounts_, start=1)]


def ways(values: list[int], target: int) -> int:
    """How many choices of places make the target, counted one by one."""
    return sum(
        sum(values[place] for place in chosen) == target
        for size in range(1, len(values) + 1)
        for chosen in combinations(range(len(values)), size)
    )


class TestOneForSeveral:
    def test_each_payment_takes_the_lines_that_make_it(self):
        advice = Advice(7, 1000, (600, 250, 150))

        assert shares_of(advice, payments(600, 400)) == (
            Share(7, 1, (0,)),
            Share(7, 2, (1, 2)),
        )

    def test_credit_notes_count_against(self):
        advice = Advice(7, 900, (600, 400, -100))

        assert shares_of(advice, payments(600, 300)) == (Share(7, 1, (0,)), Share(7, 2, (1, 2)))

    def test_two_choices_of_payments_are_none(self):
        assert shares_of(Advice(7, 1000, (600, 400)), payments(600, 400, 400)) == ()

    def test_two_choices_of_lines_are_none(self):
        assert shares_of(Advice(7, 1000, (300, 300, 400)), payments(300, 700)) == ()

    def test_one_payment_of_the_whole_is_no_cut(self):
        assert shares_of(Advice(7, 1000, (600, 400)), payments(1000)) == ()

    def test_a_line_without_an_amount_leaves_it_to_a_person(self):
        assert shares_of(Advice(7, 1000, (600, None)), payments(600, 400)) == ()

    @given(st.lists(nets, min_size=1, max_size=7), st.lists(amounts, max_size=6))
    def test_shares_are_whole_apart_and_the_only_choice(self, lines, paid):
        advice = Advice(7, sum(lines), tuple(lines))

        shares = shares_of(advice, payments(*paid))

        if not shares:
            return
        taken = [place for share in shares for place in share.lines]
        amount_of = {one.key: one.amount_minor for one in payments(*paid)}
        assert sum(amount_of[share.paid] for share in shares) == advice.total_minor
        assert len(taken) == len(set(taken))
        for share in shares:
            assert sum(lines[place] for place in share.lines) == amount_of[share.paid]
            assert ways(lines, amount_of[share.paid]) == 1
        assert ways([one for one in paid if one < advice.total_minor], advice.total_minor) == 1

    @given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
    def test_lines_of_different_powers_are_always_told_apart(self, digits):
        lines = [digit * 10**place for place, digit in enumerate(digits)]

        shares = shares_of(Advice(7, sum(lines), tuple(lines)), payments(*lines))

        assert [share.lines for share in shares] == [(place,) for place in range(len(lines))]


class TestSeveralForOne:
    def test_the_only_sum_is_taken(self):
        advices = [Advice(1, 700), Advice(2, 300), Advice(3, 55)]

        assert parts_of(Paid(9, 1000), advices) == (Share(1, 9), Share(2, 9))

    def test_two_sums_are_none(self):
        advices = [Advice(1, 700), Advice(2, 300), Advice(3, 300)]

        assert parts_of(Paid(9, 1000), advices) == ()

    def test_too_many_are_not_tried(self):
        advices = [Advice(key, 10**key) for key in range(TOGETHER_MAX + 1)]

        assert parts_of(Paid(9, 11), advices) == ()

    @given(amounts, st.lists(amounts, max_size=8))
    def test_what_is_joined_adds_up_and_is_the_only_choice(self, paid, totals):
        advices = [Advice(key, total) for key, total in enumerate(totals)]

        shares = parts_of(Paid(9, paid), advices)

        if shares:
            assert sum(totals[share.advice] for share in shares) == paid
            assert ways(totals, paid) == 1

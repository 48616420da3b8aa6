"""The choice of a way: arithmetic in whole numbers, history against what is usual, costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.ways import USUAL, Option, choose_way, weigh


def test_without_history_what_is_usual_counts():
    choice = choose_way([Option(channel=Channel.EMAIL), Option(channel=Channel.SMS)], 10_000)
    assert choice.best is not None
    assert choice.best.option.channel is Channel.SMS
    assert (choice.best.probability_bp, choice.best.worth_minor) == (1_300, 1_300)


def test_two_lucky_tries_do_not_beat_a_thousand():
    lucky = Option(channel=Channel.LETTER, tried=2, paid=2)
    known = Option(channel=Channel.EMAIL, tried=1000, paid=300)
    choice = choose_way([lucky, known], 10_000)
    assert choice.best is not None
    assert choice.best.option is known


def test_what_costs_more_than_it_brings_is_not_chosen():
    dear = Option(channel=Channel.CALL, cost_minor=500)
    assert choose_way([dear], 1_000).best is None
    cheap = Option(channel=Channel.EMAIL)
    choice = choose_way([dear, cheap], 1_000)
    assert choice.best is not None
    assert choice.best.option is cheap


def test_what_a_rule_refuses_is_named_and_never_chosen():
    refused = Option(channel=Channel.SMS, refused="ALL-OWN-WISH.opted_out")
    choice = choose_way([refused], 100_000)
    assert (choice.best, choice.refused) == (None, (refused,))


@pytest.mark.parametrize("wrong", [{"tried": 1, "paid": 2}, {"paid": -1}, {"cost_minor": -1}])
def test_figures_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=r"paid|costs"):
        Option(channel=Channel.SMS, **wrong)


options = st.builds(
    lambda channel, tried, share, cost: Option(
        channel=channel, tried=tried, paid=tried * share // 100, cost_minor=cost
    ),
    st.sampled_from(sorted(USUAL)),
    st.integers(0, 10**6),
    st.integers(0, 100),
    st.integers(0, 10**5),
)


@given(st.lists(options, max_size=6), st.integers(0, 10**12))
def test_the_best_is_worth_most_and_more_than_nothing(found, asked):
    choice = choose_way(found, asked)
    worths = [one.worth_minor for one in choice.ranked]
    assert worths == sorted(worths, reverse=True)
    assert all(0 <= one.probability_bp <= 10_000 for one in choice.ranked)
    if choice.best is None:
        assert all(worth <= 0 for worth in worths)
    else:
        assert choice.best.worth_minor == max(worths) > 0


@given(options, st.integers(1, 10**9))
def test_one_more_who_pays_never_makes_a_way_worse(option, asked):
    better = Option(channel=option.channel, tried=option.tried + 1, paid=option.paid + 1)
    same = Option(channel=option.channel, tried=option.tried, paid=option.paid)
    assert weigh(better, asked).probability_bp >= weigh(same, asked).probability_bp

"""A strategy as people write it: read, proved, written again, compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.motives import Tone
from concilia.dunning.core.strategy.comparing import Change, Difference, differences
from concilia.dunning.core.strategy.sheet import read_strategy, write_strategy
from concilia.dunning.core.strategy.shipped import SHIPPED, TEXT
from concilia.dunning.core.strategy.terms import (
    BY_PROGRAM,
    Band,
    Experiment,
    Rule,
    Stage,
    Step,
    Strategy,
    Way,
    Who,
)

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


@st.composite
def plans(draw):
    days = sorted(draw(st.sets(st.integers(1, 400), min_size=1, max_size=6)))
    tone, steps = 1, []
    if draw(st.booleans()):
        ways = draw(st.lists(st.sampled_from(sorted(BY_PROGRAM)), min_size=1, unique=True))
        before, wished = -draw(st.integers(1, 30)), draw(st.booleans())
        steps.append(Step(before, tuple(ways), Tone.COURTESY, "courtesy", wished=wished))
    for day in days:
        ways = draw(st.lists(st.sampled_from(Way), min_size=1, max_size=3, unique=True))
        steps.append(Step(day, tuple(ways), Tone(tone), "reminder"))
        tone = min(tone + draw(st.integers(0, 1)), 6)
    return tuple(steps)


@st.composite
def sound(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    chosen = st.sampled_from(names)
    rules = [
        Rule(
            f"r{n}",
            draw(chosen),
            frozenset(draw(st.sets(st.sampled_from(Who), min_size=1))),
            frozenset(draw(st.sets(st.sampled_from(Band)))),
            frozenset(draw(st.sets(st.sampled_from(Stage)))),
            draw(st.integers(0, 10**6)),
        )
        for n in range(draw(st.integers(0, 3)))
    ]
    experiment = draw(st.none() | st.builds(Experiment, NAMES, chosen, chosen, st.integers(0, 99)))
    return Strategy(
        name="Trade, Europe",
        rules=(*rules, Rule("all", draw(chosen))),
        plans={name: draw(plans()) for name in names},
        rest_days=draw(st.integers(1, 90)),
        experiment=experiment,
    )


@given(sound())
def test_what_is_written_is_read_again(strategy):
    read = read_strategy(write_strategy(strategy))
    assert read.faults == ()
    assert read.strategy == strategy
    assert differences(strategy, strategy) == []


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    read = read_strategy(text)
    assert (read.strategy is None) == bool(read.faults)
    assert all(str(fault) for fault in read.faults)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("name Standard", "", "no name"),
        ("rule all -> b2b", "rule all -> nowhere", "no plan “nowhere”"),
        ("rule all -> b2b", "", "must be for everybody"),
        ("rest 3", "rest 0", "between 1 and 90"),
        ("rest 3", "rest three", "cannot be read"),
        ("10 email letter T2 question", "10 email letter T4 question", "more than one above"),
        ("who consumer", "who stranger", "“stranger” is not a word"),
        ("10 email letter T2", "10 pigeon T2", "“pigeon” is not a word"),
        ("pause 7", "rest 4", "is there already"),
        ("-7 email T0 courtesy", "-7 letter T0 courtesy", "email, sms or whatsapp"),
        ("-7 email T0 courtesy wished", "-7 email T1 reminder", "alone goes before the due date"),
        ("  3 email letter T1 reminder", "  3 email T0 courtesy", "courtesy note is its first"),
        ("7 call T1 reminder", "7 call T1 reminder wished", "courtesy note is its first"),
        ("-7 email T0", "-31 email T0", "between -30 and"),
        ("35 letter T4 formal_notice", "35 sms T4 formal_notice", "no text “formal_notice”"),
        ("  3 email letter T1 reminder", "  3 sms T1 poem", "no text “poem”"),
    ],
)
def test_what_cannot_be_is_named(before, after, says):
    read = read_strategy(TEXT.replace(before, after, 1))
    assert read.strategy is None
    assert any(says in str(fault) for fault in read.faults), [str(one) for one in read.faults]


def test_what_changes_is_said_line_by_line():
    after = read_strategy(TEXT.replace("  7 call T1 reminder", "  8 call T1 reminder", 1)).strategy
    assert differences(SHIPPED, after) == [
        Difference("b2b", Change.DROPPED, "7 call T1 reminder"),
        Difference("b2b", Change.ADDED, "8 call T1 reminder"),
    ]

"""What is said on a call: a question before any sum, and of a plan no more than what was missed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concilia.correspondence.core.figures import Language
from concilia.dunning.core.call_guide import CallFacts, Missed, call_guide

FACTS = CallFacts(language="en", caller="Giulia", creditor="Molino Aurora", person="Anna")
LATE = replace(FACTS, amount="90.00 EUR", invoice="2026/7")
MISSED = Missed(n=2, count=6, day="8 November 2026", left="150.00 EUR")


def said(facts: CallFacts) -> str:
    return " ".join(f"{line.says} {line.asks}" for line in call_guide(facts))


def test_who_owes_nothing_is_told_so():
    assert "There is nothing to pay today." in said(FACTS)


def test_a_missed_instalment_is_named_with_what_is_to_be_paid_now():
    words = said(replace(FACTS, missed=MISSED))
    assert "instalment 2 of 6, due on 8 November 2026, has not come in yet" in words
    assert "To be paid now: 150.00 EUR." in words
    assert "nothing to pay" not in words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_part": True}, "of instalment 2 of 6, due on 8 November 2026, only a part"),
        ({"many": 2}, "2 instalments since 8 November 2026 have not come in yet"),
    ],
)
def test_a_part_and_several_are_told_apart(changes, words):
    assert words in said(replace(FACTS, missed=replace(MISSED, **changes)))


def test_what_is_late_beside_the_plan_comes_after_it():
    words = said(replace(LATE, missed=MISSED))
    assert words.index("150.00 EUR") < words.index("Besides the plan it is about 90.00 EUR")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("facts", [FACTS, LATE, replace(LATE, reason_known=True)])
@pytest.mark.parametrize(
    "missed", [None, MISSED, replace(MISSED, is_part=True), replace(MISSED, many=3)]
)
def test_each_language_fills_every_place_and_asks_before_any_sum(language, facts, missed):
    lines = call_guide(replace(facts, language=language.value, missed=missed))
    assert not [line for line in lines if "{" in f"{line.says}{line.asks}"]
    assert all(line.asks.endswith(("?", ".", "!")) for line in lines)
    sums = [n for n, line in enumerate(lines) if "EUR" in line.says]
    questions = [n for n, line in enumerate(lines) if line.asks.endswith("?")]
    assert not sums or questions[0] < sums[0]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("facts", [FACTS, LATE])
def test_who_has_no_name_is_greeted_without_a_gap(language, facts):
    hello = call_guide(replace(facts, language=language.value, person=""))[0].says
    assert not [gap for gap in (",,", " ,", "  ", ", ,") if gap in hello]


def test_italian_joins_what_it_joins():
    words = said(replace(FACTS, language="it", missed=replace(MISSED, day="8 novembre 2026")))
    assert "in scadenza l’8 novembre 2026" in words

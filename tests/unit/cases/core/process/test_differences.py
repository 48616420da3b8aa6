"""Every change between two versions is named; the same says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.unit.cases.core.process.test_validation import SOUND, read
from tests.world.processes import valid

from concilia.cases.core.process.differences import differences
from concilia.cases.core.process.reading import read_process
from concilia.interfaces.desk.process_changes import SENTENCES, changes_of
from concilia.interfaces.desk.process_words import PROBLEMS

CORE = Path(__file__).parents[5] / "src/concilia/cases/core/process"


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("for NC-01, NC-02", "for NC-01, NC-31", [("reasons_added", ""), ("reasons_left", "")]),
        ("for NC-01", "title en: Shortage\nfor NC-01", [("titles", "")]),
        ("who: department CUS", "who: system", [("who", "answer")]),
        ("within: 3 working days", "within: 4 hours", [("within", "pod")]),
        ("      clock: third\n", "", [("clock", "pod")]),
        ("if late: escalate", "if late: delegate", [("late", "sign")]),
        ("  skip if: not money\n", "", [("skip", "post")]),
        ("evidence POD", "evidence DDT", [("kind", "pod")]),
        ("step answer: notify", "step answer: notify\n  title de: Antwort", [("words", "answer")]),
        ("at most 3 times\n  rej", "at most 2 times\n  rej", [("way", "sign")]),
        ("      late -> next\n", "", [("way", "pod")]),
        ("join: all", "join: any", [("join", "papers")]),
        (
            "done -> papers",
            "done -> fetch\n\nstep fetch: automatic fetch-pod\n  who: system\n  done -> papers",
            [("way", "test"), ("step_added", "fetch")],
        ),
    ],
)
def test_a_change_is_named(old, new, wanted):
    assert old in SOUND
    before, after = read(SOUND).definition, read(SOUND.replace(old, new, 1)).definition

    assert [(one.code, one.step) for one in differences(before, after)] == wanted
    assert len(changes_of(before, after)) == len(wanted)


def test_a_branch_that_goes_and_a_group_that_goes():
    cut = SOUND[SOUND.index("  branch\n    step grn") : SOUND.index("  join: all")]
    before, after = read(SOUND).definition, read(SOUND.replace(cut, "")).definition
    codes = {(one.code, one.step) for one in differences(before, after)}
    assert codes == {("step_gone", "grn"), ("branches", "papers")}

    group = SOUND[SOUND.index("together papers") : SOUND.index("step propose:")]
    plain = SOUND.replace(group, "").replace("done -> papers", "done -> propose")
    after = read(plain.replace("returned -> papers", "returned -> test")).definition
    codes = {(one.code, one.step) for one in differences(before, after)}
    assert {("group_gone", "papers"), ("step_gone", "pod")} <= codes


@given(valid, valid)
@settings(max_examples=60, deadline=None)
def test_different_versions_differ_in_words_and_equal_ones_do_not(one, other):
    assert differences(one, one) == []
    changes = changes_of(one, other)
    assert bool(changes) == (one != other)
    assert not any("{" in change.says for change in changes)


def test_every_problem_and_every_change_has_its_words():
    source = "\n".join(path.read_text() for path in CORE.glob("*.py"))
    codes = set(re.findall(r'(?:_problem|_Wrong|ConditionRefused|self\.tell)\(\s*"(\w+)"', source))
    codes |= set(re.findall(r'Problem\(code="(\w+)"', source))
    codes |= {"evidence_unknown", "automatic_unknown", "reason_unknown", "verdict_unknown"}
    codes |= {"fact_wants_text", "fact_wants_number"}
    changes = set(re.findall(r'Difference\(\s*code="(\w+)"', source))
    changes |= {"kind", "who", "within", "clock", "late", "skip", "fields"}

    assert set(PROBLEMS) == codes
    assert set(SENTENCES) == changes


def test_a_text_that_stops_anywhere_is_read_or_named():
    for end in range(0, len(SOUND), 7):
        reading = read_process(SOUND[:end])
        assert (reading.definition is None) == bool(reading.problems)

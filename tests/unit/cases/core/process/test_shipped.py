"""What comes with the program: a sound process for each reason, that asks what it should ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import pytest

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.model import STEPS_MAX, Holder, Kind, WhoKind
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import Do, Ended, FactsChanged, StepDone
from concilia.cases.core.process.validation import unready, validate
from concilia.cases.core.process.writing import write_process
from concilia.cases.queries.processes import shipped, shipped_for
from concilia.kernel.languages import LANGUAGES
from concilia.kernel.reasons import REASONS

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
# The department that is asked first for what it, or its carrier, has.
ASKED = {
    "POD": "LOG", "DDT": "LOG", "PHO": "LOG", "BOL": "LOG", "CAR": "LOG", "PL": "LOG", "RET": "LOG",
    "RMA": "LOG", "QCR": "QUA", "CT": "SAL", "PRM": "TRM", "PRF": "TRM", "OC": "SAL", "SR": "TEC",
    "MTR": "TEC", "TXC": "TAX", "INV": "ACC", "PO": "SAL", "BNK": "TRE",
}  # fmt: skip
THEIRS = {"GRN", "COR", "REM", "DN", "CSI", "STK", "IDP"}


def road(reason, missing, *, signatures=1, money=True, qualified=True):
    """The steps a case of this reason goes through when all is done as usual, in order."""
    definition = shipped_for(reason).definition
    facts = Facts(reason=reason, qualified=qualified)
    known = replace(facts, qualified=True, missing=missing, signatures=signatures, money=money)
    state, effects = start(definition, facts, AT)
    opened = [one.step for one in effects if one.do is Do.OPEN]
    while state.ended is None:
        step = definition.step(state.open[0].step)
        done = []
        if step.kind is Kind.VERDICT:
            state, done = advance(definition, state, FactsChanged(known), AT)
        state, more = advance(definition, state, StepDone(step.id, step.ways[0].outcome), AT)
        opened += [one.step for one in (*done, *more) if one.do is Do.OPEN]
    assert state.ended is Ended.CLOSED
    return [definition.step(name) for name in opened]


@pytest.mark.parametrize("key", sorted(shipped()))
def test_each_is_sound_and_speaks_five_languages(key):
    own = shipped()[key]
    reading = read_process(own.text)

    assert validate(own.definition, reading.lines) == []
    assert unready(own.definition) == []
    assert own.definition.key == key
    assert set(own.definition.titles) == set(LANGUAGES)
    assert all(set(s.instructions) in ({*LANGUAGES}, set()) for s in own.definition.steps)
    assert write_process(own.definition) == own.text


def test_each_reason_has_exactly_one():
    spoken_for = [reason for own in shipped().values() for reason in own.definition.reasons]

    assert sorted(spoken_for) == sorted(REASONS)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_a_case_asks_for_what_is_missing_and_nothing_else(reason):
    papers = [str(code) for code in REASONS[reason].evidence]
    for n in range(len(papers) + 1):
        for missing in combinations(papers, n):
            steps = road(reason, frozenset(missing))
            asked = [step for step in steps if step.kind is Kind.EVIDENCE]
            assert sorted(step.code for step in asked) == sorted(missing)
            assert len(steps) <= STEPS_MAX
            for step in asked:
                assert (step.clock is Holder.CUSTOMER) == (step.code in THEIRS), step.code
                assert step.who.name == ASKED.get(step.code, step.who.name)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_the_rest_of_the_road(reason):
    owner = REASONS[reason].owner
    steps = road(reason, frozenset(), qualified=False)

    assert [(step.kind, step.who.name or step.who.kind) for step in steps] == [
        (Kind.QUALIFY, "CRD"),
        (Kind.VERDICT, WhoKind.SYSTEM),
        (Kind.PROPOSE, owner),
        (Kind.APPROVAL, WhoKind.MATRIX),
        (Kind.POST, WhoKind.SYSTEM),
        (Kind.NOTIFY, "CUS"),
        (Kind.ROOT_CAUSE, owner),
    ]
    short = [step.kind for step in road(reason, frozenset(), signatures=0, money=False)]
    assert short == [Kind.VERDICT, Kind.PROPOSE, Kind.NOTIFY, Kind.ROOT_CAUSE]


def test_the_process_shown_in_the_reference_is_sound():
    paper = Path(__file__).parents[5] / "docs/reference/processes.md"
    reading = read_process(paper.read_text().split("```")[1])

    assert reading.problems == ()
    assert validate(reading.definition, reading.lines) == []

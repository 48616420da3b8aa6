"""A case goes over to another version: found again by name, never lost, never signed by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.cases.core.process.test_editing import acts
from tests.world.processes import events, facts, valid

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.editing import Add, Beside, Delete, Move, edit
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.flow import EditRefused
from concilia.cases.core.process.migrating import STAYS, Moves, Signatures, Stays, Why, migrate
from concilia.cases.core.process.model import SIGNED_FIRST, Kind
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import ActDone, EventRefused, StepDone
from concilia.cases.core.process.validation import validate
from concilia.cases.core.process.writing import write_process
from concilia.cases.queries.processes import shipped

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = AT + timedelta(days=3)
OWN = shipped()["shortage"]
FACTS = Facts(
    reason="NC-01", amount=Decimal("800.00"), qualified=True, money=True, signatures=1,
    missing=frozenset({"POD", "GRN"}), verdict="PARTLY_VALID",
)  # fmt: skip


def version(*changes):
    text = OWN.text
    for change in changes:
        text = edit(text, change).text
    return read_process(text).definition


def standing(*done):
    state, _effects = start(OWN.definition, FACTS, AT)
    for event in (ActDone(Kind.VERDICT), *done):
        state, _effects = advance(OWN.definition, state, event, AT)
    return state


def open_steps(state):
    return [one.step for one in state.open]


class TestWhereItLands:
    def test_steps_are_found_by_name_and_keep_their_time(self):
        new = version(Add(Kind.FORM, "", "propose"))
        moved = migrate(OWN.definition, new, standing(), LATER)

        assert open_steps(moved.state) == ["pod", "grn"]
        assert moved.state.open[0].at == AT
        assert (moved.kept, moved.opened, moved.closed) == (("pod", "grn"), (), ())

    def test_a_new_branch_begins_beside_those_that_run(self):
        new = version(Beside(Kind.FORM, "", "pod"))
        moved = migrate(OWN.definition, new, standing(), LATER)

        assert (moved.kept, moved.opened) == (("pod", "grn"), ("form",))
        assert moved.state.open[-1].at == LATER

    def test_an_answered_branch_is_not_asked_again(self):
        state = standing(StepDone("pod", "done"))
        moved = migrate(OWN.definition, version(Move("cor", "inv", after=False)), state, LATER)
        assert open_steps(moved.state) == ["grn"]

    def test_what_ran_together_and_stands_in_a_row_now_goes_on_at_the_first(self):
        new = version(Move("grn", "propose", after=False), Move("pod", "grn", after=False))
        moved = migrate(OWN.definition, new, standing(), LATER)

        assert (moved.kept, moved.closed) == (("pod",), ("grn",))

    def test_a_step_that_is_gone_stays_or_goes_where_it_is_told(self):
        new = version(Delete("grn"))
        assert migrate(OWN.definition, new, standing(), LATER) == Stays(Why.STEP_GONE, "grn")
        moved = migrate(OWN.definition, new, standing(), LATER, {"grn": "pod"})
        assert open_steps(moved.state) == ["pod"]
        stayed = migrate(OWN.definition, new, standing(), LATER, {"grn": STAYS})
        assert stayed == Stays(Why.CHOSEN, "grn")

    def test_what_its_new_version_skips_is_passed_over(self):
        text = OWN.text.replace('skip if: not missing("GRN")', "skip if: qualified")
        moved = migrate(OWN.definition, read_process(text).definition, standing(), LATER)
        assert (moved.kept, moved.closed) == (("pod",), ("grn",))

    def test_another_reason_s_version_is_not_its(self):
        other = shipped()["damage"].definition
        assert migrate(OWN.definition, other, standing(), LATER) == Stays(Why.REASON_LEFT)


class TestSignatures:
    ASKED = (StepDone("pod", "done"), StepDone("grn", "done"), StepDone("propose", "done"))

    def test_asked_for_the_same_they_stay(self):
        moved = migrate(OWN.definition, version(Delete("cause")), standing(*self.ASKED), LATER)
        assert (moved.signatures, open_steps(moved.state)) == (Signatures.STAY, ["sign"])

    def test_asked_for_something_else_they_fall_and_it_is_proposed_again(self):
        new = version(Add(Kind.PROPOSE, "", "propose"))
        moved = migrate(OWN.definition, new, standing(*self.ASKED), LATER)

        assert (moved.signatures, open_steps(moved.state)) == (Signatures.FALL, ["propose-2"])
        assert not moved.state.signed

    def test_signed_and_being_carried_out_it_stays(self):
        state = standing(*self.ASKED, ActDone(Kind.APPROVAL, "approved"))
        assert open_steps(state) == ["post"]
        new = version(Add(Kind.PROPOSE, "", "propose"))
        assert migrate(OWN.definition, new, state, LATER) == Stays(Why.SIGNED)
        assert migrate(OWN.definition, version(Delete("cause")), state, LATER).state.signed

    def test_no_step_is_reached_without_its_signatures(self):
        new = version(Add(Kind.FORM, "", "post"))
        found = migrate(OWN.definition, new, standing(), LATER, {"pod": "form", "grn": "form"})
        assert found == Stays(Why.UNSIGNED, "form")


@given(valid, facts, st.data())
@settings(max_examples=60, deadline=None)
def test_after_any_change_and_migration_no_case_is_lost_and_none_is_signed_by_it(
    definition, known, data
):
    old, new = definition, definition
    for _ in range(data.draw(st.integers(1, 4))):
        try:
            text = edit(write_process(new), data.draw(acts(new))).text
        except EditRefused:
            continue
        changed = read_process(text).definition
        new = changed if not validate(changed) else new
    state, _effects = start(old, known, AT)
    state = lived(old, state, data, 6)
    found = migrate(old, new, state, LATER)
    if isinstance(found, Stays):
        return
    assert isinstance(found, Moves)
    after = found.state
    assert after.open
    assert after.ended is None
    assert {one.step for one in after.open} <= {step.id for step in new.steps}
    assert after.signed <= (state.signed or after.facts.signatures == 0)
    kinds = {new.step(one.step).kind for one in after.open}
    assert after.signed or not kinds & SIGNED_FIRST
    lived(new, after, data, 8)


def lived(definition, state, data, n):
    """Some events; the engine itself asserts that nothing unsigned is carried out."""
    for _ in range(n):
        try:
            state, _effects = advance(
                definition, state, data.draw(events(definition, state)), LATER
            )
        except EventRefused:
            continue
        assert bool(state.open) != (state.ended is not None)
    return state


@pytest.mark.parametrize("key", sorted(shipped()))
def test_a_version_that_is_the_same_changes_nothing(key):
    own = shipped()[key].definition
    state, _effects = start(own, Facts(reason=own.reasons[0]), AT)
    found = migrate(own, own, state, LATER)
    assert (found.state, found.opened, found.closed) == (state, (), ())

"""Whatever happens to a case that follows a valid process, these stay true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.world.processes import events, facts, valid

from concilia.cases.core.process.codec import from_data, to_data
from concilia.cases.core.process.engine import advance, start, stays_when_late
from concilia.cases.core.process.model import SIGNED_FIRST, Group, Join, Kind
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import (
    SKIPPED,
    ActDone,
    Do,
    Effect,
    EventRefused,
    FactsChanged,
    Reopened,
    StepDone,
    TimedOut,
)
from concilia.cases.core.process.writing import write_process

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
WAYS_OUT_MAX = 400


class CaseInProcess(RuleBasedStateMachine):
    """One case; beside it what the effects alone say, kept without asking the engine."""

    @initialize(data=st.data())
    def begin(self, data):
        self.definition = data.draw(valid)
        self.at = AT
        self.shown = []  # open steps, as the effects told it
        self.consent = set()  # signatures of the limits since the last proposal
        self.asked = set()  # approvals asked for since then
        self.given = set()  # those that said yes
        self.stopped = False
        note(write_process(self.definition))
        self.state, effects = start(self.definition, data.draw(facts), self.at)
        self.told(effects, None, ())

    @rule(data=st.data())
    def happen(self, data):
        event = data.draw(events(self.definition, self.state))
        self.at += timedelta(hours=1)
        before = self.state
        try:
            self.state, effects = advance(self.definition, before, event, self.at)
        except EventRefused:
            assert self.state is before
            return
        if isinstance(event, TimedOut):
            nobody_need_sign = self.state.facts.signatures == 0
            assert self.state.signed <= (before.signed or nobody_need_sign), "time signed"
            self.only_told(event.step, before, effects)
        self.told(effects, event, before.passed)

    def only_told(self, step, before, effects):
        """Where a step stays when it is late, its process says so, and nothing else is changed."""
        does = stays_when_late(self.definition.step(step))
        if does is not None:
            assert effects == (Effect(does, step),)
            assert not self.state.has_moved(before)
            late = [(one.step, one.at, one.late + (one.step == step)) for one in before.open]
            assert [(one.step, one.at, one.late) for one in self.state.open] == late

    def told(self, effects, event, passed_before):
        if isinstance(event, Reopened):
            self.begin_again()
        for effect in effects:
            if effect.do is Do.OPEN:
                self.opened(effect, passed_before)
            elif effect.do is Do.CLOSE:
                self.shown.remove(effect.step)
                self.closed(effect, event)
            elif effect.do in {Do.STOP_CLOCK, Do.START_CLOCK}:
                self.stopped = effect.do is Do.STOP_CLOCK
        self.skipped_consent(passed_before)

    def opened(self, effect, passed_before):
        self.shown.append(effect.step)
        kind = self.definition.step(effect.step).kind
        if kind is Kind.PROPOSE:
            self.begin_again()
        if kind is Kind.APPROVAL:
            self.asked.add(effect.step)
            self.given.discard(effect.step)
        if kind in SIGNED_FIRST:
            self.everybody_asked_has_said_yes()
        self.skipped_consent(passed_before)
        assert kind not in SIGNED_FIRST or self.consent, f"{effect.step} is not signed"

    def closed(self, effect, event):
        if self.definition.step(effect.step).kind is not Kind.APPROVAL:
            return
        if effect.outcome == "approved":
            assert event in {StepDone(effect.step, "approved"), ActDone(Kind.APPROVAL, "approved")}
            self.given.add(effect.step)
            if self.definition.step(effect.step).is_matrix:
                self.consent.add(effect.step)
        elif effect.outcome in {"returned", "rejected"}:
            self.consent.clear()
            self.given.discard(effect.step)

    def begin_again(self):
        self.consent.clear()
        self.asked.clear()
        self.given.clear()

    def everybody_asked_has_said_yes(self):
        """Who was asked has approved; of branches of which some suffice, as many as must."""
        for name in self.asked - self.given:
            node = self.definition.nodes[self.definition.node_of(name)]
            last = [one.outcome for one in self.state.passed if one.step == name][-1:]
            skipped = last == [SKIPPED]
            enough = isinstance(node, Group) and node.join is not Join.ALL
            assert skipped or enough, f"{name} was asked and has not approved"

    def skipped_consent(self, passed_before):
        """Where the matrix asks for nobody, nobody's consent is needed."""
        fresh = self.state.passed[len(passed_before) :]
        for one in fresh:
            kind = self.definition.step(one.step).kind
            step = self.definition.step(one.step)
            if step.is_matrix and one.outcome == SKIPPED:
                assert self.state.facts.signatures == 0
                self.consent.add(one.step)
            elif kind is Kind.APPROVAL and one.outcome == SKIPPED:
                assert step.skip is not None
                assert step.skip.holds(self.state.facts) is True

    @invariant()
    def somebody_holds_the_ball_or_it_is_over(self):
        if hasattr(self, "state"):
            assert bool(self.state.open) != (self.state.ended is not None)

    @invariant()
    def what_is_being_proposed_is_not_signed(self):
        if hasattr(self, "state"):
            kinds = {self.definition.step(one.step).kind for one in self.state.open}
            assert not (Kind.PROPOSE in kinds and self.state.signed)

    @invariant()
    def effects_tell_all(self):
        if hasattr(self, "state"):
            assert sorted(self.shown) == sorted(one.step for one in self.state.open)

    @invariant()
    def the_clock_stands_only_while_others_have_the_ball(self):
        if hasattr(self, "state"):
            holders = {self.definition.step(one.step).clock.value for one in self.state.open}
            assert self.stopped == (bool(holders) and "us" not in holders)

    @invariant()
    def what_is_kept_is_read_back(self):
        if hasattr(self, "state"):
            assert from_data(to_data(self.state)) == self.state

    @precondition(lambda self: getattr(self, "state", None) and self.state.ended is None)
    @rule()
    def the_usual_way_leads_to_the_end(self):
        state, at = self.state, self.at
        for _ in range(WAYS_OUT_MAX):
            if state.ended is not None:
                return
            step = self.definition.step(state.open[0].step)
            done = StepDone(step.id, step.ways[0].outcome)
            state, _effects = advance(self.definition, state, done, at)
        raise AssertionError("nobody comes to an end")


TestCaseInProcess = CaseInProcess.TestCase
TestCaseInProcess.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)


@given(valid)
@settings(max_examples=150, deadline=None)
def test_a_definition_is_read_as_it_was_written(definition):
    reading = read_process(write_process(definition))

    assert reading.problems == ()
    assert reading.definition == definition


@given(valid, facts, st.data())
@settings(max_examples=100, deadline=None)
def test_the_same_facts_change_nothing(definition, first, data):
    state, _ = start(definition, first, AT)
    for _ in range(data.draw(st.integers(0, 5))):
        if state.ended is None:
            step = definition.step(state.open[0].step)
            state, _ = advance(definition, state, StepDone(step.id, step.ways[0].outcome), AT)
    if state.ended is None:
        assert advance(definition, state, FactsChanged(state.facts), AT) == (state, ())

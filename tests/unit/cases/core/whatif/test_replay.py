"""What would have been: the process that was followed gives what happened, another what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world.processes import CONDITIONS, facts, valid

from concilia.cases.core.authority import Act, Level, Limit
from concilia.cases.core.limits import LimitRow, LimitTable, Subject, shipped_table
from concilia.cases.core.process.conditions import Facts, read_condition
from concilia.cases.core.process.editing import Add, Delete, edit
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.model import Holder, Kind, Within
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import ActDone, EventRefused, StepDone
from concilia.cases.core.whatif.axis import DAY_SECONDS, WorkingAxis
from concilia.cases.core.whatif.columns import columns_of, holds
from concilia.cases.core.whatif.figures import added, figures_of, outcomes_of
from concilia.cases.core.whatif.history import PastCase, past_of, times_of
from concilia.cases.core.whatif.replay import Draft, lived_so, lived_then
from concilia.cases.queries.processes import shipped
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import SlaClock, Unit

CLOCK = SlaClock(BusinessCalendar("IT"))
AXIS = WorkingAxis.of(CLOCK, date(2026, 1, 1), date(2027, 12, 31))
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
OWN = shipped()["shortage"]
FACTS = Facts(reason="NC-01", amount=Decimal("800.00"), qualified=True, money=True, signatures=1,
              missing=frozenset({"POD"}), verdict="VALID")  # fmt: skip


def case_of(definition, state, opened, number=1, **values):
    passed = [(one.step, one.outcome, int(one.at.timestamp())) for one in state.passed]
    closed = passed[-1][2] if passed else int(opened.timestamp())
    return PastCase(
        **{
            "id": number, "definition": definition, "facts": state.facts,
            "opened": int(opened.timestamp()), "closed": closed,
            "due": int(CLOCK.deadline(opened, 5, Unit.BUSINESS_DAYS).due.timestamp()),
            "department": "LOG", "passed": passed, "level": 1, "signatures": 1,
            "asked": [(Act.APPROVE_CLAIM, 80_000, 0, 0, 0)], "amount_minor": 80_000,
        } | values
    )  # fmt: skip


def a_case(hours=9, number=1, **values):
    """A shortage whose POD and decision each take some hours of the clock on the wall."""
    at = MONDAY
    state, _effects = start(OWN.definition, FACTS, at)
    steps = [ActDone(Kind.VERDICT), StepDone("pod", "done"), StepDone("propose", "done"),
             StepDone("sign", "approved"), StepDone("post", "done"), StepDone("answer", "done"),
             StepDone("cause", "done")]  # fmt: skip
    for event in steps:
        at += timedelta(hours=hours)
        state, _effects = advance(OWN.definition, state, event, at)
    assert state.ended
    return past_of(case_of(OWN.definition, state, MONDAY, number, **values), AXIS)


def tried(pasts, definition=None, limits=None):
    then = lived_then(pasts, AXIS)
    return then, lived_so(pasts, then, Draft(definition, limits), times_of(pasts), AXIS)


def visits(lived):
    return sorted(
        zip(lived.case.tolist(), lived.step, lived.holder, lived.opened.tolist(),
            lived.closed.tolist(), lived.late.tolist(), strict=True)
    )  # fmt: skip


class TestAxis:
    @given(st.integers(0, 60 * 24 * 690), st.integers(0, 30), st.sampled_from(Unit))
    @settings(max_examples=200, deadline=None)
    def test_deadlines_are_those_of_the_clock(self, minutes, n, unit):
        at = datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=minutes)
        place = AXIS.at(np.array([int(at.timestamp())]))
        due = AXIS.due(place, Within(n, unit))
        if unit is Unit.CALENDAR_DAYS and not CLOCK.calendar.is_business_day(
            at.astimezone(CLOCK.tz).date()
        ):
            return  # counted from the next working day here
        wanted = CLOCK.deadline(at, n, unit).due
        late_enough = at.astimezone(CLOCK.tz).time() > CLOCK.closes
        if unit is Unit.CALENDAR_DAYS and late_enough:
            return
        assert AXIS.at(np.array([int(wanted.timestamp())]))[0] in {
            due[0],
            min(due[0], DAY_SECONDS * 10**6),
        }

    def test_nights_and_holidays_take_no_time(self):
        moments = [datetime(2026, 12, 4, 17, tzinfo=UTC), datetime(2026, 12, 9, 8, tzinfo=UTC)]
        first, second = AXIS.at(np.array([int(one.timestamp()) for one in moments])).tolist()
        # Friday six o'clock, then Saturday, Sunday, Monday, the 8th; Wednesday nine o'clock.
        assert second - first == DAY_SECONDS


class TestColumns:
    @given(st.lists(facts, min_size=1, max_size=6), st.sampled_from([
        *CONDITIONS, 'not (country = "DE")', 'reason != "NC-01"', "signatures >= 1",
        'missing("POD") or (amount > 99.99 and money)', 'segment in ("A", "B")',
    ]))  # fmt: skip
    @settings(max_examples=150, deadline=None)
    def test_a_column_answers_as_each_case_does(self, known, text):
        condition = read_condition(text)
        columns = columns_of(known, [{} for _ in known], ["POD", "GRN", "CT"])
        answers = {1: True, 0: False, -1: None}
        assert [answers[one] for one in holds(condition, columns).tolist()] == [
            condition.holds(one) for one in known
        ]


class TestTheSameProcess:
    @given(valid, facts, st.lists(st.tuples(st.integers(0, 9), st.integers(1, 90)), max_size=40))
    @settings(max_examples=120, deadline=None)
    def test_gives_what_happened(self, definition, known, happened):
        """Only what is done one thing after the other: what chance breaks off has no time."""
        if any(getattr(node, "branches", ()) for node in definition.nodes):
            return
        at = MONDAY
        state, _effects = start(definition, replace(known, reason="NC-01"), at)
        for choice, hours in happened:
            if state.ended:
                break
            at += timedelta(hours=hours)
            step = definition.step(state.open[choice % len(state.open)].step)
            way = step.ways[choice % len(step.ways)]
            try:
                state, _effects = advance(definition, state, StepDone(step.id, way.outcome), at)
            except EventRefused:
                continue
        if not state.ended:
            return
        past = past_of(
            case_of(definition, state, MONDAY, signatures=state.facts.signatures or 0), AXIS
        )
        then, so = tried([past], definition)
        assert visits(then) == visits(so)
        assert then.ends.tolist() == so.ends.tolist()
        assert then.is_late.tolist() == so.is_late.tolist()

    @pytest.mark.parametrize("hours", [1, 9, 30])
    def test_with_branches_too(self, hours):
        then, so = tried([a_case(hours)], OWN.definition)
        assert visits(then) == visits(so)
        assert "pod" in then.step

    def test_the_same_twice_gives_the_same(self):
        pasts = [a_case(hours, number) for number, hours in enumerate((2, 9, 30))]
        text = edit(OWN.text, Add(Kind.FORM, "", "propose")).text
        definition = read_process(text).definition
        assert visits(tried(pasts, definition)[1]) == visits(tried(pasts, definition)[1])


class TestAnotherProcess:
    def test_a_step_taken_out_saves_its_time(self):
        past = a_case(9)
        then, so = tried([past], read_process(edit(OWN.text, Delete("pod")).text).definition)
        pod = next(v for v in past.visits if v.step == "pod")
        assert then.ends[0] - so.ends[0] == pod.closed - pod.opened
        assert "pod" not in so.step

    def test_a_new_step_takes_what_it_may_where_nobody_knows_better(self):
        text = edit(OWN.text, Add(Kind.FORM, "", "propose")).text
        then, so = tried([a_case(9)], read_process(text).definition)
        n = so.step.index("form")
        assert so.closed[n] == AXIS.due(so.opened[n : n + 1], Within(2))[0]
        assert so.ends[0] - then.ends[0] == so.closed[n] - so.opened[n]
        assert so.is_late[0] >= then.is_late[0]

    def test_done_by_the_system_it_takes_no_time(self):
        text = OWN.text.replace(
            "who: department CUS\n  within: 1 working day", "who: system\n  within: 1 working day"
        )
        _then, so = tried([a_case(9)], read_process(text).definition)
        n = so.step.index("answer")
        assert (so.holder[n], so.closed[n] - so.opened[n]) == ("system", 0)

    def test_less_time_makes_more_late(self):
        text = OWN.text.replace(
            "within: 5 working days\n  done -> end", "within: 1 hour\n  done -> end"
        )
        then, so = tried([a_case(9)], read_process(text).definition)
        assert not then.late[then.step.index("cause")]
        assert so.late[so.step.index("cause")]

    def test_passed_over_where_its_condition_says_so(self):
        text = OWN.text.replace('skip if: not missing("POD")', "skip if: amount > 500.00")
        _then, so = tried([a_case(9)], read_process(text).definition)
        assert "pod" not in so.step

    def test_others_time_is_not_ours(self):
        last = "within: 5 working days\n  done -> end"
        text = OWN.text.replace(last, last.replace("done", "clock: customer\n  done"))
        assert text != OWN.text
        _then, so = tried([a_case(9)], read_process(text).definition)
        assert so.holder[so.step.index("cause")] == Holder.CUSTOMER


class TestOtherLimits:
    def row(self, *minor, act=Act.APPROVE_CLAIM, **scopes):
        cells = {Level(n): Limit(most) for n, most in enumerate(minor, start=1)}
        named = {scope: frozenset(words) for scope, words in scopes.items()}
        return LimitRow(act=act, limits=cells, **named)

    def limits(self, *rows):
        return LimitTable(version="draft", currency="EUR", rows=rows)

    @pytest.mark.parametrize(
        ("limits", "level", "signatures"),
        [((100_000,), 1, 1), ((10_000, 100_000), 2, 1), ((10_000, 20_000, 100_000), 3, 2),
         ((10_000,), 6, 2)],
    )  # fmt: skip
    def test_who_would_have_signed(self, limits, level, signatures):
        _then, so = tried([a_case()], limits=self.limits(self.row(*limits)))
        assert (so.level[0], so.signatures[0]) == (level, signatures)
        assert f"level {level}" in so.holder

    def test_the_limits_that_are_change_nothing(self):
        past = a_case(level=2, asked=[(Act.APPROVE_CLAIM, 80_000, 120_000, 0, 0)])
        then, so = tried([past], limits=shipped_table("EUR"))
        assert visits(then) == visits(so)

    def test_the_narrowest_row_that_speaks_of_a_case_counts_for_it_alone(self):
        table = self.limits(
            self.row(100_000),
            self.row(1_000, 100_000, reasons={"NC"}, countries={"DE"}),
            self.row(1_000, 2_000, 100_000, reasons={"NC-01"}),
        )
        subjects = [Subject("FI-01", "LOG", "DE"), Subject("NC-02", "LOG", "DE"),
                    Subject("NC-02", "LOG", "IT"), Subject("NC-01", "LOG", "DE")]  # fmt: skip
        cases = [a_case(number=n, subject=one) for n, one in enumerate(subjects)]

        _then, so = tried(cases, limits=table)

        assert so.level.tolist() == [1, 2, 1, 3]

    def test_what_is_refused_besides_counts_too(self):
        asked = [(Act.APPROVE_CLAIM, 80_000, 0, 0, 0), (Act.DENY_CLAIM, 50_000, 0, 0, 0)]
        table = self.limits(self.row(100_000), self.row(1_000, 60_000, act=Act.DENY_CLAIM))

        _then, so = tried([a_case(asked=asked)], limits=table)

        assert so.level[0] == 2


class TestFigures:
    def test_parts_add_up_to_the_whole(self):
        pasts = [a_case(hours, number) for number, hours in enumerate((2, 9, 30, 30))]
        then, so = tried(pasts)
        whole = figures_of(pasts, then, so, AXIS)
        parts = {}
        for one in pasts:
            parts = added(parts, figures_of([one], *tried([one]), AXIS))
        assert whole == parts
        assert whole["cases"] == 4
        assert whole["before"] == whole["after"]
        assert whole["before"]["levels"] == {"1": [4, 320_000]}
        log = whole["before"]["holders"]["department LOG"]
        assert log["steps"] == 12
        assert sum(log["weeks"].values()) == 12

    def test_each_case_has_its_row(self):
        past = a_case(30)
        then, _so = tried([past])
        (row,) = outcomes_of([past], then)
        assert row.holders == ("department CUS", "department LOG", "level 1")
        assert row.steps == 5
        assert row.minutes == (past.closed - past.opened) // 60

"""Who is told of time that is going, who stands above whom, and what is still ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.clockwork import Say, Tell, due_runs, passed, rung, tells
from concilia.cases.core.forecast import minutes_left, of_others, road_of, steps_in, taken
from concilia.cases.core.ladder import Person, ladder, successor
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.state import EvidenceArrived
from concilia.cases.queries.processes import shipped

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
SHORTAGE = shipped()["shortage"].definition
ANNA = Person(id=1, department="LOG", level=1)
BRUNO = Person(id=2, department="LOG", level=1, load=3)
LEAD = Person(id=3, department="LOG", level=2)
MANAGER = Person(id=4, department="LOG", level=3)
HEAD = Person(id=5, department="CRD", level=4)
CFO = Person(id=6, department="CRD", level=5)
SELLER = Person(id=7, department="SAL", level=3)
HOUSE = [ANNA, BRUNO, LEAD, MANAGER, HEAD, CFO, SELLER]


def with_(person, **changes):
    return [replace(one, **changes) if one.id == person.id else one for one in HOUSE]


class TestShares:
    @pytest.mark.parametrize(
        ("told", "used", "new"),
        [
            (0, 49, ()),
            (0, 50, (50,)),
            (50, 79, ()),
            (50, 85, (80,)),
            (0, 130, (50, 80, 100, 120)),
            (120, 400, (200,)),
            (200, 9_000, ()),
        ],
    )
    def test_each_is_passed_once(self, told, used, new):
        assert passed(told, used) == new

    @given(st.lists(st.integers(0, 300)).map(sorted))
    def test_however_often_one_looks(self, looks):
        told, seen = 0, []
        for used in looks:
            new = passed(told, used)
            seen += new
            told = max([told, *new])
        assert seen == list(passed(0, max(looks, default=0)))

    def test_a_step_runs_out_at_its_deadline_and_twice_more(self):
        assert [due_runs(used) for used in (99, 100, 119, 120, 200, 999)] == [0, 1, 1, 2, 3, 3]


class TestTelling:
    def test_before_the_deadline_only_who_has_it(self):
        assert list(tells((50,), [1], (3, 4))) == [Tell(1, Say.REMINDER, 50)]

    def test_after_a_night_the_last_is_said_to_who_has_it_and_each_rung_hears(self):
        assert list(tells((80, 100, 120), [1], (3, 4, 5))) == [
            Tell(1, Say.LATE, 120),
            Tell(3, Say.ESCALATION, 100),
            Tell(4, Say.ESCALATION, 120),
        ]

    def test_who_has_it_is_not_told_as_the_one_above(self):
        assert list(tells((100,), [3], (3, 4))) == [Tell(3, Say.LATE, 100)]

    def test_a_short_ladder_ends_with_its_highest(self):
        assert [rung((3, 4), n) for n in range(3)] == [3, 4, 4]
        assert rung((), 0) is None


class TestLadder:
    def test_lead_manager_and_the_heads_of_the_house(self):
        assert ladder(HOUSE, "LOG", ANNA.id) == (3, 4, 5, 6)
        assert ladder(HOUSE, "TAX", None) == (5, 6)

    def test_above_who_has_it(self):
        assert ladder(HOUSE, "LOG", LEAD.id) == (4, 5, 6)
        assert ladder(HOUSE, "CRD", CFO.id) == ()

    def test_who_is_away_is_stood_in_for_or_left_out(self):
        assert ladder(with_(LEAD, is_away=True, stand_in=2), "LOG", ANNA.id) == (2, 4, 5, 6)
        assert ladder(with_(LEAD, is_away=True, stand_in=1), "LOG", ANNA.id) == (4, 5, 6)

    @given(st.permutations(HOUSE), st.sampled_from(["LOG", "SAL", "TAX"]), st.integers(1, 7))
    def test_nobody_stands_on_two_rungs_nor_above_themselves(self, people, team, holder):
        rungs = ladder(people, team, holder)
        assert len(set(rungs)) == len(rungs)
        assert holder not in rungs
        assert rungs == ladder(HOUSE, team, holder)

    def test_what_is_not_done_goes_to_the_colleague_with_least_to_do(self):
        assert successor(HOUSE, "LOG", LEAD.id) == ANNA.id
        assert successor(with_(ANNA, load=9), "LOG", LEAD.id) == MANAGER.id
        assert successor(HOUSE, "TAX", None) is None

    def test_of_one_who_is_away_it_goes_to_the_stand_in(self):
        away = with_(ANNA, is_away=True, stand_in=BRUNO.id)
        assert successor(away, "LOG", ANNA.id) == BRUNO.id


class TestForecast:
    def ahead(self, facts=None):
        state, _effects = start(
            SHORTAGE, facts or Facts(reason="NC-01", missing=frozenset({"POD", "GRN"})), AT
        )
        return state, road_of(SHORTAGE, state)

    def test_the_road_goes_the_usual_way_to_the_end(self):
        _state, road = self.ahead()
        names = list(steps_in(road))
        assert len(set(names)) == len(names)
        assert names[-1] == [step.id for step in SHORTAGE.steps][-1]
        assert {"pod", "propose"} <= set(names)

    def test_what_is_surely_skipped_is_not_ahead(self):
        _state, road = self.ahead(
            Facts(reason="NC-01", missing=frozenset(), signatures=0, money=False)
        )
        assert not {"pod", "sign", "post"} & set(steps_in(road))

    def test_a_step_done_is_behind_and_leaves_its_time(self):
        before, road = self.ahead()
        waiting = next(one for one in before.open)
        code = SHORTAGE.step(waiting.step).code
        after, _effects = advance(SHORTAGE, before, EvidenceArrived(code), AT + timedelta(hours=3))
        if waiting.step in steps_in(road) and code:
            assert waiting.step not in steps_in(road_of(SHORTAGE, after))
            assert waiting.step in {one.step for one in taken(before, after)}

    def test_branches_take_as_long_as_the_longest(self):
        usual = {"a": 60, "b": 100, "c": 30, "d": 10}
        left = minutes_left(["a", [["b"], ["c", "d"]], "x"], usual, frozenset(), {"a": 45})
        assert (left.ours, left.all, left.unknown) == (115, 115, 1)

    def test_the_time_of_others_is_not_ours(self):
        left = minutes_left(["a", "b"], {"a": 60, "b": 600}, frozenset({"b"}), {})
        assert (left.ours, left.all) == (60, 660)
        assert all(isinstance(one, str) for one in of_others(SHORTAGE))

    def test_an_open_step_that_takes_longer_than_usual_may_end_any_moment(self):
        assert minutes_left(["a"], {"a": 60}, frozenset(), {"a": 600}).ours == 0

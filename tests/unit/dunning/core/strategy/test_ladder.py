"""One step after the other, with rests and pauses, and never up by two (R-3.1, R-3.5)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.dunning.core.motives import Tone, highest_tone
from concilia.dunning.core.strategy.arms import Arm, Share, arm_of, interval_of, uplift_of
from concilia.dunning.core.strategy.ladder import Asking, Last, Why, touch_due
from concilia.dunning.core.strategy.segments import (
    Assigner,
    Behaviour,
    Place,
    band_of,
    score_of,
    stage_of,
)
from concilia.dunning.core.strategy.sheet import read_strategy
from concilia.dunning.core.strategy.shipped import SHIPPED, TEXT
from concilia.dunning.core.strategy.terms import Band, Stage, Who
from concilia.kernel.non_payment import NON_PAYMENT_REASONS

TODAY = date(2026, 11, 19)
STEPS = SHIPPED.ladder("b2b")


def days_ago(days):
    return TODAY - timedelta(days=days)


def due(**asking):
    told = Asking(**{"oldest_due": days_ago(40), "exhausted": True} | asking)
    return touch_due(STEPS, told, TODAY, rest_days=3, pause_days=7)


def test_however_late_the_first_is_a_friendly_reminder():
    assert due().place == 0


def test_before_its_day_nothing_is_due():
    found = due(oldest_due=days_ago(2))
    assert (found.why, found.until) == (Why.NOT_YET, TODAY + timedelta(days=1))


def test_the_next_step_waits_as_many_days_as_lie_between_both_in_the_plan():
    last = Last(10, Tone.QUESTION, days_ago(4))
    assert (due(last=last).why, due(last=last).until) == (Why.RESTED, TODAY + timedelta(days=1))
    assert STEPS[due(last=Last(10, Tone.QUESTION, days_ago(5))).place].day == 15


def test_after_they_acted_it_rests_and_goes_on_no_higher():
    last = Last(10, Tone.QUESTION, days_ago(20))
    assert due(last=last, acted_on=days_ago(6)).why is Why.THEY_ACTED
    found = due(last=last, acted_on=days_ago(7))
    assert (STEPS[found.place].day, found.resumed_on) == (10, days_ago(7))


def test_a_broken_promise_takes_it_up():
    last = Last(10, Tone.QUESTION, days_ago(20))
    found = due(last=last, acted_on=days_ago(10), broken_on=days_ago(1))
    assert (STEPS[found.place].day, found.resumed_on) == (15, None)


def test_when_nothing_of_the_last_is_open_it_begins_anew():
    last = Last(35, Tone.FORMAL_NOTICE, days_ago(20), is_settled=True)
    assert due(last=last).place == 0


def test_nothing_firmer_than_a_question_while_nobody_knows_why():
    last = Last(15, Tone.QUESTION, days_ago(20))
    assert due(last=last, exhausted=False).why is Why.REASON_FIRST
    assert STEPS[due(last=last).place].tone is Tone.FIRM


@given(
    st.integers(1, 200),
    st.none() | st.tuples(st.sampled_from(STEPS), st.integers(0, 60), st.booleans()),
    st.none() | st.integers(0, 60),
    st.none() | st.integers(0, 60),
    st.sampled_from(list(NON_PAYMENT_REASONS)),
    st.booleans(),
)
def test_never_two_up_never_up_after_a_pause_never_firmer_than_the_reason(
    late, went, acted, broken, motive, exhausted
):
    last = Last(went[0].day, went[0].tone, days_ago(went[1]), went[2]) if went else None
    asking = Asking(
        oldest_due=days_ago(late),
        last=last,
        acted_on=None if acted is None else days_ago(acted),
        broken_on=None if broken is None else days_ago(broken),
        motive=motive,
        exhausted=exhausted,
    )
    found = touch_due(STEPS, asking, TODAY, rest_days=3, pause_days=7)
    assert (found.place is None) == (found.why is not None)
    if found.place is None:
        return
    step = STEPS[found.place]
    firmest = highest_tone(motive, exhausted=exhausted)
    assert firmest is not None
    assert step.tone <= firmest
    assert step.day <= late
    if last is None or last.is_settled:
        assert step.tone <= Tone.REMINDER
    else:
        assert step.tone <= last.tone + 1
        assert (TODAY - last.on).days >= 3
        if found.resumed_on:
            assert step.tone <= last.tone


def test_segments():
    assert score_of(Behaviour()) is None
    assert score_of(Behaviour(paid=10)) == 100
    assert score_of(Behaviour(paid=4, late=4, days_late=90, promises=1, broken=1, returned=9)) == 0
    assert [band_of(n) for n in (None, 0, 25, 50, 75, 100)] == [
        Band.NEW, Band.D, Band.C, Band.B, Band.A, Band.A,
    ]  # fmt: skip
    assert [stage_of(n) for n in (1, 10, 11, 365, 366, 9000)] == [
        Stage.TO_10, Stage.TO_10, Stage.TO_30, Stage.TO_365, Stage.BEYOND, Stage.BEYOND,
    ]  # fmt: skip


def test_the_first_rule_that_fits_wins_and_is_named():
    text = TEXT.replace(
        "rule all", "rule large: who business, band C D, from 5000 -> key\nrule all", 1
    )
    assigner = Assigner(read_strategy(text).strategy)

    def plan(who, band, value):
        found = assigner.assign(Place(who, band, Stage.TO_10, value), 1, may_try=True)
        return found.rule, found.plan

    assert plan(Who.CONSUMER, Band.D, 9_000) == ("consumers", "b2c")
    assert plan(Who.BUSINESS, Band.D, 5_000) == ("large", "key")
    assert plan(Who.BUSINESS, Band.D, 4_999) == ("all", "b2b")
    assert plan(Who.BUSINESS, Band.A, 9_000) == ("all", "b2b")


def test_a_trial_takes_its_share_and_none_who_must_not_be_tried_on():
    text = TEXT + "experiment softer: b2b against key 20%\n"
    assigner = Assigner(read_strategy(text).strategy)
    place = Place(Who.BUSINESS, Band.A, Stage.TO_10, 1)
    arms = [assigner.assign(place, n, may_try=True).arm for n in range(10_000)]
    assert 1_800 < arms.count(Arm.CHALLENGER) < 2_200
    assert {assigner.assign(place, n, may_try=False).arm for n in range(100)} == {Arm.NONE}
    assert arm_of(7, "softer", 20) is arm_of(7, "softer", 20)


def test_uplift_by_newcombe():
    """His own example: 56/70 against 48/80 differ by 0.2, from 0.0524 to 0.3339."""
    found = uplift_of(Share(48, 80), Share(56, 70))
    assert (found.by, found.least, found.most) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert found.is_certain
    assert interval_of(Share(0, 0)) == (0.0, 1.0)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_difference(a, b, c, d):
    one, other = Share(min(a, b), max(a, b)), Share(min(c, d), max(c, d))
    found = uplift_of(one, other)
    assert found.least <= found.by <= found.most

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.machine import TransitionRefused
from concilia.ledger.core.posting_states import (
    GIVEN_UP_AFTER,
    POSTING_MACHINE,
    Attempt,
    PostingAct,
    PostingState,
    after_acceptance,
    after_failure,
    next_attempt,
    wait_after,
)

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)


def an_attempt(attempts: int = 1, minutes: int = 0) -> Attempt:
    return Attempt(requested_at=NOON, attempts=attempts, at=NOON + timedelta(minutes=minutes))


class TestMachine:
    def test_the_unknown_is_only_resolved_by_a_look_up(self):
        assert POSTING_MACHINE.allowed(PostingState.UNKNOWN) == {
            PostingAct.FIND,
            PostingAct.MISS,
            PostingAct.REJECT,
            PostingAct.WAIT,
        }
        with pytest.raises(TransitionRefused):
            POSTING_MACHINE.after(PostingState.UNKNOWN, PostingAct.SEND)

    def test_what_is_posted_stays_posted(self):
        assert POSTING_MACHINE.terminal == {PostingState.POSTED}

    @given(acts=st.lists(st.sampled_from(list(PostingAct))))
    def test_nothing_is_sent_twice_without_a_certain_answer_between(self, acts):
        state, on_its_way = PostingState.PENDING, False
        for act in acts:
            if not POSTING_MACHINE.allows(state, act):
                continue
            if act is PostingAct.SEND:
                assert not on_its_way
                on_its_way = True
            elif act not in {PostingAct.LOSE, PostingAct.WAIT}:
                on_its_way = False
            state = POSTING_MACHINE.after(state, act)


class TestWaiting:
    def test_doubles_from_a_minute_to_six_hours(self):
        assert [wait_after(n).total_seconds() / 60 for n in (1, 2, 3, 9, 10, 99)] == [
            1,
            2,
            4,
            256,
            360,
            360,
        ]

    def test_ends_after_a_day(self):
        requested_at = NOON
        at, attempts = NOON, 0
        while at is not None:
            attempts += 1
            last, at = at, next_attempt(requested_at=requested_at, attempts=attempts, at=at)
        assert last == NOON + GIVEN_UP_AFTER
        assert attempts == 13

    def test_there_is_nothing_to_wait_for_before_the_first(self):
        with pytest.raises(ValueError, match="0 attempts"):
            wait_after(0)


class TestAfterFailure:
    def test_a_failure_before_the_call_is_simply_tried_again(self):
        after = after_failure(an_attempt(), permanent=False, lost=False)
        assert (after.state, after.next_attempt_at) == ("PENDING", NOON + timedelta(minutes=1))

    def test_a_lost_answer_is_looked_up_first(self):
        after = after_failure(an_attempt(), permanent=False, lost=True)
        assert after.state == "UNKNOWN"
        assert not after.needs_person

    def test_a_refusal_waits_for_a_person(self):
        after = after_failure(an_attempt(), permanent=True, lost=False)
        assert (after.state, after.needs_person) == ("REJECTED", True)

    def test_other_amounts_in_the_erp_wait_for_a_person(self):
        after = after_failure(an_attempt(), permanent=True, lost=True)
        assert (after.state, after.needs_person) == ("UNKNOWN", True)

    def test_after_a_day_nothing_is_tried_alone(self):
        after = after_failure(an_attempt(13, 24 * 60), permanent=False, lost=True)
        assert after.needs_person


class TestAfterAcceptance:
    @pytest.mark.parametrize("state", [PostingState.SENT, PostingState.UNKNOWN])
    def test_the_answer_is_waited_for_without_end(self, state):
        after = after_acceptance(an_attempt(40, 7 * 24 * 60), state=state)
        assert after.state == "SENT"
        assert after.next_attempt_at == NOON + timedelta(days=7, hours=6)

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.states import (
    CLAIM_MACHINE,
    TERMINAL,
    ClaimAction,
    ClaimState,
    Clock,
    advance,
    allowed_actions,
    clock_of,
    withdrawal_needs_reversal,
)
from concilia.kernel.machine import TransitionRefused

AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
S, A = ClaimState, ClaimAction


def walk(*actions):
    state = S.RECEIVED
    for action in actions:
        state = advance(state, action, at=AT)
    return state


class TestLife:
    def test_the_road_to_a_credit_note(self):
        assert (
            walk(
                A.QUALIFY, A.INVESTIGATE, A.ASK_THIRD_PARTY, A.RESUME, A.PROPOSE, A.SUBMIT,
                A.APPROVE_PART, A.POST, A.FAIL_POSTING, A.POST, A.CONFIRM_POSTING, A.NOTIFY,
                A.ACCEPT, A.COLLECT, A.REPAY, A.CLOSE,
            )
            is S.CLOSED
        )  # fmt: skip

    def test_the_road_of_a_refusal_appealed(self):
        assert (
            walk(
                A.QUALIFY, A.INVESTIGATE, A.PROPOSE, A.SUBMIT, A.DENY, A.NOTIFY, A.APPEAL,
                A.INVESTIGATE,
            )
            is S.INVESTIGATING
        )  # fmt: skip

    def test_whoever_holds_the_ball_may_change_without_coming_back_to_us(self):
        assert advance(S.WAITING_CUSTOMER, A.ASK_THIRD_PARTY, at=AT) is S.WAITING_THIRD_PARTY
        assert advance(S.WAITING_INTERNAL, A.ASK_CUSTOMER, at=AT) is S.WAITING_CUSTOMER

    def test_a_decision_skips_neither_proposal_nor_approval(self):
        for action in (A.APPROVE, A.APPROVE_PART, A.DENY):
            assert [s for s in S if CLAIM_MACHINE.allows(s, action)] == [S.IN_APPROVAL]
        assert [s for s in S if CLAIM_MACHINE.allows(s, A.SUBMIT)] == [S.DECISION_PROPOSED]

    def test_nothing_is_posted_that_was_not_approved(self):
        assert {s for s in S if CLAIM_MACHINE.allows(s, A.POST)} == {
            S.APPROVED,
            S.PARTIALLY_APPROVED,
            S.POSTING_FAILED,
        }

    @pytest.mark.parametrize("state", sorted(set(ClaimState) - TERMINAL))
    def test_the_customer_may_withdraw_until_the_end(self, state):
        assert advance(state, A.WITHDRAW, at=AT) is S.WITHDRAWN

    def test_the_end_is_the_end(self):
        assert CLAIM_MACHINE.allowed(S.WITHDRAWN) == frozenset()
        assert CLAIM_MACHINE.allowed(S.CLOSED) == {A.REOPEN}
        assert CLAIM_MACHINE.allowed(S.DUPLICATE) == {A.KEEP_APART}

    def test_every_state_can_be_reached_and_left_for_an_end(self):
        reachable = CLAIM_MACHINE.reachable(S.RECEIVED)

        assert reachable | {S.RECEIVED} == set(ClaimState)
        for state in set(ClaimState) - {S.WITHDRAWN}:
            assert S.CLOSED in CLAIM_MACHINE.reachable(state)

    def test_a_twin_is_merged_only_before_people_sign(self):
        assert not CLAIM_MACHINE.allows(S.IN_APPROVAL, A.MERGE)
        assert not CLAIM_MACHINE.allows(S.POSTED, A.MERGE)

    def test_says_when_a_withdrawal_must_undo_a_posting(self):
        assert withdrawal_needs_reversal(S.POSTED)
        assert not withdrawal_needs_reversal(S.INVESTIGATING)


class TestLimits:
    def test_one_appeal_and_no_more(self):
        assert advance(S.CUSTOMER_NOTIFIED, A.APPEAL, appeals=0, at=AT) is S.APPEALED
        with pytest.raises(TransitionRefused, match="appealed 1 time"):
            advance(S.CUSTOMER_NOTIFIED, A.APPEAL, appeals=1, at=AT)

    def test_reopened_within_ninety_days(self):
        closed = AT - timedelta(days=90)

        assert advance(S.CLOSED, A.REOPEN, closed_at=closed, at=AT) is S.REOPENED
        with pytest.raises(TransitionRefused, match="more than 90 days"):
            advance(S.CLOSED, A.REOPEN, closed_at=closed - timedelta(seconds=1), at=AT)
        with pytest.raises(TransitionRefused, match="when it was closed"):
            advance(S.CLOSED, A.REOPEN, at=AT)

    def test_offers_only_what_it_would_accept(self):
        assert A.APPEAL not in allowed_actions(S.CUSTOMER_NOTIFIED, appeals=1, at=AT)
        assert allowed_actions(S.CLOSED, at=AT) == frozenset()

    @given(st.lists(st.sampled_from(ClaimAction), max_size=40))
    def test_offered_and_accepted_are_the_same_on_every_walk(self, actions):
        state, appeals = S.RECEIVED, 0
        for action in actions:
            offered = allowed_actions(state, appeals=appeals, closed_at=AT, at=AT)
            try:
                following = advance(state, action, appeals=appeals, closed_at=AT, at=AT)
            except TransitionRefused:
                assert action not in offered
                continue
            assert action in offered
            appeals += action is A.APPEAL
            state = following
        assert appeals <= 1


class TestClock:
    @pytest.mark.parametrize(
        ("state", "clock"),
        [
            (S.INVESTIGATING, Clock.RUNNING),
            (S.DECISION_PROPOSED, Clock.RUNNING),
            (S.IN_APPROVAL, Clock.RUNNING),
            (S.POSTING, Clock.RUNNING),
            (S.WAITING_INTERNAL, Clock.RUNNING),
            (S.RECEIVED, Clock.RUNNING),
            (S.DENIED, Clock.RUNNING),
            (S.WAITING_CUSTOMER, Clock.STOPPED),
            (S.WAITING_THIRD_PARTY, Clock.STOPPED),
            (S.POSTED, Clock.ENDED),
            (S.CUSTOMER_NOTIFIED, Clock.ENDED),
            (S.CLOSED, Clock.ENDED),
        ],
    )
    def test_runs_with_us_and_stands_with_others(self, state, clock):
        assert clock_of(state) is clock

    def test_every_state_has_a_clock(self):
        assert {clock_of(state) for state in ClaimState} == set(Clock)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.machine import Machine, TransitionRefused

DOOR = Machine(
    {
        ("OPEN", "CLOSE"): "CLOSED",
        ("CLOSED", "OPEN"): "OPEN",
        ("CLOSED", "LOCK"): "LOCKED",
        ("LOCKED", "BREAK"): "BROKEN",
    }
)
STATES = st.sampled_from(sorted(DOOR.states))
ACTIONS = st.sampled_from(["OPEN", "CLOSE", "LOCK", "BREAK"])


class TestMachine:
    def test_follows_its_table(self):
        assert DOOR.after("CLOSED", "LOCK") == "LOCKED"

    def test_says_what_is_possible_instead(self):
        with pytest.raises(
            TransitionRefused, match="BREAK is not possible while CLOSED; possible: LOCK, OPEN"
        ):
            DOOR.after("CLOSED", "BREAK")

    def test_says_that_a_final_state_is_final(self):
        with pytest.raises(TransitionRefused, match="OPEN is not possible: BROKEN is final"):
            DOOR.after("BROKEN", "OPEN")

    def test_knows_its_terminal_states(self):
        assert DOOR.terminal == {"BROKEN"}
        assert DOOR.is_terminal("BROKEN")
        assert not DOOR.is_terminal("OPEN")

    def test_knows_what_can_still_follow(self):
        assert DOOR.reachable("LOCKED") == {"BROKEN"}
        assert DOOR.reachable("OPEN") == DOOR.states

    @given(state=STATES, action=ACTIONS)
    def test_moves_only_along_listed_transitions(self, state, action):
        if DOOR.allows(state, action):
            assert action in DOOR.allowed(state)
            assert DOOR.after(state, action) in DOOR.states
        else:
            with pytest.raises(TransitionRefused):
                DOOR.after(state, action)

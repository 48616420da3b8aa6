"""The pages about claims say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from concilia.claims.core.rules.registry import RULES
from concilia.claims.core.states import (
    CLAIM_MACHINE,
    TERMINAL,
    ClaimAction,
    ClaimState,
    Clock,
    clock_of,
)

DOCS = Path(__file__).parents[4] / "docs"
WORDS = {Clock.RUNNING: "runs", Clock.STOPPED: "stands", Clock.ENDED: "ended"}


def test_the_page_of_states_lists_every_state_clock_and_move():
    text = (DOCS / "reference/claim-states.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.*) \|$", text, re.M)
    moves = {
        (ClaimState(state), ClaimAction(action)): ClaimState(following)
        for state, _, cell in rows
        for action, following in re.findall(r"`(\w+)` → `(\w+)`", cell)
    }

    assert {state: clock for state, clock, _ in rows} == {
        state: WORDS[clock_of(state)] for state in ClaimState
    }
    assert moves == {
        key: following
        for key, following in CLAIM_MACHINE.transitions.items()
        if key[1] is not ClaimAction.WITHDRAW
    }
    named = re.search(r"From every state but (.*) the customer", text)
    assert named is not None
    assert set(re.findall(r"`(\w+)`", named[1])) == TERMINAL


def test_the_page_of_verdicts_names_every_rule_and_version():
    text = (DOCS / "explanation/verdicts.md").read_text()

    for rule in RULES:
        assert f"| {rule.rule_id} {rule.version} |" in text

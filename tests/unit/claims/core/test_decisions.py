from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.decisions import (
    Choice,
    Decision,
    DecisionRefused,
    Departure,
    Ground,
    LineToDecide,
    Outcome,
    Refusal,
    decide,
    lines_of,
)
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.core.verdict import evaluate

PROPOSED = ClaimState.DECISION_PROPOSED
REFUSE = Decision(Choice.REFUSE, reason="The papers differ.", ground=Ground.NOT_PROVEN)


@pytest.fixture
def lines(frischmarkt):
    return lines_of(evaluate(frischmarkt))


def refused(code, **arguments):
    with pytest.raises(DecisionRefused) as caught:
        decide(**arguments)
    assert caught.value.code is code
    assert str(caught.value)


class TestDecide:
    def test_the_valid_part_needs_no_words(self, lines):
        result = decide(state=PROPOSED, lines=lines, decision=Decision(Choice.ACCEPT_VALID))

        assert (result.outcome, result.departure) == (Outcome.PARTLY, Departure.NONE)
        assert (result.approved_minor, result.denied_minor) == (55_080, 16_560)
        assert result.conclusion is ClaimAction.APPROVE_PART
        assert result.actions == (ClaimAction.SUBMIT,)
        assert [line.approved_minor for line in result.lines] == [17_280, 37_800, 0]

    def test_all_of_it_is_more_than_proven_and_needs_a_reason(self, lines):
        bare = Decision(Choice.ACCEPT_ALL)
        refused(Refusal.REASON_NEEDED, state=PROPOSED, lines=lines, decision=bare)

        result = decide(
            state=PROPOSED,
            lines=lines,
            decision=Decision(Choice.ACCEPT_ALL, reason="A good customer, once."),
        )
        assert (result.outcome, result.departure) == (Outcome.APPROVED, Departure.ABOVE)
        assert result.denied_minor == 0

    def test_nothing_at_all_needs_a_ground_and_words(self, lines):
        for decision, code in (
            (Decision(Choice.REFUSE), Refusal.GROUND_NEEDED),
            (Decision(Choice.REFUSE, reason="No."), Refusal.GROUND_NEEDED),
            (Decision(Choice.REFUSE, ground=Ground.OTHER, reason="  "), Refusal.REASON_NEEDED),
        ):
            refused(code, state=PROPOSED, lines=lines, decision=decision)

        result = decide(state=PROPOSED, lines=lines, decision=REFUSE)
        assert (result.outcome, result.departure) == (Outcome.DENIED, Departure.BELOW)
        assert (result.conclusion, result.ground) == (ClaimAction.DENY, Ground.NOT_PROVEN)

    def test_line_by_line_above_here_and_below_there(self, lines):
        decision = Decision(
            Choice.BY_LINE,
            approved={1: 25_920, 2: 30_000, 3: 0},
            reason="Four more by phone; eleven crushed, not fourteen.",
        )

        result = decide(state=PROPOSED, lines=lines, decision=decision)

        assert (result.departure, result.approved_minor) == (Departure.BOTH, 55_920)

    def test_nothing_granted_line_by_line_is_a_refusal_too(self, lines):
        decision = Decision(Choice.BY_LINE, approved={1: 0, 2: 0, 3: 0}, reason="No.")

        refused(Refusal.GROUND_NEEDED, state=PROPOSED, lines=lines, decision=decision)

    @pytest.mark.parametrize(
        ("approved", "code"),
        [
            ({1: 25_921, 2: 0, 3: 0}, Refusal.ABOVE_CLAIMED),
            ({1: -1, 2: 0, 3: 0}, Refusal.BELOW_ZERO),
            ({1: 0, 2: 0}, Refusal.LINE_LEFT_OUT),
            ({1: 0, 2: 0, 3: 0, 4: 0}, Refusal.UNKNOWN_LINE),
        ],
    )
    def test_a_line_gets_no_more_than_claimed_and_is_not_forgotten(self, lines, approved, code):
        decision = Decision(Choice.BY_LINE, approved=approved, reason="x", ground=Ground.OTHER)

        refused(code, state=PROPOSED, lines=lines, decision=decision)

    def test_what_the_rules_left_open_is_the_persons_own_act(self):
        open_line = (LineToDecide(1, 100, 0, 100, "EUR"),)

        refused(
            Refusal.REASON_NEEDED,
            state=ClaimState.INVESTIGATING,
            lines=open_line,
            decision=Decision(Choice.ACCEPT_ALL),
        )
        result = decide(
            state=ClaimState.INVESTIGATING,
            lines=open_line,
            decision=Decision(Choice.ACCEPT_ALL, reason="Seen by Marco."),
        )
        assert result.departure is Departure.UNSUPPORTED
        assert result.actions == (ClaimAction.PROPOSE, ClaimAction.SUBMIT)

    def test_a_claim_about_a_paper_only_ends_well_without_money(self):
        paper = (LineToDecide(1, 0, 0, 0, "EUR"),)

        granted = decide(state=PROPOSED, lines=paper, decision=Decision(Choice.ACCEPT_ALL))
        denied = decide(state=PROPOSED, lines=paper, decision=REFUSE)

        assert (granted.outcome, denied.outcome) == (Outcome.APPROVED, Outcome.DENIED)

    @pytest.mark.parametrize(
        "state", sorted(set(ClaimState) - {PROPOSED, ClaimState.INVESTIGATING})
    )
    def test_in_other_states_nobody_decides(self, lines, state):
        refused(Refusal.NOT_NOW, state=state, lines=lines, decision=REFUSE)

    def test_no_lines_no_decision(self):
        refused(Refusal.NO_LINES, state=PROPOSED, lines=(), decision=REFUSE)

    @given(st.data())
    def test_every_cent_is_either_granted_or_refused(self, data):
        shape = st.lists(st.tuples(*[st.integers(0, 10_000)] * 3), min_size=1, max_size=6)
        lines = [
            LineToDecide(n, valid + rest + undecided, valid, undecided, "EUR")
            for n, (valid, rest, undecided) in enumerate(data.draw(shape))
        ]
        decision = Decision(
            data.draw(st.sampled_from(Choice)),
            approved={line.n: data.draw(st.integers(0, line.claimed_minor)) for line in lines},
            reason="words",
            ground=Ground.OTHER,
        )

        result = decide(state=PROPOSED, lines=lines, decision=decision)

        assert result.approved_minor + result.denied_minor == sum(
            line.claimed_minor for line in lines
        )
        assert all(
            done.approved_minor + done.denied_minor == line.claimed_minor
            for line, done in zip(lines, result.lines, strict=True)
        )
        assert (result.outcome is Outcome.DENIED) == (
            result.approved_minor == 0
            and (result.denied_minor > 0 or decision.choice is Choice.REFUSE)
        )

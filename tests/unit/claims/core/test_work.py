from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from concilia.cases.core.worth import Weights, worth_of
from concilia.claims.core.work import ClaimAsWork, as_work, used_percent, valid_share

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
CLAIM = ClaimAsWork(
    reference="CLM-1",
    state="INVESTIGATING",
    amount_minor=100_000,
    claimed_minor=100_000,
    valid_minor=None,
    odds_bp=4_000,
    opened_at=NOON - timedelta(days=5),
    due_at=NOON + timedelta(days=5),
)


def test_history_counts_until_somebody_judged():
    assert valid_share(CLAIM) == 4_000
    assert valid_share(replace(CLAIM, odds_bp=None)) == 5_000
    # Nothing found valid while papers are missing says nothing yet.
    assert valid_share(replace(CLAIM, valid_minor=0)) == 4_000
    assert valid_share(replace(CLAIM, valid_minor=0, state="DECISION_PROPOSED")) == 0
    assert valid_share(replace(CLAIM, valid_minor=25_000)) == 2_500
    assert valid_share(replace(CLAIM, valid_minor=0, is_decided=True)) == 0


def test_the_terms_of_a_claim_half_way_to_its_deadline():
    worth = worth_of(as_work(CLAIM, NOON, Weights()))

    # 40 % owed at 60, 60 % not owed at 100: 84 %, of which 60 % can be moved: 50.4 %.
    assert worth.expected_minor == 50_400
    assert worth.cost_minor == 2 * 1_250
    assert worth.urgency_percent == 150
    assert worth.score_minor == (50_400 - 2_500) * 150 // 100


def test_who_waits_for_others_comes_after_who_waits_for_us():
    waiting = as_work(replace(CLAIM, state="WAITING_CUSTOMER"), NOON, Weights())

    assert worth_of(waiting).score_minor == 0


def test_time_is_what_is_gone_of_what_there_was():
    assert used_percent(CLAIM, NOON) == 50
    assert used_percent(CLAIM, NOON + timedelta(days=15)) == 200
    assert used_percent(replace(CLAIM, due_at=None), NOON) == 0

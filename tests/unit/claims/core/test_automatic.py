from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from concilia.claims.core.automatic import AutomaticPolicy, CustomerStanding, may_auto_approve
from concilia.claims.core.messages import render
from concilia.claims.core.verdict import evaluate

POLICY = AutomaticPolicy("EUR", {"NC-05": 40_000, "NC-01": 30_000}, claims_to_turnover_bp=300)
GOOD = CustomerStanding(
    is_flagged=False, claimed_90_days_minor=3_000, turnover_90_days_minor=100_000
)


@pytest.fixture
def damage(frischmarkt):
    return evaluate(replace(frischmarkt, lines=frischmarkt.lines[1:2]))


def why_not(verdict, policy=POLICY, standing=GOOD):
    result = may_auto_approve(verdict, policy, standing)
    assert result.allowed == (not result.why_not)
    return [message.key for message in result.why_not]


class TestMayAutoApprove:
    def test_a_small_proven_claim_of_a_good_customer_needs_nobody(self, damage):
        assert why_not(damage) == []

    def test_every_condition_counts(self, damage, frischmarkt):
        assert why_not(evaluate(frischmarkt)) == ["auto_reason_not_listed", "auto_not_fully_valid"]
        assert why_not(damage, replace(POLICY, limits_minor={"NC-05": 37_799})) == [
            "auto_over_limit"
        ]
        assert why_not(damage, standing=replace(GOOD, is_flagged=True)) == ["auto_customer_flagged"]
        assert why_not(damage, standing=replace(GOOD, claimed_90_days_minor=3_001)) == [
            "auto_many_claims"
        ]
        assert why_not(damage, standing=replace(GOOD, turnover_90_days_minor=0)) == [
            "auto_no_turnover"
        ]

    def test_the_limit_itself_is_within(self, damage):
        assert why_not(damage, replace(POLICY, limits_minor={"NC-05": 37_800})) == []

    def test_the_strictest_of_several_reasons_counts(self, frischmarkt):
        shortage = replace(frischmarkt.lines[0], claimed_quantity=Decimal(8), claimed_minor=17_280)
        both = evaluate(replace(frischmarkt, lines=(shortage, frischmarkt.lines[1])))

        assert why_not(both) == ["auto_over_limit"]

    def test_a_verdict_that_finds_nothing_valid_is_never_settled_by_rule(self, frischmarkt):
        fee = evaluate(replace(frischmarkt, lines=frischmarkt.lines[2:]))

        assert "auto_not_fully_valid" in why_not(
            fee, replace(POLICY, limits_minor={"NC-23": 10**9})
        )

    def test_limits_of_another_currency_say_nothing(self, damage):
        with pytest.raises(ValueError, match=r"GBP.*EUR"):
            may_auto_approve(damage, replace(POLICY, currency="GBP"), GOOD)

    def test_says_why_in_words(self, damage):
        result = may_auto_approve(damage, POLICY, replace(GOOD, claimed_90_days_minor=5_250))

        assert [render(message, "de", "EUR") for message in result.why_not] == [
            "Reklamationen der letzten 90 Tage sind 5,25\u00a0% des Umsatzes, mehr als 3\u00a0%."
        ]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.authority import SHIPPED_MATRIX, Act, Amount, Level


def euros(amount, **more):
    return Amount(amount * 100, 0, "EUR", **more)


class TestShippedMatrix:
    @pytest.mark.parametrize(
        ("act", "amount", "level"),
        [
            (Act.APPROVE_CLAIM, euros(500), Level.L1),
            (Act.APPROVE_CLAIM, euros(501), Level.L2),
            (Act.APPROVE_CLAIM, euros(2_500), Level.L2),
            (Act.APPROVE_CLAIM, euros(10_000), Level.L3),
            (Act.APPROVE_CLAIM, euros(500_001), Level.L6),
            (Act.TRADE_DEAL_ACCRUED, euros(10**9), Level.L5),
            (Act.TRADE_DEAL_NOT_ACCRUED, euros(250), Level.L1),
            (Act.WRITE_OFF, euros(50), Level.L1),
            (Act.GOODWILL, euros(101), Level.L2),
            (Act.SETTLEMENT_WAIVER, euros(100, share_bp=1_000), Level.L2),
            (Act.SETTLEMENT_WAIVER, euros(100, share_bp=1_001), Level.L3),
            (Act.SETTLEMENT_WAIVER, euros(25_001, share_bp=100), Level.L5),
            (Act.INSTALMENT_PLAN, euros(300, rows=7), Level.L2),
            (Act.INSTALMENT_PLAN, euros(5_001, rows=3), Level.L3),
            (Act.DENY_CLAIM, euros(1), Level.L1),
            (Act.DENY_CLAIM, euros(50_001), Level.L4),
            (Act.START_LEGAL, euros(1), Level.L3),
        ],
    )
    def test_says_who_may(self, act, amount, level):
        assert SHIPPED_MATRIX.lowest_level(act, amount) is level

    def test_rules_never_deny_nor_go_to_court(self):
        for act in (Act.DENY_CLAIM, Act.START_LEGAL):
            assert not SHIPPED_MATRIX.may(act, Level.L0, euros(0))

    def test_every_act_can_be_signed_by_somebody(self):
        huge = Amount(10**15, 0, "EUR", share_bp=10_000, rows=600)

        assert all(SHIPPED_MATRIX.lowest_level(act, huge) for act in Act)

    @given(st.sampled_from(Act), st.integers(0, 10**9), st.integers(0, 10**4), st.integers(0, 60))
    def test_a_higher_level_may_all_that_a_lower_one_may(self, act, minor, share, rows):
        amount = Amount(minor, 0, "EUR", share, rows)
        may = [SHIPPED_MATRIX.may(act, level, amount) for level in Level]

        assert may == sorted(may)

    @given(
        st.sampled_from(Act), st.sampled_from(Level), st.integers(0, 10**9), st.integers(0, 10**9)
    )
    def test_splitting_never_widens_an_authority(self, act, level, minor, rolling):
        split = SHIPPED_MATRIX.may(act, level, Amount(minor, rolling, "EUR"))

        assert split == SHIPPED_MATRIX.may(act, level, Amount(minor + rolling, 0, "EUR"))

    def test_an_amount_below_zero_cannot_be_signed_for(self):
        with pytest.raises(ValueError, match="below zero"):
            Amount(-1, 0, "EUR")

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cases.core.steps import (
    STEPS_MAX,
    Holder,
    Kind,
    OnTimeOut,
    Situation,
    plan_steps,
    who_has,
)
from concilia.kernel.reason_words import Department, Evidence


class TestPlan:
    def test_a_shortage_without_its_proof_asks_the_carrier_and_the_customer_at_once(self):
        steps = plan_steps(Situation(["LOG"], missing=["POD", "GRN"], signatures=2))

        assert [(step.stage, step.kind, step.holder, step.department) for step in steps] == [
            (1, Kind.EVIDENCE, Holder.THIRD, "LOG"),
            (1, Kind.EVIDENCE, Holder.CUSTOMER, "CUS"),
            (2, Kind.VERDICT, Holder.US, ""),
            (3, Kind.PROPOSE, Holder.US, "LOG"),
            (4, Kind.APPROVAL, Holder.US, ""),
            (5, Kind.POST, Holder.US, ""),
            (6, Kind.NOTIFY, Holder.US, "CUS"),
            (7, Kind.ROOT_CAUSE, Holder.US, "LOG"),
        ]

    def test_what_a_case_does_not_need_is_not_planned(self):
        kinds = {
            step.kind for step in plan_steps(Situation(["LOG"], signatures=0, has_money=False))
        }

        assert kinds == {Kind.VERDICT, Kind.PROPOSE, Kind.NOTIFY, Kind.ROOT_CAUSE}

    def test_an_unclear_reason_is_qualified_first(self):
        first = plan_steps(Situation(["CRD"], is_qualified=False))[0]

        assert (first.kind, first.stage, first.department) == (Kind.QUALIFY, 1, "CRD")

    def test_a_case_nobody_owns_is_refused(self):
        with pytest.raises(ValueError, match="owning department"):
            plan_steps(Situation([]))

    @given(
        st.lists(st.sampled_from(Evidence), max_size=20),
        st.booleans(),
        st.integers(0, 4),
        st.booleans(),
    )
    def test_never_more_than_twelve_steps_in_order_and_none_approves_itself(
        self, missing, is_qualified, signatures, has_money
    ):
        steps = plan_steps(Situation(["ACC"], missing, is_qualified, signatures, has_money))

        assert len(steps) <= STEPS_MAX
        assert [step.stage for step in steps] == sorted(step.stage for step in steps)
        assert {step.on_time_out for step in steps} <= set(OnTimeOut)
        asked = [step.evidence for step in steps if step.kind is Kind.EVIDENCE]
        assert len(asked) == len(set(asked))
        assert len(asked) == min(len(set(missing)), STEPS_MAX - (len(steps) - len(asked)))


class TestHolders:
    def test_every_kind_of_paper_has_a_holder_and_a_department(self):
        for paper in Evidence:
            _, department = who_has(paper, owner="LOG")
            assert department in set(Department)

    def test_an_unknown_paper_is_the_owners_affair(self):
        assert who_has("XYZ", owner="QUA") == (Holder.US, "QUA")

"""A case goes through its process: the road, the detours, and what must be done on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.unit.cases.core.process.test_validation import SIGNING, SOUND, read, with_group

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.model import Holder, Kind
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import (
    ActDone,
    CustomerAnswered,
    Do,
    Effect,
    Ended,
    EventRefused,
    EvidenceArrived,
    FactsChanged,
    Reopened,
    Returned,
    StepDone,
    TimedOut,
    Withdrawn,
)

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
UNKNOWN = Facts(reason="NC-01", amount=Decimal("300.00"))
LACKS_POD = replace(UNKNOWN, missing=frozenset({"POD"}), verdict="UNSUPPORTED")
ROUTE = read(SOUND).definition


class Case:
    """A case as its events come; `done` are the effects of the last one."""

    def __init__(self, definition=ROUTE, facts=UNKNOWN):
        self.definition = definition
        self.state, self.done = start(definition, facts, AT)

    def __call__(self, *events):
        for event in events:
            self.state, self.done = advance(self.definition, self.state, event, AT)
        return self.open

    @property
    def open(self):
        return [one.step for one in self.state.open]


def gathering():
    case = Case()
    case(FactsChanged(LACKS_POD), ActDone(Kind.VERDICT))
    return case


def proposed(signatures=1):
    case = gathering()
    case(FactsChanged(replace(LACKS_POD, signatures=signatures, money=True)))
    case(StepDone("pod", "done"), StepDone("grn", "done"), StepDone("propose", "done"))
    return case


class TestRoad:
    def test_from_the_test_to_the_cause(self):
        case = Case()
        assert case.open == ["test"]
        assert case(FactsChanged(LACKS_POD), StepDone("test", "done")) == ["pod", "grn"]
        assert case(EvidenceArrived("POD")) == ["grn"]
        assert case(CustomerAnswered()) == ["propose"]
        assert case(StepDone("propose", "done")) == ["sign"]
        assert Effect(Do.REQUEST_APPROVAL, "sign") in case.done
        assert case(StepDone("sign", "approved")) == ["post"]
        assert Effect(Do.POST, "post") in case.done
        assert case(StepDone("post", "done")) == ["answer"]
        assert Effect(Do.NOTIFY, "answer") in case.done
        assert case(StepDone("answer", "done")) == ["cause"]
        assert case(StepDone("cause", "done")) == []
        assert case.state.ended is Ended.CLOSED
        assert case.done[-1] == Effect(Do.CLOSE_CASE, outcome="closed")

    def test_what_is_not_missing_is_asked_of_nobody(self):
        case = Case(facts=replace(UNKNOWN, missing=frozenset()))

        assert case(StepDone("test", "done")) == ["grn"]

    def test_where_nobody_need_sign_the_signature_is_skipped(self):
        case = gathering()
        case(FactsChanged(replace(LACKS_POD, signatures=0, money=False)))
        case(StepDone("pod", "done"), StepDone("grn", "done"))

        assert case(StepDone("propose", "done")) == ["answer"]

    def test_the_clock_stands_only_while_all_is_with_others(self):
        case = gathering()
        assert Effect(Do.STOP_CLOCK, holder=Holder.THIRD) in case.done
        case(StepDone("pod", "done"))
        assert Effect(Do.STOP_CLOCK, holder=Holder.CUSTOMER) in case.done
        case(CustomerAnswered())
        assert Effect(Do.START_CLOCK) in case.done


class TestDetours:
    def test_an_open_paper_that_is_missing_no_more_is_closed_and_opens_again(self):
        case = gathering()
        assert case(FactsChanged(replace(LACKS_POD, missing=frozenset()))) == ["grn"]
        assert case(FactsChanged(LACKS_POD)) == ["grn", "pod"]

    def test_a_paper_that_is_missing_after_all_brings_the_case_back_to_gathering(self):
        case = Case(facts=replace(UNKNOWN, missing=frozenset()))
        case(StepDone("test", "done"), StepDone("grn", "done"))
        assert case.open == ["propose"]

        assert case(FactsChanged(LACKS_POD)) == ["pod", "grn"]

    def test_a_paper_that_arrives_while_people_sign_voids_their_signatures(self):
        case = proposed()

        assert case(EvidenceArrived("CT")) == ["propose"]
        assert Effect(Do.VOID_APPROVAL, "sign") in case.done

    def test_another_amount_after_the_signature_needs_another_signature(self):
        case = proposed()
        case(StepDone("sign", "approved"))
        other = replace(case.state.facts, amount=Decimal("900.00"))

        assert case(FactsChanged(other)) == ["propose"]
        assert not case.state.signed

    def test_a_signature_the_matrix_asks_for_later_is_not_spared(self):
        case = proposed(signatures=0)
        assert case.open == ["post"]

        assert case(FactsChanged(replace(case.state.facts, signatures=1))) == ["propose"]

    def test_once_posted_new_facts_change_nothing(self):
        case = proposed()
        case(StepDone("sign", "approved"), StepDone("post", "done"))

        assert case(FactsChanged(replace(case.state.facts, amount=Decimal("900.00")))) == ["answer"]

    def test_sent_back_as_often_as_allowed_and_then_no_more(self):
        case = proposed()
        for _ in range(3):
            assert case(StepDone("sign", "rejected")) == ["propose"]
            case(StepDone("propose", "done"))
        with pytest.raises(EventRefused, match="loop_used_up"):
            case(StepDone("sign", "rejected"))

        assert case.open == ["sign"]
        assert case(StepDone("sign", "approved")) == ["post"]

    def test_people_may_decide_without_a_paper(self):
        case = gathering()

        assert case(ActDone(Kind.PROPOSE)) == ["sign"]
        assert {(one.step, one.outcome) for one in case.state.passed} >= {
            ("pod", "waived"), ("grn", "waived"), ("propose", "done"),
        }  # fmt: skip

    def test_nothing_passes_over_a_signature(self):
        case = gathering()
        with pytest.raises(EventRefused, match="not_yet"):
            case(ActDone(Kind.POST))
        with pytest.raises(EventRefused, match="outcome_unknown"):
            proposed()(ActDone(Kind.APPROVAL))

        assert case.open == ["pod", "grn"]

    def test_nothing_of_the_kind_ahead_changes_nothing(self):
        case = gathering()

        assert case(ActDone(Kind.QUALIFY)) == ["pod", "grn"]

    def test_sent_back_to_a_step_before(self):
        case = proposed()
        case(StepDone("sign", "approved"))
        assert case(Returned("papers")) == ["pod", "grn"]
        assert not case.state.signed
        with pytest.raises(EventRefused, match="not_before"):
            case(Returned("post"))
        with pytest.raises(EventRefused, match="step_unknown"):
            case(Returned("moon"))

    def test_withdrawn_and_judged_anew(self):
        case = proposed()
        assert case(Withdrawn()) == []
        assert Effect(Do.VOID_APPROVAL, "sign") in case.done
        assert case.state.ended is Ended.WITHDRAWN
        with pytest.raises(EventRefused, match="case_ended"):
            case(StepDone("sign", "approved"))

        assert case(Reopened()) == ["test"]
        assert case.state.ended is None


class TestTime:
    def test_late_signatures_are_escalated_and_never_given(self):
        case = proposed()
        for _ in range(3):
            assert case(TimedOut("sign")) == ["sign"]
            assert case.done == (Effect(Do.ESCALATE, "sign"),)
        assert case.state.open[0].late == 3
        assert not case.state.signed

    def test_what_others_owe_is_gone_on_without_where_the_process_says_so(self):
        case = gathering()

        assert case(TimedOut("pod")) == ["grn"]
        assert case.done[0] == Effect(Do.REMIND, "pod")
        assert case(TimedOut("grn")) == ["grn"]

    def test_what_is_not_open_is_not_late(self):
        with pytest.raises(EventRefused, match="step_not_open"):
            gathering()(TimedOut("sign"))


class TestSignedTogether:
    def signing(self, join):
        case = Case(with_group(SIGNING.replace("join: any", join)))
        case(FactsChanged(replace(LACKS_POD, signatures=2, money=True)), ActDone(Kind.PROPOSE))
        assert case.open == ["log", "fin"]
        return case

    def test_any_one_is_enough_and_the_other_is_asked_no_more(self):
        case = self.signing("join: any")

        assert case(StepDone("log", "approved")) == ["post"]
        assert Effect(Do.VOID_APPROVAL, "fin") in case.done

    def test_any_ends_badly_only_when_all_refuse(self):
        case = self.signing("join: any")

        assert case(StepDone("log", "rejected")) == ["fin"]
        assert case(StepDone("fin", "rejected")) == ["propose"]

    def test_all_must_sign_and_the_first_refusal_ends_it(self):
        case = self.signing("join: all")
        assert case(StepDone("log", "approved")) == ["fin"]
        assert not case.state.signed
        assert case(StepDone("fin", "approved")) == ["post"]

        assert self.signing("join: all")(StepDone("fin", "rejected")) == ["propose"]

    def test_two_of_three(self):
        third = SIGNING[SIGNING.index("  branch\n    step fin") : SIGNING.index("  join")]
        group = SIGNING.replace("  join: any", third.replace("fin", "tax") + "  join: 2 of 3")
        case = Case(with_group(group))
        case(FactsChanged(replace(LACKS_POD, signatures=2)), ActDone(Kind.PROPOSE))
        assert case(StepDone("tax", "rejected")) == ["log", "fin"]
        assert case(StepDone("log", "approved")) == ["fin"]
        assert case(StepDone("fin", "approved")) == ["post"]

        case = Case(with_group(group))
        case(FactsChanged(replace(LACKS_POD, signatures=2)), ActDone(Kind.PROPOSE))
        case(StepDone("tax", "rejected"))
        assert case(StepDone("fin", "rejected")) == ["propose"]


def test_time_past_a_used_up_way_back_only_reminds():
    text = SOUND.replace("late -> next", "late -> test, at most 1 time")
    case = Case(read_process(text).definition)
    case(FactsChanged(LACKS_POD), ActDone(Kind.VERDICT))
    assert case(TimedOut("pod")) == ["test"]
    case(StepDone("test", "done"))

    assert case(TimedOut("pod")) == ["pod", "grn"]
    assert case.done == (Effect(Do.REMIND, "pod"),)

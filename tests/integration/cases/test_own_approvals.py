"""A company's own approvers beside those of the limits, and signatures left to colleagues."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity
from tests.world.claims import a_proven_shortage, a_team, pod, propose, sign

from concilia.cases.actions import publish_draft, submit_draft, write_draft
from concilia.cases.core.people import Refusal, RouteRefused
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Step
from concilia.cases.queries.processes import shipped, standing_of
from concilia.claims.actions import Said, answer_step, sign_decision
from concilia.claims.models import Claim
from concilia.foundation.models import AuditEntry
from concilia.identity.actions import (
    DelegationRefused,
    Leaving,
    leave_signature,
    take_signature_back,
)
from concilia.identity.models import Delegation

pytestmark = pytest.mark.django_db
SHORTAGE = shipped()["shortage"].text
OWN = """step propose: propose
  who: department LOG
  within: 1 working day
  done -> heads

together heads
  branch
    step logistics: approval
      who: department LOG
      within: 2 working days
      approved -> next
  branch
    step quality: approval
      who: person quality@staff.example
      within: 2 working days
      approved -> next
  join: any
    met -> big
    failed -> propose, at most 3 times

step big: approval
  who: manager-of proposer
  within: 2 working days
  skip if: amount < 100000
  approved -> tell
  returned -> propose, at most 9 times

step tell: inform
  who: account-owner
  done -> sign

step sign:"""


def with_own(text=SHORTAGE):
    """The shipped process of shortages with approvers of the company's own before the limits."""
    before, _, after = text.partition("step propose:")
    return before + OWN + after.partition("step sign:")[2]


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def team(entity):
    return dict(a_team(entity))


@pytest.fixture
def claim(entity, team):
    anna = a_member(entity, "Anna Berti", role="admin")
    ugo = a_member(entity, "Ugo Sala", role="admin")
    text = with_own()
    draft = write_draft(text=text, member=anna, at=NOON)
    submit_draft(key="shortage", member=anna, at=NOON)
    publish_draft(key="shortage", seen_sha256=draft.sha256, member=ugo, at=NOON)
    team["quality"] = a_member(entity, "Quinto Rosi", role="resolver", department="QUA")
    type(team["quality"].user).objects.filter(pk=team["quality"].user_id).update(
        email="quality@staff.example"
    )
    return a_proven_shortage(a_customer(entity), team)


def say(seat, member, outcome=SignOutcome.APPROVE, comment="", at=NOON, **more):
    said = Said(outcome=outcome, comment=comment, **more)
    return sign_decision(seat_id=seat.pk, said=said, member=member, at=at)


def seats():
    return {seat.place: seat for seat in ApprovalSeat.objects.filter(request__state="OPEN")}


def refusal(call, *args, **more):
    with pytest.raises(RouteRefused) as caught:
        call(*args, **more)
    return caught.value.code


class TestOwnApprovers:
    def test_sign_before_the_limits_and_any_of_two_is_enough(self, claim, team):
        propose(claim, team["giulia"])
        asked = seats()
        assert set(asked) == {"logistics", "quality", "sign"}
        assert [asked[place].turn for place in ("logistics", "quality", "sign")] == [1, 1, 2]
        assert refusal(say, asked["sign"], team["marta"]) is Refusal.STEP_BEFORE
        assert refusal(say, asked["quality"], team["carla"]) is Refusal.NOT_ASKED
        assert refusal(say, asked["quality"], team["giulia"]) is Refusal.IS_REQUESTER

        say(asked["quality"], team["quality"])
        state = standing_of(Claim.objects.get().case).state
        assert [one.step for one in state.open] == ["sign"]
        assert not state.signed
        told = {one.step: one.outcome for one in state.passed}
        assert (told["big"], told["tell"], told["logistics"]) == (
            "skipped",
            "informed",
            "cancelled",
        )
        assert refusal(say, asked["logistics"], team["davide"]) is Refusal.NOT_YOUR_TURN
        say(seats()["sign"], team["marta"])
        claim.refresh_from_db()
        assert claim.decided_at == NOON
        assert standing_of(claim.case).state.signed

    def test_all_who_refuse_send_it_back(self, claim, team):
        propose(claim, team["giulia"])
        say(seats()["quality"], team["quality"], SignOutcome.REJECT, "not ours")
        assert ApprovalRequest.objects.get().state == "OPEN"
        say(seats()["logistics"], team["davide"], SignOutcome.REJECT, "nor ours")
        claim.refresh_from_db()
        assert (ApprovalRequest.objects.get().state, claim.state) == ("REJECTED", "INVESTIGATING")
        assert [one.step for one in standing_of(claim.case).state.open] == ["propose"]

    def test_new_papers_ask_everybody_again(self, claim, team):
        propose(claim, team["giulia"])
        say(seats()["quality"], team["quality"])
        pod(claim, team["marco"])
        claim.refresh_from_db()
        assert not standing_of(claim.case).state.agreed
        state = standing_of(claim.case).state
        assert [one.step for one in state.open] == ["propose"]

    def test_nobody_fills_two_seats_even_by_hand(self, claim, team):
        propose(claim, team["giulia"])
        say(seats()["quality"], team["quality"])
        with pytest.raises(IntegrityError), transaction.atomic():
            ApprovalSeat.objects.filter(place="sign").update(
                signed_by=team["quality"], signed_at=NOON, outcome="APPROVE"
            )

    def test_one_asks_first_and_the_time_stands(self, claim, team):
        propose(claim, team["giulia"])
        seat = seats()["logistics"]
        say(seat, team["davide"], SignOutcome.ASK, "Which truck was it?", of="LOG")
        question = Step.objects.get(kind="question", question="Which truck was it?")
        waiting = seats()["logistics"]
        assert (waiting.waits_for, waiting.waits_since_at) == (question, NOON)
        later = NOON + timedelta(hours=5)
        answer_step(step_id=question.pk, text="The red one", member=team["marco"], at=later)
        after = seats()["logistics"]
        assert after.waits_since_at is None
        assert after.due_at - seat.due_at == timedelta(hours=5)

    def test_one_hands_over_once_and_adds_somebody(self, claim, team):
        propose(claim, team["giulia"])
        say(seats()["quality"], team["quality"])
        say(seats()["sign"], team["marta"], SignOutcome.ADD, to=team["davide"].pk)
        added = ApprovalSeat.objects.get(expected=team["davide"], request__state="OPEN", turn=3)
        assert refusal(say, added, team["davide"]) is Refusal.NOT_YOUR_TURN
        first = ApprovalSeat.objects.get(place="sign", turn=2)
        say(first, team["marta"], SignOutcome.DELEGATE, to=team["carla"].pk)
        first.refresh_from_db()
        assert (first.expected, first.is_delegated) == (team["carla"], True)
        again = refusal(say, first, team["carla"], SignOutcome.DELEGATE, to=team["marta"].pk)
        assert again is Refusal.NO_CHAIN
        say(first, team["carla"])
        claim.refresh_from_db()
        assert claim.decided_at is None
        say(added, team["davide"])
        claim.refresh_from_db()
        assert claim.decided_at == NOON


def left(team, who, to, **more):
    leaving = Leaving(
        delegate_id=team[to].pk,
        starts=more.pop("starts", TODAY),
        ends=more.pop("ends", TODAY + timedelta(days=5)),
        reason="Fair in Parma",
        **more,
    )
    return leave_signature(leaving=leaving, member=team[who], at=NOON)


class TestDelegation:
    @pytest.fixture
    def plain(self, entity, team):
        return a_proven_shortage(a_customer(entity), team)

    def test_is_signed_for_and_the_log_says_for_whom(self, plain, team):
        left(team, "marta", "davide")
        decision = propose(plain, team["giulia"])
        seat = ApprovalSeat.objects.get(expected=team["marta"])
        sign(decision, team["davide"])
        seat.refresh_from_db()
        assert (seat.signed_by, seat.signed_for) == (team["davide"], team["marta"])
        entry = AuditEntry.objects.get(act="decision.signed")
        assert (entry.actor_name, entry.data["for"]) == ("Davide Rossi", "Marta Conti")

    def test_stays_within_what_was_left(self, plain, team):
        left(team, "marta", "davide", limit_minor=100)
        decision = propose(plain, team["giulia"])
        assert refusal(sign, decision, team["davide"]) is Refusal.LIMIT_TOO_LOW
        Delegation.objects.update(limit_minor=None, acts=["GOODWILL"])
        # Nothing of this was left to him; what he may by himself, he signs for himself.
        sign(decision, team["davide"])
        assert ApprovalSeat.objects.get().signed_for is None

    def test_counts_late_only_once_half_the_time_has_passed(self, plain, team):
        left(team, "carla", "marta", way="WHEN_LATE")
        decision = propose(plain, team["giulia"])
        seat = ApprovalSeat.objects.get()
        ApprovalSeat.objects.update(expected=team["carla"])
        sign_at = seat.half_at - timedelta(minutes=1)
        sign(decision, team["marta"], at=sign_at)
        assert ApprovalSeat.objects.get().signed_for is None

    def test_late_is_signed_for_the_one_who_did_not(self, plain, team):
        left(team, "carla", "marta", way="WHEN_LATE", ends=TODAY + timedelta(days=50))
        decision = propose(plain, team["giulia"])
        ApprovalSeat.objects.update(expected=team["carla"])
        sign(decision, team["marta"], at=ApprovalSeat.objects.get().half_at)
        assert ApprovalSeat.objects.get().signed_for == team["carla"]

    def test_is_never_left_on_nor_in_a_circle_nor_for_long(self, team):
        left(team, "marta", "davide")
        for who, to in (("davide", "carla"), ("davide", "marta"), ("carla", "marta")):
            with pytest.raises(DelegationRefused):
                left(team, who, to)
        with pytest.raises(DelegationRefused, match="60 days"):
            left(team, "carla", "davide", ends=TODAY + timedelta(days=60))
        with pytest.raises(DelegationRefused, match="may sign themselves"):
            left(team, "carla", "giulia")
        with pytest.raises(DelegationRefused, match="in the past"):
            left(team, "carla", "davide", ends=TODAY - timedelta(days=1))

    def test_the_database_refuses_chains_whoever_writes(self, entity, team):
        row = left(team, "marta", "davide")
        for who, to, days in (
            ("davide", "carla", 1),
            ("carla", "marta", 1),
            ("carla", "giulia", 60),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Delegation.objects.create(
                    entity=entity, member=team[who], delegate=team[to], reason="x",
                    starts_date=TODAY, ends_date=TODAY + timedelta(days=days), given_at=NOON,
                )  # fmt: skip
        take_signature_back(delegation_id=row.pk, member=team["marta"], at=NOON)
        assert left(team, "davide", "carla")
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.filter(pk=row.pk).update(ended_at=None)

    def test_who_stands_in_for_the_requester_does_not_judge(self, entity, plain, team):
        lead = a_member(entity, "Lara Piva", role="approver", level=2)
        leaving = Leaving(delegate_id=team["marta"].pk, starts=TODAY, ends=TODAY, reason="Away")
        leave_signature(leaving=leaving, member=lead, at=NOON)
        decision = propose(plain, lead)
        assert refusal(sign, decision, team["marta"]) is Refusal.FOR_REQUESTER

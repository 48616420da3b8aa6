"""From a claim told on the phone to a credit note in the ERP, and who may sign for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, balance, book_in_erp, books_hold, pod, propose, sign

from concilia.cases.core.people import Refusal, RouteRefused
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat
from concilia.claims.actions import (
    ClaimRefused,
    Said,
    close_claim,
    follow_posting,
    recall_decision,
    sign_decision,
)
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Settlement
from concilia.claims.queries.letters import Letter
from concilia.correspondence.models import Message
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Absence
from concilia.ledger.models import Posting
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
VAT = [("PEN-500", "100", "21.60", 2200), ("FRO-350", "50", "27.00", 1000)]


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


class TestTheWholeRoad:
    def test_from_the_call_to_the_closed_case(self, world):  # noqa: PLR0915 - it is a long road
        entity, customer, team = world
        invoice = an_invoice(customer, VAT)
        item = OpenItem.objects.get(invoice=invoice)

        claim = a_claim(team["giulia"], invoice)
        assert (claim.state, claim.claimed_minor) == ("WAITING_INTERNAL", 31_622)
        item.refresh_from_db()
        assert item.disputed_minor == 31_622
        books_hold(entity)

        pod(claim, team["marco"])
        assert (claim.state, claim.valid_minor) == ("DECISION_PROPOSED", 21_082)

        to = customer.contacts.get().email
        letter = Letter(to=to, language="de", subject="Ihre Reklamation", body="Guten Tag")
        decision = propose(claim, team["giulia"], letter=letter)
        claim.refresh_from_db()
        assert (claim.state, decision.approved_minor) == ("IN_APPROVAL", 21_082)
        assert not Settlement.objects.exists()
        assert not Message.objects.filter(lane="out").exists()

        sign(decision, team["marta"])
        claim.refresh_from_db()
        item.refresh_from_db()
        assert (claim.state, claim.approved_minor, claim.denied_minor) == (
            "POSTING",
            21_082,
            10_540,
        )
        assert item.open_minor == invoice.gross_minor - 21_082
        assert item.disputed_minor == 0
        assert balance(entity, "SALES_RETURNS") + balance(entity, "VAT_OUT") == 21_082
        books_hold(entity)

        (number,) = book_in_erp(claim)
        assert claim.state == "CUSTOMER_NOTIFIED"
        assert Posting.objects.get().erp_number == number
        assert Message.objects.get(lane="out").body == "Guten Tag"

        close_claim(
            claim_id=claim.pk, root_cause="warehouse_transport", member=team["giulia"], at=NOON
        )
        claim.refresh_from_db()
        assert (claim.state, claim.root_cause) == ("CLOSED", "warehouse_transport")
        assert claim.case.__class__.objects.get(pk=claim.case_id).closed_at == NOON
        books_hold(entity)

    def test_posting_twice_and_following_twice_change_nothing(self, world):
        entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        sign(propose(claim, team["giulia"], letter=_letter(customer)), team["marta"])
        book_in_erp(claim)

        follow_posting(posting_id=Posting.objects.get().pk, at=NOON)

        assert Posting.objects.count() == 1
        assert Message.objects.filter(lane="out").count() == 1
        books_hold(entity)

    def test_the_timeline_says_who_did_what(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        sign(propose(claim, team["giulia"]), team["marta"])

        acts = AuditEntry.objects.filter(subject_type="case", subject_id=claim.case_id)
        said = {(row.act, row.actor_name) for row in acts}
        assert ("claim.opened", "Giulia Ferri") in said
        assert ("case.evidence_added", "Marco Bellini") in said
        assert ("decision.proposed", "Giulia Ferri") in said
        assert ("decision.signed", "Marta Conti") in said

    def test_a_plain_signature_names_nobody_whatever_else_was_sent(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        propose(claim, team["giulia"])
        sign_decision(
            seat_id=ApprovalSeat.objects.get().pk,
            said=Said(outcome=SignOutcome.APPROVE, to=team["davide"].pk),
            member=team["marta"],
            at=NOON,
        )

        assert AuditEntry.objects.get(act="decision.signed").data["to"] == ""


class TestFourEyes:
    def test_the_proposer_cannot_sign_whatever_their_level(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["carla"])

        with pytest.raises(RouteRefused) as refused:
            sign(decision, team["carla"])

        assert refused.value.code is Refusal.IS_REQUESTER
        claim.refresh_from_db()
        assert claim.state == "IN_APPROVAL"
        assert not Settlement.objects.exists()

    def test_a_clerk_has_no_authority(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["marta"])

        with pytest.raises(RouteRefused) as refused:
            sign(decision, team["giulia"])
        assert refused.value.code is Refusal.LEVEL_TOO_LOW

    def test_above_the_limit_two_sign_and_the_second_carries_it(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "200", "21.60", 0)])
        claim = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", "150")])
        decision = propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Sales agreed")
        assert list(decision.approval.seats.values_list("level", flat=True)) == [2, 3]

        sign(decision, team["marta"])
        assert not Settlement.objects.exists()
        with pytest.raises(RouteRefused):
            sign(decision, team["marta"])
        sign(decision, team["davide"])

        claim.refresh_from_db()
        assert claim.state == "POSTING"
        books_hold(entity)

    def test_splitting_does_not_pass_the_limit(self, world):
        _, customer, team = world
        first = a_claim(
            team["giulia"],
            an_invoice(customer, [("PEN-500", "200", "21.60", 0)]),
            "NC-23",
            [("PEN-500", "100")],
        )
        sign(propose(first, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed"), team["marta"])

        second = a_claim(
            team["giulia"],
            an_invoice(customer, [("PEN-500", "200", "21.60", 0)]),
            "NC-23",
            [("PEN-500", "101")],
        )
        propose_second = propose(second, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")

        assert list(propose_second.approval.seats.values_list("level", flat=True)) == [2, 3]

    def test_two_planned_side_by_side_cannot_pass_the_limit_together(self, world):
        _, customer, team = world
        decisions = []
        for quantity in ("90", "91"):
            invoice = an_invoice(customer, [("PEN-500", "200", "21.60", 0)])
            claim = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", quantity)])
            decisions.append(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed"))
        sign(decisions[0], team["marta"])

        for name in ("marta", "davide"):
            with pytest.raises(RouteRefused, match="30 days has grown"):
                sign(decisions[1], team[name])
        sign(decisions[1], team["marta"], SignOutcome.RETURN, "Together it is too much for me")
        claim.refresh_from_db()
        again = propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")
        assert list(again.approval.seats.values_list("level", flat=True)) == [2, 3]

    def test_a_delegate_signs_for_who_is_away(self, world):
        entity, customer, team = world
        Absence.objects.create(
            entity=entity,
            member=team["marta"],
            delegate=team["davide"],
            starts_date=TODAY,
            ends_date=TODAY + timedelta(days=5),
        )
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])

        decision = propose(claim, team["giulia"])
        assert decision.approval.seats.get().expected_id in {team["davide"].pk}
        sign(decision, team["davide"])

        seat = ApprovalSeat.objects.get()
        assert seat.signed_by == team["davide"]
        claim.refresh_from_db()
        assert claim.state == "POSTING"

    def test_a_delegate_of_the_proposer_cannot_sign(self, world):
        entity, customer, team = world
        Absence.objects.create(
            entity=entity,
            member=team["giulia"],
            delegate=team["marta"],
            starts_date=TODAY,
            ends_date=TODAY + timedelta(days=5),
        )
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])

        with pytest.raises(RouteRefused) as refused:
            sign(decision, team["marta"])
        assert refused.value.code is Refusal.FOR_REQUESTER

    def test_who_applies_cash_signs_no_credit(self, world):
        from tests.world.builders import a_member

        entity, customer, team = world
        cashier = a_member(entity, "Tea Riva", role="approver", department="TRE", level=6)
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])

        with pytest.raises(RouteRefused) as refused:
            sign(decision, cashier)
        assert refused.value.code is Refusal.APPLIES_CASH

    def test_a_seat_of_another_company_does_not_exist(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])
        stranger = a_team(an_entity("other"))["carla"]

        with pytest.raises(ApprovalSeat.DoesNotExist):
            sign(decision, stranger)

    def test_sent_back_it_comes_again_as_a_new_version(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        first = propose(claim, team["giulia"])

        with pytest.raises(RouteRefused):
            sign(first, team["marta"], SignOutcome.RETURN)
        sign(first, team["marta"], SignOutcome.RETURN, "Which dock?")
        claim.refresh_from_db()
        assert claim.state == "INVESTIGATING"

        second = propose(claim, team["giulia"])
        assert (second.version, second.approval.version) == (2, 2)
        sign(second, team["marta"])
        assert ApprovalRequest.objects.filter(state="APPROVED").count() == 1

    def test_evidence_that_comes_meanwhile_takes_the_proposal_back(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])

        pod(claim, team["marco"], received="88")

        assert (claim.state, claim.valid_minor) == ("DECISION_PROPOSED", 25_920)
        with pytest.raises(RouteRefused):
            sign(decision, team["marta"])
        again = propose(claim, team["giulia"])
        sign(again, team["marta"])
        claim.refresh_from_db()
        assert claim.approved_minor == 25_920

    def test_a_proposal_can_be_recalled_once(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])

        recall_decision(claim_id=claim.pk, reason="Forgot a line", member=team["giulia"], at=NOON)

        with pytest.raises(RouteRefused):
            sign(decision, team["marta"])
        with pytest.raises(ClaimRefused):
            recall_decision(claim_id=claim.pk, reason="", member=team["giulia"], at=NOON)


def _letter(customer):
    to = customer.contacts.get().email
    return Letter(to=to, language="de", subject="Ihre Reklamation", body="Guten Tag")

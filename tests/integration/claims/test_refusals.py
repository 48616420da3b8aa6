"""Claims refused, appealed and taken back, and what becomes of them after."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import (
    a_claim,
    a_short_payment,
    a_team,
    balance,
    book_in_erp,
    books_hold,
    pod,
    propose,
    sign,
)

from concilia.cases.core.people import RouteRefused
from concilia.cases.models import ApprovalRequest
from concilia.claims.actions import (
    ClaimRefused,
    appeal_claim,
    close_claim,
    follow_posting,
    record_answer,
    reopen_claim,
    retry_posting,
    withdraw_claim,
)
from concilia.claims.core.decisions import Choice, DecisionRefused
from concilia.kernel.machine import TransitionRefused
from concilia.ledger.actions import mark_sent, record_posting_failure
from concilia.ledger.models import Posting
from concilia.ledger.ports import PostingFailed
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


class TestRefusal:
    def test_a_refused_deduction_is_owed_again_with_its_old_due_date(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        claim = a_short_payment(team["giulia"], invoice, 12_200)
        item = OpenItem.objects.get(invoice=invoice, kind="invoice")
        assert (item.open_minor, balance(entity, "AR_DEDUCTION")) == (0, 12_200)

        decision = propose(claim, team["giulia"], Choice.REFUSE, reason="All arrived")
        sign(decision, team["marta"])

        claim.refresh_from_db()
        item.refresh_from_db()
        assert (claim.state, claim.denied_minor) == ("CUSTOMER_NOTIFIED", 12_200)
        assert item.open_minor == 12_200
        assert item.due_date == invoice.due_date
        assert balance(entity, "AR_DEDUCTION") == 0
        assert not Posting.objects.exists()
        books_hold(entity)

        record_answer(claim_id=claim.pk, accepted=True, member=team["giulia"], at=NOON)
        claim.refresh_from_db()
        assert claim.state == "COLLECT_BACK"
        close_claim(claim_id=claim.pk, root_cause="customer", member=team["giulia"], at=NOON)

    def test_nothing_is_refused_without_ground_and_words(self, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 12_200)

        with pytest.raises(DecisionRefused):
            propose(claim, team["giulia"], Choice.REFUSE)

    def test_an_appeal_is_heard_once_and_may_still_be_granted(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        claim = a_short_payment(team["giulia"], invoice, 12_200, "NC-23")
        sign(propose(claim, team["giulia"], Choice.REFUSE, reason="No"), team["marta"])

        appeal_claim(claim_id=claim.pk, reason="New paper", member=team["giulia"], at=NOON)
        claim.refresh_from_db()
        item = OpenItem.objects.get(invoice=invoice, kind="invoice")
        assert (claim.state, claim.denied_minor) == ("INVESTIGATING", 0)
        assert item.disputed_minor == 12_200, "nobody is asked to pay what is judged again"
        books_hold(entity)

        again = propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="They were right")
        sign(again, team["marta"])
        claim.refresh_from_db()
        item.refresh_from_db()
        assert (claim.state, claim.approved_minor) == ("POSTING", 12_200)
        assert (item.open_minor, item.disputed_minor) == (0, 0)
        assert balance(entity, "UNAPPLIED_CASH") == 0
        books_hold(entity)

        book_in_erp(claim)
        with pytest.raises(TransitionRefused):
            appeal_claim(claim_id=claim.pk, reason="Again", member=team["giulia"], at=NOON)

    def test_refused_twice_it_goes_to_legal_or_is_reopened_in_time(self, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 12_200)
        sign(propose(claim, team["giulia"], Choice.REFUSE, reason="No"), team["marta"])
        close_claim(claim_id=claim.pk, root_cause="customer", member=team["giulia"], at=NOON)

        with pytest.raises(TransitionRefused):
            reopen_claim(
                claim_id=claim.pk,
                reason="",
                member=team["giulia"],
                at=NOON + timedelta(days=91),
            )
        reopen_claim(
            claim_id=claim.pk, reason="", member=team["giulia"], at=NOON + timedelta(days=90)
        )
        claim.refresh_from_db()
        assert (claim.state, claim.decided_at) == ("INVESTIGATING", None)


class TestAfterwards:
    def test_a_failed_posting_is_put_again_by_a_person(self, world):
        entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        sign(propose(claim, team["giulia"]), team["marta"])
        posting = Posting.objects.get()
        mark_sent(posting_id=posting.pk)
        refusal = PostingFailed("the period is closed", permanent=True)
        record_posting_failure(posting_id=posting.pk, failure=refusal, at=NOON)
        follow_posting(posting_id=posting.pk, at=NOON)
        claim.refresh_from_db()
        assert claim.state == "POSTING_FAILED"

        retry_posting(claim_id=claim.pk, member=team["giulia"], at=NOON)

        posting.refresh_from_db()
        claim.refresh_from_db()
        assert (posting.state, claim.state) == ("PENDING", "POSTING")
        book_in_erp(claim)
        assert claim.state in {"POSTED", "CUSTOMER_NOTIFIED"}
        with pytest.raises(TransitionRefused):
            retry_posting(claim_id=claim.pk, member=team["giulia"], at=NOON)
        books_hold(entity)

    def test_a_claim_taken_back_is_owed_again_and_signed_by_nobody(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        claim = a_claim(team["giulia"], invoice)
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])

        withdraw_claim(claim_id=claim.pk, reason="Found them", member=team["giulia"], at=NOON)

        assert OpenItem.objects.get(invoice=invoice).disputed_minor == 0
        with pytest.raises(RouteRefused):
            sign(decision, team["marta"])
        assert not ApprovalRequest.objects.filter(state="OPEN").exists()
        books_hold(entity)

    def test_money_the_customer_holds_is_decided_not_withdrawn(self, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 12_200)

        with pytest.raises(ClaimRefused, match="kept this money"):
            withdraw_claim(claim_id=claim.pk, reason="", member=team["giulia"], at=NOON)

    def test_what_is_granted_is_not_taken_back_by_hand(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        sign(propose(claim, team["giulia"]), team["marta"])
        book_in_erp(claim)

        for act in (withdraw_claim, appeal_claim):
            with pytest.raises(ClaimRefused):
                act(claim_id=claim.pk, reason="", member=team["giulia"], at=NOON)

    def test_a_case_ends_with_a_cause(self, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 12_200)
        sign(propose(claim, team["giulia"], Choice.REFUSE, reason="No"), team["marta"])

        with pytest.raises(ClaimRefused, match="what caused it"):
            close_claim(claim_id=claim.pk, root_cause="", member=team["giulia"], at=NOON)

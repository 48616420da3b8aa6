"""A paper that arrives twice for an open case, and one that is taken back."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, a_member, an_entity
from tests.world.jobs import run_jobs
from tests.world.paper_post import LATER, a_file, arrives, by_mail
from tests.world.waiting_case import evidence, open_steps

from concilia.cases.models import CaseMessage, ClockStop, Mention
from concilia.claims.actions import ClaimRefused, Question, SignedDelivery, add_evidence, ask
from concilia.claims.actions.evidence import Paper
from concilia.claims.actions.filing import file_paper, take_paper_back
from concilia.claims.models import Claim
from concilia.foundation import events
from concilia.foundation.models import AuditEntry
from concilia.intake.actions import (
    PartFile,
)
from concilia.intake.events import DocumentRead
from concilia.receivables.models import Delivery

pytestmark = pytest.mark.django_db


class TestTwice:
    def test_the_same_file_by_mail_and_by_hand_lies_there_once(self, customer, claim, invoice):
        file = a_file("proof_of_delivery", delivery=invoice.delivery.number)
        part = PartFile(filename=file[0], content=file[1], reading=file[2])
        by_mail(
            customer.entity,
            "proof_of_delivery",
            customer.contacts.get().email,
            parts=[part],
            delivery=invoice.delivery.number,
        )
        log = AuditEntry.objects.filter(subject_id=claim.case_id, subject_type="case").count()

        again = arrives(customer.entity, *file)

        assert (again.state, again.outcome) == ("NOTHING_TO_DO", "duplicate")
        assert evidence(claim) == ["COR", "POD"]
        entries = AuditEntry.objects.filter(subject_id=claim.case_id, subject_type="case")
        assert entries.count() == log
        assert Mention.objects.count() == 1

    def test_every_job_done_again_changes_nothing(self, customer, claim, invoice):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )
        entries = AuditEntry.objects.count()

        events.record(DocumentRead(arrival.pk, arrival.document_id))
        run_jobs(at=LATER)

        assert AuditEntry.objects.count() == entries
        assert evidence(claim) == ["POD"]


class TestTakenBack:
    def test_what_it_fulfilled_is_open_again(self, customer, claim, invoice, giulia):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )

        take_paper_back(arrival_id=arrival.pk, reason="another store", member=giulia, at=LATER)
        run_jobs(at=LATER)

        arrival.refresh_from_db()
        claim.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("WAITING", "taken_back")
        assert (evidence(claim), claim.state) == ([], "WAITING_INTERNAL")
        assert open_steps(claim) == [("evidence", "POD", "us")]
        entry = AuditEntry.objects.get(act="case.evidence_taken_back")
        assert (entry.reason, entry.actor_name) == ("another store", giulia.user.name)

    def test_it_does_not_come_back_by_itself_but_a_person_may_put_it_there(
        self, customer, claim, invoice, giulia
    ):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )
        take_paper_back(arrival_id=arrival.pk, reason="", member=giulia, at=LATER)
        events.record(DocumentRead(arrival.pk, arrival.document_id))
        run_jobs(at=LATER)
        assert evidence(claim) == []

        file_paper(arrival_id=arrival.pk, claim_id=claim.pk, member=giulia, at=LATER)
        run_jobs(at=LATER)

        assert evidence(claim) == ["POD"]
        assert open_steps(claim) == [("read", "POD", "us")]

    def test_the_customer_has_the_ball_again(self, customer, claim, invoice, giulia):
        contact = customer.contacts.get().email
        question = Question(holder="customer", text="Bitte", evidence="GRN", to=contact)
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        arrival = by_mail(
            customer.entity, "receiving_advice", contact, delivery=invoice.delivery.number
        )
        claim.refresh_from_db()
        assert claim.state == "WAITING_INTERNAL"

        take_paper_back(arrival_id=arrival.pk, reason="", member=giulia, at=LATER)

        claim.refresh_from_db()
        assert claim.state == "WAITING_CUSTOMER"
        assert ClockStop.objects.filter(case=claim.case_id, ended_at=None).exists()
        assert not CaseMessage.objects.filter(message=arrival.message).exists()

    def test_what_was_typed_from_it_is_forgotten(self, customer, claim, invoice, giulia):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )
        signed = SignedDelivery(signed_by="Albers", signed_on=NOON.date(), received={"PEN-500": 88})
        paper = Paper(evidence="POD", document_id=arrival.document_id)
        add_evidence(claim_id=claim.pk, paper=paper, member=giulia, at=LATER, signed=signed)
        run_jobs(at=LATER)

        take_paper_back(arrival_id=arrival.pk, reason="", member=giulia, at=LATER)
        run_jobs(at=LATER)

        delivery = Delivery.objects.get(pk=invoice.delivery_id)
        claim.refresh_from_db()
        assert (delivery.pod_date, delivery.pod_blob) == (None, None)
        assert (claim.state, open_steps(claim)) == (
            "WAITING_INTERNAL",
            [("evidence", "POD", "us")],
        )

    def test_not_from_a_claim_that_is_decided(self, customer, claim, invoice, giulia):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )
        Claim.objects.filter(pk=claim.pk).update(state="POSTED")

        with pytest.raises(ClaimRefused, match="decided"):
            take_paper_back(arrival_id=arrival.pk, reason="", member=giulia, at=LATER)

    def test_not_by_another_company(self, customer, claim, invoice):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )
        stranger = a_member(an_entity("brenta"))

        with pytest.raises(ClaimRefused):
            take_paper_back(arrival_id=arrival.pk, reason="", member=stranger, at=LATER)
        assert evidence(claim) == ["POD"]

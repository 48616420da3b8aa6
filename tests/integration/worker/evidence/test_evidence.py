"""A paper arrives for an open case: it is laid beside it, ends what waited, is taken back."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim
from tests.world.jobs import run_jobs
from tests.world.mails import a_mail
from tests.world.paper_post import LATER, a_file, arrives, by_mail
from tests.world.waiting_case import added, evidence, open_steps

from concilia.cases.models import CaseMessage, ClockStop
from concilia.claims.actions import Question, SignedDelivery, add_evidence, ask
from concilia.claims.actions.evidence import Paper
from concilia.claims.actions.filing import file_paper
from concilia.claims.models import Claim
from concilia.claims.queries.recognition import recognise
from concilia.correspondence.models import Message
from concilia.intake.actions import (
    MailFacts,
    PartFile,
    confirm_reading,
    correct_reading,
)
from concilia.intake.models import Arrival
from concilia.reporting.queries.home import mentions_of

pytestmark = pytest.mark.django_db


class TestASignedProofOfDelivery:
    def test_ends_the_search_and_says_why(self, customer, claim, invoice, giulia):
        number = invoice.delivery.number

        arrival = arrives(customer.entity, *a_file("proof_of_delivery", delivery=number))

        claim.refresh_from_db()
        assert (arrival.state, arrival.outcome) == ("DONE", "evidence")
        assert evidence(claim) == ["POD"]
        searched = claim.case.steps.get(kind="evidence", evidence="POD")
        assert (searched.state, searched.answered_with) == ("DONE", arrival.document)
        entry = added(claim)
        assert (entry.actor_kind, entry.actor_name) == ("rule", "evidence")
        assert entry.data["why"].startswith("recognised as ")
        assert entry.data["why"].endswith(
            f" of delivery {number}, which {claim.case.number} was waiting for"
        )

    def test_the_owner_reads_it_on_their_home_page(self, customer, claim, invoice, giulia):
        giulia.user.language = "it"
        giulia.user.save()

        arrives(customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number))

        told = mentions_of(member=giulia)
        assert [(one.case_number, one.who) for one in told] == [(claim.case.number, "Concilia")]
        assert invoice.delivery.number in told[0].text
        assert told[0].language == "it"

    def test_the_verdict_is_new_and_wants_it_read(self, customer, claim, invoice, giulia):
        """What the paper states is for a person to say; nobody looks for it any longer."""
        before = claim.verdicts.count()

        arrives(customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number))

        assert claim.verdicts.count() == before + 1
        assert open_steps(claim) == [("read", "POD", "us")]
        assert claim.case.steps.get(state="OPEN").assignee == giulia

    def test_and_once_read_it_decides(self, customer, claim, invoice, giulia):
        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )
        signed = SignedDelivery(signed_by="Albers", signed_on=NOON.date(), received={"PEN-500": 88})
        paper = Paper(evidence="POD", document_id=arrival.document_id)
        add_evidence(claim_id=claim.pk, paper=paper, member=giulia, at=LATER, signed=signed)
        run_jobs(at=LATER)

        claim.refresh_from_db()
        assert (claim.state, claim.valid_minor) == ("DECISION_PROPOSED", 25_920)
        assert open_steps(claim) == []

    def test_from_the_carrier_who_was_asked_lets_the_clock_run_again(
        self, customer, claim, invoice, giulia
    ):
        entity = customer.entity
        partner = {"name": invoice.delivery.carrier, "email": "pod@alpenord.example"}
        entity.settings = {"partners": [partner]}
        entity.save()
        question = Question(holder="third", text="Bitte den POD", evidence="POD")
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        assert ClockStop.objects.filter(case=claim.case_id, ended_at=None).exists()

        arrival = by_mail(
            entity,
            "proof_of_delivery",
            "pod@alpenord.example",
            delivery=invoice.delivery.number,
        )

        claim.refresh_from_db()
        assert arrival.outcome == "evidence"
        assert evidence(claim) == ["COR", "POD"]
        assert claim.state == "WAITING_INTERNAL"
        assert not ClockStop.objects.filter(case=claim.case_id, ended_at=None).exists()
        assert CaseMessage.objects.get(message=arrival.message).case_id == claim.case_id


KINDS = [
    ("delivery_note", "DDT", "delivery"),
    ("receiving_advice", "GRN", "delivery"),
    ("order", "PO", "order"),
    ("invoice", "INV", "invoice"),
    ("proof_of_delivery", "POD", "invoice"),
]


class TestEveryKindOfPaper:
    @pytest.mark.parametrize("paper", KINDS)
    @pytest.mark.parametrize("holder", ["us", "customer", "third"])
    def test_fulfils_what_was_asked(self, customer, claim, giulia, paper, holder):
        kind, code, named = paper
        invoice = claim.invoice
        contact = customer.contacts.get().email
        to = contact if holder == "customer" else ""
        question = Question(holder=holder, text="Bitte senden", evidence=code, to=to)
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        numbers = {
            "delivery": invoice.delivery.number,
            "order": invoice.order.customer_order_number,
            "invoice": invoice.number,
        }

        by_mail(customer.entity, kind, contact, **{named: numbers[named]})

        assert code in evidence(claim)
        assert not claim.case.steps.filter(state="OPEN", holder=holder, kind="question").exists()
        assert added(claim).data["waited"] is True
        claim.refresh_from_db()
        assert claim.state == "WAITING_INTERNAL"

    def test_photos_for_a_case_by_the_name_of_the_file(self, customer, claim, giulia):
        question = Question(holder="us", text="Photos?", evidence="PHO")
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        name, content, values = a_file("other", filename=f"{claim.case.number.lower()} dock 3.jpg")

        arrives(customer.entity, name, content, values | {"format": "jpg", "kind_confidence": 0.3})

        assert evidence(claim) == ["PHO"]
        assert not claim.case.steps.filter(state="OPEN", evidence="PHO").exists()

    def test_photos_in_an_answer_end_the_search_for_photos(self, customer, claim, giulia):
        contact = customer.contacts.get().email
        question = Question(holder="customer", text="Fotos?", evidence="PHO", to=contact)
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        asked = Message.objects.get(lane="out")
        Message.objects.filter(pk=asked.pk).update(message_id="<q@aurora.concilia>", state="SENT")
        picture = {"format": "jpg", "kind": "other", "kind_confidence": 0.2}
        part = PartFile(filename="palette.jpg", content=b"a picture", reading=picture)

        by_mail(customer.entity, "other", contact, answers="<q@aurora.concilia>", parts=[part])

        assert evidence(claim) == ["COR", "PHO"]
        assert not claim.case.steps.filter(state="OPEN", holder="customer").exists()

    @pytest.mark.parametrize("kind", ["debit_note", "credit_request", "claim"])
    @pytest.mark.parametrize("sign", ["thread", "subject", "their number"])
    def test_the_backup_of_a_claim_joins_it_and_opens_none(
        self, customer, claim, invoice, giulia, kind, sign
    ):
        contact = customer.contacts.get().email
        Claim.objects.filter(pk=claim.pk).update(their_reference="BA-4471")
        question = Question(holder="customer", text="Bitte den Beleg", evidence="DN", to=contact)
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        asked = Message.objects.get(lane="out")
        Message.objects.filter(pk=asked.pk).update(message_id="<q@aurora.concilia>", state="SENT")

        by_mail(
            customer.entity,
            kind,
            contact,
            answers="<q@aurora.concilia>" if sign == "thread" else "",
            subject=f"Re: {claim.case.number}" if sign == "subject" else "Beleg",
            **({"claim": "BA-4471"} if sign == "their number" else {}),
        )

        assert Claim.objects.count() == 1
        assert "DN" in evidence(claim)
        assert not claim.case.steps.filter(state="OPEN", evidence="DN").exists()
        claim.refresh_from_db()
        assert claim.state == "WAITING_INTERNAL"

    def test_a_claim_of_its_own_about_the_same_invoice_stays_one(self, customer, claim, invoice):
        contact = customer.contacts.get().email
        _, content, values = a_file("debit_note", invoice=invoice.number)
        values |= {
            "format": "eml",
            "reason": "NC-08",
            "reason_confidence": 0.97,
            "claimed_amount": "40.00",
            "currency": "EUR",
            "needs_review": False,
        }
        mail = MailFacts(sender=contact, subject="Preis", body="Preis falsch")

        arrives(customer.entity, "m.eml", content, values, channel="pipe", mail=mail)

        assert Claim.objects.count() == 2
        assert evidence(claim) == []

    def test_a_new_claim_in_an_answer_is_asked_about(self, customer, claim, giulia):
        """It answers our question and contests another invoice: a person says which it is."""
        contact = customer.contacts.get().email
        other = an_invoice(customer)

        arrival = by_mail(
            customer.entity,
            "debit_note",
            contact,
            subject=f"AW: {claim.case.number}",
            invoice=other.number,
        )

        assert (arrival.state, arrival.outcome) == ("WAITING", "evidence_proposed")
        assert evidence(claim) == []


class TestWhatIsOnlyProposed:
    def proposed(self, arrival: Arrival, *claims: Claim) -> str:
        assert (arrival.state, arrival.outcome) == ("WAITING", "evidence_proposed")
        found = recognise(arrival=arrival)
        assert [one.claim.pk for one in found.candidates] == [one.pk for one in claims]
        assert all(not evidence(one) for one in claims)
        return str(found.doubt)

    def test_several_cases_fit(self, customer, claim, invoice, giulia):
        other = a_claim(giulia, invoice, "NC-08", (("FRO-350", "3"),))

        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )

        assert self.proposed(arrival, claim, other) == "SEVERAL"

    def test_a_case_number_settles_which(self, customer, claim, invoice, giulia):
        a_claim(giulia, invoice, "NC-08", (("FRO-350", "3"),))
        name, content, values = a_file(
            "proof_of_delivery",
            delivery=invoice.delivery.number,
            filename=f"POD {claim.case.number}.pdf",
        )

        assert arrives(customer.entity, name, content, values).outcome == "evidence"
        assert evidence(claim) == ["POD"]

    @pytest.mark.parametrize("sign", ["delivery", "subject", "reply"])
    def test_nobody_knows_the_sender(self, customer, claim, invoice, giulia, sign):
        contact = customer.contacts.get().email
        question = Question(holder="customer", text="POD?", to=contact)
        ask(claim_id=claim.pk, question=question, member=giulia, at=NOON)
        Message.objects.filter(lane="out").update(message_id="<q@aurora.concilia>", state="SENT")

        arrival = by_mail(
            customer.entity,
            "proof_of_delivery",
            "mallory@elsewhere.example",
            subject=f"Re: {claim.case.number}" if sign == "subject" else "POD",
            answers="<q@aurora.concilia>" if sign == "reply" else "",
            **({"delivery": invoice.delivery.number} if sign == "delivery" else {}),
        )

        assert self.proposed(arrival, claim) == "SENDER"

    def test_the_customer_of_another_case(self, customer, claim, invoice):
        other = a_customer(customer.entity, "Maison Dorval SAS")
        sender = other.contacts.get().email

        arrival = by_mail(
            customer.entity,
            "proof_of_delivery",
            sender,
            subject=f"Re: {claim.case.number}",
            delivery=invoice.delivery.number,
        )

        assert self.proposed(arrival, claim) == "SENDER"

    def test_the_reading_is_unsure_until_a_person_says_what_it_is(
        self, customer, claim, invoice, giulia
    ):
        name, content, values = a_file("delivery_note", delivery=invoice.delivery.number)

        arrival = arrives(customer.entity, name, content, values | {"kind_confidence": 0.6})

        assert self.proposed(arrival, claim) == "READING"
        correct_reading(
            document_id=arrival.document_id,
            field="kind",
            value="proof_of_delivery",
            member=giulia,
            at=LATER,
        )
        arrival.document.refresh_from_db()
        found = recognise(arrival=arrival)
        assert (found.course, found.codes) == ("ATTACH", ("POD",))

    def test_or_that_the_reading_is_right(self, customer, claim, invoice, giulia):
        name, content, values = a_file("proof_of_delivery", delivery=invoice.delivery.number)
        arrival = arrives(customer.entity, name, content, values | {"kind_confidence": 0.6})
        assert self.proposed(arrival, claim) == "READING"

        confirm_reading(arrival_id=arrival.pk, member=giulia, at=LATER)
        run_jobs(at=LATER)

        assert evidence(claim) == ["POD"]

    def test_a_decision_is_being_signed(self, customer, claim, invoice, giulia):
        Claim.objects.filter(pk=claim.pk).update(state="IN_APPROVAL")

        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )

        assert self.proposed(arrival, claim) == "SIGNING"

    def test_one_word_of_a_person_lays_it_beside_the_claim(self, customer, claim, invoice, giulia):
        arrival = by_mail(
            customer.entity,
            "proof_of_delivery",
            "mallory@elsewhere.example",
            delivery=invoice.delivery.number,
        )

        file_paper(arrival_id=arrival.pk, claim_id=claim.pk, member=giulia, at=LATER)
        run_jobs(at=LATER)

        assert evidence(claim) == ["COR", "POD"]
        assert open_steps(claim) == [("read", "POD", "us")]
        assert (added(claim).actor_name, added(claim).data["waited"]) == (giulia.user.name, True)

    def test_never_for_another_company(self, customer, claim, invoice):
        other = an_entity("brenta")

        arrival = arrives(other, *a_file("proof_of_delivery", delivery=invoice.delivery.number))

        assert (arrival.state, arrival.outcome) == ("WAITING", "which_case")
        assert recognise(arrival=arrival).candidates == []
        assert evidence(claim) == []

    def test_a_decided_case_is_not_disturbed(self, customer, claim, invoice):
        Claim.objects.filter(pk=claim.pk).update(state="CLOSED")

        arrival = arrives(
            customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
        )

        assert arrival.outcome == "which_case"


def test_a_real_mail_with_a_real_paper_goes_the_whole_way(customer, claim, invoice, take):
    """Read by the real reader in its sandbox."""
    number = invoice.delivery.number
    paper = (
        f"PROOF OF DELIVERY\n\nDelivery note no. {number}\nConsignee: Frischmarkt Nord eG\n"
        "Delivered on: 12 November 2026\n88 cartons received, 12 cartons missing\n"
        "Received by: J. Albers\nSignature of consignee: J. Albers\n"
    )
    arrival = take(
        a_mail(
            sender=customer.contacts.get().email,
            subject=f"Signed POD for delivery {number}",
            body=f"Hello,\n\nplease find attached the signed proof of delivery {number}.\n",
            message_id="<pod@frischmarkt.example>",
            attachments={"pod.txt": paper.encode()},
        )
    )

    assert (arrival.state, arrival.outcome) == ("DONE", "evidence")
    assert evidence(claim) == ["COR", "POD"]
    assert open_steps(claim) == [("read", "POD", "us")]


def test_looking_for_the_case_costs_the_same_however_many_are_open(
    customer, claim, invoice, giulia, django_assert_max_num_queries
):
    for _ in range(5):
        a_claim(giulia, invoice, "NC-08", (("FRO-350", "1"),))
    arrival = arrives(
        customer.entity, *a_file("proof_of_delivery", delivery=invoice.delivery.number)
    )

    with django_assert_max_num_queries(18):
        assert len(recognise(arrival=arrival).candidates) == 6

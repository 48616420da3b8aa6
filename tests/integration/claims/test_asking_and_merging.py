"""Questions and answers, twins, reasons given, papers and notes: all that is before a decision."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_invoice
from tests.world.claims import (
    a_claim,
    a_short_payment,
    a_team,
    an_amount_claim,
    books_hold,
    propose,
    sign,
)

from concilia.cases.actions import HandOverRefused, NoteRefused, SnoozeRefused, hand_over, snooze
from concilia.cases.models import CaseDocument, CaseMessage, ClockStop, Mention, Step
from concilia.claims.actions import (
    ClaimRefused,
    MergeRefused,
    Paper,
    Question,
    SignedDelivery,
    TypedClaim,
    TypedLine,
    add_evidence,
    add_note,
    answer_step,
    ask,
    compute_verdict,
    give_reason,
    go_on,
    keep_apart,
    merge,
    open_claim_by_person,
    write_to_customer,
)
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Claim, ClaimDeduction, MergeProposal
from concilia.correspondence.actions import Outgoing
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.kernel.machine import TransitionRefused
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


class TestOpenByPerson:
    def test_a_line_is_computed_with_its_vat(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "100", "21.60", 2200)])

        claim = a_claim(team["giulia"], invoice)

        assert (claim.origin, claim.claimed_minor) == ("person", 31_622)
        assert claim.reason_is_confirmed
        assert claim.case.owner == team["giulia"]
        books_hold(entity)

    def test_a_claim_about_money_nobody_explained_waits_for_a_reason(self, world):
        entity, customer, team = world
        claim = an_amount_claim(team["giulia"], customer, 5_000, "FI-16")
        assert claim.state == "QUALIFYING"

        Claim.objects.filter(pk=claim.pk).update(state="INVESTIGATING")
        with pytest.raises(ClaimRefused, match="give the claim a reason"):
            propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok")
        Claim.objects.filter(pk=claim.pk).update(state="QUALIFYING")
        give_reason(claim_id=claim.pk, reason="NC-08", member=team["giulia"], at=NOON)

        claim.refresh_from_db()
        assert (claim.state, claim.reason) == ("INVESTIGATING", "NC-08")
        assert set(claim.lines.values_list("reason", flat=True)) == {"NC-08"}
        books_hold(entity)

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"customer_id": 0}, "Choose the customer"),
            ({"reason": "XX-99"}, "Choose the reason"),
            ({"lines": []}, "at least one line"),
            ({"currency": "EURO"}, "no currency"),
            ({"invoice_id": 0}, "no such invoice"),
            ({"lines": [TypedLine()]}, "Line 1: give an amount"),
            ({"lines": [TypedLine(amount_minor=0)]}, "above zero"),
            ({"lines": [TypedLine(amount_minor=-5)]}, "above zero"),
            ({"lines": [TypedLine(amount_minor=10**16)]}, "larger than any"),
            ({"lines": [TypedLine(amount_minor=1)] * 201}, "at most 200"),
            (
                {"lines": [TypedLine(quantity=Decimal("1e20"), unit_price=Decimal(1))]},
                "no number to count with",
            ),
            (
                {"lines": [TypedLine(quantity=Decimal("0.0001"), unit_price=Decimal(1))]},
                "more than 3 decimals",
            ),
            ({"lines": [TypedLine(amount_minor=100, invoice_line_id=1)]}, "not on this invoice"),
        ],
    )
    def test_what_does_not_fit_is_refused_in_words(self, world, changes, says):
        _, customer, team = world
        fields = {
            "customer_id": customer.pk,
            "reason": "NC-08",
            "lines": [TypedLine(amount_minor=100)],
        }

        with pytest.raises(ClaimRefused, match=says):
            open_claim_by_person(
                typed=TypedClaim(**fields | changes), member=team["giulia"], at=NOON
            )

    def test_an_invoice_of_another_customer_is_refused(self, world):
        entity, customer, team = world
        theirs = an_invoice(a_customer(entity, "Kornhaus Bio GmbH"))
        typed = TypedClaim(
            customer_id=customer.pk,
            reason="NC-08",
            invoice_id=theirs.pk,
            lines=[TypedLine(amount_minor=100)],
        )

        with pytest.raises(ClaimRefused, match="is not of Frischmarkt"):
            open_claim_by_person(typed=typed, member=team["giulia"], at=NOON)

    def test_a_customer_of_another_company_does_not_exist(self, world):
        _, customer, _ = world
        stranger = a_team(an_entity("other"))["giulia"]
        typed = TypedClaim(
            customer_id=customer.pk, reason="NC-08", lines=[TypedLine(amount_minor=1)]
        )

        with pytest.raises(ClaimRefused, match="Choose the customer"):
            open_claim_by_person(typed=typed, member=stranger, at=NOON)


class TestAsking:
    def test_the_clock_stands_while_the_customer_has_the_ball(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer), "NC-08")
        due = claim.case.due_at
        to = customer.contacts.get().email
        question = Question(holder="customer", text="Bitte den Preis belegen", to=to)

        ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)

        claim.refresh_from_db()
        assert claim.state == "WAITING_CUSTOMER"
        assert ClockStop.objects.get(case=claim.case_id).ended_at is None
        message = Message.objects.get(lane="out")
        assert (message.state, message.recipient) == ("QUEUED", to)
        assert CaseMessage.objects.filter(case=claim.case_id, message=message).exists()

        step = Step.objects.get(case=claim.case_id, kind="question")
        answer_step(step_id=step.pk, text="They called", member=team["giulia"], at=LATER)
        for open_step in Step.objects.filter(case=claim.case_id, state="OPEN"):
            answer_step(step_id=open_step.pk, text="None", member=team["giulia"], at=LATER)

        claim.refresh_from_db()
        claim.case.refresh_from_db()
        assert claim.state == "INVESTIGATING"
        assert ClockStop.objects.get(case=claim.case_id).ended_at == LATER
        assert claim.case.due_at > due

    def test_an_answer_is_given_once(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        step = Step.objects.filter(case=claim.case_id, state="OPEN").first()
        answer_step(step_id=step.pk, text="Not found", member=team["marco"], at=NOON)

        with pytest.raises(ClaimRefused, match="answered this already"):
            answer_step(step_id=step.pk, text="Again", member=team["marco"], at=NOON)

    def test_a_colleague_is_asked_and_our_clock_runs(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer), "NC-23")
        question = Question(holder="us", text="Is it agreed?", assignee=team["marco"])

        ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)

        claim.refresh_from_db()
        assert claim.state == "WAITING_INTERNAL"
        assert not ClockStop.objects.exists()
        assert Step.objects.filter(assignee=team["marco"], state="OPEN").exists()

    def test_a_carrier_we_know_is_written_to_and_a_stranger_is_not(self, world):
        entity, customer, team = world
        entity.settings = {"partners": [{"name": "Alpe Nord", "email": "pod@alpe.example"}]}
        entity.save()
        claim = a_claim(team["giulia"], an_invoice(customer))

        for address in ("POD@alpe.example", "somebody@else.example"):
            question = Question(holder="third", text="Please send the POD", to=address)
            ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)

        states = dict(Message.objects.filter(lane="out").values_list("recipient", "state"))
        assert states == {"POD@alpe.example": "QUEUED", "somebody@else.example": "WITHHELD"}
        claim.refresh_from_db()
        assert claim.state == "WAITING_THIRD_PARTY"

    @pytest.mark.parametrize(
        "question",
        [
            Question(holder="nobody", text="?"),
            Question(holder="us", text="  "),
            Question(holder="customer", text="?", to=""),
        ],
    )
    def test_a_question_needs_words_and_somebody_to_ask(self, world, question):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))

        with pytest.raises(ClaimRefused):
            ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)

    def test_a_person_may_go_on_without_the_answer(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))

        go_on(claim_id=claim.pk, reason="They never answer", member=team["giulia"], at=NOON)

        claim.refresh_from_db()
        assert claim.state == "INVESTIGATING"
        assert not Step.objects.filter(case=claim.case_id, state="OPEN").exists()
        with pytest.raises(ClaimRefused):
            go_on(claim_id=claim.pk, reason="", member=team["giulia"], at=NOON)

    def test_who_decides_need_not_wait(self, world):
        entity, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        assert claim.state == "WAITING_INTERNAL"

        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Goodwill"), team["marta"])

        assert not Step.objects.filter(case=claim.case_id, state="OPEN").exists()
        books_hold(entity)

    def test_a_closed_claim_is_not_asked_about(self, world):
        _, customer, team = world
        claim = a_short_payment(team["giulia"], an_invoice(customer), 100)
        sign(propose(claim, team["giulia"], Choice.REFUSE, reason="No"), team["marta"])

        question = Question(holder="us", text="Why?")
        with pytest.raises(TransitionRefused):
            ask(claim_id=claim.pk, question=question, member=team["giulia"], at=NOON)

    def test_a_persons_letter_joins_the_thread(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        outgoing = Outgoing(
            key="letter-1",
            purpose=Purpose.PERSONAL,
            to=customer.contacts.get().email,
            subject="Hallo",
            body="Wir prüfen",
            language="de",
            author=team["giulia"].user,
        )

        write_to_customer(claim_id=claim.pk, outgoing=outgoing, member=team["giulia"], at=NOON)

        assert CaseMessage.objects.get(case=claim.case_id).message.body == "Wir prüfen"


class TestPapers:
    def test_a_missing_paper_that_comes_ends_its_step(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        assert Step.objects.filter(evidence="POD", state="OPEN").exists()

        add_evidence(
            claim_id=claim.pk,
            paper=Paper(evidence="POD", filename="pod.pdf", content=b"pod"),
            signed=SignedDelivery(
                signed_by="J", signed_on=TODAY, received={"PEN-500": Decimal(92)}
            ),
            member=team["marco"],
            at=NOON,
        )

        step = Step.objects.get(evidence="POD")
        assert (step.state, step.done_by) == ("DONE", team["marco"])
        claim.refresh_from_db()
        assert claim.state == "INVESTIGATING"

    @pytest.mark.parametrize(
        ("signed", "says"),
        [
            ({"received": {"PEN-500": Decimal(101)}}, "do not fit"),
            ({"received": {"PEN-500": Decimal(5)}, "damaged": {"PEN-500": Decimal(6)}}, "fit"),
            ({"received": {"OTHER": Decimal(1)}}, "not on delivery"),
        ],
    )
    def test_quantities_that_cannot_be_are_refused_and_nothing_is_kept(self, world, signed, says):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))

        with pytest.raises(ClaimRefused, match=says):
            add_evidence(
                claim_id=claim.pk,
                paper=Paper(evidence="POD", filename="pod.pdf", content=b"pod"),
                signed=SignedDelivery(signed_by="J", signed_on=TODAY, **signed),
                member=team["marco"],
                at=NOON,
            )
        assert not CaseDocument.objects.exists()

    def test_a_note_keeps_its_files_and_calls_colleagues(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer), "NC-23")
        file = Paper(evidence="COR", filename="call.txt", content=b"they said", says="Call")

        add_note(
            claim_id=claim.pk,
            text="@Marco Bellini please look",
            files=[file],
            member=team["giulia"],
            at=NOON,
        )

        assert Mention.objects.get().member == team["marco"]
        assert CaseDocument.objects.get(case=claim.case_id).document.filename == "call.txt"
        with pytest.raises(NoteRefused):
            add_note(claim_id=claim.pk, text=" ", files=[], member=team["giulia"], at=NOON)


class TestMerging:
    def test_the_paper_explains_the_payment_and_the_money_is_settled_once(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        older = a_short_payment(team["giulia"], invoice, 25_920, "NC-01")
        younger = a_claim(team["giulia"], invoice, "NC-01", [("PEN-500", "12")])
        proposal = MergeProposal.objects.get()
        with pytest.raises(ClaimRefused, match="merge the two"):
            propose(younger, team["giulia"], Choice.ACCEPT_ALL, reason="ok")

        kept = merge(proposal_id=proposal.pk, member=team["giulia"], at=NOON)
        compute_verdict(claim_id=kept.pk, at=NOON)

        older.refresh_from_db()
        younger.refresh_from_db()
        assert (kept, younger.state, younger.duplicate_of) == (older, "DUPLICATE", older)
        assert older.lines.get().sku == "PEN-500"
        assert ClaimDeduction.objects.get().claim == older
        assert older.claimed_minor == 25_920
        books_hold(entity)

        sign(propose(older, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
        assert OpenItem.objects.get(kind="deduction").open_minor == 0
        books_hold(entity)

    def test_what_they_kept_beyond_their_paper_is_part_of_the_claim(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "100", "21.60", 1000)])
        older = a_short_payment(team["giulia"], invoice, 28_512)
        typed = TypedClaim(
            customer_id=customer.pk,
            reason="NC-01",
            invoice_id=invoice.pk,
            lines=[
                TypedLine(
                    invoice_line_id=invoice.lines.get().pk,
                    quantity=Decimal(12),
                    unit_price=Decimal("21.60"),
                    amount_minor=25_920,
                )
            ],
        )
        open_claim_by_person(typed=typed, member=team["giulia"], at=NOON)

        merge(proposal_id=MergeProposal.objects.get().pk, member=team["giulia"], at=NOON)

        older.refresh_from_db()
        assert older.claimed_minor == 28_512
        assert list(older.lines.values_list("claimed_minor", flat=True)) == [25_920, 2_592]
        books_hold(entity)

    def test_kept_apart_both_may_be_decided(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        one = a_claim(team["giulia"], invoice, "NC-23")
        two = a_claim(team["giulia"], invoice, "NC-23")
        proposal = MergeProposal.objects.get()

        keep_apart(proposal_id=proposal.pk, member=team["giulia"], at=NOON)

        for claim in (one, two):
            sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
        with pytest.raises(MergeRefused):
            merge(proposal_id=proposal.pk, member=team["giulia"], at=NOON)
        books_hold(entity)

    def test_a_decided_case_takes_no_money_in(self, world):
        _, customer, team = world
        invoice = an_invoice(customer)
        one = a_claim(team["giulia"], invoice, "NC-23")
        sign(propose(one, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
        two = a_claim(team["giulia"], invoice, "NC-23")
        proposal = MergeProposal.objects.get()

        with pytest.raises(MergeRefused, match="is decided already"):
            merge(proposal_id=proposal.pk, member=team["giulia"], at=NOON)
        with pytest.raises(ClaimRefused):
            propose(two, team["giulia"], Choice.ACCEPT_ALL, reason="ok")

    def test_a_dispute_is_flagged_once_after_the_merge(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer)
        a_claim(team["giulia"], invoice, "NC-23")
        a_claim(team["giulia"], invoice, "NC-23")

        merge(proposal_id=MergeProposal.objects.get().pk, member=team["giulia"], at=NOON)

        assert OpenItem.objects.get(invoice=invoice).disputed_minor == 25_920
        books_hold(entity)

    def test_a_proposal_of_another_company_does_not_exist(self, world):
        _, customer, team = world
        invoice = an_invoice(customer)
        a_claim(team["giulia"], invoice, "NC-23")
        a_claim(team["giulia"], invoice, "NC-23")
        stranger = a_team(an_entity("other"))["giulia"]

        with pytest.raises(MergeProposal.DoesNotExist):
            merge(proposal_id=MergeProposal.objects.get().pk, member=stranger, at=NOON)


class TestHandingOver:
    def test_the_owner_changes_and_the_lead_department_stays(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))

        case = hand_over(
            case_id=claim.case_id,
            to_id=team["marta"].pk,
            text="On leave",
            member=team["giulia"],
            at=NOON,
        )

        assert (case.owner, case.department) == (team["marta"], "LOG")

    def test_nobody_outside_takes_a_case(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        stranger = a_team(an_entity("other"))["giulia"]

        with pytest.raises(HandOverRefused):
            hand_over(
                case_id=claim.case_id, to_id=stranger.pk, text="", member=team["giulia"], at=NOON
            )

    def test_a_case_rests_until_a_day_to_come(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))

        with pytest.raises(SnoozeRefused):
            snooze(case_id=claim.case_id, until=NOON, reason="", member=team["giulia"], at=NOON)
        case = snooze(
            case_id=claim.case_id, until=LATER, reason="Fair", member=team["giulia"], at=NOON
        )
        assert case.snoozed_until_at == LATER
        case = snooze(case_id=claim.case_id, until=None, reason="", member=team["giulia"], at=NOON)
        assert case.snoozed_until_at is None

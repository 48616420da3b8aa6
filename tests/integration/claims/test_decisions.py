"""From a claim told on the phone to entries, a credit note in the ERP, a letter, and its end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_invoice
from tests.world.claims import (
    a_claim,
    a_payment,
    a_short_payment,
    a_team,
    an_amount_claim,
    balance,
    book_in_erp,
    books_hold,
    propose,
    sign,
)

from concilia.cases.core.people import Refusal, RouteRefused
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalRequest, ApprovalSeat
from concilia.claims.actions import (
    ClaimRefused,
    Paper,
    SignedDelivery,
    add_evidence,
    appeal_claim,
    close_claim,
    compute_verdict,
    follow_posting,
    recall_decision,
    record_answer,
    reopen_claim,
    retry_posting,
    withdraw_claim,
)
from concilia.claims.core.decisions import Choice, DecisionRefused
from concilia.claims.models import Settlement
from concilia.claims.queries.letters import Letter
from concilia.correspondence.models import Message
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Absence
from concilia.kernel.machine import TransitionRefused
from concilia.ledger.actions import mark_sent, record_posting_failure
from concilia.ledger.models import JournalLine, Posting
from concilia.ledger.ports import PostingFailed
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
VAT = [("PEN-500", "100", "21.60", 2200), ("FRO-350", "50", "27.00", 1000)]
LETTER = Letter(to="", language="de", subject="Ihre Reklamation", body="Guten Tag")


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


def pod(claim, member, received="92", at=NOON):
    """A signed proof of delivery: so many of the first article arrived."""
    add_evidence(
        claim_id=claim.pk,
        paper=Paper(evidence="POD", filename="pod.pdf", content=b"signed " + received.encode()),
        signed=SignedDelivery(
            signed_by="J. Albers",
            signed_on=TODAY - timedelta(days=19),
            reserve="mancano 8 colli",
            received={"PEN-500": Decimal(received)},
        ),
        member=member,
        at=at,
    )
    compute_verdict(claim_id=claim.pk, at=at)
    claim.refresh_from_db()


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


class TestWhatIsBooked:
    def test_a_partly_valid_deduction_is_credited_and_asked_back(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "100", "100.00", 2200)])
        claim = a_short_payment(team["giulia"], invoice, 12_200, "NC-23")

        decision = propose(
            claim, team["giulia"], Choice.BY_LINE, approved={1: 6_100}, reason="Half"
        )
        sign(decision, team["marta"])

        assert balance(entity, "AR_DEDUCTION") == 0
        assert (balance(entity, "PRICE_ALLOWANCE"), balance(entity, "VAT_OUT")) == (5_000, 1_100)
        assert balance(entity, "AR") == 6_100
        books_hold(entity)

    def test_a_claim_on_a_paid_invoice_stands_on_account(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, VAT)
        a_payment(team["giulia"], invoice)
        claim = a_claim(team["giulia"], invoice)
        pod(claim, team["marco"])

        sign(propose(claim, team["giulia"]), team["marta"])

        account = OpenItem.objects.get(kind="on_account")
        assert (account.open_minor, account.invoice) == (-21_082, invoice)
        assert balance(entity, "UNAPPLIED_CASH") == -21_082
        books_hold(entity)

    def test_part_deducted_part_open_part_paid(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "100", "100.00", 2200)])
        claim = a_short_payment(team["giulia"], invoice, 12_200, "NC-23")
        typed = an_amount_claim(team["giulia"], customer, 24_400, "NC-21", invoice)

        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed"), team["marta"])
        sign(propose(typed, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed"), team["marta"])

        assert balance(entity, "AR_DEDUCTION") == 0
        assert balance(entity, "UNAPPLIED_CASH") == -24_400
        books_hold(entity)

    def test_goods_are_credited_at_the_rate_they_were_billed_at(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, VAT)
        claim = a_claim(team["giulia"], invoice, pieces=[("PEN-500", "5"), ("FRO-350", "2")])

        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])

        (posting,) = Posting.objects.all()
        credited = {
            (line["role"], line["vat_bp"]): line["debit_minor"]
            for line in posting.request["lines"]
            if line["debit_minor"]
        }
        assert credited == {
            ("SALES_RETURNS", 2200): 10_800,
            ("VAT_OUT", 2200): 2_376,
            ("SALES_RETURNS", 1000): 5_400,
            ("VAT_OUT", 1000): 540,
        }
        books_hold(entity)

    def test_many_small_credits_end_at_the_invoice_and_its_vat(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("A", "3", "0.33", 2200), ("B", "7", "0.07", 1000)])
        for _ in range(4):
            left = invoice.gross_minor - _credited(entity)
            claim = an_amount_claim(team["giulia"], customer, max(1, left // 2), "NC-21", invoice)
            _keep_all_apart(team["giulia"])
            sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])
            books_hold(entity)
        claim = an_amount_claim(
            team["giulia"], customer, invoice.gross_minor - _credited(entity), "NC-21", invoice
        )
        _keep_all_apart(team["giulia"])
        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])

        assert balance(entity, "VAT_OUT") == invoice.vat_minor
        assert OpenItem.objects.get(invoice=invoice, kind="invoice").open_minor == 0
        books_hold(entity)

    def test_no_invoice_is_credited_beyond_what_it_billed(self, world):
        _, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "1", "100.00", 0)])
        claim = an_amount_claim(team["giulia"], customer, 10_001, "NC-23", invoice)

        with pytest.raises(ClaimRefused, match=r"Only 100.00 EUR of invoice"):
            propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Generous")

    def test_two_claims_proposed_side_by_side_do_not_credit_an_invoice_twice(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "1", "100.00", 0)])
        one = an_amount_claim(team["giulia"], customer, 9_000, "NC-23", invoice)
        two = an_amount_claim(team["giulia"], customer, 4_000, "NC-08", invoice)
        _keep_all_apart(team["giulia"])
        first = propose(one, team["giulia"], Choice.ACCEPT_ALL, reason="ok")
        second = propose(two, team["giulia"], Choice.ACCEPT_ALL, reason="ok")
        sign(first, team["marta"])

        with pytest.raises(ClaimRefused, match="cannot be booked"):
            sign(second, team["marta"])
        two.refresh_from_db()
        assert two.state == "IN_APPROVAL"
        sign(second, team["marta"], SignOutcome.RETURN, "Credited in the other one")
        books_hold(entity)

    @pytest.mark.parametrize(
        ("reason", "account"),
        [
            ("FI-03", "BANK_CHARGES"),
            ("FI-05", "SMALL_DIFF"),
            ("NC-12", "PENALTIES_EXP"),
            ("CO-03", "AP"),
            ("FI-06", "WHT_RECEIVABLE"),
        ],
    )
    def test_what_is_no_price_reduction_touches_no_vat(self, world, reason, account):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "100", "100.00", 2200)])
        claim = a_short_payment(team["giulia"], invoice, 1_450, reason)

        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])

        assert (balance(entity, account), balance(entity, "VAT_OUT")) == (1_450, 0)
        assert balance(entity, "AR_DEDUCTION") == 0
        assert Posting.objects.get().document_type == "JOURNAL"
        books_hold(entity)

    def test_a_penalty_nobody_deducted_stands_on_account_without_vat(self, world):
        entity, customer, team = world
        invoice = an_invoice(customer, [("PEN-500", "100", "100.00", 2200)])
        a_payment(team["giulia"], invoice)
        claim = an_amount_claim(team["giulia"], customer, 5_000, "NC-12", invoice)

        sign(propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok"), team["marta"])

        assert balance(entity, "PENALTIES_EXP") == 5_000
        assert balance(entity, "UNAPPLIED_CASH") == -5_000
        books_hold(entity)

    def test_a_claim_for_a_paper_costs_nothing_and_ends_with_its_answer(self, world):
        from concilia.claims.actions import TypedClaim, open_claim_by_person

        entity, customer, team = world
        invoice = an_invoice(customer)
        typed = TypedClaim(customer_id=customer.pk, reason="NC-25", invoice_id=invoice.pk)
        claim = open_claim_by_person(typed=typed, member=team["giulia"], at=NOON)
        compute_verdict(claim_id=claim.pk, at=NOON)
        claim.refresh_from_db()
        add_evidence(
            claim_id=claim.pk,
            paper=Paper(evidence="POD", filename="pod.pdf", content=b"pod"),
            signed=SignedDelivery(signed_by="J", signed_on=TODAY),
            member=team["marco"],
            at=NOON,
        )
        compute_verdict(claim_id=claim.pk, at=NOON)

        decision = propose(
            claim, team["giulia"], Choice.ACCEPT_ALL, reason="Sent", letter=_letter(customer)
        )
        sign(decision, team["marta"])

        claim.refresh_from_db()
        assert claim.state == "CLOSED"
        assert not JournalLine.objects.filter(entry__kind="CREDIT_NOTE").exists()
        assert Message.objects.get(lane="out").state == "QUEUED"
        books_hold(entity)

    def test_a_payment_that_is_missing_is_not_credited(self, world):
        _, customer, team = world
        claim = an_amount_claim(team["giulia"], customer, 5_000, "FI-08", an_invoice(customer))

        with pytest.raises(ClaimRefused, match="find the payment"):
            propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="ok")

    def test_a_deal_without_accrual_needs_more_authority_than_one_with(self, world):
        from concilia.receivables.models import Promotion

        entity, customer, team = world
        levels = []
        for code, accrual in (("NOTHING", 0), ("PROMO", 500_000)):
            Promotion.objects.all().delete()
            Promotion.objects.create(
                entity=entity,
                code=code,
                name=code,
                customer=customer,
                sku="PEN-500",
                kind="promo",
                promo_price="1.60",
                currency="EUR",
                starts_date=date(2026, 1, 1),
                ends_date=date(2026, 12, 31),
                accrual_minor=accrual,
            )
            invoice = an_invoice(customer, [("PEN-500", "100", "21.60", 2200)])
            claim = a_claim(team["giulia"], invoice, "CO-01", [("PEN-500", "90")])
            assert claim.valid_minor
            decision = propose(claim, team["giulia"], Choice.ACCEPT_VALID)
            levels.append([seat.level for seat in decision.approval.seats.order_by("n")])
            for name in ("marta", "davide") if len(levels[-1]) > 1 else ("marta",):
                sign(decision, team[name])
            books_hold(entity)

        assert levels == [[2, 3], [2]]
        assert balance(entity, "TRADE_ACCRUAL") > 0
        assert balance(entity, "TRADE_SPEND_EXPENSE") > 0


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


def _letter(customer):
    to = customer.contacts.get().email
    return Letter(to=to, language="de", subject="Ihre Reklamation", body="Guten Tag")


def _credited(entity):
    return balance(entity, "PRICE_ALLOWANCE") + balance(entity, "VAT_OUT")


def _keep_all_apart(member):
    from concilia.claims.actions import keep_apart
    from concilia.claims.models import MergeProposal

    for proposal in MergeProposal.objects.filter(state="OPEN"):
        keep_apart(proposal_id=proposal.pk, member=member, at=NOON)

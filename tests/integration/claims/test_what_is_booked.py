"""What a decision books: credits, VAT, what is asked back, what costs nothing."""

from __future__ import annotations

from datetime import date

import pytest
from tests.world.builders import NOON, TODAY, a_customer, an_entity, an_invoice
from tests.world.claims import (
    a_claim,
    a_payment,
    a_short_payment,
    a_team,
    an_amount_claim,
    balance,
    books_hold,
    pod,
    propose,
    sign,
)

from concilia.cases.core.routes import SignOutcome
from concilia.claims.actions import (
    ClaimRefused,
    Paper,
    SignedDelivery,
    add_evidence,
    compute_verdict,
)
from concilia.claims.core.decisions import Choice
from concilia.claims.queries.letters import Letter
from concilia.correspondence.models import Message
from concilia.ledger.models import JournalLine, Posting
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
VAT = [("PEN-500", "100", "21.60", 2200), ("FRO-350", "50", "27.00", 1000)]


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


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

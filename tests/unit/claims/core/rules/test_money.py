"""Price, promotion, double billing, cash discount and charges: domain.md §2.4 and §6.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from concilia.claims.core.facts import (
    ChargedBy,
    ClaimFacts,
    ClauseFact,
    EarlierClaimFact,
    EvidenceFact,
    InvoiceFact,
    InvoiceLineFact,
    LineFact,
    PaymentFact,
    PriceFact,
    PromotionFact,
    ToleranceFact,
    VatBasis,
)
from concilia.claims.core.findings import Outcome, Part
from concilia.claims.core.messages import render
from concilia.claims.core.verdict import evaluate

D = Decimal
ORDERED, ISSUED = date(2026, 10, 5), date(2026, 10, 12)


def invoice(*, price="22.40", quantity=100, vat_bp=0, number="FT-1", **more):
    net = int(D(price) * quantity * 100)
    return InvoiceFact(
        number,
        ISSUED,
        more.pop("gross_minor", net + net * vat_bp // 10_000),
        lines=(
            InvoiceLineFact(
                1,
                D(quantity),
                D(price),
                net,
                vat_bp,
                sku="PEN",
                promotion=more.pop("promotion", ""),
            ),
        ),
        ordered_on=ORDERED,
        **more,
    )


def claim(reason, line, *, invoices=None, evidence=(), **more):
    return ClaimFacts(
        claim="CLM-1",
        reason=reason,
        currency="EUR",
        received_on=date(2026, 11, 2),
        lines=line if isinstance(line, tuple) else (line,),
        invoices=(invoice(),) if invoices is None else invoices,
        evidence=tuple(EvidenceFact(code, f"ev-{code}") for code in evidence),
        **more,
    )


def judged(facts):
    verdict = evaluate(facts)
    return (
        verdict.outcome,
        verdict.valid_minor,
        verdict.not_valid_minor,
        verdict.undecided_minor,
    )


def proven(facts):
    return render(evaluate(facts).lines[0].proven, "en", "EUR")


class TestPrice:
    AGREED = PriceFact("PEN", D("21.60"), date(2026, 1, 1), date(2027, 1, 1))

    def facts(self, minor, *, quantity=100, prices=(AGREED,), **more):
        units = None if quantity is None else D(quantity)
        line = LineFact(1, minor, sku="PEN", claimed_quantity=units)
        return claim("NC-08", line, prices=prices, evidence=("CT", "PO", "INV"), **more)

    def test_grants_the_difference_times_the_quantity(self):
        facts = self.facts(8_000)

        assert judged(facts) == (Outcome.VALID, 8_000, 0, 0)
        step = next(step for step in evaluate(facts).lines[0].factors if step.part is Part.VALID)
        assert (step.quantity, step.unit_price, step.less_unit_price) == (
            D(100),
            D("22.40"),
            D("21.60"),
        )
        assert proven(facts) == "Invoiced 22.40, agreed on 5 October 2026 was only 21.60"

    def test_without_a_quantity_it_is_about_all_that_was_invoiced(self):
        assert judged(self.facts(8_000, quantity=None)) == (Outcome.VALID, 8_000, 0, 0)

    def test_more_than_the_difference_is_not_valid(self):
        assert judged(self.facts(10_000)) == (Outcome.PARTLY_VALID, 8_000, 2_000, 0)

    def test_more_units_than_invoiced_are_not_valid(self):
        assert judged(self.facts(9_600, quantity=120)) == (Outcome.PARTLY_VALID, 8_000, 1_600, 0)

    def test_with_vat(self):
        facts = self.facts(9_760, invoices=(invoice(vat_bp=2_200),))

        assert judged(facts) == (Outcome.VALID, 9_760, 0, 0)
        assert evaluate(facts).lines[0].vat_basis is VatBasis.GROSS

    def test_a_price_charged_as_agreed_leaves_nothing_valid(self):
        facts = self.facts(8_000, invoices=(invoice(price="21.60"),))

        assert judged(facts) == (Outcome.NOT_VALID, 0, 8_000, 0)
        assert proven(facts) == "Invoiced 21.60; agreed on 5 October 2026 was 21.60"

    @pytest.mark.parametrize(
        ("valid_from", "valid_until", "outcome"),
        [
            (ORDERED, date(2026, 10, 6), Outcome.VALID),
            (date(2026, 10, 6), None, Outcome.UNSUPPORTED),
            (date(2026, 1, 1), ORDERED, Outcome.UNSUPPORTED),
        ],
    )
    def test_the_price_of_the_order_date_counts(self, valid_from, valid_until, outcome):
        price = PriceFact("PEN", D("21.60"), valid_from, valid_until)

        assert judged(self.facts(8_000, prices=(price,)))[0] is outcome

    def test_the_step_for_the_quantity_counts(self):
        steps = (
            self.AGREED,
            replace(self.AGREED, unit_price=D("20.00"), min_quantity=D(100)),
            replace(self.AGREED, unit_price=D("18.00"), min_quantity=D(101)),
        )

        assert judged(self.facts(24_000, prices=steps)) == (Outcome.VALID, 24_000, 0, 0)

    def test_two_equally_good_prices_are_not_guessed_between(self):
        both = (self.AGREED, replace(self.AGREED, unit_price=D("21.00")))

        assert judged(self.facts(8_000, prices=both)) == (Outcome.UNSUPPORTED, 0, 0, 8_000)

    def test_what_was_granted_before_is_not_granted_again(self):
        facts = self.facts(
            8_000,
            earlier=(EarlierClaimFact("CLM-0", "CO-01", sku="PEN", approved_quantity=D(60)),),
        )

        assert judged(facts) == (Outcome.PARTLY_VALID, 3_200, 4_800, 0)


class TestPromotion:
    DEAL = PromotionFact("P-10", date(2026, 10, 1), date(2026, 10, 31), "PEN", discount_bp=1_000)

    def facts(self, minor, *, promotions=(DEAL,), quantity=100, **more):
        line = LineFact(1, minor, sku="PEN", claimed_quantity=D(quantity))
        return claim("CO-01", line, promotions=promotions, evidence=("PRM", "INV", "PO"), **more)

    def test_grants_what_the_promotion_should_have_taken_off(self):
        facts = self.facts(22_400)

        assert judged(facts) == (Outcome.VALID, 22_400, 0, 0)
        assert proven(facts) == "Promotion P-10 promises 20.16, invoiced 22.40"

    def test_a_promotional_price_is_taken_as_it_is(self):
        deal = replace(self.DEAL, unit_price=D("21.40"), discount_bp=0)

        assert judged(self.facts(10_000, promotions=(deal,))) == (Outcome.VALID, 10_000, 0, 0)

    def test_a_rate_is_off_the_list_price_where_there_is_one(self):
        deal = replace(self.DEAL, list_price=D(24))

        assert judged(self.facts(8_000, promotions=(deal,))) == (Outcome.VALID, 8_000, 0, 0)

    def test_a_promotion_for_every_article_counts(self):
        assert judged(self.facts(22_400, promotions=(replace(self.DEAL, sku=""),)))[1] == 22_400

    @pytest.mark.parametrize(
        ("starts", "ends", "outcome"),
        [
            (ORDERED, ORDERED, Outcome.VALID),
            (date(2026, 10, 6), date(2026, 10, 31), Outcome.NOT_VALID),
            (date(2026, 9, 1), date(2026, 10, 4), Outcome.NOT_VALID),
        ],
    )
    def test_it_must_run_on_the_order_date_both_days_included(self, starts, ends, outcome):
        deal = replace(self.DEAL, starts_on=starts, ends_on=ends)

        assert judged(self.facts(22_400, promotions=(deal,)))[0] is outcome

    def test_no_promotion_known_goes_to_trade_marketing(self):
        facts = self.facts(22_400, promotions=())

        assert judged(facts) == (Outcome.UNSUPPORTED, 0, 0, 22_400)
        assert evaluate(facts).missing_evidence == ("PRM",)

    def test_a_promotion_already_on_the_invoice_is_not_granted_twice(self):
        facts = self.facts(22_400, invoices=(invoice(promotion="P-10"),))

        assert judged(facts) == (Outcome.NOT_VALID, 0, 22_400, 0)

    def test_the_cap_of_the_promotion_holds(self):
        facts = self.facts(22_400, promotions=(replace(self.DEAL, max_quantity=D(40)),))

        assert judged(facts) == (Outcome.PARTLY_VALID, 8_960, 13_440, 0)

    def test_two_promotions_with_different_prices_are_not_guessed_between(self):
        both = (self.DEAL, replace(self.DEAL, code="P-20", discount_bp=2_000))

        assert judged(self.facts(22_400, promotions=both))[0] is Outcome.UNSUPPORTED


class TestDoubleBilling:
    ONE = invoice(number="FT-1", order_number="O-1", delivery_number="D-1")
    TWO = replace(ONE, number="FT-2")

    def facts(self, minor=224_000, *, one=ONE, two=TWO, line=None, **more):
        return claim(
            "NC-17",
            line or LineFact(1, minor),
            invoices=(one,),
            other_invoice=two,
            evidence=("INV",),
            **more,
        )

    def test_the_same_delivery_billed_twice_is_credited_in_full(self):
        facts = self.facts()

        assert judged(facts) == (Outcome.VALID, 224_000, 0, 0)
        assert proven(facts) == "FT-1 and FT-2 bill the same delivery (O-1)"

    def test_no_more_than_the_invoice(self):
        assert judged(self.facts(300_000)) == (Outcome.PARTLY_VALID, 224_000, 76_000, 0)

    def test_what_was_credited_already_is_not_credited_again(self):
        one = replace(self.ONE, credited_minor=100_000)

        assert judged(self.facts(one=one)) == (Outcome.PARTLY_VALID, 124_000, 100_000, 0)

    def test_the_positions_both_share_are_billed_twice(self):
        extra = InvoiceLineFact(2, D(10), D("5.00"), 5_000, sku="SPA")
        one = replace(self.ONE, lines=(*self.ONE.lines, extra), gross_minor=229_000)

        assert judged(self.facts(229_000, one=one)) == (Outcome.PARTLY_VALID, 224_000, 5_000, 0)

    def test_by_article_with_vat(self):
        one = invoice(number="FT-1", vat_bp=1_000, delivery_number="D-1")
        line = LineFact(1, 246_400, sku="PEN")

        facts = self.facts(one=one, two=replace(one, number="FT-2"), line=line)
        assert judged(facts) == (Outcome.VALID, 246_400, 0, 0)

    @pytest.mark.parametrize(
        ("changes", "outcome"),
        [
            ({"delivery_number": "D-2"}, Outcome.NOT_VALID),
            ({"delivery_number": "", "order_number": "O-2"}, Outcome.NOT_VALID),
            ({"delivery_number": ""}, Outcome.UNSUPPORTED),
            ({"order_number": "O-2"}, Outcome.VALID),
            ({"number": "FT-1"}, Outcome.NOT_VALID),
            ({"lines": ()}, Outcome.NOT_VALID),
        ],
        ids=[
            "other delivery", "other order", "delivery unknown", "one delivery, two orders",
            "the same invoice", "nothing in common",
        ],
    )  # fmt: skip
    def test_two_invoices_are_not_yet_a_double_billing(self, changes, outcome):
        assert judged(self.facts(two=replace(self.TWO, **changes)))[0] is outcome

    def test_without_the_second_invoice_a_person_looks_for_it(self):
        facts = self.facts(two=None)

        assert judged(facts) == (Outcome.UNSUPPORTED, 0, 0, 224_000)


class TestCashDiscount:
    """TV-6.7: 2,420.00 with 2 % in 10 days, paid short by 48.40."""

    TERMS = InvoiceFact("FT-1", ISSUED, 242_000, discount_bp=200, discount_days=10)

    def facts(self, minor=4_840, *, paid=date(2026, 10, 21), terms=TERMS, reason="FI-02", **more):
        payment = PaymentFact(paid, items=more.pop("items", 1)) if paid else None
        return claim(
            reason,
            more.pop("line", LineFact(1, minor)),
            invoices=(terms,),
            payment=payment,
            evidence=("CT", "BNK"),
            **more,
        )

    def test_paid_on_day_nine_it_is_earned(self):
        facts = self.facts()

        assert judged(facts) == (Outcome.VALID, 4_840, 0, 0)
        step = evaluate(facts).lines[0].factors[1]
        assert (step.base_minor, step.rate_bp, step.amount_minor) == (242_000, 200, 4_840)

    def test_paid_on_day_twenty_it_is_not(self):
        facts = self.facts(paid=date(2026, 11, 1))

        assert judged(facts) == (Outcome.NOT_VALID, 0, 4_840, 0)
        assert proven(facts) == (
            "Paid on 1 November 2026; the discount was for payment until 22 October 2026"
        )

    @pytest.mark.parametrize("reason", ["FI-01", "FI-02"])
    def test_the_name_of_the_reason_changes_nothing(self, reason):
        assert judged(self.facts(reason=reason))[0] is Outcome.VALID

    def test_the_last_day_counts_and_grace_prolongs_it(self):
        late = date(2026, 10, 24)

        assert judged(self.facts(paid=date(2026, 10, 22)))[0] is Outcome.VALID
        assert judged(self.facts(paid=late))[0] is Outcome.NOT_VALID
        grace = ToleranceFact(discount_grace_days=2)
        assert judged(self.facts(paid=late, tolerance=grace))[0] is Outcome.VALID

    def test_in_time_but_too_high_is_partly_valid(self):
        assert judged(self.facts(7_260)) == (Outcome.PARTLY_VALID, 4_840, 2_420, 0)

    def test_one_cent_for_each_item_is_rounding(self):
        assert judged(self.facts(4_841)) == (Outcome.VALID, 4_841, 0, 0)
        assert judged(self.facts(4_842)) == (Outcome.PARTLY_VALID, 4_840, 2, 0)
        assert judged(self.facts(4_842, items=2)) == (Outcome.VALID, 4_842, 0, 0)

    def test_less_than_agreed_is_fine(self):
        assert judged(self.facts(4_000)) == (Outcome.VALID, 4_000, 0, 0)

    def test_the_discount_is_taken_once_over_several_lines(self):
        lines = (LineFact(1, 4_000), LineFact(2, 4_000))

        verdict = evaluate(self.facts(line=lines))
        assert [line.valid_minor for line in verdict.lines] == [4_000, 840]

    def test_only_what_was_paid_bears_discount(self):
        terms = replace(self.TERMS, settled_minor=121_000)

        assert judged(self.facts(terms=terms)) == (Outcome.PARTLY_VALID, 2_420, 2_420, 0)

    def test_no_discount_agreed_is_not_valid_but_unknown_terms_wait(self):
        assert judged(self.facts(terms=replace(self.TERMS, discount_bp=0)))[0] is Outcome.NOT_VALID
        unknown = self.facts(terms=replace(self.TERMS, discount_bp=None))
        assert judged(unknown)[0] is Outcome.UNSUPPORTED

    def test_without_a_payment_nothing_can_be_said(self):
        assert evaluate(self.facts(paid=None)).missing_evidence == ("BNK",)


class TestCharge:
    def facts(self, clause, *, by=ChargedBy.CUSTOMER, minor=7_920, code="HANDLING", **more):
        line = LineFact(1, minor, charged_by=by, charge_code=code)
        clauses = () if clause is None else clause if isinstance(clause, tuple) else (clause,)
        return claim("NC-23", line, clauses=clauses, evidence=("CT",), **more)

    EXCLUDED = ClauseFact(agreed=False, where="art. 9", charge_code="HANDLING")
    AGREED = ClauseFact(agreed=True, where="art. 4", charge_code="HANDLING")

    def test_their_fee_not_in_the_contract_is_not_valid(self):
        assert judged(self.facts(self.EXCLUDED)) == (Outcome.NOT_VALID, 0, 7_920, 0)

    def test_our_surcharge_not_in_the_contract_is_theirs_to_claim(self):
        facts = self.facts(self.EXCLUDED, by=ChargedBy.US)

        assert judged(facts) == (Outcome.VALID, 7_920, 0, 0)

    def test_their_agreed_fee_is_valid_up_to_the_cap(self):
        assert judged(self.facts(self.AGREED)) == (Outcome.VALID, 7_920, 0, 0)
        capped = replace(self.AGREED, max_minor=5_000)
        assert judged(self.facts(capped)) == (Outcome.PARTLY_VALID, 5_000, 2_920, 0)

    def test_of_our_agreed_surcharge_only_the_excess_is_theirs_to_claim(self):
        capped = replace(self.AGREED, max_minor=5_000)

        assert judged(self.facts(self.AGREED, by=ChargedBy.US))[0] is Outcome.NOT_VALID
        assert judged(self.facts(capped, by=ChargedBy.US)) == (
            Outcome.PARTLY_VALID,
            2_920,
            5_000,
            0,
        )

    def test_a_clause_about_this_charge_goes_before_a_general_one(self):
        general = ClauseFact(agreed=False, where="art. 1")

        assert judged(self.facts((general, self.AGREED)))[0] is Outcome.VALID
        assert judged(self.facts(general))[0] is Outcome.NOT_VALID

    def test_a_contract_that_does_not_speak_of_it_is_read_by_a_person(self):
        other = replace(self.EXCLUDED, charge_code="PALLET")

        assert judged(self.facts(other)) == (Outcome.UNSUPPORTED, 0, 0, 7_920)
        assert judged(self.facts(None)) == (Outcome.UNSUPPORTED, 0, 0, 7_920)

    def test_nobody_is_charged_by_guess(self):
        assert judged(self.facts(self.EXCLUDED, by=None))[0] is Outcome.UNSUPPORTED

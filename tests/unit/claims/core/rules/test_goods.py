"""Shortage (NC-01, NC-02) and damage (NC-05): the automatic validity tests of domain.md §2.4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.facts import (
    ClaimFacts,
    DeliveryFact,
    DeliveryLineFact,
    EarlierClaimFact,
    EvidenceFact,
    InvoiceFact,
    InvoiceLineFact,
    LineFact,
    ToleranceFact,
    VatBasis,
)
from concilia.claims.core.findings import Outcome, Part
from concilia.claims.core.messages import render
from concilia.claims.core.rules.damage import notice_until
from concilia.claims.core.verdict import evaluate

D = Decimal
ARRIVED = date(2026, 10, 15)  # a Thursday


def facts(
    *,
    reason="NC-01",
    claimed=12,
    minor=25_920,
    vat_bp=0,
    delivered=None,
    evidence=("POD", "DDT", "INV"),
    **more,
):
    line = LineFact(1, minor, sku="PEN", claimed_quantity=None if claimed is None else D(claimed))
    gross = 432_000 + 432_000 * vat_bp // 10_000
    return ClaimFacts(
        claim="CLM-1",
        reason=reason,
        currency="EUR",
        received_on=more.pop("received_on", date(2026, 10, 20)),
        lines=more.pop("lines", (line,)),
        invoices=(
            InvoiceFact(
                "FT-1",
                date(2026, 10, 12),
                gross,
                lines=(InvoiceLineFact(1, D(200), D("21.60"), 432_000, vat_bp, sku="PEN"),),
            ),
        ),
        deliveries=(delivery(received=D(192)) if delivered is None else delivered,),
        evidence=tuple(EvidenceFact(code, f"ev-{code}") for code in evidence),
        **more,
    )


def delivery(*, reserve="mancano 8 colli", signed=ARRIVED, line=None, **quantities):
    more = {key: quantities.pop(key) for key in list(quantities) if key in DeliveryFact.__slots__}
    item = line or DeliveryLineFact("PEN", D(200), **quantities)
    return DeliveryFact(
        "DDT 1",
        date(2026, 10, 14),
        delivered_on=ARRIVED,
        signed_on=signed,
        reserve=reserve,
        lines=(item,),
        **more,
    )


def judged(asked):
    verdict = evaluate(asked)
    (line,) = verdict.lines
    return verdict.outcome, line.valid_minor, line.not_valid_minor, line.undecided_minor


def why(asked, language="en"):
    return [render(message, language, "EUR") for message in evaluate(asked).lines[0].why]


class TestShortage:
    @pytest.mark.parametrize(
        ("claimed", "minor", "expected"),
        [
            (12, 25_920, (Outcome.PARTLY_VALID, 17_280, 8_640, 0)),
            (8, 17_280, (Outcome.VALID, 17_280, 0, 0)),
            (5, 10_800, (Outcome.VALID, 10_800, 0, 0)),
        ],
    )
    def test_grants_what_the_signed_paper_shows_missing(self, claimed, minor, expected):
        assert judged(facts(claimed=claimed, minor=minor)) == expected

    def test_a_clean_signature_proves_nothing_missing(self):
        asked = facts(delivered=delivery(reserve=""))

        assert judged(asked) == (Outcome.NOT_VALID, 0, 25_920, 0)
        assert evaluate(asked).missing_evidence == ("GRN",)

    def test_a_shortage_the_carrier_did_not_note_but_counted_is_granted(self):
        asked = facts(delivered=delivery(reserve="", received=D(196)))

        assert judged(asked) == (Outcome.PARTLY_VALID, 8_640, 17_280, 0)

    def test_an_unsigned_delivery_waits_for_its_proof(self):
        asked = facts(delivered=delivery(signed=None), evidence=("DDT",))

        assert judged(asked) == (Outcome.UNSUPPORTED, 0, 0, 25_920)
        assert evaluate(asked).missing_evidence == ("POD",)
        assert why(asked) == ["No signed proof of delivery yet for DDT 1."]

    def test_a_reserve_nobody_has_read_waits_for_a_person(self):
        asked = facts(delivered=delivery(reserve="merce mancante"))

        assert judged(asked) == (Outcome.UNSUPPORTED, 0, 0, 25_920)

    def test_a_reserve_for_another_article_does_not_speak_for_this_one(self):
        signed = delivery(received=D(200))
        other = DeliveryLineFact("FRO", D(90), damaged=D(14))
        asked = facts(delivered=replace(signed, lines=(signed.lines[0], other)))

        assert judged(asked) == (Outcome.NOT_VALID, 0, 25_920, 0)

    def test_what_was_never_shipped_is_missing_too(self):
        asked = facts(
            delivered=delivery(reserve="", line=DeliveryLineFact("PEN", D(188), received=D(188)))
        )

        assert judged(asked) == (Outcome.VALID, 25_920, 0, 0)

    def test_tolerance_covers_a_small_excess_only(self):
        within = facts(claimed=9, minor=19_440, tolerance=ToleranceFact(quantity=D(1)))
        beyond = facts(claimed=10, minor=21_600, tolerance=ToleranceFact(quantity=D(1)))

        assert judged(within) == (Outcome.VALID, 19_440, 0, 0)
        assert judged(beyond) == (Outcome.PARTLY_VALID, 17_280, 4_320, 0)

    def test_tolerance_proves_nothing_where_nothing_is_missing(self):
        asked = facts(
            claimed=1,
            minor=2_160,
            delivered=delivery(reserve=""),
            tolerance=ToleranceFact(quantity=D(1)),
        )

        assert judged(asked) == (Outcome.NOT_VALID, 0, 2_160, 0)

    def test_what_an_earlier_claim_got_is_not_granted_again(self):
        asked = facts(
            earlier=(EarlierClaimFact("CLM-0", "NC-02", sku="PEN", approved_quantity=D(5)),)
        )

        assert judged(asked) == (Outcome.PARTLY_VALID, 6_480, 19_440, 0)
        assert "5 already granted in CLM-0." in why(asked)

    def test_an_earlier_claim_of_another_kind_does_not_matter(self):
        asked = facts(
            earlier=(EarlierClaimFact("CLM-0", "NC-08", sku="PEN", approved_quantity=D(5)),)
        )

        assert judged(asked)[1] == 17_280

    def test_two_lines_for_one_article_share_what_is_missing(self):
        one = LineFact(1, 12_960, sku="PEN", claimed_quantity=D(6))
        verdict = evaluate(facts(lines=(one, replace(one, n=2))))

        assert [line.valid_minor for line in verdict.lines] == [12_960, 4_320]

    def test_an_article_not_on_the_invoice_goes_to_a_person(self):
        asked = facts(lines=(LineFact(1, 100, sku="XYZ", claimed_quantity=D(1)),))

        assert judged(asked) == (Outcome.UNSUPPORTED, 0, 0, 100)
        assert why(asked) == ["XYZ is not on invoice FT-1."]

    def test_reads_the_quantity_from_the_amount_when_it_is_exact(self):
        assert judged(facts(claimed=None, minor=17_280)) == (Outcome.VALID, 17_280, 0, 0)

    def test_does_not_guess_a_quantity(self):
        asked = facts(claimed=None, minor=17_281)

        assert judged(asked) == (Outcome.UNSUPPORTED, 0, 0, 17_281)
        assert evaluate(asked).missing_evidence == ("DN",)

    def test_a_higher_price_than_invoiced_is_not_granted(self):
        line = LineFact(1, 20_000, sku="PEN", claimed_quantity=D(8), claimed_unit_price=D(25))
        asked = facts(lines=(line,))

        assert judged(asked) == (Outcome.PARTLY_VALID, 17_280, 2_720, 0)
        assert why(asked)[-1] == "They count 25.00 a unit, the invoice says 21.60."

    def test_who_claims_less_than_due_gets_what_they_claim(self):
        assert judged(facts(claimed=8, minor=15_000)) == (Outcome.VALID, 15_000, 0, 0)

    def test_line_discounts_are_in_the_price(self):
        asked = facts(claimed=8, minor=15_552)
        position = replace(asked.invoices[0].lines[0], net_minor=388_800)
        invoice = replace(asked.invoices[0], lines=(position,), gross_minor=388_800)

        assert judged(replace(asked, invoices=(invoice,))) == (Outcome.VALID, 15_552, 0, 0)

    @given(st.integers(0, 200), st.integers(1, 250))
    def test_claiming_more_never_proves_more(self, missing, claimed):
        signed = delivery(received=D(200 - missing))
        outcome, valid, _, _ = judged(
            facts(claimed=claimed, minor=claimed * 2_160, delivered=signed)
        )

        assert valid == min(claimed, missing) * 2_160
        assert (outcome is Outcome.VALID) == (claimed <= missing)


class TestVat:
    """The customer may count with or without VAT; the verdict says which."""

    def test_a_claim_with_vat_is_granted_with_vat(self):
        line = evaluate(facts(claimed=8, minor=21_082, vat_bp=2_200)).lines[0]

        assert (line.valid_minor, line.vat_basis, line.vat_bp) == (21_082, VatBasis.GROSS, 2_200)
        assert next(step for step in line.factors if step.part is Part.VALID).vat_bp == 2_200

    def test_a_claim_without_vat_is_granted_without_and_says_so(self):
        asked = facts(claimed=8, minor=17_280, vat_bp=2_200)
        line = evaluate(asked).lines[0]

        assert (line.valid_minor, line.vat_basis) == (17_280, VatBasis.NET)
        assert why(asked) == ["Claimed without VAT; the credit note adds it."]

    def test_an_invoice_without_vat_leaves_no_question(self):
        assert evaluate(facts(claimed=8, minor=17_280)).lines[0].vat_basis is VatBasis.NO_VAT

    def test_what_they_say_counts_more_than_what_it_looks_like(self):
        asked = facts(claimed=8, minor=17_280, vat_bp=2_200, vat_basis=VatBasis.GROSS)
        line = evaluate(asked).lines[0]

        assert (line.vat_basis, line.valid_minor) == (VatBasis.GROSS, 17_280)

    def test_an_amount_that_fits_neither_is_flagged(self):
        asked = facts(claimed=8, minor=20_000, vat_bp=2_200)

        assert why(asked)[-1].startswith("The amount fits neither with nor without VAT")

    def test_rounding_vat_by_line_or_by_unit_is_no_reason_to_argue(self):
        line = evaluate(facts(claimed=8, minor=21_083, vat_bp=2_200)).lines[0]
        step = next(step for step in line.factors if step.part is Part.VALID)

        assert (line.valid_minor, line.not_valid_minor) == (21_083, 0)
        assert step.rounding_minor == 1


class TestConcealedShortage:
    def load(self, *, received="1960", **more):
        return delivery(
            reserve="",
            line=DeliveryLineFact("PEN", D(200), unit_weight=D(5)),
            weight_shipped=D(2000),
            weight_received=None if received is None else D(received),
            **more,
        )

    def claim(self, delivered, **more):
        more.setdefault("received_on", date(2026, 10, 20))
        return facts(
            reason="NC-02", delivered=delivered, evidence=("PL", "POD", "DDT", "INV"), **more
        )

    def test_a_lighter_load_reported_in_time_is_granted(self):
        asked = self.claim(self.load())

        assert judged(asked) == (Outcome.PARTLY_VALID, 17_280, 8_640, 0)
        assert evaluate(asked).lines[0].evidence == ("ev-PL", "ev-POD", "ev-DDT")

    def test_the_same_weight_proves_nothing_missing(self):
        assert judged(self.claim(self.load(received="2000")))[0] is Outcome.NOT_VALID

    def test_without_weights_a_person_judges(self):
        asked = self.claim(self.load(received=None))

        assert judged(asked) == (Outcome.UNSUPPORTED, 0, 0, 25_920)

    @pytest.mark.parametrize(
        ("told", "outcome"),
        [
            (date(2026, 10, 23), Outcome.PARTLY_VALID),
            (date(2026, 10, 24), Outcome.NOT_VALID),
        ],
    )
    def test_the_time_for_a_notice_is_counted(self, told, outcome):
        assert judged(self.claim(self.load(notified_on=told)))[0] is outcome

    def test_a_late_claim_is_late_where_no_earlier_notice_is_known(self):
        asked = self.claim(self.load(), received_on=date(2026, 11, 10))

        assert judged(asked)[0] is Outcome.NOT_VALID
        assert render(evaluate(asked).lines[0].proven, "it", "EUR") == (
            "Ci hanno avvisato il 10 novembre 2026; il termine scadeva il 23 ottobre 2026."
        )


class TestDamage:
    def claim(self, delivered, *, claimed=14, evidence=("POD", "PHO", "DDT", "INV"), **more):
        return facts(
            reason="NC-05",
            claimed=claimed,
            minor=claimed * 2_160,
            delivered=delivered,
            evidence=evidence,
            **more,
        )

    def test_a_reserve_with_a_quantity_is_enough(self):
        asked = self.claim(delivery(reserve="14 schiacciati", damaged=D(14)))

        assert judged(asked) == (Outcome.VALID, 30_240, 0, 0)

    def test_more_than_the_reserve_says_is_not_valid_and_photos_may_help(self):
        asked = self.claim(
            delivery(reserve="10 schiacciati", damaged=D(10)), evidence=("POD", "DDT")
        )

        assert judged(asked) == (Outcome.PARTLY_VALID, 21_600, 8_640, 0)
        assert evaluate(asked).missing_evidence == ("PHO",)

    def test_a_hidden_damage_told_in_time_with_photos_is_granted(self):
        asked = self.claim(delivery(reserve="", damaged=D(14)), received_on=date(2026, 10, 23))

        assert judged(asked)[0] is Outcome.VALID

    def test_without_photos_it_waits_for_them(self):
        asked = self.claim(delivery(reserve="", damaged=D(14)), evidence=("POD",))

        assert judged(asked)[3] == 30_240
        assert evaluate(asked).missing_evidence == ("PHO",)

    def test_photos_nobody_counted_wait_for_a_person(self):
        assert judged(self.claim(delivery(reserve="")))[0] is Outcome.UNSUPPORTED

    def test_told_too_late_without_a_reserve_is_not_valid(self):
        asked = self.claim(delivery(reserve="", damaged=D(14)), received_on=date(2026, 10, 24))

        assert judged(asked) == (Outcome.NOT_VALID, 0, 30_240, 0)

    def test_a_holiday_prolongs_the_time(self):
        asked = self.claim(
            delivery(reserve="", damaged=D(14)),
            received_on=date(2026, 10, 24),
            tolerance=ToleranceFact(rest_days=(date(2026, 10, 20),)),
        )

        assert judged(asked)[0] is Outcome.VALID

    def test_seven_days_leave_sundays_out(self):
        assert notice_until(ARRIVED, 7, ()) == date(2026, 10, 23)

"""What holds for every verdict, whatever the facts: sensible, contradictory or absurd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.claims.core import codec
from concilia.claims.core.amounts import price_of
from concilia.claims.core.facts import (
    ChargedBy,
    ClaimFacts,
    ClauseFact,
    DeliveryFact,
    DeliveryLineFact,
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
from concilia.claims.core.findings import Outcome, Verdict
from concilia.claims.core.messages import render
from concilia.claims.core.verdict import checklist, evaluate, replay
from concilia.correspondence.core.figures import Language

REASONS = [
    "NC-01",
    "NC-02",
    "NC-05",
    "NC-08",
    "NC-17",
    "NC-21",
    "NC-23",
    "CO-01",
    "FI-01",
    "FI-02",
    "FI-16",
]
CODES = ["INV", "PO", "CT", "PRM", "DDT", "POD", "PHO", "GRN", "PL", "BNK", "DN"]
skus = st.sampled_from(["", "A", "B"])
days = st.dates(date(2026, 9, 1), date(2026, 12, 31))
units = st.decimals(0, 500, places=1, allow_nan=False)
prices = st.decimals(0, 50, places=2, allow_nan=False)
cents = st.integers(0, 2_000_000)


@st.composite
def invoices(draw, number):
    vat_bp = draw(st.sampled_from([0, 400, 2_200]))
    lines = []
    for n in range(1, draw(st.integers(1, 3)) + 1):
        quantity, price = draw(units), draw(prices)
        lines.append(
            InvoiceLineFact(
                n,
                quantity,
                price,
                price_of(quantity, price, "EUR"),
                vat_bp=vat_bp,
                sku=draw(skus),
                promotion=draw(st.sampled_from(["", "P1"])),
            )
        )
    gross = sum(price_of(line.quantity, line.unit_price, "EUR", vat_bp=vat_bp) for line in lines)
    return InvoiceFact(
        number=number,
        issued_on=draw(days),
        gross_minor=gross,
        lines=tuple(lines),
        order_number=draw(st.sampled_from(["", "O1", "O2"])),
        ordered_on=draw(st.none() | days),
        delivery_number=draw(st.sampled_from(["", "D1", "D2"])),
        discount_bp=draw(st.sampled_from([None, 0, 200, 10_000])),
        discount_days=draw(st.integers(0, 30)),
        credited_minor=draw(st.sampled_from([0, 0, gross // 2, gross])),
    )


deliveries = st.builds(
    DeliveryFact,
    number=st.sampled_from(["D1", "D2"]),
    shipped_on=days,
    invoice=st.sampled_from(["", "I1"]),
    delivered_on=st.none() | days,
    signed_on=st.none() | days,
    reserve=st.sampled_from(["", "mancano colli"]),
    notified_on=st.none() | days,
    weight_shipped=st.none() | units,
    weight_received=st.none() | units,
    lines=st.lists(
        st.builds(
            DeliveryLineFact,
            sku=skus,
            shipped=units,
            received=st.none() | units,
            damaged=st.none() | units,
            unit_weight=st.none() | units,
        ),
        max_size=3,
    ).map(tuple),
)


@st.composite
def claim_facts(draw):
    several = draw(st.integers(0, 2))
    numbers = [f"I{n}" for n in range(1, several + 1)]
    lines = st.builds(
        LineFact,
        n=st.integers(1, 9),
        claimed_minor=cents,
        reason=st.sampled_from(["", *REASONS]),
        invoice=st.sampled_from(["", *numbers]),
        sku=skus,
        claimed_quantity=st.none() | units,
        claimed_unit_price=st.none() | prices,
        charged_by=st.none() | st.sampled_from(ChargedBy),
        charge_code=st.sampled_from(["", "X"]),
    )
    return ClaimFacts(
        claim="CLM-1",
        reason=draw(st.sampled_from(REASONS)),
        currency="EUR",
        received_on=draw(days),
        lines=tuple(draw(st.lists(lines, min_size=1, max_size=4, unique_by=lambda line: line.n))),
        vat_basis=draw(st.none() | st.sampled_from(VatBasis)),
        invoices=tuple(draw(invoices(number)) for number in numbers),
        other_invoice=draw(st.none() | invoices("I9")),
        deliveries=tuple(draw(st.lists(deliveries, max_size=2))),
        prices=tuple(
            draw(
                st.lists(
                    st.builds(
                        PriceFact,
                        sku=skus,
                        unit_price=prices,
                        valid_from=days,
                        valid_until=st.none() | days,
                        min_quantity=units,
                    ),
                    max_size=3,
                )
            )
        ),
        promotions=tuple(
            draw(
                st.lists(
                    st.builds(
                        PromotionFact,
                        code=st.sampled_from(["P1", "P2"]),
                        starts_on=days,
                        ends_on=days,
                        sku=skus,
                        unit_price=st.none() | prices,
                        discount_bp=st.integers(0, 10_000),
                        list_price=st.none() | prices,
                        max_quantity=st.none() | units,
                    ),
                    max_size=2,
                )
            )
        ),
        clauses=tuple(
            draw(
                st.lists(
                    st.builds(
                        ClauseFact,
                        agreed=st.booleans(),
                        where=st.just("art. 9"),
                        charge_code=st.sampled_from(["", "X"]),
                        max_minor=st.none() | cents,
                    ),
                    max_size=2,
                )
            )
        ),
        payment=draw(st.none() | st.builds(PaymentFact, value_on=days, items=st.integers(1, 3))),
        earlier=tuple(
            draw(
                st.lists(
                    st.builds(
                        EarlierClaimFact,
                        reference=st.just("CLM-0"),
                        reason=st.sampled_from(REASONS),
                        invoice=st.sampled_from(["", "I1"]),
                        sku=skus,
                        approved_quantity=units,
                        approved_minor=cents,
                    ),
                    max_size=2,
                )
            )
        ),
        evidence=tuple(
            EvidenceFact(code, f"ev-{code}") for code in draw(st.sets(st.sampled_from(CODES)))
        ),
        tolerance=ToleranceFact(quantity=draw(st.sampled_from([Decimal(0), Decimal(1)]))),
    )


some = settings(max_examples=60, deadline=None)


class TestEveryVerdict:
    @some
    @given(claim_facts())
    def test_puts_every_claimed_cent_in_exactly_one_bucket(self, facts):
        verdict = evaluate(facts)

        assert (
            verdict.valid_minor + verdict.not_valid_minor + verdict.undecided_minor
            == verdict.claimed_minor
            == sum(line.claimed_minor for line in facts.lines)
        )
        assert [line.n for line in verdict.lines] == [line.n for line in facts.lines]

    @some
    @given(claim_facts())
    def test_never_grants_more_than_an_invoice_has_left(self, facts):
        verdict = evaluate(facts)

        for invoice in facts.invoices:
            granted = sum(
                line.valid_minor
                for fact, line in zip(facts.lines, verdict.lines, strict=True)
                if facts.invoice_of(fact) is invoice
            )
            assert granted <= max(0, invoice.gross_minor - invoice.credited_minor)

    @some
    @given(claim_facts())
    def test_comes_back_and_replays_to_itself(self, facts):
        verdict = evaluate(facts)
        text = codec.to_json(facts)

        assert codec.from_json(ClaimFacts, text) == facts
        assert codec.to_json(codec.from_json(ClaimFacts, text)) == text
        assert codec.from_json(Verdict, codec.to_json(verdict)) == verdict
        assert replay(text, verdict.rule.rule_id, verdict.rule.version) == verdict

    @some
    @given(claim_facts())
    def test_writes_arithmetic_that_gives_the_amount_beside_it(self, facts):
        for line in evaluate(facts).lines:
            for step in line.factors:
                assert step.recompute(facts.currency) == step.amount_minor
            amounts = {step.part: step.amount_minor for step in line.factors}
            assert amounts.get("VALID", line.valid_minor) == line.valid_minor
            assert amounts.get("NOT_VALID", line.not_valid_minor) == line.not_valid_minor

    @some
    @given(claim_facts())
    def test_says_why_and_can_be_read_in_every_language(self, facts):
        verdict = evaluate(facts)

        for line in verdict.lines:
            if line.undecided_minor:
                assert line.why
            assert line.proven not in line.why
            for language in Language:
                for message in (line.proven, *line.why):
                    sentence = render(message, language, facts.currency)
                    assert sentence
                    assert "{" not in sentence
        assert checklist(facts, verdict)

    @some
    @given(claim_facts())
    def test_relies_only_on_papers_we_hold(self, facts):
        held = {item.ref for item in facts.evidence}

        for line in evaluate(facts).lines:
            assert set(line.evidence) <= held

    @some
    @given(claim_facts())
    def test_without_papers_and_records_nothing_is_valid_and_nothing_refused(self, facts):
        bare = replace(
            facts, invoices=(), other_invoice=None, deliveries=(), payment=None, clauses=()
        )

        verdict = evaluate(bare)

        assert verdict.outcome is Outcome.UNSUPPORTED
        assert verdict.undecided_minor == verdict.claimed_minor

"""Facts of every shape the types allow: sensible, contradictory or absurd."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

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


_prices = st.builds(
    PriceFact,
    sku=skus,
    unit_price=prices,
    valid_from=days,
    valid_until=st.none() | days,
    min_quantity=units,
)
_promotions = st.builds(
    PromotionFact,
    code=st.sampled_from(["P1", "P2"]),
    starts_on=days,
    ends_on=days,
    sku=skus,
    unit_price=st.none() | prices,
    discount_bp=st.integers(0, 10_000),
    list_price=st.none() | prices,
    max_quantity=st.none() | units,
)
_clauses = st.builds(
    ClauseFact,
    agreed=st.booleans(),
    where=st.just("art. 9"),
    charge_code=st.sampled_from(["", "X"]),
    max_minor=st.none() | cents,
)
_earlier = st.builds(
    EarlierClaimFact,
    reference=st.just("CLM-0"),
    reason=st.sampled_from(REASONS),
    invoice=st.sampled_from(["", "I1"]),
    sku=skus,
    approved_quantity=units,
    approved_minor=cents,
)


def _lines(numbers):
    line = st.builds(
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
    return st.lists(line, min_size=1, max_size=4, unique_by=lambda one: one.n)


@st.composite
def claim_facts(draw):
    """A claim about up to two invoices, with whatever papers chance has kept."""

    def some(strategy, most=2):
        return tuple(draw(st.lists(strategy, max_size=most)))

    numbers = [f"I{n}" for n in range(1, draw(st.integers(0, 2)) + 1)]
    payments = st.builds(PaymentFact, value_on=days, items=st.integers(1, 3))
    return ClaimFacts(
        claim="CLM-1",
        reason=draw(st.sampled_from(REASONS)),
        currency="EUR",
        received_on=draw(days),
        lines=tuple(draw(_lines(numbers))),
        vat_basis=draw(st.none() | st.sampled_from(VatBasis)),
        invoices=tuple(draw(invoices(number)) for number in numbers),
        other_invoice=draw(st.none() | invoices("I9")),
        deliveries=some(deliveries),
        prices=some(_prices, 3),
        promotions=some(_promotions),
        clauses=some(_clauses),
        payment=draw(st.none() | payments),
        earlier=some(_earlier),
        evidence=tuple(
            EvidenceFact(code, f"ev-{code}") for code in draw(st.sets(st.sampled_from(CODES)))
        ),
        tolerance=ToleranceFact(quantity=draw(st.sampled_from([Decimal(0), Decimal(1)]))),
    )

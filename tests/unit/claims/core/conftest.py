"""The debit note of the mock-ups: a shortage, a damage and a handling fee on one invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from concilia.claims.core.facts import (
    ChargedBy,
    ClaimFacts,
    ClauseFact,
    DeliveryFact,
    DeliveryLineFact,
    EvidenceFact,
    InvoiceFact,
    InvoiceLineFact,
    LineFact,
)

D = Decimal
PENNE, FROLLINI, SPAGHETTI, POLPA = "PEN-500", "FRO-INT", "SPA-500", "POL-400"


@pytest.fixture
def invoice() -> InvoiceFact:
    """An invoice within the EU: no VAT."""
    return InvoiceFact(
        number="FT-2026/03187",
        issued_on=date(2026, 10, 12),
        gross_minor=894_600,
        order_number="4500198777",
        ordered_on=date(2026, 10, 5),
        delivery_number="DDT 5512",
        lines=(
            InvoiceLineFact(1, D(200), D("21.60"), 432_000, sku=PENNE, description="Penne rigate"),
            InvoiceLineFact(2, D(90), D("27.00"), 243_000, sku=FROLLINI, description="Frollini"),
            InvoiceLineFact(3, D(100), D("15.06"), 150_600, sku=SPAGHETTI),
            InvoiceLineFact(4, D(100), D("6.90"), 69_000, sku=POLPA),
        ),
    )


@pytest.fixture
def delivery() -> DeliveryFact:
    """Signed with a reserve for two of four articles."""
    return DeliveryFact(
        number="DDT 5512",
        shipped_on=date(2026, 10, 14),
        delivered_on=date(2026, 10, 15),
        signed_on=date(2026, 10, 15),
        reserve="mancano 8 colli penne, 14 frollini schiacciati",
        lines=(
            DeliveryLineFact(PENNE, D(200), received=D(192)),
            DeliveryLineFact(FROLLINI, D(90), received=D(90), damaged=D(14)),
            DeliveryLineFact(SPAGHETTI, D(100)),
            DeliveryLineFact(POLPA, D(100)),
        ),
    )


@pytest.fixture
def frischmarkt(invoice: InvoiceFact, delivery: DeliveryFact) -> ClaimFacts:
    """Claimed 716.40: twelve cartons missing, fourteen crushed, and a fee for the trouble."""
    return ClaimFacts(
        claim="CLM-0418",
        reason="NC-01",
        currency="EUR",
        received_on=date(2026, 11, 10),
        lines=(
            LineFact(
                1,
                25_920,
                reason="NC-01",
                sku=PENNE,
                description="Penne rigate",
                claimed_quantity=D(12),
                claimed_unit_price=D("21.60"),
            ),
            LineFact(
                2,
                37_800,
                reason="NC-05",
                sku=FROLLINI,
                description="Frollini integrali",
                claimed_quantity=D(14),
                claimed_unit_price=D("27.00"),
            ),
            LineFact(
                3,
                7_920,
                reason="NC-23",
                description="Bearbeitungsgebühr",
                charged_by=ChargedBy.CUSTOMER,
                charge_code="HANDLING",
            ),
        ),
        invoices=(invoice,),
        deliveries=(delivery,),
        clauses=(ClauseFact(agreed=False, where="Contract 2026, art. 9", charge_code="HANDLING"),),
        evidence=(
            EvidenceFact("DN", "ev-dn", "Debit note BA-77120"),
            EvidenceFact("POD", "ev-pod", "Signed POD"),
            EvidenceFact("PHO", "ev-photo", "3 photos"),
            EvidenceFact("DDT", "ev-ddt", "DDT 5512"),
            EvidenceFact("INV", "ev-inv", "FT-2026/03187"),
            EvidenceFact("CT", "ev-contract", "Contract 2026"),
        ),
    )

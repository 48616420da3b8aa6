"""Everything the rules may look at about one claim, read in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Q, Sum

from concilia.cases.models import CaseDocument
from concilia.claims.core import codec
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
)
from concilia.claims.models import Claim, ClaimDeduction, ClaimLine
from concilia.receivables.models import ContractPrice, Delivery, Invoice, Promotion

CHARGES = frozenset({"NC-21", "NC-23", "NC-12", "NC-13", "FI-10", "FI-11"})


def facts_of(claim: Claim) -> ClaimFacts:
    """Gather what is known about a claim, as the rules of `claims.core` want it."""
    lines = list(claim.lines.all())
    invoices = _invoices(claim, lines)
    deliveries = _deliveries(claim, invoices)
    prices = _prices(claim, invoices)
    promotions = _promotions(claim)
    payment = _payment(claim)
    zone = ZoneInfo(claim.entity.timezone)
    other = _other_invoice(claim, invoices)
    return ClaimFacts(
        claim=claim.case.number,
        reason=claim.reason,
        currency=claim.currency,
        received_on=claim.received_at.astimezone(zone).date(),
        lines=tuple(_line_fact(line, invoices) for line in lines),
        invoices=tuple(_invoice_facts(invoices)),
        other_invoice=next(iter(_invoice_facts([other])), None) if other else None,
        deliveries=tuple(_delivery_fact(each, invoices) for each in deliveries),
        prices=prices,
        promotions=promotions,
        clauses=_clauses(claim),
        payment=payment,
        earlier=_earlier(claim, invoices),
        evidence=_evidence(claim, invoices, deliveries, (*prices, *promotions), payment),
        tolerance=codec.from_data(ToleranceFact, claim.entity.settings.get("tolerances", {})),
    )


def _line_fact(line: ClaimLine, invoices: Sequence[Invoice]) -> LineFact:
    numbers = {invoice.pk: invoice.number for invoice in invoices}
    return LineFact(
        n=line.n,
        claimed_minor=line.claimed_minor,
        reason=line.reason,
        invoice=numbers.get(line.invoice_id or 0, "") if len(invoices) > 1 else "",
        sku=line.sku,
        description=line.description,
        claimed_quantity=line.quantity,
        claimed_unit_price=line.unit_price,
        charged_by=ChargedBy.CUSTOMER if line.reason in CHARGES and not line.sku else None,
    )


def _invoices(claim: Claim, lines: Iterable[ClaimLine]) -> list[Invoice]:
    named = {line.invoice_id for line in lines if line.invoice_id}
    if claim.invoice_id:
        named.add(claim.invoice_id)
    rows = (
        Invoice.objects.filter(pk__in=named)
        .select_related("order", "delivery")
        .prefetch_related("lines")
    )
    return sorted(rows, key=lambda row: (row.pk != claim.invoice_id, row.number))


def _invoice_facts(invoices: Sequence[Invoice]) -> Iterable[InvoiceFact]:
    credited = dict(
        Invoice.objects.filter(credited_invoice__in=invoices, kind=Invoice.Kind.CREDIT_NOTE)
        .values_list("credited_invoice")
        .annotate(total=Sum("gross_minor"))
    )
    for invoice in invoices:
        yield InvoiceFact(
            number=invoice.number,
            issued_on=invoice.issue_date,
            gross_minor=invoice.gross_minor,
            lines=tuple(
                InvoiceLineFact(
                    n=line.n,
                    quantity=line.quantity,
                    unit_price=line.unit_price,
                    net_minor=line.net_minor,
                    vat_bp=line.vat_bp,
                    sku=line.sku,
                    description=line.description,
                )
                for line in invoice.lines.all()
            ),
            order_number=invoice.customer_order_number
            or (invoice.order.number if invoice.order else ""),
            ordered_on=invoice.order.order_date if invoice.order else None,
            delivery_number=invoice.delivery.number if invoice.delivery else "",
            discount_bp=invoice.discount_bp,
            discount_days=invoice.discount_days,
            credited_minor=credited.get(invoice.pk, 0),
        )


def _other_invoice(claim: Claim, invoices: Sequence[Invoice]) -> Invoice | None:
    """The second invoice of a double billing: same customer, same goods or order, same amount."""
    if claim.reason != "NC-17" or not invoices:
        return None
    first = invoices[0]
    same = Q(order__isnull=False, order=first.order_id) | Q(
        delivery__isnull=False, delivery=first.delivery_id
    )
    if first.customer_order_number:
        same |= Q(customer_order_number=first.customer_order_number)
    return (
        Invoice.objects.filter(
            same,
            entity_id=claim.entity_id,
            customer_id=first.customer_id,
            kind=Invoice.Kind.INVOICE,
            gross_minor=first.gross_minor,
        )
        .exclude(pk=first.pk)
        .select_related("order", "delivery")
        .prefetch_related("lines")
        .order_by("issue_date", "pk")
        .first()
    )


def _deliveries(claim: Claim, invoices: Sequence[Invoice]) -> list[Delivery]:
    named = {invoice.delivery_id for invoice in invoices if invoice.delivery_id}
    if claim.delivery_id:
        named.add(claim.delivery_id)
    return list(Delivery.objects.filter(pk__in=named).prefetch_related("lines").order_by("number"))


def _delivery_fact(delivery: Delivery, invoices: Sequence[Invoice]) -> DeliveryFact:
    billed = [invoice.number for invoice in invoices if invoice.delivery_id == delivery.pk]
    return DeliveryFact(
        number=delivery.number,
        shipped_on=delivery.shipped_date,
        invoice=billed[0] if billed and len(invoices) > 1 else "",
        delivered_on=delivery.delivered_date,
        signed_on=delivery.pod_date,
        reserve=delivery.pod_reserve,
        lines=tuple(
            DeliveryLineFact(
                sku=line.sku,
                shipped=line.quantity,
                received=line.pod_quantity,
                damaged=line.pod_damaged,
            )
            for line in delivery.lines.all()
        ),
    )


def _customers(claim: Claim) -> list[int]:
    """A price or a promotion agreed with the parent holds for its stores."""
    return [claim.customer_id] + ([claim.customer.parent_id] if claim.customer.parent_id else [])


def _prices(claim: Claim, invoices: Sequence[Invoice]) -> tuple[PriceFact, ...]:
    skus = {line.sku for invoice in invoices for line in invoice.lines.all()}
    rows = ContractPrice.objects.filter(
        customer__in=_customers(claim), sku__in=skus, currency=claim.currency
    ).order_by("sku", "valid_from_date", "pk")
    return tuple(
        PriceFact(
            sku=row.sku,
            unit_price=row.unit_price,
            valid_from=row.valid_from_date,
            valid_until=row.valid_to_date,
            source=f"CT-{row.pk}",
        )
        for row in rows
    )


def _promotions(claim: Claim) -> tuple[PromotionFact, ...]:
    rows = Promotion.objects.filter(
        customer__in=_customers(claim), currency=claim.currency
    ).order_by("code", "sku", "pk")
    return tuple(
        PromotionFact(
            code=row.code,
            starts_on=row.starts_date,
            ends_on=row.ends_date,
            sku=row.sku,
            unit_price=row.promo_price,
            discount_bp=row.discount_bp,
        )
        for row in rows
    )


def _clauses(claim: Claim) -> tuple[ClauseFact, ...]:
    """What contracts say about charges: the entity's list, for everybody or for this customer."""
    stated = claim.entity.settings.get("clauses", [])
    return tuple(
        ClauseFact(
            agreed=bool(clause.get("agreed")),
            where=str(clause.get("where", "")),
            charge_code=str(clause.get("charge_code", "")),
            max_minor=clause.get("max_minor"),
        )
        for clause in stated
        if clause.get("customer", claim.customer.number) == claim.customer.number
    )


def _payment(claim: Claim) -> PaymentFact | None:
    short = (
        ClaimDeduction.objects.filter(claim=claim, bank_entry__isnull=False)
        .select_related("bank_entry")
        .order_by("pk")
        .first()
    )
    return PaymentFact(value_on=short.bank_entry.value_date) if short and short.bank_entry else None


def _earlier(claim: Claim, invoices: Sequence[Invoice]) -> tuple[EarlierClaimFact, ...]:
    rows = (
        ClaimLine.objects.filter(invoice__in=invoices, approved_minor__gt=0)
        .exclude(claim=claim)
        .select_related("claim__case", "invoice")
        .order_by("claim_id", "n")
    )
    return tuple(
        EarlierClaimFact(
            reference=row.claim.case.number,
            reason=row.reason,
            invoice=row.invoice.number if row.invoice and len(invoices) > 1 else "",
            sku=row.sku,
            approved_quantity=_share(row),
            approved_minor=row.approved_minor,
        )
        for row in rows
    )


def _share(line: ClaimLine) -> Decimal:
    """How many of the claimed units the approved amount stands for."""
    if line.quantity is None or not line.claimed_minor:
        return Decimal(0)
    share = line.quantity * line.approved_minor / line.claimed_minor
    return share.quantize(Decimal("0.001"))


def _evidence(
    claim: Claim,
    invoices: Sequence[Invoice],
    deliveries: Sequence[Delivery],
    agreements: Sequence[PriceFact | PromotionFact],
    payment: PaymentFact | None,
) -> tuple[EvidenceFact, ...]:
    """Papers people attached, and those our own records stand for; each once."""
    papers = [
        EvidenceFact(paper.evidence, f"document:{paper.document_id}", paper.document.filename)
        for paper in CaseDocument.objects.filter(case=claim.case_id)
        .select_related("document")
        .order_by("pk")
    ]
    for invoice in invoices:
        papers.append(EvidenceFact("INV", f"invoice:{invoice.pk}", invoice.number))
        if invoice.order_id:
            ordered = invoice.customer_order_number
            papers.append(EvidenceFact("PO", f"order:{invoice.order_id}", ordered))
    for delivery in deliveries:
        papers.append(EvidenceFact("DDT", f"delivery:{delivery.pk}", delivery.number))
        if delivery.pod_date:
            papers.append(EvidenceFact("POD", f"pod:{delivery.pk}", delivery.number))
    papers += [_agreement(each) for each in agreements]
    if payment:
        papers.append(EvidenceFact("BNK", f"claim:{claim.pk}"))
    return tuple(dict.fromkeys(papers))


def _agreement(agreed: PriceFact | PromotionFact) -> EvidenceFact:
    if isinstance(agreed, PriceFact):
        return EvidenceFact("CT", f"price:{agreed.source}", agreed.sku)
    return EvidenceFact("PRM", f"promotion:{agreed.code}", agreed.code)

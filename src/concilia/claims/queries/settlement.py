"""What a decision can be settled against: deductions, open invoices, and the VAT left to credit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from concilia.claims.models import Claim, Decision
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.resolutions.items import Item
from concilia.ledger.core.vat import VatRoom
from concilia.ledger.models import JournalLine, Posting
from concilia.receivables.models import Invoice, InvoiceLine, OpenItem

DEBITED_BY_CREDIT_NOTES = (
    AccountRole.PRICE_ALLOWANCE,
    AccountRole.SALES_RETURNS,
    AccountRole.TRADE_ACCRUAL,
    AccountRole.TRADE_SPEND_EXPENSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of an approved amount and the item it clears; `item` None: the customer paid it all."""

    amount_minor: int
    invoice: Invoice | None
    item: OpenItem | None


def deductions_of(claim: Claim) -> list[OpenItem]:
    """The claim's deductions with something open, oldest first, their rows locked."""
    keys = list(claim.deductions.values_list("item_id", flat=True))
    rows = OpenItem.objects.select_for_update(of=("self",)).select_related("origin_item")
    return list(rows.filter(pk__in=keys, open_minor__gt=0).order_by("pk"))


def pieces_of(claim: Claim, decision: Decision) -> list[Piece]:
    """
    Cut the approved amount by invoice and by the item each part clears.

    An invoice's own deductions first, then what is open of it; what is left was paid already.
    Pieces add up to the approved amount (INV-04).
    """
    by_invoice: defaultdict[int | None, int] = defaultdict(int)
    lines = {line.n: line for line in claim.lines.all()}
    for decided in decision.lines:
        if decided["approved_minor"]:
            named = lines[decided["n"]].invoice_id or claim.invoice_id
            by_invoice[named] += decided["approved_minor"]
    held = {item.pk: item.open_minor for item in deductions_of(claim)}
    deductions = {item.pk: item for item in OpenItem.objects.filter(pk__in=held)}
    invoices = Invoice.objects.in_bulk([pk for pk in by_invoice if pk])
    pieces = []
    for key, amount in sorted(by_invoice.items(), key=lambda pair: pair[0] or 0):
        invoice = invoices.get(key or 0)
        left = amount
        for pk in held:
            take = min(left, held[pk])
            if take:
                pieces.append(Piece(amount_minor=take, invoice=invoice, item=deductions[pk]))
                held[pk] -= take
                left -= take
        open_item = _open_item(invoice, claim.currency) if left else None
        take = min(left, open_item.open_minor) if open_item else 0
        if take:
            pieces.append(Piece(amount_minor=take, invoice=invoice, item=open_item))
        if left > take:
            pieces.append(Piece(amount_minor=left - take, invoice=invoice, item=None))
    assert sum(piece.amount_minor for piece in pieces) == decision.approved_minor
    return pieces


def rooms_of(invoice: Invoice) -> tuple[VatRoom, ...]:
    """
    What of an invoice can still be credited, by VAT rate (INV-10, INV-22).

    Billed, less the ERP's credit notes, less ours that the ERP has not given back to us yet.
    """
    gross: defaultdict[int, int] = defaultdict(int)
    vat: defaultdict[int, int] = defaultdict(int)
    for rate, net, tax in _lines_of(InvoiceLine.objects.filter(invoice=invoice)):
        gross[rate] += net + tax
        vat[rate] += tax
    own = _posted_numbers(invoice)
    theirs = InvoiceLine.objects.filter(
        invoice__credited_invoice=invoice, invoice__kind=Invoice.Kind.CREDIT_NOTE
    ).exclude(invoice__number__in=own)
    for rate, net, tax in _lines_of(theirs):
        gross[rate] -= net + tax
        vat[rate] -= tax
    for account, rate, amount in _credited_by_us(invoice):
        gross[rate] -= amount
        if account == AccountRole.VAT_OUT:
            vat[rate] -= amount
    return tuple(
        VatRoom(vat_bp=rate, gross_minor=max(0, gross[rate]), vat_minor=min(vat[rate], gross[rate]))
        for rate in sorted(gross, reverse=True)
        if gross[rate] > 0
    )


def as_item(row: OpenItem) -> Item:
    """An open item as the entry builders see it."""
    role = AccountRole.AR_DEDUCTION if row.kind == "deduction" else AccountRole.AR
    if row.kind == "on_account":
        role = AccountRole.UNAPPLIED_CASH
    return Item(
        item_id=row.pk,
        customer_id=row.customer_id,
        currency=row.currency,
        open_minor=row.open_minor,
        role=role,
    )


def _open_item(invoice: Invoice | None, currency: str) -> OpenItem | None:
    if invoice is None:
        return None
    rows = OpenItem.objects.select_for_update().filter(
        invoice=invoice, currency=currency, open_minor__gt=0
    )
    return rows.exclude(kind="deduction").order_by("pk").first()


def _lines_of(rows: QuerySet[InvoiceLine]) -> list[tuple[int, int, int]]:
    return list(rows.values_list("vat_bp").annotate(net=Sum("net_minor"), tax=Sum("vat_minor")))


def _posted_numbers(invoice: Invoice) -> list[str]:
    rows = Posting.objects.filter(
        entity_id=invoice.entity_id,
        request__references__contains=[invoice.number],
        customer_id=invoice.customer_id,
    ).exclude(erp_number="")
    return list(rows.values_list("erp_number", flat=True))


def _credited_by_us(invoice: Invoice) -> list[tuple[str, int, int]]:
    rows = (
        JournalLine.objects.filter(
            entry__kind="CREDIT_NOTE",
            entry__in=Posting.objects.filter(
                entity_id=invoice.entity_id,
                customer_id=invoice.customer_id,
                request__references__contains=[invoice.number],
            ).values("entry"),
            account__in=[*DEBITED_BY_CREDIT_NOTES, AccountRole.VAT_OUT],
            vat_bp__isnull=False,
        )
        .values_list("account", "vat_bp")
        .annotate(amount=Sum(F("debit_minor") - F("credit_minor")))
    )
    return list(rows)

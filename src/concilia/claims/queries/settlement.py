"""What a decision can be settled against: deductions, open invoices, and the VAT left to credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet, Sum

from concilia.claims.models import Claim, Decision, Settlement, StoredVerdict
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.resolutions.items import Item
from concilia.ledger.core.vat import VatRoom
from concilia.ledger.models import JournalLine, Posting
from concilia.receivables.models import Invoice, InvoiceLine, ItemKind, OpenItem, Promotion

DEBITED_BY_CREDIT_NOTES = (
    AccountRole.PRICE_ALLOWANCE,
    AccountRole.SALES_RETURNS,
    AccountRole.TRADE_ACCRUAL,
    AccountRole.TRADE_SPEND_EXPENSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    A part of an approved amount and the item it clears; `item` None: it was paid already.

    :param rates: the same amount by VAT rate of the articles it is for; None where that is unknown
    """

    amount_minor: int
    rates: Sequence[tuple[int | None, int]]
    invoice: Invoice | None
    item: OpenItem | None


def deductions_of(claim: Claim) -> list[OpenItem]:
    """The claim's deductions with something open, oldest first, their rows locked."""
    keys = list(claim.deductions.values_list("item_id", flat=True))
    rows = OpenItem.objects.select_for_update(of=("self",), no_key=True).select_related(
        "origin_item"
    )
    return list(rows.filter(pk__in=keys, open_minor__gt=0).order_by("pk"))


def pieces_of(claim: Claim, decision: Decision) -> list[Piece]:
    """
    Cut the approved amount by invoice and by the item each part clears.

    First the claim's own deductions, those of the same invoice before others; then what refused
    deductions became again; then what is open of the invoice. What is left was paid already.
    Pieces add up to the approved amount (INV-04).
    """
    by_invoice = _granted_by_invoice(claim, decision)
    # Locked, so that two claims decided at once cannot credit one invoice twice (INV-10).
    rows = Invoice.objects.select_for_update(no_key=True).order_by("pk")
    invoices = rows.in_bulk([pk for pk in by_invoice if pk])
    purse = _Purse()
    held = _held(claim)
    pieces = []
    for key, granted in sorted(by_invoice.items(), key=lambda pair: pair[0] or 0):
        invoice = invoices.get(key or 0)
        own_first = sorted(held, key=lambda each: each.item.invoice_id != key)
        for holding in [*own_first, *_open_of(invoice, claim.currency)]:
            take = purse.take(holding, granted.left_minor)
            if take:
                pieces.append(granted.piece(take, invoice, holding.item))
        if granted.left_minor:
            pieces.append(granted.piece(granted.left_minor, invoice, None))
    assert sum(piece.amount_minor for piece in pieces) == decision.approved_minor
    return pieces


@dataclass(slots=True)
class _Granted:
    """What is granted of one invoice, by VAT rate, as far as no piece has it yet."""

    rates: dict[int | None, int] = field(default_factory=dict)

    @property
    def left_minor(self) -> int:
        return sum(self.rates.values())

    def piece(self, amount: int, invoice: Invoice | None, item: OpenItem | None) -> Piece:
        """Take an amount: rate by rate, those that are known first."""
        rates, missing = [], amount
        for rate in sorted(self.rates, key=lambda rate: (rate is None, rate)):
            take = min(missing, self.rates[rate])
            self.rates[rate] -= take
            missing -= take
            if take:
                rates.append((rate, take))
        return Piece(amount_minor=amount, rates=rates, invoice=invoice, item=item)


def _granted_by_invoice(claim: Claim, decision: Decision) -> dict[int | None, _Granted]:
    """A line that names an article of its invoice has the rate it was billed at."""
    found: defaultdict[int | None, _Granted] = defaultdict(_Granted)
    lines = {line.n: line for line in claim.lines.select_related("invoice_line")}
    for decided in decision.lines:
        if decided["approved_minor"]:
            line = lines[decided["n"]]
            named, billed = line.invoice_id or claim.invoice_id, line.invoice_line
            rates = found[named].rates
            rate = billed.vat_bp if billed and billed.invoice_id == named else None
            rates[rate] = rates.get(rate, 0) + decided["approved_minor"]
    return found


@dataclass(slots=True)
class _Holding:
    """An item, and how much of it may go to this claim."""

    item: OpenItem
    left_minor: int


class _Purse:
    """What was taken of each item so far: none is taken beyond what it has open (INV-02)."""

    def __init__(self) -> None:
        self.taken: defaultdict[int, int] = defaultdict(int)

    def take(self, holding: _Holding, wanted: int) -> int:
        item = holding.item
        amount = min(wanted, holding.left_minor, item.open_minor - self.taken[item.pk])
        holding.left_minor -= amount
        self.taken[item.pk] += amount
        return amount


def _held(claim: Claim) -> list[_Holding]:
    """The claim's deductions, and after an appeal what was asked back of them, still unpaid."""
    held = [_Holding(item, item.open_minor) for item in deductions_of(claim)]
    became: defaultdict[int, int] = defaultdict(int)
    for link in claim.deductions.select_related("item"):
        closed = link.item.original_minor - link.item.open_minor
        receivable = _receivable_of(link.item)
        if closed and receivable:
            became[receivable] += closed
    rows = OpenItem.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=became, open_minor__gt=0, currency=claim.currency
    )
    return held + [_Holding(row, became[row.pk]) for row in rows.order_by("pk")]


def _receivable_of(deduction: OpenItem) -> int | None:
    own = OpenItem.objects.filter(origin_item=deduction, kind=ItemKind.DEBIT_NOTE).first()
    return own.pk if own else deduction.origin_item_id


def _open_of(invoice: Invoice | None, currency: str) -> list[_Holding]:
    if invoice is None:
        return []
    rows = OpenItem.objects.select_for_update(no_key=True).filter(
        invoice=invoice, currency=currency, open_minor__gt=0
    )
    found = rows.exclude(kind=ItemKind.DEDUCTION).order_by("pk")
    return [_Holding(row, row.open_minor) for row in found]


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
        VatRoom(
            vat_bp=rate,
            gross_minor=gross[rate],
            vat_minor=max(0, min(vat[rate], gross[rate])),
        )
        for rate in sorted(gross, reverse=True)
        if gross[rate] > 0
    )


def creditable_minor(invoice: Invoice) -> int:
    """What of an invoice may still be credited, gross, in minor units (INV-10)."""
    return sum(room.gross_minor for room in rooms_of(invoice))


def accrual_left(claim: Claim) -> int:
    """
    What is still set aside for the deals the newest verdict of a claim relies on (§7.3).

    Accrued when the goods were sold, less what earlier claims on the same deals have used up.
    """
    newest = claim.verdicts.order_by("-version").first()
    lines = newest.result.get("lines", []) if newest else []
    refs = {ref for line in lines for ref in line["evidence"] if ref.startswith("promotion:")}
    if not refs:
        return 0
    customers = [pk for pk in (claim.customer_id, claim.customer.parent_id) if pk]
    accrued = Promotion.objects.filter(
        customer__in=customers,
        code__in=[ref.removeprefix("promotion:") for ref in refs],
        currency=claim.currency,
    ).aggregate(total=Sum("accrual_minor"))["total"]
    named = Q()
    for ref in sorted(refs):
        named |= Q(result__lines__contains=[{"evidence": [ref]}])
    same_deals = StoredVerdict.objects.filter(named, claim__customer__in=customers)
    used = JournalLine.objects.filter(
        account=AccountRole.TRADE_ACCRUAL,
        entry__in=Settlement.objects.filter(decision__claim__in=same_deals.values("claim")).values(
            "entry"
        ),
    ).aggregate(total=Sum(F("debit_minor") - F("credit_minor")))["total"]
    return max(0, (accrued or 0) - (used or 0))


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

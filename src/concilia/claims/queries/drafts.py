"""From what was read to a claim that could be opened: lines, amounts, the articles they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from concilia.claims.core.amounts import price_of
from concilia.claims.queries.links import Links
from concilia.documents.models import Document
from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import AmountUnreadable, Money
from concilia.receivables.models import Invoice, InvoiceLine

# Nothing is owed for these: the customer wants a paper or a correction, not money.
WITHOUT_MONEY = frozenset({"NC-24", "NC-25", "NC-26", "NC-27", "NC-28"})
WORD = re.compile(r"[^\W\d_]{4,}")
WORDS_SHARED_MIN = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    """A line somebody claims, as read and linked; gross minor units."""

    claimed_minor: int
    reason: str = ""
    invoice: Invoice | None = None
    invoice_line: InvoiceLine | None = None
    description: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None


def lines_from(*, document: Document, links: Links, currency: str) -> list[ReadLine]:
    """
    The lines of a claim as a document states them; none when nobody says how much.

    Those of articles say most, then those of documents. Lines that do not add up to the document's
    own total, neither as printed nor with VAT, give way to one line with that total.
    """
    values: Mapping[str, Any] = document.values
    billed = _billed(links.invoices)
    total = document.claimed_minor
    for name in ("articles", "lines"):
        lines = [
            line
            for raw in values.get(name) or []
            if (line := _line(raw, links, billed, currency)) is not None
        ]
        for each in (lines, _with_vat(lines, total)):
            if each and (total is None or sum(line.claimed_minor for line in each) == total):
                return each
    if total:
        return [_whole(total, values, links, billed)]
    reason = str(values.get("reason") or "")
    if reason == "NC-17" and links.invoice:
        return [ReadLine(claimed_minor=links.invoice.gross_minor, invoice=links.invoice)]
    if reason in WITHOUT_MONEY:
        return [ReadLine(claimed_minor=0, invoice=links.invoice)]
    return []


def _with_vat(lines: Sequence[ReadLine], total: int | None) -> list[ReadLine]:
    """
    The lines gross, where they are printed net and VAT stands below them; else none.

    Whoever prints a total rounds once: the cents go to the largest line.
    """
    billed = [line.invoice_line for line in lines if line.invoice_line]
    if total is None or not billed:
        return []
    rates = [(line.invoice_line or billed[0]).vat_bp for line in lines]
    gross = [
        line.claimed_minor + round(Decimal(line.claimed_minor * rate) / 10_000)
        for line, rate in zip(lines, rates, strict=True)
    ]
    rest = total - sum(gross)
    if abs(rest) > len(lines):
        return []
    gross[gross.index(max(gross))] += rest
    return [replace(line, claimed_minor=one) for line, one in zip(lines, gross, strict=True)]


def _billed(invoices: Sequence[Invoice]) -> list[InvoiceLine]:
    return list(InvoiceLine.objects.filter(invoice__in=invoices).order_by("invoice_id", "n"))


def _line(
    raw: Mapping[str, Any], links: Links, billed: Sequence[InvoiceLine], currency: str
) -> ReadLine | None:
    description = str(raw.get("description") or raw.get("reason_text") or "")
    quantity = _decimal(raw.get("quantity"))
    unit_price = _decimal(raw.get("unit_price"))
    article = article_of(str(raw.get("sku") or ""), description, billed)
    amount = _minor(raw.get("deducted") or raw.get("amount"), currency)
    if amount is None and quantity is not None:
        price = unit_price if unit_price is not None else (article and article.unit_price)
        if price:
            amount = price_of(quantity, price, currency, vat_bp=article.vat_bp if article else 0)
    if not amount:
        return None
    named = next(
        (row for row in links.invoices if row.number == raw.get("document")), links.invoice
    )
    return ReadLine(
        claimed_minor=abs(amount),
        reason=str(raw.get("reason") or ""),
        invoice=article.invoice if article else named,
        invoice_line=article,
        description=description,
        quantity=quantity,
        unit_price=unit_price,
    )


def _whole(
    total: int, values: Mapping[str, Any], links: Links, billed: Sequence[InvoiceLine]
) -> ReadLine:
    """One line for everything; the article too, if the amount can only be so many units of one."""
    fits = [
        (line, units)
        for line in billed
        if (units := units_in(total, line)) and 0 < units <= line.quantity
    ]
    line, units = fits[0] if len(fits) == 1 else (None, None)
    return ReadLine(
        claimed_minor=total,
        invoice=line.invoice if line else links.invoice,
        invoice_line=line,
        description=str(values.get("summary") or ""),
        quantity=units,
    )


def units_in(total: int, line: InvoiceLine) -> Decimal | None:
    """How many whole units of a position make an amount, gross or net; None if none do."""
    for vat_bp in dict.fromkeys((line.vat_bp, 0)):
        one = price_of(Decimal(1), line.unit_price, line.currency, vat_bp=vat_bp)
        if one <= 0:
            continue
        units = Decimal(round(total / one))
        if units and price_of(units, line.unit_price, line.currency, vat_bp=vat_bp) == total:
            return units
    return None


def article_of(sku: str, text: str, billed: Sequence[InvoiceLine]) -> InvoiceLine | None:
    """The position a text speaks of: by article number, else by the words only one of them has."""
    if sku:
        exact = [line for line in billed if line.sku.casefold() == sku.casefold()]
        if exact:
            return exact[0]
    named = [line for line in billed if line.sku and line.sku.casefold() in text.casefold()]
    if len(named) == 1:
        return named[0]
    words = {word.casefold() for word in WORD.findall(text)}
    scores = [
        (len(words & {word.casefold() for word in WORD.findall(line.description)}), line)
        for line in billed
    ]
    best = max((score for score, _ in scores), default=0)
    found = [line for score, line in scores if score == best >= WORDS_SHARED_MIN]
    return found[0] if len(found) == 1 else None


def _minor(text: object, currency: str) -> int | None:
    if text in (None, ""):
        return None
    try:
        return Money.parse(str(text), currency).minor
    except AmountUnreadable:
        amount = _decimal(text)
        return None if amount is None else round(amount.scaleb(exponent_of(currency)))


def _decimal(text: object) -> Decimal | None:
    try:
        return Decimal(str(text)) if text not in (None, "") else None
    except InvalidOperation:
        return None

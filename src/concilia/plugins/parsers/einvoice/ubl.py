"""UBL 2.x Invoice and CreditNote (Peppol BIS Billing, XRechnung, EN 16931 and what is near it)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from concilia.documents.core.parsed import Attachment
from concilia.plugins.parsers.einvoice.nodes import (
    Node,
    any_number,
    any_words,
    currency_code,
    day,
    embedded,
    every,
    first,
    number,
    words,
)
from concilia.plugins.parsers.einvoice.paper import (
    SELF_BILLED,
    Adjustment,
    Mention,
    Paper,
    Party,
    Position,
    TaxLine,
    Totals,
    kind_of_code,
)
from concilia.plugins.parsers.einvoice.units import reason_of, unit_of

LINES: Final = ("InvoiceLine", "CreditNoteLine", "DebitNoteLine")
QUANTITIES: Final = (("InvoicedQuantity",), ("CreditedQuantity",), ("DebitedQuantity",))
TYPE_CODES: Final = (("InvoiceTypeCode",), ("CreditNoteTypeCode",))
TOTALS: Final = ("LegalMonetaryTotal", "RequestedMonetaryTotal")
ALONE: Final = {"CreditNote": "381", "DebitNote": "383"}


def read_ubl(root: Node, name: str) -> Paper:
    """
    Return the invoice or credit note.

    :param name: the root's local name; a `CreditNote` is one whatever code it bears
    """
    code = any_words(root, *TYPE_CODES) or ALONE.get(name)
    kind = kind_of_code(code)
    if name == "CreditNote":
        kind = "credit_note"
    elif name == "DebitNote":
        kind = "debit_note"
    return Paper(
        kind=kind,
        type_code=code,
        number=words(root, "ID"),
        date=day(words(root, "IssueDate")),
        due=day(any_words(root, ("DueDate",), ("PaymentMeans", "PaymentDueDate"))),
        currency=currency_code(words(root, "DocumentCurrencyCode"), *_currencies(root)),
        seller=read_party(first(root, "AccountingSupplierParty", "Party")),
        buyer=read_party(first(root, "AccountingCustomerParty", "Party"), is_buyer=True),
        mentions=tuple(_mentions(root)),
        buyer_reference=words(root, "BuyerReference"),
        positions=tuple(_position(line) for name in LINES for line in every(root, name)),
        adjustments=tuple(_adjustments(root)),
        taxes=tuple(_taxes(root)),
        totals=_totals(root),
        terms=_texts(root, "PaymentTerms", "Note"),
        notes=_texts(root, "Note"),
        attachments=tuple(read_attachments(root)),
        self_billed=code in SELF_BILLED,
    )


def read_party(node: Node | None, *, is_buyer: bool = False) -> Party:
    """
    Return who it is.

    :param is_buyer: whether an identifier of no scheme is the number in the seller's books
    """
    taxes = every(node, "PartyTaxScheme")
    vat = next(
        (each for each in taxes if (words(each, "TaxScheme", "ID") or "VAT").upper() == "VAT"), None
    )
    plain = [each for each in every(node, "PartyIdentification", "ID") if not each.get("schemeID")]
    address = first(node, "PostalAddress")
    return Party(
        name=any_words(
            node,
            ("PartyLegalEntity", "RegistrationName"),
            ("PartyName", "Name"),
            ("Contact", "Name"),
        ),
        vat=words(vat, "CompanyID"),
        registration=words(node, "PartyLegalEntity", "CompanyID"),
        code=words(plain[0]) if is_buyer and plain else None,
        address=_address(address),
        country=words(address, "Country", "IdentificationCode"),
    )


def _address(node: Node | None) -> str | None:
    town = " ".join(each for each in (words(node, "PostalZone"), words(node, "CityName")) if each)
    parts = (
        words(node, "StreetName"),
        words(node, "AdditionalStreetName"),
        town,
        words(node, "Country", "IdentificationCode"),
    )
    return ", ".join(each for each in parts if each) or None


def _mentions(root: Node) -> Iterator[Mention]:
    """Yield the numbers the head names, then those of the lines, each once."""
    seen = set()
    for mention in (*_of_head(root), *_of_lines(root)):
        if (mention.kind, mention.value) not in seen:
            seen.add((mention.kind, mention.value))
            yield mention


def _of_head(root: Node) -> Iterator[Mention]:
    for names, kind in (
        (("BillingReference", "InvoiceDocumentReference"), "invoice_before"),
        (("BillingReference", "CreditNoteDocumentReference"), "invoice_before"),
        (("OrderReference",), "order"),
        (("DespatchDocumentReference",), "delivery"),
        (("Delivery", "Despatch"), "delivery"),
        (("ReceiptDocumentReference",), "receipt"),
        (("ContractDocumentReference",), "contract"),
    ):
        for node in every(root, *names):
            yield from _mention(node, kind)


def _of_lines(root: Node) -> Iterator[Mention]:
    for name in LINES:
        for line in every(root, name):
            for node in every(line, "OrderLineReference", "OrderReference"):
                yield from _mention(node, "order")
            for node in every(line, "DespatchLineReference", "DocumentReference"):
                yield from _mention(node, "delivery")
            for node in every(line, "BillingReference", "InvoiceDocumentReference"):
                yield from _mention(node, "invoice_before")


def _mention(node: Node, kind: str) -> Iterator[Mention]:
    value = words(node, "ID")
    if value:
        yield Mention(kind, value, day(words(node, "IssueDate")))


def _position(line: Node) -> Position:
    quantity = next((node for path in QUANTITIES for node in every(line, *path)), None)
    price = number(line, "Price", "PriceAmount")
    per = number(line, "Price", "BaseQuantity")
    several = f" / {per.normalize():f}" if per is not None and per not in (0, 1) else ""
    extra = [_said(each) for each in every(line, "AllowanceCharge")]
    return Position(
        number=words(line, "ID"),
        text=any_words(line, ("Item", "Name"), ("Item", "Description"), ("Note",)),
        article=any_words(
            line,
            ("Item", "SellersItemIdentification", "ID"),
            ("Item", "StandardItemIdentification", "ID"),
            ("Item", "BuyersItemIdentification", "ID"),
        ),
        quantity=words(quantity),
        unit=unit_of(quantity.get("unitCode")) if quantity is not None else None,
        price=f"{price:f}{several}" if price is not None else None,
        amount=number(line, "LineExtensionAmount"),
        extra=" ".join(each for each in extra if each) or None,
    )


def _said(node: Node) -> str | None:
    adjustment = _adjustment(node)
    if adjustment is None:
        return None
    return f"[{adjustment.reason or ''} {adjustment.amount:+f}]".replace("[ ", "[")


def _adjustments(root: Node) -> Iterator[Adjustment]:
    for node in every(root, "AllowanceCharge"):
        if (adjustment := _adjustment(node)) is not None:
            yield adjustment


def _adjustment(node: Node) -> Adjustment | None:
    amount = number(node, "Amount")
    if not amount:
        return None
    is_charge = (words(node, "ChargeIndicator") or "").lower() in {"true", "1"}
    reason = reason_of(
        words(node, "AllowanceChargeReason"), words(node, "AllowanceChargeReasonCode")
    )
    return Adjustment(reason, amount if is_charge else -amount)


def _taxes(root: Node) -> Iterator[TaxLine]:
    for node in every(root, "TaxTotal", "TaxSubtotal"):
        yield TaxLine(
            any_words(node, ("TaxCategory", "Percent"), ("Percent",)),
            number(node, "TaxableAmount"),
            number(node, "TaxAmount"),
        )


def _totals(root: Node) -> Totals:
    node = next((found for name in TOTALS for found in every(root, name)), None)
    return Totals(
        net=number(node, "TaxExclusiveAmount"),
        tax=_tax(root),
        gross=number(node, "TaxInclusiveAmount"),
        prepaid=number(node, "PrepaidAmount") or None,
        payable=any_number(node, ("PayableAmount",)),
    )


def _tax(root: Node) -> Decimal | None:
    """Of two totals of tax (the accounting currency's is the other) the document's own."""
    currency = words(root, "DocumentCurrencyCode")
    for node in every(root, "TaxTotal", "TaxAmount"):
        if node.get("currencyID") in {None, currency}:
            return number(node)
    return None


def _currencies(root: Node) -> Iterator[str | None]:
    for name in TOTALS:
        for node in every(root, name, "PayableAmount"):
            yield node.get("currencyID")


def _texts(root: Node, *names: str) -> tuple[str, ...]:
    found = (words(node) for node in every(root, *names))
    return tuple(each for each in found if each)


def read_attachments(root: Node) -> Iterator[Attachment]:
    """Yield the files the message carries."""
    for node in every(root, "AdditionalDocumentReference"):
        binary = first(node, "Attachment", "EmbeddedDocumentBinaryObject")
        if binary is None:
            continue
        name = binary.get("filename") or words(node, "ID")
        found = embedded(name, binary.text, binary.get("mimeCode") or "")
        if found is not None:
            yield found

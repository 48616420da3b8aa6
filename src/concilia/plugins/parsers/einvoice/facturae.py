"""Facturae 3.x, the Spanish e-invoice, signed (`.xsig`) or not: one file, one or more invoices."""

from __future__ import annotations

from collections.abc import Iterator
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
    Adjustment,
    Mention,
    Paper,
    Party,
    Position,
    TaxLine,
    Totals,
)

SELF_BILLED: Final = "AF"
CORRECTIVE: Final = frozenset({"OR", "CR"})


def read_facturae(root: Node) -> list[Paper]:
    """Return the invoices of the file."""
    parties = first(root, "Parties")
    seller = _party(first(parties, "SellerParty"))
    buyer = _party(first(parties, "BuyerParty"))
    # RE: the receiver wrote it in the seller's place.
    by_buyer = words(root, "FileHeader", "InvoiceIssuerType") == "RE"
    return [
        _paper(node, seller, buyer, by_buyer=by_buyer)
        for node in every(root, "Invoices", "Invoice")
    ]


def _paper(node: Node, seller: Party, buyer: Party, *, by_buyer: bool) -> Paper:
    header, issue = first(node, "InvoiceHeader"), first(node, "InvoiceIssueData")
    totals = _totals(first(node, "InvoiceTotals"))
    code = words(header, "InvoiceClass")
    by_buyer = by_buyer or words(header, "InvoiceDocumentType") == SELF_BILLED
    credits_it = code in CORRECTIVE and totals.whole is not None and totals.whole < 0
    reason = first(header, "Corrective")
    said = (
        words(reason, "ReasonDescription"),
        *(words(each) for each in every(node, "LegalLiterals", "LegalReference")),
        words(node, "AdditionalData", "InvoiceAdditionalInformation"),
    )
    return Paper(
        kind="credit_note" if credits_it else "invoice",
        type_code=code,
        number=_number(header),
        date=day(words(issue, "IssueDate")),
        due=_due(node),
        currency=currency_code(words(issue, "InvoiceCurrencyCode")),
        seller=seller,
        buyer=buyer,
        mentions=tuple(_mentions(node, reason)),
        positions=tuple(_positions(node)),
        adjustments=tuple(_adjustments(first(node, "InvoiceTotals"))),
        taxes=tuple(_taxes(node)),
        totals=totals,
        notes=tuple(each for each in said if each),
        attachments=tuple(_attachments(node)),
        self_billed=by_buyer,
    )


def _number(node: Node | None) -> str | None:
    """The series belongs to the number, unless the number already begins with it."""
    series, value = words(node, "InvoiceSeriesCode"), words(node, "InvoiceNumber")
    if not series or not value or value.startswith(series):
        return value
    return f"{series}-{value}"


def _party(node: Node | None) -> Party:
    legal = first(node, "LegalEntity")
    person = first(node, "Individual")
    names = (words(person, "Name"), words(person, "FirstSurname"), words(person, "SecondSurname"))
    owner = legal if legal is not None else person
    address = first(owner, "AddressInSpain")
    abroad = first(owner, "OverseasAddress")
    place = address if address is not None else abroad
    town = " ".join(
        each
        for each in (words(place, "PostCode"), any_words(place, ("Town",), ("PostCodeAndTown",)))
        if each
    )
    country = words(place, "CountryCode")
    lines = (words(place, "Address"), town, words(place, "Province"), country)
    return Party(
        name=any_words(legal, ("CorporateName",), ("TradeName",))
        or " ".join(each for each in names if each)
        or None,
        vat=words(node, "TaxIdentification", "TaxIdentificationNumber"),
        address=", ".join(each for each in lines if each) or None,
        country="ES" if country in {"ESP", None} else country,
    )


def _due(node: Node) -> str | None:
    dates = [
        day(words(each, "InstallmentDueDate"))
        for each in every(node, "PaymentDetails", "Installment")
    ]
    return max((each for each in dates if each), default=None)


def _mentions(node: Node, corrective: Node | None) -> Iterator[Mention]:
    seen = set()
    for mention in _all_mentions(node, corrective):
        if (mention.kind, mention.value) not in seen:
            seen.add((mention.kind, mention.value))
            yield mention


def _all_mentions(node: Node, corrective: Node | None) -> Iterator[Mention]:
    if before := _number(corrective):
        yield Mention("invoice_before", before)
    for line in every(node, "Items", "InvoiceLine"):
        if order := words(line, "ReceiverTransactionReference"):
            yield Mention("order", order, day(words(line, "ReceiverTransactionDate")))
        for note in every(line, "DeliveryNotesReferences", "DeliveryNote"):
            if delivery := words(note, "DeliveryNoteNumber"):
                yield Mention("delivery", delivery, day(words(note, "DeliveryNoteDate")))
        if contract := words(line, "ReceiverContractReference"):
            yield Mention("contract", contract, day(words(line, "ReceiverContractDate")))


def _positions(node: Node) -> Iterator[Position]:
    for place, line in enumerate(every(node, "Items", "InvoiceLine"), start=1):
        discounts = [
            f"[{words(each, 'DiscountReason') or ''} -{words(each, 'DiscountAmount')}]"
            for each in every(line, "DiscountsAndRebates", "Discount")
        ]
        yield Position(
            number=words(line, "SequenceNumber") or str(place),
            text=words(line, "ItemDescription"),
            article=words(line, "ArticleCode"),
            quantity=words(line, "Quantity"),
            price=any_words(line, ("UnitPriceWithoutTax",), ("UnitPriceWithTax",)),
            amount=any_number(line, ("GrossAmount",), ("TotalCost",)),
            extra=" ".join(discounts) or None,
        )


def _adjustments(totals: Node | None) -> Iterator[Adjustment]:
    for node in every(totals, "GeneralDiscounts", "Discount"):
        if amount := number(node, "DiscountAmount"):
            yield Adjustment(words(node, "DiscountReason"), -amount)
    for node in every(totals, "GeneralSurcharges", "Charge"):
        if amount := number(node, "ChargeAmount"):
            yield Adjustment(words(node, "ChargeReason"), amount)
    if withheld := number(totals, "TotalTaxesWithheld"):
        yield Adjustment("retención", -withheld)


def _taxes(node: Node) -> Iterator[TaxLine]:
    for tax in every(node, "TaxesOutputs", "Tax"):
        yield TaxLine(
            words(tax, "TaxRate"),
            number(tax, "TaxableBase", "TotalAmount"),
            number(tax, "TaxAmount", "TotalAmount"),
        )


def _totals(node: Node | None) -> Totals:
    return Totals(
        net=number(node, "TotalGrossAmountBeforeTaxes"),
        tax=number(node, "TotalTaxOutputs"),
        gross=number(node, "InvoiceTotal"),
        prepaid=number(node, "TotalPaymentsOnAccount") or None,
        payable=any_number(node, ("TotalExecutableAmount",), ("TotalOutstandingAmount",)),
    )


def _attachments(node: Node) -> Iterator[Attachment]:
    for each in every(node, "AdditionalData", "RelatedDocuments", "Attachment"):
        content = first(each, "AttachmentData")
        if content is None or (words(each, "AttachmentEncoding") or "BASE64") != "BASE64":
            continue
        kind = words(each, "AttachmentFormat") or "bin"
        name = f"{words(each, 'AttachmentDescription') or 'attachment'}.{kind}"
        if (found := embedded(name, content.text)) is not None:
            yield found

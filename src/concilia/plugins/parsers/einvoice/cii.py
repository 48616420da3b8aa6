"""
UN/CEFACT Cross Industry Invoice: D16B (Factur-X, ZUGFeRD 2, XRechnung) and ZUGFeRD 1.

ZUGFeRD 1 and what came before it name the same things a little differently; each path lists both.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from concilia.documents.core.parsed import Attachment
from concilia.plugins.parsers.einvoice.nodes import (
    Node,
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

DOCUMENT: Final = ("ExchangedDocument", "HeaderExchangedDocument")
TRANSACTION: Final = ("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
AGREEMENT: Final = ("ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
DELIVERY: Final = ("ApplicableHeaderTradeDelivery", "ApplicableSupplyChainTradeDelivery")
SETTLEMENT: Final = ("ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
SUMMATION: Final = (
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
LINE_AGREEMENT: Final = ("SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
LINE_DELIVERY: Final = ("SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
LINE_SETTLEMENT: Final = ("SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
LINE_SUMMATION: Final = (
    "SpecifiedTradeSettlementLineMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
RATES: Final = (("RateApplicablePercent",), ("ApplicablePercent",))


def read_cii(root: Node) -> Paper:
    """Return the invoice or credit note."""
    document = _either(root, DOCUMENT)
    trade = _either(root, TRANSACTION)
    agreement = _either(trade, AGREEMENT)
    settlement = _either(trade, SETTLEMENT)
    code = words(document, "TypeCode")
    summation = _either(settlement, SUMMATION)
    stated = (each.get("currencyID") for each in every(summation, "DuePayableAmount"))
    money = currency_code(words(settlement, "InvoiceCurrencyCode"), *stated)
    return Paper(
        kind=kind_of_code(code),
        type_code=code,
        title=words(document, "Name"),
        number=words(document, "ID"),
        date=_day(first(document, "IssueDateTime")),
        due=_day(first(settlement, "SpecifiedTradePaymentTerms", "DueDateDateTime")),
        currency=money,
        seller=_party(first(agreement, "SellerTradeParty")),
        buyer=_party(first(agreement, "BuyerTradeParty")),
        mentions=tuple(_mentions(trade)),
        buyer_reference=words(agreement, "BuyerReference"),
        positions=tuple(_positions(trade)),
        adjustments=tuple(_adjustments(settlement)),
        taxes=tuple(_taxes(settlement)),
        totals=_totals(summation, money),
        terms=_texts(settlement, "SpecifiedTradePaymentTerms", "Description"),
        notes=_texts(document, "IncludedNote", "Content"),
        attachments=tuple(_attachments(agreement)),
        self_billed=code in SELF_BILLED,
    )


def _either(node: Node | None, names: tuple[str, ...]) -> Node | None:
    for name in names:
        if (found := first(node, name)) is not None:
            return found
    return None


def _day(node: Node | None) -> str | None:
    return day(any_words(node, ("DateTimeString",), ("DateTime",), ("Date",), ()))


def _party(node: Node | None) -> Party:
    registered = every(node, "SpecifiedTaxRegistration", "ID")
    vat = next((each for each in registered if each.get("schemeID") in {"VA", None}), None)
    fiscal = next((each for each in registered if each.get("schemeID") == "FC"), None)
    address = first(node, "PostalTradeAddress")
    town = " ".join(
        each for each in (words(address, "PostcodeCode"), words(address, "CityName")) if each
    )
    country = words(address, "CountryID")
    lines = (words(address, "LineOne"), words(address, "LineTwo"), town, country)
    return Party(
        name=any_words(node, ("Name",), ("SpecifiedLegalOrganization", "TradingBusinessName")),
        vat=words(vat),
        registration=words(node, "SpecifiedLegalOrganization", "ID") or words(fiscal),
        code=words(node, "ID"),
        address=", ".join(each for each in lines if each) or None,
        country=country,
    )


def _mentions(trade: Node | None) -> Iterator[Mention]:
    """Yield the numbers the head names, then those of the lines, each once."""
    seen = set()
    for mention in (*_of_head(trade), *_of_lines(trade)):
        if (mention.kind, mention.value) not in seen:
            seen.add((mention.kind, mention.value))
            yield mention


def _of_head(trade: Node | None) -> Iterator[Mention]:
    agreement, delivery = _either(trade, AGREEMENT), _either(trade, DELIVERY)
    settlement = _either(trade, SETTLEMENT)
    for node, name, kind in (
        (settlement, "InvoiceReferencedDocument", "invoice_before"),
        (agreement, "BuyerOrderReferencedDocument", "order"),
        (delivery, "DespatchAdviceReferencedDocument", "delivery"),
        (delivery, "DeliveryNoteReferencedDocument", "delivery"),
        (delivery, "ReceivingAdviceReferencedDocument", "receipt"),
        (agreement, "ContractReferencedDocument", "contract"),
    ):
        for found in every(node, name):
            yield from _mention(found, kind)


def _of_lines(trade: Node | None) -> Iterator[Mention]:
    for line in every(trade, "IncludedSupplyChainTradeLineItem"):
        agreement, delivery = _either(line, LINE_AGREEMENT), _either(line, LINE_DELIVERY)
        for node, name, kind in (
            (agreement, "BuyerOrderReferencedDocument", "order"),
            (delivery, "DespatchAdviceReferencedDocument", "delivery"),
            (delivery, "DeliveryNoteReferencedDocument", "delivery"),
            (_either(line, LINE_SETTLEMENT), "InvoiceReferencedDocument", "invoice_before"),
        ):
            for found in every(node, name):
                yield from _mention(found, kind)


def _mention(node: Node, kind: str) -> Iterator[Mention]:
    value = any_words(node, ("IssuerAssignedID",), ("ID",))
    if value:
        date = first(node, "FormattedIssueDateTime")
        yield Mention(kind, value, _day(date if date is not None else first(node, "IssueDateTime")))


def _positions(trade: Node | None) -> Iterator[Position]:
    for line in every(trade, "IncludedSupplyChainTradeLineItem"):
        product = first(line, "SpecifiedTradeProduct")
        price = first(_either(line, LINE_AGREEMENT), "NetPriceProductTradePrice")
        settlement = _either(line, LINE_SETTLEMENT)
        quantity = first(_either(line, LINE_DELIVERY), "BilledQuantity")
        charged, per = number(price, "ChargeAmount"), number(price, "BasisQuantity")
        several = f" / {per.normalize():f}" if per is not None and per not in (0, 1) else ""
        document = first(line, "AssociatedDocumentLineDocument")
        extra = [_said(each) for each in every(settlement, "SpecifiedTradeAllowanceCharge")]
        yield Position(
            number=words(document, "LineID"),
            text=any_words(product, ("Name",), ("Description",))
            or words(document, "IncludedNote", "Content"),
            article=any_words(product, ("SellerAssignedID",), ("GlobalID",)),
            quantity=words(quantity),
            unit=unit_of(quantity.get("unitCode")) if quantity is not None else None,
            price=f"{charged:f}{several}" if charged is not None else None,
            amount=number(_either(settlement, LINE_SUMMATION), "LineTotalAmount"),
            extra=" ".join(each for each in extra if each) or None,
        )


def _said(node: Node) -> str | None:
    adjustment = _adjustment(node)
    if adjustment is None:
        return None
    return f"[{adjustment.reason or ''} {adjustment.amount:+f}]".replace("[ ", "[")


def _adjustments(settlement: Node | None) -> Iterator[Adjustment]:
    for node in every(settlement, "SpecifiedTradeAllowanceCharge"):
        if (adjustment := _adjustment(node)) is not None:
            yield adjustment
    for node in every(settlement, "SpecifiedLogisticsServiceCharge"):
        amount = number(node, "AppliedAmount")
        if amount:
            yield Adjustment(words(node, "Description"), amount)


def _adjustment(node: Node) -> Adjustment | None:
    amount = number(node, "ActualAmount")
    if not amount:
        return None
    said = any_words(node, ("ChargeIndicator", "Indicator"), ("ChargeIndicator",)) or ""
    reason = reason_of(words(node, "Reason"), words(node, "ReasonCode"))
    return Adjustment(reason, amount if said.lower() in {"true", "1"} else -amount)


def _taxes(settlement: Node | None) -> Iterator[TaxLine]:
    for node in every(settlement, "ApplicableTradeTax"):
        yield TaxLine(
            any_words(node, *RATES), number(node, "BasisAmount"), number(node, "CalculatedAmount")
        )


def _totals(node: Node | None, money: str | None) -> Totals:
    taxes = [
        each for each in every(node, "TaxTotalAmount") if each.get("currencyID") in {None, money}
    ]
    return Totals(
        net=number(node, "TaxBasisTotalAmount"),
        tax=number(taxes[0]) if taxes else None,
        gross=number(node, "GrandTotalAmount"),
        prepaid=number(node, "TotalPrepaidAmount") or None,
        payable=number(node, "DuePayableAmount"),
    )


def _texts(node: Node | None, *names: str) -> tuple[str, ...]:
    found = (words(each) for each in every(node, *names))
    return tuple(each for each in found if each)


def _attachments(agreement: Node | None) -> Iterator[Attachment]:
    for node in every(agreement, "AdditionalReferencedDocument"):
        binary = first(node, "AttachmentBinaryObject")
        if binary is None:
            continue
        name = binary.get("filename") or words(node, "IssuerAssignedID")
        found = embedded(name, binary.text, binary.get("mimeCode") or "")
        if found is not None:
            yield found

"""UBL papers around an invoice: order, its response, despatch advice and receipt advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from concilia.plugins.parsers.einvoice.nodes import (
    Node,
    any_words,
    currency_code,
    day,
    every,
    first,
    number,
    words,
)
from concilia.plugins.parsers.einvoice.paper import Mention, Paper, Position, Totals
from concilia.plugins.parsers.einvoice.ubl import read_attachments, read_party
from concilia.plugins.parsers.einvoice.units import unit_of

KINDS: Final = {
    "Order": "order",
    "OrderResponse": "other",
    "DespatchAdvice": "delivery_note",
    "ReceiptAdvice": "receiving_advice",
}
SELLERS: Final = (
    ("SellerSupplierParty", "Party"),
    ("DespatchSupplierParty", "Party"),
)
BUYERS: Final = (("BuyerCustomerParty", "Party"), ("DeliveryCustomerParty", "Party"))
MENTIONS: Final = (
    ("OrderReference", "order"),
    ("DespatchDocumentReference", "delivery"),
    ("Contract", "contract"),
    ("ContractDocumentReference", "contract"),
    ("OriginatorDocumentReference", "contract"),
)
LINES: Final = (
    ("OrderLine", "LineItem"),
    ("DespatchLine",),
    ("ReceiptLine",),
)
QUANTITIES: Final = (
    "Quantity",
    "DeliveredQuantity",
    "ReceivedQuantity",
)
# What a receipt says against a delivery, or a delivery says is missing.
DIFFERENCES: Final = (
    ("ShortQuantity", "ShortageActionCode"),
    ("RejectedQuantity", "RejectReason"),
    ("OversupplyQuantity", "RejectReasonCode"),
    ("OutstandingQuantity", "OutstandingReason"),
    ("BackorderQuantity", "BackorderReason"),
)


def read_logistics(root: Node, name: str) -> Paper:
    """
    Return the order, response, despatch or receipt.

    :param name: the root's local name
    """
    total = first(root, "AnticipatedMonetaryTotal")
    return Paper(
        kind=KINDS[name],
        type_code=any_words(root, ("OrderTypeCode",), ("OrderResponseCode",)),
        number=words(root, "ID"),
        date=day(words(root, "IssueDate")),
        currency=currency_code(words(root, "DocumentCurrencyCode")),
        seller=read_party(_first_of(root, SELLERS)),
        buyer=read_party(_first_of(root, BUYERS), is_buyer=True),
        mentions=tuple(_mentions(root)),
        buyer_reference=words(root, "CustomerReference"),
        positions=tuple(_position(line, names) for names in LINES for line in every(root, *names)),
        totals=Totals(
            net=number(total, "TaxExclusiveAmount"),
            gross=number(total, "TaxInclusiveAmount"),
            payable=number(total, "PayableAmount"),
        ),
        notes=tuple(said for node in every(root, "Note") if (said := words(node))),
        attachments=tuple(read_attachments(root)),
    )


def _first_of(root: Node, paths: tuple[tuple[str, ...], ...]) -> Node | None:
    for names in paths:
        if (found := first(root, *names)) is not None:
            return found
    return None


def _mentions(root: Node) -> Iterator[Mention]:
    seen = set()
    for kind, node in _mentioned(root):
        value = words(node, "ID")
        if value and (kind, value) not in seen:
            seen.add((kind, value))
            yield Mention(kind, value, day(words(node, "IssueDate")))


def _mentioned(root: Node) -> Iterator[tuple[str, Node]]:
    for name, kind in MENTIONS:
        yield from ((kind, node) for node in every(root, name))
    for names in LINES:
        for line in every(root, names[0]):
            for node in every(line, "OrderLineReference", "OrderReference"):
                yield "order", node
            for node in every(line, "DespatchLineReference", "DocumentReference"):
                yield "delivery", node


def _position(line: Node, names: tuple[str, ...]) -> Position:
    quantity = next((node for name in QUANTITIES for node in every(line, name)), None)
    # An order's item may stand beside the line item, where only the head of it says something.
    item = first(line, "Item")
    article = any_words(
        item,
        ("SellersItemIdentification", "ID"),
        ("StandardItemIdentification", "ID"),
        ("BuyersItemIdentification", "ID"),
    )
    said = [
        f"[{name} {words(line, name)} {words(line, why) or ''}".rstrip() + "]"
        for name, why in DIFFERENCES
        if number(line, name)
    ]
    note = words(line, "Note") if names[0] != "OrderLine" else None
    return Position(
        number=words(line, "ID"),
        text=any_words(item, ("Name",), ("Description",)) or note,
        article=article,
        quantity=words(quantity),
        unit=unit_of(quantity.get("unitCode")) if quantity is not None else None,
        price=words(line, "Price", "PriceAmount"),
        amount=number(line, "LineExtensionAmount"),
        extra=" ".join(said) or None,
    )

"""
REMADV, COMDIS, CREADV and DEBADV: documents with what was paid, contested, credited or debited.

They share their shape: a heading, a group for each document (DOC) with its amounts (MOA) and its
reasons (AJT, each with amount and text), and a summary.
"""

from __future__ import annotations

from typing import Final

from concilia.documents.core.stated import StatedAmount
from concilia.plugins.parsers.edi.edifact.headings import (
    CREDIT_NOTES,
    DEBIT_NOTES,
    DOCUMENT_KINDS,
    Amounts,
    code,
    first_amount,
    read_heading,
    reference,
    said,
    take_amount,
)
from concilia.plugins.parsers.edi.papers import Cut, Draft, Item
from concilia.plugins.parsers.edi.transcript import Line

INVOICED: Final = ("77", "39", "388", "9", "98", "38", "128")
PAID: Final = ("12", "11", "119", "138", "143")
DISCOUNT: Final = ("52", "53", "109", "211")
ADJUSTED: Final = ("165", "8", "204", "5", "131")
OF_DOCUMENTS: Final = frozenset({*INVOICED, *PAID, *DISCOUNT})
REMITTED: Final = ("12", "11", "139", "138", "143", "128", "86")
CLAIMED: Final = ("165", "8", "128", "86", "139", "9", "60", "77", "39", "388", "12")
DUE: Final = ("9", "128", "86", "139", "60", "77", "39", "388", "12", "143")


class Documents:
    """Reads the segments of such a message in their order."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.whole: Amounts = {}
        self.amounts: Amounts = {}
        self.item: Item | None = None
        self.cut: Cut | None = None
        for line in lines[1:]:
            self._read(line)
        self._close()

    def _read(self, line: Line) -> None:
        if line.tag == "DOC":
            self._close()
            self._document(line)
        elif line.tag == "UNS":
            self._close()
        elif self.item is not None:
            self._detail(line, self.item)
        elif line.tag == "MOA":
            take_amount(line, self.whole, self.draft)
        else:
            read_heading(line, self.draft)

    def _document(self, line: Line) -> None:
        kind = line.at(1, 1)
        self.item = Item(
            document=line.at(2, 1) or None,
            kind=DOCUMENT_KINDS.get(kind, "invoice"),
            is_credit=kind in CREDIT_NOTES,
            places={"document": line.place(2, 1)} if line.at(2, 1) else {},
        )
        self.item.is_debit = kind in DEBIT_NOTES
        self.amounts, self.cut = {}, None
        self.draft.items.append(self.item)

    def _detail(self, line: Line, item: Item) -> None:
        if line.tag == "MOA":
            self._amount(line, item)
        elif line.tag == "AJT":
            self.cut = Cut(code=code(line))
            item.cuts.append(self.cut)
        elif line.tag == "FTX" and self.cut is not None:
            self.cut.text = f"{self.cut.text} {said(line)}".strip()
        elif line.tag == "FTX":
            item.texts.append(said(line))
        elif line.tag == "RFF" and (found := reference(line)) is not None:
            item.references.append(found)
        elif line.tag == "CUX":
            read_heading(line, self.draft)

    def _amount(self, line: Line, item: Item) -> None:
        """After a reason stands what was taken off for it, unless it is the document's own."""
        qualifier, value = line.at(1, 1), line.number(1, 2)
        own = qualifier in OF_DOCUMENTS and qualifier not in self.amounts
        if self.cut is None or (own and qualifier not in ADJUSTED):
            take_amount(line, self.amounts, self.draft)
        elif self.cut.amount is None and value is not None:
            self.cut.amount = abs(value)
            item.places.setdefault("deducted", line.place(1, 2))

    def _close(self) -> None:
        """Give the document its amounts, whatever order they came in."""
        item, self.item = self.item, None
        if item is None:
            return
        for name, qualifiers in (("invoiced", INVOICED), ("paid", PAID), ("discount", DISCOUNT)):
            found = first_amount(self.amounts, qualifiers)
            if found is not None:
                item.put(name, found.value, found.place)
        item.is_debit = item.is_debit and item.paid is not None and item.paid < 0
        adjusted = first_amount(self.amounts, ADJUSTED)
        if adjusted is not None:
            _adjust(item, adjusted)


def _adjust(item: Item, adjusted: StatedAmount) -> None:
    """Give the first reason the amount that came before it."""
    if not item.cuts:
        item.cuts.append(Cut())
    if item.cuts[0].amount is None:
        item.cuts[0].amount = abs(adjusted.value)
        item.places.setdefault("deducted", adjusted.place)


class Remittance(Documents):
    """REMADV: what a payment settles; also the refusal to pay invoices at all."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        draft.describe("remittance_advice", lines[0].place(2, 1))
        super().__init__(draft, lines)
        draft.total = first_amount(self.whole, REMITTED)


class Dispute(Documents):
    """COMDIS: what a customer contests, document by document."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        draft.describe("claim", lines[0].place(2, 1))
        super().__init__(draft, lines)
        _own_number(draft, lines)
        for item in draft.items:
            self._contest(item)
        if len(draft.items) != 1 or draft.items[0].deducted is None:
            draft.claimed = first_amount(self.whole, CLAIMED)

    def _contest(self, item: Item) -> None:
        """Without an amount for the reason, the document's one amount is what is contested."""
        item.is_credit = False
        if item.deducted is None and item.invoiced is not None and item.paid is None:
            item.cuts = item.cuts or [Cut()]
            item.cuts[0].amount = item.invoiced
            item.places.setdefault("deducted", item.places["invoiced"])


class Advice(Documents):
    """CREADV and DEBADV: a credit or debit on an account, and the documents it is for."""

    kind = "credit_note"

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        draft.describe(self.kind, lines[0].place(2, 1))
        super().__init__(draft, lines)
        draft.total = first_amount(self.whole, DUE)
        for item in draft.items:
            self._charge(item)

    def _charge(self, item: Item) -> None:
        item.is_credit = False


class CreditAdvice(Advice):
    """CREADV."""


class DebitAdvice(Advice):
    """DEBADV: what is debited for each document is what the customer takes from it."""

    kind = "debit_note"

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        super().__init__(draft, lines)
        _own_number(draft, lines)
        draft.claimed = draft.total

    def _charge(self, item: Item) -> None:
        super()._charge(item)
        if item.deducted is None and item.invoiced is not None:
            item.paid = None
            item.cuts = item.cuts or [Cut()]
            item.cuts[0].amount = item.invoiced
            item.places.setdefault("deducted", item.places["invoiced"])
            item.invoiced = None
            item.places.pop("invoiced", None)


def _own_number(draft: Draft, lines: list[Line]) -> None:
    """The number of a customer's claim or debit note is theirs."""
    for line in lines:
        if line.tag == "BGM":
            draft.refer("claim", line.at(2, 1), line.place(2, 1))

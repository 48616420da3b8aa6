"""820: what a payment is for, document by document, with what was taken off and why."""

from __future__ import annotations

from typing import Final

from concilia.plugins.parsers.edi.papers import Cut, Draft, Item
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.x12.headings import (
    KINDS,
    code,
    read_date,
    read_heading,
    reference,
)

CREDITS: Final = frozenset({"CM", "CL"})  # our credit notes, whoever numbered them
DEBITS: Final = frozenset({"DB"})  # the payer's own debit notes
DETAILS: Final = frozenset({"ENT", "RMR", "ADX", "NM1"})


class Remittance:
    """Reads the segments of an 820 in their order."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.item: Item | None = None
        self.cut: Cut | None = None
        self.is_document = False
        draft.describe("remittance_advice", lines[0].place(1))
        for line in lines[1:]:
            self._read(line)

    def _read(self, line: Line) -> None:
        readers = {
            "BPR": self._payment,
            "TRN": self._trace,
            "ENT": self._entity,
            "RMR": self._document,
            "ADX": self._adjustment,
        }
        reader = readers.get(line.tag)
        if reader is not None:
            reader(line)
        elif self.item is None or line.tag in {"CUR", "N1"}:
            read_heading(line, self.draft)
        elif line.tag in {"REF", "N9"}:
            found = reference(line)
            self.item.references += [found] if found else []
        elif line.tag == "NTE":
            self._note(line)

    def _payment(self, line: Line) -> None:
        self.draft.total = self.draft.amount(line.number(2), line.place(2))
        read_date(line, 16, self.draft, "payment_date")
        read_date(line, 16, self.draft)

    def _trace(self, line: Line) -> None:
        self.draft.say("number", line.at(2))

    def _entity(self, line: Line) -> None:
        del line
        self.item, self.cut, self.is_document = None, None, False

    def _document(self, line: Line) -> None:
        qualifier = line.at(1)
        item = Item(
            document=line.at(2) or None,
            kind=KINDS.get(qualifier, "invoice"),
            is_credit=qualifier in CREDITS,
            is_debit=qualifier in DEBITS,
            places={"document": line.place(2)},
        )
        item.put("paid", line.number(4), line.place(4))
        item.put("invoiced", line.number(5), line.place(5))
        item.put("discount", line.number(6), line.place(6))
        self.item, self.cut, self.is_document = item, None, True
        self.draft.items.append(item)
        if line.at(7) or line.at(8):
            self._cut(line, amount=8, reason=7)

    def _adjustment(self, line: Line) -> None:
        """An adjustment belongs to the document before it, else it is one of its own."""
        if self.item is None or not self.is_document:
            self.item = self._alone(line)
            self.is_document = False
            self.draft.items.append(self.item)
        else:
            found = reference(line, 3)
            self.item.references += [found] if found else []
        self._cut(line, amount=1, reason=2)

    def _alone(self, line: Line) -> Item:
        amount = line.number(1)
        item = Item(
            document=line.at(4) or None,
            kind=KINDS.get(line.at(3), "claim"),
            is_debit=amount is not None and amount < 0,
            places={"document": line.place(4)} if line.at(4) else {},
        )
        item.put("paid", amount, line.place(1))
        return item

    def _cut(self, line: Line, *, amount: int, reason: int) -> None:
        assert self.item is not None
        value = line.number(amount)
        self.cut = Cut(-value if value is not None else None, code(line, reason))
        self.item.cuts.append(self.cut)
        self.item.places.setdefault("deducted", line.place(amount))

    def _note(self, line: Line) -> None:
        assert self.item is not None
        if self.cut is not None:
            self.cut.text = f"{self.cut.text} {line.at(2)}".strip()
        else:
            self.item.texts.append(line.at(2))

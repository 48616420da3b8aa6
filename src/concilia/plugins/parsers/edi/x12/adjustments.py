"""812: a customer's debit or credit note, with a reason for each part of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from concilia.documents.core.stated import Span
from concilia.plugins.parsers.edi.papers import Cut, Draft, Item
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.values import implied
from concilia.plugins.parsers.edi.x12.headings import (
    KINDS,
    check_purpose,
    code,
    read_date,
    read_heading,
    reference,
)

CREDIT: Final = "C"
ITEMS: Final = "CDD"


class Adjustment:
    """Reads the segments of an 812 in their order."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.flag = "D"
        self.document: tuple[str, Span] | None = None
        self.item: Item | None = None
        draft.describe("debit_note", lines[0].place(1))
        for line in lines[1:]:
            self._read(line)
        self._name_items()

    def _name_items(self) -> None:
        """Parts without a document of their own are about that of the whole."""
        for item in self.draft.items:
            if item.document is None and self.document is not None:
                item.document, item.places["document"] = self.document

    def _read(self, line: Line) -> None:
        if line.tag == "BCD":
            self._begin(line)
        elif line.tag == ITEMS:
            self._part(line)
        elif self.item is not None and line.tag in {"N9", "REF"}:
            self._number(line)
        else:
            read_heading(line, self.draft)

    def _begin(self, line: Line) -> None:
        draft = self.draft
        self.flag = line.at(5) or self.flag
        is_credit = self.flag == CREDIT
        draft.describe("credit_note" if is_credit else "debit_note", line.place(5))
        draft.refer("claim", line.at(2), line.place(2))
        draft.refer("invoice", line.at(7), line.place(7))
        draft.refer("order", line.at(10), line.place(10))
        draft.refer(KINDS.get(line.at(13)), line.at(14), line.place(14))
        draft.say("number", line.at(2))
        read_date(line, 1, draft)
        check_purpose(line.at(11), draft)
        draft.total = draft.amount(_absolute(line.at(4)), line.place(4))
        draft.claimed = None if is_credit else draft.total
        self.document = (line.at(7), line.place(7)) if line.at(7) else None

    def _part(self, line: Line) -> None:
        """What runs against the whole (a credit in a debit note) takes nothing off."""
        item = Item(places={})
        value = _absolute(line.at(4))
        same = line.at(2) in {self.flag, ""}
        if self.draft.kind == "debit_note" and same:
            item.cuts.append(Cut(value, code(line, 1)))
            item.places["deducted"] = line.place(4)
        else:
            item.put("invoiced", value if same or value is None else -value, line.place(4))
        self.item = item
        self.draft.items.append(item)

    def _number(self, line: Line) -> None:
        assert self.item is not None
        found = reference(line)
        if found is not None and found.kind == "invoice" and self.item.document is None:
            self.item.document = found.value
            self.item.places["document"] = found.place
        elif found is not None:
            self.item.references.append(found)


def _absolute(text: str) -> Decimal | None:
    value = implied(text)
    return None if value is None else abs(value)

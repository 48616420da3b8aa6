"""810: invoices, and the credit and debit memos that come in the same message."""

from __future__ import annotations

from typing import Final

from concilia.plugins.parsers.edi.papers import Draft, is_promotional
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.values import implied
from concilia.plugins.parsers.edi.x12.headings import check_purpose, read_date, read_heading

KINDS: Final = {"CR": "credit_note", "CN": "credit_note", "DR": "debit_note"}
# A credit note refers to what it credits; its own number is a property.
OWN: Final = {"invoice": "invoice", "debit_note": "claim"}
CODED: Final = frozenset({"UP", "UI", "UA", "UK", "EN"})  # goods have such numbers, services none


class Invoice:
    """Reads the segments of an 810 in their order."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        draft.describe("invoice", lines[0].place(1))
        self.in_items = False
        for line in lines[1:]:
            self._read(line)
        self._promotion(lines)

    def _read(self, line: Line) -> None:
        if line.tag == "BIG":
            self._begin(line)
        elif line.tag == "TDS":
            total = implied(line.at(1))
            self.draft.total = self.draft.amount(total, line.place(1))
            if self.draft.kind == "debit_note":
                self.draft.claimed = self.draft.total
        elif line.tag == "IT1":
            self.in_items = True
        elif not self.in_items or line.tag in {"REF", "N9"}:
            read_heading(line, self.draft)

    def _begin(self, line: Line) -> None:
        draft = self.draft
        kind = KINDS.get(line.at(7), "invoice")
        draft.describe(kind, line.place(7) if line.at(7) else line.place(2))
        draft.refer(OWN.get(kind), line.at(2), line.place(2))
        draft.refer("order", line.at(4), line.place(4))
        draft.say("number", line.at(2))
        read_date(line, 1, draft)
        check_purpose(line.at(8), draft)

    def _promotion(self, lines: list[Line]) -> None:
        """A customer's invoice for nothing but promotional services."""
        items = [line for line in lines if line.tag == "IT1"]
        told = [line for line in lines if line.tag == "PID" and line.at(5)]
        coded = any(line.at(element) in CODED for line in items for element in (6, 8))
        if self.draft.kind != "invoice" or coded or not items or len(told) < len(items):
            return
        if all(is_promotional(line.at(5)) for line in told):
            self.draft.describe("promotion_invoice", told[0].place(5))
            self.draft.own_up()
            for line in told:
                self.draft.note(line.place(5))

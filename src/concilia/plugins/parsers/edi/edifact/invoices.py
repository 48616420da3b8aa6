"""INVOIC: invoices, credit notes and debit notes, by the code in BGM."""

from __future__ import annotations

from typing import Final

from concilia.plugins.parsers.edi.edifact.headings import (
    CREDIT_NOTES,
    DEBIT_NOTES,
    Amounts,
    first_amount,
    read_heading,
    reference,
    take_amount,
)
from concilia.plugins.parsers.edi.papers import Draft, is_promotional
from concilia.plugins.parsers.edi.transcript import Line

PROFORMA: Final = "325"
CLAIM: Final = "817"
TOTAL: Final = ("388", "77", "39", "128", "86", "9", "139")
OWN: Final = {"invoice": "invoice", "debit_note": "claim", "claim": "claim"}
CLAIMING: Final = frozenset({"debit_note", "claim"})


class Invoice:
    """Reads the segments of an INVOIC in their order."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.amounts: Amounts = {}
        self.place = "heading"
        draft.describe("invoice", lines[0].place(2, 1))
        for line in lines[1:]:
            self._read(line)
        draft.total = first_amount(self.amounts, TOTAL)
        if draft.kind in CLAIMING:
            draft.claimed = draft.total
        self._promotion(lines)

    def _read(self, line: Line) -> None:
        if line.tag == "LIN":
            self.place = "items"
        elif line.tag == "UNS":
            self.place = "summary"
        elif self.place == "items":
            self._item(line)
        elif line.tag == "MOA":
            take_amount(line, self.amounts, self.draft)
        else:
            read_heading(line, self.draft)
        if line.tag == "BGM":
            self._begin(line)

    def _begin(self, line: Line) -> None:
        kind = _kind(line.at(1, 1))
        self.draft.describe(kind, line.place(1, 1))
        self.draft.refer(OWN.get(kind), line.at(2, 1), line.place(2, 1))

    def _item(self, line: Line) -> None:
        found = reference(line) if line.tag == "RFF" else None
        if found is not None:
            self.draft.refer(found.kind, found.value, found.place)
        elif self.draft.kind in CLAIMING and line.tag in {"AJT", "FTX"}:
            read_heading(line, self.draft)
        elif self.draft.kind in CLAIMING and line.tag == "IMD" and line.at(3, 4):
            self.draft.note(line.place(3, 4))

    def _promotion(self, lines: list[Line]) -> None:
        """A customer's invoice for nothing but promotional services: goods have an article code."""
        items = [line for line in lines if line.tag == "LIN"]
        told = [line for line in lines if line.tag == "IMD" and line.at(3, 4)]
        coded = any(line.at(3, 1) for line in items)
        if self.draft.kind != "invoice" or coded or not items or len(told) < len(items):
            return
        if all(is_promotional(line.at(3, 4)) for line in told):
            self.draft.describe("promotion_invoice", told[0].place(3, 4))
            self.draft.own_up()
            for line in told:
                self.draft.note(line.place(3, 4))


def _kind(code: str) -> str:
    if code in CREDIT_NOTES:
        return "credit_note"
    if code in DEBIT_NOTES:
        return "debit_note"
    if code == CLAIM:
        return "claim"
    return "other" if code == PROFORMA else "invoice"

"""DESADV: what was despatched. RECADV: what was received, and how it differed."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from concilia.documents.core.stated import StatedLine
from concilia.plugins.parsers.edi.edifact.headings import read_heading, reference, said
from concilia.plugins.parsers.edi.edifact.words import (
    CHANGE_REASONS,
    CHANGES,
    DISCREPANCIES,
    DISCREPANCY_REASONS,
    QUANTITIES,
)
from concilia.plugins.parsers.edi.papers import LINES_MAX, Draft
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.values import quantity

DAMAGED: Final = "124"
SHORT: Final = "119"
OVER: Final = "121"
QUANTITY_REASONS: Final = {DAMAGED: "NC-05", SHORT: "NC-01", OVER: "NC-04"}
DESPATCHED: Final = ("12", "46")
RECEIVED: Final = ("48", "194")
REFUSED: Final = ("124", "195", "196")


class Despatch:
    """Reads a DESADV."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        draft.describe("delivery_note", lines[0].place(2, 1))
        for line in lines[1:]:
            read_heading(line, draft)
            if line.tag == "BGM":
                draft.refer("delivery", line.at(2, 1), line.place(2, 1))


class Receipt:
    """Reads a RECADV."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.position: list[Line] = []
        draft.describe("receiving_advice", lines[0].place(2, 1))
        for line in lines[1:]:
            if line.tag in {"LIN", "UNS", "UNT"}:
                self._answer()
                self.position = [line] if line.tag == "LIN" else []
            elif self.position:
                self._detail(line)
            else:
                read_heading(line, draft)
        self._answer()

    def _detail(self, line: Line) -> None:
        self.position.append(line)
        found = reference(line) if line.tag == "RFF" else None
        if found is not None:
            self.draft.refer(found.kind, found.value, found.place)

    def _answer(self) -> None:
        """What differed in a position: as stated, else despatched less received."""
        stated = [line for line in self.position if line.tag == "QVR"]
        refused = [line for line in self.position if line.tag == "QTY" and line.at(1, 1) in REFUSED]
        for line in stated:
            self._add(line, self._variance(line), _reason_of_variance(line))
        for line in refused if not stated else ():
            kind = line.at(1, 1)
            words = f"{_shown(line.number(1, 2))} {QUANTITIES[kind].lower()}"
            self._add(line, words, QUANTITY_REASONS.get(kind))
        if not stated and not refused:
            self._compare()

    def _compare(self) -> None:
        sent, got = self._quantity(DESPATCHED), self._quantity(RECEIVED)
        if sent is None or got is None:
            return
        missing = (sent.number(1, 2) or Decimal(0)) - (got.number(1, 2) or Decimal(0))
        if missing:
            words = f"{_shown(abs(missing))} {'short' if missing > 0 else 'over'}"
            self._add(got, words, "NC-01" if missing > 0 else "NC-04")

    def _quantity(self, kinds: tuple[str, ...]) -> Line | None:
        known = [line for line in self.position if line.tag == "QTY" and line.at(1, 1) in kinds]
        return known[0] if known else None

    def _variance(self, line: Line) -> str:
        parts = (
            _shown(line.number(1, 1)),
            QUANTITIES.get(line.at(1, 2), line.at(1, 2)).lower(),
            DISCREPANCIES.get(line.at(2), line.at(2)),
            CHANGES.get(line.at(3, 1), line.at(3, 1)),
            line.at(3, 4),
        )
        return " ".join(filter(None, parts))

    def _add(self, line: Line, words: str, reason: str | None) -> None:
        if len(self.draft.lines) >= LINES_MAX:
            return
        notes = (said(each) for each in self.position if each.tag == "FTX")
        product = self.position[0].at(3, 1) or self._product()
        place = line.place(1, 1 if line.tag == "QVR" else 2)
        places = {"reason_text": place} | ({"reason": place} if reason else {})
        text = " ".join(filter(None, (product, words, *notes)))
        stated = StatedLine(document=None, text=text, reason=reason, places=places)
        self.draft.lines.append(stated)

    def _product(self) -> str:
        known = [line.at(2, 1) for line in self.position if line.tag == "PIA"]
        return known[0] if known else ""


def _reason_of_variance(line: Line) -> str | None:
    """The reason a difference gives: its own code, the kind of quantity, else its sign."""
    amount = line.number(1, 1)
    known = (
        DISCREPANCY_REASONS.get(line.at(2))
        or QUANTITY_REASONS.get(line.at(1, 2))
        or CHANGE_REASONS.get(line.at(3, 1))
    )
    if known or not amount:
        return known
    return "NC-01" if amount < 0 else "NC-04"


def _shown(value: Decimal | None) -> str:
    return quantity(value) if value is not None else ""

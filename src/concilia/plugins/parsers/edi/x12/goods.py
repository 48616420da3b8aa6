"""856: what was shipped. 861: what was received, and what was wrong with it."""

from __future__ import annotations

from typing import Final

from concilia.documents.core.stated import StatedLine
from concilia.plugins.parsers.edi.papers import LINES_MAX, Draft
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.values import quantity
from concilia.plugins.parsers.edi.x12.headings import check_purpose, read_date, read_heading
from concilia.plugins.parsers.edi.x12.words import CONDITION_REASONS, CONDITIONS, PRODUCTS

QUESTIONED: Final = (6, 9, 12, 15, 18)  # quantity, unit and condition, five times


class Shipment:
    """Reads an 856."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        draft.describe("delivery_note", lines[0].place(1))
        for line in lines[1:]:
            if line.tag == "BSN":
                draft.refer("delivery", line.at(2), line.place(2))
                draft.say("number", line.at(2))
                read_date(line, 3, draft)
                check_purpose(line.at(1), draft)
            elif line.tag == "PRF":
                draft.refer("order", line.at(1), line.place(1))
            else:
                read_heading(line, draft)


class Receipt:
    """Reads an 861."""

    def __init__(self, draft: Draft, lines: list[Line]) -> None:
        self.draft = draft
        self.questions: list[Line] = []
        self.product = ""
        draft.describe("receiving_advice", lines[0].place(1))
        for line in lines[1:]:
            self._read(line)
        self._answer()

    def _read(self, line: Line) -> None:
        draft = self.draft
        if line.tag == "BRA":
            draft.say("number", line.at(1))
            read_date(line, 2, draft)
            check_purpose(line.at(3), draft)
        elif line.tag == "RCD":
            self._answer()
            self.questions = [line]
        elif line.tag == "LIN" and self.questions:
            self.product = " ".join(
                f"{PRODUCTS.get(line.at(element), line.at(element))} {line.at(element + 1)}"
                for element in (2, 4)
                if line.at(element + 1)
            )
        elif line.tag == "PRF":
            draft.refer("order", line.at(1), line.place(1))
        else:
            read_heading(line, draft)

    def _answer(self) -> None:
        """Every quantity in question of the position before becomes a line with its reason."""
        for line in self.questions:
            for element in QUESTIONED:
                self._question(line, element)
        self.questions, self.product = [], ""

    def _question(self, line: Line, element: int) -> None:
        condition = line.at(element + 2)
        amount = line.number(element)
        if not (condition or amount) or len(self.draft.lines) >= LINES_MAX:
            return
        said = " ".join(
            filter(
                None,
                (
                    self.product,
                    quantity(amount) if amount is not None else "",
                    line.at(element + 1),
                    CONDITIONS.get(condition, condition),
                ),
            )
        )
        stated = StatedLine(
            document=None,
            text=said,
            reason=CONDITION_REASONS.get(condition),
            places={"reason": line.place(element + 2), "reason_text": line.place(element)},
        )
        self.draft.lines.append(stated)

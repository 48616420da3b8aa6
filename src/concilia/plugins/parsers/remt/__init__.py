"""
ISO 20022 remt.001: what a payer says a payment is for, document by document, cut by cut.

Each structured remittance is a line; its adjustments are the deductions and their reasons
(domain.md §6.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Final

from concilia.documents.core.amounts import money
from concilia.documents.core.banking import ReferredDocument
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import Cell, ParsedDocument, Source, Table
from concilia.documents.core.stated import (
    Span,
    StatedAmount,
    StatedCode,
    StatedLine,
    StatedPaper,
    StatedReference,
)
from concilia.documents.ports import ParserFailed
from concilia.kernel.reasons import from_x12
from concilia.plugins.parsers.camt.entries import read_documents
from concilia.plugins.parsers.camt.nodes import Node, amount, date, either, every, first, text
from concilia.plugins.parsers.einvoice.tree import read_tree

MESSAGES: Final = ("RmtAdvc", "RmtAdvcV01", "RmtAdvcV02")
HEADER: Final = ("document", "date", "invoiced", "discount", "deducted", "paid", "reason")
LINES_MAX: Final = 20_000
WORDS_MAX: Final = 2000
PAYMENT_AMOUNTS: Final = (("Amt", "InstdAmt"), ("Amt", "EqvtAmt", "Amt"), ("Amt",))


@dataclass(slots=True)
class _Sheet:
    """The text while it is written, and what stands where."""

    writer: TextWriter = field(default_factory=TextWriter)
    notes: list[Span] = field(default_factory=list)
    references: list[StatedReference] = field(default_factory=list)
    lines: list[StatedLine] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    left_out: int = 0

    def line(self, label: str, value: str) -> Span:
        """Write `label: value` and return the place of the value."""
        self.writer.write(f"{label}: ")
        start = self.writer.write(value)
        self.writer.write("\n")
        return start, start + len(value)


class RemittanceParser:
    """Remittance advice of all versions of remt.001."""

    formats: ClassVar[tuple[str, ...]] = ("remt.001",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the advice: its documents as lines, the payment as its total."""
        tree = read_tree(source.content, MESSAGES)
        advices = every(tree.root, "RmtInf")
        if not advices:
            raise ParserFailed("a remittance advice with nothing in it")
        sheet = _Sheet()
        head = first(tree.root, "GrpHdr")
        _write_head(sheet, head, advices[0])
        amounts = [_amount_of(advice) for advice in advices]
        currency = _currency(advices, amounts)
        sheet.rows.append(sheet.writer.row(HEADER))
        for advice in advices:
            _write_lines(sheet, advice, currency)
        total = _write_total(sheet, amounts, currency)
        for advice in advices:
            _write_notes(sheet, advice)
        more = (
            (f"{sheet.left_out} documents beyond {LINES_MAX} left out",) if sheet.left_out else ()
        )
        return ParsedDocument(
            source.format,
            sheet.writer.text(),
            tables=(Table(tuple(sheet.rows)),),
            metadata=_metadata(head),
            stated=_stated(sheet, total, currency),
            warnings=(*tree.warnings, *more),
        )


def _metadata(head: Node | None) -> dict[str, str]:
    created = date(head, "CreDtTm")
    return {"created": created} if created else {}


def _write_head(sheet: _Sheet, head: Node | None, advice: Node) -> None:
    payment = first(advice, "OrgnlPmtInf")
    for label, value in (
        ("Message", either(head, ("MsgId",))),
        ("From", either(head, ("InitgPty", "Nm")) or either(payment, ("Dbtr", "Nm"))),
        ("Payer", either(payment, ("UltmtDbtr", "Nm"), ("Dbtr", "Nm"), ("Dbtr", "Pty", "Nm"))),
        ("Account", either(payment, ("DbtrAcct", "Id", "IBAN"), ("DbtrAcct", "Id", "Othr", "Id"))),
        ("Date", date(payment, "ReqdExctnDt")),
        ("End to end", either(payment, ("Refs", "EndToEndId"), ("EndToEndId",))),
    ):
        if value:
            sheet.line(label, value)


def _amount_of(advice: Node) -> tuple[Decimal, str] | None:
    payment = first(advice, "OrgnlPmtInf")
    for names in PAYMENT_AMOUNTS:
        if (found := amount(first(payment, *names))) is not None:
            return found
    return None


def _currency(advices: Sequence[Node], amounts: Sequence[tuple[Decimal, str] | None]) -> str | None:
    for found in amounts:
        if found is not None and found[1]:
            return found[1]
    for advice in advices:
        for structured in every(advice, "Strd"):
            for document in read_documents(structured):
                if document.currency:
                    return document.currency
    return None


def _write_lines(sheet: _Sheet, advice: Node, currency: str | None) -> None:
    for structured in every(advice, "Strd"):
        for document in read_documents(structured):
            if len(sheet.lines) >= LINES_MAX:
                sheet.left_out += 1
            else:
                _write_line(sheet, document, document.currency or currency)


def _write_line(sheet: _Sheet, document: ReferredDocument, currency: str | None) -> None:
    """Write a document's row; what adjustments added back lessens what was cut."""
    cut = sum((each.amount for each in document.adjustments), Decimal(0))
    said = "; ".join(each.text for each in document.adjustments if each.text)[:WORDS_MAX]
    code = next((each.reason for each in document.adjustments if each.reason), None)
    paid = document.remitted
    if paid is None and document.credited is not None:
        paid = -document.credited
    values = (
        document.number,
        document.date,
        _shown(document.due, currency),
        _shown(document.discount, currency),
        _shown(cut, currency) if cut else None,
        _shown(paid, currency),
        " ".join(each for each in (code, said) if each),
    )
    cells = sheet.writer.row(value or "" for value in values)
    sheet.rows.append(cells)
    places = {
        name: (cell.start, cell.end)
        for name, cell in zip(HEADER, cells, strict=True)
        if cell.text and name not in {"date", "reason"}
    }
    sheet.lines.append(
        StatedLine(
            document.number,
            invoiced=document.due,
            paid=paid,
            discount=document.discount,
            deducted=cut if cut > 0 else None,
            code=_code(code, cells[-1]),
            text=said or None,
            places=places,
        )
    )
    if cut > 0 and document.number:
        place = (cells[0].start, cells[0].end)
        sheet.references.append(StatedReference("invoice", document.number, place))


def _code(code: str | None, cell: Cell) -> StatedCode | None:
    """Banks let payers write what they like: digits are UN/EDIFACT 4465, letters mostly X12."""
    if code is None:
        return None
    place = (cell.start, cell.start + len(code))
    if code.isdecimal():
        return StatedCode("uncl4465", code, place)
    return StatedCode("x12-426", code, place) if from_x12(code) is not None else None


def _write_total(
    sheet: _Sheet, amounts: Sequence[tuple[Decimal, str] | None], currency: str | None
) -> StatedAmount | None:
    """The payments, where every one has its amount; else what the lines add up to."""
    stated = [each for each in amounts if each is not None and each[1] in {currency, ""}]
    paid = [line.paid for line in sheet.lines if line.paid is not None]
    if len(stated) == len(amounts):
        whole = sum((each[0] for each in stated), Decimal(0))
    elif paid and not sheet.left_out:
        whole = sum(paid, Decimal(0))
    else:
        return None
    return StatedAmount(whole, sheet.line("Total", money(whole, currency)))


def _write_notes(sheet: _Sheet, advice: Node) -> None:
    nodes = [*every(advice, "Ustrd"), *every(advice, "Strd", "AddtlRmtInf")]
    for node in nodes:
        if said := text(node):
            said = said[:WORDS_MAX]
            start = sheet.writer.write(f"{said}\n")
            sheet.notes.append((start, start + len(said)))


def _shown(value: Decimal | None, currency: str | None) -> str | None:
    return None if value is None else money(value, currency)


def _stated(sheet: _Sheet, total: StatedAmount | None, currency: str | None) -> StatedPaper:
    return StatedPaper(
        kind="remittance_advice",
        references=tuple(sheet.references),
        currency=currency,
        total=total,
        lines=tuple(sheet.lines),
        notes=tuple(sheet.notes),
    )

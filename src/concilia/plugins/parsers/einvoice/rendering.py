"""A stated invoice as lines a clerk understands, and where in them each value stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import money
from concilia.documents.core.decoding import tidy
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import ParsedDocument, Table
from concilia.documents.core.stated import (
    Span,
    StatedAmount,
    StatedLine,
    StatedPaper,
    StatedReference,
)
from concilia.plugins.parsers.einvoice.labels import labels_for
from concilia.plugins.parsers.einvoice.paper import Mention, Paper, Party, Position

POSITIONS_MAX: Final = 20_000
MENTIONS_MAX: Final = 2_000
NOTES_MAX: Final = 200
PAPERS_MAX: Final = 500
COLUMNS: Final = ("position", "text", "quantity", "price", "amount")
# Written where a field must be filled and nothing is known.
PLACEHOLDERS: Final = frozenset({"", "0", "NA", "N/A", "ND", "N.D", "NONE", "NULL", "XX", "XXX"})
# What the contract calls a reference; a contract's or a receipt's number stays in the text.
REFERENCES: Final = {
    "invoice_before": "invoice",
    "order": "order",
    "delivery": "delivery",
    "claim": "claim",
    "promotion": "promotion",
    "return": "return",
}
OWN: Final = {
    "invoice": "invoice",
    "credit_note": "invoice",
    "debit_note": "claim",
    "order": "order",
    "delivery_note": "delivery",
}
SUMS: Final = ("net", "tax", "gross", "prepaid", "payable")


def one_line(value: str) -> str:
    """Return words on one line, in the form every text has."""
    return " ".join(tidy(value).split())


@dataclass(slots=True)
class Page:
    """The text while it is written: lines of a label and a value that can be found again."""

    labels: dict[str, str]
    writer: TextWriter = field(default_factory=TextWriter)

    def line(self, label: str, value: str, after: str = "") -> Span:
        """Write `label: value after` and return the place of the value."""
        said, value = one_line(self.labels.get(label, label)), one_line(value)
        self.writer.write(f"{said}: ")
        start = self.writer.write(value)
        self.writer.write(f" {one_line(after)}\n" if after else "\n")
        return start, start + len(value)

    def free(self, value: str) -> Span:
        """Write a line of its own and return its place."""
        value = one_line(value)
        start = self.writer.write(f"{value}\n")
        return start, start + len(value)

    def gap(self) -> None:
        """Write an empty line."""
        if self.writer.length:
            self.writer.write("\n")


@dataclass(slots=True)
class _Found:
    """What has been written, with its places."""

    number: Span | None = None
    kind: Span | None = None
    total: StatedAmount | None = None
    references: list[StatedReference] = field(default_factory=list)
    subjects: list[Span] = field(default_factory=list)
    notes: list[Span] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def render(
    papers: Sequence[Paper], document_format: str, warnings: Sequence[str] = ()
) -> ParsedDocument:
    """
    Return the papers of one file as a document: one paper as itself, several as a list of them.

    :param papers: at least one
    """
    shown = papers[:PAPERS_MAX]
    said = [*warnings, *_remarks(papers)]
    page = Page(labels_for(shown[0].seller.country))
    written = [_write(page, paper) for paper in shown]
    one = len(shown) == 1
    stated = _stated(shown[0], written[0]) if one else _listed(page, shown, written)
    return ParsedDocument(
        document_format,
        page.writer.text(),
        tables=tuple(table for found in written for table in found.tables),
        attachments=tuple(each for paper in shown for each in paper.attachments),
        metadata=_metadata(shown[0]) if one else {},
        stated=stated,
        warnings=tuple(said),
    )


def _remarks(papers: Sequence[Paper]) -> Iterator[str]:
    if len(papers) > PAPERS_MAX:
        yield f"{len(papers)} documents in the file, only the first {PAPERS_MAX} are read"
    if any(len(paper.positions) > POSITIONS_MAX for paper in papers):
        yield f"more than {POSITIONS_MAX} positions, the rest is left out"
    for paper in papers[:PAPERS_MAX]:
        name = paper.number or "without a number"
        whole = paper.totals.whole
        if paper.kind in {"invoice", "credit_note", "debit_note"} and whole is None:
            yield f"{name}: the document states no total"
        if paper.kind == "invoice" and whole is not None and whole < 0:
            yield f"{name}: an invoice of a negative amount, which credits"
        if paper.number is None:
            yield "the document states no number"


def _write(page: Page, paper: Paper) -> _Found:
    found = _Found()
    page.gap()
    _write_head(page, paper, found)
    _write_positions(page, paper, found)
    _write_sums(page, paper, found)
    for note in (*paper.terms, *paper.notes)[:NOTES_MAX]:
        found.notes.append(page.free(note))
    return found


def _write_head(page: Page, paper: Paper, found: _Found) -> None:
    title = page.labels[_title(paper)]
    code = f" ({paper.type_code})" if paper.type_code else ""
    start = page.writer.write(f"{title} ")
    found.kind = (start, start + len(title))
    if paper.number:
        at = page.writer.write(f"{paper.number}")
        found.number = (at, at + len(paper.number))
        if paper.kind in OWN:
            found.references.append(
                StatedReference(OWN[paper.kind], paper.number, found.number, own=True)
            )
    page.writer.write(f"{code}\n")
    _write_who_and_when(page, paper)
    if paper.buyer.code:
        place = page.line("customer", paper.buyer.code)
        found.references.append(StatedReference("customer", paper.buyer.code, place))
    if paper.buyer_reference:
        page.line("buyer_reference", paper.buyer_reference)
    for mention in paper.mentions[:MENTIONS_MAX]:
        if mention.value.strip("-._/ ").upper() not in PLACEHOLDERS:
            _write_mention(page, mention, found)


def _write_who_and_when(page: Page, paper: Paper) -> None:
    if paper.title:
        page.free(paper.title)
    for label, value in (("date", paper.date), ("due", paper.due)):
        if value:
            page.line(label, value)
    _write_party(page, "seller", paper.seller)
    _write_party(page, "buyer", paper.buyer)


def _title(paper: Paper) -> str:
    if paper.self_billed:
        return "self_billed_credit" if paper.kind == "credit_note" else "self_billed"
    papers = {
        "order": "order_paper",
        "delivery_note": "despatch_advice",
        "receiving_advice": "receipt_advice",
        "other": "order_response",
    }
    return papers.get(paper.kind, paper.kind)


def _write_party(page: Page, label: str, party: Party) -> None:
    vat = f"{page.labels['vat']} {party.vat}" if party.vat else None
    number = f"{page.labels['registration']} {party.registration}" if party.registration else None
    said = ", ".join(each for each in (party.name, vat, number, party.address) if each)
    if said:
        page.line(label, said)


def _write_mention(page: Page, mention: Mention, found: _Found) -> None:
    after = f"{page.labels['on']} {mention.date}" if mention.date else ""
    place = page.line(mention.kind, mention.value, after)
    kind = REFERENCES.get(mention.kind)
    if kind is not None:
        found.references.append(StatedReference(kind, mention.value, place))


def _write_positions(page: Page, paper: Paper, found: _Found) -> None:
    if not paper.positions:
        return
    page.gap()
    rows = [page.writer.row(page.labels[name] for name in COLUMNS)]
    for position in paper.positions[:POSITIONS_MAX]:
        cells = page.writer.row(one_line(cell) for cell in _cells(position, paper.currency))
        rows.append(cells)
        if cells[1].text:
            found.subjects.append((cells[1].start, cells[1].end))
    found.tables.append(Table(tuple(rows)))
    page.gap()


def _cells(position: Position, currency: str | None) -> Iterator[str]:
    article = f"({position.article})" if position.article else None
    yield position.number or ""
    yield " ".join(each for each in (position.text, article, position.extra) if each)
    yield " ".join(each for each in (position.quantity, position.unit) if each)
    yield position.price or ""
    yield money(position.amount, currency) if position.amount is not None else ""


def _write_sums(page: Page, paper: Paper, found: _Found) -> None:
    currency = paper.currency or ""
    for adjustment in paper.adjustments[:POSITIONS_MAX]:
        label = "charge" if adjustment.amount > 0 else "allowance"
        reason = f" ({adjustment.reason})" if adjustment.reason else ""
        page.line(label, f"{money(adjustment.amount, paper.currency)} {currency}".strip(), reason)
    for tax in paper.taxes[:NOTES_MAX]:
        base = f"{money(tax.base, paper.currency)}" if tax.base is not None else "?"
        amount = money(tax.amount, paper.currency) if tax.amount is not None else "?"
        page.line("tax", f"{tax.rate or '0'} % × {base} = {amount}")
    for name in SUMS:
        value: Decimal | None = getattr(paper.totals, name)
        if value is None:
            continue
        place = page.line(name, money(value, paper.currency), currency)
        if value == paper.totals.whole:
            found.total = StatedAmount(value, place)


def _stated(paper: Paper, found: _Found) -> StatedPaper:
    claimed = found.total if paper.kind == "debit_note" else None
    return StatedPaper(
        kind=paper.kind,
        kind_place=found.kind,
        references=tuple(found.references),
        currency=paper.currency,
        total=found.total,
        claimed=claimed,
        subjects=() if paper.self_billed else tuple(found.subjects),
        notes=(*found.notes, *found.subjects),
    )


def _listed(page: Page, papers: Sequence[Paper], written: Sequence[_Found]) -> StatedPaper:
    """A file of several documents: a line for each, their sum where one currency is used."""
    lines = tuple(_line(paper, found) for paper, found in zip(papers, written, strict=True))
    currencies = {paper.currency for paper in papers}
    kinds = {paper.kind for paper in papers}
    total = None
    wholes = [line.invoiced for line in lines]
    if len(currencies) == 1 and None not in wholes:
        whole = sum((each for each in wholes if each is not None), Decimal(0))
        page.gap()
        label = f"{len(papers)} {page.labels['documents']}"
        currency = papers[0].currency
        total = StatedAmount(whole, page.line(label, money(whole, currency), currency or ""))
    kind = kinds.pop() if len(kinds) == 1 else "invoice"
    return StatedPaper(
        kind=kind,
        kind_place=written[0].kind,
        references=tuple(each for found in written for each in found.references),
        currency=papers[0].currency if len(currencies) == 1 else None,
        total=total,
        claimed=total if kind == "debit_note" else None,
        lines=lines,
        subjects=tuple(place for found in written for place in found.subjects),
        notes=tuple(place for found in written for place in (*found.notes, *found.subjects)),
    )


def _line(paper: Paper, found: _Found) -> StatedLine:
    places = {}
    if found.number is not None:
        places["document"] = found.number
    if found.total is not None:
        places["invoiced"] = found.total.place
    whole = paper.totals.whole
    if whole is not None and paper.kind == "credit_note":
        whole = -abs(whole)
    return StatedLine(paper.number, invoiced=whole, places=places)


def _metadata(paper: Paper) -> dict[str, str]:
    contracts = [mention.value for mention in paper.mentions if mention.kind == "contract"]
    values = {
        "date": paper.date,
        "due": paper.due,
        "type": paper.type_code,
        "seller": paper.seller.name,
        "seller-vat": paper.seller.vat,
        "buyer": paper.buyer.name,
        "buyer-vat": paper.buyer.vat,
        "buyer-reference": paper.buyer_reference,
        "contract": ", ".join(contracts[:NOTES_MAX]) or None,
        "self-billed": "yes" if paper.self_billed else None,
    }
    return {name: value for name, value in values.items() if value}

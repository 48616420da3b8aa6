"""Status messages about our invoices, whatever their dialect: lines to read, values to state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import money
from concilia.documents.core.parsed import Attachment, ParsedDocument
from concilia.documents.core.stated import (
    Span,
    StatedAmount,
    StatedCode,
    StatedPaper,
    StatedReference,
)
from concilia.plugins.parsers.einvoice.rendering import Page

REASONS_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a notice: a label, a value, and what may stand behind it."""

    label: str
    value: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: a code of a list (`scheme` None for a list we give no meaning), and words."""

    scheme: str | None
    code: str | None
    name: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """
    What somebody says about our documents.

    `kind`, `reason` and `motive` are the contract's; `amounts` are labelled, `claimed` and `total`
    name the label of the one that is meant. `notes` are words of people, `remarks` of machines:
    those are shown, and no reason is read from them.
    """

    kind: str
    title: str
    status: Said
    head: tuple[Said, ...] = ()
    documents: tuple[tuple[str, Said], ...] = ()
    whys: tuple[Why, ...] = ()
    amounts: tuple[tuple[str, Decimal], ...] = ()
    currency: str | None = None
    claimed: str | None = None
    total: str | None = None
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    reason: str | None = None
    motive: str | None = None
    date: str | None = None
    attachments: tuple[Attachment, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def write_notice(
    notice: Notice, document_format: str, warnings: Sequence[str] = ()
) -> ParsedDocument:
    """Return the notice as a document."""
    page = Page({})
    page.free(notice.title)
    for said in notice.head:
        page.line(said.label, said.value, said.after)
    kind_place = page.line(notice.status.label, notice.status.value, notice.status.after)
    references = [
        StatedReference(kind, said.value, page.line(said.label, said.value, said.after))
        for kind, said in notice.documents[:REASONS_MAX]
    ]
    codes, notes = _write_whys(page, notice.whys[:REASONS_MAX])
    amounts = dict(_write_amounts(page, notice))
    notes += [page.free(note) for note in notice.notes[:REASONS_MAX]]
    for remark in notice.remarks[:REASONS_MAX]:
        page.free(remark)
    dated = {"date": notice.date} if notice.date else {}
    return ParsedDocument(
        document_format,
        page.writer.text(),
        attachments=notice.attachments,
        metadata={**notice.metadata, **dated},
        stated=StatedPaper(
            kind=notice.kind,
            kind_place=kind_place,
            references=tuple(references),
            currency=notice.currency,
            total=amounts.get(notice.total or ""),
            claimed=amounts.get(notice.claimed or ""),
            codes=tuple(codes),
            reason=notice.reason,
            motive=notice.motive,
            notes=tuple(notes),
        ),
        warnings=tuple(warnings),
    )


def _write_whys(page: Page, whys: Sequence[Why]) -> tuple[list[StatedCode], list[Span]]:
    codes: list[StatedCode] = []
    notes: list[Span] = []
    for why in whys:
        if why.code:
            place = page.line("Code", why.code, f"({why.name})" if why.name else "")
            if why.scheme is not None:
                codes.append(StatedCode(why.scheme, why.code, place))
        elif why.name:
            notes.append(page.free(why.name))
        notes += [page.free(note) for note in why.notes]
    return codes, notes


def _write_amounts(page: Page, notice: Notice) -> Iterator[tuple[str, StatedAmount]]:
    for label, value in notice.amounts[:REASONS_MAX]:
        place = page.line(label, money(value, notice.currency), notice.currency or "")
        yield label, StatedAmount(value, place)

"""
The number a business paper bears itself, beside or below its title.

`DEBIT NOTE` with `No. 7781204` on the next line, `ORDINE FORNITORE N. 558/26`, `CHGBK NO 3390117`.
Numbers of pages, postal codes, vendors and forms stand in the same places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.labels import PREFIXES
from concilia.documents.core.lexicon.list_names import ORDERED
from concilia.documents.core.lexicon.own_titles import (
    AFTER_TITLE,
    DATED,
    MARKED,
    OTHERS,
    OWN_TITLES,
    SUMS,
)
from concilia.documents.core.readings import KINDS
from concilia.documents.core.references import AMOUNT, YEAR, Reference, looks_like_a_date, masked
from concilia.documents.core.words import fold

TOP_CHARS: Final = 1200
TOP_LINES: Final = 14
BELOW_LINES: Final = 4
CELLS: Final = re.compile(r"[^\t\n]+?(?=\t| {2,}|\n|$)")
NUMBER: Final = re.compile(
    r"(?:[A-Z]{1,4}-[A-Z]{1,4} (?=\d)|[A-Z]{1,4} (?=\d{2}[\w/-]))?"
    r"(?=[A-Za-z/._-]{0,8}\d)[A-Za-z0-9]+(?:[-/_.][A-Za-z0-9]+)*(?![\w])"
)
LABEL: Final = re.compile(r"([A-Z]{1,5}) (?=\d)")
DIGITS_MIN: Final = 3
ALONE_DIGITS_MIN: Final = 5
BY_MARK_ALONE: Final = frozenset({"debit_note", "promotion_invoice"})
IN_LETTERS: Final = frozenset({"debit_note", "promotion_invoice"})


@dataclass(frozen=True, slots=True)
class _Cell:
    """A stretch of a line: its place, its plain letters, the number of its line."""

    start: int
    folded: str
    line: int


def own_number(context: Context, kind: str) -> Reference | None:
    """
    Return the number of the paper itself as its kind calls it: a charge's is a claim, an order's an
    order; None where it has none, or is a letter that only speaks of one.

    :param kind: what the document is
    """
    if kind not in OWN_TITLES or (context.is_mail and kind not in IN_LETTERS):
        return None
    named, titles = OWN_TITLES[kind]
    if kind == "order" and (listed := _listed_below(context)):
        return _reference(context, named, listed)
    cells = list(_cells(context))
    marked = None
    titled: _Cell | None = None
    for cell in cells:
        for title in titles.finditer(cell.folded):
            titled = titled or cell
            span = _behind(context, cell, *title.span())
            if span is not None:
                return _reference(context, named, span)
        marked = marked or _alone(context, cell, kind, titled)
        if marked is not None and titled is not None:
            break
    return _reference(context, named, marked) if marked is not None else None


def with_own_number(references: list[Reference], context: Context, kind: str) -> list[Reference]:
    """Return references with the paper's own number among them, whatever it was taken for."""
    own = own_number(context, kind)
    if own is None:
        return references
    others = [
        each
        for each in references
        if not (each.start < own.end and own.start < each.end)
        and each.value != own.value
        and not (each.kind == own.kind and _is_sum(each, context))
    ]
    if own.kind not in KINDS:
        return others  # a credit note's own number is no paper of the claim
    return sorted([own, *others], key=lambda each: each.start)


def _cells(context: Context) -> Iterator[_Cell]:
    """Yield the cells of the first lines, with a colon's or a mark's neighbour as one."""
    end = min([TOP_CHARS, *(table.header[0] for table in context.tables)])
    text = masked(context.live[:end])
    place = lines = 0
    for line in text.split("\n"):
        if line.strip():
            lines += 1
            for found in CELLS.finditer(line):
                gap = len(found[0]) - len(found[0].lstrip())
                yield _Cell(place + found.start() + gap, fold(found[0].strip()), lines)
        if lines >= TOP_LINES:
            return
        place += len(line) + 1


def _listed_below(context: Context) -> tuple[int, int] | None:
    """Return the number that begins the row below a column of orders: exported lines."""
    header, _, rest = context.live.partition("\n")
    if not ORDERED.fullmatch(fold(header.split("\t")[0]).strip("\ufeff ")):
        return None
    found = NUMBER.match(rest)
    return None if found is None else (len(header) + 1, len(header) + 1 + found.end())


def _behind(context: Context, cell: _Cell, start: int, end: int) -> tuple[int, int] | None:
    """Return the number behind a title in its cell, if no other paper's or party's is meant."""
    after = AFTER_TITLE.match(cell.folded, end)
    if after is None or OTHERS.search(cell.folded, end, after.end()):
        return None
    if SUMS.search(cell.folded, 0, start):
        return None
    return _number_at(context, cell, after.end(), ended=False)


def _alone(
    context: Context, cell: _Cell, kind: str, titled: _Cell | None
) -> tuple[int, int] | None:
    """Return the number that fills a cell, with a mark or beside the title or right below it."""
    mark = MARKED.match(cell.folded)
    near = titled is not None and cell.line <= titled.line + BELOW_LINES
    if mark is not None and (near or kind in BY_MARK_ALONE):
        return _number_at(context, cell, mark.end(), ended=True)
    if titled is None or cell is titled or cell.line > titled.line + 1:
        return None
    span = _number_at(context, cell, 0, ended=True)
    if span is None:
        return None
    value = context.live[slice(*span)]
    digits = sum(map(str.isdigit, value))
    lettered = not value.isdigit() and "." not in value
    return span if (lettered and digits >= DIGITS_MIN) or digits > ALONE_DIGITS_MIN else None


def _number_at(
    context: Context, cell: _Cell, offset: int, *, ended: bool
) -> tuple[int, int] | None:
    """
    Return the span of a number at an offset of a cell.

    :param ended: whether nothing but its date may stand behind it
    """
    start = cell.start + offset
    found = NUMBER.match(context.live, start, cell.start + len(cell.folded))
    if found is None:
        return None
    value = found[0]
    rest = cell.folded[found.end() - cell.start :]
    if AMOUNT.fullmatch(value) or looks_like_a_date(value) or YEAR.fullmatch(value):
        return None
    if sum(map(str.isdigit, value)) < DIGITS_MIN and not (offset and ended):
        return None
    if rest[:1] in {",", "."} and rest[1:2].isdigit():
        return None
    return None if ended and not DATED.match(rest) else found.span()


def _reference(context: Context, kind: str, span: tuple[int, int]) -> Reference:
    start, end = span
    label = LABEL.match(context.live, start, end)
    if label is not None and label[1] in PREFIXES:
        start = label.end()
    return Reference(kind, context.live[start:end], start, end)


def _is_sum(reference: Reference, context: Context) -> bool:
    """`Total cargo 562`: what stands on a line of sums is no number."""
    begin = context.folded.rfind("\n", 0, reference.start) + 1
    return bool(SUMS.search(context.folded, begin, reference.start))

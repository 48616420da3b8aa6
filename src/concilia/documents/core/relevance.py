"""
Which of the numbers in a document belong to its claim.

Not those of items the writer says are paid, nor the rest of a reminder's list (interfaces.md).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import Final

from concilia.documents.core.context import Context
from concilia.documents.core.references import Reference
from concilia.documents.core.scoring import Scored

PAID: Final = "NR-08"
FOCUS_MIN: Final = 3.0
OWN_CHARS: Final = 40
SETTLED_KINDS: Final = frozenset({"claim", "payment_reply", "credit_request"})


def relevant_references(context: Context, kind: str) -> list[Reference]:
    """Return the references that are what the document is about, in order."""
    listed = _listed(context)
    references = [
        _own(each, context, kind)
        for each in context.references
        if not any(start <= each.start < end for start, end in listed)
    ]
    if kind not in SETTLED_KINDS:
        return references
    starts = [token.start for token in context.tokens]
    sentence_of = {
        reference: context.tokens[max(0, bisect_right(starts, reference.start) - 1)].sentence
        for reference in references
        if context.tokens
    }
    focus = _sentences(context.reasons, FOCUS_MIN) | _sentences(
        [each for each in context.motives if each.label != PAID], FOCUS_MIN
    )
    focus |= _sentences([each for label, each in context.wishes.items() if label == "claim"], 3.0)
    focus |= _sentences(
        [each for label, each in context.reply_signs.items() if label == "promise"], 3.0
    )
    paid = _sentences([each for each in context.motives if each.label == PAID], FOCUS_MIN)
    reminded = _sentences(
        [each for label, each in context.reply_signs.items() if label == "reminder"], 2.0
    )
    beside = (paid | reminded) - focus
    kept = [
        each
        for each in references
        if each.kind != "invoice" or sentence_of.get(each, -1) not in beside
    ]
    if any(each.kind == "invoice" for each in kept):
        return kept
    return references


def _listed(context: Context) -> list[tuple[int, int]]:
    """Return the places of the documents in tables: those are lines."""
    return [
        (line.cells["document"].start, line.cells["document"].end)
        for table in context.tables
        for line in table.lines
        if "document" in line.cells
    ]


def _own(reference: Reference, context: Context, kind: str) -> Reference:
    """The number a promotion invoice bears itself is the sender's own, not one of our invoices."""
    own = kind == "promotion_invoice" and reference.kind == "invoice"
    titles = context.titles.get("invoice") or context.titles.get("promotion_invoice")
    if own and titles and any(0 <= reference.start - hit.start < OWN_CHARS for hit in titles.hits):
        return replace(reference, kind="claim")
    return reference


def _sentences(scored: list[Scored], weight: float) -> set[int]:
    return {hit.sentence for each in scored for hit in each.hits if hit.weight >= weight}

"""
A PDF that carries its invoice as XML (Factur-X, ZUGFeRD): what the XML states is what counts.

The pages stay the text a person sees; where a stated value stands on them too, both are evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount, find_amounts
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.readings import Evidence, Reading

HYBRID: Final = "facturx"
HYBRID_FORMATS: Final = frozenset({"cii", "ubl-invoice", "ubl-credit-note"})
NUMBER_CHARS_MIN: Final = 3
SHOWN_CHARS_MAX: Final = 100_000
AMOUNTS: Final = frozenset({"total_amount", "claimed_amount"})


def with_embedded(body: Reading, parts: Sequence[Reading], parsed: ParsedDocument) -> Reading:
    """
    Return the PDF's reading: the embedded invoice's values, or the pages' with a warning.

    :param body: the pages by themselves, with the parts already in it
    """
    place, invoice = _embedded(parts)
    if invoice is None:
        return replace(body, warnings=(*body.warnings, *_problems(parts)))
    moved = tuple(each._replace(part=place) for each in invoice.evidence)
    shown = tuple(_on_the_pages(invoice, parsed))
    doubts = tuple(_contradiction(invoice, parsed))
    return replace(
        body,
        language=body.language or invoice.language,
        kind=invoice.kind,
        kind_confidence=invoice.kind_confidence,
        reason=invoice.reason,
        reason_confidence=invoice.reason_confidence,
        alternatives=invoice.alternatives,
        non_payment_reason=None,
        promise=None,
        references=invoice.references,
        claimed_amount=invoice.claimed_amount,
        currency=invoice.currency or body.currency,
        total_amount=invoice.total_amount,
        lines=invoice.lines,
        needs_review=invoice.needs_review or bool(doubts),
        evidence=(*moved, *shown),
        warnings=(*body.warnings, *invoice.warnings, *doubts),
    )


def _embedded(parts: Sequence[Reading]) -> tuple[str, Reading | None]:
    for number, part in enumerate(parts, start=1):
        if part.format in HYBRID_FORMATS and part.error is None:
            return str(number), part
    return "", None


def _problems(parts: Sequence[Reading]) -> Iterator[str]:
    for part in parts:
        if part.error is not None and part.source.lower().endswith(".xml"):
            yield f"the embedded invoice was not read, the pages were: {part.error}"


def _on_the_pages(invoice: Reading, parsed: ParsedDocument) -> Iterator[Evidence]:
    """Yield where the pages show what the XML states."""
    text = parsed.text[:SHOWN_CHARS_MAX]
    amounts = find_amounts(text)
    for each in invoice.evidence:
        if each.field in AMOUNTS:
            found = _shown(Decimal(each.text), amounts)
            span = (found.start, found.end) if found else None
        elif each.field.startswith("references."):
            span = _whole_word(each.text, text)
        else:
            span = None
        if span is not None:
            yield Evidence(
                each.field, text[span[0] : span[1]], None, parsed.page_of(span[0]), *span
            )


def _whole_word(number: str, text: str) -> tuple[int, int] | None:
    """Return where a number stands by itself; a very short one could be anything."""
    if len(number) < NUMBER_CHARS_MIN:
        return None
    found = re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text)
    return found.span() if found else None


def _shown(value: Decimal, amounts: Sequence[Amount]) -> Amount | None:
    return next((each for each in reversed(amounts) if abs(each.value) == abs(value)), None)


def _contradiction(invoice: Reading, parsed: ParsedDocument) -> Iterator[str]:
    """Pages that show amounts, but not the one the XML states, may be another invoice."""
    amounts = find_amounts(parsed.text[:SHOWN_CHARS_MAX])
    if invoice.total_amount is None or not amounts:
        return
    if _shown(Decimal(invoice.total_amount), amounts) is None:
        stated = invoice.total_amount
        yield f"the pages do not show the total the embedded invoice states ({stated})"

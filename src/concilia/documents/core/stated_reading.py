"""A structured message in the terms of the contract: what it states, and what its codes mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import money
from concilia.documents.core.context import Context
from concilia.documents.core.kinds import CLAIMING, PROMOTION_REASONS
from concilia.documents.core.language import detect_language
from concilia.documents.core.line_reading import (
    UNEXPLAINED_CONFIDENCE,
    ReadLine,
    reason_of_words,
)
from concilia.documents.core.scoring import Choice
from concilia.documents.core.stated import Span, StatedCode, StatedLine, StatedPaper
from concilia.kernel.reasons import OTHER, UNIDENTIFIED

CODE_CONFIDENCE: Final = 0.95
CODE_AGREED: Final = 0.97
FIXED_CONFIDENCE: Final = 0.98
OTHER_CONFIDENCE: Final = 0.5
BILLED: Final = PROMOTION_REASONS - {"CO-08", "CO-11"}  # displays and vouchers are goods, too
CLEAR: Final = 0.8  # what a position must be said with to make an invoice a promotion's
SUBJECTS_MAX: Final = 200
VAGUE: Final = frozenset({UNIDENTIFIED, OTHER})  # codes that say "see the text"


def settled(paper: StatedPaper, context: Context) -> StatedPaper:
    """
    Return the paper with its kind decided: its code calls a promotion invoice an invoice.

    Its own number is then the sender's claim, and its total is what they claim.
    """
    if paper.kind != "invoice" or not _bills_promotions(paper, context):
        return paper
    references = tuple(
        replace(each, kind="claim") if each.own else each for each in paper.references
    )
    return replace(
        paper,
        kind="promotion_invoice",
        references=references,
        claimed=paper.claimed or paper.total,
        notes=paper.subjects,
    )


def _bills_promotions(paper: StatedPaper, context: Context) -> bool:
    """Whether every single thing billed is clearly a promotion, rebate or marketing service."""
    if not 0 < len(paper.subjects) <= SUBJECTS_MAX:
        return False
    text = context.parsed.text
    words = [text[start:end] for start, end in paper.subjects]
    language = detect_language("\n".join(words))
    for each in words:
        said = reason_of_words(each, language)
        if said is None or said.label not in BILLED or said.confidence < CLEAR:
            return False
    return True


def lines_of(paper: StatedPaper, context: Context) -> tuple[ReadLine, ...]:
    """Return the lines as the contract shows them."""
    language = language_of(paper, context)
    return tuple(_line(each, paper.currency, language) for each in paper.lines)


def language_of(paper: StatedPaper, context: Context) -> str | None:
    """Return the language of the free text, None where the message has none."""
    return detect_language(_notes(paper, context)) if paper.notes else None


def claimed_of(paper: StatedPaper) -> Decimal | None:
    """Return what is claimed: as stated, else what the lines took off."""
    if paper.claimed is not None:
        return paper.claimed.value
    if paper.kind not in CLAIMING and paper.kind != "remittance_advice":
        return None
    cut = [line.deducted for line in paper.lines if line.deducted]
    return sum(cut, Decimal(0)) if cut else None


def reasons_of(paper: StatedPaper, context: Context, *, claimed: bool) -> list[Choice]:
    """
    Return the reasons, the likeliest first.

    What the format fixes comes first, then what the lines say, then codes and words of the whole.
    """
    if paper.reason is not None:
        return [Choice(paper.reason, FIXED_CONFIDENCE)]
    language = language_of(paper, context)
    if any(line.code or line.text for line in paper.lines if line.deducted):
        return _reasons_of_lines(paper, language)
    notes = _notes(paper, context)
    found = [choice for code in paper.codes for choice in _choices(code, notes, language)]
    found = found or _choices(None, notes, language)
    if not found and (claimed or any(line.deducted for line in paper.lines)):
        return [Choice(UNIDENTIFIED, UNEXPLAINED_CONFIDENCE)]
    return _ranked(found)


def places_of(paper: StatedPaper) -> Iterator[tuple[str, Span]]:
    """Yield the field and the place of each value."""
    if paper.kind_place is not None:
        yield "kind", paper.kind_place
    yield from (("reason", code.place) for code in paper.codes)
    yield from ((f"references.{each.kind}", each.place) for each in paper.references)
    for name, amount in (("claimed_amount", paper.claimed), ("total_amount", paper.total)):
        if amount is not None:
            yield name, amount.place
    for index, line in enumerate(paper.lines):
        yield from ((f"lines.{index}.{name}", place) for name, place in line.places.items())
        if line.code is not None:
            yield f"lines.{index}.reason", line.code.place


def _line(line: StatedLine, currency: str | None, language: str | None) -> ReadLine:
    choices = _line_choices(line, language) if line.deducted or line.reason else []
    return ReadLine(
        document=line.document,
        invoiced=_shown(line.invoiced, currency),
        paid=_shown(line.paid, currency),
        discount=_shown(line.discount, currency),
        deducted=_shown(line.deducted, currency) if line.deducted else None,
        reason=choices[0].label if choices else None,
        reason_text=line.text or (line.code.value if line.code is not None else None),
    )


def _line_choices(line: StatedLine, language: str | None) -> list[Choice]:
    if line.reason is not None:
        return [Choice(line.reason, FIXED_CONFIDENCE)]
    found = _choices(line.code, line.text or "", language)
    return found or [Choice(UNIDENTIFIED, UNEXPLAINED_CONFIDENCE)]


def _reasons_of_lines(paper: StatedPaper, language: str | None) -> list[Choice]:
    """Weigh the reasons of the lines by what each took off."""
    whole = sum((line.deducted for line in paper.lines if line.deducted), Decimal(0))
    weights: dict[str, float] = {}
    for line in paper.lines:
        if line.deducted:
            share = float(line.deducted / whole)
            for choice in _line_choices(line, language):
                weights[choice.label] = weights.get(choice.label, 0.0) + share * choice.confidence
    return _ranked([Choice(label, weight) for label, weight in weights.items()])


def _ranked(choices: list[Choice]) -> list[Choice]:
    """Each reason once, the likeliest first; among equals the order of the code list stays."""
    best: dict[str, Choice] = {}
    for choice in choices:
        if choice.label not in best or best[choice.label].confidence < choice.confidence:
            best[choice.label] = choice
    return sorted(best.values(), key=lambda each: -each.confidence)


def _choices(code: StatedCode | None, words: str, language: str | None) -> list[Choice]:
    """What the code may mean; where that is several, the words choose, else the first (R-2.2)."""
    said = reason_of_words(words, language) if words.strip() else None
    meaning = code.meaning if code is not None else None
    vague = meaning is not None and (meaning.code in VAGUE or OTHER in meaning.candidates)
    if meaning is None or (said is not None and vague):
        return [said] if said is not None else []
    if OTHER in meaning.candidates:  # a code called "other" means anything: a person looks
        return [Choice(OTHER, OTHER_CONFIDENCE)]
    if said is not None and said.label in meaning.candidates:
        return [Choice(said.label, CODE_AGREED)]
    share = CODE_CONFIDENCE / len(meaning.candidates)
    return [Choice(each, share) for each in meaning.candidates]


def _notes(paper: StatedPaper, context: Context) -> str:
    text = context.parsed.text
    return "\n".join(text[start:end] for start, end in paper.notes)


def _shown(value: Decimal | None, currency: str | None) -> str | None:
    return None if value is None else money(value, currency)

"""A message and its parts as one reading: the body says "see attached", the PDF says what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.doubt import needs_review
from concilia.documents.core.hybrid import HYBRID, with_embedded
from concilia.documents.core.kinds import CLAIMING, SETTLING
from concilia.documents.core.line_reading import ReadLine, lines_of_reason, recast
from concilia.documents.core.parsed import RECOGNISED, ParsedDocument
from concilia.documents.core.readings import KINDS, Evidence, Reading
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.core.words import fold

COVER: Final = re.compile(
    r"attach|enclos|see (?:the )?(?:pdf|file|document)|allegat|in allegato|ci-?joint|piece jointe|"
    r"joint[es]?\b|adjunt|anexo|anbei|anhang|beigefugt|anlage|beiliegend"
)
COVER_CHARS_MAX: Final = 700
LEADING: Final = ("debit_note", "credit_request", "promotion_invoice", "remittance_advice", "claim")
SUPPORTING: Final = frozenset(
    {"invoice", "order", "delivery_note", "proof_of_delivery", "receiving_advice", "credit_note"}
)
LEADING_MIN: Final = 0.6
UNCERTAIN: Final = 0.6
LISTING: Final = frozenset({"other", "invoice"})
LISTED_MAX: Final = 3
EDI: Final = ("x12", "edifact")
AUTOMATIC: Final = frozenset({"bounce", "auto_reply"})


def combine(
    body: Reading, parts: Sequence[Reading], parsed: ParsedDocument, told: Told = NOTHING
) -> Reading:
    """
    Return the message's reading with its parts in it.

    :param body: the message by itself
    :param parts: the readings of its attachments and nested messages, already combined themselves
    :param told: what people said a message like this is; no part says otherwise
    """
    whole = _combined(body, parts, parsed, told)
    if any(_says_several(each) for each in (whole, *parts)):
        return replace(whole, needs_review=True)
    return whole


def _says_several(reading: Reading) -> bool:
    """Whether an EDI file holds several messages to act upon, of which a reading tells only one."""
    if not (reading.format or "").startswith(EDI):
        return False
    return sum(part.kind in SETTLING for part in reading.parts) > 1


def _combined(
    body: Reading, parts: Sequence[Reading], parsed: ParsedDocument, told: Told
) -> Reading:
    whole = replace(body, parts=tuple(parts))
    if not parts or body.kind in AUTOMATIC:
        return whole
    if parsed.format == HYBRID:
        return with_embedded(whole, parts, parsed)
    leader = _leader(body, parts, parsed)
    if leader is None or (told.kind and leader[1].kind != body.kind):
        return _with_articles(_supported(whole, parts))
    index, part = leader
    merged = _with_articles(_merged(whole, part, str(index + 1)))
    if told.reason and merged.reason:
        label, confidence = told.reason.label, told.reason.confidence
        merged = replace(merged, reason=label, reason_confidence=confidence)
    return replace(merged, needs_review=needs_review(merged))


def _with_articles(whole: Reading) -> Reading:
    """Whatever the message is taken for: if only one paper in it lists articles, it is those."""
    listing = [part.articles for part in whole.parts if part.articles]
    if whole.kind not in CLAIMING or whole.articles or len(listing) != 1:
        return whole
    return replace(whole, articles=listing[0])


def _leader(
    body: Reading, parts: Sequence[Reading], parsed: ParsedDocument
) -> tuple[int, Reading] | None:
    """Return the part that says what the message is about, if the body leaves it to a part."""
    candidates = [
        (index, part)
        for index, part in enumerate(parts)
        if part.error is None and part.kind not in AUTOMATIC
    ]
    leading = [pair for pair in candidates if pair[1].kind in LEADING]
    if leading:
        best = max(leading, key=lambda pair: pair[1].kind_confidence)
        if best[1].kind_confidence >= LEADING_MIN and _leaves_it(body, parsed, best[1]):
            return best
    if body.kind == "other" or body.kind_confidence < UNCERTAIN:
        other = [pair for pair in candidates if pair[1].kind != "other"]
        if other:
            return max(other, key=lambda pair: pair[1].kind_confidence)
    return None


def _leaves_it(body: Reading, parsed: ParsedDocument, part: Reading) -> bool:
    if body.kind in {part.kind, "other"} or body.kind_confidence < UNCERTAIN:
        return True
    if body.kind == "payment_reply":
        return part.kind == "remittance_advice" and body.non_payment_reason in {
            None,
            "NR-08",
            "NR-00",
        }
    text = parsed.text.strip()
    short = len(text) <= COVER_CHARS_MAX
    return part.kind != "claim" and short and bool(COVER.search(fold(text)))


def _merged(body: Reading, part: Reading, place: str) -> Reading:
    """Take the kind from the part, and every other field from whichever says it."""
    same = body.kind == part.kind
    confidence = part.kind_confidence
    if same:
        confidence = 1 - (1 - body.kind_confidence) * (1 - part.kind_confidence)
    reason_from_part = (part.reason_confidence or 0.0) >= (body.reason_confidence or 0.0)
    reasoned = part if reason_from_part else body
    return replace(
        body,
        kind=part.kind,
        kind_confidence=confidence,
        language=body.language or part.language,
        reason=reasoned.reason,
        reason_confidence=reasoned.reason_confidence,
        alternatives=reasoned.alternatives,
        non_payment_reason=part.non_payment_reason if part.kind == "payment_reply" else None,
        promise=body.promise or part.promise,
        references=_union(body.references, part.references, part.kind),
        claimed_amount=part.claimed_amount or body.claimed_amount,
        currency=part.currency or body.currency,
        total_amount=part.total_amount or body.total_amount,
        lines=lines_of_reason(part.lines or body.lines, part.kind, reasoned.reason),
        articles=part.articles or body.articles,
        evidence=(*_kept(body, part), *_moved(part.evidence, place)),
        warnings=_warnings(body, part),
        seen=body.seen.joined(part.seen),
    )


def _warnings(whole: Reading, part: Reading) -> tuple[str, ...]:
    """What was taken from a picture is as unsure in the message as it is in the picture."""
    if RECOGNISED in part.warnings and RECOGNISED not in whole.warnings:
        return (*whole.warnings, RECOGNISED)
    return whole.warnings


def _union(
    body: dict[str, tuple[str, ...]], part: dict[str, tuple[str, ...]], kind: str
) -> dict[str, tuple[str, ...]]:
    if kind == "remittance_advice":
        return {
            name: part.get(name, ()) or (() if name == "invoice" else body.get(name, ()))
            for name in KINDS
        }
    return {
        name: tuple(dict.fromkeys((*body.get(name, ()), *part.get(name, ())))) for name in KINDS
    }


def _supported(whole: Reading, parts: Sequence[Reading]) -> Reading:
    """The body leads; parts fill in what it leaves open."""
    if whole.kind not in SETTLING:
        return _of_the_same_kind(whole, parts)
    for index, part in enumerate(parts, start=1):
        if part.error is None and part.kind not in AUTOMATIC:
            whole = _filled(whole, part, str(index))
    return replace(whole, needs_review=needs_review(whole))


def _of_the_same_kind(whole: Reading, parts: Sequence[Reading]) -> Reading:
    """A mail `please find our invoice` takes the total and the lines from the invoice."""
    same = next((part for part in parts if part.kind == whole.kind and part.error is None), None)
    if same is None or whole.total_amount is not None:
        return whole
    return replace(
        whole,
        total_amount=same.total_amount,
        currency=same.currency or whole.currency,
        lines=whole.lines or same.lines,
    )


def _filled(whole: Reading, part: Reading, place: str) -> Reading:
    """Take from a part what is still open."""
    references = _open_references(whole, part)
    taken = [f"references.{name}" for name in references]
    amounted = (
        whole.claimed_amount is None and part.kind in CLAIMING and part.claimed_amount is not None
    )
    tells = part.kind in SETTLING or (part.kind in LISTING and whole.kind != "payment_reply")
    listed = not whole.lines and bool(part.lines) and tells
    taken += ["claimed_amount"] * amounted + ["lines"] * listed
    claimed = part.claimed_amount if amounted else whole.claimed_amount
    told = [each for each in part.evidence if each.field.startswith(tuple(taken))]
    lines: tuple[ReadLine, ...] = ()
    if listed:
        recasted = recast(part.lines, whole.kind, whole.language)
        lines = lines_of_reason(recasted, whole.kind, whole.reason)
        references["invoice"] = _listed_invoices(whole, lines)
    paid = [Decimal(each.paid) for each in lines if each.paid]
    cut = [Decimal(each.deducted) for each in lines if each.deducted]
    if claimed is None and listed and whole.kind in CLAIMING and len(cut) == len(lines):
        claimed = str(sum(cut, Decimal(0)))  # `please credit as per the list`
    summed = listed and whole.kind == "remittance_advice" and whole.total_amount is None and paid
    if claimed is None and listed and whole.kind == "remittance_advice":
        claimed = _cut_in(lines)
    beside = part.currency if listed else None
    return replace(
        whole,
        total_amount=str(sum(paid, Decimal(0))) if summed else whole.total_amount,
        references={**whole.references, **references},
        claimed_amount=claimed,
        currency=part.currency if amounted else whole.currency or beside,
        lines=lines if listed else whole.lines,
        evidence=(*whole.evidence, *_moved(told, place)),
        warnings=_warnings(whole, part) if taken else whole.warnings,
    )


def _cut_in(lines: Sequence[ReadLine]) -> str | None:
    """Return what the lines of a remittance were cut by."""
    cut = [Decimal(each.deducted) for each in lines if each.deducted]
    return str(sum(cut, Decimal(0))) if cut else None


def _listed_invoices(whole: Reading, lines: Sequence[ReadLine]) -> tuple[str, ...]:
    """Return the invoices of the lines: those that were cut, for a remittance only these."""
    cut = [each.document for each in lines if each.deducted and each.document]
    named = () if whole.kind == "remittance_advice" else whole.references.get("invoice", ())
    return tuple(dict.fromkeys((*named, *cut)))


def _open_references(whole: Reading, part: Reading) -> dict[str, tuple[str, ...]]:
    """Return the part's numbers of kinds the message names none of; long lists are not meant."""
    limit = LISTED_MAX if part.kind in SUPPORTING else len(KINDS) * LISTED_MAX
    return {
        name: part.references[name]
        for name in KINDS
        if not whole.references.get(name) and 0 < len(part.references.get(name, ())) <= limit
    }


def _kept(body: Reading, part: Reading) -> list[Evidence]:
    """Keep the body's places for what was not taken from the part."""
    replaced = {"kind"}
    if part.claimed_amount:
        replaced.add("claimed_amount")
    if part.total_amount:
        replaced.add("total_amount")
    return [each for each in body.evidence if each.field not in replaced]


def _moved(evidence: Sequence[Evidence], place: str) -> list[Evidence]:
    return [
        Evidence(
            field=each.field,
            text=each.text,
            part=place if each.part is None else f"{place}.{each.part}",
            page=each.page,
            start=each.start,
            end=each.end,
        )
        for each in evidence
    ]

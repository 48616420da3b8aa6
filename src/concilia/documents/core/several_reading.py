"""A message that contests several things: the first is its reading, the others beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from concilia.documents.core.amounts import money
from concilia.documents.core.context import Context
from concilia.documents.core.readings import Reading
from concilia.documents.core.several import TAKEN_APART, Part, parts_of, parts_of_lines

OURS = ("invoice", "order", "delivery")


def several_of(context: Context, reading: Reading) -> tuple[Part, ...]:
    """Return the separate claims of one document, none where it is one claim."""
    claimed = Decimal(reading.claimed_amount) if reading.claimed_amount else None
    if context.told.reason is not None:
        return ()
    if reading.lines:
        return parts_of_lines(reading.lines, reading.kind, claimed, reading.currency)
    return parts_of(context, reading.kind, claimed)


def taken_apart(
    said: dict[str, Any], parts: Sequence[Part], context: Context, place: str
) -> dict[str, Any]:
    """
    Return a reading (as JSON) that is about its main claim only, with `further_claims` beside it.

    :param said: the whole message's reading
    :param parts: its claims; empty leaves it as it is
    :param place: where in the message they stand (`1`), empty for the message itself
    """
    if not parts or said["kind"] not in TAKEN_APART:
        return {**said, "further_claims": []}
    main = next((part for part in parts if part.reason == said["reason"]), parts[0])
    others = [part for part in parts if part is not main]
    claim = _claim(main, said, context, place)
    theirs = {
        name: {text for each in others for text in each.references.get(name, ())} for name in OURS
    }
    references = {
        name: [text for text in texts if text not in theirs.get(name, ())]
        for name, texts in said["references"].items()
    }
    own = ("kind", "total_amount", "references.claim", "references.customer")
    kept = [each for each in said["evidence"] if each["field"] in own]
    return {
        **said,
        **{name: value for name, value in claim.items() if name not in {"references", "evidence"}},
        "reason_confidence": claim["reason_confidence"] or said["reason_confidence"],
        "currency": claim["currency"] or said["currency"],
        "references": references,
        "evidence": [*kept, *claim["evidence"]],
        "further_claims": [_claim(part, said, context, place) for part in others],
    }


def _claim(part: Part, said: dict[str, Any], context: Context, place: str) -> dict[str, Any]:
    spots = [
        {
            "field": name,
            "text": context.parsed.text[start:end],
            "part": place or None,
            "page": context.parsed.page_of(start),
            "start": start,
            "end": end,
        }
        for name, start, end in part.places
    ]
    confidence = None if part.confidence is None else round(part.confidence, 3)
    return {
        "reason": part.reason,
        "reason_confidence": confidence,
        "alternatives": [
            {"reason": each.label, "confidence": round(each.confidence, 3)}
            for each in part.alternatives
        ],
        "references": {name: list(texts) for name, texts in part.references.items()},
        "claimed_amount": money(part.amount, part.currency) if part.amount is not None else None,
        "currency": part.currency,
        "lines": [said["lines"][n] for n in part.lines],
        "evidence": [*spots, *_of_lines(part, said)],
    }


def _of_lines(part: Part, said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The places of its lines, counted anew."""
    for place in said["evidence"]:
        first, _, rest = place["field"].partition(".")
        number, _, name = rest.partition(".")
        if first == "lines" and number.isdecimal() and int(number) in part.lines:
            yield {**place, "field": f"lines.{part.lines.index(int(number))}.{name}"}

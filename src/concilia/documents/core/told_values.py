"""Numbers and amounts found by the words people said stand before them."""

from __future__ import annotations

from collections.abc import Iterator

from concilia.documents.core.context import Context
from concilia.documents.core.told import SPACE_CHARS_MAX, places_after, value_after
from concilia.documents.core.totals import Found

REFERENCE = "references."
NOT = "-"


def with_told_references(
    context: Context, values: dict[str, list[str]]
) -> Iterator[tuple[str, int, int]]:
    """
    Put what labels say into lists of numbers by kind; yield field and place of each that is new.

    What a label says is no number of a kind is taken from that kind first.
    """
    told = [(name, words) for name, words in context.told.labels if REFERENCE in name]
    for name, words in sorted(told, key=lambda each: not each[0].startswith(NOT)):
        listed = values.get(name.partition(".")[2])
        if listed is None:
            continue
        for place in places_after(words, context.tokens):
            found = value_after(context.live, place)
            if found is None:
                continue
            value, start, end = found
            if name.startswith(NOT):
                listed[:] = [each for each in listed if each != value]
            elif value not in listed:
                listed.append(value)
                yield name, start, end


def amount_told(context: Context, field: str) -> Found | None:
    """The amount that stands where people said it stands; None if there is none."""
    for name, words in context.told.labels:
        if name != field:
            continue
        for place in places_after(words, context.tokens):
            for amount in context.amounts:
                between = context.live[place : amount.start]
                if 0 <= amount.start - place <= SPACE_CHARS_MAX and "\n" not in between:
                    return Found(abs(amount.value), amount.currency, amount.start, amount.end)
    return None

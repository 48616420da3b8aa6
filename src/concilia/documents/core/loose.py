"""Numbers in a text that nothing else was made of: each may be one that was overlooked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from concilia.documents.core.context import Context
from concilia.documents.core.references import masked
from concilia.documents.core.unlabelled import of_things

LONG: Final = re.compile(r"(?<![\w.,/-])[A-Za-z]{0,6}[-/_.]?\d[\w/.\-]{2,40}")
# `RR-HD-26-118`, `FOL-PV26-07`: several groups of letters before the digits.
LETTERED: Final = re.compile(
    r"(?<![\w.,/+-])(?:[A-Za-z]{1,8}[-/_.])(?:(?:[A-Za-z]{1,8}[-/_.]){1,3}[A-Za-z]{0,6}|[A-Za-z]{1,6})"
    r"\d[A-Za-z0-9]*(?:[-/_.][A-Za-z0-9]+){0,6}"
)
GROUPS: Final = re.compile(r"(?<![\w.,/+-])\d{1,5}(?: \d{1,5}){2,5}(?![\w]|[.,/:-]\d)")
DIGITS_MIN: Final = 3


def _all(text: str) -> Iterator[re.Match[str]]:
    yield from LONG.finditer(text)
    blanked = masked(text)
    yield from GROUPS.finditer(blanked)
    yield from LETTERED.finditer(blanked)


def loose_numbers(context: Context) -> int:
    """
    Return how many long numbers of the live text are no reference, amount or date, and by no word
    beside them an article's or a vehicle's.
    """
    known = bytearray(len(context.live))
    taken = [
        *((each.start, each.end) for each in context.references),
        *((each.start, each.end) for each in context.amounts),
        *((each.start, each.end) for each in context.dates),
    ]
    for start, end in taken:
        known[start:end] = b"\x01" * (end - start)
    spans = sorted(
        (found.start(), found.start() + len(found[0].rstrip(".-/_")))
        for found in _all(context.live)
        if not any(known[slice(*found.span())])
        and sum(char.isdigit() for char in found[0]) >= DIGITS_MIN
    )
    loose = {context.live[slice(*span)] for span in spans}
    return len(loose - of_things(context.live, spans)) if loose else 0

"""
Numbers of invoices, orders, deliveries, customers, claims, promotions and returns in a text.

A number is found by the word before it (`fattura n. 12/A del ...`, `PO 4500012345`), in lists after
such a word (`invoices 101, 102 and 103`), or by a shape that speaks for itself (`INV-2026-00123`).
Values come out as printed, without the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from concilia.documents.core.lexicon.labels import (
    BETWEEN,
    JOINER,
    LABELS,
    NUMBER_WORDS,
    OTHER_NUMBERS,
    PHONE,
    PREFIXES,
    SHORT_WORDS,
    UNIT,
)
from concilia.documents.core.words import fold

KINDS: Final = ("invoice", "order", "delivery", "customer", "claim", "promotion", "return")

FILLER: Final = re.compile(
    rf"(?:[ \t\u00a0]*{NUMBER_WORDS}[ \t\u00a0]*){{0,6}}(?::?\s*\n\s*[-*\u2022#]?)?[ \t\u00a0]*"
)
AGAIN: Final = re.compile(rf"(?:[ \t\u00a0]*{SHORT_WORDS}[ \t\u00a0]*){{0,2}}[ \t\u00a0]*")
BARE: Final = re.compile(r"[A-Za-z0-9]+(?:[-/_.\\][A-Za-z0-9]+)*")
SPACED_PREFIX: Final = re.compile(r"([A-Z]{1,5}) (\d[\dA-Za-z]*(?:[-/_.][A-Za-z0-9]+)*)")
SLASHED: Final = re.compile(r"\d+ ?/ ?\d+(?: ?/ ?[A-Za-z0-9]+)?")
DATE: Final = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]?"
)
AMOUNT: Final = re.compile(r"(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)[.,]\d{2}")
YEAR: Final = re.compile(r"20(?:2[3-9]|30)")
IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{2,4}){3,8}\b")
# What stands before an @ is as long as an address may be: a wall of letters is read in one go.
URL: Final = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,254}@\S+")
SHAPED: Final = re.compile(
    r"(?<![\w/.-])(?P<prefix>[A-Z]{1,6})(?P<sep>[-/_.]?)(?P<rest>\d{2,}(?:[-/_.][A-Z0-9]+)*[A-Z]?)(?![\w]|[.,]\d)"
)
SAP_ORDER: Final = re.compile(r"(?<![\w/.-])45\d{8}(?![\w])")
ATTACHED: Final = re.compile(r"[-/_]?\d")
LIST_MAX: Final = 400
DIGITS_BARE_MIN: Final = 2
SHAPED_DIGITS_MIN: Final = 4
SHORT_SLASHED: Final = re.compile(r"\d{1,6}/\d{1,2}")
GOES_ON: Final = re.compile(r"[.,]\d|\s?[%\u20ac]")
CURRENCIES: Final = frozenset({"EUR", "GBP", "USD", "CHF"})
LABEL: Final = {
    kind: re.compile(rf"(?<![\w-])(?:{words})(?![a-z])", re.IGNORECASE)
    for kind, words in LABELS.items()
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One number: what kind, as printed, and where. `labelled` is false if only its shape spoke."""

    kind: str
    value: str
    start: int
    end: int
    labelled: bool = True


def find_references(text: str) -> list[Reference]:
    """Return the references of a text in order, each number once for each place it stands."""
    blanked = masked(text)
    folded = fold(blanked)
    nearest: dict[int, tuple[int, Reference]] = {}
    for kind in LABELS:
        for label in LABEL[kind].finditer(folded):
            for reference in _after_label(kind, blanked, folded, label.end()):
                distance = reference.start - label.end()
                known = nearest.get(reference.start)
                if known is None or distance < known[0]:
                    nearest[reference.start] = (distance, reference)
    for reference in _by_shape(blanked):
        covering = [
            start
            for start, (_, known) in nearest.items()
            if start <= reference.start < known.end and reference.start != start
        ]
        if not covering:
            known = nearest.get(reference.start)
            if known is None or known[1].end < reference.end:
                nearest[reference.start] = (0, reference)
    return _apart([reference for _, (_, reference) in sorted(nearest.items())])


def _apart(references: list[Reference]) -> list[Reference]:
    """Where two overlap, as `PO 45 ...` found twice, keep the one that begins first."""
    kept: list[Reference] = []
    for reference in references:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


def masked(text: str) -> str:
    """
    Blank out what is a number of another kind: telephones, bank accounts, tax numbers, links.

    The text keeps its length.
    """
    for pattern in (URL, IBAN, PHONE, OTHER_NUMBERS):
        text = pattern.sub(lambda match: _blanks(match[0]), text)
    return text


def _blanks(words: str) -> str:
    return "".join(char if char == "\n" else "\u00b7" for char in words)


def _after_label(kind: str, text: str, folded: str, position: int) -> list[Reference]:
    """Return the number after a label, and the list that may follow it."""
    if ATTACHED.match(text, position):
        return []  # `PO-4711` is a number whole; its shape tells.
    spread = FILLER.match(folded, position)
    assert spread is not None
    start = spread.end()
    if start == position:
        return []
    value = _value_at(text, start, first=True)
    found: list[Reference] = []
    while value is not None and len(found) < LIST_MAX:
        begin, end = value
        found.append(Reference(kind, text[begin:end], begin, end))
        after = BETWEEN.match(text, end)
        joiner = JOINER.match(folded, after.end() if after else end)
        if joiner is None:
            break
        again = AGAIN.match(folded, joiner.end())
        assert again is not None
        value = _value_at(text, again.end(), first=False)
        if joiner["line"] and value and not alike(text[slice(*value)], found[-1].value):
            break  # The next line is a list's next number only if it looks like one.
    return found


def alike(one: str, two: str) -> bool:
    """Return whether two numbers are made alike: `FT-12/A` and `FT-13/B`."""
    shapes = [re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "9", value)) for value in (one, two)]
    return shapes[0] == shapes[1] and abs(len(one) - len(two)) <= 1


def _value_at(text: str, start: int, *, first: bool) -> tuple[int, int] | None:
    """Return the span of a reference that begins here; None if something else stands here."""
    slashed = SLASHED.match(text, start)
    if slashed is not None and " " in slashed[0] and not DATE.fullmatch(slashed[0]):
        return slashed.span()
    spaced = SPACED_PREFIX.match(text, start)
    if spaced is not None:
        inner = _value_at(text, spaced.start(2), first=first)
        if inner is None or spaced[1] in PREFIXES:
            return inner
        return None if spaced[1] in CURRENCIES else spaced.span()
    return _bare_at(text, start, first=first)


def _bare_at(text: str, start: int, *, first: bool) -> tuple[int, int] | None:
    bare = BARE.match(text, start)
    value = bare[0].rstrip(".-/_") if bare is not None else ""
    if not any(char.isdigit() for char in value):
        return None
    end = start + len(value)
    return (start, end) if _plausible(text, value, end, first=first) else None


def _plausible(text: str, value: str, end: int, *, first: bool) -> bool:
    """Whether a value is a number of a paper, not an amount, a date, a year or a quantity."""
    is_amount = AMOUNT.match(text, end - len(value)) and value[0].isdigit()
    is_date = DATE.fullmatch(value) and not (first and SHORT_SLASHED.fullmatch(value))
    is_day = value[:-2].isdigit() and value[-2:] in {"st", "nd", "rd", "th"}
    if is_amount or is_date or is_day or YEAR.fullmatch(value):
        return False
    if GOES_ON.match(text, end) or UNIT.match(text, end):
        return False
    digits = sum(char.isdigit() for char in value)
    return digits >= (1 if first and not value.isdigit() else DIGITS_BARE_MIN)


def _by_shape(text: str) -> list[Reference]:
    found = [
        Reference(PREFIXES[match["prefix"]], match[0], match.start(), match.end(), labelled=False)
        for match in SHAPED.finditer(text)
        if match["prefix"] in PREFIXES and _long_enough(match)
    ]
    found += [
        Reference("order", match[0], match.start(), match.end(), labelled=False)
        for match in SAP_ORDER.finditer(text)
    ]
    return found


def _long_enough(match: re.Match[str]) -> bool:
    digits: int = sum(char.isdigit() for char in match["rest"])
    needed = SHAPED_DIGITS_MIN - 1 if match["sep"] else SHAPED_DIGITS_MIN
    return digits >= needed

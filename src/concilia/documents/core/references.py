"""
Numbers of invoices, orders, deliveries, customers, claims, promotions and returns in a text.

A number is found by the word before it (`fattura n. 12/A del ...`, `PO 4500012345`), in lists after
such a word (`invoices 101, 102 and 103`), or by a shape that speaks for itself (`INV-2026-00123`).
Values come out as printed, without the label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from concilia.documents.core.beginnings import by_letter
from concilia.documents.core.lexicon.beside_numbers import DAY_BEFORE, NUMBERED, PLURAL_AFTER
from concilia.documents.core.lexicon.calendar import MONTH
from concilia.documents.core.lexicon.counts import COUNTED_AFTER
from concilia.documents.core.lexicon.labels import (
    BETWEEN,
    JOINER,
    LABELS,
    NUMBER_WORDS,
    OTHER_NUMBERS,
    PHONE,
    PREFIXES,
    SHAPED_NUMBERS,
    SHORT_WORDS,
    UNIT,
)
from concilia.documents.core.words import fold, lower

FILLER: Final = re.compile(
    rf"(?:[ \t\u00a0]*{NUMBER_WORDS}[ \t\u00a0]*){{0,6}}(?::?\s*\n\s*[-*\u2022#]?)?[ \t\u00a0]*"
    r"(?:(?:number|numero|nummer|num\.|no\.|nr\.?|n[.°º])[ \t]?[:°º]?[ \t]+)?"
)
AGAIN: Final = re.compile(rf"(?:[ \t\u00a0]*{SHORT_WORDS}[ \t\u00a0]*){{0,2}}[ \t\u00a0]*")
BARE: Final = re.compile(r"[A-Za-z0-9]+(?:[-/_.\\][A-Za-z0-9]+)*")
SPACED_PREFIX: Final = re.compile(r"([A-Z]{1,5}) (\d[\dA-Za-z]*(?:[-/_.][A-Za-z0-9]+)*)")
SLASHED: Final = re.compile(r"\d+ ?/ ?\d+(?!\d)(?![.-]\d)(?: ?/ ?[A-Za-z0-9]+)?")
DATE: Final = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:(?:19|20)\d\d|\d{2})(?!\d)|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]?"
)
AMOUNT: Final = re.compile(r"(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)[.,]\d{2}(?!\d)")
GROUPS: Final = {
    "customer": re.compile(
        r"(?:[A-Z]{1,2} )?(?:\d{2,5}(?: \d{2,5}){1,4}|\d{1,7}(?: \d{1,7}){1,3} \d{2,7})(?: \d)?"
        r"(?![\w/]|[.,:-]\d)"
    ),
    "other": re.compile(r"\d{1,5}(?: \d{2,5}){2,4}(?: \d)?(?![\w/]|[.,:-]\d)"),
}
# `44 1182`, `4500 118`: two groups that are not as long as each other are one number.
TWO_GROUPS: Final = re.compile(r"(\d{1,5}) (\d{3,6})(?![\w/]|[.,:-]\d)")
# `KL 2026 00441`, `R 26 10881`: a series, its year, the number.
SERIES_YEAR: Final = re.compile(r"([A-Z]{1,4}) ?(?:(?:20)?2[0-9] \d{3,7})(?![\w]|[.,/:-]\d)")
PARENTHESISED: Final = re.compile(r"\(\d{1,4}\)\d{2,}[A-Z]?(?!\w)")
# `4410 E`: a letter alone after a number, before a small letter or a mark, is its series.
SERIES_AFTER: Final = re.compile(r" [A-HJ-Z](?=[ ]+[a-z\u00df-\u00ff]|[,;:)]|\n|$)")
SERIES_DIGITS_MIN: Final = 3
RANGE_MIN: Final = 5
GLUED: Final = frozenset(".:#\u00b0\u00ba")
# A quarter, pence, an hour, a turn (`Re: 4e rappel`), what a mail server says (`5.1.1`).
SMALL: Final = re.compile(
    r"[QqHh][1-4]|\d+p|\d{1,2}[hH]\d{0,2}|\d{1,2}(?:\.?er|re|\.?e|eme)|[45]\.\d\.\d{1,2}"
)
# `der Bestellung. Ihre 2026.7718`: the next sentence has nothing to do with the word before.
NEXT_SENTENCE: Final = re.compile(r"\.\s+(?!Num|Nr|No|Ref|Rif)[A-Z][a-z]{2,}")
THOUSANDS: Final = re.compile(r"\d{1,3} \d{3}$")
REST_OF_LINE: Final = re.compile(r"[^\n]{1,80}\n[ \t]*")
COLUMN_DIGITS_MIN: Final = 4
SAME_LENGTH_MIN: Final = 4
YEAR: Final = re.compile(r"20(?:2[3-9]|30)")
IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?=(?:\s?[A-Z0-9]){11})(?:\s?[A-Z0-9]{2,4}){3,8}\b")
# What stands before an @ is as long as an address may be: a wall of letters is read in one go.
URL: Final = re.compile(r"(?:https?://|www\.)\S+|[^\s@]{1,254}@\S+")
SHAPED: Final = re.compile(
    r"(?<![\w/.-])(?P<prefix>[A-Z]{1,6})(?P<sep>[-/_.]?)(?P<rest>\d{2,}(?:[-/_.][A-Z0-9]+)*[A-Z]?)(?![\w]|[.,]\d)"
)
JOINT: Final = re.compile(r"[A-Z]{2,5}[-_]")
SAP_ORDER: Final = re.compile(r"(?<![\w/.-])4[56]\d{8}(?![\w])")
ATTACHED: Final = re.compile(r"[-/_]?\d")
DAY: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])")
NUMBER_MARK: Final = re.compile(r"[n\u00b0\u00bao#r.:]\.?\s?$", re.IGNORECASE)
DAYS, MONTHS, YEARS_FROM = 31, 12, 1900
FEW_DIGITS: Final = 3
REMEMBERED: Final = 4
CASED: Final = frozenset({IBAN, SHAPED_NUMBERS})  # the others are looked for in small letters
LIST_MAX: Final = 400
DIGITS_BARE_MIN: Final = 2
DIGITS_BELOW_MIN: Final = 3
SHAPED_DIGITS_MIN: Final = 4
SHORT_SLASHED: Final = re.compile(r"\d{1,6}/\d{1,2}")
MONTH_AFTER: Final = re.compile(rf"\.? (?:{MONTH})\b", re.IGNORECASE)
GOES_ON: Final = re.compile(r"[.,]\d|\s?[%\u20ac]")
CURRENCIES: Final = frozenset({"EUR", "GBP", "USD", "CHF"})
COUNTING: Final = frozenset({"KW", "CW", "WK", "SEM", "MHD", "CT", "KG", "PZ", "STK", "ST"})
GROUPED: Final = re.compile(r"\d{1,3}\.\d{3}")
WORD_START: Final = re.compile(r"[a-z](?<![\w-][a-z])")
LABEL: Final = by_letter(LABELS, end="(?![a-z])")


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
    nearest: dict[int, tuple[tuple[int, int], Reference]] = {}
    for begin, end, kind in label_places(folded):
        for found in _after_label(kind, blanked, folded, end):
            reference = _with_label(found, blanked, begin, end)
            distance = (reference.start - end, begin - end)
            known = nearest.get(reference.start)
            if known is None or distance < known[0]:
                nearest[reference.start] = (distance, reference)
    inside = bytearray(len(text) + 1)  # where a number goes on that began before
    for _, reference in nearest.values():
        _note_inside(inside, reference)
    for reference in _by_shape(blanked):
        known = nearest.get(reference.start)
        longer = known is None or known[1].end < reference.end
        if longer and not inside[reference.start]:
            nearest[reference.start] = ((0, 0), reference)
            _note_inside(inside, reference)
    return _apart([reference for _, (_, reference) in sorted(nearest.items())])


def _with_label(reference: Reference, text: str, begin: int, end: int) -> Reference:
    """`ND-RAP-118` is a number whole: short capitals joined to one are part of it."""
    if reference.start != end + 1 or not JOINT.fullmatch(text, begin, end + 1):
        return reference
    return Reference(reference.kind, text[begin : reference.end], begin, reference.end)


def _note_inside(inside: bytearray, reference: Reference) -> None:
    first, end = reference.start + 1, reference.end
    inside[first:end] = b"\x01" * (end - first)


@lru_cache(maxsize=REMEMBERED)
def label_places(folded: str) -> tuple[tuple[int, int, str], ...]:
    """Return where words for papers stand in a folded text, and of which kind they are."""
    places: dict[str, list[tuple[int, int, str]]] = {kind: [] for kind in LABELS}
    ends = dict.fromkeys(LABELS, 0)
    for word in WORD_START.finditer(folded):
        start = word.start()
        for kind, match in LABEL[word[0]]:
            if start >= ends[kind] and (found := match(folded, start)):
                ends[kind] = found.end()
                places[kind].append((start, found.end(), kind))
    return tuple(chain.from_iterable(places.values()))


def _apart(references: list[Reference]) -> list[Reference]:
    """Where two overlap, as `PO 45 ...` found twice, keep the one that begins first."""
    kept: list[Reference] = []
    for reference in references:
        if not kept or reference.start >= kept[-1].end:
            kept.append(reference)
    return kept


@lru_cache(maxsize=REMEMBERED)  # asked for by those with a label, and those without
def masked(text: str) -> str:
    """
    Blank out what is a number of another kind: telephones, bank accounts, tax numbers, links.

    The text keeps its length.
    """
    if "@" in text or "://" in text or "www." in text:
        text = URL.sub(lambda match: _blanks(match[0]), text)
    for pattern in (IBAN, PHONE, SHAPED_NUMBERS, OTHER_NUMBERS):
        searched = text if pattern in CASED else lower(text)
        pieces, place = [], 0
        for match in pattern.finditer(searched):
            start, end = match.span()
            pieces += [text[place:start], _blanks(text[start:end])]
            place = end
        text = "".join([*pieces, text[place:]])
    return text


def _blanks(words: str) -> str:
    return "".join(char if char == "\n" else "\u00b7" for char in words)


def _after_label(kind: str, text: str, folded: str, position: int) -> list[Reference]:
    """Return the number after a label, and the list that may follow it."""
    if ATTACHED.match(text, position) and text[position - 1] not in GLUED:
        return []  # `PO-4711` is a number whole; its shape tells.
    spread = FILLER.match(folded, position)
    assert spread is not None
    start = spread.end()
    if start == position and text[position - 1] not in GLUED:
        return []
    if NEXT_SENTENCE.search(text, position, start + 1):
        return []
    value = _not_below(text, position, _first_at(kind, text, folded, start))
    found: list[Reference] = []
    while value is not None and len(found) < LIST_MAX:
        begin, end = value
        few = end - begin <= FEW_DIGITS and text[begin:end].isdigit()
        if few and COUNTED_AFTER.match(folded, end):
            break
        found += [Reference(kind, text[b:e], b, e) for b, e in _range(text, begin, end)]
        after = BETWEEN.match(text, end)
        joiner = JOINER.match(folded, after.end() if after else end)
        if joiner is None:
            value = _below(text, begin, end)
            continue
        again = AGAIN.match(folded, joiner.end())
        assert again is not None
        value = _next_at(text, again.end(), found[-1].value)
        if joiner["line"] and value and not alike(text[slice(*value)], found[-1].value):
            break  # The next line is a list's next number only if it looks like one.
    return found


def _not_below(text: str, position: int, value: tuple[int, int] | None) -> tuple[int, int] | None:
    """Drop what begins the next line and is short: `LIVRAISON` above `85 La Roche-sur-Yon`."""
    if value is None or value[1] - value[0] >= DIGITS_BELOW_MIN:
        return value
    return None if "\n" in text[position : value[0]] else value


def _first_at(kind: str, text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Return the span of the first number after a label."""
    if start and text[start - 1] == "(" and (whole := PARENTHESISED.match(text, start - 1)):
        return whole.span()
    value = _groups_at(kind, text, start) or _value_at(text, start, first=True)
    if value is None:
        return _single_at(kind, text, start)
    begin, end = value
    if not text[begin:end].isdigit():
        return value
    if end - begin < SERIES_DIGITS_MIN:
        return None if DAY_BEFORE.search(folded, max(0, begin - 6), begin) else value
    series = SERIES_AFTER.match(text, end)
    return (begin, series.end()) if series else value


def _below(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return the span of the number that begins the next line, if it looks like this one."""
    line = REST_OF_LINE.match(text, end)
    value = BARE.match(text, line.end()) if line is not None else None
    if value is None or value.end() - value.start() != end - begin:
        return None
    known = text[begin:end]
    if end - begin < COLUMN_DIGITS_MIN or not alike(value[0], known):
        return None
    return _value_at(text, value.start(), first=False)


def _next_at(text: str, start: int, before: str) -> tuple[int, int] | None:
    """Return the span of the next number of a list, written as the one before it."""
    if whole := PARENTHESISED.match(text, start):
        return whole.span()
    groups = _two_groups(text, start) if " " in before else None
    if groups is not None and alike(text[slice(*groups)], before):
        return groups
    return _value_at(text, start, first=False)


def _single_at(kind: str, text: str, start: int) -> tuple[int, int] | None:
    """A small firm's `fattura n. 9`: one digit is a number if it is called one."""
    digit = text[start : start + 1].isdigit() and not text[start + 1 : start + 2].isalnum()
    if kind != "invoice" or not digit or not NUMBERED.search(text, max(0, start - 8), start):
        return None
    other = GOES_ON.match(text, start + 1) or UNIT.match(text, start + 1)
    goes_on = other or MONTH_AFTER.match(text, start + 1) or text[start + 1 : start + 2] in "/-"
    return None if goes_on and start + 1 < len(text) else (start, start + 1)


def _range(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """`26FV07712-26FV07713` are two: the same letters, nearly the same number."""
    one, dash, two = text[begin:end].partition("-")
    if not dash or len(one) < RANGE_MIN or one[:-3] != two[:-3] or not alike(one, two):
        return [(begin, end)]
    return [(begin, begin + len(one)), (end - len(two), end)]


def alike(one: str, two: str) -> bool:
    """Return whether two numbers are made alike: `FT-12/A` and `FT-13/B`."""
    shapes = [re.sub(r"[A-Za-z]+", "A", re.sub(r"\d+", "9", value)) for value in (one, two)]
    return shapes[0] == shapes[1] and abs(len(one) - len(two)) <= 1


def _groups_at(kind: str, text: str, start: int) -> tuple[int, int] | None:
    """Long numbers, those of customers above all, are printed in groups of digits."""
    found = GROUPS.get(kind, GROUPS["other"]).match(text, start)
    if found is None or _counts(text, found.end()):
        return _two_groups(text, start) if kind != "customer" else None
    return found.span()


def _two_groups(text: str, start: int) -> tuple[int, int] | None:
    found = TWO_GROUPS.match(text, start)
    if found is None or len(found[1]) == len(found[2]) or YEAR.fullmatch(found[2]):
        return None
    if THOUSANDS.fullmatch(found[0]) and PLURAL_AFTER.match(text, found.end()):
        return None
    return None if _counts(text, found.end()) or AMOUNT.match(text, start) else found.span()


def _counts(text: str, end: int) -> bool:
    """Whether what stands after a number makes it a quantity, an amount or a day."""
    patterns = (GOES_ON, UNIT, COUNTED_AFTER, MONTH_AFTER)
    return any(pattern.match(text, end) for pattern in patterns)


def _value_at(text: str, start: int, *, first: bool) -> tuple[int, int] | None:
    """Return the span of a reference that begins here; None if something else stands here."""
    slashed = SLASHED.match(text, start)
    if slashed is not None and _are_two(slashed[0]):
        first_one = slashed[0].partition("/")[0].rstrip()
        return start, start + len(first_one)
    if slashed is not None and " " in slashed[0] and not DATE.fullmatch(slashed[0]):
        return slashed.span()
    return _series_at(text, start, first=first) or _bare_at(text, start, first=first)


def _series_at(text: str, start: int, *, first: bool) -> tuple[int, int] | None:
    """Return the span of a number with the letters of its series: `KL 2026 00441`, `B 306`."""
    series = SERIES_YEAR.match(text, start)
    if series is not None and series[1] not in CURRENCIES and not _counts(text, series.end()):
        cut = len(series[1]) + 1 if series[1] in PREFIXES and len(series[1]) > 1 else 0
        return start + cut, series.end()
    spaced = SPACED_PREFIX.match(text, start)
    if spaced is None:
        return None
    inner = _value_at(text, spaced.start(2), first=first)
    if inner is None or spaced[1] in PREFIXES:
        return inner
    return None if spaced[1] in CURRENCIES | COUNTING else spaced.span()


def _are_two(slashed: str) -> bool:
    """Whether a slash stands between two numbers of the same make: `33018 / 33044`."""
    parts = [part.strip() for part in slashed.split("/")]
    if len({len(part) for part in parts}) != 1 or YEAR.fullmatch(parts[0]):
        return False
    if len(parts[0]) == SAME_LENGTH_MIN and YEAR.fullmatch(parts[-1]):
        return False
    return len(parts[0]) > SAME_LENGTH_MIN - (" " in slashed)


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
    numbered = NUMBER_MARK.search(text[max(0, end - len(value) - 4) : end - len(value)])
    is_number = first and SHORT_SLASHED.fullmatch(value) and (numbered or not DAY.fullmatch(value))
    is_date = looks_like_a_date(value) and not is_number
    is_thousands = GROUPED.fullmatch(value) and not numbered
    is_day = value[:-2].isdigit() and value[-2:] in {"st", "nd", "rd", "th"}
    if SMALL.fullmatch(value) or MONTH_AFTER.match(text, end):
        return False
    if is_amount or is_date or is_day or is_thousands or YEAR.fullmatch(value):
        return False
    if GOES_ON.match(text, end) or UNIT.match(text, end):
        return False
    digits = sum(char.isdigit() for char in value)
    return digits >= (1 if first and not value.isdigit() else DIGITS_BARE_MIN)


def looks_like_a_date(value: str) -> bool:
    """Whether a value is written as a date is, and there can be such a day: not `88-41-07`."""
    if DATE.fullmatch(value) is None:
        return False
    parts = [int(part) for part in re.split(r"[./-]", value) if part]
    first, second = parts[:2]
    return (
        len(parts) == len("dm")
        or max(first, second) > YEARS_FROM
        or (max(first, second) <= DAYS and min(first, second) <= MONTHS)
    )


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

"""
Numbers of papers that stand there without a word before them: `4410 and 4415 are the same`.

What is left when amounts, dates, quantities, telephones and everything counted is taken away is
most likely the number of a paper. Its kind is that of the nearest word for a paper in its sentence,
else an invoice, which is what most people mean who give only a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from concilia.documents.core.lexicon.beside_numbers import (
    CHARGE,
    LINK,
    LISTED,
    NO_PAPER_BEFORE,
    PERIOD,
    READS,
    UPON,
    YOURS,
)
from concilia.documents.core.lexicon.counts import (
    ARTICLE_BEFORE,
    COUNTED_AFTER,
    COUNTED_BEFORE,
    COUNTED_WEAKLY,
    NOT_A_PAPER,
    WEAK_DIGITS_MAX,
)
from concilia.documents.core.lexicon.labels import PREFIXES, UNIT
from concilia.documents.core.lexicon.other_numbers import GOES_ON_COUNTING, THING_BEFORE
from concilia.documents.core.references import (
    AMOUNT,
    CURRENCIES,
    GOES_ON,
    YEAR,
    Reference,
    alike,
    label_places,
    looks_like_a_date,
    masked,
)
from concilia.documents.core.words import SENTENCE_END, fold

NUMBER: Final = re.compile(
    r"(?<![\w.,/+€£$-])(?:(?P<series>[A-Z]{1,4}) (?:20)?2\d \d{4,7}(?![\w]|[.,/:-]\d)|"
    r"(?:[A-Za-z]{1,6}[-/_.]?)?\d[A-Za-z0-9]*(?:[-/_.][A-Za-z0-9]+)*(?![\w])(?!,\d))"
)
BEFORE_CHARS: Final = 70
AFTER_CHARS: Final = 30
WORDS_BEFORE: Final = 22
THING_CHARS: Final = 44
PLAIN_DIGITS_MIN: Final = 4
DIGITS_MIN: Final = 3
DIGITS_MAX: Final = 16
LONG: Final = 8
SERIES_CHARS: Final = 5
ROUND: Final = re.compile(r"\d{1,3}[05]0+$")
TELEPHONE: Final = re.compile(r"0\d{2,4}[\s/-]?\d{3,}(?:[- ]\d+){0,4}")
# `Via Po 4, 10124 Torino`: a town follows.
POSTCODE: Final = re.compile(r"(?<=\d{5}) [A-Z\u00c0-\u00dd][a-z]{2}")
TOWN_BEFORE: Final = re.compile(r"(?:[,|\u00b7-] |\n)$")
WORD: Final = re.compile(r"[A-Za-z]{3,}")
SERIES: Final = 3
NUMBERS_MAX: Final = 300  # a letter with more of them is a list
LABEL_CHARS: Final = 25
CLAIM_CHARS: Final = 110
UNIT_PRICE: Final = re.compile(r"\d[.,]\d{4}")
GROUPED: Final = re.compile(r"\d{1,3}(?:\.\d{3})+")


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """A text with what is known about it: words for papers by place, and numbers that have one."""

    text: str
    folded: str
    labels: Sequence[tuple[int, int, str]]
    known: Sequence[Reference]


def find_unlabelled(text: str, known: Sequence[Reference]) -> list[Reference]:
    """
    Return further numbers of papers in a text, in order.

    :param known: what was found by a word or a telling shape; it stays what it is
    """
    blanked = masked(text)
    folded = fold(blanked)
    found, counted, things = _sorted_out(blanked, folded, known)
    surroundings = _Surroundings(blanked, folded, _labels(folded), known)
    fitting = [
        span
        for span in found
        if blanked[slice(*span)] not in things
        and not any(_neighbours(blanked[slice(*span)], value) for value in counted)
        and _fits(surroundings, span)
    ]
    said: dict[str, str] = {}
    for span in fitting:
        if kind := _label_after(surroundings, span):
            said[blanked[slice(*span)]] = kind
    return [
        replace(each, kind=said[each.value]) if each.value in said else each
        for each in (_kinded(surroundings, span) for span in fitting)
    ]


def of_things(text: str, spans: Sequence[tuple[int, int]]) -> set[str]:
    """
    Return the numbers that the words beside them call an article's or another thing's.

    :param spans: where numbers stand, in order
    """
    folded = fold(text)
    found: set[str] = set()
    thing_end = -1
    for start, end in spans:
        if _is_of_a_thing(folded, start, thing_end):
            thing_end = end
            found.add(text[start:end])
        elif _is_of_an_article(text[start:end], folded, start):
            found.add(text[start:end])
    return found


def _is_of_an_article(value: str, folded: str, start: int) -> bool:
    """`12 Kartons PEN-500`: letters and digits right behind what is counted."""
    before = folded[max(0, start - WORDS_BEFORE) : start]
    return not value.isdigit() and bool(ARTICLE_BEFORE.search(before))


def _sorted_out(
    text: str, folded: str, known: Sequence[Reference]
) -> tuple[list[tuple[int, int]], list[str], set[str]]:
    """Return the places of what may be papers, and what is counted, and what is of a thing."""
    found: list[tuple[int, int]] = []
    counted: list[str] = []
    things: set[str] = set()
    thing_end = -1  # where the number of a thing ends
    for start, end in _numbers(text):
        if any(each.start < end and start < each.end for each in known):
            continue
        if len(found) + len(counted) >= NUMBERS_MAX:
            break
        if _is_of_a_thing(folded, start, thing_end):
            thing_end = end
            things.add(text[start:end])
        elif _is_paper(text, folded, start, end):
            found.append((start, end))
        elif _looks_like_one(text[start:end]):
            counted.append(text[start:end])
    return found, counted, things


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where numbers stand, without a currency or a label that looks like the number's series."""
    for match in NUMBER.finditer(text):
        series = match["series"]
        is_label = series in CURRENCIES or (series in PREFIXES and len(series) > 1)
        start = match.start() + (len(series) + 1 if series and is_label else 0)
        yield start, match.start() + len(match[0].rstrip(".-/_"))


def _neighbours(one: str, two: str) -> bool:
    """Whether two numbers are of one series, as those of articles: `55120` and `55121`."""
    return one != two and alike(one, two) and len(one) > SERIES and one[:-2] == two[:-2]


def _labels(folded: str) -> list[tuple[int, int, str]]:
    return sorted(place for place in label_places(folded) if place[1] - place[0] > 1)


def _is_paper(text: str, folded: str, start: int, end: int) -> bool:
    value = text[start:end]
    if not _looks_like_one(value) or _is_other(text, value, start, end):
        return False
    if COUNTED_AFTER.match(folded, end):
        return False
    before = folded[max(0, start - WORDS_BEFORE) : start]
    if NO_PAPER_BEFORE.search(before):
        return False
    if not value.isdigit():
        return not _is_of_an_article(value, folded, start)
    weak = len(value) <= WEAK_DIGITS_MAX and COUNTED_WEAKLY.search(before)
    if weak and LISTED.match(folded, end):
        weak = None
    return not (weak or COUNTED_BEFORE.search(before))


def _is_of_a_thing(folded: str, start: int, before: int) -> bool:
    """Whether its word says that it is no paper's, or it goes on counting from such a one."""
    if 0 <= before < start and GOES_ON_COUNTING.fullmatch(folded, before, start):
        return True
    return bool(THING_BEFORE.search(folded[max(0, start - THING_CHARS) : start]))


def _looks_like_one(value: str) -> bool:
    digits = sum(char.isdigit() for char in value)
    if not DIGITS_MIN <= digits <= DIGITS_MAX or NOT_A_PAPER.match(value):
        return False
    if value.isdigit():
        return _long_enough(value)
    plain = "-" not in value and "/" not in value
    return not (plain and digits < PLAIN_DIGITS_MIN and WORD.match(value))


def _long_enough(value: str) -> bool:
    return len(value) >= PLAIN_DIGITS_MIN and not (
        len(value) <= PLAIN_DIGITS_MIN + 1 and ROUND.fullmatch(value)
    )


def _is_other(text: str, value: str, start: int, end: int) -> bool:
    """Whether it is an amount, a date, a year, a quantity or a telephone number."""
    if AMOUNT.match(text, start) or looks_like_a_date(value) or YEAR.fullmatch(value):
        return True
    if PERIOD.fullmatch(value) or UNIT_PRICE.fullmatch(value):
        return True
    if GOES_ON.match(text, end) or UNIT.match(text, end):
        return True
    if POSTCODE.match(text, end) and TOWN_BEFORE.search(text, max(0, start - 2), start):
        return True
    series = len(value) >= LONG and (value[:2] == "00" or text.count(value[:SERIES_CHARS]) > 1)
    telephone = TELEPHONE.match(text, start) if value[0] == "0" and not series else None
    return telephone is not None and telephone.end() >= end


def _sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = max(0, start - BEFORE_CHARS), min(len(text), end + AFTER_CHARS)
    for found in SENTENCE_END.finditer(text, first, start):
        first = found.end()
    stop = SENTENCE_END.search(text, end, last)
    return first, stop.start() if stop else last


def _label_before(around: _Surroundings, span: tuple[int, int]) -> tuple[str, bool] | None:
    """Return the kind of the nearest word for a paper before, and whether another number has it."""
    first, _ = _sentence_bounds(around.text, *span)
    near = [label for label in around.labels if first <= label[0] and label[1] <= span[0]]
    if not near and READS.search(around.folded[first : span[0]]):
        first = max(0, first - BEFORE_CHARS)  # `… lacks our order number. It should be 4711.`
        near = [label for label in around.labels if first <= label[0] and label[1] <= span[0]]
    if not near:
        return None
    _, end, kind = near[-1]
    taken = any(
        end <= each.start < min(end + LABEL_CHARS, span[0]) and each.kind == kind
        for each in around.known
    )
    return kind, taken


def _label_after(around: _Surroundings, span: tuple[int, int]) -> str | None:
    """Return the kind said right after a number: `4410 is our customer number`, `88 (invoice)`."""
    link = LINK.match(around.folded, span[1])
    assert link is not None
    return next(
        (
            kind
            for start, end, kind in around.labels
            if start == link.end()
            and not any(end <= each.start < end + LABEL_CHARS for each in around.known)
        ),
        None,
    )


def _claim_after(around: _Surroundings, span: tuple[int, int]) -> str | None:
    """`OTIF-2026-10: on time 88.2 %, our charge …`: it is the claim's own number."""
    stop = SENTENCE_END.search(around.text, span[1], span[1] + CLAIM_CHARS)
    last = stop.start() if stop else span[1] + CLAIM_CHARS
    kinds = {kind for start, end, kind in around.labels if span[1] <= start and end <= last}
    return (
        "claim" if "invoice" not in kinds and CHARGE.search(around.folded, span[1], last) else None
    )


def _fits(around: _Surroundings, span: tuple[int, int]) -> bool:
    """A number with nothing beside it must look like one that is named, if an invoice is."""
    before = _label_before(around, span)
    if (before is not None and not before[1]) or _label_after(around, span) is not None:
        return True
    value = around.text[slice(*span)]
    if GROUPED.fullmatch(value):
        return False  # a thousand and so many, unless a word says that it is a number
    if YOURS.search(around.folded[max(0, span[0] - WORDS_BEFORE) : span[0]]):
        return True
    named = [each.value for each in around.known if each.kind == "invoice"]
    return not named or any(alike(value, each) for each in named)


def _is_upon(around: _Surroundings, span: tuple[int, int], kind: str) -> bool:
    """`The rebate for web orders isn't on 88120`: what something stands on is the invoice."""
    near = around.folded[max(0, span[0] - WORDS_BEFORE) : span[0]]
    return kind != "invoice" and bool(UPON.search(near))


def _kinded(around: _Surroundings, span: tuple[int, int]) -> Reference:
    value = around.text[slice(*span)]
    return Reference(_kind_of(around, span, value), value, *span, labelled=False)


def _kind_of(around: _Surroundings, span: tuple[int, int], value: str) -> str:
    same = next((each.kind for each in around.known if each.value == value), None)
    after = _label_after(around, span)
    if same or after:
        return same or after or "invoice"
    before = _label_before(around, span)
    if before is not None and not before[1] and not _is_upon(around, span, before[0]):
        return before[0]
    if not value.isdigit():
        similar = next((each.kind for each in around.known if alike(value, each.value)), None)
        return similar or _claim_after(around, span) or "invoice"
    return "invoice"

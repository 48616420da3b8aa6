"""Which open items a text names, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from concilia.matching.labels import CREDIT, INVOICE, NOT_OURS
from concilia.matching.numbering import YEARED_DIGITS_MIN, NumberForm, NumberIndex, compact
from concilia.matching.scanning import YEAR_DIGITS, Number, Scan

STRONG: Final = 4  # five significant characters, or qualified by its year
FAIR: Final = 3  # shorter, but the text says it is an invoice
BARE: Final = 2  # three or four digits and no word about them
WEAK: Final = 1  # shorter still, or also a date
BARE_DIGITS_MIN: Final = 3
SIGNIFICANT: Final = 5
CALLED_DIGITS_MIN: Final = 4
FULL_CHARACTERS_MIN: Final = 5
TYPO_DIGITS_MIN: Final = 5
TAIL_DIGITS_MIN: Final = 3
SUFFIX_DIGITS_MIN: Final = 4
HINTED_ITEMS_MAX: Final = 400
TILE_DIGITS_MIN: Final = 4
MONTH_DIGITS: Final = 2
_LETTERED: Final = re.compile(r"[0-9][A-Z]")


class Mention(NamedTuple):
    """Open items (positions) one number in the text can mean; more than one: it does not say."""

    options: tuple[int, ...]
    strength: int
    text: str
    start: int
    end: int


class Mentions(NamedTuple):
    """What a text names. `unknown` are numbers that look like ours and are not open."""

    items: tuple[Mention, ...]
    unknown: tuple[str, ...]


NONE: Final = Mentions((), ())


def find_mentions(scan: Scan, index: NumberIndex) -> Mentions:
    """This will look every reading of every number up among the open numbers of one payer."""
    found: dict[tuple[int, ...], Mention] = {}
    for mention in [*_whole(scan, index), *_by_digits(scan, index)]:
        known = found.get(mention.options)
        if known is None or known.strength < mention.strength:
            found[mention.options] = mention
    kept = _without_shadows(list(found.values()))
    named = tuple(sorted(kept, key=lambda m: (m.start, m.end, m.options)))
    return Mentions(named, _unknown(scan, index, named))


def _whole(scan: Scan, index: NumberIndex) -> Iterator[Mention]:
    """Words like `A12B345`: our numbers with letters between digits are known as a whole."""
    for word, start, end in scan.tokens if scan.is_lettered else ():
        if len(word) < FULL_CHARACTERS_MIN or not _LETTERED.search(word):
            continue
        positions = index.whole(word)
        if positions:
            yield Mention(tuple(positions), STRONG, word, start, end)


def _by_digits(scan: Scan, index: NumberIndex) -> Iterator[Mention]:
    for number in scan.numbers:
        positions = index.positions(number.key)
        if not positions:
            if len(number.key) >= 2 * TILE_DIGITS_MIN:
                yield from _tiles(number, index)
            continue
        strengths = [_strength(number, index.form(position)) for position in positions]
        top = max(strengths)
        if top:
            pairs = zip(positions, strengths, strict=True)
            options = tuple(sorted(p for p, strength in pairs if strength == top))
            yield Mention(options, top, number.key, number.start, number.end)


def _strength(number: Number, form: NumberForm) -> int:
    """How surely this number means this document; 0 if it does not."""
    same_prefix = bool(form.prefix) and number.prefix.endswith(form.prefix)
    if number.label in NOT_OURS and not same_prefix:
        return 0
    labelled = same_prefix or number.label in {INVOICE, CREDIT}
    if not labelled and (number.dateish or (number.year and len(number.key) <= MONTH_DIGITS)):
        return WEAK  # `31012026` is a day, `12/2026` a month
    has_own_year = number.key == form.digits != form.serial
    if number.year and form.year and not has_own_year:
        qualified = FAIR if number.dateish else STRONG
        return qualified if number.year == form.year else 0
    return _strength_of_digits(number, len(form.prefix) if same_prefix else 0, labelled=labelled)


def _strength_of_digits(number: Number, prefix_length: int, *, labelled: bool) -> int:
    if len(number.key) + prefix_length >= SIGNIFICANT and not number.derived:
        return STRONG
    if labelled and not (number.derived and number.joined):
        return FAIR
    return BARE if len(number.key) >= BARE_DIGITS_MIN and not number.dateish else WEAK


def _tiles(number: Number, index: NumberIndex) -> Iterator[Mention]:
    """Several numbers of one length written without anything between them."""
    for size in sorted({length for _, length in index.shapes}):
        if size < TILE_DIGITS_MIN or len(number.key) < 2 * size or len(number.key) % size:
            continue
        places = range(0, len(number.key), size)
        pieces = [number.key[place : place + size] for place in places]
        hits = [index.positions(piece) for piece in pieces]
        if all(hits):
            for piece, positions in zip(pieces, hits, strict=True):
                yield Mention(tuple(positions), FAIR, piece, number.start, number.end)


def _without_shadows(mentions: list[Mention]) -> list[Mention]:
    """Drop readings of a part of what is surely something else: the 2025 of `FT 2025/1234`."""
    strong = [mention for mention in mentions if mention.strength == STRONG]
    return [
        mention
        for mention in mentions
        if not any(
            other is not mention
            and other.start <= mention.start
            and mention.end <= other.end
            and (
                other.strength > mention.strength
                or (
                    other.strength == mention.strength
                    and (other.end - other.start > mention.end - mention.start)
                )
                or (
                    len(other.options) < len(mention.options)
                    and set(other.options) <= set(mention.options)
                )
            )
            for other in strong
        )
    ]


def _unknown(scan: Scan, index: NumberIndex, named: Iterable[Mention]) -> tuple[str, ...]:
    """Numbers that are built like ours, or are called invoices, and are not open here."""
    spans = [(mention.start, mention.end) for mention in named]
    found: list[Number] = []
    for number in scan.numbers:
        if number.derived or number.label in NOT_OURS:
            continue
        if any(start < number.end and number.start < end for start, end in spans):
            continue
        called = number.label == INVOICE and not number.joined
        if number.dateish and not (called and len(number.key) in index.lengths):
            continue
        is_long = len(number.key) >= CALLED_DIGITS_MIN or number.year
        looks_ours = (called and is_long) or _like_ours(number, index)
        if looks_ours and not _is_end_of_ours(number, scan, index):
            found.append(number)
            spans.append((number.start, number.end))
    return tuple(dict.fromkeys(number.key for number in found))


def _is_end_of_ours(number: Number, scan: Scan, index: NumberIndex) -> bool:
    """Whether the text was cut within this number, and one of ours begins so."""
    if not scan.tail or number.end < len(scan.text.rstrip()):
        return False
    begun = scan.tail.lstrip("0")
    places = index.holding(begun) if len(begun) >= TAIL_DIGITS_MIN else ()
    return any(_is_cut(scan.tail, index.form(position)) for position in places)


def _like_ours(number: Number, index: NumberIndex) -> bool:
    """The same letters and as many digits as one of ours, or a year of ours and as many digits."""
    if len(number.prefix) > 1 and (number.prefix, len(number.key)) in index.shapes:
        return True
    if not number.key.startswith("20") or len(number.key) < YEARED_DIGITS_MIN:
        return False
    return index.is_yeared(number.key[:YEAR_DIGITS], len(number.key))


def find_hints(scan: Scan, index: NumberIndex, positions: Iterable[int]) -> list[int]:
    """
    Return the positions that a damaged number may mean: cut at the end of the text, its front
    missing, or with one digit wrong. Hints decide between equal amounts; they prove nothing alone.
    """
    candidates = list(positions)
    if len(candidates) > HINTED_ITEMS_MAX:
        return []
    whole = _whole_numbers(scan, index)
    damaged = [
        number.key
        for number in scan.numbers
        if len(number.key) >= SUFFIX_DIGITS_MIN
        and not any(start < number.end and number.start < end for start, end in whole)
        and number.label not in NOT_OURS
        and not number.dateish
        and not number.derived
    ]
    return [
        position
        for position in candidates
        if _is_cut(scan.tail, index.form(position))
        or any(_is_damaged(key, index.form(position)) for key in damaged)
    ]


def _whole_numbers(scan: Scan, index: NumberIndex) -> set[tuple[int, int]]:
    """Where numbers stand that are one of ours as they are: nothing is wrong with these."""
    return {
        (number.start, number.end)
        for number in scan.numbers
        if any(
            _strength(number, index.form(position)) >= STRONG
            for position in index.positions(number.key)
        )
    }


def _is_cut(tail: str, form: NumberForm) -> bool:
    """Whether a number begins with what is left of it, and that is more than its year and zeros."""
    tail = tail.lstrip("0")
    year = str(form.year) if form.digits.startswith(str(form.year)) else f"{form.year % 100:02d}"
    if form.year and form.digits.startswith(tail):
        return len(tail.removeprefix(year).lstrip("0")) >= TAIL_DIGITS_MIN
    return len(tail) >= TAIL_DIGITS_MIN and (
        form.digits.startswith(tail) or form.serial.startswith(tail)
    )


def _is_damaged(key: str, form: NumberForm) -> bool:
    if form.digits.endswith(key):
        return True
    if len(key) < TYPO_DIGITS_MIN:
        return False
    return any(
        abs(len(key) - len(digits)) <= 1
        and len(digits) >= TYPO_DIGITS_MIN
        and OSA.distance(key, digits, score_cutoff=1) <= 1
        for digits in {form.digits, form.serial}
    )


class OrderIndex:
    """The positions of one payer group's items by order and by delivery number."""

    def __init__(self, numbers: Iterable[tuple[int, str, str]]) -> None:
        """:param numbers: position, order number and delivery number of every item"""
        self._positions: dict[str, list[int]] = {}
        for position, *both in numbers:
            for number in both:
                if number:
                    self._positions.setdefault(compact(number), []).append(position)

    def find(self, scan: Scan) -> dict[str, tuple[int, ...]]:
        """Return the items behind each order or delivery number that stands in the text."""
        found: dict[str, tuple[int, ...]] = {}
        words = [word for word, _, _ in scan.tokens] + [number.key for number in scan.numbers]
        for word in dict.fromkeys(words):
            positions = self._positions.get(word)
            if positions and len(word) >= TILE_DIGITS_MIN:
                found[word] = tuple(positions)
        return found

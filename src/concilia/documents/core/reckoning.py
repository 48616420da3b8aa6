"""
What arithmetic says about the amounts of a letter: sums, differences, products, shares, tax.

What others add up to, what a count times a price comes to, is meant rather than what goes into it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Final

from concilia.documents.core.amounts import Amount
from concilia.documents.core.lexicon.amount_words import NET_GROSS, OF_WHICH, TAX
from concilia.documents.core.number_words import Counts, counts_in_words

SUMMANDS_MAX: Final = 12
SHARES_MAX: Final = 8
COUNTS_MAX: Final = 40
LONG_RUN: Final = 3  # so many amounts hardly add up by chance
CENT: Final = Decimal("0.01")
PLACES: Final = 6  # more than amounts have (`amounts.NUMBER`)
HUNDRED: Final = Decimal(100)
TAX_CHARS: Final = 30
COUNT_CHARS: Final = 70
GROSS_CHARS: Final = 12
PRICE_CHARS: Final = 160  # a count, two prices and what they come to stand together
RATES: Final = frozenset(
    Decimal(tenths) / 10
    for tenths in (
        *(21, 26, 30, 38, 40, 50, 55, 60, 67, 70, 77, 80, 81, 90, 95, 100, 130, 135, 140, 160),
        *(170, 180, 190, 200, 210, 220, 230, 240, 250, 270),
    )
)
LEAST, MOST = 1 + min(RATES) / HUNDRED, 1 + max(RATES) / HUNDRED
COUNT: Final = re.compile(r"\d(?<![\w.,/-]\d)\d{0,5}(?![\da-wyz/-]|[.,]\d)")
SHARE: Final = re.compile(
    r"(\d(?<![\d.,/-]\d)\d{0,2}(?:[.,]\d{1,3})?)\s?"
    r"(?:%|percent|per ?cento?|prozent|pour ?cent|por ?ciento)",
)
CHAIN: Final = re.compile(
    r"\d(?<![\w.,]\d)\d{0,5}(?:[.,]\d{1,2})?(?:\s?[a-z]{0,9}\s?[x×*]\s?(?:EUR|€|£|\$)?\s?\d{1,6}(?:[.,]\d{1,2})?(?![\d.,]\d)){2,4}",
    re.IGNORECASE,
)
FACTOR: Final = re.compile(r"[x×*]\s?(?:EUR|€|£|\$)?\s?\d", re.IGNORECASE)  # each chain has some
NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(slots=True)
class Reckoning:
    """How arithmetic speaks for each value, and which values are net, tax, and both together."""

    pulls: Counter[Decimal] = field(default_factory=Counter)
    nets: set[Decimal] = field(default_factory=set)
    taxes: set[Decimal] = field(default_factory=set)
    grosses: set[Decimal] = field(default_factory=set)
    sums: set[Decimal] = field(default_factory=set)


def reckon(text: str, amounts: Sequence[Amount]) -> Reckoning:
    """Return what follows from how the amounts of a folded text, in their order, relate."""
    found = Reckoning()
    values = list(dict.fromkeys(each.value for each in reversed(amounts)))[::-1]
    _taxed(text, amounts, found)
    _summed(text, amounts, values, found)
    _multiplied(text, amounts, values, found)
    _shared(text, values, found)
    for value, times in Counter(each.value for each in amounts).items():
        if times > 1 and len(values) > 1 and found.pulls[value] >= 0:
            found.pulls[value] += 1
    return found


def _taxed(text: str, amounts: Sequence[Amount], found: Reckoning) -> None:
    """Find net, tax and both together: three amounts that stand close, or two and a rate."""
    named = TAX.search(text) is not None
    for group in _groups(amounts) if named or SHARE.search(text) else ():
        one, two, three = group
        if not _adds_up(one.value, two.value, three.value):
            continue
        tax, net, gross = sorted(group, key=lambda each: each.value)
        if _is_tax(text, net.value, tax):
            found.nets.add(net.value)
            found.taxes.add(tax.value)
            found.grosses.add(gross.value)
    rates = {_decimal(each[1]) for each in _shares(text) if _near_tax(text, each.start())}
    rates &= RATES
    shown = bool(rates) or named or NET_GROSS.search(text)
    for one, two in pairwise(amounts) if shown else ():
        if not _may_be_gross(one.value, two.value):
            continue
        said = text[one.end : two.end + GROSS_CHARS] if two.start - one.end < TAX_CHARS else ""
        told = RATES if said and (TAX.search(said) or NET_GROSS.search(said)) else rates
        low, high = sorted((one.value, two.value))
        if any(abs(low * (1 + rate / HUNDRED) - high) <= CENT for rate in told):
            found.nets.add(low)
            found.grosses.add(high)


def _may_be_gross(one: Decimal, two: Decimal) -> bool:
    """Whether there is a rate at which two amounts can be net and gross."""
    low, high = (one, two) if one < two else (two, one)
    return low * LEAST - CENT <= high <= low * MOST + CENT


def _adds_up(one: Decimal, two: Decimal, three: Decimal) -> bool:
    """Whether one of three is the sum of the others."""
    return one + two == three or one + three == two or two + three == one


def _groups(amounts: Sequence[Amount]) -> Iterator[tuple[Amount, Amount, Amount]]:
    """Yield threes of amounts that follow each other, with at most one other among them."""
    for at in range(len(amounts) - 2):
        near = amounts[at + 1 : at + 4]
        for one, two in combinations(near, 2):
            yield amounts[at], one, two


def _is_tax(text: str, net: Decimal, tax: Amount) -> bool:
    near = text[max(0, tax.start - TAX_CHARS) : tax.start]
    named, shares = _near_tax(text, tax.start), {_decimal(each[1]) for each in _shares(near)}
    if not net or not (named or shares):
        return False
    rate = next((r for r in RATES if abs(net * r / HUNDRED - tax.value) <= CENT), None)
    return rate is not None and (named or rate in shares)


def _near_tax(text: str, place: int) -> bool:
    return TAX.search(text[max(0, place - TAX_CHARS) : place + TAX_CHARS]) is not None


def _summed(text: str, amounts: Sequence[Amount], values: list[Decimal], found: Reckoning) -> None:
    """Find what all others, or those right before, add up to, and what two differ by."""
    by_line = [one for one, two in pairwise(amounts) if "\n" in text[one.end : two.start]] + list(
        amounts[-1:]
    )
    for value in _runs(amounts) | (_runs(by_line) if len(by_line) < len(amounts) else set()):
        found.sums.add(value)
        found.pulls[value] += 3
    for at in range(len(amounts) - 2):
        one, two, whole = amounts[at : at + 3]
        if one.value + two.value == whole.value and whole.start - one.start <= PRICE_CHARS:
            found.sums.add(whole.value)
            found.pulls[whole.value] = max(found.pulls[whole.value], 3 if len(values) > 3 else 2)  # noqa: PLR2004
        whole, one, two = amounts[at : at + 3]
        between = text[whole.end : one.start]
        if whole.value == one.value + two.value and OF_WHICH.match(between):
            found.sums.add(whole.value)
            found.pulls[whole.value] += 2
            found.pulls[one.value] -= 2
            found.pulls[two.value] -= 2
            return
    for value in _sums(values):
        found.sums.add(value)
        found.pulls[value] = max(found.pulls[value], 2)


def _runs(amounts: Sequence[Amount]) -> set[Decimal]:
    """Return the amounts that three or more right before them add up to."""
    values = [each.value for each in amounts]
    sums = set()
    for at, value in enumerate(values):
        added, place = Decimal(0), at
        while place and added < value:
            place -= 1
            added += values[place]
        if added == value and at - place >= LONG_RUN:
            sums.add(value)
    return sums


def _sums(values: list[Decimal]) -> set[Decimal]:
    """Return the amounts that are the sum of all others, or of two that stand before."""
    if len(values) > SUMMANDS_MAX:
        return set()
    whole = sum(values, Decimal(0))
    sums = {value for value in values if len(values) > 2 and whole - value == value}  # noqa: PLR2004
    if len(values) == 3:  # noqa: PLR2004 - a sum or a difference: what it comes to is said last
        return {values[-1]} if sums else set()
    differing = {abs(one - two) for one, two in combinations(values, 2)} & set(values)
    return sums | {value for value in differing if value < max(values) / 2}


def _multiplied(
    text: str, amounts: Sequence[Amount], values: list[Decimal], found: Reckoning
) -> None:
    """Find what a count times a price, or times what two prices differ by, comes to."""
    words = _without(text, amounts)
    printed, spoken = _printed_counts(words), counts_in_words(words)
    units = [_units(each.value) for each in amounts]
    known = set(units)
    for at, price in enumerate(amounts):
        near = (price.start - COUNT_CHARS, price.end + COUNT_CHARS)
        counts = _usable(printed.within(*near))
        products = {product for count in counts if (product := count * units[at]) in known}
        # a count in words says less: its product stands behind
        if said := {count * units[at] for count in spoken.within(*near)} & known:
            products |= said.intersection(units[at + 1 :])
        if products:
            found.pulls[price.value] = -4  # it is the price of one
            _raise(found, [each for each in values if _units(each) in products], 2)
    _differing(amounts, units, _usable(set(printed.values)).union(spoken.values), found)
    for chain in CHAIN.finditer(text) if FACTOR.search(text) else ():
        whole = Decimal(1)
        for factor in NUMBER.findall(chain[0]):
            whole *= _decimal(factor)
        _raise(found, [each for each in values if each == whole], 2)


def _differing(
    amounts: Sequence[Amount], units: Sequence[int], counts: set[int], found: Reckoning
) -> None:
    """Find what a count times what two prices side by side differ by comes to, right behind."""
    for at, (one, two) in enumerate(pairwise(amounts) if counts else ()):
        difference = abs(units[at] - units[at + 1])
        if not difference or two.start - one.end > PRICE_CHARS:
            continue
        products = [
            each.value
            for each, unit in zip(amounts[at + 2 : at + 5], units[at + 2 : at + 5], strict=True)
            if not unit % difference
            and unit // difference in counts
            and unit not in units[at : at + 2]
        ]
        if products:
            _raise(found, products, 3)
            found.pulls[one.value] = found.pulls[two.value] = -4


def _units(value: Decimal) -> int:
    """Return an amount as a whole number: whole numbers are multiplied and found far sooner."""
    return int(value.scaleb(PLACES))


def _raise(found: Reckoning, values: Iterable[Decimal], pull: int) -> None:
    for value in values:
        found.pulls[value] = max(found.pulls[value], pull)


def _printed_counts(text: str) -> Counts[int]:
    """Return the counts a text names besides its amounts."""
    return Counts((*match.span(), int(match[0])) for match in COUNT.finditer(text))


def _usable(counts: set[int]) -> set[int]:
    """Leave out what counts nothing; all of them where there are so many that some fit anyway."""
    return counts - {0, 1} if len(counts) <= COUNTS_MAX else set()


def _without(text: str, amounts: Sequence[Amount]) -> str:
    """Return the text with its amounts blanked out, places unchanged."""
    pieces, place = [], 0
    for amount in amounts:
        pieces += [text[place : amount.start], "~" * (amount.end - max(place, amount.start))]
        place = max(place, amount.end)
    return "".join([*pieces, text[place:]])


def _shared(text: str, values: list[Decimal], found: Reckoning) -> None:
    """Find what a share of another comes to: `3 % of 12,000.00 = 360.00`."""
    if len(values) > SUMMANDS_MAX:
        return
    shares = {_decimal(each[1]) for each in _shares(text) if not _near_tax(text, each.start())}
    for share in shares:
        for base in values:
            part = base * share / HUNDRED
            for value in values:
                if value != base and part and abs(value - part) <= CENT / 2:
                    found.pulls[value] += 3
                    found.pulls[base] -= 4


def _shares(text: str) -> list[re.Match[str]]:
    return [match for match, _ in zip(SHARE.finditer(text), range(SHARES_MAX), strict=False)]


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(",", "."))

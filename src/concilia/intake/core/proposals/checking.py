"""
What a model says, held against the document: what does not stand there is dropped.

A quote must stand in the text word for word (white space may differ). A number must stand inside
its quote as a whole, an amount or a day must be one that the quote states, a kind, reason or motive
must be in the catalogue. So a lie, or an order hidden in a document, can at most propose what the
document really says, for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from concilia.documents.core.amounts import UNIT_AFTER, find_amounts, find_currency
from concilia.documents.core.dates import find_dates
from concilia.intake.core.proposals.answer import Answered, Said
from concilia.intake.core.proposals.question import PROPOSABLE, Source
from concilia.intake.core.proposals.summaries import summary_problem
from concilia.intake.core.reading import DOCUMENT_KINDS
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import AmountUnreadable, Money
from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reasons import REASONS

CATALOGUES: Final[Mapping[str, Collection[str]]] = {
    "kind": DOCUMENT_KINDS,
    "reason": REASONS,
    "non_payment_reason": NON_PAYMENT_REASONS,
}
NUMBER_CHARS_MAX: Final = 80
SHOWN_CHARS_MAX: Final = 60
PLACES_MAX: Final = 20  # of a quote that stands in many places
QUOTE_CHARS_MIN: Final = 3
USUAL: Final = "EUR"
# A whole number by itself: no part of a date, a reference or a longer number.
BARE: Final = re.compile(r"(?<![\w.,/:-])\d{1,9}(?![\w/:-]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: which source, and its characters there."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def holds(self, start: int, end: int) -> bool:
        """Whether a stretch of the same source lies inside."""
        return self.start <= start and end <= self.end

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch of the same source overlaps."""
        return start < self.end and end > self.start


@dataclass(frozen=True, slots=True)
class Proposed:
    """A value that stood the check, with the places that show it. Of numbers `value` is a list."""

    field: str
    value: str | list[str]
    places: tuple[Place, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values; evidence as in a reading."""
        evidence = [
            {"text": each.text, "part": each.source.part, "start": each.start, "end": each.end}
            for each in self.places
        ]
        return {"field": self.field, "value": self.value, "evidence": evidence}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A value that did not stand the check, and why in a word (`WHYS`)."""

    field: str
    value: str
    why: str

    def to_json(self) -> dict[str, str]:
        """Plain values."""
        return {"field": self.field, "value": self.value[:SHOWN_CHARS_MAX], "why": self.why}


@dataclass(frozen=True, slots=True)
class Checked:
    """What is left of a model's answer, and what is not."""

    fields: tuple[Proposed, ...]
    summary: str
    dropped: tuple[Dropped, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, as they are kept."""
        return {
            "fields": [each.to_json() for each in self.fields],
            "summary": self.summary,
            "dropped": [each.to_json() for each in self.dropped],
        }


class _No(Exception):
    """A value is dropped; the message is the word for it."""


# The words for why a value was dropped.
WHYS: Final = (
    "unknown_field",
    "not_quoted",
    "not_in_quote",
    "not_on_the_list",
    "no_amount",
    "no_date",
    "said_twice",
    "persons_word",
    "summary",
)


def check(
    answered: Answered,
    sources: Sequence[Source],
    *,
    received: date,
    currency: str,
    corrected: Collection[str],
) -> Checked:
    """
    Hold an answer against the text.

    :param received: the day the document came: completes `12 May`, resolves `tomorrow`
    :param currency: what the document's reading says; empty if nothing
    :param corrected: fields a person has spoken about: nothing is proposed for them
    """
    bench = _Bench(sources, received, _currency_of(answered, currency), corrected)
    for said in answered.said:
        bench.take(said)
    summary, problem = " ".join(answered.summary.split()), ""
    if summary:
        problem = summary_problem(summary, sources, received)
    dropped = list(bench.dropped)
    if problem:
        dropped.append(Dropped("summary", summary, problem))
    return Checked(tuple(bench.found.values()), "" if problem else summary, tuple(dropped))


def _currency_of(answered: Answered, currency: str) -> str:
    """What amounts are counted in: the reading's currency, else the one proposed, else euros."""
    said = (each.value.upper() for each in answered.said if each.field == "currency")
    return currency or next((code for code in said if code in EXPONENTS), USUAL)


class _Bench:
    """Where values are looked at one after the other."""

    def __init__(
        self,
        sources: Sequence[Source],
        received: date,
        currency: str,
        corrected: Collection[str],
    ) -> None:
        self.sources, self.received, self.currency = sources, received, currency
        self.corrected = corrected
        self.figures = {source.part: _Figures(source.text, received) for source in sources}
        self.found: dict[str, Proposed] = {}
        self.dropped: list[Dropped] = []

    def take(self, said: Said) -> None:
        """Keep a value, or what it failed by."""
        try:
            proposed = self._looked_at(said)
            before = self.found.get(said.field)
            self.found[said.field] = _joined(before, proposed) if before else proposed
        except _No as no:
            self.dropped.append(Dropped(said.field, said.value, str(no)))

    def _looked_at(self, said: Said) -> Proposed:
        if said.field not in PROPOSABLE:
            raise _No("unknown_field")
        if said.field in self.corrected:
            raise _No("persons_word")
        quotes = list(islice(places_of(said.quote, self.sources), PLACES_MAX))
        if not quotes:
            raise _No("not_quoted")
        if said.field.startswith("references."):
            return self._number(said, quotes)
        for quote in quotes[:-1]:
            with suppress(_No):
                return self._value_at(said, quote)
        return self._value_at(said, quotes[-1])

    def _value_at(self, said: Said, quote: Place) -> Proposed:
        return Proposed(said.field, self._tests()[said.field](said.value, quote), (quote,))

    def _tests(self) -> Mapping[str, Callable[[str, Place], str]]:
        listed = {name: _listed(choices) for name, choices in CATALOGUES.items()}
        return {
            **listed,
            "currency": _currency,
            "claimed_amount": self._amount,
            "promise.amount": self._amount,
            "promise.date": self._day,
        }

    def _number(self, said: Said, quotes: Sequence[Place]) -> Proposed:
        """A number as printed: it stands whole inside one of the places of its quote."""
        value = said.value
        is_number = len(value) <= NUMBER_CHARS_MAX and any(sign.isdigit() for sign in value)
        for quote in quotes if is_number else ():
            for place in _whole(value, quote.source):
                if quote.holds(place.start, place.end):
                    return Proposed(said.field, [value], (place,))
        raise _No("not_in_quote")

    def _amount(self, value: str, quote: Place) -> str:
        try:
            money = Money.parse(value, self.currency)
        except AmountUnreadable as error:
            raise _No("no_amount") from error
        if money.minor <= 0 or money.to_decimal() not in self._amounts_in(quote):
            raise _No("not_in_quote" if money.minor > 0 else "no_amount")
        return money.to_decimal_string()

    def _day(self, value: str, quote: Place) -> str:
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise _No("no_date") from error
        found = self.figures[quote.source.part].days
        if not any(each.date == day and quote.touches(each.start, each.end) for each in found):
            raise _No("not_in_quote")
        return day.isoformat()

    def _amounts_in(self, quote: Place) -> set[Decimal]:
        return self.figures[quote.source.part].amounts_in(quote)


class _Figures:
    """The amounts and days of a source, read in their surroundings, once."""

    def __init__(self, text: str, received: date) -> None:
        self.text = text
        self.amounts, self.days = find_amounts(text), find_dates(text, received)
        self.taken = [(amount.start, amount.end) for amount in self.amounts]
        self.taken += [(day.start, day.end) for day in self.days]

    def amounts_in(self, quote: Place) -> set[Decimal]:
        """The amounts a quote states; also whole numbers without a unit."""
        stated = {abs(each.value) for each in self.amounts if quote.touches(each.start, each.end)}
        taken = [(start, end) for start, end in self.taken if quote.touches(start, end)]
        for match in BARE.finditer(self.text, quote.start, quote.end):
            is_free = not any(start < match.end() and end > match.start() for start, end in taken)
            if is_free and not UNIT_AFTER.match(self.text, match.end()):
                stated.add(Decimal(match[0]))
        return stated


def places_of(quote: str, sources: Sequence[Source]) -> Iterator[Place]:
    """Every place where a quote stands, word for word; only its white space may differ."""
    words = quote.split()
    if not words:
        return
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    for source in sources:
        for match in pattern.finditer(source.text):
            yield Place(source, match.start(), match.end())


def _whole(value: str, source: Source) -> Iterator[Place]:
    """The places of a number that are no part of a longer one."""
    pattern = re.compile(rf"(?<!\w){re.escape(value)}(?!\w)")
    for match in pattern.finditer(source.text):
        yield Place(source, match.start(), match.end())


def _listed(choices: Collection[str]) -> Callable[[str, Place], str]:
    def test(value: str, quote: Place) -> str:
        if value not in choices:
            raise _No("not_on_the_list")
        if len(quote.text) < QUOTE_CHARS_MIN:
            raise _No("not_quoted")
        return value

    return test


def _currency(value: str, quote: Place) -> str:
    code = value.upper()
    if code not in EXPONENTS:
        raise _No("not_on_the_list")
    if find_currency(quote.text) != code:
        raise _No("not_in_quote")
    return code


def _joined(before: Proposed, proposed: Proposed) -> Proposed:
    """Another number of the same kind; of anything else the first word stays."""
    if not isinstance(before.value, list) or not isinstance(proposed.value, list):
        raise _No("said_twice")
    if proposed.value[0] in before.value:
        return before
    value, places = [*before.value, *proposed.value], (*before.places, *proposed.places)
    return Proposed(before.field, value, places)

"""Answers to reminders: why it was not paid, and what is promised (domain.md §3.1)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from concilia.documents.core.amounts import Amount, money
from concilia.documents.core.context import Context
from concilia.documents.core.dates import FoundDate
from concilia.documents.core.judging import Judgement
from concilia.documents.core.lexicon.calendar import MONTH
from concilia.documents.core.lexicon.promises import (
    ASKED,
    INSTALMENT,
    NEVER,
    NO_PAYDAY,
    OUT_OF,
    PAID_TODAY,
    PAYING,
    REFUSED,
)
from concilia.documents.core.words import Hit
from concilia.kernel.non_payment import UNKNOWN

MOTIVE_SHOWN: Final = 0.3
NEAR_CHARS: Final = 160
CLAIM_ONLY: Final = frozenset({"NR-01", "NR-11"})
BACK_DAYS: Final = 1
DAY_CHARS: Final = 30
CLAUSE: Final = re.compile(r"[,;:()]\s?")
STOP: Final = re.compile(
    r"[!?;](?:\s|$)|(?<!\d)\.(?:\s+(?=[^\W\d_])|\s*$)|\n\s*\n|"
    rf"(?<=\d)\.(?:\s+(?!(?:{MONTH})\b)(?=[^\W\d_])|\s*$)"
)


@dataclass(frozen=True, slots=True)
class Promise:
    """What the writer promises: a day in ISO form and an amount, each None where not said."""

    date: str | None
    amount: str | None


def find_motive(
    context: Context, judged: Judgement, *, has_promise: bool
) -> tuple[str | None, Sequence[Hit]]:
    """
    Return the motive of non-payment and where it was read.

    A plain promise without any motive is forgetfulness to nobody: it stays unknown (`NR-00`).
    """
    best = judged.motives[0]
    if best.confidence >= MOTIVE_SHOWN:
        hits = next((each.hits for each in context.motives if each.label == best.label), ())
        return best.label, hits or judged.spots("motive", best.label, context)
    return (UNKNOWN if has_promise else None), ()


def implied_promise(context: Context) -> tuple[Promise | None, tuple[int, int] | None]:
    """
    Return the day an answer to a reminder names without a verb: `ok, tutto entro fine mese`.

    Only for answers whose motive is none that refuses.
    """
    folded = context.folded
    for begin, end in _sentences(context, folded):
        sentence = folded[begin:end]
        if any(each.search(sentence) for each in (ASKED, REFUSED, NO_PAYDAY, PAID_TODAY)):
            continue
        day = _day_within(context, begin, end, begin)
        if day is not None and day != context.written_on:
            return Promise(day.isoformat(), _amount_within(context, begin, end, begin)), (
                begin,
                end,
            )
    return None, None


def find_promise(context: Context) -> tuple[Promise | None, tuple[int, int] | None]:
    """Return the promise and the place of its words; None where the writer promises nothing."""
    promise = context.reply_signs.get("promise")
    refusal = context.reply_signs.get("deny_promise")
    if promise is None:
        return _spoken(context)
    refused = {hit.sentence for hit in refusal.hits} if refusal else set()
    for hit in sorted(promise.hits, key=lambda hit: (-hit.weight, hit.start)):
        if hit.sentence in refused and not _date_near(context, hit):
            continue
        found = _date_near(context, hit)
        begin, end = _sentence_bounds(context, hit)
        amount = _amount_near(context, hit)
        said = context.folded[begin:end]
        if NEVER.search(said) or (found == context.written_on and PAID_TODAY.search(said)):
            continue
        inside = found is not None and _day_within(context, begin, end, hit.start) is not None
        if not inside and (_is_past(context, hit) or _is_refused(context, begin, end)):
            continue
        if found is not None or amount is not None:
            day = found.isoformat() if found else None
            lone = _lone_amount(context) if day else None
            return Promise(day, amount or lone), (hit.start, hit.end)
    return _spoken(context)


def _spoken(context: Context) -> tuple[Promise | None, tuple[int, int] | None]:
    """Find a promise in other words: somebody pays, and a day to come stands in the sentence."""
    folded = context.folded
    for begin, end in _sentences(context, folded):
        sentence = folded[begin:end]
        paying = PAYING.search(sentence)
        if paying and not ASKED.search(sentence) and not REFUSED.search(sentence):
            place = (begin + paying.start(), begin + paying.end())
            day = _day_within(context, begin, end, place[0])
            if day is not None and not (day == context.written_on and PAID_TODAY.search(sentence)):
                amount = _amount_within(context, begin, end, place[0])
                return Promise(day.isoformat(), amount or _lone_amount(context)), place
    return None, None


def _sentences(context: Context, folded: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of the body begin and end."""
    begin = context.body_start
    for end in [*(found.end() for found in STOP.finditer(folded, begin)), len(folded)]:
        yield begin, end
        begin = end


def _day_within(context: Context, begin: int, end: int, near: int) -> dt.date | None:
    """The day nearest to the word of paying that is not past."""
    if context.written_on is None:
        return None
    days = [
        each
        for each in context.dates
        if begin <= each.start < end and each.date >= context.written_on
    ]
    days = _paydays(context, days)
    return min(days, key=lambda each: abs(each.start - near)).date if days else None


def _paydays(context: Context, days: list[FoundDate]) -> list[FoundDate]:
    """Leave out the days when something is due, or somebody back, where another day is named."""
    folded = context.folded
    left = [
        each
        for each in days
        if not NO_PAYDAY.search(
            CLAUSE.split(folded[max(0, each.start - DAY_CHARS) : each.start])[-1]
        )
    ]
    return left or days


def _amount_within(context: Context, begin: int, end: int, near: int) -> str | None:
    """The amount nearest to the word of paying, but not the whole of which it is a part."""
    inside = [each for each in context.amounts if begin <= each.start < end and each.value > 0]
    folded = context.folded
    parts = [each for each in inside if not OUT_OF.search(folded[begin : each.start])]
    part = INSTALMENT.search(folded, begin, end)
    if not inside and part:
        return money(Decimal(part[1]), context.currency)
    nearest = min(parts or inside, key=lambda each: abs(each.start - near), default=None)
    return _as_money(context, nearest) if nearest else None


def _lone_amount(context: Context) -> str | None:
    """The only amount of the letter, which its other sentence named: `118,00 was overlooked.`"""
    amounts = [each for each in context.amounts if each.value > 0]
    return _as_money(context, amounts[0]) if len({each.value for each in amounts}) == 1 else None


def _as_money(context: Context, amount: Amount) -> str:
    return money(amount.value, amount.currency or context.currency)


def _date_near(context: Context, hit: Hit) -> dt.date | None:
    """The first day of the promise's own sentence that is not past, else of the words around it."""
    earliest = None
    if context.written_on is not None:
        earliest = context.written_on - dt.timedelta(days=BACK_DAYS)
    inside, around = [], []
    bounds = _sentence_bounds(context, hit)
    for date in context.dates:
        if earliest is not None and date.date < earliest:
            continue
        if bounds[0] <= date.start < bounds[1]:
            inside.append(date)
        elif abs(date.start - hit.end) < NEAR_CHARS:
            around.append(date)
    for group in (inside, around):
        if group:
            return min(_paydays(context, group), key=lambda date: abs(date.start - hit.end)).date
    return None


def _is_refused(context: Context, begin: int, end: int) -> bool:
    return REFUSED.search(context.folded[begin:end]) is not None


def _is_past(context: Context, hit: Hit) -> bool:
    """Whether the sentence names a day that is over: `la pagamos el 4/11` was paid."""
    begin, end = _sentence_bounds(context, hit)
    return any(
        begin <= each.start < end
        and context.written_on is not None
        and each.date < context.written_on
        for each in context.dates
    )


def _amount_near(context: Context, hit: Hit) -> str | None:
    return _amount_within(context, *_sentence_bounds(context, hit), hit.start)


def _sentence_bounds(context: Context, hit: Hit) -> tuple[int, int]:
    inside = [token for token in context.tokens if token.sentence == hit.sentence]
    return inside[0].start, inside[-1].end + 2

"""
Dates in five languages: as printed, in words, and relative to the day a message was written.

Days come before months; only a month that cannot be one turns them round.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from concilia.documents.core.beginnings import at_word_start
from concilia.documents.core.lexicon.calendar import (
    BEGINNING,
    CHRISTMAS,
    COUNTED,
    END_OF_MONTH,
    END_OF_WEEK,
    END_OF_YEAR,
    FORTNIGHTS,
    MIDDLE,
    MONTH,
    MONTHS,
    NEXT_WEEK,
    NEXT_WEEKS_DAY,
    NUMBER_WORDS,
    ORDINAL_DAY,
    RELATIVE_DAYS,
    WEEK_NUMBER,
    WEEKDAY,
    WEEKDAY_AFTER,
    WEEKDAY_DAY,
    WEEKDAY_NEXT_WEEK,
    WEEKDAYS,
)
from concilia.documents.core.words import fold

ISO: Final = re.compile(
    r"((?:2(?<![\w.-]2)0|1(?<![\w.-]1)9)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\w-])"
)
NUMERIC: Final = re.compile(r"(\d(?<![\w/.-]\d)\d?)([./-])(\d{1,2})\2(\d{4}|\d{2})(?![\w/-])")
SHORT: Final = re.compile(r"(\d(?<![\w/.,-]\d)\d?)([./])(\d{1,2})(?:\2(?!\d)|(?![\w/-]|[.,]\d))")
DAY_MONTH: Final = re.compile(
    r"(\d(?<!\w\d)\d?)(?![\d,:/-])(?:st|nd|rd|th|er|[oa\u00ba\u00b0.])?\s?(?:of |de |d'|di )?"
    rf"({MONTH})\b\.?"
    r"(?:,?\s?(?:de |del )?(20\d\d|'?\d\d(?!\d|[.,:]\d)))?"
)
MONTH_DAY: Final = re.compile(
    rf"({at_word_start(MONTH)})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?: ?,? (20\d\d))?"
)
COMPACT: Final = re.compile(r"(2(?<!\d2)0\d\d)([01]\d)([0-3]\d)(?!\d)")
DIGIT: Final = re.compile(r"\d")
FRIDAY: Final = 4
SUNDAY: Final = 6
DECEMBER: Final = 12
WEEKS: Final = 52
HALF_A_YEAR: Final = 182
NEXT_MONTH: Final = re.compile(r"next|prossimo|prochain|que viene|proximo|nachsten")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date and where it stands. `exact` is false for one worked out from words like `Friday`."""

    date: dt.date
    start: int
    end: int
    exact: bool = True


def find_dates(
    text: str, base: dt.date | None = None, folded: str | None = None
) -> list[FoundDate]:
    """
    Return the dates of a text in order.

    :param base: the day the text was written: completes `12 May`, resolves `tomorrow`; without it
        such dates are left out
    :param folded: the text in plain letters, if it is known
    """
    folded = fold(text) if folded is None else folded
    found = [*_printed(folded), *_named(folded, base)]
    if base is not None:
        for date in _relative(folded, base):
            if not _overlaps(date, found):
                found.append(date)
    return sorted(found, key=lambda date: date.start)


@lru_cache(maxsize=4096)  # asked for by whoever looks at a table
def parse_date(text: str) -> dt.date | None:
    """Return the date a cell holds, None if it holds none."""
    folded = fold(text.strip())
    if DIGIT.search(folded) is None:
        return None
    found = [*_printed(folded), *_named(folded, None)]
    return found[0].date if found else None


def _printed(folded: str) -> Iterator[FoundDate]:
    for match in ISO.finditer(folded):
        yield from _made(match, match[1], match[2], match[3])
    for match in NUMERIC.finditer(folded):
        day, month, year = match[1], match[3], match[4]
        if int(month) > DECEMBER >= int(day):
            day, month = month, day
        yield from _made(match, year if len(year) > 2 else f"20{year}", month, day)  # noqa: PLR2004
    for match in COMPACT.finditer(folded):
        yield from _made(match, match[1], match[2], match[3])


def _named(folded: str, base: dt.date | None) -> Iterator[FoundDate]:
    for match in DAY_MONTH.finditer(folded):
        yield from _month_named(match, (match[1], match[2], match[3]), base)
    for match in MONTH_DAY.finditer(folded):
        yield from _month_named(match, (match[2], match[1], match[3]), base)
    if base is not None:
        for match in SHORT.finditer(folded):
            if int(match[1]) and 0 < int(match[3]) <= DECEMBER:
                yield from _nearest(match, int(match[1]), int(match[3]), base)


def _month_named(
    match: re.Match[str], parts: tuple[str, str, str | None], base: dt.date | None
) -> Iterator[FoundDate]:
    day, month, year = parts
    if year:
        digits = year.lstrip("'")
        yield from _made(match, digits if len(digits) > 2 else f"20{digits}", MONTHS[month], day)  # noqa: PLR2004
    elif base is not None:
        yield from _nearest(match, int(day), MONTHS[month], base)


def _made(
    match: re.Match[str], year: str | int, month: str | int, day: str | int
) -> Iterator[FoundDate]:
    try:
        yield FoundDate(dt.date(int(year), int(month), int(day)), match.start(), match.end())
    except ValueError:
        return


def _nearest(match: re.Match[str], day: int, month: int, base: dt.date) -> Iterator[FoundDate]:
    """A date without a year is the one nearest to the day it was written."""
    candidates = []
    for year in (base.year - 1, base.year, base.year + 1):
        try:
            candidates.append(dt.date(year, month, day))
        except ValueError:
            continue
    if candidates:
        best = min(candidates, key=lambda date: abs((date - base).days))
        yield FoundDate(best, match.start(), match.end())


def _relative(folded: str, base: dt.date) -> Iterator[FoundDate]:
    yield from _weekdays_ahead(folded, base)
    yield from _days_ahead(folded, base)
    yield from _parts_of_time(folded, base)
    for match in NEXT_WEEK.finditer(folded):
        yield _at(match, base + dt.timedelta(days=FRIDAY - base.weekday() + 7))
    for match in END_OF_WEEK.finditer(folded):
        yield _at(match, base + dt.timedelta(days=(FRIDAY - base.weekday()) % 7))
    for match in END_OF_MONTH.finditer(folded):
        yield _at(match, _end_of_month(match[1], base))
    for match in ORDINAL_DAY.finditer(folded):
        yield from _next_day(match, int(match[1]), base)


def _weekdays_ahead(folded: str, base: dt.date) -> Iterator[FoundDate]:
    """Days of the next week, days after the next, weekdays with the number of their day."""
    for pattern, days in WEEKDAY_AFTER:
        for match in pattern.finditer(folded):
            named = re.search(WEEKDAY, match[0])
            if named:
                yield _at(match, _weekday(base, named[0]) + dt.timedelta(days=days))
    for match in (*WEEKDAY_NEXT_WEEK.finditer(folded), *NEXT_WEEKS_DAY.finditer(folded)):
        ahead = 7 - base.weekday() + WEEKDAYS[match[1]]
        yield _at(match, base + dt.timedelta(days=ahead))
    for match in WEEKDAY_DAY.finditer(folded):
        yield from _next_day(match, int(match[1]), base)


def _days_ahead(folded: str, base: dt.date) -> Iterator[FoundDate]:
    for pattern, days in (*RELATIVE_DAYS, *FORTNIGHTS):
        for match in re.finditer(pattern, folded):
            yield _at(match, base + dt.timedelta(days=days))
    for match in COUNTED.finditer(folded):
        count = int(match[1]) if match[1].isdigit() else NUMBER_WORDS.get(match[1], 0)
        yield _at(match, _counted(base, count, match[2]))
    for match in re.finditer(rf"\b({WEEKDAY})\b", folded):
        yield _at(match, _weekday(base, match[1]))


def _parts_of_time(folded: str, base: dt.date) -> Iterator[FoundDate]:
    """The middle or the first of a month, the end of the year, Christmas, a numbered week."""
    for match in MIDDLE.finditer(folded):
        yield _at(match, _of_month(match[1], 15, base))
    for match in BEGINNING.finditer(folded):
        yield _at(match, _of_month(match[1], 1, base))
    for match in END_OF_YEAR.finditer(folded):
        yield _at(match, dt.date(base.year, DECEMBER, 31))
    for match in CHRISTMAS.finditer(folded):
        yield _at(match, dt.date(base.year, DECEMBER, 24))
    for match in WEEK_NUMBER.finditer(folded):
        if 0 < int(match[1]) <= WEEKS:
            friday = dt.date.fromisocalendar(base.year, int(match[1]), FRIDAY + 1)
            late = (base - friday).days > HALF_A_YEAR
            yield _at(match, friday + dt.timedelta(weeks=WEEKS) if late else friday)


def _of_month(name: str | None, day: int, base: dt.date) -> dt.date:
    """The day of a named month, of the next month, or of the month whose such day comes next."""
    year, month = base.year, base.month
    if name in MONTHS:
        month = MONTHS[name]
        year += (month, day) < (base.month, base.day)
    elif day < base.day or (name and NEXT_MONTH.search(name)):
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
    return _clamped(year, month, day)


def _weekday(base: dt.date, name: str) -> dt.date:
    """The next such day of the week."""
    return base + dt.timedelta(days=(WEEKDAYS[name] - base.weekday()) % 7 or 7)


def _at(match: re.Match[str], date: dt.date) -> FoundDate:
    return FoundDate(date, match.start(), match.end(), exact=False)


def _counted(base: dt.date, count: int, unit: str) -> dt.date:
    if unit.startswith(("week", "settiman", "semain", "seman", "woche")):
        return base + dt.timedelta(weeks=count)
    if unit.startswith(("month", "mes", "mois", "monat")):
        month = base.month - 1 + count
        return _clamped(base.year + month // 12, month % 12 + 1, base.day)
    return base + dt.timedelta(days=count)


def _end_of_month(name: str | None, base: dt.date) -> dt.date:
    month, year = base.month, base.year
    if name in MONTHS:
        year += MONTHS[name] < month
        month = MONTHS[name]
    elif (name and name.split()[0] in {"next", "prossimo", "proximo", "nachsten"}) or (
        name and name.endswith(("prossimo", "prochain", "viene"))
    ):
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
    return _clamped(year, month, 31)


def _next_day(match: re.Match[str], day: int, base: dt.date) -> Iterator[FoundDate]:
    """`by the 15th` is the next 15th."""
    if not 1 <= day <= 31:  # noqa: PLR2004 - days of a month
        return
    year, month = base.year, base.month
    if day < base.day:
        year, month = (year + 1, 1) if month == DECEMBER else (year, month + 1)
    yield _at(match, _clamped(year, month, day))


def _clamped(year: int, month: int, day: int) -> dt.date:
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day, last))


def _overlaps(date: FoundDate, others: list[FoundDate]) -> bool:
    return any(date.start < other.end + 1 and other.start < date.end + 1 for other in others)

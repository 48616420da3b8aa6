"""
National holidays as rules (domain.md §8.5). Regional and company days are other people's data.

The rules are those in force in 2026, with the years in which a day was added. Days proclaimed for
once are listed by date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
WEEK: Final = timedelta(days=7)
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199


class CalendarUnknown(ValueError):
    """There is no business calendar for this country or year."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A holiday on the same date each year, `since` a year."""

    month: int
    day: int
    name: str
    since: int = FIRST_YEAR


@dataclass(frozen=True, slots=True)
class Movable:
    """A holiday so many days from Easter Sunday."""

    days_from_easter: int
    name: str


@dataclass(frozen=True, slots=True)
class Nth:
    """The nth such weekday of a month; -1 is the last."""

    nth: int
    weekday: int
    month: int
    name: str


Rule = Fixed | Movable | Nth

NEW_YEAR: Final = Fixed(1, 1, "New Year's Day")
EPIPHANY: Final = Fixed(1, 6, "Epiphany")
LABOUR_DAY: Final = Fixed(5, 1, "Labour Day")
ASSUMPTION: Final = Fixed(8, 15, "Assumption Day")
ALL_SAINTS: Final = Fixed(11, 1, "All Saints' Day")
IMMACULATE: Final = Fixed(12, 8, "Immaculate Conception")
CHRISTMAS: Final = Fixed(12, 25, "Christmas Day")
STEPHEN: Final = Fixed(12, 26, "St Stephen's Day")
GOOD_FRIDAY: Final = Movable(-2, "Good Friday")
EASTER_MONDAY: Final = Movable(1, "Easter Monday")
ASCENSION: Final = Movable(39, "Ascension Day")
WHIT_MONDAY: Final = Movable(50, "Whit Monday")

_UK: Final[tuple[Rule, ...]] = (
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    Nth(1, MONDAY, 5, "Early May bank holiday"),
    Nth(-1, MONDAY, 5, "Spring bank holiday"),
    Nth(-1, MONDAY, 8, "Summer bank holiday"),
    CHRISTMAS,
    Fixed(12, 26, "Boxing Day"),
)

RULES: Final[Mapping[str, tuple[Rule, ...]]] = {
    "IT": (
        NEW_YEAR,
        EPIPHANY,
        EASTER_MONDAY,
        Fixed(4, 25, "Liberation Day"),
        LABOUR_DAY,
        Fixed(6, 2, "Republic Day"),
        ASSUMPTION,
        Fixed(10, 4, "St Francis of Assisi", since=2026),  # L. 151/2025
        ALL_SAINTS,
        IMMACULATE,
        CHRISTMAS,
        STEPHEN,
    ),
    "FR": (
        NEW_YEAR,
        EASTER_MONDAY,
        LABOUR_DAY,
        Fixed(5, 8, "Victory Day 1945"),
        ASCENSION,
        WHIT_MONDAY,
        Fixed(7, 14, "Bastille Day"),
        ASSUMPTION,
        ALL_SAINTS,
        Fixed(11, 11, "Armistice Day"),
        CHRISTMAS,
    ),
    "ES": (
        NEW_YEAR,
        EPIPHANY,
        GOOD_FRIDAY,
        LABOUR_DAY,
        ASSUMPTION,
        Fixed(10, 12, "National Day of Spain"),
        ALL_SAINTS,
        Fixed(12, 6, "Constitution Day"),
        IMMACULATE,
        CHRISTMAS,
    ),
    "DE": (
        NEW_YEAR,
        GOOD_FRIDAY,
        EASTER_MONDAY,
        LABOUR_DAY,
        ASCENSION,
        WHIT_MONDAY,
        Fixed(10, 3, "Day of German Unity", since=1990),
        CHRISTMAS,
        Fixed(12, 26, "Second day of Christmas"),
    ),
    "GB": _UK,
    "US": (
        NEW_YEAR,
        Nth(3, MONDAY, 1, "Martin Luther King Day"),
        Nth(3, MONDAY, 2, "Washington's Birthday"),
        Nth(-1, MONDAY, 5, "Memorial Day"),
        Fixed(6, 19, "Juneteenth", since=2021),
        Fixed(7, 4, "Independence Day"),
        Nth(1, MONDAY, 9, "Labor Day"),
        Nth(2, MONDAY, 10, "Columbus Day"),
        Fixed(11, 11, "Veterans Day"),
        Nth(4, THURSDAY, 11, "Thanksgiving Day"),
        CHRISTMAS,
    ),
    # The days on which no euro settles, whatever the country.
    "TARGET": (NEW_YEAR, GOOD_FRIDAY, EASTER_MONDAY, LABOUR_DAY, CHRISTMAS, STEPHEN),
}
ALIASES: Final[Mapping[str, str]] = {"UK": "GB"}

# Proclaimed once, or moved: a name of None takes the rule's day away.
ONCE: Final[Mapping[str, Mapping[date, str | None]]] = {
    "DE": {date(2017, 10, 31): "Reformation Day (500 years)"},
    "GB": {
        date(2020, 5, 4): None,
        date(2020, 5, 8): "Early May bank holiday (VE Day)",
        date(2022, 5, 30): None,
        date(2022, 6, 2): "Spring bank holiday",
        date(2022, 6, 3): "Platinum Jubilee bank holiday",
        date(2022, 9, 19): "State funeral of Queen Elizabeth II",
        date(2023, 5, 8): "Coronation bank holiday",
    },
}


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    leap_centuries, century_rest = divmod(century, 4)
    moon = (8 * century + 13) // 25
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def country_code(country: str) -> str:
    """
    Return the calendar's name for a country: `UK` is `GB`.

    :raises CalendarUnknown: if we have no holidays for it
    """
    code = ALIASES.get(country.upper(), country.upper())
    if code not in RULES:
        raise CalendarUnknown(
            f"there is no business calendar for {country[:20]!r}; there are {', '.join(RULES)}"
        )
    return code


def national_holidays(country: str, year: int) -> Mapping[date, str]:
    """
    Return the days of the year on which the country rests, weekends aside, and why.

    :raises CalendarUnknown: for another country, or a year outside 1900-2199
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CalendarUnknown(f"there is no business calendar for the year {year}")
    return _holidays(country_code(country), year)


@lru_cache(maxsize=1024)
def _holidays(code: str, year: int) -> Mapping[date, str]:
    found = _by_rule(code, year)
    if code == "GB":
        found |= _taken_later(found)
    if code == "US":
        found |= _taken_nearby(found | _new_year_after(year))
    once = ONCE.get(code, {})
    found |= {day: name for day, name in once.items() if name and day.year == year}
    return MappingProxyType(
        {day: found[day] for day in sorted(found) if once.get(day, "kept") and day.year == year}
    )


def _by_rule(code: str, year: int) -> dict[date, str]:
    return {
        _day_of(rule, year): rule.name
        for rule in RULES[code]
        if not isinstance(rule, Fixed) or rule.since <= year
    }


def _day_of(rule: Rule, year: int) -> date:
    match rule:
        case Fixed(month, day):
            return date(year, month, day)
        case Movable(days):
            return easter(year) + timedelta(days=days)
        case Nth(nth, weekday, month):
            return _nth_weekday(year, month, weekday, nth)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7) + (nth - 1) * WEEK
    next_month = date(year + month // 12, month % 12 + 1, 1)
    last = next_month - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _taken_later(found: Mapping[date, str]) -> dict[date, str]:
    """Move a British holiday on a weekend to the next day that is neither weekend nor holiday."""
    moved: dict[date, str] = {}
    for day in sorted(found):
        if day.weekday() < SATURDAY:
            continue
        substitute = day
        while substitute.weekday() >= SATURDAY or substitute in found or substitute in moved:
            substitute += timedelta(days=1)
        moved[substitute] = f"{found[day]} (substitute day)"
    return moved


def _taken_nearby(found: Mapping[date, str]) -> dict[date, str]:
    """Move an American holiday from Saturday to Friday, from Sunday to Monday."""
    shift = {SATURDAY: timedelta(days=-1), SUNDAY: timedelta(days=1)}
    return {
        day + shift[day.weekday()]: f"{name} (observed)"
        for day, name in found.items()
        if day.weekday() in shift
    }


def _new_year_after(year: int) -> dict[date, str]:
    """New Year's Day on a Saturday is taken on the last day of the year before."""
    return {date(year + 1, 1, 1): NEW_YEAR.name} if year < MAXYEAR else {}

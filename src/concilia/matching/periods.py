"""The months and days a payer names: `saldo fatture gennaio 2026`, `relevé 01/2026`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

_NAMES: Final = (
    "GENNAIO GEN JANVIER JANV ENERO ENE JANUAR JAENNER JANNER JAN JANUARY",
    "FEBBRAIO FEB FEVRIER FEVR FEBRERO FEBRUAR FEBRUARY",
    "MARZO MAR MARS MARZ MAERZ MRZ MARCH",
    "APRILE APR AVRIL ABRIL ABR APRIL",
    "MAGGIO MAG MAI MAYO MAY",
    "GIUGNO GIU JUIN JUNIO JUN JUNI JUNE",
    "LUGLIO LUG JUILLET JUIL JULIO JUL JULI JULY",
    "AGOSTO AGO AOUT AUGUST AUG",
    "SETTEMBRE SET SEPTEMBRE SEPT SEPTIEMBRE SEP SEPTEMBER",
    "OTTOBRE OTT OCTOBRE OCTUBRE OCT OKTOBER OKT OCTOBER",
    "NOVEMBRE NOV NOVIEMBRE NOVEMBER",
    "DICEMBRE DIC DECEMBRE DICIEMBRE DEZEMBER DEZ DECEMBER DEC",
)
_MONTHS: Final[Mapping[str, int]] = {
    name: month for month, names in enumerate(_NAMES, 1) for name in names.split()
}
SURE_WITHOUT_YEAR: Final = 5  # `MAR` and `MAI` alone are other words as well
_NAMED: Final = re.compile(
    rf"(?<![0-9A-Z])({'|'.join(sorted(_MONTHS, key=len, reverse=True))})(?![A-Z])"
    r"(?:[ .'/-]{0,2}(20[0-9]{2}|[0-9]{2})(?![0-9]))?"
)
_COUNTED: Final = re.compile(r"(?<![0-9./-])(0?[1-9]|1[0-2])[/.-](20[0-9]{2})(?![0-9]|[./-][0-9])")
# A day before a month makes it a date, or a street: `4 NOVEMBRE`, `XXV APRILE`.
_DAY_BEFORE: Final = re.compile(
    r"(?:(?<![0-9])(?:0?[1-9]|[12][0-9]|3[01])|\b[IVX]+)[.° ]*(?:DE )?$"
)
_DAY: Final = re.compile(
    r"(?<![0-9./-])(0?[1-9]|[12][0-9]|3[01])[./-](0?[1-9]|1[0-2])[./-](20[0-9]{2})(?![0-9])"
)
_YEARS: Final = range(15, 36)


class Period(NamedTuple):
    """Days, both included."""

    first: date
    last: date

    def has(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last


def find_periods(said: str, on: date) -> tuple[Period, ...]:
    """
    Return the months a text names, in order.

    :param said: in capitals, without accents
    :param on: the day of the payment; a month without a year is the last one that began by then
    """
    return tuple(sorted({_month(*one) for one in (*_named(said, on), *_counted(said))}))


def find_days(said: str) -> tuple[date, ...]:
    """Return the whole dates a text names, in order."""
    found = set()
    for day, month, year in _DAY.findall(said):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(sorted(found))


def _named(said: str, on: date) -> Iterator[tuple[int, int]]:
    for found in _NAMED.finditer(said):
        word, year = found[1], int(found[2] or 0)
        if _DAY_BEFORE.search(said, 0, found.start()):
            continue
        month = _MONTHS[word]
        if len(str(year)) == 2 and year in _YEARS:  # noqa: PLR2004 - two digits of a year
            year += 2000
        if year > 2000:  # noqa: PLR2004 - four digits of a year
            yield year, month
        elif len(word) >= SURE_WITHOUT_YEAR:
            yield on.year - (month > on.month), month


def _counted(said: str) -> Iterator[tuple[int, int]]:
    for month, year in _COUNTED.findall(said):
        yield int(year), int(month)


def _month(year: int, month: int) -> Period:
    first = date(year, month, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(first, following - timedelta(days=1))

"""
Reference rates of late-payment law, as dated rows with their source (domain.md §4.2).

A half-year that is not here is unknown: it must be loaded from the authority that publishes it, and
until then nothing computed with it may be demanded or posted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from concilia.kernel.periods import JULY, Period, half_year_of


class Series(StrEnum):
    """A published rate on which laws build."""

    ECB = "ECB"
    BASISZINS = "BASISZINS"
    BOE = "BOE"
    IT_LEGAL = "IT_LEGAL"
    FR_LEGAL = "FR_LEGAL"
    ES_LEGAL = "ES_LEGAL"


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate in percent a year, the days on which it is the reference, and who says so."""

    series: Series
    period: Period
    percent: Decimal
    source: str


class RateMissing(LookupError):
    """The rate of a half-year has not been published, or not been loaded (`RATE_MISSING`)."""

    def __init__(self, series: Series, day: date) -> None:
        self.series = series
        self.half_year = half_year_name(day)
        period = half_year_of(day)
        super().__init__(
            f"the {SERIES_NAMES[series]} for the half-year {self.half_year} "
            f"({period.start} to {period.last}) is unknown"
        )


SERIES_NAMES: Final = {
    Series.ECB: "European Central Bank reference rate",
    Series.BASISZINS: "German base rate (Basiszinssatz, § 247 BGB)",
    Series.BOE: "Bank of England official dealing rate",
    Series.IT_LEGAL: "Italian legal rate (art. 1284 c.c.)",
    Series.FR_LEGAL: "French legal rate (all other cases)",
    Series.ES_LEGAL: "Spanish legal interest (interés legal del dinero)",
}
_ECB: Final = "European Central Bank, main refinancing rate at the fixing date"
_BUBA: Final = "Deutsche Bundesbank, § 247 BGB; checked as ECB rate less 0.88"
_BOE: Final = "Bank of England rate on 30 June or 31 December before (SI 2002/1675 art. 4)"

# From half-year | to half-year | percent | source.
_TABLES: Final = {
    Series.ECB: f"""
        2013H2 | 2013H2 | 0.50 | {_ECB}
        2014H1 | 2014H1 | 0.25 | {_ECB}
        2014H2 | 2014H2 | 0.15 | {_ECB}
        2015H1 | 2016H1 | 0.05 | {_ECB}
        2016H2 | 2022H2 | 0.00 | {_ECB}
        2023H1 | 2023H1 | 2.50 | {_ECB}
        2023H2 | 2023H2 | 4.00 | {_ECB}
        2024H1 | 2024H1 | 4.50 | {_ECB}
        2024H2 | 2024H2 | 4.25 | {_ECB}
        2025H1 | 2025H1 | 3.15 | {_ECB}
        2025H2 | 2025H2 | 2.15 | {_ECB}
        2026H1 | 2026H1 | 2.15 | Gazzetta Ufficiale n. 15 of 20-Jan-2026; BOE-A-2025-27201
    """,
    Series.BASISZINS: f"""
        2013H2 | 2013H2 | -0.38 | {_BUBA}
        2014H1 | 2014H1 | -0.63 | {_BUBA}
        2014H2 | 2014H2 | -0.73 | {_BUBA}
        2015H1 | 2016H1 | -0.83 | {_BUBA}
        2016H2 | 2022H2 | -0.88 | {_BUBA}
        2023H1 | 2023H1 | 1.62 | {_BUBA}
        2023H2 | 2023H2 | 3.12 | {_BUBA}
        2024H1 | 2024H1 | 3.62 | {_BUBA}
        2024H2 | 2024H2 | 3.37 | {_BUBA}
        2025H1 | 2025H1 | 2.27 | {_BUBA}
        2025H2 | 2025H2 | 1.27 | {_BUBA}
        2026H1 | 2026H1 | 1.27 | Derived: ECB rate 2.15 less 0.88 (§ 247 BGB)
    """,
    Series.BOE: f"""
        2023H1 | 2023H1 | 3.50 | {_BOE}
        2023H2 | 2023H2 | 5.00 | {_BOE}
        2024H1 | 2024H1 | 5.25 | {_BOE}
        2024H2 | 2024H2 | 5.25 | {_BOE}
        2025H1 | 2025H1 | 4.75 | {_BOE}
        2025H2 | 2025H2 | 4.25 | {_BOE}
        2026H1 | 2026H1 | 3.75 | {_BOE}
        2026H2 | 2026H2 | 3.75 | {_BOE}; from a secondary source, June 2026
    """,
    Series.IT_LEGAL: """
        2021H1 | 2021H2 | 0.01 | Legal rate for 2021, art. 1284 c.c.
        2022H1 | 2022H2 | 1.25 | Legal rate for 2022, art. 1284 c.c.
        2023H1 | 2023H2 | 5.00 | Legal rate for 2023, art. 1284 c.c.
        2024H1 | 2024H2 | 2.50 | Legal rate for 2024, art. 1284 c.c.
        2025H1 | 2025H2 | 2.00 | Legal rate for 2025, art. 1284 c.c.
        2026H1 | 2026H2 | 1.60 | Legal rate for 2026, art. 1284 c.c.
    """,
    Series.FR_LEGAL: """
        2023H1 | 2023H1 | 2.06 | Legal rate, tous autres cas, 1st half of 2023
        2023H2 | 2023H2 | 4.22 | Legal rate, tous autres cas, 2nd half of 2023
        2024H1 | 2024H1 | 5.07 | Legal rate, tous autres cas, 1st half of 2024
        2024H2 | 2024H2 | 4.92 | Legal rate, tous autres cas, 2nd half of 2024
        2025H1 | 2025H1 | 3.71 | Legal rate, tous autres cas, 1st half of 2025
        2025H2 | 2025H2 | 2.76 | Legal rate, tous autres cas, 2nd half of 2025
        2026H1 | 2026H1 | 2.62 | Legal rate, tous autres cas, arrêté of 15-Dec-2025
    """,
    Series.ES_LEGAL: """
        2023H1 | 2025H2 | 3.25 | Interés legal del dinero 2023 to 2025
    """,
}


def half_year_name(day: date) -> str:
    """Return the name of the half-year a day is in: `2026 H2`."""
    return f"{day.year} H{1 if day.month < JULY else 2}"


class RateTable:
    """Rates by series and day; rows loaded later win over the ones shipped."""

    def __init__(self, rows: Iterable[RateRow]) -> None:
        self.rows = tuple(rows)

    def with_rows(self, rows: Iterable[RateRow]) -> RateTable:
        """Return a table in which these rows come first."""
        return RateTable((*rows, *self.rows))

    def on(self, series: Series, day: date) -> RateRow:
        """
        Return the reference rate of that day.

        :raises RateMissing: if no row covers it
        """
        for row in self.rows:
            if row.series is series and day in row.period:
                return row
        raise RateMissing(series, day)

    def last_known(self, series: Series, day: date) -> RateRow:
        """
        Return the newest rate that ended before the day: good for an estimate, not for a demand.

        :raises RateMissing: if there is none either
        """
        earlier = [row for row in self.rows if row.series is series and row.period.end <= day]
        if not earlier:
            raise RateMissing(series, day)
        return max(earlier, key=lambda row: row.period.end)


def _half_year(name: str) -> Period:
    year, half = name.split("H")
    return half_year_of(date(int(year), 1 if half == "1" else JULY, 1))


def _read(series: Series, table: str) -> Iterable[RateRow]:
    for line in table.strip().splitlines():
        first, last, percent, source = (cell.strip() for cell in line.split("|"))
        period = Period(_half_year(first).start, _half_year(last).end)
        yield RateRow(series, period, Decimal(percent), source)


RATES: Final = RateTable(row for series, table in _TABLES.items() for row in _read(series, table))

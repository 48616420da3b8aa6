"""
The dashboard's six figures from one row a day: stocks at the end of it, flows during it.

Any period, its change against the one before and its line of twelve points are sums over these
rows; the formulas themselves are those of `kpis` and `kpi_cases`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from concilia.kernel.money import Money
from concilia.kernel.periods import Period, add_months
from concilia.reporting.core import kpis
from concilia.reporting.core.figures import Figure, figure, term
from concilia.reporting.core.kpi_cases import (
    deduction_days_outstanding,
    share,
    share_in_time,
)

POINTS: Final = 12
PERIODS: Final = (30, 92, 365)
# The longest period, the one before it, and twelve points of it.
HISTORY_DAYS: Final = 2 * 366 + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """
    One day of one currency; amounts in minor units.

    Stocks are as of the end of the day: receivables, not_due, contested, deductions_open,
    claims_open. The others are what happened on it. `claims_resolved` leaves out withdrawn claims
    and duplicates; `in_time` are those of them answered by their deadline. `untouched` payments
    were posted by a rule.
    """

    day: date
    receivables: int = 0
    not_due: int = 0
    contested: int = 0
    deductions_open: int = 0
    claims_open: int = 0
    sales: int = 0
    deductions_taken: int = 0
    claims_opened: int = 0
    claims_closed: int = 0
    claims_resolved: int = 0
    in_time: int = 0
    payments: int = 0
    untouched: int = 0


STOCKS: Final = ("receivables", "not_due", "contested", "deductions_open", "claims_open")
FLOWS: Final = tuple(
    each.name for each in fields(Day) if each.name != "day" and each.name not in STOCKS
)


def days_from(moves: Mapping[date, Mapping[str, int]], first: date, last: date) -> list[Day]:
    """
    Return a row for every day from `first` to `last` out of what moved on which day.

    A stock's name in `moves` stands for its change; changes before `first` are its opening balance,
    flows before it are left out.
    """
    stock = dict.fromkeys(STOCKS, 0)
    for day, moved in moves.items():
        if day < first:
            for name in STOCKS:
                stock[name] += moved.get(name, 0)
    rows = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        moved = moves.get(day, {})
        for name in STOCKS:
            stock[name] += moved.get(name, 0)
        rows.append(Day(day=day, **stock, **{name: moved.get(name, 0) for name in FLOWS}))
    return rows


@dataclass(frozen=True)
class DayBook:
    """Days without gaps, oldest first, in one currency; `overdue_open` are late open cases now."""

    days: Sequence[Day]
    currency: str
    overdue_open: int = 0

    @property
    def last(self) -> date:
        """The day of the figures."""
        return self.days[-1].day

    def period(self, length: int, end: date | None = None) -> Period:
        """The `length` days up to and including `end`, the last day if not said."""
        last = end or self.last
        return Period.of_days(last - timedelta(days=length - 1), last)

    def stock(self, name: str, day: date) -> int:
        """A stock at the end of a day; that of the first day for all days before."""
        return int(getattr(self._at(day), name))

    def flow(self, name: str, period: Period) -> int:
        """What happened in a period, as far as the days reach back."""
        sums = self._sums[name]
        return sums[self._index(period.end)] - sums[self._index(period.start)]

    def all(self, period: Period) -> dict[str, Figure]:
        """The six figures at the end of a period."""
        return {name: formula(self, period) for name, formula in FORMULAS.items()}

    def ends(self) -> list[date]:
        """The last day and the same day of the eleven months before, oldest first."""
        return [add_months(self.last, -back) for back in range(POINTS - 1, -1, -1)]

    def points(self, name: str, length: int) -> list[Figure]:
        """One figure over periods of this length at each of the `ends`."""
        return [FORMULAS[name](self, self.period(length, end)) for end in self.ends()]

    def best_possible(self, period: Period) -> Figure:
        """The DSO if everybody paid when due."""
        return kpis.best_possible_dso(
            self._money(self.stock("not_due", period.last)), self._sales(period), period.days
        )

    def _money(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def _sales(self, period: Period) -> Money:
        return self._money(self.flow("sales", period))

    def _index(self, day: date) -> int:
        return min(max((day - self.days[0].day).days, 0), len(self.days))

    def _at(self, day: date) -> Day:
        return self.days[min(self._index(day), len(self.days) - 1)]

    @cached_property
    def _sums(self) -> dict[str, list[int]]:
        return {
            name: list(accumulate((getattr(day, name) for day in self.days), initial=0))
            for name in FLOWS
        }


def _dso(book: DayBook, period: Period) -> Figure:
    owed = Money(book.stock("receivables", period.last), book.currency)
    return kpis.dso(owed, Money(book.flow("sales", period), book.currency), period.days)


def _dso_in_dispute(book: DayBook, period: Period) -> Figure:
    contested = Money(book.stock("contested", period.last), book.currency)
    sales = Money(book.flow("sales", period), book.currency)
    return kpis.dso_in_dispute(contested, sales, period.days)


def _contested(book: DayBook, period: Period) -> Figure:
    contested = Money(book.stock("contested", period.last), book.currency)
    rows = [
        term("claims_open", book.stock("claims_open", period.last)),
        term("contested", contested),
    ]
    return figure("contested_open@1", contested.to_decimal(), book.currency, rows)


def _resolved_in_time(book: DayBook, period: Period) -> Figure:
    late_now = book.overdue_open if period.last == book.last else 0
    resolved = book.flow("claims_resolved", period)
    return share_in_time(book.flow("in_time", period), resolved, late_now)


def _deductions_outstanding(book: DayBook, period: Period) -> Figure:
    held = Money(book.stock("deductions_open", period.last), book.currency)
    taken = Money(book.flow("deductions_taken", period), book.currency)
    return deduction_days_outstanding(held, taken, period.days)


def _posted_untouched(book: DayBook, period: Period) -> Figure:
    untouched, payments = book.flow("untouched", period), book.flow("payments", period)
    return share("match_rate_payments", untouched, payments)


FORMULAS: Final[Mapping[str, Callable[[DayBook, Period], Figure]]] = MappingProxyType(
    {
        "dso": _dso,
        "dso_in_dispute": _dso_in_dispute,
        "contested": _contested,
        "resolved_in_time": _resolved_in_time,
        "deductions": _deductions_outstanding,
        "posted_untouched": _posted_untouched,
    }
)

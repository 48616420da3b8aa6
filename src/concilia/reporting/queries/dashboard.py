"""The dashboard: six figures with their change and line, and what the four charts draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from concilia.identity.models import Entity
from concilia.kernel.periods import Period
from concilia.ledger.models import JournalEntry
from concilia.reporting.core.days import FORMULAS, PERIODS, DayBook
from concilia.reporting.core.figures import Figure
from concilia.reporting.queries.day_figures import AgeBucket, Cause, figures_of
from concilia.reporting.queries.figure_rows import causes_in

WEEKS: Final = 12
PERIOD_USUAL: Final = 92
# Figures that rest on receivables of the past, which the ledger knows from its first entry on.
OF_THE_LEDGER: Final = frozenset({"dso", "deductions"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure, its change against the period before (None: undefined), 12 points."""

    name: str
    currency: str
    figure: Figure
    change: Decimal | None
    points: Sequence[Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Claims of one ISO week; `open` at its end."""

    number: int
    opened: int
    closed: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """DSO and what it would be if everybody paid when due."""

    day: date
    dso: Decimal | None
    best: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All of one currency over one period that ends with the last day known."""

    as_of: datetime
    currency: str
    currencies: Sequence[str]
    period: Period
    tiles: Sequence[Tile]
    weeks: Sequence[Week]
    months: Sequence[MonthEnd]
    ageing: Sequence[AgeBucket]
    causes: Sequence[Cause]

    def tile(self, name: str) -> Tile | None:
        """The tile of that name, if there is one."""
        return next((tile for tile in self.tiles if tile.name == name), None)


def dashboard_of(*, entity: Entity, currency: str, days: int, at: datetime) -> Dashboard:
    """
    The dashboard in one currency over the last `days` (one of `PERIODS`).

    Receivables of days before the ledger began here are not whole: what rests on them is unknown.

    Three or four statements for a large company (what was last taken), eleven for a small one.
    """
    assert days in PERIODS, days
    figures = figures_of(entity=entity, at=at)
    found = figures.of(currency)
    book, period = found.book, found.book.period(days)
    causes = found.causes.get(days)
    begun = _ledger_began(entity)
    return Dashboard(
        as_of=figures.as_of,
        currency=currency,
        currencies=sorted(figures.by_currency, key=lambda code: (code != entity.currency, code)),
        period=period,
        tiles=[_tile(book, name, period, begun) for name in FORMULAS],
        weeks=_weeks(book),
        months=_months(book, days, begun),
        ageing=found.ageing,
        causes=causes
        if causes is not None
        else causes_in(entity=entity, currency=currency, period=period),
    )


def _ledger_began(entity: Entity) -> date:
    """The day of the first entry in the ledger: open items of before were taken over on it."""
    rows = JournalEntry.objects.filter(entity=entity).order_by("pk")
    first = rows.values_list("booked_at", flat=True).first()
    return first.astimezone(ZoneInfo(entity.timezone)).date() if first else date.min


def _tile(book: DayBook, name: str, period: Period, begun: date) -> Tile:
    now = FORMULAS[name](book, period)
    before = book.period(period.days, period.start - timedelta(days=1))
    then = FORMULAS[name](book, before)
    is_whole = name not in OF_THE_LEDGER or before.last >= begun
    known = now.value is not None and then.value is not None and is_whole
    return Tile(
        name=name,
        currency=book.currency,
        figure=now,
        change=now.value - then.value if known else None,  # type: ignore[operator]
        points=[
            None if name in OF_THE_LEDGER and end < begun else point.value
            for end, point in zip(book.ends(), book.points(name, period.days), strict=True)
        ],
    )


def _weeks(book: DayBook) -> list[Week]:
    monday = book.last - timedelta(days=book.last.weekday())
    starts = [monday - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    return [_week(book, Period.of_days(start, start + timedelta(days=6))) for start in starts]


def _week(book: DayBook, week: Period) -> Week:
    return Week(
        number=week.start.isocalendar().week,
        opened=book.flow("claims_opened", week),
        closed=book.flow("claims_closed", week),
        open=book.stock("claims_open", week.last),
    )


def _months(book: DayBook, days: int, begun: date) -> list[MonthEnd]:
    return [
        MonthEnd(
            day=end,
            dso=FORMULAS["dso"](book, book.period(days, end)).value,
            best=book.best_possible(book.period(days, end)).value,
        )
        if end >= begun
        else MonthEnd(day=end, dso=None, best=None)
        for end in book.ends()
    ]

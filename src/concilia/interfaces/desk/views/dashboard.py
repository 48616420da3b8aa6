"""The dashboard: six figures that open into their rows, four charts, downloads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from babel.dates import format_date
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.figure_words import (
    KPIS,
    formula_words,
    id_words,
    result_words,
    tile_words,
)
from concilia.kernel.currencies import exponent_of
from concilia.kernel.money import Money
from concilia.kernel.reasons import UnknownReason, reason_name
from concilia.reporting.core.days import PERIODS
from concilia.reporting.queries.dashboard import (
    PERIOD_USUAL,
    Dashboard,
    MonthEnd,
    Tile,
    dashboard_of,
)
from concilia.reporting.queries.figure_rows import FigureRow, all_rows, shown_rows

OPEN_USUAL: Final = "dso_in_dispute"
NOTHING_OPEN: Final = "none"
ROW_PAGES: Final = {"claim": "claim", "payment": "bank-payment"}
# Figures whose rows add up to an amount of the figure, by the term that is this sum.
SUMS: Final = {
    "dso": "receivables",
    "dso_in_dispute": "disputed",
    "contested": "contested",
    "deductions": "open_deductions",
}
# How many rows are behind a figure, by a figure's term that counts them.
COUNTS: Final = {
    "dso_in_dispute": ("contested", "claims_open"),
    "contested": ("contested", "claims_open"),
    "resolved_in_time": ("resolved_in_time", "resolved"),
    "posted_untouched": ("posted_untouched", "payments"),
}
THOUSAND: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the dashboard is asked for; what makes no sense gives way to what is usual."""

    days: int
    currency: str
    opened: str

    def query(self, **changes: object) -> str:
        """The query string of this view with something changed."""
        asked = {"period": self.days, "currency": self.currency, "open": self.opened} | changes
        return "?" + "&".join(f"{name}={value}" for name, value in asked.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """A row behind a figure, where it leads, and its share of the figure."""

    row: FigureRow
    href: str
    customer_href: str
    days: Decimal | None
    share_percent: int

    @property
    def rest_percent(self) -> int:
        """What the bar leaves empty."""
        return 100 - self.share_percent


@require_GET
@desk_page()
def dashboard(request: DeskRequest) -> HttpResponse:
    """The six figures, what is behind the one that is open, and the charts."""
    entity, at = request.seat.entity, timezone.now()
    wanted = _wanted(request)
    board = dashboard_of(entity=entity, currency=wanted.currency, days=wanted.days, at=at)
    context = {
        "board": board,
        "wanted": wanted,
        "periods": [(days, _period_name(days), wanted.query(period=days)) for days in PERIODS],
        "currencies": [(code, wanted.query(currency=code)) for code in board.currencies],
        "tiles": [
            (
                tile_words(tile, board.currency, wanted.days, is_open=tile.name == wanted.opened),
                wanted.query(open=NOTHING_OPEN if tile.name == wanted.opened else tile.name),
            )
            for tile in board.tiles
        ],
        "opened": _opened(request, board, wanted),
        "charts": _charts(board),
        "has_flow": any(week.opened or week.closed or week.open for week in board.weeks),
        "has_dso": any(month.dso is not None for month in board.months),
        "export": address("dashboard-export") + wanted.query(),
        "close": wanted.query(open=NOTHING_OPEN),
    }
    return render(request, "desk/dashboard.html", context)


@require_GET
@desk_page()
def export(request: DeskRequest) -> HttpResponseBase:
    """All figures as a CSV file, with their formulas and terms."""
    wanted = _wanted(request)
    board = dashboard_of(
        entity=request.seat.entity,
        currency=wanted.currency,
        days=wanted.days,
        at=timezone.now(),
    )
    head = ["figure", "formula", "value", "unit", "change", "from", "to", "as of", "terms"]
    return csv_response(
        f"figures-{board.period.last}-{wanted.days}-{board.currency}.csv",
        head,
        [_export_line(tile, board) for tile in board.tiles],
    )


@require_GET
@desk_page()
def export_rows(request: DeskRequest, name: str) -> HttpResponseBase:
    """Every row behind a figure as a CSV file, sent while it is read."""
    if name not in KPIS:
        raise Http404
    wanted, entity = _wanted(request), request.seat.entity
    board = dashboard_of(
        entity=entity, currency=wanted.currency, days=wanted.days, at=timezone.now()
    )
    rows = all_rows(entity=entity, name=name, currency=board.currency, period=board.period)
    head = ["name", "customer", "what", "day", "amount", "currency", "counts for it"]
    filename = f"{name}-{board.period.last}-{board.currency}.csv"
    return csv_response(filename, head, _row_lines(rows, board.currency))


def _wanted(request: DeskRequest) -> Wanted:
    asked = request.GET
    days = int(asked["period"]) if asked.get("period", "").isdecimal() else PERIOD_USUAL
    currency = asked.get("currency", "").upper()
    opened = asked.get("open", OPEN_USUAL)
    return Wanted(
        days=days if days in PERIODS else PERIOD_USUAL,
        currency=currency if _is_currency(currency) else request.seat.entity.currency,
        opened=opened if opened in KPIS else NOTHING_OPEN,
    )


def _is_currency(code: str) -> bool:
    try:
        exponent_of(code)
    except ValueError:
        return False
    return True


def _period_name(days: int) -> str:
    return gettext("12 months") if days > 360 else gettext("%(days)s days") % {"days": days}  # noqa: PLR2004


def _opened(request: DeskRequest, board: Dashboard, wanted: Wanted) -> dict[str, Any] | None:
    """The figure that is open: its formula in numbers, its first rows, and what is not shown."""
    tile = board.tile(wanted.opened)
    if tile is None:
        return None
    rows = shown_rows(
        entity=request.seat.entity, name=tile.name, currency=board.currency, period=board.period
    )
    terms = {term.name: Decimal(term.value) for term in tile.figure.rows}
    whole = _whole(tile, terms, board.currency)
    count = _count(tile.name, board)
    return {
        "tile": tile,
        "kpi": KPIS[tile.name],
        "formula": formula_words(tile.figure),
        "result": result_words(tile.figure, board.currency),
        "id": id_words(tile.figure),
        "rows": [_row_words(row, tile, whole, terms) for row in rows],
        "count": count,
        "more": max(0, count - len(rows)),
        "rest": _rest(rows, whole, board.currency),
        "has_days": tile.name in {"dso", "dso_in_dispute"},
        "has_verdict": tile.name in {"resolved_in_time", "posted_untouched"},
        "download": address_of_rows(tile.name) + wanted.query(),
    }


def address_of_rows(name: str) -> str:
    """This will be where all rows behind a figure can be downloaded."""
    return reverse("desk:dashboard-rows", args=[name])


def _count(name: str, board: Dashboard) -> int:
    """How many rows are behind a figure; 0 where that is not known without counting them."""
    if name == "dso":
        return sum(bucket.items for bucket in board.ageing)
    of, counted = COUNTS.get(name, ("", ""))
    tile = board.tile(of)
    terms = tile.figure.rows if tile else ()
    return next((int(Decimal(term.value)) for term in terms if term.name == counted), 0)


def _whole(tile: Tile, terms: dict[str, Decimal], currency: str) -> int | None:
    """The sum the rows make, in minor units; None where they make none."""
    name = SUMS.get(tile.name)
    return int(terms[name].scaleb(exponent_of(currency))) if name else None


def _row_words(
    row: FigureRow, tile: Tile, whole: int | None, terms: dict[str, Decimal]
) -> RowWords:
    sales, days = terms.get("credit_sales"), terms.get("days")
    in_days = None
    if sales and days and whole:
        of_sales = Decimal(row.minor) * terms[SUMS[tile.name]] / whole
        in_days = of_sales * days / sales
    return RowWords(
        row=row,
        href=_row_href(row, tile),
        customer_href=address("customer", row.customer_id) if row.customer_id else "",
        days=in_days,
        share_percent=min(100, max(0, row.minor * 100 // whole)) if whole else 0,
    )


def _row_href(row: FigureRow, tile: Tile) -> str:
    """A claim or a payment has a page of its own; an item stands on its customer's."""
    if row.kind in ROW_PAGES:
        return address(ROW_PAGES[row.kind], row.pk)
    assert row.customer_id is not None
    currency = tile.currency
    return address("customer", row.customer_id, q=row.name, currency=currency) + "#items"


def _rest(rows: list[FigureRow], whole: int | None, currency: str) -> str:
    """What the rows not shown make; nothing where the rows make no sum, or all are shown."""
    if whole is None:
        return ""
    left = whole - sum(row.minor for row in rows)
    return money_text(left, currency, base_language(get_language())) if left > 0 else ""


def _charts(board: Dashboard) -> dict[str, dict[str, Any]]:
    language = base_language(get_language())
    past_due = board.ageing[1:]
    months = _known(board.months)
    return {
        "flow": {
            "weeks": [str(week.number) for week in board.weeks],
            "opened": [week.opened for week in board.weeks],
            "settled": [week.closed for week in board.weeks],
            "open": [week.open for week in board.weeks],
            "names": [gettext("Opened"), gettext("Settled"), gettext("Still open")],
        },
        "causes": {
            "labels": [_reason(cause.reason, language) for cause in board.causes],
            "valid": [_thousands(cause.valid_minor, board.currency) for cause in board.causes],
            "invalid": [
                _thousands(cause.not_valid_minor, board.currency) for cause in board.causes
            ],
            "names": [gettext("Valid"), gettext("Not valid")],
        },
        "ageing": {
            "labels": [bucket.label.replace("-", "–") for bucket in past_due],
            "stacked": True,
            "series": [
                {
                    "name": gettext("Free to ask for"),
                    "colour": "paid",
                    "values": [
                        _thousands(bucket.open_minor - bucket.disputed_minor, board.currency)
                        for bucket in past_due
                    ],
                },
                {
                    "name": gettext("Disputed"),
                    "colour": "open",
                    "values": [
                        _thousands(bucket.disputed_minor, board.currency) for bucket in past_due
                    ],
                },
            ],
        },
        "not_due": {
            "thousands": Decimal(_thousands(board.ageing[0].open_minor, board.currency))
            if board.ageing
            else Decimal(0),
        },
        "dso": {
            "months": [format_date(month.day, "MMM", locale=language) for month in months],
            "dso": [_text(month.dso) for month in months],
            "best": [_text(month.best) for month in months],
            "names": [gettext("DSO"), gettext("Best possible")],
        },
        "dso_since": {"day": months[0].day if len(months) < len(board.months) else None},
    }


def _known(months: Sequence[MonthEnd]) -> Sequence[MonthEnd]:
    """From the first month with a DSO on; two at least, so that there is a line."""
    first = next((n for n, month in enumerate(months) if month.dso is not None), 0)
    return months[min(first, len(months) - 2) :]


def _reason(code: str, language: str) -> str:
    try:
        return reason_name(code, language)
    except UnknownReason:
        return code


def _thousands(minor: int, currency: str) -> str:
    return str((Money(minor, currency).to_decimal() / THOUSAND).quantize(Decimal("0.1")))


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _export_line(tile: Tile, board: Dashboard) -> list[object]:
    figure = tile.figure
    return [
        str(KPIS[tile.name].name),
        figure.formula_id,
        "" if figure.value is None else figure.value,
        figure.unit,
        "" if tile.change is None else tile.change,
        board.period.start,
        board.period.last,
        board.as_of.isoformat(timespec="seconds"),
        "; ".join(f"{term.name}={term.value}" for term in figure.rows),
    ]


def _row_lines(rows: Iterator[FigureRow], currency: str) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.name,
            row.customer,
            row.what,
            row.day or "",
            Money(row.minor, currency).to_decimal(),
            currency,
            int(row.is_good),
        ]

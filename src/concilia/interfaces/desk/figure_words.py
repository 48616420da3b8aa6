"""The dashboard's figures in words: names, units, the formula with its numbers, the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.interfaces.components.formats import base_language, format_amount, format_number
from concilia.kernel.currencies import exponent_of
from concilia.reporting.core.figures import DAYS, PERCENT, Figure, Term
from concilia.reporting.queries.dashboard import Tile

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Kpi:
    """How a figure is named, and whether less of it is better; `what` explains it in a sentence."""

    name: Word
    what: Word
    less_is_better: bool


KPIS: Final[Mapping[str, Kpi]] = {
    "dso": Kpi(
        _("DSO"),
        _("Days of sales that customers still owe."),
        less_is_better=True,
    ),
    "dso_in_dispute": Kpi(
        _("DSO in dispute"), _("Days of sales that open claims hold."), less_is_better=True
    ),
    "contested": Kpi(
        _("Contested, open"), _("What customers contest in claims still open."), less_is_better=True
    ),
    "resolved_in_time": Kpi(
        _("Resolved in time"),
        _("Claims answered by their deadline, of all that were answered."),
        less_is_better=False,
    ),
    "deductions": Kpi(
        _("Deductions outstanding"),
        _("How many days of deductions are still open."),
        less_is_better=True,
    ),
    "posted_untouched": Kpi(
        _("Posted untouched"),
        _("Payments posted by the rules alone, of all that came in."),
        less_is_better=False,
    ),
}
TERMS: Final[Mapping[str, Word]] = {
    "receivables": pgettext_lazy("formula", "receivables"),
    "disputed": pgettext_lazy("formula", "open contested"),
    "credit_sales": pgettext_lazy("formula", "credit sales"),
    "days": pgettext_lazy("formula", "days"),
    "open_deductions": pgettext_lazy("formula", "open deductions"),
    "deductions_taken": pgettext_lazy("formula", "deductions taken"),
    "in_time": pgettext_lazy("formula", "in time"),
    "resolved": pgettext_lazy("formula", "resolved"),
    "overdue_open": pgettext_lazy("formula", "open and late"),
    "posted_without_touch": pgettext_lazy("formula", "posted untouched"),
    "payments": pgettext_lazy("formula", "payments"),
    "claims_open": pgettext_lazy("formula", "open claims"),
    "contested": pgettext_lazy("formula", "contested"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TileWords:
    """A tile ready to print; `tone` is up (better), down (worse) or empty."""

    name: str
    kpi: Kpi
    value: str
    cents: str
    unit: str
    change: str
    tone: str
    against: str
    points: Sequence[Decimal | None]
    is_open: bool = False


def tile_words(tile: Tile, currency: str, days: int, *, is_open: bool) -> TileWords:
    """This will be a tile in the reader's language and way of writing numbers."""
    kpi = KPIS[tile.name]
    value, cents, unit = _value(tile.figure, currency)
    return TileWords(
        name=tile.name,
        kpi=kpi,
        value=value,
        cents=cents,
        unit=unit,
        change=_change(tile, currency),
        tone=_tone(tile.change, less_is_better=kpi.less_is_better),
        against=gettext("in %(days)s days") % {"days": days},
        points=tile.points,
        is_open=is_open,
    )


def formula_words(figure: Figure) -> str:
    """This will be the formula with its numbers: `receivables 900.00 ÷ …`."""
    terms = {term.name: term for term in figure.rows}
    if figure.unit == DAYS:
        part, whole, days = (_term(term) for term in figure.rows)
        return f"{part} ÷ {whole} × {_number(terms['days'])} {TERMS['days']}" if days else ""
    if figure.unit == PERCENT:
        part, whole = (_term(term) for term in figure.rows[:2])
        late = terms.get("overdue_open")
        rest = f" · {_term(late)}" if late else ""
        return f"{part} ÷ {whole}{rest}"
    return ", ".join(_term(term) for term in figure.rows)


def result_words(figure: Figure, currency: str) -> str:
    """This will be what the formula gives, with two decimals as it was computed."""
    if figure.value is None:
        return gettext("not defined: there is nothing to divide by")
    value, cents, unit = _value(figure, currency, places=2)
    return f"{value}{cents} {unit}".strip()


def id_words(figure: Figure) -> str:
    """This will name the formula and its version: `dso v1`."""
    name, _sign, version = figure.formula_id.partition("@")
    return f"{name} v{version}"


def _value(figure: Figure, currency: str, places: int = 1) -> tuple[str, str, str]:
    language = base_language(get_language())
    if figure.value is None:
        return "–", "", ""
    if figure.unit == DAYS:
        return format_number(figure.value, language, places=places), "", gettext("days")
    if figure.unit == PERCENT:
        return format_number(figure.value, language, places=places), "", "%"
    written = format_amount(_minor(figure.value, currency), currency, language)
    return written.units, written.cents, currency if places > 1 else ""


def _change(tile: Tile, currency: str) -> str:
    if tile.change is None:
        return ""
    language = base_language(get_language())
    if tile.figure.unit in {DAYS, PERCENT}:
        text = format_number(tile.change, language, places=1)
    else:
        text = format_amount(_minor(tile.change, currency), currency, language).units
    signed = f"+{text}" if tile.change > 0 else text
    if tile.figure.unit == PERCENT:
        return gettext("%(change)s points") % {"change": signed}
    return signed


def _tone(change: Decimal | None, *, less_is_better: bool) -> str:
    if not change:
        return ""
    return "up" if (change < 0) is less_is_better else "down"


def _term(term: Term) -> str:
    return f"{TERMS.get(term.name, term.name)} {_number(term)}"


def _number(term: Term) -> str:
    value = Decimal(term.value)
    return format_number(value, base_language(get_language()))


def _minor(value: Decimal, currency: str) -> int:
    return int(value.scaleb(exponent_of(currency)).to_integral_value())

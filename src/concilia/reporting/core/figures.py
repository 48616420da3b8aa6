"""A figure people can ask about: its value, its formula, and the terms behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from concilia.kernel.money import Money
from concilia.kernel.numbers import Exact, quotient, to_places

DAYS: Final = "days"
PERCENT: Final = "percent"
POINTS: Final = "points"
PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a formula; `items` are the ids of the records it was added up from."""

    name: str
    value: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """
    A KPI's value, None where it is undefined (domain.md N-7), never zero instead.

    `formula_id` names the formula and its version: a changed formula is another id (§5.8).
    """

    formula_id: str
    value: Decimal | None
    unit: str
    rows: tuple[Term, ...]
    note: str | None = None

    def with_items(self, items: Mapping[str, Sequence[str]]) -> Figure:
        """Return the figure with the records behind its terms, by the term's name."""
        rows = tuple(
            replace(term, items=tuple(items.get(term.name, term.items))) for term in self.rows
        )
        return replace(self, rows=rows)


def term(name: str, value: Money | Exact | str) -> Term:
    """Return a term with its value written out."""
    if isinstance(value, Money):
        return Term(name, value.to_decimal_string())
    if isinstance(value, Fraction):
        return Term(name, str(to_places(value, PLACES)))
    return Term(name, str(value))


def figure(
    formula_id: str, value: Exact | None, unit: str, rows: Sequence[Term], note: str | None = None
) -> Figure:
    """Return a figure rounded to two decimals, half up, once."""
    rounded = None if value is None else to_places(value, PLACES)
    return Figure(formula_id, rounded, unit, tuple(rows), note)


def ratio(part: Money, whole: Money) -> Fraction | None:
    """Return part over whole, exact; None where the whole is nothing. Currencies must agree."""
    together = whole + part  # refuses to mix currencies (INV-21)
    return quotient(part.minor, together.minor - part.minor)

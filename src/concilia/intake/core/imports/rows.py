"""Rows of a file to lines for the database, column by column, with every problem named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from concilia.intake.core.imports.cells import shown
from concilia.intake.core.imports.datasets import Dataset, Field, Kind
from concilia.intake.core.imports.problems import Problem
from concilia.intake.core.imports.tables import Row
from concilia.intake.core.imports.values import (
    NULL,
    Converter,
    Reading,
    Unreadable,
    amount,
    reader_of,
)
from concilia.intake.core.imports.words import names_a_total
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.references import normalise_reference


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands in the file and how its column writes numbers and dates."""

    field: Field
    column: int
    reading: Reading


@dataclass(slots=True)
class Batch:
    """Some thousand rows made ready: lines for COPY, and what is wrong with the others."""

    lines: list[str]
    problems: list[Problem]
    bad_rows: int
    left_out: int


@dataclass
class RowReader:
    """
    Reads the rows of one table.

    :param places: the mapped fields, each at most once
    :param width: how many cells the header has
    :param currency: of rows that name none
    :param currency_of: customers' currencies by number, for rows that name none
    :param repairs: what a person put in place of a cell: (row, column) to text
    """

    dataset: Dataset
    places: Sequence[Place]
    width: int
    currency: str
    currency_of: Mapping[str, str] = field(default_factory=dict)
    repairs: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._converters = {
            place.field.name: Converter(reader_of(place.field, place.reading))
            for place in self.places
            if place.field.kind is not Kind.MONEY
        }
        self._amounts = {
            (place.field.name, exponent): Converter(
                partial(
                    amount, exponent=exponent, field_=place.field, decimal=place.reading.decimal
                )
            )
            for place in self.places
            if place.field.kind is Kind.MONEY
            for exponent in set(EXPONENTS.values())
        }
        self._repaired_rows = {row for row, _ in self.repairs}

    @property
    def columns(self) -> list[str]:
        """The columns of each line, in its order."""
        names = ["n", *(place.field.name for place in self.places)]
        return names + [f"{place.field.name}_key" for place in self._keyed()]

    def take(self, rows: Sequence[Row]) -> Batch:
        """Return what can be stored, and what is wrong with the rest."""
        problems: list[Problem] = []
        kept, left_out, bad = self._fitting(rows, problems)
        if not kept:
            return Batch([], problems, bad, left_out)
        columns = list(zip(*(cells for _, cells in kept), strict=True))
        numbers = [number for number, _ in kept]
        wrong_rows: set[int] = set()
        values: list[list[str | None]] = []
        converted: dict[str, list[str | None]] = {}
        for place in self._money_last():
            cells = columns[place.column]
            out = self._convert(place, cells, converted, problems, (numbers, wrong_rows))
            converted[place.field.name] = out
        values = [converted[place.field.name] for place in self.places]
        values += [_keys(converted[place.field.name]) for place in self._keyed()]
        lines = [
            "\t".join((str(number), *row))
            for number, row in zip(numbers, zip(*values, strict=True), strict=True)
            if number not in wrong_rows
        ]
        return Batch(lines, problems, bad + len(wrong_rows), left_out)

    def _keyed(self) -> list[Place]:
        return [place for place in self.places if place.field.kind is Kind.NUMBER]

    def _money_last(self) -> list[Place]:
        return sorted(self.places, key=lambda place: place.field.kind is Kind.MONEY)

    def _convert(
        self,
        place: Place,
        cells: Sequence[str],
        converted: Mapping[str, list[str | None]],
        problems: list[Problem],
        where: tuple[list[int], set[int]],
    ) -> list[str | None]:
        if place.field.kind is Kind.MONEY:
            out, wrong = self._convert_amounts(place, cells, converted)
        else:
            converter = self._converters[place.field.name]
            out, wrong = converter.convert(cells), converter.wrong
        if wrong:
            numbers, wrong_rows = where
            for number, cell, value in zip(numbers, cells, out, strict=True):
                if value is None:
                    wrong_rows.add(number)
                    problems.append(_problem(number, place, cell, wrong[cell]))
        return out

    def _convert_amounts(
        self, place: Place, cells: Sequence[str], converted: Mapping[str, list[str | None]]
    ) -> tuple[list[str | None], dict[str, Unreadable]]:
        exponents = self._exponents(converted, len(cells))
        if isinstance(exponents, int):
            one = self._amounts[place.field.name, exponents]
            return one.convert(cells), one.wrong
        wrong: dict[str, Unreadable] = {}
        out: list[str | None] = [None] * len(cells)
        for exponent in set(exponents):
            several = self._amounts[place.field.name, exponent]
            spots = [spot for spot, each in enumerate(exponents) if each == exponent]
            for spot, value in zip(
                spots, several.convert([cells[spot] for spot in spots]), strict=True
            ):
                out[spot] = value
            wrong |= several.wrong
        return out, wrong

    def _exponents(self, converted: Mapping[str, list[str | None]], count: int) -> int | list[int]:
        """The decimals of each row's currency: its own, the customer's, else the company's."""
        own = EXPONENTS[self.currency]
        currencies = converted.get("currency")
        customers = converted.get("customer_number")
        if currencies is None and customers is None:
            return own
        codes = currencies or [NULL] * count
        if customers is not None and NULL in codes:
            known = self.currency_of
            codes = [
                (known.get(customer or "", self.currency) if code == NULL else code)
                for code, customer in zip(codes, customers, strict=True)
            ]
        by_code = {code: EXPONENTS.get(code or "", own) for code in set(codes)}
        if len(set(by_code.values())) == 1:
            return next(iter(by_code.values()))
        return [by_code[code] for code in codes]

    def _fitting(self, rows: Iterable[Row], problems: list[Problem]) -> tuple[list[Row], int, int]:
        """Rows cut or filled to the header's width; totals and what is too wide fall out."""
        kept: list[Row] = []
        left_out = bad = 0
        for number, cells in rows:
            if number in self._repaired_rows:
                cells = self._repaired(number, cells)  # noqa: PLW2901
            if len(cells) != self.width:
                if any(cell.strip() for cell in cells[self.width :]):
                    args = {"cells": len(cells), "columns": self.width}
                    extra = shown(cells[self.width])
                    problems.append(Problem(number, self.width, "", extra, "too_many_cells", args))
                    bad += 1
                    continue
                cells = [*cells[: self.width], *[""] * (self.width - len(cells))]  # noqa: PLW2901
            if "" in cells and self._is_total(cells):
                left_out += 1
                continue
            kept.append((number, cells))
        return kept, left_out, bad

    def _repaired(self, number: int, cells: list[str]) -> list[str]:
        mended = [*cells, *[""] * (self.width - len(cells))]
        for (row, column), text in self.repairs.items():
            if row == number and column < len(mended):
                mended[column] = text
        return mended

    def _is_total(self, cells: Sequence[str]) -> bool:
        """A line that adds up: it names a total and leaves a needed column empty."""
        needed = (cells[place.column] for place in self.places if place.field.is_required)
        if all(cell.strip() for cell in needed):
            return False
        return names_a_total(cells)


def _keys(values: Iterable[str | None]) -> list[str | None]:
    return [
        value if value is None or value == NULL else normalise_reference(value) for value in values
    ]


def _problem(number: int, place: Place, cell: str, error: Unreadable) -> Problem:
    return Problem(
        number,
        place.column,
        place.field.name,
        shown(cell),
        error.key,
        error.args_of_key,
        error.repair,
    )

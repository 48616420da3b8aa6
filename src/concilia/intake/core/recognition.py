"""What a table is and what its columns are, told from names and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concilia.intake.core.cells import clean, shown
from concilia.intake.core.conventions import Finding, date_order, decimal_mark
from concilia.intake.core.datasets import DATASETS, Dataset, Kind
from concilia.intake.core.mappings import Column
from concilia.intake.core.tables import Row
from concilia.intake.core.values import Reading

SAMPLES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the table seems to be; `dataset` is None where it is no table we know."""

    dataset: Dataset | None
    sure: int
    header_row: int
    columns: tuple[Column, ...]


def propose(sample: Sequence[Row], names: Sequence[str] = ()) -> Proposal:
    """Tell dataset, header row and columns from the first rows of a table."""
    header_row, header = sample[0]
    columns = [clean(cell) for cell in header]
    best = max(DATASETS.values(), key=lambda each: sum(f.name in columns for f in each.fields))
    body = [row for _, row in sample[1:]]
    out = []
    for place, name in enumerate(columns):
        cells = [row[place] for row in body if place < len(row)]
        out.append(_column(best, place, name, cells))
    return Proposal(best, 100, header_row, tuple(out))


def _column(dataset: Dataset, place: int, name: str, cells: list[str]) -> Column:
    mapped = name if any(field.name == name for field in dataset.fields) else ""
    decimal, order, finding = ".", "dmy", Finding("", certain=False)
    kind = dataset.field(mapped).kind if mapped else Kind.TEXT
    if kind is Kind.DATE:
        finding = date_order(cells)
        order = finding.value or "dmy"
    elif kind in {Kind.MONEY, Kind.QUANTITY, Kind.PRICE, Kind.PERCENT, Kind.COUNT}:
        finding = decimal_mark(cells)
        decimal = finding.value or "."
    return Column(
        place=place,
        header=name,
        samples=tuple(dict.fromkeys(shown(cell) for cell in cells if cell.strip()))[:SAMPLES_SHOWN],
        field=mapped,
        sure=100 if mapped else 0,
        source="name" if mapped else "none",
        reading=Reading(decimal=decimal, order=order),
        why_key=finding.key,
        why_args=finding.args,
    )

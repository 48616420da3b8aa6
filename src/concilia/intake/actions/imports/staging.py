# ruff: noqa: S608 - names in these statements are our own, values are parameters
"""Rows on their way: a temporary table of the transaction, filled by COPY, asked by sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from concilia.intake.core.imports.datasets import Dataset, Kind

TABLE: Final = "import_rows"
# What checks and savers make of it on their way.
WORKED_OUT: Final = (
    *("import_items", "import_heads", "import_lines", "import_prices"),
    *("import_touched", "import_resolved"),
)
WORK_MEMORY: Final = "64MB"
_TYPES: Final = {
    Kind.COUNT: "integer",
    Kind.PERCENT: "integer",
    Kind.MONEY: "bigint",
    Kind.QUANTITY: "numeric",
    Kind.PRICE: "numeric",
    Kind.DATE: "date",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """
    The rows of one file in the database, and for which entity they are.

    :param mapped: the fields the file has; only they may change what is here already
    """

    dataset: Dataset
    entity_id: int
    mapped: frozenset[str]

    def has(self, *names: str) -> bool:
        """Whether the file has one of these columns."""
        return not self.mapped.isdisjoint(names)


def open_stage(dataset: Dataset) -> None:
    """Make an empty table for the rows of this dataset; it goes with the transaction."""
    columns = ["n integer NOT NULL"]
    for field in dataset.fields:
        columns.append(f"{field.name} {_TYPES.get(field.kind, 'text')}")
        if field.kind is Kind.NUMBER:
            columns.append(f"{field.name}_key text")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{TABLE}")
        cursor.execute(f"CREATE TEMP TABLE {TABLE} ({', '.join(columns)})")
        if connection.in_atomic_block:
            cursor.execute(f"SET LOCAL work_mem = '{WORK_MEMORY}'")


def store(columns: Sequence[str], lines: Iterable[str]) -> None:
    """Append lines in the form of COPY; their cells are canonical and escaped."""
    text = "\n".join(lines)
    if not text:
        return
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {TABLE} ({', '.join(columns)}) FROM STDIN") as copy,
    ):
        copy.write(f"{text}\n")


def close_filling() -> int:
    """Let the planner know the rows, and return how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLE}")
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        return int(cursor.fetchone()[0])


def drop_stage() -> None:
    """Forget the rows."""
    with connection.cursor() as cursor:
        for name in (TABLE, *WORKED_OUT):
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{name}")

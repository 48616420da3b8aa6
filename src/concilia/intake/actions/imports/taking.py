"""The heart of the import: stage a file's rows, check them all, then save all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.backends.utils import CursorWrapper

from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.intake.actions.imports import agreements, masters, open_items, papers, staging
from concilia.intake.actions.imports.checks import Asker, Clash, find_clashes, notes_of
from concilia.intake.actions.imports.sources import chunks_of, rows_of
from concilia.intake.actions.imports.staging import Stage
from concilia.intake.actions.imports.upserts import begin, count_touched
from concilia.intake.core.imports.datasets import DATASETS
from concilia.intake.core.imports.mappings import places_of
from concilia.intake.core.imports.problems import Problem
from concilia.intake.core.imports.rows import RowReader
from concilia.intake.models import ImportFile

PROBLEMS_KEPT_MAX: Final = 1000
Save = Callable[[CursorWrapper, Stage, dict[str, Any]], None]
SAVERS: Final[dict[str, Save]] = {
    "customers": masters.save_customers,
    "contacts": masters.save_contacts,
    "products": masters.save_products,
    "prices": agreements.save_prices,
    "promotions": agreements.save_promotions,
    "orders": papers.save_orders,
    "deliveries": papers.save_deliveries,
    "invoices": papers.save_invoices,
    "open_items": open_items.save_open_items,
}


@dataclass
class Outcome:
    """What came of reading a file: how many rows, what is wrong, and, if saved, what changed."""

    total_rows: int = 0
    bad_rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    new_rows: int = 0
    changed_rows: int = 0
    left_out_rows: int = 0
    preview: list[dict[str, Any]] = field(default_factory=list)
    failure: dict[str, Any] | None = None

    @property
    def same_rows(self) -> int:
        """Rows that said nothing new."""
        return self.total_rows - self.new_rows - self.changed_rows - self.left_out_rows


def stage_file(file: ImportFile, on_progress: Callable[[int], None] | None = None) -> Outcome:
    """Read all rows into the temporary table, and note those that cannot be read."""
    dataset = DATASETS[file.dataset]
    outcome = Outcome()
    staging.open_stage(dataset)
    rows = rows_of(file)
    header_row = int(file.layout["header_row"])
    width = _skip_to(rows, header_row)
    reader = _reader(file, width)
    left_out = 0
    for chunk in chunks_of(rows):
        batch = reader.take(chunk)
        outcome.total_rows += len(chunk) - batch.left_out
        outcome.bad_rows += batch.bad_rows
        left_out += batch.left_out
        outcome.problems += batch.problems[: PROBLEMS_KEPT_MAX - len(outcome.problems)]
        staging.store(reader.columns, batch.lines)
        if on_progress:
            on_progress(outcome.total_rows)
    staging.close_filling()
    if left_out:
        outcome.notes.append({"key": "totals_left_out", "args": {"count": left_out}})
    return outcome


def check_stage(file: ImportFile, outcome: Outcome) -> None:
    """Add what only the database can tell to the outcome of a staged file."""
    stage, params = _stage(file), _params(file)
    with connection.cursor() as cursor:
        ask = Asker(cursor)
        clashes = list(find_clashes(ask, stage, params))
        outcome.notes += notes_of(cursor, stage, params)
    columns = {column["field"]: int(column["column"]) for column in file.mapping if column["field"]}
    outcome.bad_rows += len({clash.row for clash in clashes}) + ask.untold
    room = max(0, PROBLEMS_KEPT_MAX - len(outcome.problems))
    outcome.problems += [_problem(clash, columns) for clash in clashes[:room]]
    outcome.problems.sort(key=lambda problem: (problem.row, problem.column))


def save_stage(*, file: ImportFile, outcome: Outcome, at: datetime) -> None:
    """Bring the staged rows, all of them right, to where they belong."""
    stage = _stage(file)
    entity = Entity.objects.get(pk=stage.entity_id)
    params = _params(file) | {
        "file": file.pk,
        "at": at,
        "today": at.astimezone(ZoneInfo(entity.timezone)).date(),
        "text": file.filename[:200],
    }
    with connection.cursor() as cursor:
        # Checked statement by statement, what waits to be checked does not pile up in memory.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        begin(cursor)
        SAVERS[file.dataset](cursor, stage, params)
        outcome.new_rows, outcome.changed_rows = count_touched(cursor)
        if file.dataset == "open_items":
            outcome.notes += open_items.notes_of_open_items(cursor, params)
            outcome.left_out_rows = open_items.count_left_out(cursor)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _skip_to(rows: Iterator[tuple[int, list[str]]], header_row: int) -> int:
    """Go past the header and return how many cells it has."""
    for number, cells in rows:
        if number >= header_row:
            return len(cells)
    return 0


def _reader(file: ImportFile, width: int) -> RowReader:
    dataset = DATASETS[file.dataset]
    entity = Entity.objects.get(pk=file.run.entity_id)
    foreign = Customer.objects.filter(entity=entity).exclude(currency=entity.currency)
    return RowReader(
        dataset=dataset,
        places=places_of(file.mapping, dataset),
        width=width,
        currency=entity.currency,
        currency_of=dict(foreign.values_list("number", "currency")),
        repairs={
            (int(row), int(column)): str(text)
            for row, cells in file.repairs.items()
            for column, text in cells.items()
        },
    )


def _stage(file: ImportFile) -> Stage:
    mapped = frozenset(column["field"] for column in file.mapping if column["field"])
    return Stage(DATASETS[file.dataset], file.run.entity_id, mapped)


def _params(file: ImportFile) -> dict[str, Any]:
    return {"entity": file.run.entity_id}


def _problem(clash: Clash, columns: dict[str, int]) -> Problem:
    column = columns.get(clash.field, -1)
    return Problem(clash.row, column, clash.field, clash.value, clash.key, clash.args, clash.repair)

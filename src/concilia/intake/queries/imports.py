"""Imports for pages, the API and the command line: runs, files, columns, problems, results."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from concilia.intake.core.imports.cells import defused
from concilia.intake.core.imports.datasets import DATASETS, Dataset, Kind
from concilia.intake.core.imports.labels import dataset_label, field_label
from concilia.intake.core.imports.problems import sentence
from concilia.intake.models import ImportFile, ImportRun
from concilia.kernel.languages import Names
from concilia.kernel.money import Money

State: Final = ImportFile.State
SETTLED: Final = (State.SAVED, State.KNOWN, State.FAILED, State.CANCELLED, State.INBOX)
RUNS_SHOWN: Final = 50
PROGRESS_TOLD_AFTER: Final = timedelta(seconds=2)
_WRITES: Final = {
    Kind.MONEY: "decimal",
    Kind.PRICE: "decimal",
    Kind.QUANTITY: "decimal",
    Kind.PERCENT: "decimal",
    Kind.DATE: "date",
}
_HEADS: Final = (
    Names("Row", "Riga", "Ligne", "Fila", "Zeile"),
    Names("Column", "Colonna", "Colonne", "Columna", "Spalte"),
    Names("What stands there", "Valore", "Valeur", "Valor", "Was dort steht"),
    Names("What is wrong", "Che cosa non va", "Ce qui ne va pas", "Qué está mal", "Was falsch ist"),
    Names("Likely", "Probabile", "Probable", "Probable", "Wahrscheinlich"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShown:
    """
    One column of a file for the page that maps it.

    `writes` says what can be read in two ways: `decimal` numbers, `date` days, or nothing.
    """

    place: int
    header: str
    samples: tuple[str, ...]
    field: str
    label: str
    sure: int
    source: str
    is_doubtful: bool
    why: str
    decimal: str
    order: str
    others: tuple[tuple[str, str], ...]
    writes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of the preview: a text, a day, or an amount in minor units of `currency`."""

    text: str
    day: date | None = None
    minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemShown:
    """One thing to put right, in the reader's language; `mended` is what a person put there."""

    row: int
    place: int
    column: str
    value: str
    text: str
    repair: str
    mended: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShown:
    """One file of an import with everything a page says of it."""

    file: ImportFile
    label: str
    columns: tuple[ColumnShown, ...] = ()
    problems: tuple[ProblemShown, ...] = ()
    notes: tuple[str, ...] = ()
    preview_fields: tuple[tuple[str, str], ...] = ()
    preview_rows: tuple[tuple[int, tuple[Cell, ...]], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    seconds_left: int | None = None

    @property
    def to_confirm(self) -> int:
        """How many columns a person must confirm."""
        return sum(column.is_doubtful for column in self.columns)

    @property
    def right_rows(self) -> int:
        """Rows that are right so far."""
        return max(0, self.file.done_rows - self.file.error_rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunShown:
    """One import in a list: its run, and how many of its files are in which state."""

    run: ImportRun
    states: Mapping[str, int] = field(default_factory=dict)


def runs_of(*, entity_id: int, limit: int = RUNS_SHOWN) -> list[RunShown]:
    """Return the last imports of an entity, the newest first; two statements."""
    rows = ImportRun.objects.filter(entity_id=entity_id).select_related("started_by")
    return with_states(list(rows.order_by("-started_at", "-pk")[:limit]))


def with_states(runs: Sequence[ImportRun]) -> list[RunShown]:
    """Return these imports with how many of their files are in which state; one statement."""
    counts = (
        ImportFile.objects.filter(run__in=runs).values("run_id", "state").annotate(n=Count("pk"))
    )
    states: dict[int, dict[str, int]] = {}
    for row in counts:
        states.setdefault(row["run_id"], {})[row["state"]] = row["n"]
    return [RunShown(run=run, states=states.get(run.pk, {})) for run in runs]


def run_of(*, entity_id: int, run_id: int) -> ImportRun:
    """Return one import of an entity; ImportRun.DoesNotExist if it is another's."""
    return ImportRun.objects.select_related("started_by").get(pk=run_id, entity_id=entity_id)


def files_of(*, entity_id: int, run_id: int) -> QuerySet[ImportFile]:
    """Files of an import in the order in which they are taken, without their long parts."""
    return (
        ImportFile.objects.filter(run_id=run_id, run__entity_id=entity_id)
        .defer("mapping", "preview", "errors", "repairs")
        .order_by("pk")
    )


def file_shown(*, entity_id: int, file_id: int, language: str, at: datetime) -> FileShown:
    """Return one file with its columns, problems, notes and preview; one statement."""
    file = ImportFile.objects.select_related("run", "run__started_by").get(
        pk=file_id, run__entity_id=entity_id
    )
    dataset = DATASETS.get(file.dataset)
    names = [each.name for each in dataset.fields] if dataset else []
    shown = {name for row in file.preview for name in row["fields"]}
    columns = [name for name in names if name in shown and name != "currency"]
    return FileShown(
        file=file,
        label=dataset_label(file.dataset, language) if dataset else "",
        columns=tuple(_column(column, dataset, language) for column in file.mapping),
        problems=tuple(problems_of(file, language)),
        notes=tuple(notes_of(file, language)),
        preview_fields=tuple((name, field_label(name, language)) for name in columns),
        preview_rows=tuple(
            (row["row"], tuple(_cell(row, name, dataset) for name in columns))
            for row in file.preview
            if dataset
        ),
        fields=tuple((name, field_label(name, language)) for name in names),
        seconds_left=_seconds_left(file, at),
    )


def problems_of(file: ImportFile, language: str) -> Iterator[ProblemShown]:
    """Yield what is to put right, in the order of the rows."""
    headers = {int(column["column"]): str(column["header"]) for column in file.mapping}
    for error in file.errors:
        place = int(error["column"])
        name = str(error.get("field") or "")
        yield ProblemShown(
            row=int(error["row"]),
            place=place,
            column=headers.get(place) or (field_label(name, language) if name else ""),
            value=str(error["value"]),
            text=sentence(error["key"], error["args"], language),
            repair=str(error.get("repair") or ""),
            mended=error.get("mended"),
        )


def notes_of(file: ImportFile, language: str) -> list[str]:
    """Return what is worth saying about the whole file, as sentences."""
    return [sentence(note["key"], _told(note["args"], language), language) for note in file.notes]


def problems_csv(file: ImportFile, language: str) -> bytes:
    """
    Return the rows to put right as a CSV file that spreadsheets open well, and never as a formula.

    Its rows stand in UTF-8 with a mark, so that accents survive; the delimiter is a semicolon.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([head.in_language(language) for head in _HEADS])
    for problem in problems_of(file, language):
        cells = (problem.column, problem.value, problem.text, problem.repair)
        writer.writerow([problem.row, *map(defused, cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def template_csv(name: str) -> bytes:
    """Return an empty file of a dataset: its header and one example; KeyError if there is none."""
    dataset = DATASETS[name]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([each.name for each in dataset.fields])
    writer.writerow([each.example for each in dataset.fields])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def due_for_check(*, run_id: int) -> list[int]:
    """Return the files of an import that can be looked at now: what they need is settled."""
    files = list(ImportFile.objects.filter(run_id=run_id).order_by("pk").only("dataset", "state"))
    unsettled = {file.dataset for file in files if file.state not in SETTLED}
    return [
        file.pk
        for file in files
        if file.state == State.WAITING
        and unsettled.isdisjoint(DATASETS[file.dataset].after if file.dataset else ())
    ]


def depending_on(*, file: ImportFile) -> list[int]:
    """Return files of the same import that wait for somebody and refer to what `file` brought."""
    others = ImportFile.objects.filter(run_id=file.run_id, state=State.YOURS).only("dataset")
    return [
        other.pk
        for other in others
        if other.dataset and file.dataset in DATASETS[other.dataset].after
    ]


def going_on(*, entity_id: int, user_id: int) -> ImportRun | None:
    """Return the import of a person that is not finished yet, the newest first; None without."""
    runs = ImportRun.objects.filter(
        entity_id=entity_id, started_by_id=user_id, finished_at=None
    ).exclude(state=ImportRun.State.CANCELLED)
    return runs.order_by("-started_at", "-pk").first()


def waiting_for_people(*, entity_id: int) -> int:
    """How many files of an entity's imports wait for somebody."""
    waits = Q(state=State.YOURS) | Q(state=State.READY)
    return ImportFile.objects.filter(waits, run__entity_id=entity_id).count()


def last_saved(*, entity_id: int) -> ImportFile | None:
    """Return the file that was saved last, with who started its import."""
    return (
        ImportFile.objects.filter(run__entity_id=entity_id, state=State.SAVED)
        .select_related("run", "run__started_by")
        .defer("mapping", "preview", "errors")
        .order_by("-finished_at", "-pk")
        .first()
    )


def _cell(row: Mapping[str, Any], name: str, dataset: Dataset) -> Cell:
    text = str(row["fields"].get(name, ""))
    kind = dataset.field(name).kind
    if kind is Kind.MONEY and text:
        amount = Money.parse(text, row["fields"]["currency"])
        return Cell(text=text, minor=amount.minor, currency=amount.currency)
    if kind is Kind.DATE and text:
        return Cell(text=text, day=date.fromisoformat(text))
    if name == "customer_number" and row["customer_name"]:
        return Cell(text=row["customer_name"])
    return Cell(text=text)


def _column(column: Mapping[str, Any], dataset: Dataset | None, language: str) -> ColumnShown:
    why = column.get("why")
    kind = dataset.field(column["field"]).kind if dataset and column["field"] else None
    return ColumnShown(
        place=int(column["column"]),
        header=str(column["header"]),
        samples=tuple(column.get("samples") or ()),
        field=str(column["field"]),
        label=field_label(column["field"], language) if column["field"] else "",
        sure=int(column["sure"]),
        source=str(column["source"]),
        is_doubtful=bool(column["doubt"]),
        why=sentence(why["key"], why["args"], language) if why else "",
        decimal=str(column.get("decimal") or "."),
        order=str(column.get("order") or "dmy"),
        others=tuple((name, field_label(name, language)) for name in column.get("others") or ()),
        writes=_WRITES.get(kind, "") if kind else "",
    )


def _told(args: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Fields by their names on the screen, amounts with their currency."""
    told = dict(args)
    if "fields" in told:
        told["fields"] = ", ".join(
            field_label(name.strip(), language) for name in str(told["fields"]).split(",")
        )
    for name in ("disputed", "open"):
        if f"{name}_minor" in told:
            currency = str(told.get("currency") or "EUR")
            told[name] = str(Money(int(told[f"{name}_minor"]), currency))
    return told


def _seconds_left(file: ImportFile, at: datetime) -> int | None:
    """A guess from the rows so far; None while there is nothing to guess from."""
    if file.state != State.CHECKING or not file.started_at or not file.done_rows:
        return None
    spent = at - file.started_at
    if spent < PROGRESS_TOLD_AFTER or file.total_rows <= file.done_rows:
        return None
    left = spent * (file.total_rows - file.done_rows) / file.done_rows
    return int(left.total_seconds())

"""`concilia kpi`: every figure that a list of invoices allows."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from concilia.interfaces.cli.answers import (
    UNREADABLE,
    a_date,
    add_output_options,
    misused,
    write_answer,
)
from concilia.kernel.money import Money
from concilia.kernel.periods import Period
from concilia.reporting.core.figures import Figure
from concilia.reporting.core.kpi_invoices import InvoiceFigures, InvoiceRow, quarter_to

HELP = "compute receivables KPIs from a CSV of invoices"
NEEDS_DJANGO = False

REQUIRED: Final = ("invoice_id", "customer_id", "currency", "issue_date", "due_date", "amount")
YES: Final = frozenset({"true", "yes", "y", "x", "1"})
NO: Final = frozenset({"", "false", "no", "n", "0"})


class Unusable(ValueError):
    """The file as a whole cannot be used."""


@dataclass(slots=True)
class Invoices:
    """What a file held: the rows that could be read, and a sentence for each that could not."""

    rows: list[InvoiceRow] = field(default_factory=list)
    problems: list[dict[str, object]] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def add(self, row: InvoiceRow) -> None:
        """Take a row in; the same invoice twice would count twice, and is refused."""
        if row.invoice_id in self._ids:
            raise ValueError(f"the invoice {row.invoice_id[:40]!r} appears twice")
        self._ids.add(row.invoice_id)
        self.rows.append(row)


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument("--invoices", type=Path, required=True, metavar="CSV")
    parser.add_argument("--as-of", type=a_date, required=True)
    parser.add_argument(
        "--period-start", type=a_date, help="by default the month of --as-of and the two before"
    )
    parser.add_argument("--currency", help="needed where the file holds several")
    add_output_options(parser)


def run(options: argparse.Namespace) -> int:
    """This will print each figure with value, unit, formula id and rows as one JSON object."""
    if options.period_start and options.period_start > options.as_of:
        return misused(f"the period cannot start on {options.period_start}, after the as-of date")
    try:
        read = _read(options.invoices)
        currency = _currency(read.rows, options.currency)
    except Unusable as problem:
        return misused(problem)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        sentence = f"{options.invoices} cannot be read: {_why(problem)}"
        sys.stderr.write(f"{sentence}\n")
        write_answer({"error": sentence}, options)
        return UNREADABLE

    period = (
        Period.of_days(options.period_start, options.as_of)
        if options.period_start
        else quarter_to(options.as_of)
    )
    rows = [row for row in read.rows if row.amount.currency == currency]
    figures = InvoiceFigures(rows, period, currency).all()
    answer = {name: _answer(each, explain=options.explain) for name, each in figures.items()}
    for bad in read.problems:
        sys.stderr.write(f"line {bad['line']}: {bad['error']}\n")
    errors = {"errors": read.problems} if read.problems else {}
    write_answer({**answer, **errors}, options)
    return UNREADABLE if read.problems else 0


def _why(problem: Exception) -> str:
    if isinstance(problem, UnicodeDecodeError):
        return "it is not text in UTF-8"
    return (problem.strerror if isinstance(problem, OSError) else None) or str(problem)


def _read(path: Path) -> Invoices:
    read = Invoices()
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = csv.DictReader(file)
        missing = [name for name in REQUIRED if name not in (table.fieldnames or [])]
        if missing:
            raise Unusable(f"{path.name} lacks the columns {', '.join(missing)}")
        for cells in table:
            try:
                read.add(_row(cells))
            except (ValueError, argparse.ArgumentTypeError) as problem:
                read.problems.append({"line": table.line_num, "error": str(problem)})
    return read


def _row(cells: Mapping[str, str | None]) -> InvoiceRow:
    def cell(name: str) -> str:
        return (cells.get(name) or "").strip()

    if not cell("invoice_id"):
        raise ValueError("the invoice_id is empty")
    currency = cell("currency")
    amount = Money.parse(cell("amount"), currency)
    settled_date = a_date(cell("settled_date")) if cell("settled_date") else None
    settled = Money.parse(cell("settled_amount"), currency) if cell("settled_amount") else None
    if settled and settled_date is None:
        raise ValueError(f"{settled} was settled, but the settled_date is empty")
    return InvoiceRow(
        invoice_id=cell("invoice_id"),
        customer_id=cell("customer_id"),
        issue_date=a_date(cell("issue_date")),
        due_date=a_date(cell("due_date")),
        amount=amount,
        settled_date=settled_date,
        settled_amount=_settled(amount, settled, is_settled=settled_date is not None),
        disputed=_disputed(cell("disputed"), amount),
    )


def _settled(amount: Money, settled: Money | None, *, is_settled: bool) -> Money:
    """A date without an amount says that all of it was paid."""
    if settled is not None:
        return settled
    return amount if is_settled else Money.zero(amount.currency)


def _disputed(text: str, amount: Money) -> Money:
    """Read a flag (all that is open is disputed) or the disputed amount."""
    if text.lower() in NO:
        return Money.zero(amount.currency)
    if text.lower() in YES:
        return amount
    return Money.parse(text, amount.currency)


def _currency(rows: list[InvoiceRow], asked: str | None) -> str:
    found = sorted({row.amount.currency for row in rows})
    if asked:
        if asked not in found:
            raise Unusable(f"no invoice is in {asked}; there are {', '.join(found) or 'none'}")
        return asked
    if len(found) > 1:
        raise Unusable(f"the invoices are in {', '.join(found)}: choose one with --currency")
    return found[0] if found else "EUR"


def _answer(each: Figure, *, explain: bool) -> dict[str, object]:
    answer: dict[str, object] = {
        "value": None if each.value is None else str(each.value),
        "unit": each.unit,
        "formula_id": each.formula_id,
        "rows": list(_rows(each, explain=explain)),
    }
    if each.note:
        answer["note"] = each.note
    return answer


def _rows(each: Figure, *, explain: bool) -> Iterator[dict[str, object]]:
    for row in each.rows:
        answer: dict[str, object] = {"name": row.name, "value": row.value}
        if row.items:
            answer["count"] = len(row.items)
        if explain:
            answer["invoices"] = list(row.items)
        yield answer

"""The mandate as an agency reads it, as JSON and CSV, and its results as they come back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from concilia.dunning.core.placement.terms import ResultStatus
from concilia.kernel.money import Money

FORMAT: Final = "concilia.mandate/1"
HEAD: Final = (
    "mandate", "customer", "name", "country", "language", "document", "issued", "due", "currency",
    "amount",
)  # fmt: skip
RESULT_HEAD: Final = ("mandate", "reference", "date", "status", "paid", "cost", "currency", "note")
NEEDED: Final = RESULT_HEAD[:4]
BYTES_MAX: Final = 5_000_000
ROWS_MAX: Final = 50_000
NOTE_MAX: Final = 300
REFERENCE_MAX: Final = 60
# A spreadsheet takes a cell that begins so for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class MandateLine:
    """An item of a mandate; the amount is what is handed over."""

    document: str
    issued: date
    due: date
    amount: Money


def mandate_json(about: Mapping[str, Any], lines: Sequence[MandateLine]) -> bytes:
    """Write a mandate as JSON; amounts are decimal strings."""
    written = {
        "format": FORMAT,
        **about,
        "items": [
            {
                "document": each.document,
                "issued": each.issued.isoformat(),
                "due": each.due.isoformat(),
                "currency": each.amount.currency,
                "amount": str(each.amount.to_decimal()),
            }
            for each in lines
        ],
    }
    return (json.dumps(written, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def mandate_csv(about: Mapping[str, Any], lines: Sequence[MandateLine]) -> bytes:
    """Write a mandate as CSV, UTF-8 with a line for each item; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for each in lines:
        first = [str(about.get(name, "")) for name in HEAD[:5]]
        row = [
            *first, each.document, each.issued.isoformat(), each.due.isoformat(),
            each.amount.currency, str(each.amount.to_decimal()),
        ]  # fmt: skip
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A line of results. What it says was paid is what the agency says, and books nothing."""

    line: int
    mandate: str
    reference: str
    on: date
    status: ResultStatus
    paid: Money
    cost: Money
    note: str


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that cannot be read, and why, as a code with the cell."""

    line: int
    why: str
    cell: str = ""


class ResultsUnreadable(ValueError):
    """The file is no table of results; the message says why, as a code."""


def read_results(content: bytes, currency: str) -> tuple[list[ResultRow], list[BadRow]]:
    """
    Read a CSV of results, comma or semicolon, with a head of `RESULT_HEAD`.

    :param currency: of amounts whose line names none
    :raises ResultsUnreadable: if it is too large, no text, or lacks a column that is needed
    """
    if len(content) > BYTES_MAX:
        raise ResultsUnreadable("large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as no_text:
        raise ResultsUnreadable("no_text") from no_text
    rows = list(_rows(text))
    if not rows:
        raise ResultsUnreadable("empty")
    head = [cell.strip().lower() for cell in rows[0][1]]
    lacking = [name for name in NEEDED if name not in head]
    if lacking:
        raise ResultsUnreadable(f"lacks {lacking[0]}")
    good: list[ResultRow] = []
    bad: list[BadRow] = []
    for line, cells in rows[1:]:
        found = _row(line, dict(zip(head, cells, strict=False)), currency)
        if isinstance(found, ResultRow):
            good.append(found)
        else:
            bad.append(found)
    return good, bad


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=separator)
    try:
        for row in reader:
            if reader.line_num > ROWS_MAX:
                raise ResultsUnreadable("long")
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as broken:
        raise ResultsUnreadable("broken") from broken


def _row(line: int, cells: Mapping[str, str], currency: str) -> ResultRow | BadRow:
    named = {name: (cells.get(name) or "").strip() for name in RESULT_HEAD}
    wrong = next((name for name, is_fine in FINE.items() if not is_fine(named[name])), "")
    amounts = [_amount(named[name], named["currency"] or currency) for name in ("paid", "cost")]
    if not wrong and None in amounts:
        wrong = ("paid", "cost")[amounts.index(None)]
    paid, cost = amounts
    if wrong or paid is None or cost is None:
        return BadRow(line, wrong, named[wrong][:REFERENCE_MAX])
    return ResultRow(
        line=line,
        mandate=named["mandate"],
        reference=named["reference"],
        on=date.fromisoformat(named["date"]),
        status=ResultStatus(named["status"].upper()),
        paid=paid,
        cost=cost,
        note=named["note"][:NOTE_MAX],
    )


def _is_name(text: str) -> bool:
    return 0 < len(text) <= REFERENCE_MAX


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


FINE: Final[Mapping[str, Callable[[str], bool]]] = {
    "mandate": _is_name,
    "reference": _is_name,
    "date": _is_day,
    "status": lambda text: text.upper() in ResultStatus.__members__,
}


def _amount(text: str, currency: str) -> Money | None:
    """An amount of zero or more; None for anything else."""
    try:
        found = Money.parse(text or "0", currency)
    except (ValueError, ArithmeticError, LookupError):
        return None
    return found if found.minor >= 0 else None

"""
Workbooks as rows of cells.

Runs inside the sandbox: strangers' bytes in, plain JSON values out.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import python_calamine

from concilia.intake.core.imports.cells import DATE, NUMBER, clean
from concilia.intake.core.imports.tables import COLUMNS_MAX

UNPACKED_BYTES_MAX: Final = 1 << 30
SHEETS_MAX: Final = 50
ROWS_AT_ONCE: Final = 2_000
SIGNIFICANT_DIGITS: Final = ".15g"  # what Excel itself shows: 0.1 + 0.2 is 0.3 again


def read_sheets(
    payload: bytes, *, sheet: str = "", rows_max: int = 1_048_576
) -> Iterator[dict[str, Any]]:
    """
    Yield the rows of the visible sheets, some thousand at a time, numbered as people see them.

    :param sheet: the only one wanted; "" for all
    :param rows_max: how many rows of each sheet are wanted
    """
    if problem := _problem_with(payload):
        yield {"problem": problem}
        return
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(payload))
        names = [
            meta.name
            for meta in book.sheets_metadata
            if meta.visible == python_calamine.SheetVisibleEnum.Visible
            and meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        for name in names[:SHEETS_MAX]:
            if sheet in {"", name}:
                yield from _read(book, name, rows_max)
    except python_calamine.PasswordError:
        yield {"problem": "encrypted"}
    except (python_calamine.CalamineError, OSError, ValueError):
        yield {"problem": "damaged"}


def _problem_with(payload: bytes) -> str:
    """A workbook is an archive: its claims are checked before anything is unpacked."""
    if not payload.startswith(b"PK"):
        return ""  # the older format is no archive
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile:
        return "damaged"
    return "too_costly" if size > UNPACKED_BYTES_MAX else ""


def _read(
    book: python_calamine.CalamineWorkbook, name: str, rows_max: int
) -> Iterator[dict[str, Any]]:
    table = book.get_sheet_by_name(name)
    yield {"sheet": name, "height": table.end[0] + 1 if table.end else 0}
    if table.width > COLUMNS_MAX:
        yield {"problem": "too_many_columns"}
        return
    rows: list[tuple[int, list[str]]] = []
    for number, cells in enumerate(table.iter_rows(), start=1):
        if number > rows_max:
            break
        row = [_cell(cell) for cell in cells]
        if any(row):
            rows.append((number, row))
        if len(rows) == ROWS_AT_ONCE:
            yield {"rows": rows}
            rows = []
    if rows:
        yield {"rows": rows}


def _cell(value: object) -> str:
    if isinstance(value, str):
        return clean(value) if value else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        exact = Decimal(format(value, SIGNIFICANT_DIGITS))
        whole = exact == exact.to_integral_value()
        return f"{NUMBER}{int(exact)}" if whole else f"{NUMBER}{exact:f}"
    if isinstance(value, dt.date):  # a moment is one too
        return f"{DATE}{value.isoformat()[:10]}"
    return clean(str(value))

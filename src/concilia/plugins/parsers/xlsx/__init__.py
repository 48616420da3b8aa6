"""Excel workbooks."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from decimal import Decimal
from typing import ClassVar, Final

import python_calamine

from concilia.documents.core.decoding import tidy
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import ParsedDocument, Source, Table
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.xlsx.extent import oversized

UNPACKED_BYTES_MAX: Final = 300 << 20
SHEETS_MAX: Final = 50
CELLS_MAX: Final = 2_000_000
DAMAGES: Final = (
    zipfile.BadZipFile,
    NotImplementedError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,  # a part is encrypted
    zlib.error,
)
SIGNIFICANT_DIGITS: Final = ".15g"  # what Excel itself shows: 0.1 + 0.2 is 0.3 again


class XlsxParser:
    """Every visible sheet as a table. Numbers become the digits Excel shows, never a float."""

    formats: ClassVar[tuple[str, ...]] = ("xlsx",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the sheets in their order, empty rows left out."""
        large = _large_sheets(source.content)
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.content))
            names = [
                meta.name
                for meta in book.sheets_metadata
                if meta.visible == python_calamine.SheetVisibleEnum.Visible
                and meta.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            return _read(book, names, large)
        except python_calamine.PasswordError as error:
            raise ParserFailed("encrypted workbook") from error
        except (python_calamine.CalamineError, OSError, ValueError) as error:
            raise ParserFailed(f"damaged workbook: {error}") from error


def _read(
    book: python_calamine.CalamineWorkbook, names: list[str], large: frozenset[str]
) -> ParsedDocument:
    out = TextWriter()
    tables: list[Table] = []
    warnings: list[str] = []
    room = CELLS_MAX
    if len(names) > SHEETS_MAX:
        warnings.append(f"{len(names)} sheets, only the first {SHEETS_MAX} are read")
    for name in names[:SHEETS_MAX]:
        sheet = book.get_sheet_by_name(name) if name not in large else None
        size = sheet.height * max(sheet.width, 1) if sheet is not None else 0
        if sheet is None or size > room:
            warnings.append(f"sheet {name!r} is too large and was skipped")
            continue
        room -= size
        rows = [[_shown(value) for value in row] for row in sheet.to_python()]
        if tables:
            out.write("\n")
        tables.append(out.table((row for row in rows if any(row)), name=name))
    return ParsedDocument("xlsx", out.text(), tables=tuple(tables), warnings=tuple(warnings))


def _large_sheets(content: bytes) -> frozenset[str]:
    """
    Return the sheets that no memory holds, and refuse workbooks that are bombs.

    :raises ParserFailed: if it is too large when unpacked, or no whole archive
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_BYTES_MAX:
                raise ParserFailed("workbook too large when unpacked")
            large = oversized(archive, CELLS_MAX)
    except DAMAGES as error:
        raise ParserFailed("damaged workbook: not a whole zip archive") from error
    if any(name.startswith("xl/") for name in large):
        raise ParserFailed("damaged workbook: a sheet without a name is too large to be read")
    return large


def _shown(value: object) -> str:
    """Return a cell's value as digits or words."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        exact = Decimal(format(value, SIGNIFICANT_DIGITS))
        whole = exact.is_finite() and exact == exact.to_integral_value()
        return str(int(exact)) if whole else f"{exact:f}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(tidy(str(value)).split())

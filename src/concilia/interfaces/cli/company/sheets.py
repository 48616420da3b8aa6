"""Spreadsheets as customers attach them: CSV with the separators of their country, and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from concilia.interfaces.cli.company.camt import decimal

Cell = str | int
EPOCH = (2026, 1, 1, 0, 0, 0)
PACKAGES = "application/vnd.openxmlformats-package"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{PACKAGES}.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEETS}.worksheet+xml"/>'
    "</Types>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def to_csv(rows: Sequence[Sequence[Cell]], *, separator: str = ";", comma: bool = True) -> bytes:
    """Give rows as CSV in Windows' encoding; integers are cents and become decimals."""
    lines = []
    for row in rows:
        cells = (decimal(cell) if isinstance(cell, int) else cell for cell in row)
        texts = (
            cell.replace(".", ",") if comma and isinstance(original, int) else cell
            for cell, original in zip(cells, row, strict=True)
        )
        lines.append(separator.join(texts))
    return ("\r\n".join(lines) + "\r\n").encode("windows-1252")


def to_xlsx(title: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """Give rows as a workbook of one sheet; integers are cents and become numbers."""
    body = "".join(
        f'<row r="{r}">' + "".join(_cell(r, c, cell) for c, cell in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, start=1)
    )
    parts = {
        "[Content_Types].xml": XML + CONTENT_TYPES,
        "_rels/.rels": _relation(f"{OFFICE}/officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{escape(title)[:31]}" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _relation(f"{OFFICE}/worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
        ),
    }
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in parts.items():
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()


def _relation(kind: str, target: str) -> str:
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
    )


def _cell(row: int, column: int, cell: Cell) -> str:
    place = f"{chr(ord('A') + column)}{row}"
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{decimal(cell)}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'

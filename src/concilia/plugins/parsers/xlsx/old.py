"""
Old workbooks ([MS-XLS]) looked through before they are opened.

The library takes the memory a file asks for, and follows sectors in circles: one damaged number
costs gigabytes. So it gets the workbook alone, in a file of our own, after a look at every record.
"""

from __future__ import annotations

import struct
from typing import Final

from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.msg.compound import CompoundFile
from concilia.plugins.parsers.xlsx.wrapping import wrapped

STREAMS: Final = ("Workbook", "WORKBOOK", "Book", "BOOK")
COLUMNS_MAX: Final = 256
DIMENSIONS_95: Final = struct.Struct("<HHHH")
DIMENSIONS_97: Final = struct.Struct("<IIHH")
BEGIN, DIMENSIONS, STRINGS = 0x0809, 0x0200, 0x00FC
CELLS: Final = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})
RUNS: Final = frozenset({0x00BD, 0x00BE})  # several cells side by side
REFUSED: Final = "damaged workbook: a sheet is larger than any can be"


def looked_through(content: bytes, cells_max: int) -> bytes:
    """
    Return the workbook in a whole file of its own.

    :raises ParserFailed: if there is no workbook in the file, or a sheet of impossible size
    """
    file = CompoundFile(content)
    inside = file.children()
    name = next((each for each in STREAMS if each in inside), None)
    if name is None:
        raise ParserFailed("damaged workbook: there is none in the file")
    stream = file.read(inside[name])
    _refuse_giants(stream, cells_max)
    return wrapped("Workbook" if name.lower() == "workbook" else "Book", stream)


def _refuse_giants(stream: bytes, cells_max: int) -> None:
    """Look at every record that asks for memory."""
    rows = columns = at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        record = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == BEGIN:
            rows = columns = 0
        row, column = _reaches(kind, record)
        rows, columns = max(rows, row), max(columns, column)
        too_many = kind == STRINGS and _count(record) > len(stream)
        if too_many or columns > COLUMNS_MAX or rows * columns > cells_max:
            raise ParserFailed(REFUSED)


def _reaches(kind: int, record: bytes) -> tuple[int, int]:
    """How far a record says a sheet goes, in rows and columns."""
    if kind == DIMENSIONS:
        return _dimensions(record)
    if kind in CELLS and len(record) >= 4:  # noqa: PLR2004
        row, column = struct.unpack_from("<HH", record)
        return row + 1, column + 1
    if kind in RUNS and len(record) >= 6:  # noqa: PLR2004
        row, first = struct.unpack_from("<HH", record)
        (last,) = struct.unpack_from("<H", record, len(record) - 2)
        if last < first:
            raise ParserFailed("damaged workbook: cells that end before they begin")
        return row + 1, last + 1
    return 0, 0


def _dimensions(record: bytes) -> tuple[int, int]:
    """The rows have two bytes in workbooks of Excel 95, four later."""
    layout = DIMENSIONS_95 if len(record) == DIMENSIONS_95.size + 2 else DIMENSIONS_97
    if len(record) < layout.size:
        raise ParserFailed("damaged workbook: a sheet without its size")
    first, last, left, right = layout.unpack_from(record)
    if first > last or left > right:
        raise ParserFailed("damaged workbook: a sheet that ends before it begins")
    return int(last), int(right)


def _count(record: bytes) -> int:
    return int(struct.unpack_from("<I", record, 4)[0]) if len(record) >= 8 else 0  # noqa: PLR2004

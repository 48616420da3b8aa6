"""
How large the sheets of a workbook are, before anything lays them out.

A sheet with one cell in A1 and one in XFD1048576 is small as a file and gigabytes as a grid.
"""

from __future__ import annotations

import math
import re
import zipfile
from typing import Final

from lxml import etree

COLUMNS_ALPHABET: Final = 26
_PLACES: Final = re.compile(
    rb"""<(?:\w{1,20}:)?(?:c|row)\s(?:[^<>]{0,400}?\s)?r\s*=\s*["']([^"'<>]*)["']"""
)
_PLACE: Final = re.compile(rb"([A-Za-z]{0,3})([0-9]{1,7})")  # a row, or a cell with its column
_SHEETS: Final = "xl/worksheets/"
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def oversized(archive: zipfile.ZipFile, cells_max: int) -> frozenset[str]:
    """
    Return the names of the sheets whose grid has more cells than that.

    A sheet of the archive that the workbook does not name goes by the name of its file.
    """
    parts = [name for name in archive.namelist() if name.startswith(_SHEETS)]
    large = {name for name in parts if _grid(archive.read(name)) > cells_max}
    if not large:
        return frozenset()
    names = _names(archive)
    return frozenset(names.get(part, part) for part in large)


def _grid(content: bytes) -> float:
    """Return the cells of the rectangle around all that are named; endless where one is absurd."""
    found = [_PLACE.fullmatch(place) for place in set(_PLACES.findall(content))]
    known = [place for place in found if place is not None]
    if len(known) < len(found):
        return math.inf
    columns = {_column(place[1].upper()) for place in known if place[1]} or {0}
    rows = {int(place[2]) for place in known} or {0}
    return (max(columns) - min(columns) + 1) * (max(rows) - min(rows) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * COLUMNS_ALPHABET + letter - ord("A") + 1
    return number


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the sheets' names by the file they are in."""
    targets = {
        each.get("Id"): each.get("Target", "").removeprefix("/").removeprefix("xl/")
        for each in _tree(archive, _RELATIONS).iter("{*}Relationship")
    }
    sheets = _tree(archive, _WORKBOOK).iter("{*}sheet")
    return {f"xl/{targets.get(each.get(_ID), '')}": each.get("name", "") for each in sheets}


def _tree(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """Return a part's XML; an empty element where it is missing or damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(archive.read(name), parser)
    except (KeyError, etree.XMLSyntaxError):
        root = None
    return etree.Element("none") if root is None else root

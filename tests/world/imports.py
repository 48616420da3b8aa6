"""Files as people drop them on the import, small ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import openpyxl
from tests.world.builders import NOON

from concilia.identity.models import Entity, Membership
from concilia.intake.actions.imports import import_folder, start_import
from concilia.intake.models import ImportFile, ImportRun

LATER = NOON + timedelta(minutes=5)
ITALIAN = (
    "N. documento;Cod. cliente;Data doc.;Residuo;Div.;Scad. netta;Note int.\n"
    "FT-2026/03140;C-00412;15/10/2026;1.220,00;EUR;30;\n"
    "FT-2026/03141;C-0O412;12/10/2026;716,40;EUR;30;vedi mail Sara\n"
    "FT-2026/03142;C-00087;31/11/2026;1.098,00;EUR;60;\n"
)
CUSTOMERS = """customer_number,name,country,payment_days,discount_percent,discount_days,currency
C-00412,Bottega Bonfanti,IT,60,0,0,EUR
C-00087,Frischmarkt Nord eG,DE,30,2.00,10,EUR
C-00500,Hartley & Sons,GB,45,0,0,GBP
"""
ITEMS_HEADER = (
    "customer_number,document_kind,document_number,issue_date,due_date,original_amount,open_amount"
)


def items(*rows: str, header: str = ITEMS_HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def take(
    entity: Entity, files: Mapping[str, str | bytes], at: datetime = NOON
) -> dict[str, ImportFile]:
    """Import files at once; returns them by dataset, the last of each."""
    contents = {
        name: content.encode() if isinstance(content, str) else content
        for name, content in files.items()
    }
    run = import_folder(entity_id=entity.pk, folder=contents, at=at)
    return {file.dataset: file for file in ImportFile.objects.filter(run=run).order_by("pk")}


def take_items(entity: Entity, *rows: str, **changes: str) -> ImportFile:
    """Import a list of open items."""
    return take(entity, {"open_items.csv": items(*rows, **changes)})["open_items"]


def counts(file: ImportFile) -> tuple[str, int, int, int]:
    """State, new, changed and same rows."""
    return file.state, file.new_rows, file.changed_rows, file.same_rows


def said(file: ImportFile) -> list[tuple[int, str, str]]:
    """Row, field and key of each problem."""
    return [(error["row"], error["field"], error["key"]) for error in file.errors]


def a_workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_archive(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def start(entity: Entity, member: Membership | None = None, **files: str | bytes) -> ImportRun:
    contents = [
        (name.replace("__", "."), content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    return start_import(entity_id=entity.pk, files=contents, member=member, at=NOON)


def only(run: ImportRun) -> ImportFile:
    return ImportFile.objects.get(run=run)


def states(run: ImportRun) -> dict[str, str]:
    return {
        f"{file.filename}{file.sheet and '/'}{file.sheet}": file.state
        for file in ImportFile.objects.filter(run=run).order_by("pk")
    }

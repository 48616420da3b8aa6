"""The rows of an imported file, out of the bytes that were kept."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from concilia.foundation.sandbox import Limits, Sandbox, SandboxFailed
from concilia.intake.actions.imports.storing import open_blob
from concilia.intake.core.imports.problems import KEYS
from concilia.intake.core.imports.tables import Dialect, Row, TableUnreadable, read_rows
from concilia.intake.models import ImportFile

CHUNK_ROWS: Final = 5_000
SAMPLE_ROWS: Final = 3_000
WORKBOOK_BYTES_MAX: Final = 100 << 20
LIMITS: Final = Limits(
    cpu_seconds=120,
    wall_seconds=600.0,
    memory_bytes=3 << 30,
    input_bytes=300 << 20,
    output_bytes=64 << 20,
)
_READ_SHEETS: Final = "concilia.intake.core.imports.workbooks:read_sheets"
_READ_MEMBERS: Final = "concilia.intake.core.imports.archives:read_members"


def rows_of(file: ImportFile) -> Iterator[Row]:
    """
    Yield every row of the file, the header and what stands above it among them.

    :raises TableUnreadable: where it cannot be read on
    """
    if file.sheet:
        with open_blob(file.blob_id) as stream:
            payload = stream.read()
        for answer in _answers(_READ_SHEETS, payload, {"sheet": file.sheet}):
            yield from ((number, cells) for number, cells in answer.get("rows", ()))
        return
    layout = file.layout
    dialect = Dialect(
        layout["encoding"], layout["delimiter"], skip_first_line=layout["skip_first_line"]
    )
    with open_blob(file.blob_id) as stream:
        yield from read_rows(stream, dialect)


@dataclass
class Sheet:
    """The first rows of a sheet, and how many it has."""

    height: int
    rows: list[Row]


def sheets_of(payload: bytes) -> dict[str, Sheet]:
    """
    Return every visible sheet of a workbook by its name.

    :raises TableUnreadable: if it is damaged, encrypted, or takes too much to open
    """
    if len(payload) > WORKBOOK_BYTES_MAX:
        raise TableUnreadable("too_large_file", most=WORKBOOK_BYTES_MAX >> 20)
    sheets: dict[str, Sheet] = {}
    name = ""
    for answer in _answers(_READ_SHEETS, payload, {"rows_max": SAMPLE_ROWS}):
        if "sheet" in answer:
            name = str(answer["sheet"])
            sheets[name] = Sheet(int(answer["height"]), [])
        sheets[name].rows += [(int(number), cells) for number, cells in answer.get("rows", ())]
    return sheets


def members_of(payload: bytes, folder: Path) -> Iterator[tuple[str, Path, str]]:
    """
    Yield the files of an archive: name, where it lies now, what is wrong with it ("" if nothing).

    :param folder: an empty folder of the caller's
    :raises TableUnreadable: if the archive cannot be opened
    """
    name = ""
    out: IO[bytes] | None = None
    count = 0
    try:
        for answer in _answers(_READ_MEMBERS, payload, {}):
            if "name" in answer:
                count += 1
                name, place = str(answer["name"]), folder / str(count)
                out = place.open("wb")
            elif out and "bytes" in answer:
                out.write(base64.b64decode(answer["bytes"]))
            elif out:
                out.close()
                yield name, Path(out.name), str(answer.get("wrong", ""))
    finally:
        if out:
            out.close()


def temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that goes when it is left."""
    return tempfile.TemporaryDirectory(prefix="concilia-import-")


def chunks_of(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Cut rows into lists of some thousand."""
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield chunk


def _answers(function: str, payload: bytes, args: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a confined process makes of the bytes; its word is checked like any stranger's."""
    try:
        with Sandbox(limits=LIMITS) as sandbox:
            for answer in sandbox.stream(function, payload, args):
                if key := answer.get("problem"):
                    raise TableUnreadable(
                        key if key in KEYS else "damaged", **dict(answer.get("args") or {})
                    )
                yield answer
    except SandboxFailed as failure:
        costly = failure.kind in {"time", "memory", "output", "input"}
        raise TableUnreadable("too_costly" if costly else "damaged") from failure

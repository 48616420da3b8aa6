"""The rows of an imported file, out of the bytes that were kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

from concilia.foundation.blobs import read_blob
from concilia.intake.core.tables import HEAD_BYTES, Dialect, Row, dialect_of, read_rows
from concilia.intake.models import ImportFile

CHUNK_ROWS = 20_000


def layout_of(content: bytes) -> dict[str, object]:
    """Return how a delimited file is written, as `ImportFile.layout` keeps it."""
    dialect = dialect_of(content[:HEAD_BYTES])
    return {
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "skip_first_line": dialect.skip_first_line,
    }


def rows_of(file: ImportFile) -> Iterator[Row]:
    """Yield every row of the file, the header and what stands above it among them."""
    layout = file.layout
    dialect = Dialect(layout["encoding"], layout["delimiter"], bool(layout["skip_first_line"]))
    yield from read_rows(io.BytesIO(read_blob(sha256=file.blob_id)), dialect)


def chunks_of(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Cut rows into lists of some thousand."""
    while chunk := list(islice(rows, CHUNK_ROWS)):
        yield chunk

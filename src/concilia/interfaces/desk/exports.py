"""Lists as CSV files that a spreadsheet opens as text, whatever strangers wrote into them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Final

from django.http import StreamingHttpResponse

from concilia.kernel.cells import harmless

BYTE_ORDER_MARK: Final = "\ufeff"


class _Line:
    """A file that hands back what is written into it."""

    def write(self, text: str) -> str:
        return text


def csv_response(
    filename: str, head: Iterable[str], rows: Iterable[Iterable[object]]
) -> StreamingHttpResponse:
    """
    This will be a download of the rows, UTF-8 with a mark, sent while they are read.

    Numbers stay numbers; a text that a spreadsheet would run as a formula stays a text.
    """
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield writer.writerow([str(cell) for cell in head])
        for row in rows:
            yield writer.writerow([harmless(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response

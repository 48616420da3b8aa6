"""
What is done with a stranger's file so that a page can show it. Runs only inside the sandbox.

Pages and pictures come back as fresh images, texts and tables as plain values: nothing of the file
itself ever reaches the browser, except as a download.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from concilia.documents.core.banking import BankEntry, Statement
from concilia.documents.core.decoding import decode
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source, Table
from concilia.documents.core.thread import split
from concilia.documents.ports import ParserFailed, parser_for

MAILS: Final = frozenset({"eml", "msg"})
PICTURES: Final = frozenset({"png", "jpg", "gif", "tiff", "webp", "bmp"})
TEXT_MAX: Final = 400_000
PAGES_MAX: Final = 60
ROWS_MAX: Final = 400
CELLS_MAX: Final = 40
TABLES_MAX: Final = 40
ENTRIES_MAX: Final = 400
WIDTH_MAX: Final = 1600
PIXELS_MAX: Final = 6_000_000
SOURCE_PIXELS_MAX: Final = 120_000_000
QUALITY: Final = 84
HEAD: Final = 4096
TOO_LARGE: Final = "the picture is too large to be shown"
DAMAGED_PICTURE: Final = "damaged picture, cannot be opened"
CANNOT_BE_SHOWN: Final = "this kind of file cannot be shown here"

Image.MAX_IMAGE_PIXELS = SOURCE_PIXELS_MAX


class CannotDraw(Exception):
    """There is no such page, or no picture in these bytes."""


def open_file(payload: bytes, *, filename: str, file_format: str) -> dict[str, Any]:
    """
    This will say what a viewer shows of a file: its text, and where words, cells and entries stand.

    :param file_format: empty when nobody has looked at the file yet
    :return: `format text live pages words tables entries metadata warnings error`; boxes are
        fractions of their page (left, top, width, height), `live` the parts of a mail's text that
        are said now, `error` one sentence, empty if all is well
    """
    file_format = file_format or detect(payload, filename) or ""
    shown: dict[str, Any]
    if file_format in PICTURES:
        shown = _pictured(payload)
    else:
        shown = _parsed(payload, filename, file_format)
    if file_format == "pdf" and not shown.get("pages"):
        shown |= _bare_pages(payload)
    return {"format": file_format, **shown}


def _pictured(payload: bytes) -> dict[str, Any]:
    try:
        return {"pages": [_page(number, size) for number, size in _frames(payload)]}
    except Image.DecompressionBombError:
        return {"error": TOO_LARGE}
    except (OSError, EOFError, SyntaxError, ValueError):
        return {"error": DAMAGED_PICTURE}


def _parsed(payload: bytes, filename: str, file_format: str) -> dict[str, Any]:
    parser = parser_for(file_format)
    try:
        if parser is not None:
            return _shown(parser.parse(Source(payload, filename, file_format)))
    except ParserFailed as failure:
        return {"error": str(failure)}
    if b"\0" in payload[:HEAD] or not file_format:
        return {"error": CANNOT_BE_SHOWN}
    return {"text": decode(payload[:TEXT_MAX])}


def _bare_pages(payload: bytes) -> dict[str, Any]:
    """The pages of a PDF nobody could read, as long as they can be drawn."""
    try:
        document = pdfium.PdfDocument(payload)
    except pdfium.PdfiumError:
        return {}
    try:
        count = min(len(document), PAGES_MAX)
        pages = [_page(n + 1, document.get_page_size(n)) for n in range(count)]
        return {"pages": pages, "error": ""}
    finally:
        document.close()


def draw(payload: bytes, *, file_format: str, number: int, width: int) -> dict[str, Any]:
    """
    This will draw a page of a PDF, or a picture, anew.

    :param number: the page or frame, from 1
    :param width: wanted width in pixels; what is smaller stays as it is
    :return: the image as base64 under `image`, its `width` and `height`
    :raises CannotDraw: if there is no such page
    """
    width = max(64, min(width, WIDTH_MAX))
    file_format = file_format or detect(payload) or ""
    picture = _pdf_page(payload, number, width) if file_format == "pdf" else _frame(payload, number)
    picture.thumbnail((width, PIXELS_MAX // width))
    target = BytesIO()
    flat = picture.convert("RGBA") if "A" in picture.getbands() else picture.convert("RGB")
    flat.save(target, "WEBP", quality=QUALITY, method=3)
    image = base64.b64encode(target.getvalue()).decode()
    return {"image": image, "width": flat.width, "height": flat.height}


def _pdf_page(payload: bytes, number: int, width: int) -> Image.Image:
    document = pdfium.PdfDocument(payload)
    try:
        if not 1 <= number <= len(document):
            raise CannotDraw(f"there is no page {number}")
        page = document[number - 1]
        wide, high = page.get_size()
        # A page may call itself kilometres long: the picture stays within its pixels.
        scale = min(width / max(wide, 1), (PIXELS_MAX / max(wide * high, 1)) ** 0.5)
        picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
        return picture.copy()
    finally:
        document.close()


def _frame(payload: bytes, number: int) -> Image.Image:
    try:
        picture = Image.open(BytesIO(payload))
        picture.seek(number - 1)
    except (OSError, EOFError) as error:
        raise CannotDraw(f"there is no picture {number}") from error
    return ImageOps.exif_transpose(picture)


def _frames(payload: bytes) -> Iterator[tuple[int, tuple[int, int]]]:
    picture = Image.open(BytesIO(payload))
    for number in range(1, min(getattr(picture, "n_frames", 1), PAGES_MAX) + 1):
        yield number, _frame(payload, number).size


def _page(number: int, size: tuple[float, float]) -> dict[str, Any]:
    return {"number": number, "start": 0, "end": 0, "ratio": _ratio(size)}


def _ratio(size: tuple[float, float]) -> float:
    width, height = size
    return round(width / height, 4) if width > 0 and height > 0 else 0.7071


def _shown(parsed: ParsedDocument) -> dict[str, Any]:
    sizes = {page.number: (page.width or 1.0, page.height or 1.0) for page in parsed.pages}
    warnings = list(parsed.warnings)
    if len(parsed.pages) > PAGES_MAX:
        warnings.append(f"{len(parsed.pages)} pages, the first {PAGES_MAX} are shown")
    return {
        "text": parsed.text[:TEXT_MAX],
        "live": _live(parsed),
        "pages": [
            {
                "number": page.number,
                "start": page.start,
                "end": page.end,
                "ratio": _ratio((page.width, page.height)),
            }
            for page in parsed.pages[:PAGES_MAX]
        ],
        "words": [
            [word.start, word.end, word.page, *_fractions(word.box, sizes[word.page])]
            for word in parsed.words
            if word.page <= PAGES_MAX and word.page in sizes
        ],
        "tables": [_table(table) for table in parsed.tables[:TABLES_MAX]],
        "entries": list(_entries(parsed.statement)),
        "metadata": dict(parsed.metadata),
        "warnings": warnings,
    }


def _live(parsed: ParsedDocument) -> list[tuple[int, int]]:
    """A mail's text is its subject, an empty line, its body; only the body is said or quoted."""
    if parsed.format not in MAILS:
        return []
    text = parsed.text[:TEXT_MAX]
    body = text.find("\n\n") + 2 if "\n\n" in text else 0
    return [span for span in split(text, body).live if span[0] >= body]


def _fractions(
    box: tuple[float, float, float, float], size: tuple[float, float]
) -> tuple[float, float, float, float]:
    left, top, right, bottom = box
    width, height = size
    return (
        round(left / width, 5),
        round(top / height, 5),
        round((right - left) / width, 5),
        round((bottom - top) / height, 5),
    )


def _table(table: Table) -> dict[str, Any]:
    rows = [
        [[cell.text, cell.start, cell.end] for cell in row[:CELLS_MAX]]
        for row in table.rows[:ROWS_MAX]
    ]
    return {
        "name": table.name,
        "page": table.page,
        "rows": rows,
        "more": len(table.rows) - len(rows),
    }


def _entries(statement: Statement | None) -> Iterator[dict[str, Any]]:
    if statement is None:
        return
    left = ENTRIES_MAX
    for account in statement.accounts:
        shown = account.entries[:left]
        left -= len(shown)
        yield {
            "account": account.iban or account.identification or "",
            "owner": account.owner or "",
            "currency": account.currency or "",
            "more": len(account.entries) - len(shown),
            "balances": [_plain(asdict(balance)) for balance in account.balances],
            "entries": [_entry(entry) for entry in shown],
        }


def _entry(entry: BankEntry) -> dict[str, Any]:
    said = (*entry.remittance_text, *entry.creditor_references)
    named = (document.number or "" for document in entry.documents)
    sign = "" if entry.direction == "in" else "-"
    return {
        "date": entry.booking_date or "",
        "name": entry.counterparty.name or "",
        "iban": entry.counterparty.iban or "",
        "text": " ".join(part for part in (*said, *named) if part) or entry.additional_info or "",
        "amount": f"{sign}{entry.amount}",
        "currency": entry.currency,
    }


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: str(value) if isinstance(value, Decimal) else value for key, value in values.items()
    }

"""PDF files that carry text."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from concilia.documents.core.decoding import tidy
from concilia.documents.core.formats import detect
from concilia.documents.core.hybrid import HYBRID, HYBRID_FORMATS
from concilia.documents.core.parsed import (
    RECOGNISED,
    Attachment,
    ParsedDocument,
    Picture,
    SeenPage,
    Source,
)
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.pdf.geometry import PageWord, compose
from concilia.plugins.parsers.pdf.straight import straightened

PAGES_MAX: Final = 300
PAGE_CHARS_MAX: Final = 200_000
EMBEDDED_MAX: Final = 50
EMBEDDED_BYTES_MAX: Final = 25 << 20
HYBRID_NAMES: Final = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
WORD: Final = re.compile(r"[^\s\0]+")
HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
QUARTER: Final = 90
POINTS: Final = 72
DRAWN_DPI: Final = 200
DRAWN_PIXELS_MAX: Final = 3500  # the longer side of a page drawn for recognition
SURROGATES: Final = range(0xD800, 0xE000)
Characters: Final = ctypes.c_ushort * (PAGE_CHARS_MAX + 1)  # a type is dear to make
Box = tuple[float, float, float, float]


class PdfParser:
    """
    Text with the place of every word, tables found by the white space between their columns.

    Scripts, links and forms are not run; embedded files become attachments.
    """

    formats: ClassVar[tuple[str, ...]] = ("pdf",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the text of all pages, in reading order."""
        try:
            document = pdfium.PdfDocument(source.content)
        except pdfium.PdfiumError as error:
            raise ParserFailed(_cause(error)) from error
        try:
            return _read(document, source.seen)
        finally:
            document.close()

    def pictures(self, source: Source) -> Iterator[Picture]:
        """Yield the pages without text, drawn as they are shown."""
        try:
            document = pdfium.PdfDocument(source.content)
        except pdfium.PdfiumError as error:
            raise ParserFailed(_cause(error)) from error
        try:
            for number in range(min(len(document), PAGES_MAX)):
                if not _words_of(document, number):
                    yield _drawn(document, number)
        except pdfium.PdfiumError as error:
            raise ParserFailed("a page is damaged and cannot be drawn") from error
        finally:
            document.close()


def _cause(error: Exception) -> str:
    return "encrypted PDF" if "password" in str(error).lower() else "damaged PDF, cannot be opened"


def _words_of(document: pdfium.PdfDocument, number: int) -> list[PageWord]:
    try:
        return _page(document, number)[0]
    except pdfium.PdfiumError:
        return []


def _drawn(document: pdfium.PdfDocument, number: int) -> Picture:
    page = document[number]
    try:
        longest = max(*page.get_size(), 1.0)
        scale = min(DRAWN_DPI / POINTS, DRAWN_PIXELS_MAX / longest)
        image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        straight = straightened(image)
        dpi = max(round(scale * POINTS), 1)
        return Picture(straight.width, straight.height, dpi, straight.tobytes())
    finally:
        page.close()


def _read(document: pdfium.PdfDocument, seen: tuple[SeenPage, ...] = ()) -> ParsedDocument:
    warnings: list[str] = []
    count = len(document)
    if count > PAGES_MAX:
        warnings.append(f"{count} pages, only the first {PAGES_MAX} are read")
    pages: list[tuple[list[PageWord], float, float]] = []
    for number in range(min(count, PAGES_MAX)):
        try:
            pages.append(_page(document, number))
        except pdfium.PdfiumError:
            warnings.append(f"page {number + 1} is damaged and was not read")
            pages.append(([], 0.0, 0.0))
    if count == 0:
        raise ParserFailed("damaged PDF, it has no pages")
    if _fill_in(pages, seen):
        warnings.append(RECOGNISED)
    elif not any(words for words, _, _ in pages):
        warnings.append("no text in the PDF: a scan or a picture")
    composed = compose(pages)
    attachments = tuple(_embedded(document, warnings))
    return ParsedDocument(
        HYBRID if any(_is_invoice(each) for each in attachments) else "pdf",
        composed.text,
        pages=composed.pages,
        words=composed.words,
        tables=composed.tables,
        attachments=attachments,
        warnings=tuple(warnings),
    )


def _fill_in(pages: list[tuple[list[PageWord], float, float]], seen: tuple[SeenPage, ...]) -> bool:
    """Give the pages without text, in their order, what was recognised on them."""
    blank = [number for number, (words, _, _) in enumerate(pages) if not words]
    for number, page in zip(blank, seen, strict=False):
        words = [PageWord(*word) for word in page.words]
        pages[number] = (words, page.width, page.height)
    return any(page.words for page in seen[: len(blank)])


def _is_invoice(attachment: Attachment) -> bool:
    """Whether the file is the invoice itself in XML (Factur-X, ZUGFeRD), by name or by content."""
    name = attachment.filename.lower()
    return name in HYBRID_NAMES or (
        name.endswith(".xml") and detect(attachment.content, name) in HYBRID_FORMATS
    )


def _page(document: pdfium.PdfDocument, number: int) -> tuple[list[PageWord], float, float]:
    """Return a page's words and its size as a person sees it, turned pages upright."""
    page = document[number]
    textpage = page.get_textpage()
    try:
        width, height = page.get_size()
        turn = page.get_rotation()
        left, bottom, right, top = page.get_cropbox()
        crop = (left, bottom, right, top)
        words = _words(textpage, crop)
        return _turned(words, crop, turn) if turn else words, width, height
    finally:
        textpage.close()
        page.close()


def _words(textpage: pdfium.PdfTextPage, crop: Box) -> list[PageWord]:
    """Return the words between white space, placed from the top left corner of the page."""
    count = min(textpage.count_chars(), PAGE_CHARS_MAX)
    text = _characters(textpage.raw, count)
    box_of = _boxes(textpage.raw)
    words = []
    edge, upper = crop[0], crop[3]
    for found in WORD.finditer(text):
        first, end = found.span()
        one = box_of(first)
        two = box_of(end - 1) if end - first > 1 else one
        shown = found[0]
        if not (shown.isascii() and shown.isprintable()):
            shown = tidy(shown.translate(HYPHENS)).strip()
        if not (one and two and shown):
            continue
        left, top, right, bottom = one
        other_left, other_top, other_right, other_bottom = two
        words.append(
            PageWord(
                shown,
                (other_left if other_left < left else left) - edge,
                upper - (other_top if other_top > top else top),
                (other_right if other_right > right else right) - edge,
                upper - (other_bottom if other_bottom < bottom else bottom),
            )
        )
    return words


def _characters(raw: object, count: int) -> str:
    """Return one character for each index pdfium counts."""
    buffer = Characters()
    got = pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
    text = ctypes.string_at(buffer, max(0, got - 1) * 2).decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium_c.FPDFText_GetUnicode(raw, at)) for at in range(count))


def _character(code: int) -> str:
    """Return a code point's character; a blank for what is none."""
    return chr(code) if 0 < code <= sys.maxunicode and code not in SURROGATES else " "


def _boxes(raw: object) -> Callable[[int], Sequence[float] | None]:
    """
    Return what tells left, top, right and bottom of a character in PDF space.

    All are asked for with the same few objects, and read at once.
    """
    sides = (ctypes.c_float * 4)()  # as FS_RECTF has them
    place = ctypes.byref(pdfium_c.FS_RECTF.from_buffer(sides))
    ask = pdfium_c.FPDFText_GetLooseCharBox

    def box_of(index: int) -> Sequence[float] | None:
        return sides[:] if ask(raw, index, place) else None

    return box_of


def _turned(words: list[PageWord], crop: Box, turn: int) -> list[PageWord]:
    """Return the words of a page that lies on its side, or on its head, as it is shown."""
    for _ in range(turn // QUARTER % 4):
        height = crop[3] - crop[1]
        words = [
            PageWord(word.text, height - word.y1, word.x0, height - word.y0, word.x1)
            for word in words
        ]
        crop = (0.0, 0.0, height, crop[2] - crop[0])
    return words


def _embedded(document: pdfium.PdfDocument, warnings: list[str]) -> list[Attachment]:
    attachments = []
    for index in range(min(document.count_attachments(), EMBEDDED_MAX)):
        try:
            attachment = document.get_attachment(index)
            content = bytes(attachment.get_data())
            name = attachment.get_name()
        except pdfium.PdfiumError:
            warnings.append("an embedded file is damaged and was not read")
            continue
        if len(content) <= EMBEDDED_BYTES_MAX:
            attachments.append(Attachment(name or f"embedded-{index + 1}", "", content))
    return attachments

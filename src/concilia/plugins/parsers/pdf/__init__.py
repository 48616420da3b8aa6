"""PDF files that carry text."""

from __future__ import annotations

import ctypes
import sys
from typing import ClassVar, Final

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from concilia.documents.core.decoding import tidy
from concilia.documents.core.formats import detect
from concilia.documents.core.hybrid import HYBRID, HYBRID_FORMATS
from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.pdf.geometry import PageWord, compose

PAGES_MAX: Final = 300
PAGE_CHARS_MAX: Final = 200_000
EMBEDDED_MAX: Final = 50
EMBEDDED_BYTES_MAX: Final = 25 << 20
HYBRID_NAMES: Final = frozenset({"factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml"})
HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
QUARTER: Final = 90
SURROGATES: Final = range(0xD800, 0xE000)


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
            return _read(document)
        finally:
            document.close()


def _cause(error: Exception) -> str:
    return "encrypted PDF" if "password" in str(error).lower() else "damaged PDF, cannot be opened"


def _read(document: pdfium.PdfDocument) -> ParsedDocument:
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
    if not any(words for words, _, _ in pages):
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
        words = _words(textpage)
        upright = [_upright(word, (left, bottom, right, top), turn) for word in words]
        return upright, width, height
    finally:
        textpage.close()
        page.close()


def _words(textpage: pdfium.PdfTextPage) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return the words between white space, each with the box of its characters in PDF space."""
    count = min(textpage.count_chars(), PAGE_CHARS_MAX)
    text = _characters(textpage.raw, count)
    words = []
    start: int | None = None
    for index in range(count + 1):
        blank = index == count or text[index].isspace() or text[index] == "\0"
        if blank and start is not None:
            box = _box(textpage.raw, start, index - 1)
            shown = _shown(text[start:index])
            if box is not None and shown:
                words.append((shown, box))
            start = None
        elif not blank and start is None:
            start = index
    return words


def _shown(word: str) -> str:
    if word.isascii() and word.isprintable():
        return word
    return tidy(word.translate(HYPHENS)).strip()


def _characters(raw: object, count: int) -> str:
    """Return one character for each index pdfium counts."""
    buffer = ctypes.create_string_buffer((count + 1) * 2)
    got = pdfium_c.FPDFText_GetText(
        raw, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    )
    text = buffer.raw[: max(0, got - 1) * 2].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium_c.FPDFText_GetUnicode(raw, at)) for at in range(count))


def _character(code: int) -> str:
    """Return a code point's character; a blank for what is none."""
    return chr(code) if 0 < code <= sys.maxunicode and code not in SURROGATES else " "


def _box(raw: object, first: int, last: int) -> tuple[float, float, float, float] | None:
    one, two = _character_box(raw, first), _character_box(raw, last)
    if one is None or two is None:
        return None
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])


def _character_box(raw: object, index: int) -> tuple[float, float, float, float] | None:
    box = pdfium_c.FS_RECTF()
    if not pdfium_c.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
        return None
    return box.left, box.bottom, box.right, box.top


def _upright(
    word: tuple[str, tuple[float, float, float, float]],
    crop: tuple[float, float, float, float],
    turn: int,
) -> PageWord:
    """Return a word in points from the top left corner of the page as it is shown."""
    text, (left, bottom, right, top) = word
    x0, y0, x1, y1 = left - crop[0], crop[3] - top, right - crop[0], crop[3] - bottom
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    for _ in range(turn // QUARTER % 4):
        x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        width, height = height, width
    return PageWord(text, x0, y0, x1, y1)


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

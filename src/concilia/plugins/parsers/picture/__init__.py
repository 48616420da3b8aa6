"""Photos and scans of papers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import ClassVar, Final

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from concilia.documents.core.parsed import RECOGNISED, ParsedDocument, Picture, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.pdf.geometry import PageWord, compose
from concilia.plugins.parsers.pdf.straight import straightened

PIXELS_MAX: Final = 60_000_000
SIDE_MAX: Final = 3500
SIDE_MIN: Final = 200  # smaller ones are logos and signs
PAGES_MAX: Final = 20
DPI: Final = 200  # what a page of paper has when its longer side is as long as a sheet of A4
SHEET_INCHES: Final = 11.7
FORMATS: Final = {"png": "PNG", "jpg": "JPEG", "gif": "GIF", "tiff": "TIFF"}
FAULTS: Final = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, TypeError)


class PictureParser:
    """A picture has no text of its own; what was recognised in it becomes its text."""

    formats: ClassVar[tuple[str, ...]] = tuple(FORMATS)

    def parse(self, source: Source) -> ParsedDocument:
        """Return what was seen in the picture, with the place of every word."""
        if not any(page.words for page in source.seen):
            return ParsedDocument(source.format, warnings=("a picture: no text is read from it",))
        composed = compose(
            [
                ([PageWord(*word) for word in page.words], page.width, page.height)
                for page in source.seen
            ]
        )
        return ParsedDocument(
            source.format,
            composed.text,
            pages=composed.pages,
            words=composed.words,
            tables=composed.tables,
            warnings=(RECOGNISED,),
        )

    def pictures(self, source: Source) -> Iterator[Picture]:
        """Yield the picture, or each page of a TIFF, upright as its camera says."""
        try:
            with Image.open(io.BytesIO(source.content), formats=[FORMATS[source.format]]) as image:
                for number, page in enumerate(ImageSequence.Iterator(image)):
                    if number >= PAGES_MAX or (number and source.format == "gif"):
                        return
                    picture = _grey(page)
                    if picture is not None:
                        yield picture
        except FAULTS as error:
            raise ParserFailed("damaged picture, it cannot be opened") from error


def _grey(image: Image.Image) -> Picture | None:
    if image.width * image.height > PIXELS_MAX:
        raise ParserFailed(f"picture of more than {PIXELS_MAX // 1_000_000} million pixels")
    if max(image.width, image.height) < SIDE_MIN:
        return None
    image.draft("L", (SIDE_MAX, SIDE_MAX))
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGBA", "LA", "P", "PA"}:
        rich = upright.convert("RGBA")
        upright = Image.new("RGBA", rich.size, "white")
        upright.alpha_composite(rich)
    grey = upright.convert("L")
    grey.thumbnail((SIDE_MAX, SIDE_MAX))
    straight = straightened(grey)
    dpi = min(max(round(max(straight.size) / SHEET_INCHES), 70), 400)
    return Picture(straight.width, straight.height, dpi, straight.tobytes())

"""What a parser found in a file: plain values that need no file, no library and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from concilia.documents.core.banking import Statement
from concilia.documents.core.stated import StatedPaper

# The warning of a document whose text was recognised in a picture: a person must look.
RECOGNISED: Final = "the text was recognised in a picture: compare it before anything is decided"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as grey pixels, a byte each, row by row from the top left corner."""

    width: int
    height: int
    dpi: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What was recognised in a picture of a page: words with their boxes, sizes in points."""

    width: float
    height: float
    words: tuple[tuple[str, float, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """
    The bytes of one document and what was said about them. `media_type` is the sender's word.

    `seen` is what was recognised in pictures of its pages, one for each page that has no text.
    """

    content: bytes
    filename: str
    format: str
    media_type: str = ""
    seen: tuple[SeenPage, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its part of the text, and its size in points (1/72 inch)."""

    number: int
    start: int
    end: int
    width: float
    height: float


class Word(NamedTuple):
    """A word of a page: its part of the text, and its box in points from the top left corner."""

    start: int
    end: int
    page: int
    box: tuple[float, float, float, float]


class Cell(NamedTuple):
    """One cell of a table. `start` and `end` are its part of the document's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as printed, titles and totals among them. Rows may differ in length."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a file. `inline` is a picture or signature that belongs to a message's body."""

    filename: str
    media_type: str
    content: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """
    What a file says, without any judgement of what it means.

    `text` is normalised (NFC, `\\n`), every offset counts its characters. `metadata` keeps what is
    not text: mail headers in lower case, properties. `warnings` are plain words for a person.
    `statement` is what a bank file says, `stated` what another structured message says; of
    everything else both are None, and its words are read.
    """

    format: str
    text: str = ""
    pages: tuple[Page, ...] = ()
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    statement: Statement | None = None
    stated: StatedPaper | None = None
    warnings: tuple[str, ...] = ()

    def page_of(self, start: int) -> int | None:
        """Return the number of the page a character stands on; None where there are no pages."""
        for page in self.pages:
            if page.start <= start < page.end:
                return page.number
        return None

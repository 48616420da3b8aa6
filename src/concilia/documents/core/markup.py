"""
HTML to the text a person sees: blocks on lines, quoted mails behind `> `, tables with their cells.

Nothing is loaded, no script or style counts, hidden text is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from concilia.documents.core.decoding import tidy
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import Cell, Table

Node = etree._Element  # noqa: SLF001 - lxml gives its element type no other name

SPACES: Final = re.compile(r"\s+")
_BLOCKS: Final = """
    address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3
    h4 h5 h6 header hr li main nav ol p pre section table tr ul title
"""
BLOCKS: Final = frozenset(_BLOCKS.split())
_PARAGRAPHS: Final = "p h1 h2 h3 h4 h5 h6 blockquote table ul ol pre"
PARAGRAPHS: Final = frozenset(_PARAGRAPHS.split())
_DROPPED: Final = "script style head noscript template svg object iframe"
DROPPED: Final = frozenset(_DROPPED.split())
QUOTING_CLASSES: Final = re.compile(
    r"gmail_quote\b(?!_container)|yahoo_quoted|protonmail_quote|moz-cite"
)
HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])")
CELL_CHARS_MAX: Final = 400
COLUMNS_MIN: Final = 2
ROWS_MIN: Final = 2


@dataclass(frozen=True, slots=True)
class Rendered:
    """The text of a page and its tables; cells count characters of the text."""

    text: str
    tables: tuple[Table, ...]


@dataclass(slots=True)
class _OpenTable:
    rows: list[list[Cell]] = field(default_factory=list)
    cell_start: int | None = None
    nested: bool = False


class _Renderer:
    """One walk over the tree. `depth` counts the quotes that are open."""

    def __init__(self) -> None:
        self.out = TextWriter()
        self.depth = 0
        self.skipping = 0
        self.tables: list[_OpenTable] = []
        self.done: list[Table] = []
        self.fresh = True
        self.blank = True
        self.space = False
        self.pending = False

    def newline(self, *, paragraph: bool = False) -> None:
        """Begin a new line, with an empty one before it for a paragraph."""
        self.space = False
        if self.tables and self.tables[-1].cell_start is not None:
            # A cell is one line if it can be; layouts put whole letters into one.
            self.pending = self.out.length > self.tables[-1].cell_start
            return
        if not self.fresh:
            self.out.write("\n")
            self.fresh = True
        if paragraph and not self.blank:
            self.out.write("> " * self.depth + "\n" if self.depth else "\n")
            self.blank = True

    def say(self, text: str | None) -> None:
        """Write text as a browser would: white space collapsed."""
        if not text or self.skipping:
            return
        words = SPACES.sub(" ", tidy(text))
        body = words.strip(" ")
        if not body:
            self.space = self.space or bool(words)
            return
        if self.pending:
            self.out.write("\n")
            self.fresh, self.pending = True, False
        if self.fresh:
            self.out.write("> " * self.depth)
        elif self.space or words.startswith(" "):
            self.out.write(" ")
        self.out.write(body)
        self.fresh = self.blank = False
        self.space = words.endswith(" ")

    def start(self, element: Node, tag: str) -> None:
        """Begin an element."""
        if self.skipping or tag in DROPPED or HIDDEN.search(element.get("style") or ""):
            self.skipping += 1
            return
        if tag == "br" or tag in BLOCKS:
            self.newline(paragraph=tag in PARAGRAPHS)
        self.depth += _quotes(element, tag)
        if tag == "li":
            self.say("- ")
        self._start_in_table(tag)

    def _start_in_table(self, tag: str) -> None:
        if tag == "table":
            for table in self.tables:
                table.nested = True
            self.tables.append(_OpenTable())
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in {"td", "th"} and self.tables:
            self._open_cell()

    def end(self, element: Node, tag: str) -> None:
        """End an element."""
        if self.skipping:
            self.skipping -= 1
            return
        if tag in {"td", "th"} and self.tables:
            self._close_cell()
        elif tag == "table" and self.tables:
            self._close_table()
        if tag in BLOCKS:
            self.newline(paragraph=tag in PARAGRAPHS)
        if _quotes(element, tag):
            self.newline()
            self.depth -= 1

    def _open_cell(self) -> None:
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        self._close_cell()
        if table.rows[-1]:
            self.out.write("\t")
        elif self.fresh:
            self.out.write("> " * self.depth)
        self.fresh = self.blank = False
        self.space = False
        table.cell_start = self.out.length

    def _close_cell(self) -> None:
        table = self.tables[-1]
        if table.cell_start is not None and table.rows:
            table.rows[-1].append(Cell("", table.cell_start, self.out.length))
        table.cell_start = None
        self.space = self.pending = False

    def _close_table(self) -> None:
        self._close_cell()
        table = self.tables.pop()
        rows = tuple(tuple(row) for row in table.rows if row)
        wide = [row for row in rows if len(row) >= COLUMNS_MIN]
        if not table.nested and not self.depth and len(wide) >= ROWS_MIN:
            self.done.append(Table(rows))


def render(html: str) -> Rendered:
    """Return what a person sees of an HTML page or mail; broken markup as far as it goes."""
    parser = etree.HTMLParser(
        encoding="utf-8",  # the text is ours by now: the page's own word no longer holds
        recover=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return Rendered("", ())
    renderer = _Renderer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            renderer.start(element, element.tag)
            renderer.say(element.text)
        else:
            renderer.end(element, element.tag)
            renderer.say(element.tail)
    text = renderer.out.text()
    return Rendered(text, tuple(_filled(table, text) for table in renderer.done))


def _span(cell: Cell) -> tuple[int, int]:
    return cell.start, cell.end


def _filled(table: Table, text: str) -> Table:
    rows = tuple(
        tuple(
            Cell(" ".join(text[cell.start : cell.end].split())[:CELL_CHARS_MAX], *_span(cell))
            for cell in row
        )
        for row in table.rows
    )
    return Table(rows)


def _quotes(element: Node, tag: str) -> bool:
    if tag not in {"blockquote", "div"}:
        return False
    if QUOTING_CLASSES.search(element.get("class") or ""):
        return True
    style = element.get("style") or ""
    return tag == "blockquote" and (element.get("type") == "cite" or "border-left" in style)

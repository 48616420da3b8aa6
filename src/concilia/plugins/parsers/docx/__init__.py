"""Letters of Word (`.docx`)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import ClassVar, Final

from concilia.documents.core.decoding import tidy
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import Attachment, ParsedDocument, Source, Table
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.docx.package import Node, Package, attribute, local

BODY: Final = "word/document.xml"
FILES: Final = "word/embeddings/"
FILES_MAX: Final = 50
NODES_DEPTH_MAX: Final = 60
# What was struck out, what only repeats a drawing for old programs, what fields are made of.
SILENT: Final = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr"})
SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class DocxParser:
    """Headers, paragraphs and tables in their order, then footers; what was struck out is not."""

    formats: ClassVar[tuple[str, ...]] = ("docx",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the text; embedded files are attachments."""
        package = Package(source.content)
        names = package.names()
        out = TextWriter()
        tables: list[Table] = []
        warnings: list[str] = []
        body = package.tree(BODY)
        for name in _parts(names, "header"):
            _write_part(package, name, out, tables, warnings)
        _write(body, out, tables, 0)
        for name in (*_parts(names, "footnotes"), *_parts(names, "footer")):
            _write_part(package, name, out, tables, warnings)
        return ParsedDocument(
            "docx",
            out.text(),
            tables=tuple(tables),
            attachments=tuple(_files(package, names, warnings)),
            warnings=tuple(warnings),
        )


def _parts(names: list[str], kind: str) -> list[str]:
    return sorted(
        name for name in names if name.startswith(f"word/{kind}") and name.endswith(".xml")
    )


def _write_part(
    package: Package, name: str, out: TextWriter, tables: list[Table], warnings: list[str]
) -> None:
    """Write a header or footer; a damaged one does not cost the letter."""
    try:
        _write(package.tree(name), out, tables, 0)
    except ParserFailed as error:
        warnings.append(str(error))


def _write(node: Node, out: TextWriter, tables: list[Table], depth: int) -> None:
    if depth > NODES_DEPTH_MAX:
        return
    for child in node:
        kind = local(child)
        if kind == "tbl":
            _write_table(child, out, tables)
        elif kind == "p":
            _write_paragraph(child, out, tables, depth)
        elif kind not in SILENT:
            _write(child, out, tables, depth + 1)


def _write_paragraph(node: Node, out: TextWriter, tables: list[Table], depth: int) -> None:
    text = tidy("".join(_words(node, 0)))
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    out.write(f"{lines}\n")
    for box in node.iter("{*}txbxContent"):
        if not any(local(each) in SILENT for each in box.iterancestors()):
            _write(box, out, tables, depth + 1)


def _words(node: Node, depth: int) -> Iterator[str]:
    """The words of a paragraph; a text box in it is written after it."""
    if depth > NODES_DEPTH_MAX:
        return
    for child in node:
        kind = local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in SIGNS:
            yield SIGNS[kind]
        elif kind == "sym":
            yield " "
        elif kind not in SILENT and kind != "txbxContent":
            yield from _words(child, depth + 1)


def _write_table(node: Node, out: TextWriter, tables: list[Table]) -> None:
    rows = [_cells(row) for row in node.iterchildren("{*}tr")]
    rows = [row for row in rows if any(row)]
    if rows:
        tables.append(out.table(rows))
        out.write("\n")


def _cells(row: Node) -> list[str]:
    """The cells of a row; one over several columns fills them, the first with its words."""
    cells: list[str] = []
    for cell in row.iterchildren("{*}tc"):
        words = (word for part in cell.iter("{*}p") for word in (*_words(part, 0), " "))
        cells.append(" ".join(tidy("".join(words)).split()))
        span = next(cell.iter("{*}gridSpan"), None)
        width = attribute(span, "val") if span is not None else None
        cells += [""] * (min(int(width), 50) - 1 if width and width.isdecimal() else 0)
    return cells


def _files(package: Package, names: list[str], warnings: list[str]) -> Iterator[Attachment]:
    for name in [each for each in names if each.startswith(FILES)][:FILES_MAX]:
        try:
            yield Attachment(PurePosixPath(name).name or "file", "", package.read(name))
        except ParserFailed as error:
            warnings.append(str(error))

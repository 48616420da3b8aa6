"""Letters and sheets of OpenOffice and LibreOffice (`.odt`, `.ods`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from concilia.documents.core.decoding import tidy
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.parsed import ParsedDocument, Source, Table
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.docx.package import Node, Package, attribute, local

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
DEPTH_MAX: Final = 60
REPEATED_MAX: Final = 50
PARAGRAPHS: Final = frozenset({"p", "h"})
SILENT: Final = frozenset({"tracked-changes", "annotation", "binary-data", "sequence-decls"})


class OdtParser:
    """Headers, paragraphs and tables in their order, then footers; of sheets, their tables."""

    formats: ClassVar[tuple[str, ...]] = ("odt", "ods")

    def parse(self, source: Source) -> ParsedDocument:
        """Return the text."""
        package = Package(source.content)
        if MANIFEST in package.names() and b"encryption-data" in package.read(MANIFEST):
            raise ParserFailed("encrypted file")
        out = TextWriter()
        tables: list[Table] = []
        warnings: list[str] = []
        body = next(package.tree(CONTENT).iter("{*}body"), None)
        if body is None:
            raise ParserFailed("damaged file: it has no text")
        if source.format == "ods":
            _write(body, out, tables, 0)
        else:
            _write_margin(package, "header", out, tables, warnings)
            _write(body, out, tables, 0)
            _write_margin(package, "footer", out, tables, warnings)
        return ParsedDocument(
            source.format, out.text(), tables=tuple(tables), warnings=tuple(warnings)
        )


def _write_margin(
    package: Package, kind: str, out: TextWriter, tables: list[Table], warnings: list[str]
) -> None:
    """Write the heads or feet of the pages; damaged ones do not cost the letter."""
    if STYLES not in package.names():
        return
    try:
        for node in package.tree(STYLES).iter(f"{{*}}{kind}"):
            _write(node, out, tables, 0)
    except ParserFailed as error:
        warnings.append(str(error))


def _write(node: Node, out: TextWriter, tables: list[Table], depth: int) -> None:
    if depth > DEPTH_MAX:
        return
    for child in node:
        kind = local(child)
        if kind in PARAGRAPHS:
            out.write(tidy("".join(_words(child, 0))).rstrip() + "\n")
        elif kind == "table":
            _write_table(child, out, tables)
        elif kind not in SILENT:
            _write(child, out, tables, depth + 1)


def _words(node: Node, depth: int) -> Iterator[str]:
    if depth > DEPTH_MAX:
        return
    yield _single(node.text)
    for child in node:
        kind = local(child)
        if kind == "s":
            count = attribute(child, "c") or "1"
            yield " " * (min(int(count), REPEATED_MAX) if count.isdecimal() else 1)
        elif kind == "tab":
            yield "\t"
        elif kind == "line-break":
            yield "\n"
        elif kind and kind not in SILENT:
            yield from _words(child, depth + 1)
        yield _single(child.tail)


def _single(text: str | None) -> str:
    """White space in XML is one blank; several are written as such."""
    words = " ".join((text or "").split())
    if not words:
        return " " if text else ""
    assert text is not None
    return f"{' ' * text[0].isspace()}{words}{' ' * text[-1].isspace()}"


def _write_table(node: Node, out: TextWriter, tables: list[Table]) -> None:
    rows = [row for each in node.iter("{*}table-row") if any(row := list(_cells(each)))]
    if rows:
        tables.append(out.table(rows, name=attribute(node, "name") or ""))
        out.write("\n")


def _cells(row: Node) -> Iterator[str]:
    for cell in row:
        if local(cell) not in {"table-cell", "covered-table-cell"}:
            continue
        words = (word for part in cell.iter("{*}p", "{*}h") for word in (*_words(part, 0), " "))
        text = _number(cell) or " ".join(tidy("".join(words)).split())
        again = attribute(cell, "number-columns-repeated") or "1"
        for _ in range(min(int(again), REPEATED_MAX) if again.isdecimal() else 1):
            yield text


def _number(cell: Node) -> str:
    """The exact value of a number or a day, where the words are rounded or in somebody's way."""
    kind = attribute(cell, "value-type")
    if kind in {"float", "currency"}:
        return tidy(attribute(cell, "value") or "").strip()
    if kind == "date":
        day = (attribute(cell, "date-value") or "").removesuffix("T00:00:00")
        return " ".join(tidy(day).split())
    return ""

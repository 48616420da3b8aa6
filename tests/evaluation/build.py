"""Makes the real files: mails, PDFs, workbooks and tables as bytes, the same ones every time."""

from __future__ import annotations

import csv
import datetime as dt
import html
import io
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final

import typst
from openpyxl import Workbook
from tests.evaluation.source import LINE_AMOUNTS, Document, Section, cells, number

MOMENT: Final = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
TYPES: Final = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "raw": "application/octet-stream",
}
TYPST_SIGNS: Final = re.compile(r"([\\#$*_`<>@=\[\]~/+\-\"'])")
STYLES: Final = ('#set text(10pt, lang: "{0}")', '#set text(9pt, lang: "{0}", hyphenate: false)')


def build(document: Document) -> tuple[str, bytes]:
    """Return name and bytes of the file a document is."""
    if document.medium == "file":
        section = document.sections[0]
        return section.name, _content(section, document.folder)
    if document.medium in {"text", "phone"}:
        return f"{document.name}.txt", document.body.encode(document.said.get("charset", "utf-8"))
    return f"{document.name}.eml", _mail(document)


def _mail(document: Document) -> bytes:
    mail = EmailMessage()
    at = dt.datetime.fromisoformat(f"{document.date}T09:{sum(document.name.encode()) % 60:02}:00")
    mail["From"] = document.said.get("from", f"office@{document.name}.example")
    mail["To"] = "receivables@supplier.example"
    mail["Subject"] = document.said.get("subject", "")
    mail["Date"] = format_datetime(at.replace(tzinfo=dt.UTC))
    mail["Message-ID"] = f"<{document.name}@mail.example>"
    for line in document.headers:
        name, _, value = line.partition(":")
        mail[name] = value.strip()
    quoted = [section for section in document.sections if section.form == "quoted"]
    files = [section for section in document.sections if section.form in TYPES]
    charset = document.said.get("charset", "utf-8")
    if document.medium == "html":
        mail.set_content(_page(document.body, quoted), subtype="html", charset=charset, cte="8bit")
    else:
        plain = "\n".join([document.body, *map(_history, quoted)])
        mail.set_content(plain, charset=charset, cte="8bit")
    for section in files:
        main, _, sub = TYPES[section.form].partition("/")
        content = _content(section, document.folder)
        mail.add_attachment(content, maintype=main, subtype=sub, filename=section.name)
    if document.medium == "report":
        return _report(mail, document)
    _fix_boundaries(mail, document.name)
    return mail.as_bytes()


def _report(mail: EmailMessage, document: Document) -> bytes:
    """A delivery report of RFC 3464: words for people, fields for machines, the lost message."""
    inside = {
        section.form: "\n".join(section.lines)
        for section in document.sections
        if section.form in {"status", "original"}
    }
    boundary = f"report-{document.name}"
    for name in ("Content-Type", "Content-Transfer-Encoding", "MIME-Version"):
        del mail[name]
    head = "".join(f"{name}: {value}\n" for name, value in mail.items())
    parts = [
        f"Content-Type: text/plain; charset=utf-8\n\n{document.body}\n",
        f"Content-Type: message/delivery-status\n\n{inside.get('status', '')}\n",
    ]
    if "original" in inside:
        parts.append(f"Content-Type: message/rfc822\n\n{inside['original']}\n")
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    kind = f'multipart/report; report-type=delivery-status; boundary="{boundary}"'
    return f"{head}MIME-Version: 1.0\nContent-Type: {kind}\n\n{body}--{boundary}--\n".encode()


def _fix_boundaries(mail: EmailMessage, name: str) -> None:
    """The library draws them at random."""
    for count, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"part-{name}-{count}")


def _history(section: Section) -> str:
    first, *rest = section.lines
    return "\n".join(["", first, *(f"> {line}" for line in rest)])


def _page(body: str, quoted: list[Section]) -> str:
    parts = [f"<html><body>{_blocks_in_html(body.splitlines())}"]
    for section in quoted:
        first, *rest = section.lines
        inside = _blocks_in_html(rest)
        parts.append(
            f'<div class="gmail_quote"><div class="gmail_attr">{html.escape(first)}</div>'
            f'<blockquote class="gmail_quote">{inside}</blockquote></div>'
        )
    return "".join([*parts, "</body></html>"])


def _blocks_in_html(lines: list[str]) -> str:
    made = []
    for is_table, block in _blocks(lines):
        if is_table:
            rows = "".join(
                f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells(row))}</tr>"
                for row in block
            )
            made.append(f'<table border="1">{rows}</table>')
        else:
            made.append(f"<div>{'<br>'.join(map(html.escape, block)) or '&nbsp;'}</div>")
    return "\n".join(made)


def _blocks(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Yield tables (rows with bars) and paragraphs (what stands between empty lines)."""
    gathered: list[str] = []
    kind = False
    for line in [*lines, ""]:
        is_row = " | " in line
        if gathered and (is_row != kind or not line.strip()):
            yield kind, gathered
            gathered = []
        if line.strip():
            kind = is_row
            gathered.append(line)


def _content(section: Section, language: str) -> bytes:
    make = {"pdf": _pdf, "xlsx": _workbook, "csv": _table, "txt": _text, "raw": _text}
    return make[section.form](section, language)


def _text(section: Section, language: str) -> bytes:
    return "\n".join([*map(_plain, section.lines), ""]).encode(section.option or "utf-8")


def _plain(line: str) -> str:
    return line.removeprefix("~ ").partition(" ## ")[0]


def _pdf(section: Section, language: str) -> bytes:
    style = STYLES[len(section.lines) % 2].format(language)
    heading = True
    parts = [style, f'#set document(title: "{section.name}", date: none)']
    for is_table, block in _blocks(list(section.lines)):
        if is_table:
            parts.append(_grid(block))
        else:
            first = f"= {_escape(block[0])}\n" if heading else f"{_escape(block[0])} \\\n"
            heading = False
            parts.append(first + " \\\n".join(_escape(line) for line in block[1:]) + "\n")
    return typst.compile("\n".join(parts).encode(), timestamp=MOMENT)


def _grid(rows: list[str]) -> str:
    made = [cells(row) for row in rows]
    wide = max(map(len, made))
    inside = [f"[{_escape(cell)}]" for row in made for cell in [*row, *[""] * (wide - len(row))]]
    stroke = "none" if len(rows) % 2 else "0.5pt"
    return f"#table(columns: {wide}, stroke: {stroke}, {', '.join(inside)})\n"


def _escape(text: str) -> str:
    return TYPST_SIGNS.sub(r"\\\1", _plain(text))


def _table(section: Section, language: str) -> bytes:
    """Comma, semicolon or tab; an encoding may follow: `;cp1252`."""
    delimiter = {"t": "\t"}.get(section.option[:1], section.option[:1] or ",")
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in section.lines:
        writer.writerow(cells(row) if row.strip() else [])
    return out.getvalue().encode(section.option[1:] or "utf-8")


def _workbook(section: Section, language: str) -> bytes:
    """Amounts become numbers, everything else text, as people type it."""
    book = Workbook()
    book.properties.created = book.properties.modified = MOMENT.replace(tzinfo=None)
    sheet = book.active
    for at, row in enumerate(section.lines, start=1):
        for column, cell in enumerate(cells(row), start=1):
            name = section.columns[column - 1] if column <= len(section.columns) else "-"
            value = number(cell, section.decimal) if name in (*LINE_AMOUNTS, "amount") else None
            if value is None or re.search(r"[^\W\d]", cell):
                sheet.cell(at, column, cell or None)
            else:
                sheet.cell(at, column, float(value)).number_format = "#,##0.00"
    out = io.BytesIO()
    book.save(out)
    return _same_times(out.getvalue())


def _same_times(content: bytes) -> bytes:
    """A workbook is an archive whose files carry the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.infolist():
            inside = old.read(each.filename)
            if each.filename == "docProps/core.xml":
                inside = re.sub(
                    rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2026-11-01T00:00:00Z", inside
                )
            new.writestr(zipfile.ZipInfo(each.filename), inside, zipfile.ZIP_DEFLATED)
    return out.getvalue()

"""
E-mail: single messages and mbox files.

The standard library's tree is used, its decoding is not: real mail lies about charsets, leaves out
boundaries and folds headers anyhow, and none of that may cost the message.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from email.message import Message
from typing import ClassVar, Final

from concilia.documents.core.decoding import decode, tidy
from concilia.documents.core.markup import Rendered, render
from concilia.documents.core.parsed import Attachment, Cell, ParsedDocument, Source, Table
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.eml.headers import kept_headers, shown
from concilia.plugins.parsers.eml.parts import Body, collect

MESSAGE_START: Final = re.compile(rb"^From \S[^\n]*\d{4}\r?\n", re.MULTILINE)
MESSAGES_MAX: Final = 10_000


class EmailParser:
    """
    A message's subject and body are its text; what is attached, or nested, are its attachments.

    The subject is the first line, then an empty line, then the body. HTML is rendered only where
    there is no plain text that says the same.
    """

    formats: ClassVar[tuple[str, ...]] = ("eml", "mbox")

    def parse(self, source: Source) -> ParsedDocument:
        """Return the message; for an mbox, its messages as attachments."""
        if source.format == "mbox":
            return _mailbox(source.content)
        content = source.content.lstrip(b"\xef\xbb\xbf\r\n\t ")
        if content.startswith(b"From ") and b"\n" in content:
            content = content.partition(b"\n")[2]
        body, message = _collected(content)
        subject = shown(message.get("Subject"))
        text, tables = _text(subject, body)
        return ParsedDocument(
            "eml",
            text,
            tables=tables,
            attachments=tuple(body.attachments),
            metadata=_metadata(message, body),
            warnings=tuple(body.warnings),
        )


def _collected(content: bytes) -> tuple[Body, Message]:
    """
    Return the message's parts, and the message.

    :raises ParserFailed: if it has no headers, or messages within messages without end
    """
    try:
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        body = collect(message)
    except RecursionError as error:
        raise ParserFailed("messages nested too deeply, not read") from error
    if not message.keys():
        raise ParserFailed("not an e-mail: no header lines")
    return body, message


def _mailbox(content: bytes) -> ParsedDocument:
    starts = [found.start() for found in MESSAGE_START.finditer(content)]
    if not starts:
        raise ParserFailed("not a mailbox: no line begins a message")
    ends = [*starts[1:], len(content)]
    attachments = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        raw = content[start:end].partition(b"\n")[2]
        unescaped = re.sub(rb"^>(>*From )", rb"\1", raw, flags=re.MULTILINE)
        attachments.append(Attachment(f"{number}.eml", "message/rfc822", unescaped))
        if number >= MESSAGES_MAX:
            break
    warnings: tuple[str, ...] = ()
    if len(starts) > MESSAGES_MAX:
        warnings = (f"{len(starts)} messages, only the first {MESSAGES_MAX} are read",)
    return ParsedDocument("mbox", attachments=tuple(attachments), warnings=warnings)


def _text(subject: str, body: Body) -> tuple[str, tuple[Table, ...]]:
    """Join the subject and the bodies; tables move along with their body."""
    text = f"{subject}\n\n"
    tables: list[Table] = []
    for rendered in _bodies(body):
        tables += [_moved(table, len(text)) for table in rendered.tables]
        text += rendered.text
        if not text.endswith("\n"):
            text += "\n"
    return text, tuple(tables)


def _bodies(body: Body) -> list[Rendered]:
    rendered = []
    for content, charset, is_html in body.texts:
        text = decode(content, charset)
        if is_html:
            rendered.append(render(text))
        else:
            rendered.append(Rendered(_unflowed(text) if body.flowed else text, ()))
    return rendered


def _unflowed(text: str) -> str:
    """RFC 3676: a line that ends in a space goes on in the next one."""
    return re.sub(r"(?<!^--) \n(?=[^>\s])", " ", text)


def _moved(table: Table, by: int) -> Table:
    rows = tuple(
        tuple(Cell(cell.text, cell.start + by, cell.end + by) for cell in row) for row in table.rows
    )
    return Table(rows, table.page, table.name)


def _metadata(message: Message, body: Body) -> dict[str, str]:
    metadata = {name: tidy(value) for name, value in kept_headers(message).items()}
    metadata["content-type"] = message.get_content_type()
    report = str(message.get_param("report-type") or "")
    if report:
        metadata["report-type"] = report.lower()
    if body.delivery_status:
        metadata["delivery-status"] = tidy(decode(body.delivery_status))[:2000]
    return metadata

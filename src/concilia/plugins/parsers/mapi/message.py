"""A message of Outlook as a document: its properties by number, whatever file they came in."""

from __future__ import annotations

import email
import email.policy
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import formataddr
from typing import Final

from concilia.documents.core.decoding import decode, tidy
from concilia.documents.core.markup import Rendered, render
from concilia.documents.core.parsed import Attachment, Cell, ParsedDocument, Table
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.eml.headers import kept_headers
from concilia.plugins.parsers.mapi.compressed import decompressed
from concilia.plugins.parsers.rtf import rendered_rich_text

CLASS, SUBJECT, SUBMITTED, DELIVERED = 0x001A, 0x0037, 0x0039, 0x0E06
HEADERS, BODY, HTML, RTF = 0x007D, 0x1000, 0x1013, 0x1009
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
WRITER_NAME, WRITER_ADDRESS, WRITER_SMTP = 0x0042, 0x0065, 0x5D02
SHOWN_TO, SHOWN_CC, KIND = 0x0E04, 0x0E03, 0x0C15
MESSAGE_ID, ANSWERED, THREAD = 0x1035, 0x1042, 0x1039
NAME, ADDRESS, SMTP = 0x3001, 0x3003, 0x39FE
LONG_NAME, SHORT_NAME, MIME, CONTENT_ID, DATA = 0x3707, 0x3704, 0x370E, 0x3712, 0x3701
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD
TO, CC = 1, 2
EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
PLAIN_SHARE_MIN: Final = 0.5

Value = str | bytes | int


@dataclass(slots=True)
class MapiFile:
    """What is attached: its properties, and the message it is, if it is one."""

    properties: Mapping[int, Value]
    message: MapiMessage | None = None


@dataclass(slots=True)
class MapiMessage:
    """A message's properties, those of each recipient, and its files."""

    properties: Mapping[int, Value]
    recipients: list[Mapping[int, Value]] = field(default_factory=list)
    files: list[MapiFile] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def document_of(message: MapiMessage, document_format: str) -> ParsedDocument:
    """Return the message as the e-mail it is: subject, empty line, body; files are attachments."""
    subject = " ".join(tidy(_text(message.properties, SUBJECT)).split())
    body = _body(message)
    start = f"{subject}\n\n"
    text = tidy(start + body.text)
    tables = body.tables if text == start + body.text else ()
    return ParsedDocument(
        document_format,
        text,
        tables=tuple(_moved(table, len(start)) for table in tables),
        attachments=tuple(_attachments(message)),
        metadata=_metadata(message, subject),
        warnings=tuple(message.warnings),
    )


def text_of(value: bytes, properties: Mapping[int, Value]) -> str:
    """Return a string of eight-bit characters in the message's own set."""
    page = properties.get(INTERNET_CODEPAGE) or properties.get(MESSAGE_CODEPAGE)
    return decode(value, f"cp{page}" if isinstance(page, int) and page != 65001 else None)  # noqa: PLR2004


def _text(properties: Mapping[int, Value], *tags: int) -> str:
    for tag in tags:
        value = properties.get(tag)
        if isinstance(value, bytes):
            value = text_of(value, properties)
        if isinstance(value, str) and value.strip("\0 \r\n"):
            return value.strip("\0")
    return ""


def _body(message: MapiMessage) -> Rendered:
    """Plain words, unless the page or the rich text beside them says far more."""
    properties = message.properties
    plain = Rendered(tidy(_text(properties, BODY)), ())
    rich = _page(properties) or _rich(message)
    if rich is None or (plain.text.strip() and not _says_more(rich, plain)):
        return plain
    return rich


def _says_more(rich: Rendered, plain: Rendered) -> bool:
    if rich.tables and "\t" not in plain.text:
        return True  # columns survive only in the rich version
    return len(plain.text.split()) < PLAIN_SHARE_MIN * len(rich.text.split())


def _page(properties: Mapping[int, Value]) -> Rendered | None:
    html = _text(properties, HTML)
    return render(html) if html.strip() else None


def _rich(message: MapiMessage) -> Rendered | None:
    content = message.properties.get(RTF)
    if not isinstance(content, bytes) or not content:
        return None
    try:
        rendered = rendered_rich_text(decompressed(content))
    except ParserFailed as error:
        message.warnings.append(str(error))
        return None
    return rendered if rendered.text.strip() else None


def _moved(table: Table, by: int) -> Table:
    rows = tuple(
        tuple(Cell(cell.text, cell.start + by, cell.end + by) for cell in row) for row in table.rows
    )
    return Table(rows, table.page, table.name)


def _metadata(message: MapiMessage, subject: str) -> dict[str, str]:
    """The headers the message travelled with; what they leave out, from its properties."""
    properties = message.properties
    own = email.message_from_string(_text(properties, HEADERS), policy=email.policy.compat32)
    found = {
        "from": _sender(properties),
        "to": _people(message, TO) or _text(properties, SHOWN_TO),
        "cc": _people(message, CC) or _text(properties, SHOWN_CC),
        "subject": subject,
        "date": _day(properties) or "",
        "message-id": _text(properties, MESSAGE_ID),
        "in-reply-to": _text(properties, ANSWERED),
        "references": _text(properties, THREAD),
        **_of_class(_text(properties, CLASS)),
        **kept_headers(own),
    }
    return {name: " ".join(tidy(value).split()) for name, value in found.items() if value}


def _of_class(name: str) -> dict[str, str]:
    """Reports and answers of machines are told by their class."""
    name = name.upper()
    if name.startswith("REPORT.") and name.endswith(".NDR"):
        return {"report-type": "delivery-status"}
    if name.startswith("REPORT."):
        return {"report-type": "disposition-notification"}
    return {"auto-submitted": "auto-replied"} if ".OOFTEMPLATE" in name else {}


def _sender(properties: Mapping[int, Value]) -> str:
    name = _text(properties, WRITER_NAME, SENDER_NAME)
    addresses = (WRITER_SMTP, SENDER_SMTP, WRITER_ADDRESS, SENDER_ADDRESS)
    address = next((a for tag in addresses if "@" in (a := _text(properties, tag))), "")
    return _named(name, address)


def _people(message: MapiMessage, kind: int) -> str:
    people = (
        _named(_text(each, NAME), _text(each, SMTP) or _text(each, ADDRESS))
        for each in message.recipients
        if each.get(KIND, TO) == kind
    )
    return ", ".join(each for each in people if each)


def _named(name: str, address: str) -> str:
    """`Name <address>`; an address of an Exchange server, which has no @, is none."""
    name = " ".join(name.split())
    if "@" not in address:
        return name
    return f"{name} <{address}>" if name and name != address else address


def _day(properties: Mapping[int, Value]) -> str | None:
    """The day it was sent (a count of 100 ns since 1601)."""
    for tag in (SUBMITTED, DELIVERED):
        ticks = properties.get(tag)
        if isinstance(ticks, int) and ticks > 0:
            try:
                return (EPOCH + timedelta(microseconds=ticks // 10)).date().isoformat()
            except OverflowError:
                continue
    return None


def _attachments(message: MapiMessage) -> Iterator[Attachment]:
    for number, file in enumerate(message.files, start=1):
        properties = file.properties
        name = filename_of(properties)
        if file.message is not None:
            yield _nested(file.message, name, number)
            continue
        content = properties.get(DATA, b"")
        if not isinstance(content, bytes):
            continue
        kind = _text(properties, MIME)
        inline = bool(_text(properties, CONTENT_ID)) and _is_picture(kind, name)
        yield Attachment(name or f"part-{number}", kind, content, inline=inline)


def filename_of(properties: Mapping[int, Value]) -> str:
    """Return the last name of a file, without a path."""
    name = tidy(_text(properties, LONG_NAME, SHORT_NAME, NAME))
    return " ".join(name.replace("\\", "/").rpartition("/")[2].split())[:200]


def _is_picture(kind: str, name: str) -> bool:
    return kind.startswith("image/") or bool(re.search(r"\.(?:png|jpe?g|gif|bmp)$", name, re.I))


def _nested(message: MapiMessage, name: str, number: int) -> Attachment:
    """A message in a message, as the e-mail it was: the reader knows what to do with one."""
    parsed = document_of(message, "msg")
    subject, _, body = parsed.text.partition("\n\n")
    mail = EmailMessage(policy=email.policy.SMTP)
    for header in (
        "from",
        "to",
        "cc",
        "message-id",
        "in-reply-to",
        "report-type",
        "auto-submitted",
    ):
        _set(mail, header, parsed.metadata.get(header, ""))
    _set(mail, "subject", subject)
    if day := parsed.metadata.get("date"):
        mail["Date"] = datetime.fromisoformat(day).strftime("%d %b %Y 12:00:00 +0000")
    mail.set_content(body or "\n", charset="utf-8")
    for attached in parsed.attachments:
        mail.add_attachment(
            attached.content,
            maintype="application",
            subtype="octet-stream",
            filename=attached.filename,
        )
    title = re.sub(r"[^\w .-]+", " ", subject).strip()[:80]
    stem = name.rpartition(".")[0] if name.lower().endswith(".msg") else title or name
    return Attachment(f"{stem or f'message-{number}'}.eml", "message/rfc822", mail.as_bytes())


def _set(mail: EmailMessage, header: str, value: str) -> None:
    """Set a header in one line; words that are no addresses become a name without one."""
    words = " ".join(value.split())[:900]
    if not words:
        return
    try:
        mail[header] = words
    except (ValueError, IndexError, TypeError):
        mail[header] = formataddr((words.encode("ascii", "replace").decode(), ""))


def fixed(kind: int, value: bytes) -> int | None:
    """Return a property of fixed size: numbers, truth, times."""
    formats = {0x0002: "<h", 0x0003: "<i", 0x000B: "<H", 0x0014: "<q", 0x0040: "<Q"}
    layout = formats.get(kind)
    if layout is None or len(value) < struct.calcsize(layout):
        return None
    number: int = struct.unpack_from(layout, value)[0]
    return number

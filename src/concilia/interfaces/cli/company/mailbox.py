"""
Makes raw e-mails as different mail programs make them, the same bytes for the same input each
time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage, Message
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from html import escape

from concilia.interfaces.cli.company.people import CLAIMS_BOX
from concilia.interfaces.cli.company.shapes import File, Mail
from concilia.interfaces.cli.company.workdays import ROME

PROGRAMS = (
    "Microsoft Outlook 16.0",
    "Apple Mail (2.3774.600.62)",
    "Mozilla Thunderbird",
    "iPhone Mail (21G93)",
    "",
)
ENCODINGS = (
    ("utf-8", "quoted-printable"),
    ("utf-8", "base64"),
    ("utf-8", "8bit"),
    ("iso-8859-1", "quoted-printable"),
    ("windows-1252", "quoted-printable"),
)
WRAP_BYTES = 900


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it is bytes. `style` picks program, encoding and whether there is HTML."""

    key: str
    at: datetime
    sender: tuple[str, str]
    subject: str
    body: str
    to: str = CLAIMS_BOX
    files: tuple[File, ...] = ()
    reply_to_key: str = ""
    style: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    inline: tuple[EmailMessage, ...] = field(default=())


def message_id(key: str, domain: str) -> str:
    """Give the Message-ID of a mail, the same one each time the company is built."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:24]}@{domain}>"


def compose(draft: Draft) -> Mail:
    """Give a draft as it arrives: headers, text, perhaps HTML beside it, attachments."""
    message = EmailMessage(policy=SMTP)
    domain = draft.sender[1].rpartition("@")[2]
    local = draft.at.astimezone(ROME)
    message["Received"] = (
        f"from mail.{domain} by mx.molinoaurora.example with ESMTPS; {format_datetime(local)}"
    )
    message["From"] = formataddr(draft.sender, charset="utf-8")
    message["To"] = draft.to
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(local)
    message["Message-ID"] = message_id(draft.key, domain)
    if draft.reply_to_key:
        original = message_id(draft.reply_to_key, domain)
        message["In-Reply-To"] = original
        message["References"] = original
    if PROGRAMS[draft.style % len(PROGRAMS)]:
        message["X-Mailer"] = PROGRAMS[draft.style % len(PROGRAMS)]
    for name, value in draft.headers:
        message[name] = value
    _fill(message, draft)
    _fix_boundaries(message, draft.key)
    return Mail(draft.key, draft.at, message.as_bytes())


def delivery_report(draft: Draft, failed: str, why: str) -> Mail:
    """
    Give the report a mail server sends when a message of ours could not be delivered (RFC 3464).
    """
    message = EmailMessage(policy=SMTP)
    local = draft.at.astimezone(ROME)
    domain = draft.sender[1].rpartition("@")[2]
    message["Return-Path"] = "<>"
    message["From"] = formataddr(draft.sender)
    message["To"] = draft.to
    message["Subject"] = draft.subject
    message["Date"] = format_datetime(local)
    message["Message-ID"] = message_id(draft.key, domain)
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(draft.body, cte="8bit" if not draft.body.isascii() else "7bit")
    message.make_mixed()
    server, recipient = Message(policy=SMTP), Message(policy=SMTP)
    server["Reporting-MTA"] = f"dns; mail.{domain}"
    recipient["Final-Recipient"] = f"rfc822; {failed}"
    recipient["Action"] = "failed"
    recipient["Status"] = "5.1.1"
    recipient["Diagnostic-Code"] = f"smtp; 550 5.1.1 {why}"
    report = Message(policy=SMTP)
    report["Content-Type"] = "message/delivery-status"
    report.set_payload([server, recipient])
    message.attach(report)  # type: ignore[arg-type]  # the stubs forget that parts may be plain
    message.set_type("multipart/report")
    message.set_param("report-type", "delivery-status")
    _fix_boundaries(message, draft.key)
    return Mail(draft.key, draft.at, message.as_bytes())


def _fill(message: EmailMessage, draft: Draft) -> None:
    charset, encoding = _encoding(draft)
    message.set_content(draft.body + "\n", charset=charset, cte=encoding)
    if draft.style % 3 == 1:
        message.add_alternative(_html(draft.body), subtype="html", charset="utf-8", cte="base64")
    for file in draft.files:
        main, _, sub = file.media_type.partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.filename)
    for inner in draft.inline:
        message.add_attachment(inner)


def _encoding(draft: Draft) -> tuple[str, str]:
    charset, encoding = ENCODINGS[draft.style % len(ENCODINGS)]
    try:
        draft.body.encode(charset)
    except UnicodeEncodeError:
        charset = "utf-8"
    lines = (line.encode(charset) for line in draft.body.splitlines())
    if encoding == "8bit" and max((len(line) for line in lines), default=0) > WRAP_BYTES:
        encoding = "quoted-printable"
    return charset, encoding


def _html(body: str) -> str:
    paragraphs = (
        "<p>" + escape(part).replace("\n", "<br>\n") + "</p>" for part in body.split("\n\n")
    )
    return (
        "<html><head><style>p{font-family:Calibri,sans-serif}</style></head>\n<body>"
        + "\n".join(paragraphs)
        + "</body></html>\n"
    )


def _fix_boundaries(message: EmailMessage, key: str) -> None:
    """The library draws boundaries at random; the same company has the same bytes each time."""
    for n, part in enumerate(message.walk()):
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            digest = hashlib.sha256(f"{key}/{n}".encode()).hexdigest()[:20]
            part.set_boundary(f"=_part_{n}_{digest}")

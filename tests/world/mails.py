"""Mails as bytes."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage


def a_mail(
    subject: str = "Short delivery",
    body: str = "Two boxes are missing.\n",
    sender: str = "jens.albers@frischmarkt.example",
    message_id: str = "",
    attachments: Mapping[str, bytes] | None = None,
    **headers: str,
) -> bytes:
    """A mail as a server hands it over; `headers` with `_` for `-`."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = "crediti@aurora.example"
    mail["Subject"] = subject
    if message_id:
        mail["Message-ID"] = message_id
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    for filename, content in (attachments or {}).items():
        mail.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=filename
        )
    return mail.as_bytes()

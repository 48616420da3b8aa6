"""E-mail through the SMTP server of the settings (or whatever `EMAIL_BACKEND` names)."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import escape

from concilia.correspondence.ports import OutboundMessage
from concilia.plugins.channels.email.failures import FAILURES, failure_of

LINE_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>")
HTML: Final = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"></head><body>'
    '<div style="font:15px/1.5 sans-serif;white-space:pre-wrap">{body}</div></body></html>'
)


class EmailChannel:
    """Letters as plain text, with the same words in HTML beside them."""

    name: ClassVar[str] = "email"
    label: ClassVar[str] = "E-mail"
    body_chars_max: ClassVar[int] = 100_000

    def send(self, message: OutboundMessage) -> str:
        """
        Hand the message to the mail server; returns its Message-ID.

        Sent again after a crash it has the same Message-ID, by which mail programs show it once.

        :raises DeliveryFailed: if the server cannot be reached or did not take it
        """
        mail = EmailMultiAlternatives(
            subject=_one_line(message.subject),
            body=message.body,
            from_email=_mailbox(message) or settings.DEFAULT_FROM_EMAIL,
            to=[message.recipient],
            headers=_headers(message),
        )
        html = HTML.format(
            language=escape(message.language), body=_with_links(escape(message.body))
        )
        mail.attach_alternative(html, "text/html")
        try:
            mail.send()
        except FAILURES as error:
            raise failure_of(error) from error
        return message.message_id


def _headers(message: OutboundMessage) -> dict[str, str]:
    headers = {"Message-ID": message.message_id, "Content-Language": message.language}
    if MESSAGE_ID.fullmatch(message.in_reply_to):
        headers["In-Reply-To"] = headers["References"] = message.in_reply_to
    if message.is_automatic:
        headers["Auto-Submitted"] = "auto-generated"
    if message.way_out:
        headers["List-Unsubscribe"] = f"<{_one_line(message.way_out)}>"
    if message.way_out.startswith("https://"):  # mail programs post to nothing else
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _mailbox(message: OutboundMessage) -> str:
    """`"Name" <address>`; the name without what would end it early."""
    name = re.sub(r'["\\<>@,;:]', " ", _one_line(message.sender_name)).strip()
    return f'"{name}" <{message.sender}>' if name and message.sender else message.sender


def _one_line(text: str) -> str:
    """A header is one line: a stranger's subject must not write further headers."""
    return LINE_BREAKS.sub(" ", text).strip()


def _with_links(body: str) -> str:
    """Our own addresses can be pressed; those that came in with strangers' words are plain text."""
    ours = re.escape(escape(settings.BASE_URL))
    return re.sub(rf"{ours}/[akv]/[\w-]+(?:/[\w-]+)*", r'<a href="\g<0>">\g<0></a>', body)

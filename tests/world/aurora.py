"""Reads what the demonstration company made: amounts, bank entries, mails."""

from __future__ import annotations

import email
from datetime import date
from email import policy
from email.message import EmailMessage
from xml.etree import ElementTree as ET

from concilia.interfaces.cli.company import Mail

AS_OF = date(2026, 11, 19)
SPACE = "{urn:iso:std:iso:20022:tech:xsd:camt.053.001.02}"


def text_of(element: ET.Element, path: str) -> str:
    found = element.find("/".join(f"{SPACE}{part}" for part in path.split("/")))
    assert found is not None, path
    return found.text or ""


def cents(text: str) -> int:
    whole, _, rest = text.partition(".")
    assert len(rest) == 2, text
    return int(whole + rest)


def parse(mail: Mail) -> EmailMessage:
    message = email.message_from_bytes(mail.raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body_of(mail: Mail) -> str:
    body = parse(mail).get_body(("plain",))
    return body.get_content() if body is not None else ""

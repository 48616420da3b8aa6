"""What the nodes of an e-invoice say: words on one line, numbers with their sign, dates."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Final

from concilia.documents.core.decoding import tidy
from concilia.documents.core.parsed import Attachment
from concilia.plugins.parsers.camt.nodes import Node, every, first

VALUE_CHARS_MAX: Final = 4000
NUMBER: Final = re.compile(r"[+-]?(?:\d{1,18}(?:[.,]\d{0,12})?|[.,]\d{1,12})")
CURRENCY: Final = re.compile(r"[A-Z]{3}")
DAY: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
ATTACHMENT_CHARS_MAX: Final = 40 << 20


def words(node: Node | None, *names: str) -> str | None:
    """Return the words at a path on one line, of bounded length; None where there are none."""
    found = first(node, *names) if names else node
    if found is None or not found.text:
        return None
    said = " ".join(tidy(found.text[: VALUE_CHARS_MAX * 2]).split())
    return said[:VALUE_CHARS_MAX].rstrip() or None


def any_words(node: Node | None, *paths: tuple[str, ...]) -> str | None:
    """Return the words at the first path that has some."""
    for names in paths:
        if said := words(node, *names):
            return said
    return None


def number(node: Node | None, *names: str) -> Decimal | None:
    """Return the number at a path with its sign; None if there is none."""
    said = words(node, *names)
    if said is None or not NUMBER.fullmatch(said.replace(" ", "")):
        return None
    return Decimal(said.replace(" ", "").replace(",", "."))


def any_number(node: Node | None, *paths: tuple[str, ...]) -> Decimal | None:
    """Return the number at the first path that has one."""
    for names in paths:
        if (found := number(node, *names)) is not None:
            return found
    return None


def currency_code(*said: str | None) -> str | None:
    """Return the first that is a currency's code."""
    for each in said:
        if each and CURRENCY.fullmatch(each.strip().upper()):
            return each.strip().upper()
    return None


def day(said: str | None) -> str | None:
    """Return a date in ISO form from `2026-11-20`, with a time zone or without, or `20261120`."""
    found = DAY.match(said or "")
    if found is None:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def embedded(name: str | None, encoded: str | None, media_type: str = "") -> Attachment | None:
    """Return the file a message carries in base64; None for what cannot be one."""
    if not encoded or len(encoded) > ATTACHMENT_CHARS_MAX:
        return None
    try:
        content = base64.b64decode("".join(encoded.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    plain = PurePosixPath(tidy(name or "").replace("\\", "/")).name.strip()[:200]
    return Attachment(plain or "attachment", media_type, content) if content else None


__all__ = [
    "Node",
    "any_number",
    "any_words",
    "currency_code",
    "day",
    "embedded",
    "every",
    "first",
    "number",
    "words",
]

"""Which parts of a message are its body, and which are attached to it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from typing import Final

from concilia.documents.core.parsed import Attachment
from concilia.plugins.parsers.eml.headers import shown

PARTS_MAX: Final = 500
DEPTH_MAX: Final = 30
TAGS: Final = re.compile(rb"<[^>]{1,2000}>")
TEXTS: Final = frozenset({"text/plain", "text/html"})
MESSAGES: Final = frozenset({"message/rfc822", "message/global"})
# The headers of a message that bounced.
NOBODYS_WORDS: Final = frozenset({"text/rfc822-headers", "message/rfc822-headers"})
ROWS_MIN: Final = 3
HTML_ONLY_CHARS: Final = 40
PLAIN_SHARE_MIN: Final = 0.25


@dataclass(slots=True)
class Body:
    """The texts of a message in order, as (bytes, charset, is it HTML), and all else."""

    texts: list[tuple[bytes, str | None, bool]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    delivery_status: bytes = b""
    flowed: bool = False
    seen: int = 0


def collect(message: Message) -> Body:
    """Sort the parts of a message. Parts beyond the limits are named in a warning, not read."""
    body = Body()
    _visit(message, body, 0)
    if body.seen > PARTS_MAX:
        body.warnings.append(f"more than {PARTS_MAX} parts, the rest is not read")
    return body


def _visit(part: Message, body: Body, depth: int) -> None:
    body.seen += 1
    if body.seen > PARTS_MAX or depth > DEPTH_MAX:
        return
    kind = part.get_content_type()
    if kind == "multipart/alternative":
        _choose(part, body, depth)
    elif kind == "message/delivery-status":
        body.delivery_status = part.as_bytes()
    elif kind in MESSAGES:
        body.attachments += _nested(part)
    elif part.is_multipart():
        for child in _children(part):
            _visit(child, body, depth + 1)
    elif kind not in NOBODYS_WORDS:
        _take(part, kind, body)


def _take(part: Message, kind: str, body: Body) -> None:
    if kind in TEXTS and not _is_attached(part):
        _add_text(part, body, is_html=kind == "text/html")
    else:
        body.attachments.append(_attachment(part, len(body.attachments) + 1))


def _choose(part: Message, body: Body, depth: int) -> None:
    """Of the same words twice, take the plain ones unless they say next to nothing."""
    children = _children(part)
    plain = next((each for each in children if each.get_content_type() == "text/plain"), None)
    rich = next((each for each in children if each is not plain and _holds_html(each)), None)
    chosen = rich if plain is None or _says_less(plain, rich) else plain
    for child in children:
        if child is chosen or (child is not plain and child is not rich):
            _visit(child, body, depth + 1)
        elif child.is_multipart():  # pictures and files beside words that are not needed twice
            for leaf in _leaves(child):
                if leaf.get_content_type() not in TEXTS:
                    body.attachments.append(_attachment(leaf, len(body.attachments) + 1))


def _says_less(plain: Message, rich: Message | None) -> bool:
    if rich is None:
        return False
    words = _payload(plain).strip()
    html = next(
        (_payload(leaf) for leaf in _leaves(rich) if leaf.get_content_type() == "text/html"), b""
    )
    seen = b" ".join(TAGS.sub(b" ", html).split())
    rows = html.lower().count(b"<tr")
    if b"\t" not in words and rows >= ROWS_MIN and html.lower().count(b"<td") > rows:
        return True  # Columns survive only in the rich version.
    if len(words) < HTML_ONLY_CHARS:
        return len(seen) > 2 * len(words)
    return len(words) < PLAIN_SHARE_MIN * len(seen) and b"<style" not in html.lower()


def _add_text(part: Message, body: Body, *, is_html: bool) -> None:
    content = _payload(part)
    if not content.strip():
        return
    charset = part.get_param("charset")
    body.texts.append((content, str(charset) if charset else None, is_html))
    if str(part.get_param("format") or "").lower() == "flowed":
        body.flowed = True


def _is_attached(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    if disposition.startswith("attachment"):
        return True
    return bool(_filename(part)) and part.get_content_type() != "text/html"


def _attachment(part: Message, number: int) -> Attachment:
    kind = part.get_content_type()
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    inline = kind.startswith("image/") and (
        disposition.startswith("inline") or (bool(part.get("Content-ID")) and not disposition)
    )
    name = _filename(part) or f"part-{number}"
    return Attachment(name, kind, _payload(part), inline=inline)


def _nested(part: Message) -> Iterator[Attachment]:
    payload = part.get_payload()
    for inner in payload if isinstance(payload, list) else []:
        if isinstance(inner, Message):
            subject = re.sub(r"[^\w .-]+", " ", shown(inner.get("Subject"))).strip()[:80]
            name = _filename(part) or f"{subject or 'message'}.eml"
            yield Attachment(name, "message/rfc822", _bytes(inner))


def _bytes(message: Message) -> bytes:
    try:
        return message.as_bytes()
    except (UnicodeError, LookupError, ValueError, KeyError, AttributeError):
        return message.as_string().encode("utf-8", "surrogateescape")


def _filename(part: Message) -> str:
    try:
        raw = part.get_filename()
    except (UnicodeError, LookupError, ValueError):
        raw = None
    name = shown(raw).replace("\\", "/").rpartition("/")[2]
    return name[:200]


def _payload(part: Message) -> bytes:
    """Return the decoded bytes; a wrong transfer encoding leaves them as they are."""
    try:
        content = part.get_payload(decode=True)
    except (binascii.Error, ValueError, LookupError, AssertionError):
        content = None
    if isinstance(content, bytes):
        return content
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    children = payload if isinstance(payload, list) else []
    return [child for child in children if isinstance(child, Message)]


def _leaves(part: Message) -> Iterator[Message]:
    for node in part.walk():
        if not node.is_multipart():
            yield node


def _holds_html(part: Message) -> bool:
    return any(leaf.get_content_type() == "text/html" for leaf in _leaves(part))

"""
What stands around the words of a mail: who wrote it, what it answers, what is said now.

Runs inside the sandbox: strangers' bytes in, plain JSON values out, no Django and no database.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from typing import Any, Final

from concilia.documents.core.automatic import is_bulk
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.core.thread import split
from concilia.documents.ports import MessageParser, ParserFailed, parser_for

MAILS: Final = frozenset({"eml", "msg"})
MESSAGE_IDS: Final = re.compile(r"<[^<>\s]{1,250}>")


def facts_of(payload: bytes, *, filename: str) -> dict[str, Any]:
    """
    This will be the facts of one mail; `is_mail` false, and nothing else, for what is none.

    :raises ParserFailed: if it cannot be read at all
    """
    parsed = _parsed(payload, filename)
    if parsed is None:
        return {"is_mail": False}
    headers = parsed.metadata
    name, address = _first(headers.get("from") or headers.get("sender", ""))
    subject, _, _ = parsed.text.partition("\n")
    return {
        "is_mail": True,
        "message_id": next(iter(MESSAGE_IDS.findall(headers.get("message-id", ""))), ""),
        "in_reply_to": _answered(headers),
        "sender": address,
        "sender_name": name,
        "recipient": _first(headers.get("to", ""))[1],
        "subject": subject,
        "body": _said_now(parsed, len(subject) + 2),
        "is_bulk": is_bulk(headers),
    }


def messages_of(payload: bytes, *, filename: str) -> Iterator[dict[str, Any]]:
    """
    This will yield the messages of an mbox or EDI file: `filename` and `content` in base64.

    An EDI file with one message yields nothing: it is that message.

    :raises ParserFailed: if it is no such file
    """
    found = detect(payload, filename) or ""
    parser = parser_for(found)
    if isinstance(parser, MessageParser):
        messages = parser.messages(Source(payload, filename, found))
    elif parser is not None and found == "mbox":
        messages = iter(parser.parse(Source(payload, filename, found)).attachments)
    else:
        raise ParserFailed("neither a mailbox nor a file of messages")
    for each in messages:
        content = base64.b64encode(each.content).decode("ascii")
        yield {"filename": each.filename, "content": content}


def _parsed(payload: bytes, filename: str) -> ParsedDocument | None:
    found = detect(payload, filename)
    parser = parser_for(found) if found in MAILS else None
    return parser.parse(Source(payload, filename, found)) if parser and found else None


def _answered(headers: Mapping[str, str]) -> str:
    """The message it answers: one of ours anywhere in the thread, else the nearest."""
    direct = MESSAGE_IDS.findall(headers.get("in-reply-to", ""))
    thread = [*direct, *reversed(MESSAGE_IDS.findall(headers.get("references", "")))]
    ours = (each for each in thread if each.endswith(".concilia>"))
    return next(ours, next(iter(thread), ""))


def _said_now(parsed: ParsedDocument, start: int) -> str:
    """The writer's own words, without quoted mails and signature; all of it if that is nothing."""
    spans = split(parsed.text, start).live
    said = "".join(parsed.text[begin:end] for begin, end in spans if begin >= start)
    return said.strip() or parsed.text[start:].strip()


def _first(header: str) -> tuple[str, str]:
    for name, address in getaddresses([header]):
        if "@" in address:
            return name.strip(), address.strip().lower()
    return header.strip()[:160], ""

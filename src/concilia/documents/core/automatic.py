"""Messages no person wrote: bounces and auto-replies (RFC 3464, RFC 3834 and what servers do)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from concilia.documents.core.lexicon.machines import (
    ABSENT_BODY,
    ABSENT_TITLE,
    AUTO_BODY,
    AUTO_SUBJECT,
    AUTO_SUBMITTED,
    BOUNCE_BODY,
    BOUNCE_SENDER,
    BOUNCE_SUBJECT,
    LURE,
    NO_ANSWER,
    NO_REPLY,
    SERVER_BODY,
    SERVER_TITLE,
)
from concilia.documents.core.lexicon.threads import SALUTATION
from concilia.documents.core.words import fold

TOP_CHARS: Final = 1500
SHORT_CHARS: Final = 700
WORDED: Final = 0.95  # subject and text sound so; no header says it
BULK: Final = re.compile(r"\b(?:bulk|list|junk)\b", re.IGNORECASE)


def automatic_kind(headers: Mapping[str, str], subject: str, body: str) -> tuple[str, float] | None:
    """
    Return (`bounce` or `auto_reply`, confidence) for a message of a machine; None for a person's.

    :param headers: by lower-case name, as `ParsedDocument.metadata` has them
    """
    top = fold(body[:TOP_CHARS])
    title = fold(subject)
    return _bounce(headers, title, top) or _auto_reply(headers, title, top)


def is_bulk(headers: Mapping[str, str]) -> bool:
    """Whether it was sent to many at once: lists and newsletters say so (RFC 2369, RFC 3834)."""
    return bool(
        headers.get("list-id")
        or headers.get("list-unsubscribe")
        or BULK.search(headers.get("precedence", ""))
    )


def _bounce(headers: Mapping[str, str], title: str, top: str) -> tuple[str, float] | None:
    """Believe the headers, then who sends it with what subject, then what only servers say."""
    reported = headers.get("report-type") in {"delivery-status", "feedback-report"} or any(
        headers.get(name) for name in ("delivery-status", "x-failed-recipients")
    )
    sender = BOUNCE_SENDER.search(headers.get("from", "")) is not None
    empty_path = headers.get("return-path", "").strip() == "<>"
    named = BOUNCE_SUBJECT.search(title) is not None
    said = BOUNCE_BODY.search(top) is not None
    for holds, confidence in (
        (reported, 0.99),
        ((sender and (named or said)) or (named and (said or empty_path)), 0.98),
        (sender and empty_path, 0.95),
        (_is_of_a_server(title, top), 0.92),
    ):
        if holds:
            return "bounce", confidence
    return None


def _is_of_a_server(title: str, top: str) -> bool:
    """Whether a short text without a greeting speaks of mailboxes, hosts and their codes."""
    if len(top) >= SHORT_CHARS or LURE.search(top) or SALUTATION.search(top):
        return False
    return bool(SERVER_BODY.search(top) or SERVER_BODY.search(title) or SERVER_TITLE.search(title))


def _auto_reply(headers: Mapping[str, str], title: str, top: str) -> tuple[str, float] | None:
    """Weigh what the headers declare against what subject and text say."""
    submitted = headers.get("auto-submitted", "").lower()
    declared = bool(AUTO_SUBMITTED.search(submitted)) or any(
        name in headers for name in ("x-autoreply", "x-autorespond", "x-autoreply-from")
    )
    precedence = headers.get("precedence", "").lower() in {"auto_reply", "auto-reply"}
    receipt = headers.get("report-type") == "disposition-notification"
    if NO_ANSWER.search(top) or (NO_ANSWER.search(title) and not declared):
        return None
    named = bool(AUTO_SUBJECT.search(title) or ABSENT_TITLE.search(title))
    said = bool(AUTO_BODY.search(top) or ABSENT_BODY.search(top))
    # A long mail may mention its writer's holidays.
    alone = said and (len(top) < SHORT_CHARS or NO_REPLY.search(headers.get("from", "")))
    for holds, confidence in (
        (precedence or receipt or (declared and (named or said)), 0.98),
        ("auto-replied" in submitted, 0.96),
        (named and said, WORDED),
        (named, 0.9),
        (alone, 0.88),
    ):
        if holds:
            return "auto_reply", confidence
    return None

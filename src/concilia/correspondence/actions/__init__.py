from __future__ import annotations

from concilia.correspondence.actions.answers import AnswerRefused, keep_answer, reset_answer
from concilia.correspondence.actions.bounces import record_bounce
from concilia.correspondence.actions.redacting import RedactionRefused, redact_message
from concilia.correspondence.actions.sending import (
    Outgoing,
    queue_message,
    record_failed,
    record_sent,
)
from concilia.correspondence.actions.texting import (
    TextDraft,
    TextingRefused,
    change_texting,
    record_gateway_trouble,
)

__all__ = [
    "AnswerRefused",
    "Outgoing",
    "RedactionRefused",
    "TextDraft",
    "TextingRefused",
    "change_texting",
    "keep_answer",
    "queue_message",
    "record_bounce",
    "record_failed",
    "record_gateway_trouble",
    "record_sent",
    "redact_message",
    "reset_answer",
]

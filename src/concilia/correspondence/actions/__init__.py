from __future__ import annotations

from concilia.correspondence.actions.answers import AnswerRefused, keep_answer, reset_answer
from concilia.correspondence.actions.bounces import record_bounce
from concilia.correspondence.actions.bulk import ToContact, may_queue, queue_messages
from concilia.correspondence.actions.redacting import RedactionRefused, redact_message
from concilia.correspondence.actions.sending import (
    Outgoing,
    hold_back,
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
    "ToContact",
    "change_texting",
    "hold_back",
    "keep_answer",
    "may_queue",
    "queue_message",
    "queue_messages",
    "record_bounce",
    "record_failed",
    "record_gateway_trouble",
    "record_sent",
    "redact_message",
    "reset_answer",
]

from __future__ import annotations

from concilia.correspondence.actions.answers import AnswerRefused, keep_answer, reset_answer
from concilia.correspondence.actions.bounces import record_bounce
from concilia.correspondence.actions.bulk import ToContact, may_queue, queue_messages
from concilia.correspondence.actions.deliveries import (
    keep_fate,
    let_go,
    record_handed_over,
    take_in_hand,
)
from concilia.correspondence.actions.lines import (
    LineDraft,
    LineRefused,
    change_line,
    mark_reach,
    note_agreement,
    record_line_trouble,
    set_costs,
)
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
    try_text,
)

__all__ = [
    "AnswerRefused",
    "LineDraft",
    "LineRefused",
    "Outgoing",
    "RedactionRefused",
    "TextDraft",
    "TextingRefused",
    "ToContact",
    "change_line",
    "change_texting",
    "hold_back",
    "keep_answer",
    "keep_fate",
    "let_go",
    "mark_reach",
    "may_queue",
    "note_agreement",
    "queue_message",
    "queue_messages",
    "record_bounce",
    "record_failed",
    "record_gateway_trouble",
    "record_handed_over",
    "record_line_trouble",
    "record_sent",
    "redact_message",
    "reset_answer",
    "set_costs",
    "take_in_hand",
    "try_text",
]

from __future__ import annotations

from concilia.cases.actions.opening import (
    clock_of,
    close_case,
    create_case,
    reopen_case,
    resume_clock,
    stop_clock,
)
from concilia.cases.actions.steps import NewStep, finish_steps, open_step
from concilia.cases.actions.thread import (
    NoteRefused,
    add_to_thread,
    keep_note,
    read_mention,
    write_note,
)
from concilia.cases.actions.work import HandOverRefused, SnoozeRefused, hand_over, snooze

__all__ = [
    "HandOverRefused",
    "NewStep",
    "NoteRefused",
    "SnoozeRefused",
    "add_to_thread",
    "clock_of",
    "close_case",
    "create_case",
    "finish_steps",
    "hand_over",
    "keep_note",
    "open_step",
    "read_mention",
    "reopen_case",
    "resume_clock",
    "snooze",
    "stop_clock",
    "write_note",
]

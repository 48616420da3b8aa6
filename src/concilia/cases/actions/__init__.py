from __future__ import annotations

from concilia.cases.actions.opening import (
    NewCase,
    clock_of,
    close_case,
    create_case,
    create_cases,
    reopen_case,
    resume_clock,
    stop_clock,
)
from concilia.cases.actions.steps import Answer, NewStep, finish_steps, open_step, reopen_steps
from concilia.cases.actions.thread import (
    NoteRefused,
    add_to_thread,
    keep_note,
    read_mention,
    tell_owner,
    write_note,
)
from concilia.cases.actions.work import HandOverRefused, SnoozeRefused, hand_over, snooze

__all__ = [
    "Answer",
    "HandOverRefused",
    "NewCase",
    "NewStep",
    "NoteRefused",
    "SnoozeRefused",
    "add_to_thread",
    "clock_of",
    "close_case",
    "create_case",
    "create_cases",
    "finish_steps",
    "hand_over",
    "keep_note",
    "open_step",
    "read_mention",
    "reopen_case",
    "reopen_steps",
    "resume_clock",
    "snooze",
    "stop_clock",
    "tell_owner",
    "write_note",
]

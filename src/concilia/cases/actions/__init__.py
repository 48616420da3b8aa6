from __future__ import annotations

from concilia.cases.actions.clocks import clock_of, resume_clock, stop_clock
from concilia.cases.actions.limits import (
    LimitsRefused,
    drop_limits,
    publish_limits,
    submit_limits,
    write_limits,
)
from concilia.cases.actions.notices import (
    Habits,
    NewNotice,
    NoticesRefused,
    record_notices,
    see_notices,
    set_habits,
)
from concilia.cases.actions.opening import (
    NewCase,
    close_case,
    create_case,
    create_cases,
    reopen_case,
)
from concilia.cases.actions.process_drafts import (
    begin_draft,
    begin_process,
    edit_draft,
    roll_back,
    step_through_texts,
)
from concilia.cases.actions.process_moves import put_back, put_on_version
from concilia.cases.actions.process_rows import ProcessRefused
from concilia.cases.actions.processes import (
    drop_draft,
    publish_draft,
    submit_draft,
    write_draft,
)
from concilia.cases.actions.running import (
    answered,
    facts_known,
    new_step_of,
    papers_asked_of,
    tell_or_refuse,
    tell_process,
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
from concilia.cases.actions.whatif import (
    Tried,
    WhatIfRefused,
    ask_what_if,
    cancel_what_if,
    fail_what_if,
    run_what_if,
)
from concilia.cases.actions.work import HandOverRefused, SnoozeRefused, hand_over, snooze

__all__ = [
    "Answer",
    "Habits",
    "HandOverRefused",
    "LimitsRefused",
    "NewCase",
    "NewNotice",
    "NewStep",
    "NoteRefused",
    "NoticesRefused",
    "ProcessRefused",
    "SnoozeRefused",
    "Tried",
    "WhatIfRefused",
    "add_to_thread",
    "answered",
    "ask_what_if",
    "begin_draft",
    "begin_process",
    "cancel_what_if",
    "clock_of",
    "close_case",
    "create_case",
    "create_cases",
    "drop_draft",
    "drop_limits",
    "edit_draft",
    "facts_known",
    "fail_what_if",
    "finish_steps",
    "hand_over",
    "keep_note",
    "new_step_of",
    "open_step",
    "papers_asked_of",
    "publish_draft",
    "publish_limits",
    "put_back",
    "put_on_version",
    "read_mention",
    "record_notices",
    "reopen_case",
    "reopen_steps",
    "resume_clock",
    "roll_back",
    "run_what_if",
    "see_notices",
    "set_habits",
    "snooze",
    "step_through_texts",
    "stop_clock",
    "submit_draft",
    "submit_limits",
    "tell_or_refuse",
    "tell_owner",
    "tell_process",
    "write_draft",
    "write_limits",
    "write_note",
]

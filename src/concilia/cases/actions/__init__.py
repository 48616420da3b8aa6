from __future__ import annotations

from concilia.cases.actions.calendars import CalendarsRefused, drop_calendar, set_calendar
from concilia.cases.actions.clocks import resume_clock, stop_clock
from concilia.cases.actions.limits import (
    LimitsRefused,
    drop_limits,
    publish_limits,
    submit_limits,
    write_limits,
)
from concilia.cases.actions.links import (
    Addressee,
    LinkRefused,
    colleague,
    link_to_answer,
    link_to_sign,
    put_into,
    revoke_link,
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
from concilia.cases.actions.processes import (
    ProcessRefused,
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
from concilia.cases.actions.work import HandOverRefused, SnoozeRefused, hand_over, snooze
from concilia.cases.queries.calendars import clock_of

__all__ = [
    "Addressee",
    "Answer",
    "CalendarsRefused",
    "Habits",
    "HandOverRefused",
    "LimitsRefused",
    "LinkRefused",
    "NewCase",
    "NewNotice",
    "NewStep",
    "NoteRefused",
    "NoticesRefused",
    "ProcessRefused",
    "SnoozeRefused",
    "add_to_thread",
    "answered",
    "clock_of",
    "close_case",
    "colleague",
    "create_case",
    "create_cases",
    "drop_calendar",
    "drop_draft",
    "drop_limits",
    "facts_known",
    "finish_steps",
    "hand_over",
    "keep_note",
    "link_to_answer",
    "link_to_sign",
    "new_step_of",
    "open_step",
    "papers_asked_of",
    "publish_draft",
    "publish_limits",
    "put_into",
    "read_mention",
    "record_notices",
    "reopen_case",
    "reopen_steps",
    "resume_clock",
    "revoke_link",
    "see_notices",
    "set_calendar",
    "set_habits",
    "snooze",
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

from __future__ import annotations

from concilia.cases.actions.absences import AbsenceRefused, NewAbsence, end_absence, plan_absence
from concilia.cases.actions.calendars import CalendarsRefused, drop_calendar, set_calendar
from concilia.cases.actions.clocks import resume_clock, stop_clock
from concilia.cases.actions.handing import (
    HandOverRefused,
    TakenBack,
    hand_over,
    hand_over_many,
    undo_hand_over,
)
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
from concilia.cases.actions.process_drafts import (
    begin_draft,
    begin_process,
    edit_draft,
    roll_back,
    step_through_texts,
)
from concilia.cases.actions.process_moves import put_back, put_on_version
from concilia.cases.actions.process_rows import ProcessRefused
from concilia.cases.actions.processes import drop_draft, publish_draft, submit_draft, write_draft
from concilia.cases.actions.resting import (
    PastDeadline,
    Rested,
    SnoozeRefused,
    snooze,
    snooze_many,
    wake,
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
from concilia.cases.actions.talk import TalkRefused, react, read_thread, redact
from concilia.cases.actions.thread import (
    NoteRefused,
    add_to_thread,
    keep_note,
    read_mention,
    tell_owner,
    write_note,
)
from concilia.cases.actions.watching import stop_watching, tell_watchers, watch
from concilia.cases.actions.weights import WeightsRefused, change_weights, read_weights
from concilia.cases.actions.whatif import (
    Tried,
    WhatIfRefused,
    ask_what_if,
    cancel_what_if,
    fail_what_if,
    run_what_if,
)
from concilia.cases.queries.calendars import clock_of

__all__ = [
    "AbsenceRefused",
    "Addressee",
    "Answer",
    "CalendarsRefused",
    "Habits",
    "HandOverRefused",
    "LimitsRefused",
    "LinkRefused",
    "NewAbsence",
    "NewCase",
    "NewNotice",
    "NewStep",
    "NoteRefused",
    "NoticesRefused",
    "PastDeadline",
    "ProcessRefused",
    "Rested",
    "SnoozeRefused",
    "TakenBack",
    "TalkRefused",
    "Tried",
    "WeightsRefused",
    "WhatIfRefused",
    "add_to_thread",
    "answered",
    "ask_what_if",
    "begin_draft",
    "begin_process",
    "cancel_what_if",
    "change_weights",
    "clock_of",
    "close_case",
    "colleague",
    "create_case",
    "create_cases",
    "drop_calendar",
    "drop_draft",
    "drop_limits",
    "edit_draft",
    "end_absence",
    "facts_known",
    "fail_what_if",
    "finish_steps",
    "hand_over",
    "hand_over_many",
    "keep_note",
    "link_to_answer",
    "link_to_sign",
    "new_step_of",
    "open_step",
    "papers_asked_of",
    "plan_absence",
    "publish_draft",
    "publish_limits",
    "put_back",
    "put_into",
    "put_on_version",
    "react",
    "read_mention",
    "read_thread",
    "read_weights",
    "record_notices",
    "redact",
    "reopen_case",
    "reopen_steps",
    "resume_clock",
    "revoke_link",
    "roll_back",
    "run_what_if",
    "see_notices",
    "set_calendar",
    "set_habits",
    "snooze",
    "snooze_many",
    "step_through_texts",
    "stop_clock",
    "stop_watching",
    "submit_draft",
    "submit_limits",
    "tell_or_refuse",
    "tell_owner",
    "tell_process",
    "tell_watchers",
    "undo_hand_over",
    "wake",
    "watch",
    "write_draft",
    "write_limits",
    "write_note",
]

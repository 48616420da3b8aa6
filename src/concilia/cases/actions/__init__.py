from __future__ import annotations

from concilia.cases.actions.absences import (
    AbsenceRefused,
    NewAbsence,
    end_absence,
    plan_absence,
)
from concilia.cases.actions.clocks import clock_of, resume_clock, stop_clock
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

__all__ = [
    "AbsenceRefused",
    "Answer",
    "Habits",
    "HandOverRefused",
    "LimitsRefused",
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
    "WeightsRefused",
    "add_to_thread",
    "answered",
    "change_weights",
    "clock_of",
    "close_case",
    "create_case",
    "create_cases",
    "drop_draft",
    "drop_limits",
    "end_absence",
    "facts_known",
    "finish_steps",
    "hand_over",
    "hand_over_many",
    "keep_note",
    "new_step_of",
    "open_step",
    "papers_asked_of",
    "plan_absence",
    "publish_draft",
    "publish_limits",
    "read_mention",
    "read_weights",
    "record_notices",
    "reopen_case",
    "reopen_steps",
    "resume_clock",
    "see_notices",
    "set_habits",
    "snooze",
    "snooze_many",
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

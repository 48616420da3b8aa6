from __future__ import annotations

from concilia.dunning.actions.answers import AnswerMeans, await_answer, confirm_answer
from concilia.dunning.actions.call_turns import Said, begin_call, note_call_state, take_turn
from concilia.dunning.actions.calls import (
    finish_call_back,
    place_call,
    place_test_call,
    record_call_failed,
    record_call_made,
    set_person,
    take_up_call,
)
from concilia.dunning.actions.hearing import hear_reports
from concilia.dunning.actions.judging import judge_promises, judge_promises_of_payments
from concilia.dunning.actions.motives import (
    NewMotive,
    finish_next_act,
    note_bank_return,
    record_motive,
    withdraw_motive,
)
from concilia.dunning.actions.owing import sum_owing
from concilia.dunning.actions.promises import NewPromise, cancel_promise, record_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.switching import lose_message

__all__ = [
    "AnswerMeans",
    "CollectionRefused",
    "NewMotive",
    "NewPromise",
    "Said",
    "await_answer",
    "begin_call",
    "cancel_promise",
    "confirm_answer",
    "finish_call_back",
    "finish_next_act",
    "hear_reports",
    "judge_promises",
    "judge_promises_of_payments",
    "lose_message",
    "note_bank_return",
    "note_call_state",
    "place_call",
    "place_test_call",
    "record_call_failed",
    "record_call_made",
    "record_motive",
    "record_promise",
    "set_person",
    "sum_owing",
    "take_turn",
    "take_up_call",
    "withdraw_motive",
]

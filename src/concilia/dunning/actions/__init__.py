from __future__ import annotations

from concilia.dunning.actions.answers import AnswerMeans, await_answer, confirm_answer
from concilia.dunning.actions.calls import CallOutcome, end_call, start_call, undo_call
from concilia.dunning.actions.care import hand_over_customer, leave_aside
from concilia.dunning.actions.contact_terms import NewContactTerms, set_contact_terms
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

__all__ = [
    "AnswerMeans",
    "CallOutcome",
    "CollectionRefused",
    "NewContactTerms",
    "NewMotive",
    "NewPromise",
    "await_answer",
    "cancel_promise",
    "confirm_answer",
    "end_call",
    "finish_next_act",
    "hand_over_customer",
    "judge_promises",
    "judge_promises_of_payments",
    "leave_aside",
    "note_bank_return",
    "record_motive",
    "record_promise",
    "set_contact_terms",
    "start_call",
    "sum_owing",
    "undo_call",
    "withdraw_motive",
]

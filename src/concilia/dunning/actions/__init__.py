from __future__ import annotations

from concilia.dunning.actions.answers import AnswerMeans, await_answer, confirm_answer
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
from concilia.dunning.actions.run_planning import plan_run

__all__ = [
    "AnswerMeans",
    "CollectionRefused",
    "NewMotive",
    "NewPromise",
    "await_answer",
    "cancel_promise",
    "confirm_answer",
    "finish_next_act",
    "judge_promises",
    "judge_promises_of_payments",
    "note_bank_return",
    "plan_run",
    "record_motive",
    "record_promise",
    "sum_owing",
    "withdraw_motive",
]

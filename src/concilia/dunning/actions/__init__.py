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
from concilia.dunning.actions.run_planning import forget_old_runs, plan_run
from concilia.dunning.actions.run_sending import check_leaving, send_touches, take_up_touches
from concilia.dunning.actions.runs import cancel_run, finish_by_hand, sign_run, take_out
from concilia.dunning.actions.strategies import (
    drop_strategy_draft,
    publish_strategy,
    write_strategy_draft,
)

__all__ = [
    "AnswerMeans",
    "CollectionRefused",
    "NewMotive",
    "NewPromise",
    "await_answer",
    "cancel_promise",
    "cancel_run",
    "check_leaving",
    "confirm_answer",
    "drop_strategy_draft",
    "finish_by_hand",
    "finish_next_act",
    "forget_old_runs",
    "judge_promises",
    "judge_promises_of_payments",
    "note_bank_return",
    "plan_run",
    "publish_strategy",
    "record_motive",
    "record_promise",
    "send_touches",
    "sign_run",
    "sum_owing",
    "take_out",
    "take_up_touches",
    "withdraw_motive",
    "write_strategy_draft",
]

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
from concilia.dunning.actions.plan_endings import accelerate_plan, cancel_plan
from concilia.dunning.actions.plan_judging import judge_plans, judge_plans_of_payments
from concilia.dunning.actions.plan_policies import change_plan_policy
from concilia.dunning.actions.plans import accept_plan, agree_plan, ask_for_plan, propose_plan
from concilia.dunning.actions.promises import NewPromise, cancel_promise, record_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.settlements import book_waiver, offer_settlement
from concilia.dunning.queries.plan_drafts import NewPlan
from concilia.dunning.queries.settlements import NewSettlement

__all__ = [
    "AnswerMeans",
    "CollectionRefused",
    "NewMotive",
    "NewPlan",
    "NewPromise",
    "NewSettlement",
    "accelerate_plan",
    "accept_plan",
    "agree_plan",
    "ask_for_plan",
    "await_answer",
    "book_waiver",
    "cancel_plan",
    "cancel_promise",
    "change_plan_policy",
    "confirm_answer",
    "finish_next_act",
    "judge_plans",
    "judge_plans_of_payments",
    "judge_promises",
    "judge_promises_of_payments",
    "note_bank_return",
    "offer_settlement",
    "propose_plan",
    "record_motive",
    "record_promise",
    "sum_owing",
    "withdraw_motive",
]

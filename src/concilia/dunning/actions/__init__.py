from __future__ import annotations

from concilia.dunning.actions.answers import AnswerMeans, await_answer, confirm_answer
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
from concilia.dunning.actions.phone_calls import CallOutcome, end_call, start_call, undo_call
from concilia.dunning.actions.placement_results import load_results
from concilia.dunning.actions.placements import (
    NewPaper,
    NewPlacement,
    NotReady,
    PlacementTerms,
    add_partner,
    ask_to_place,
    draft_placement,
    end_placement,
    finish_step,
    lay_paper,
    say_terms,
    send_back_placement,
    sign_placement,
)
from concilia.dunning.actions.promises import NewPromise, cancel_promise, record_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.surveys import answer_survey, ask_how_it_was

__all__ = [
    "AnswerMeans",
    "CallOutcome",
    "CollectionRefused",
    "NewContactTerms",
    "NewMotive",
    "NewPaper",
    "NewPlacement",
    "NewPromise",
    "NotReady",
    "PlacementTerms",
    "add_partner",
    "answer_survey",
    "ask_how_it_was",
    "ask_to_place",
    "await_answer",
    "cancel_promise",
    "confirm_answer",
    "draft_placement",
    "end_call",
    "end_placement",
    "finish_next_act",
    "finish_step",
    "hand_over_customer",
    "judge_promises",
    "judge_promises_of_payments",
    "lay_paper",
    "leave_aside",
    "load_results",
    "note_bank_return",
    "record_motive",
    "record_promise",
    "say_terms",
    "send_back_placement",
    "set_contact_terms",
    "sign_placement",
    "start_call",
    "sum_owing",
    "undo_call",
    "withdraw_motive",
]

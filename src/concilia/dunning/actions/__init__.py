from __future__ import annotations

from concilia.dunning.actions.answers import AnswerMeans, await_answer, confirm_answer
from concilia.dunning.actions.backtests import (
    NewBacktest,
    ask_backtest,
    cancel_backtest,
    fail_backtest,
    forget_old_backtests,
    run_backtest,
)
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
from concilia.dunning.actions.care import hand_over_customer, leave_aside
from concilia.dunning.actions.contact_terms import NewContactTerms, set_contact_terms
from concilia.dunning.actions.hearing import hear_reports
from concilia.dunning.actions.judging import judge_promises, judge_promises_of_payments
from concilia.dunning.actions.letters import (
    LetterRefused,
    NewLetter,
    keep_letterhead,
    lay_proof,
    post_letter,
    print_letters,
    queue_letter,
    take_letter_out,
)
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
from concilia.dunning.actions.plan_endings import accelerate_plan, cancel_plan
from concilia.dunning.actions.plan_judging import judge_plans, judge_plans_of_payments
from concilia.dunning.actions.plan_policies import change_plan_policy
from concilia.dunning.actions.plans import accept_plan, agree_plan, ask_for_plan, propose_plan
from concilia.dunning.actions.promises import NewPromise, cancel_promise, record_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.run_planning import forget_old_runs, plan_run
from concilia.dunning.actions.run_sending import check_leaving, send_touches, take_up_touches
from concilia.dunning.actions.runs import cancel_run, finish_by_hand, sign_run, take_out
from concilia.dunning.actions.settlements import offer_settlement
from concilia.dunning.actions.strategies import (
    drop_strategy_draft,
    publish_strategy,
    write_strategy_draft,
)
from concilia.dunning.actions.surveys import answer_survey, ask_how_it_was
from concilia.dunning.actions.switching import lose_message
from concilia.dunning.actions.texts import TextRefused, drop_text, publish_text, write_text
from concilia.dunning.actions.thanking import thank_for_payments, thank_for_plan
from concilia.dunning.actions.waivers import sign_waiver
from concilia.dunning.queries.plan_drafts import NewPlan
from concilia.dunning.queries.settlements import NewSettlement

__all__ = [
    "AnswerMeans",
    "CallOutcome",
    "CollectionRefused",
    "LetterRefused",
    "NewBacktest",
    "NewContactTerms",
    "NewLetter",
    "NewMotive",
    "NewPaper",
    "NewPlacement",
    "NewPlan",
    "NewPromise",
    "NewSettlement",
    "NotReady",
    "PlacementTerms",
    "Said",
    "TextRefused",
    "accelerate_plan",
    "accept_plan",
    "add_partner",
    "agree_plan",
    "answer_survey",
    "ask_backtest",
    "ask_for_plan",
    "ask_how_it_was",
    "ask_to_place",
    "await_answer",
    "begin_call",
    "cancel_backtest",
    "cancel_plan",
    "cancel_promise",
    "cancel_run",
    "change_plan_policy",
    "check_leaving",
    "confirm_answer",
    "draft_placement",
    "drop_strategy_draft",
    "drop_text",
    "end_call",
    "end_placement",
    "fail_backtest",
    "finish_by_hand",
    "finish_call_back",
    "finish_next_act",
    "finish_step",
    "forget_old_backtests",
    "forget_old_runs",
    "hand_over_customer",
    "hear_reports",
    "judge_plans",
    "judge_plans_of_payments",
    "judge_promises",
    "judge_promises_of_payments",
    "keep_letterhead",
    "lay_paper",
    "lay_proof",
    "leave_aside",
    "load_results",
    "lose_message",
    "note_bank_return",
    "note_call_state",
    "offer_settlement",
    "place_call",
    "place_test_call",
    "plan_run",
    "post_letter",
    "print_letters",
    "propose_plan",
    "publish_strategy",
    "publish_text",
    "queue_letter",
    "record_call_failed",
    "record_call_made",
    "record_motive",
    "record_promise",
    "run_backtest",
    "say_terms",
    "send_back_placement",
    "send_touches",
    "set_contact_terms",
    "set_person",
    "sign_placement",
    "sign_run",
    "sign_waiver",
    "start_call",
    "sum_owing",
    "take_letter_out",
    "take_out",
    "take_turn",
    "take_up_call",
    "take_up_touches",
    "thank_for_payments",
    "thank_for_plan",
    "undo_call",
    "withdraw_motive",
    "write_strategy_draft",
    "write_text",
]

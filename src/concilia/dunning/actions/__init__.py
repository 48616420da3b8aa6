from __future__ import annotations

from concilia.dunning.actions.answers import AnswerMeans, await_answer, confirm_answer
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
from concilia.dunning.actions.promises import NewPromise, cancel_promise, record_promise
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.texts import TextRefused, drop_text, publish_text, write_text

__all__ = [
    "AnswerMeans",
    "CollectionRefused",
    "LetterRefused",
    "NewLetter",
    "NewMotive",
    "NewPromise",
    "TextRefused",
    "await_answer",
    "cancel_promise",
    "confirm_answer",
    "drop_text",
    "finish_next_act",
    "judge_promises",
    "judge_promises_of_payments",
    "keep_letterhead",
    "lay_proof",
    "note_bank_return",
    "post_letter",
    "print_letters",
    "publish_text",
    "queue_letter",
    "record_motive",
    "record_promise",
    "sum_owing",
    "take_letter_out",
    "withdraw_motive",
    "write_text",
]

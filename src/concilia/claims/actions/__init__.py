from __future__ import annotations

from concilia.claims.actions.asking import (
    Question,
    ToneDoubted,
    add_note,
    answer_step,
    ask,
    go_on,
    receive_reply,
    write_to_customer,
)
from concilia.claims.actions.bulk import BulkRefused, cancel_bulk, start_bulk
from concilia.claims.actions.by_hand import TypedClaim, TypedLine, give_reason, open_claim_by_person
from concilia.claims.actions.by_link import (
    LinkAnswer,
    answer_by_link,
    correct_by_link,
    send_link_again,
    sign_by_link,
)
from concilia.claims.actions.deciding import Proposal, propose_decision
from concilia.claims.actions.evidence import Paper, SignedDelivery, add_evidence
from concilia.claims.actions.following import (
    ROOT_CAUSES,
    appeal_claim,
    close_claim,
    follow_posting,
    record_answer,
    record_repayment,
    reopen_claim,
    retry_posting,
    withdraw_claim,
)
from concilia.claims.actions.granting import Granted
from concilia.claims.actions.merging import MergeRefused, keep_apart, merge
from concilia.claims.actions.odds import learn_odds
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.process_moves import ask_move, ask_move_back, fail_move, move_cases
from concilia.claims.actions.recalling import recall_decision
from concilia.claims.actions.signing import Said, sign_decision
from concilia.claims.actions.verdicts import compute_verdict

__all__ = [
    "ROOT_CAUSES",
    "BulkRefused",
    "ClaimRefused",
    "Granted",
    "LinkAnswer",
    "MergeRefused",
    "Paper",
    "Proposal",
    "Question",
    "Said",
    "SignedDelivery",
    "ToneDoubted",
    "TypedClaim",
    "TypedLine",
    "add_evidence",
    "add_note",
    "answer_by_link",
    "answer_step",
    "appeal_claim",
    "ask",
    "ask_move",
    "ask_move_back",
    "cancel_bulk",
    "close_claim",
    "compute_verdict",
    "correct_by_link",
    "fail_move",
    "follow_posting",
    "give_reason",
    "go_on",
    "keep_apart",
    "learn_odds",
    "merge",
    "move_cases",
    "open_claim_by_person",
    "propose_decision",
    "recall_decision",
    "receive_reply",
    "record_answer",
    "record_repayment",
    "reopen_claim",
    "retry_posting",
    "send_link_again",
    "sign_by_link",
    "sign_decision",
    "start_bulk",
    "withdraw_claim",
    "write_to_customer",
]

"""The life of a claim (domain.md §2.2). Read the table: it is the whole workflow."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from itertools import permutations
from typing import Final

from concilia.kernel.machine import Machine, TransitionRefused

APPEALS_MAX: Final = 1
REOPEN_DAYS_MAX: Final = 90


class ClaimState(StrEnum):
    """Where a claim stands. Values are stored; the words a person reads are in the catalogue."""

    RECEIVED = "RECEIVED"
    QUALIFYING = "QUALIFYING"
    DUPLICATE = "DUPLICATE"
    INVESTIGATING = "INVESTIGATING"
    WAITING_CUSTOMER = "WAITING_CUSTOMER"
    WAITING_INTERNAL = "WAITING_INTERNAL"
    WAITING_THIRD_PARTY = "WAITING_THIRD_PARTY"
    DECISION_PROPOSED = "DECISION_PROPOSED"
    IN_APPROVAL = "IN_APPROVAL"
    APPROVED = "APPROVED"
    PARTIALLY_APPROVED = "PARTIALLY_APPROVED"
    DENIED = "DENIED"
    POSTING = "POSTING"
    POSTING_FAILED = "POSTING_FAILED"
    POSTED = "POSTED"
    CUSTOMER_NOTIFIED = "CUSTOMER_NOTIFIED"
    ACCEPTED = "ACCEPTED"
    APPEALED = "APPEALED"
    ESCALATED_LEGAL = "ESCALATED_LEGAL"
    COLLECT_BACK = "COLLECT_BACK"
    REPAID = "REPAID"
    CLOSED = "CLOSED"
    REOPENED = "REOPENED"
    WITHDRAWN = "WITHDRAWN"


class ClaimAction(StrEnum):
    """What may be done to a claim, in the words of the log."""

    QUALIFY = "QUALIFY"
    MERGE = "MERGE"
    KEEP_APART = "KEEP_APART"
    INVESTIGATE = "INVESTIGATE"
    ASK_CUSTOMER = "ASK_CUSTOMER"
    ASK_INTERNAL = "ASK_INTERNAL"
    ASK_THIRD_PARTY = "ASK_THIRD_PARTY"
    RESUME = "RESUME"
    PROPOSE = "PROPOSE"
    RECONSIDER = "RECONSIDER"
    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    APPROVE = "APPROVE"
    APPROVE_PART = "APPROVE_PART"
    DENY = "DENY"
    POST = "POST"
    FAIL_POSTING = "FAIL_POSTING"
    CONFIRM_POSTING = "CONFIRM_POSTING"
    NOTIFY = "NOTIFY"
    ACCEPT = "ACCEPT"
    APPEAL = "APPEAL"
    ESCALATE = "ESCALATE"
    COLLECT = "COLLECT"
    REPAY = "REPAY"
    CLOSE = "CLOSE"
    WITHDRAW = "WITHDRAW"
    REOPEN = "REOPEN"


class Clock(StrEnum):
    """Whose turn it is for the deadline: ours (running), theirs (stopped), nobody's (ended)."""

    RUNNING = "RUNNING"
    STOPPED = "STOPPED"
    ENDED = "ENDED"


S = ClaimState
A = ClaimAction

# A closed claim can only be reopened, a duplicate only be set apart again, a withdrawn one nothing.
TERMINAL: Final = frozenset({S.CLOSED, S.WITHDRAWN, S.DUPLICATE})
STOPS_THE_CLOCK: Final = frozenset({S.WAITING_CUSTOMER, S.WAITING_THIRD_PARTY})
# The deadline is met when the customer has the answer or the credit: nobody waits for us then.
AFTER_THE_DEADLINE: Final = frozenset(
    {
        S.POSTED,
        S.CUSTOMER_NOTIFIED,
        S.ACCEPTED,
        S.ESCALATED_LEGAL,
        S.COLLECT_BACK,
        S.REPAID,
        *TERMINAL,
    }
)
# A twin may turn up at any time before people begin to sign: then one of the two is merged away.
_MERGEABLE: Final = (
    S.RECEIVED,
    S.QUALIFYING,
    S.INVESTIGATING,
    S.WAITING_CUSTOMER,
    S.WAITING_INTERNAL,
    S.WAITING_THIRD_PARTY,
    S.DECISION_PROPOSED,
)

_ASK: Final = {
    A.ASK_CUSTOMER: S.WAITING_CUSTOMER,
    A.ASK_INTERNAL: S.WAITING_INTERNAL,
    A.ASK_THIRD_PARTY: S.WAITING_THIRD_PARTY,
}
_ASKED_BY: Final = {state: action for action, state in _ASK.items()}

_LISTED: Final[dict[tuple[ClaimState, ClaimAction], ClaimState]] = {
    (S.RECEIVED, A.QUALIFY): S.QUALIFYING,
    (S.QUALIFYING, A.INVESTIGATE): S.INVESTIGATING,
    **{(state, A.MERGE): S.DUPLICATE for state in _MERGEABLE},
    (S.DUPLICATE, A.KEEP_APART): S.INVESTIGATING,
    **{(S.INVESTIGATING, action): state for action, state in _ASK.items()},
    **{(state, A.RESUME): S.INVESTIGATING for state in _ASK.values()},
    **{(old, _ASKED_BY[new]): new for old, new in permutations(_ASK.values(), 2)},
    (S.INVESTIGATING, A.PROPOSE): S.DECISION_PROPOSED,
    (S.DECISION_PROPOSED, A.RECONSIDER): S.INVESTIGATING,
    (S.DECISION_PROPOSED, A.SUBMIT): S.IN_APPROVAL,
    (S.IN_APPROVAL, A.RETURN): S.INVESTIGATING,
    (S.IN_APPROVAL, A.APPROVE): S.APPROVED,
    (S.IN_APPROVAL, A.APPROVE_PART): S.PARTIALLY_APPROVED,
    (S.IN_APPROVAL, A.DENY): S.DENIED,
    (S.APPROVED, A.POST): S.POSTING,
    (S.PARTIALLY_APPROVED, A.POST): S.POSTING,
    (S.POSTING, A.CONFIRM_POSTING): S.POSTED,
    (S.POSTING, A.FAIL_POSTING): S.POSTING_FAILED,
    (S.POSTING_FAILED, A.POST): S.POSTING,
    (S.POSTED, A.CLOSE): S.CLOSED,
    (S.DENIED, A.NOTIFY): S.CUSTOMER_NOTIFIED,
    (S.CUSTOMER_NOTIFIED, A.ACCEPT): S.ACCEPTED,
    (S.CUSTOMER_NOTIFIED, A.APPEAL): S.APPEALED,
    (S.CUSTOMER_NOTIFIED, A.ESCALATE): S.ESCALATED_LEGAL,
    (S.APPEALED, A.INVESTIGATE): S.INVESTIGATING,
    (S.ACCEPTED, A.COLLECT): S.COLLECT_BACK,
    (S.COLLECT_BACK, A.REPAY): S.REPAID,
    (S.REPAID, A.CLOSE): S.CLOSED,
    (S.CLOSED, A.REOPEN): S.REOPENED,
    (S.REOPENED, A.INVESTIGATE): S.INVESTIGATING,
    # Four ways §2.2 does not draw, without which a real claim would be stuck:
    # an answer without money (a copy of the POD) posts nothing,
    (S.APPROVED, A.CLOSE): S.CLOSED,
    # the refused part of a partly valid claim goes the way of a refused claim,
    (S.POSTED, A.NOTIFY): S.CUSTOMER_NOTIFIED,
    # a refused claim without a deduction leaves nothing to collect back,
    (S.ACCEPTED, A.CLOSE): S.CLOSED,
    # and what is collected back may end in court or be written off; so may a court case end.
    (S.COLLECT_BACK, A.ESCALATE): S.ESCALATED_LEGAL,
    (S.COLLECT_BACK, A.CLOSE): S.CLOSED,
    (S.ESCALATED_LEGAL, A.COLLECT): S.COLLECT_BACK,
    (S.ESCALATED_LEGAL, A.CLOSE): S.CLOSED,
}

CLAIM_MACHINE: Final[Machine[ClaimState, ClaimAction]] = Machine(
    _LISTED | {(state, A.WITHDRAW): S.WITHDRAWN for state in ClaimState if state not in TERMINAL}
)


def clock_of(state: ClaimState) -> Clock:
    """
    Say whether the deadline's clock runs while a claim is in `state`.

    It stops with the customer and with third parties, and runs with colleagues (§2.2). States the
    paper does not list run while the next act is ours and end once the customer was answered.
    """
    if state in STOPS_THE_CLOCK:
        return Clock.STOPPED
    return Clock.ENDED if state in AFTER_THE_DEADLINE else Clock.RUNNING


def withdrawal_needs_reversal(state: ClaimState) -> bool:
    """Say whether a withdrawal in `state` must first take back an entry in the ERP."""
    return state in {S.POSTING, S.POSTING_FAILED, S.POSTED}


def allowed_actions(
    state: ClaimState, *, appeals: int = 0, closed_at: datetime | None = None, at: datetime
) -> frozenset[ClaimAction]:
    """Return what may be done now: the machine's actions less appeals and reopenings used up."""
    actions = CLAIM_MACHINE.allowed(state)
    return frozenset(
        action
        for action in actions
        if not _refusal(action, appeals=appeals, closed_at=closed_at, at=at)
    )


def advance(
    state: ClaimState,
    action: ClaimAction,
    *,
    appeals: int = 0,
    closed_at: datetime | None = None,
    at: datetime,
) -> ClaimState:
    """
    Return the state after `action`, done at `at`.

    :param appeals: how often the customer has appealed before (at most 1, §2.2)
    :param closed_at: when the claim was closed; needed to reopen it within 90 days
    :raises TransitionRefused: with one sentence saying why
    """
    following = CLAIM_MACHINE.after(state, action)
    refusal = _refusal(action, appeals=appeals, closed_at=closed_at, at=at)
    if refusal:
        raise TransitionRefused(refusal)
    return following


def _refusal(action: ClaimAction, *, appeals: int, closed_at: datetime | None, at: datetime) -> str:
    if action == A.APPEAL and appeals >= APPEALS_MAX:
        return f"this claim was appealed {appeals} time(s) already; {APPEALS_MAX} is the most"
    if action == A.REOPEN:
        if closed_at is None:
            return "cannot reopen a claim without knowing when it was closed"
        if at - closed_at > timedelta(days=REOPEN_DAYS_MAX):
            return f"closed more than {REOPEN_DAYS_MAX} days ago; open a new claim instead"
    return ""

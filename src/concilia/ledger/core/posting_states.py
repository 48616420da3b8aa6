"""How a posting lives: sent once, looked up before it is sent again, never forgotten (§7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from concilia.kernel.machine import Machine

FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
GIVEN_UP_AFTER: Final = timedelta(hours=24)


class PostingState(StrEnum):
    """Where a posting is. `UNKNOWN` means: it may be in the ERP, only a look-up can say."""

    PENDING = "PENDING"
    SENT = "SENT"
    POSTED = "POSTED"
    REJECTED = "REJECTED"
    UNKNOWN = "UNKNOWN"


class PostingAct(StrEnum):
    """What happens to a posting."""

    SEND = "SEND"
    CONFIRM = "CONFIRM"
    REJECT = "REJECT"
    LOSE = "LOSE"
    HOLD_BACK = "HOLD_BACK"
    FIND = "FIND"
    MISS = "MISS"
    WAIT = "WAIT"
    RETRY = "RETRY"


# A posting whose process died is still SENT: whoever takes it up first LOSEs it, then looks it up.
# HOLD_BACK is a failure that certainly changed nothing in the ERP; RETRY is a person's act. WAIT is
# the ERP's word that it has the posting and will answer later (ACCEPTED): it stays SENT.
POSTING_MACHINE: Final[Machine[PostingState, PostingAct]] = Machine(
    {
        (PostingState.PENDING, PostingAct.SEND): PostingState.SENT,
        (PostingState.SENT, PostingAct.CONFIRM): PostingState.POSTED,
        (PostingState.SENT, PostingAct.REJECT): PostingState.REJECTED,
        (PostingState.SENT, PostingAct.HOLD_BACK): PostingState.PENDING,
        (PostingState.SENT, PostingAct.LOSE): PostingState.UNKNOWN,
        (PostingState.SENT, PostingAct.WAIT): PostingState.SENT,
        (PostingState.UNKNOWN, PostingAct.FIND): PostingState.POSTED,
        (PostingState.UNKNOWN, PostingAct.REJECT): PostingState.REJECTED,
        (PostingState.UNKNOWN, PostingAct.MISS): PostingState.PENDING,
        (PostingState.UNKNOWN, PostingAct.WAIT): PostingState.SENT,
        (PostingState.REJECTED, PostingAct.RETRY): PostingState.PENDING,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """
    What to store after an attempt that did not end in POSTED.

    :param next_attempt_at: when to try again; `None` means a person must look (dead letter)
    """

    state: PostingState
    next_attempt_at: datetime | None

    @property
    def needs_person(self) -> bool:
        """Whether the automatic attempts are over."""
        return self.next_attempt_at is None


def wait_after(attempts: int) -> timedelta:
    """
    This will be the pause after so many attempts: 1 minute, doubled each time, at most 6 hours.

    :param attempts: how many were made, at least 1
    """
    if attempts < 1:
        raise ValueError(f"nothing to wait for after {attempts} attempts")
    # Beyond ten doublings the longest wait holds anyway; the bound keeps the number small.
    return min(FIRST_WAIT * (1 << min(attempts - 1, 10)), LONGEST_WAIT)


def next_attempt(*, requested_at: datetime, attempts: int, at: datetime) -> datetime | None:
    """
    This will be when to try again, or `None` once 24 hours have passed: the dead letter.

    The last attempt is made at the end of the 24 hours, so that none of them is wasted.
    """
    deadline = requested_at + GIVEN_UP_AFTER
    if at >= deadline:
        return None
    return min(at + wait_after(attempts), deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt that failed: when, the how many-th, and what is known about its outcome."""

    requested_at: datetime
    attempts: int
    at: datetime


def after_failure(attempt: Attempt, *, permanent: bool, lost: bool) -> Aftermath:
    """
    This will say where a SENT posting goes when the ERP did not confirm it.

    :param permanent: trying the same again cannot help; a person must change something
    :param lost: the call may have had its effect: only a look-up can tell. A loss that is also
        permanent (the ERP holds the document, with other amounts: P-5) waits for a person
    """
    act = PostingAct.HOLD_BACK
    if lost:
        act = PostingAct.LOSE
    elif permanent:
        act = PostingAct.REJECT
    again = next_attempt(
        requested_at=attempt.requested_at, attempts=attempt.attempts, at=attempt.at
    )
    return Aftermath(
        state=POSTING_MACHINE.after(PostingState.SENT, act),
        next_attempt_at=None if permanent else again,
    )


def after_acceptance(attempt: Attempt, *, state: PostingState) -> Aftermath:
    """
    This will say when to look again for the answer of an ERP that has the posting (ACCEPTED).

    There is no end to this waiting: a folder may be emptied once a week. It is never sent again.

    :param state: SENT after the call itself, UNKNOWN after a look-up
    """
    return Aftermath(
        state=POSTING_MACHINE.after(state, PostingAct.WAIT),
        next_attempt_at=attempt.at + wait_after(attempt.attempts),
    )

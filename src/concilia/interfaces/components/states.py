"""The word, colour group and icon of every state (LOOK.md, domain.md §2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Face:
    """How a state shows: `tone` is one of `work wait decide good bad accent` or empty (grey)."""

    word: str | Promise
    tone: str
    icon: str


CLAIM_STATES: Final[Mapping[str, Face]] = {
    "RECEIVED": Face(_("Received"), "", "circle-dashed"),
    "QUALIFYING": Face(_("Qualifying"), "", "circle-dashed"),
    "DUPLICATE": Face(_("Twin found"), "wait", "git-merge"),
    "INVESTIGATING": Face(_("Checking"), "work", "circle-half-2"),
    "WAITING_CUSTOMER": Face(_("With customer"), "wait", "player-pause"),
    "WAITING_INTERNAL": Face(_("With colleagues"), "wait", "player-pause"),
    "WAITING_THIRD_PARTY": Face(_("With carrier"), "wait", "player-pause"),
    "DECISION_PROPOSED": Face(_("Proposed"), "decide", "scale"),
    "IN_APPROVAL": Face(_("In approval"), "decide", "signature"),
    "APPROVED": Face(_("Approved"), "good", "check"),
    "PARTIALLY_APPROVED": Face(_("Partly valid"), "good", "circle-half-2"),
    "DENIED": Face(_("Not valid"), "bad", "x"),
    "CUSTOMER_NOTIFIED": Face(_("Customer informed"), "wait", "send"),
    "ACCEPTED": Face(_("Accepted by customer"), "good", "check"),
    "APPEALED": Face(_("Appealed"), "bad", "gavel"),
    "ESCALATED_LEGAL": Face(_("Legal"), "bad", "gavel"),
    "POSTING": Face(_("Posting"), "good", "circle-half-2"),
    "POSTING_FAILED": Face(_("Posting failed"), "bad", "alert-triangle"),
    "POSTED": Face(_("Posted"), "good", "check"),
    "COLLECT_BACK": Face(_("To collect back"), "work", "arrow-back-up"),
    "REPAID": Face(_("Repaid"), "good", "check"),
    "CLOSED": Face(_("Closed"), "", "lock"),
    "WITHDRAWN": Face(_("Withdrawn"), "", "arrow-back-up"),
    "REOPENED": Face(_("Reopened"), "work", "refresh"),
}

# States of things other than claims: bank lines, promises, messages, jobs, imports.
OTHER_STATES: Final[Mapping[str, Face]] = {
    "OPEN": Face(pgettext_lazy("state", "Open"), "wait", "circle-dashed"),
    "PROPOSED": Face(_("Proposed"), "accent", "sparkles"),
    "UNMATCHED": Face(_("No match"), "wait", "help-circle"),
    "AMBIGUOUS": Face(_("Yours to choose"), "wait", "help-circle"),
    "REVERSED": Face(_("Taken back"), "", "arrow-back-up"),
    "ADVISED": Face(_("The payer says otherwise"), "wait", "message-circle"),
    "PROMISE_PENDING": Face(_("Promised"), "accent", "calendar"),
    "PROMISE_DUE": Face(_("Falls due"), "wait", "clock"),
    "PROMISE_PARTIAL": Face(_("Kept in part"), "bad", "circle-half-2"),
    "REPLACED": Face(_("Replaced"), "", "arrow-back-up"),
    "PLAN_PROPOSED": Face(_("Proposed"), "wait", "help-circle"),
    "PLAN_ACTIVE": Face(_("Running"), "accent", "calendar"),
    "PLAN_AT_RISK": Face(_("At risk"), "wait", "alert-triangle"),
    "PLAN_DEFAULTED": Face(_("Not kept"), "bad", "x"),
    "PLAN_COMPLETED": Face(_("Paid off"), "good", "check"),
    "PLAN_CANCELLED": Face(_("Cancelled"), "", "x"),
    "PLAN_ACCELERATED": Face(_("Called in"), "bad", "alert-triangle"),
    "KEPT": Face(_("Kept"), "good", "check"),
    "KEPT_LATE": Face(_("Kept late"), "wait", "clock"),
    "BROKEN": Face(_("Not kept"), "bad", "x"),
    "CANCELLED": Face(_("Cancelled"), "", "x"),
    "DRAFT": Face(_("Draft"), "", "pencil"),
    "PLANNED": Face(_("Planned"), "", "clock"),
    "RUN_PLANNED": Face(_("Waits for release"), "decide", "signature"),
    "RUN_SIGNED": Face(_("Waits for a second person"), "decide", "signature"),
    "RUN_RELEASED": Face(_("Going out"), "work", "send"),
    "RELEASED": Face(_("Released"), "work", "send"),
    "TAKEN_OUT": Face(_("Taken out"), "", "x"),
    "BY_HAND": Face(_("For a person"), "wait", "phone"),
    "QUEUED": Face(_("Waits"), "", "clock"),
    "WAITING": Face(_("Waits"), "", "clock"),
    "RUNNING": Face(_("Running"), "work", "circle-half-2"),
    "READING": Face(_("Being read"), "work", "circle-half-2"),
    "NEEDS_REVIEW": Face(_("To check"), "wait", "eye"),
    "YOURS": Face(_("Yours"), "wait", "alert-triangle"),
    "CHECKING": Face(_("Checking"), "work", "circle-half-2"),
    "READY": Face(_("Ready"), "accent", "circle-check"),
    "SAVING": Face(_("Saving"), "work", "circle-half-2"),
    "INBOX": Face(_("In the inbox"), "", "inbox"),
    "SENT": Face(_("Sent"), "good", "send"),
    "ARRIVED": Face(_("Arrived"), "good", "check"),
    "READ": Face(_("Read"), "good", "eye"),
    "LOST": Face(_("Lost"), "bad", "alert-triangle"),
    "DELIVERED": Face(_("Delivered"), "good", "check"),
    "WITHHELD": Face(_("Held back"), "", "player-pause"),
    "SUCCEEDED": Face(_("Done"), "good", "check"),
    "DONE": Face(_("Done"), "good", "check"),
    "SAVED": Face(_("Saved"), "good", "check"),
    "KNOWN": Face(_("Known"), "", "copy"),
    "FAILED": Face(_("Failed"), "bad", "alert-triangle"),
    "BOUNCED": Face(_("Came back"), "bad", "alert-triangle"),
    "OVERDUE": Face(_("Past due"), "bad", "alert-triangle"),
    "PAID": Face(_("Paid"), "good", "check"),
    "PARTLY_PAID": Face(_("Partly paid"), "wait", "circle-half-2"),
    "DISPUTED": Face(_("Disputed"), "wait", "scale"),
    "ACTIVE": Face(_("Active"), "good", "check"),
    "INACTIVE": Face(_("Inactive"), "", "lock"),
}


def face_of(state: str) -> Face:
    """
    How `state` shows; a claim's states win where a word means two things.

    A state nobody gave a face to is shown by its own name in grey rather than hidden.
    """
    key = state.upper().replace("-", "_").replace(" ", "_")
    known = CLAIM_STATES.get(key) or OTHER_STATES.get(key)
    return known or Face(state.replace("_", " ").capitalize(), "", "circle-dashed")

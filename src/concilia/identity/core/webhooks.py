"""What programs can be told of, and how patiently: pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# What a program can ask to be told of. A kind, once published, keeps its meaning (docs/reference).
KINDS: Final[Mapping[str, str]] = {
    "arrival.received": "Something arrived by mail, upload, folder, pipe or REST.",
    "arrival.read": "What arrived has been read, or a person has corrected the reading.",
    "claim.opened": "A claim is open.",
    "claim.approval_asked": "A decision waits for signatures.",
    "claim.decided": "The last signature was given; the claim is decided.",
    "claim.closed": "Nothing is left to do for a claim, or the customer withdrew it.",
    "deduction.opened": "A payment fell short, and what was kept back is an open item.",
    "payment.posted": "A payment was applied to open items.",
    "payment.reversed": "A posting was taken back, by a person or by the bank.",
    "posting.settled": "The ERP booked a document of ours, or refused it for good.",
    "import.saved": "A file of an import was saved.",
}
PING: Final = "ping"

# A receiver may be down for a weekend's night, not for ever: the last attempt is a day and a half
# after the first.
WAITS: Final = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
    timedelta(hours=24),
)
GONE: Final = 410  # how a receiver says: never again


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an attempt came to: delivered, to be tried again at a moment, or given up."""

    is_delivered: bool
    again_at: datetime | None = None


def outcome_of(*, status: int | None, attempts: int, at: datetime) -> Outcome:
    """
    This will say what an attempt came to.

    :param status: what was answered; None if nobody did
    :param attempts: how many there were, this one included
    """
    if status is not None and 200 <= status < 300:  # noqa: PLR2004 - what HTTP calls success
        return Outcome(is_delivered=True)
    if status == GONE or attempts > len(WAITS):
        return Outcome(is_delivered=False)
    return Outcome(is_delivered=False, again_at=at + WAITS[attempts - 1])

"""
The life of a one-action link: it serves one purpose, for one person, once, for a while.

Whoever holds it acts as the one it was sent to. So it stands for exactly what was asked when it was
sent, and ends with the act, with time, with a newer one, or because we take it back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

CORRECTABLE: Final = timedelta(minutes=10)


class Purpose(StrEnum):
    """What a link lets its holder do, and who that is."""

    RESOLVE = "resolve"  # a colleague answers a question or brings a paper
    PROVE = "prove"  # a carrier, an agent, an insurer: an address, nothing else
    TELL = "tell"  # the customer
    SIGN = "sign"  # who may sign what was decided


# Links whose answer may be put right for a few minutes. A signature books money: it may not.
MAY_CORRECT: Final = frozenset({Purpose.RESOLVE, Purpose.PROVE, Purpose.TELL})
DAYS: Final = {Purpose.RESOLVE: 14, Purpose.PROVE: 30, Purpose.TELL: 30, Purpose.SIGN: 7}


class LinkState(StrEnum):
    """What was done with a link; that its time is over is no state, the clock says it."""

    OPEN = "OPEN"
    USED = "USED"
    REVOKED = "REVOKED"
    SUPERSEDED = "SUPERSEDED"


class Standing(StrEnum):
    """What its holder finds behind a link now."""

    READY = "ready"
    USED = "used"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    OVER = "over"  # answered by somebody else, or no longer asked
    EXPIRED = "expired"


class LinkEnded(ValueError):
    """A link does nothing any more; `standing` says why."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(f"this link is {standing}")
        self.standing = standing


@dataclass(frozen=True, slots=True)
class Life:
    """What time and people have made of a link; `ended_at` is None exactly while it is open."""

    purpose: Purpose
    expires_at: datetime
    state: LinkState = LinkState.OPEN
    ended_at: datetime | None = None


_ENDED: Final = {
    LinkState.USED: Standing.USED,
    LinkState.REVOKED: Standing.REVOKED,
    LinkState.SUPERSEDED: Standing.SUPERSEDED,
}


def issued(purpose: Purpose, *, at: datetime) -> Life:
    """A new link; colleagues answer sooner than customers, so theirs lives shorter."""
    return Life(purpose, at + timedelta(days=DAYS[purpose]))


def standing(life: Life, *, still_asked: bool, at: datetime) -> Standing:
    """
    What a link is good for now.

    :param still_asked: what was asked when it was sent is still asked, unchanged
    """
    if life.state in _ENDED:
        return _ENDED[life.state]
    if not still_asked:
        return Standing.OVER
    return Standing.EXPIRED if at >= life.expires_at else Standing.READY


def use(life: Life, *, still_asked: bool, at: datetime) -> Life:
    """
    Use a link up.

    :raises LinkEnded: if it is not ready
    """
    found = standing(life, still_asked=still_asked, at=at)
    if found is not Standing.READY:
        raise LinkEnded(found)
    return replace(life, state=LinkState.USED, ended_at=at)


def revoke(life: Life, *, at: datetime) -> Life:
    """
    Take a link back.

    :raises LinkEnded: if it has ended already
    """
    return _end(life, LinkState.REVOKED, at)


def supersede(life: Life, *, at: datetime) -> Life:
    """
    Put a newer link in its place.

    :raises LinkEnded: if it has ended already
    """
    return _end(life, LinkState.SUPERSEDED, at)


def correctable_until(life: Life) -> datetime | None:
    """Up to when what was said with a link may be put right; None where it may not."""
    if life.state is not LinkState.USED or life.purpose not in MAY_CORRECT:
        return None
    assert life.ended_at is not None, "what was used was used at some time"
    return life.ended_at + CORRECTABLE


def _end(life: Life, state: LinkState, at: datetime) -> Life:
    if life.state is not LinkState.OPEN:
        raise LinkEnded(_ENDED[life.state])
    return replace(life, state=state, ended_at=at)

"""What the worker still owes a claim page: while it does, the page looks again by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from concilia.claims.actions.verdicts import JUDGED_STATES
from concilia.claims.core.states import ClaimState
from concilia.claims.queries.dossier import Dossier, mark_of

JUDGING_MAX: Final = timedelta(minutes=2)
LOOKING_MAX: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """
    What a page waits for: `verdict`, `posting` or nothing.

    :param mark: what it shows: another mark means that there is something new
    :param asked: when it began to look, in seconds
    """

    waits_for: str
    mark: str
    asked: int


def news_of(dossier: Dossier, at: datetime) -> News:
    """This will say what the page of a claim waits for."""
    state = ClaimState(dossier.claim.state)
    waits_for = ""
    if state is ClaimState.POSTING:
        waits_for = "posting"
    elif state in JUDGED_STATES and _is_being_judged(dossier, at):
        waits_for = "verdict"
    stored = dossier.stored
    mark = mark_of(state=state, version=stored.version if stored else None)
    return News(waits_for=waits_for, mark=mark, asked=int(at.timestamp()))


def is_worth_waiting(asked: str, at: datetime) -> bool:
    """This will say whether a page that began to look then may go on with what it shows."""
    began = int(asked) if asked.isdecimal() and len(asked) <= len(str(2**40)) else 0
    return at.timestamp() - began < LOOKING_MAX.total_seconds()


def _is_being_judged(dossier: Dossier, at: datetime) -> bool:
    """Whether what was last said or added is newer than the verdict: it takes a second or two."""
    stored, changed = dossier.stored, [dossier.claim.case.opened_at]
    changed += [paper.added_at for paper in dossier.papers]
    if at - max(changed) > JUDGING_MAX:
        return False
    return stored is None or stored.computed_at < max(changed)

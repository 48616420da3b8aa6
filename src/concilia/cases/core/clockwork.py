"""What the clock run says and does about a case or a step, from how much of its time is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from concilia.kernel.deadlines import WARNINGS_PERCENT

BREACH: Final = 100
# At these shares somebody above is told, rung by rung; and a step's time runs out once more.
RUNGS_AT: Final = tuple(percent for percent in WARNINGS_PERCENT if percent >= BREACH)


class Say(StrEnum):
    """The kinds of notices a clock raises."""

    REMINDER = "reminder"
    LATE = "late"
    ESCALATION = "escalation"


@dataclass(frozen=True, slots=True)
class Tell:
    """Somebody is told of a share of the time that is gone."""

    person: int
    say: Say
    percent: int


def passed(told: int, used: int) -> tuple[int, ...]:
    """The shares of the time, in percent, that were passed since somebody was told last."""
    return tuple(percent for percent in WARNINGS_PERCENT if told < percent <= used)


def due_runs(used: int) -> int:
    """How often a step's time has run out: at the deadline, and at 120 and 200 percent."""
    return sum(percent <= used for percent in RUNGS_AT)


def tells(
    new: Sequence[int], holders: Collection[int], rungs: Sequence[int], *, climbs: bool = True
) -> Iterator[Tell]:
    """
    Who is told of shares that were passed since the last run.

    Who has the ball hears of the last one alone; each share from the deadline on goes up a rung.

    :param climbs: whether those above are told at all
    """
    if not new:
        return
    last = new[-1]
    for person in sorted(holders):
        yield Tell(person, Say.LATE if last >= BREACH else Say.REMINDER, last)
    if not climbs:
        return
    told = set(holders)
    for percent in (one for one in new if one >= BREACH):
        above = rung(rungs, RUNGS_AT.index(percent))
        if above is not None and above not in told:
            told.add(above)
            yield Tell(above, Say.ESCALATION, percent)


def rung(rungs: Sequence[int], n: int) -> int | None:
    """Who stands on a rung; the highest one where there are fewer, nobody where there is none."""
    return rungs[min(n, len(rungs) - 1)] if rungs else None

"""Which touch is due today: one step after the other, with rests and pauses (R-3.1, R-3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from concilia.dunning.core.motives import Tone, highest_tone, next_tone
from concilia.dunning.core.strategy.terms import Step
from concilia.kernel.non_payment import UNKNOWN


class Why(StrEnum):
    """Why somebody hears nothing today."""

    DISPUTED = "disputed"
    PROMISED = "promised"
    PLANNED = "planned"
    PLACED = "placed"
    HELD = "held"
    STOPPED = "stopped"
    RESTING = "resting"
    LITTLE = "little"
    THEY_ACTED = "they_acted"
    NOT_YET = "not_yet"
    RESTED = "rested"
    REASON_FIRST = "reason_first"
    PLAN_OVER = "plan_over"
    POLICY = "policy"
    NO_ADDRESS = "no_address"
    OPTED_OUT = "opted_out"
    UNDER_WAY = "under_way"
    NOBODY_KNOWS_WHERE = "nobody_knows_where"
    NO_RATE = "no_rate"
    OTHER_CURRENCY = "other_currency"
    NOT_SET_UP = "not_set_up"
    DEAD_NUMBER = "dead_number"
    DUE = "due"
    PLAN_BROKEN = "plan_broken"


@dataclass(frozen=True, slots=True)
class Last:
    """
    The last touch of somebody.

    :param step_day: the day of its step in its plan
    :param on: when it went
    :param is_settled: nothing of what it asked for may be asked for any more: the ladder is new
    """

    step_day: int
    tone: Tone
    on: date
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """
    Whom to ask today.

    :param oldest_due: of what may be asked for; before today
    :param acted_on: when they last wrote, paid, claimed or promised, or said why
    :param broken_on: when a promise was last not kept; from then on nobody waits
    :param noted_on: when a courtesy note last went; it is no step of the ladder, but is rested for
    :param motive: the reason in force; unknown if there is none
    :param exhausted: whether enough was tried to learn the reason (`are_exhausted`)
    """

    oldest_due: date
    last: Last | None = None
    acted_on: date | None = None
    broken_on: date | None = None
    noted_on: date | None = None
    motive: str = UNKNOWN
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """
    What is due: the place of a step, or why nothing is and from when on it may be.

    :param resumed_on: what they did since the last touch, after which the ladder goes on no higher
    """

    place: int | None
    why: Why | None = None
    until: date | None = None
    resumed_on: date | None = None


def touch_due(
    steps: tuple[Step, ...], asking: Asking, today: date, rest_days: int, pause_days: int
) -> Due:
    """
    Return the step that is due today.

    The next after the last one, once its day has come and as many days have gone by since the last
    touch as lie between both in the plan; after they acted, the same again or a lower one, once the
    pause is over. Nobody is asked twice on a day, nor more firmly than the reason leaves possible.
    """
    last = None if asking.last and asking.last.is_settled else asking.last
    resumed_on = _resumed(asking, last)
    if pause := _pause(asking, today, pause_days):
        return Due(None, Why.THEY_ACTED, pause)
    days_late = (today - asking.oldest_due).days
    place = _place(steps, last, days_late, is_resumed=resumed_on is not None)
    if place is None:
        return Due(None, Why.PLAN_OVER)
    step = steps[place]
    if early := _too_early(step, asking, last, today, rest_days):
        return early
    if too_firm := _too_firm(step, asking, last, is_resumed=resumed_on is not None):
        return Due(None, too_firm)
    return Due(place, resumed_on=resumed_on)


def note_is_due(step: Step, asking: Asking, today: date, rest_days: int) -> bool:
    """
    Whether a courtesy note goes today about what falls due.

    :param asking: with the first due date of what it would be about, today or later
    """
    if highest_tone(asking.motive, exhausted=asking.exhausted) is None:
        return False
    begins = asking.oldest_due + timedelta(days=step.day)
    touched = [day for day in (asking.noted_on, asking.last.on if asking.last else None) if day]
    rested = max(touched, default=date.min)
    return begins <= today <= asking.oldest_due and (today - rested).days >= rest_days


def _too_early(
    step: Step, asking: Asking, last: Last | None, today: date, rest_days: int
) -> Due | None:
    begins = asking.oldest_due + timedelta(days=step.day)
    if begins > today:
        return Due(None, Why.NOT_YET, begins)
    # The rest counts after any touch, also of a ladder that is over.
    rests = [asking.noted_on + timedelta(days=rest_days)] if asking.noted_on else []
    if asking.last:
        between = 0 if last is None else max(step.day - asking.last.step_day, 0)
        rests.append(asking.last.on + timedelta(days=max(between, rest_days)))
    rest = max(rests, default=today)
    return Due(None, Why.RESTED, rest) if rest > today else None


def _too_firm(step: Step, asking: Asking, last: Last | None, *, is_resumed: bool) -> Why | None:
    firmest = highest_tone(asking.motive, exhausted=asking.exhausted)
    if firmest is None or step.tone > firmest:
        return Why.REASON_FIRST
    usual = next_tone(last.tone if last else None, step.tone, paused_since=is_resumed)
    return Why.PLAN_OVER if step.tone > usual else None


def _resumed(asking: Asking, last: Last | None) -> date | None:
    """A promise that was broken after all takes the ladder up, not back."""
    if last is None or asking.acted_on is None or asking.acted_on < last.on:
        return None
    is_broken = asking.broken_on is not None and asking.broken_on >= asking.acted_on
    return None if is_broken else asking.acted_on


def _pause(asking: Asking, today: date, pause_days: int) -> date | None:
    """The first day on which we may ask again, if that is not come yet."""
    acted, broken = asking.acted_on, asking.broken_on
    if acted is None or (broken is not None and broken >= acted):
        return None
    over = acted + timedelta(days=pause_days)
    return over if today < over else None


def _place(
    steps: Sequence[Step], last: Last | None, days_late: int, *, is_resumed: bool
) -> int | None:
    if last is None:
        return 0
    if is_resumed:
        reached = min(last.step_day, max(days_late, steps[0].day))
        fitting = [n for n, step in enumerate(steps) if step.day <= reached]
        lower = [n for n in fitting if steps[n].tone <= last.tone]
        return lower[-1] if lower else 0
    return next((n for n, step in enumerate(steps) if step.day > last.step_day), None)

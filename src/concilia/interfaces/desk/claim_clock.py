"""The time of a claim: the last day to answer its sender, and when it will be done, explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from concilia.cases.core.forecast import HISTORY_MIN, of_others, steps_in
from concilia.cases.models import CaseClock
from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.clocks import medians_of
from concilia.cases.queries.processes import standing_of
from concilia.claims.core.windows import Window
from concilia.claims.models import Claim
from concilia.claims.queries.windows import ANSWERED, windows_for
from concilia.interfaces.components.formats import base_language, format_number
from concilia.interfaces.desk.claim_words import language
from concilia.interfaces.desk.process_words import step_title

MINUTES_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that is still to come, and how long such steps usually take."""

    title: str
    usual: str
    is_others: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockShown:
    """What the panel shows; `expected_at` is None while the steps have no history."""

    answer_by: date | None
    window: str
    their_date: date | None
    is_answered: bool
    expected_at: datetime | None
    is_late_likely: bool
    ahead: Sequence[Ahead]
    unknown: int
    least: int = HISTORY_MIN

    @property
    def has_words(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.answer_by or self.ahead)


def clock_shown(claim: Claim, at: datetime) -> ClockShown:
    """The last day to answer, and the forecast with the steps it rests on."""
    window = windows_for([claim.customer]).get(claim.customer_id)
    clock = CaseClock.objects.filter(case=claim.case_id).first()
    ahead, unknown = _ahead(claim, clock, at)
    is_answered = claim.state in ANSWERED or claim.case.closed_at is not None
    return ClockShown(
        answer_by=claim.answer_by_date,
        window=window_words(window) if window else "",
        their_date=claim.their_date,
        is_answered=is_answered,
        expected_at=clock.expected_at if clock else None,
        is_late_likely=bool(clock and clock.is_late_likely),
        ahead=ahead,
        unknown=unknown,
    )


def window_words(window: Window) -> str:
    """`30 days from their paper`."""
    if window.unit == "BD":
        words = ngettext(
            "%(n)s working day from their paper", "%(n)s working days from their paper", window.days
        )
    else:
        words = ngettext("%(n)s day from their paper", "%(n)s days from their paper", window.days)
    return words % {"n": window.days}


def _ahead(claim: Claim, clock: CaseClock | None, at: datetime) -> tuple[list[Ahead], int]:
    """The steps ahead with a history; how many have none."""
    standing = standing_of(claim.case)
    if clock is None or not clock.road or standing is None or claim.case.closed_at:
        return [], 0
    usual = medians_of(claim.entity, at).get(standing.definition.key, {})
    theirs = of_others(standing.definition)
    names = list(steps_in(clock.road))
    day = _minutes_a_day(claim)
    known = [
        Ahead(step_title(standing.definition.step(name)), _usual(usual[name], day), name in theirs)
        for name in names
        if name in usual
    ]
    return known, sum(name not in usual for name in names)


def _minutes_a_day(claim: Claim) -> int:
    clock = clock_of(claim.entity, claim.case.department)
    opens, closes = clock.opens, clock.closes
    return (closes.hour - opens.hour) * MINUTES_AN_HOUR + closes.minute - opens.minute


def _usual(minutes: int, day: int) -> str:
    """`2.5 working days`, `3 hours`."""
    if minutes >= day:
        days = round(minutes / day * 2) / 2
        number = format_number(int(days), base_language(language()))
        whole = number if days == int(days) else f"{number}½"
        return gettext("%(days)s working days") % {"days": whole}
    hours = max(1, round(minutes / MINUTES_AN_HOUR))
    return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}

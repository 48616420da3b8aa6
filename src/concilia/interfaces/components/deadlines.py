"""What a deadline says: words before dates, a date always, colour only when it matters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final

from django.utils.translation import gettext, ngettext

from concilia.interfaces.components.formats import (
    UNKNOWN,
    format_clock,
    format_full_date,
    format_weekday,
)

SOON_PERCENT: Final = 80


@dataclass(frozen=True, slots=True)
class Due:
    """What to print for a deadline: `tone` is `ok`, `soon`, `late` or `paused`."""

    tone: str
    icon: str
    words: str
    title: str


@dataclass(frozen=True, slots=True)
class Clock:
    """
    When something ends and what its clock does.

    `due` may be a day (ends with that day). `started_at` allows the 80 % rule for `soon`;
    without it the deadline is soon when it is today or tomorrow. `paused` is true, or since when.
    """

    due: datetime | date | None
    now: datetime
    started_at: datetime | None = None
    paused: bool | datetime = False


def describe_due(clock: Clock, *, zone: tzinfo, language: str) -> Due:
    """The words for a deadline in the reader's time zone: `today 17:00`, `2 days late`."""
    title = _title(clock, zone, language)
    if clock.paused:
        return Due("paused", "player-pause", _paused_words(clock, zone), title)
    if clock.due is None:
        return Due("ok", "clock", UNKNOWN, gettext("No deadline"))
    today = clock.now.astimezone(zone).date()
    days = (_day(clock.due, zone) - today).days
    if _is_past(clock, days):
        return Due("late", "alert-triangle", _late_words(clock, days, zone, language), title)
    tone = "soon" if _is_soon(clock, days) else "ok"
    return Due(tone, "clock", _coming_words(clock, days, zone, language), title)


def _day(due: datetime | date, zone: tzinfo) -> date:
    return due.astimezone(zone).date() if isinstance(due, datetime) else due


def _is_past(clock: Clock, days: int) -> bool:
    return clock.due < clock.now if isinstance(clock.due, datetime) else days < 0


def _is_soon(clock: Clock, days: int) -> bool:
    if clock.started_at is None or not isinstance(clock.due, datetime):
        return days <= 1
    whole = clock.due - clock.started_at
    return (clock.now - clock.started_at) * 100 >= whole * SOON_PERCENT


def _coming_words(clock: Clock, days: int, zone: tzinfo, language: str) -> str:
    assert clock.due is not None
    if days == 0 and isinstance(clock.due, datetime):
        at = format_clock(clock.due.astimezone(zone), language)
        return gettext("today %(time)s") % {"time": at}
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("tomorrow")
    return format_weekday(_day(clock.due, zone), clock.now.astimezone(zone).date(), language)


def _late_words(clock: Clock, days: int, zone: tzinfo, language: str) -> str:
    if days == 0 and isinstance(clock.due, datetime):
        at = format_clock(clock.due.astimezone(zone), language)
        return gettext("late since %(time)s") % {"time": at}
    return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}


def _paused_words(clock: Clock, zone: tzinfo) -> str:
    if not isinstance(clock.paused, datetime):
        return gettext("paused")
    days = (clock.now.astimezone(zone).date() - clock.paused.astimezone(zone).date()).days
    if days <= 0:
        return gettext("paused today")
    return ngettext("paused %(count)s day", "paused %(count)s days", days) % {"count": days}


def _title(clock: Clock, zone: tzinfo, language: str) -> str:
    if clock.due is None:
        return gettext("No deadline")
    day = format_full_date(_day(clock.due, zone), language)
    if not isinstance(clock.due, datetime):
        return day
    local = clock.due.astimezone(zone)
    return f"{day}, {format_clock(local, language)} {local.tzname()}"

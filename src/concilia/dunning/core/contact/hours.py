"""Hours of a week as people write them, and those in which companies answer the telephone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from concilia.dunning.core.contact.policy import (
    MINUTES_OF_A_DAY,
    Cap,
    ContactPolicy,
    PolicyRefused,
    Spans,
    Week,
)
from concilia.dunning.core.contact.terms import Channel, DebtorType, Strength

DAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_SPAN: Final = re.compile(r"(\d{2}):([0-5]\d)-(\d{2}):([0-5]\d)", re.ASCII)
SPANS_MAX: Final = 24


def week(written: Mapping[str, Sequence[str]]) -> Week:
    """
    Read `{"MON..FRI": ["08:30-21:00"], "SAT": ["08:30-15:00"]}`; a day not named is closed.

    :raises PolicyRefused: for what is no day or no span, and for a day named twice
    """
    found: dict[int, Spans] = {}
    for name, spans in written.items():
        for day in _days(name):
            if day in found:
                raise PolicyRefused(f"the hours of {DAYS[day]} are given twice")
            found[day] = _spans(spans)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        found.get(day, ()) for day in range(len(DAYS))
    )
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _days(name: str) -> range:
    first, dots, last = name.upper().partition("..")
    try:
        begins = DAYS.index(first)
        ends = DAYS.index(last) if dots else begins
    except ValueError:
        raise PolicyRefused(f"{name[:40]!r} is no day like MON or MON..FRI") from None
    if ends < begins:
        raise PolicyRefused(f"{name[:40]!r} runs backwards")
    return range(begins, ends + 1)


def _spans(written: Sequence[str]) -> Spans:
    if len(written) > SPANS_MAX:
        raise PolicyRefused(f"a day has at most {SPANS_MAX} spans of hours")
    return tuple(sorted(_span(text) for text in written))


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text)
    if found:
        begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
        begins, ends = begin_hour * 60 + begin_minute, end_hour * 60 + end_minute
        if begins < ends <= MINUTES_OF_A_DAY:
            return begins, ends
    raise PolicyRefused(f"{text[:40]!r} is no span of hours like 08:30-21:00 within one day")


def business_hours(country: str, checked_on: date) -> tuple[ContactPolicy, ...]:
    """Companies of a country: business hours, and one call a day to one person."""
    return (
        ContactPolicy(
            id=f"{country}-B2B-HOURS",
            source="product default: business hours of the debtor's country",
            strength=Strength.COMPANY,
            checked_on=checked_on,
            jurisdiction="GB" if country == "UK" else country,
            debtor_types=frozenset({DebtorType.COMPANY, DebtorType.SOLE_TRADER}),
            channels=frozenset(
                {Channel.CALL, Channel.VISIT, Channel.IVR}
                | {Channel.SMS, Channel.WHATSAPP, Channel.PUSH}
            ),
            windows=week({"MON..FRI": ["09:00-18:00"]}),
            no_holidays=True,
            calendar=country,
        ),
        ContactPolicy(
            id=f"{country}-B2B-CALLS",
            source="product default: one call a day to one contact",
            strength=Strength.COMPANY,
            checked_on=checked_on,
            jurisdiction="GB" if country == "UK" else country,
            debtor_types=frozenset({DebtorType.COMPANY, DebtorType.SOLE_TRADER}),
            channels=frozenset({Channel.CALL, Channel.IVR}),
            max_attempts=(Cap(1, 1),),
        ),
    )

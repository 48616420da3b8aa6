"""`concilia sla`: until when an answer is due, and which days do not count."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from concilia.interfaces.cli.answers import (
    a_count,
    a_date,
    a_moment,
    add_output_options,
    misused,
    write_answer,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.deadlines import CUTOFF, Deadline, SlaClock, Span, Unit

HELP = "compute a deadline in a country's business calendar"
NEEDS_DJANGO = False


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument("--country", required=True, help="IT FR ES DE UK US TARGET")
    parser.add_argument(
        "--start", type=a_moment, required=True, help="when it arrived; local time without offset"
    )
    count = parser.add_mutually_exclusive_group(required=True)
    count.add_argument("--business-days", type=a_count, metavar="N")
    count.add_argument("--calendar-days", type=a_count, metavar="N")
    count.add_argument("--hours", type=a_count, metavar="N", help="working hours, 09:00 to 18:00")
    parser.add_argument("--tz", help="time zone, by default the country's: Europe/Rome")
    parser.add_argument("--cutoff", default=f"{CUTOFF:%H:%M}", help="by default 17:00")
    parser.add_argument(
        "--day-off",
        action="append",
        default=[],
        metavar="DATE[=NAME]",
        help="a regional or company day; may be repeated",
    )
    parser.add_argument(
        "--stopped",
        action="append",
        default=[],
        metavar="FROM/TO",
        help="times in which others held the ball; may be repeated",
    )
    add_output_options(parser)


def run(options: argparse.Namespace) -> int:
    """This will print the deadline and the skipped days as one JSON object."""
    try:
        clock = _clock(options)
        unit, count = _count(options)
        start = _aware(options.start, clock.tz)
        deadline = clock.deadline(
            start, count, unit, [_span(each, clock) for each in options.stopped]
        )
    except (ValueError, OverflowError, argparse.ArgumentTypeError) as problem:
        return misused(problem)
    answer = _answer(deadline)
    if options.explain:
        answer |= {
            "rules": ["domain.md 8.5"],
            "unit": unit,
            "count": count,
            "start": start.isoformat(timespec="minutes"),
            "cutoff": f"{clock.cutoff:%H:%M}",
            "time_zone": str(clock.tz),
        }
    write_answer(answer, options)
    return 0


def _clock(options: argparse.Namespace) -> SlaClock:
    days_off = dict(_day_off(text) for text in options.day_off)
    return SlaClock(
        calendar=BusinessCalendar(options.country, days_off=days_off),
        zone=_zone(options.tz) if options.tz else None,
        cutoff=_cutoff(options.cutoff),
    )


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name[:60]!r} is not a time zone like Europe/Rome") from None


def _cutoff(text: str) -> time:
    try:
        cutoff = time.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:20]!r} is not a time of day like 17:00") from None
    return cutoff.replace(tzinfo=None)


def _day_off(text: str) -> tuple[date, str]:
    day, _, name = text.partition("=")
    return a_date(day), name or "Day off"


def _count(options: argparse.Namespace) -> tuple[Unit, int]:
    if options.business_days is not None:
        return Unit.BUSINESS_DAYS, options.business_days
    if options.calendar_days is not None:
        return Unit.CALENDAR_DAYS, options.calendar_days
    return Unit.HOURS, options.hours


def _aware(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _span(text: str, clock: SlaClock) -> Span:
    begins, slash, ends = text.partition("/")
    if not slash:
        raise ValueError(f"{text[:60]!r} is not a span like 2026-01-10T09:00/2026-01-12T09:00")
    return _aware(a_moment(begins), clock.tz), _aware(a_moment(ends), clock.tz)


def _answer(deadline: Deadline) -> dict[str, object]:
    return {
        "due": deadline.due.isoformat(timespec="minutes"),
        "skipped": [
            {"date": skipped.day.isoformat(), "why": skipped.why} for skipped in deadline.skipped
        ],
    }
